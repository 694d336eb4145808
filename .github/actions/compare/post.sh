#!/usr/bin/env bash
# Shows changed.png in the pull request: comments hold no pictures, so it is kept as a commit on a branch of its own, to which
# the comment links. A later run writes the same comment anew. What may not be written (a fork's token) is a warning.
set -euo pipefail

mark="<!-- augment preview $SPEC -->"
repository="repos/$GITHUB_REPOSITORY"
trap 'echo "::warning::the picture could not be posted: the job needs permissions: {contents: write, pull-requests: write}"; exit 0' ERR

{ printf '{"encoding": "base64", "content": "'; base64 <"$OUT/changed.png" | tr -d '\n'; printf '"}'; } >"$OUT/blob.json"
blob=$(gh api "$repository/git/blobs" --input "$OUT/blob.json" --jq .sha)
name="$NUMBER-$GITHUB_RUN_ID.png"
tree=$(gh api "$repository/git/trees" -f "tree[][path]=$name" -f "tree[][mode]=100644" -f "tree[][type]=blob" -f "tree[][sha]=$blob" --jq .sha)
commit=$(gh api "$repository/git/commits" -f "message=What changed in #$NUMBER" -f "tree=$tree" --jq .sha)
gh api -X PATCH "$repository/git/refs/heads/$BRANCH" -f "sha=$commit" -F force=true --silent 2>/dev/null ||
  gh api "$repository/git/refs" -f "ref=refs/heads/$BRANCH" -f "sha=$commit" --silent

{
  echo "$mark"
  echo "**$SPEC** makes something else of the pictures than the baseline holds."
  echo
  echo "![before and after]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/blob/$commit/$name?raw=true)"
  echo
  echo '```text'
  head -c 20000 "$OUT/told.txt"
  echo '```'
  echo "If this is meant, write the baseline anew with \`--update\`. The whole report is an artifact of [this run]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID)."
} >"$OUT/comment.md"

known=$(gh api --paginate "$repository/issues/$NUMBER/comments" --jq ".[] | select(.body | startswith(\"$mark\")) | .id" | head -1)
if [ -n "$known" ]; then
  gh api -X PATCH "$repository/issues/comments/$known" -F "body=@$OUT/comment.md" --silent
else
  gh api "$repository/issues/$NUMBER/comments" -F "body=@$OUT/comment.md" --silent
fi

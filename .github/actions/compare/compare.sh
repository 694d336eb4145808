#!/usr/bin/env bash
# Draws the pictures as the baseline says, and writes what has changed: changed.png, changed.html and told.txt in $OUT.
set -euo pipefail

lines() { # an array of the lines that are not empty
  local -n into=$1
  into=()
  while IFS= read -r line; do
    line="${line#"${line%%[![:space:]]*}"}"
    if [ -n "$line" ]; then into+=("$line"); fi
  done <<<"$2"
}

lines files "$FILES"
lines options "${OPTIONS:-}"
mkdir -p "$OUT"
code=0
augment preview "$SPEC" "${files[@]}" "${options[@]}" --compare "$BASELINE" --out "$OUT/changed.png" --force \
  >"$OUT/told.txt" 2>&1 || code=$?
cat "$OUT/told.txt"
if [ "$code" -ne 0 ] && [ ! -e "$OUT/changed.png" ]; then
  exit "$code" # not a change: a mistake in the spec, or a file that cannot be read
fi
if [ "$code" -ne 0 ]; then
  augment preview "$SPEC" "${files[@]}" "${options[@]}" --compare "$BASELINE" --out "$OUT/changed.html" --force >/dev/null 2>&1 || true
fi
echo "changed=$([ "$code" -ne 0 ] && echo true || echo false)" >>"$GITHUB_OUTPUT"
{
  echo "### augment preview: $SPEC"
  echo '```text'
  cat "$OUT/told.txt"
  echo '```'
} >>"$GITHUB_STEP_SUMMARY"

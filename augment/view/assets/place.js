// Where the cursor stands in a spec: among ops, or among the fields of one.
const LISTS = ["pipeline", "ops"]; // beside those of the ops that hold others
const SIGN = /(?<=^|[\s,[{:])(?:"(?:\\.|[^"\\])*"?|'[^']*'?)|(?<=^|\s)#.*|[[\]{},]/gm;

// The brackets that are open before the cursor, each with the key before it and where its last entry begins.
function opened(before) {
  const open = [];
  for (const { 0: sign, index } of before.matchAll(SIGN)) {
    if (sign === "[" || sign === "{") {
      open.push({ sign, key: /(\w+)["']?\s*:\s*$/.exec(before.slice(0, index))?.[1] ?? "", from: index + 1, first: true });
    } else if (sign === "]" || sign === "}") open.pop();
    else if (sign === "," && open.length) Object.assign(open.at(-1), { from: index + 1, first: false });
  }
  return open;
}

const holds = (open, i, ops) => open[i]?.sign === "["
  && (LISTS.includes(open[i].key) || ops[open[i].key]?.group === "choice" || open[i - 1]?.key === "views");

// Returns "ops", the name of the op whose fields are written, or "".
export function placeOf(before, ops) {
  const open = opened(before), last = open.length - 1;
  if (last < 0) return inBlock(before, ops);
  const { sign, key, from, first } = open[last];
  if (!/^\s*\w*$/.test(before.slice(from).replace(/(?<=^|\s)#.*/gm, ""))) return "";
  if (holds(open, last, ops) || (sign === "{" && !key && first && holds(open, last - 1, ops))) return "ops";
  return sign === "{" && ops[key] ? key : "";
}

function inBlock(before, ops) {
  const lines = before.split("\n"), here = lines.pop();
  if (/^\s*(-\s*)+\w*$/.test(here)) return "ops";
  const own = /^( +)\w*$/.exec(here);
  for (const above of own ? lines.reverse() : []) {
    const head = /^( *)- (\w+):\s*(#.*)?$/.exec(above), depth = above.length - above.trimStart().length;
    if (head && head[1].length < own[1].length) return ops[head[2]] ? head[2] : "";
    if (above.trim() && depth < own[1].length) return "";
  }
  return "";
}

// The text of the spec: numbered lines, colours, marks where something is wrong, and what undoes a change of a slider too.
const area = document.getElementById("text"), ink = document.getElementById("ink"), gutter = document.getElementById("gutter");
const TOKENS = /(#.*$)|("(?:[^"\\]|\\.)*"|'[^']*')|([\w-]+)(?=\s*:(?:\s|$))|((?:±|\+-)?[-+]?\d[\d.]*(?:±[\d.]+)?(?:px|°)?\b)|(±)/gm;
const NAMES = ["", "comment", "string", "key", "number", "number"];
const past = [], future = [];
const STEPS = 2000, PAUSE = 1000; // to undo; milliseconds after which typing is a step of its own
let shown = "", marks = new Map(), heard = () => {}, typed = { kind: "", at: -1, time: 0, word: true };

export function onEdit(listener) { heard = listener; }
export function text() { return area.value; }
export const undoable = () => [past.length > 0, future.length > 0];

export function set(value, remembered = true) {
  if (value === area.value) return;
  if (remembered) remember();
  const at = [area.selectionStart, area.selectionEnd, area.scrollTop, area.scrollLeft];
  area.value = value;
  area.setSelectionRange(at[0], at[1]);
  [area.scrollTop, area.scrollLeft] = [at[2], at[3]];
  paint();
}

function remember() {
  typed = { ...typed, kind: "" };
  if (past[past.length - 1] !== shown) past.push(shown);
  if (past.length > STEPS) past.shift();
  future.length = 0;
}

// Whether an edit goes on with the one before: letters of a word, or what is deleted, without a pause or a move of the cursor.
function goesOn(event) {
  const last = typed, kind = event.inputType, now = performance.now(), letter = event.data || "";
  const begins = kind.startsWith("delete") ? area.selectionStart + (kind.endsWith("Forward") ? 0 : 1) : area.selectionStart - letter.length;
  typed = { kind, at: area.selectionStart, time: now, word: /\S/.test(letter) };
  if (kind === "insertText" ? letter.length !== 1 : !kind.startsWith("deleteContent")) return false; // pasted, dropped, a new line
  return last.kind === kind && last.at === begins && now - last.time < PAUSE && (last.word || !typed.word);
}

function step(from, to) {
  if (!from.length) return;
  to.push(area.value);
  typed = { ...typed, kind: "" };
  set(from.pop(), false);
  heard();
}
export const undo = () => step(past, future);
export const redo = () => step(future, past);

// Puts a text in the place of another, as one step to undo, with the cursor behind it.
export function insert(from, to, text) {
  remember();
  area.setRangeText(text, from, to, "end");
  paint();
  heard();
}

// Marks lines: a map from the number of a line to "error" or "note".
export function mark(lines) {
  marks = lines;
  paint();
}

export function jump(line, column = 1) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + Math.min(column - 1, (lines[line - 1] || "").length);
  area.focus();
  area.setSelectionRange(start, start);
  area.scrollTop = (line - 5) * parseFloat(getComputedStyle(area).lineHeight);
  area.scrollIntoView({ block: "nearest" });
}

function paint() {
  shown = area.value;
  const rows = shown.split("\n");
  ink.replaceChildren(...rows.map((row, i) => line(row, marks.get(i + 1))));
  gutter.replaceChildren(...rows.map((_, i) => {
    const number = document.createElement("span");
    number.textContent = i + 1;
    if (marks.has(i + 1)) number.className = "is-" + marks.get(i + 1);
    return number;
  }));
  follow();
}

function line(row, kind) {
  const out = document.createElement("span");
  out.className = "row" + (kind ? " is-" + kind : "");
  let at = 0;
  for (const found of row.matchAll(TOKENS)) {
    const which = found.findIndex((part, i) => i && part !== undefined);
    if (which === 1 && found.index && !/\s/.test(row[found.index - 1])) continue;
    out.append(row.slice(at, found.index));
    const token = document.createElement("span");
    token.className = "t-" + NAMES[which];
    token.textContent = found[0];
    out.append(token);
    at = found.index + found[0].length;
  }
  out.append(row.slice(at) + "\n");
  return out;
}

function follow() {
  ink.style.setProperty("transform", `translate(${-area.scrollLeft}px, ${-area.scrollTop}px)`);
  gutter.style.setProperty("transform", `translateY(${-area.scrollTop}px)`);
}

area.addEventListener("scroll", follow, { passive: true });
area.addEventListener("input", (event) => {
  if (!goesOn(event)) {
    const now = typed;
    remember();
    typed = now;
  }
  paint();
  heard();
});

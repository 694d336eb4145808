// What helps to write: names of ops and fields with what is usual of them, and lines that begin where they belong.
import { insert } from "./editor.js";
import { placeOf } from "./place.js";
import { catalogue } from "./tools.js";

const area = document.getElementById("text"), list = document.getElementById("offers");
const MOST = 10; // names that are offered at once: a letter more finds the others
let found = [], at = 0, start = 0, ops = null;

const line = () => area.value.slice(area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, area.selectionStart);
const open = () => !list.hidden;

// What may stand where the cursor is: the names, and what is inserted for each.
function offers() {
  const before = area.value.slice(0, area.selectionStart), word = /\w*$/.exec(before)[0];
  start = area.selectionStart - word.length;
  const written = /^\s*:/.test(area.value.slice(area.selectionStart).split("\n")[0]), place = placeOf(before, ops);
  const named = place === "ops" ? Object.entries(ops).map(([name, one]) => [name, one.body, one.about])
    : Object.entries(ops[place]?.fields ?? {}).map(([name, [about, body]]) => [name, body, about]);
  return matching(word, named.map(([name, body, about]) => [name, written || !body ? name : `${name}: ${body}`, about]));
}

const matching = (word, all) => (all.length === 1 ? all : all.filter(([name]) => name.startsWith(word) && name !== word)
  .concat(word ? all.filter(([name]) => !name.startsWith(word) && name.includes(word)) : []).slice(0, MOST));

async function offer(asked) {
  try {
    ops ||= await catalogue();
  } catch {
    return hide();
  }
  if (document.activeElement !== area || area.selectionStart !== area.selectionEnd) return hide();
  found = offers();
  if (!found.length || (!asked && start === area.selectionStart)) return hide();
  at = 0;
  list.replaceChildren(...found.map(([name, , about], i) => {
    const item = document.createElement("li"), own = document.createElement("span"), words = document.createElement("span");
    item.setAttribute("role", "option");
    item.id = `offer-${i}`;
    own.textContent = name;
    own.className = "offer-name";
    words.textContent = about;
    words.className = "offer-about";
    item.append(own, words);
    return item;
  }));
  list.hidden = false;
  place();
  mark();
}

function place() {
  const style = getComputedStyle(area), high = parseFloat(style.lineHeight), paper = document.createElement("canvas").getContext("2d");
  paper.font = `${style.fontSize} ${style.fontFamily}`;
  const row = area.value.slice(0, start).split("\n").length, wide = paper.measureText("0").width, edge = area.getBoundingClientRect();
  const x = edge.left + 4 + wide * (line().length - (area.selectionStart - start)) - area.scrollLeft;
  const y = edge.top + 8 + high * row - area.scrollTop, up = y + list.offsetHeight > innerHeight - 8;
  list.style.setProperty("left", `${Math.max(8, Math.min(x, innerWidth - list.offsetWidth - 8))}px`);
  list.style.setProperty("top", `${up ? Math.max(8, y - high - list.offsetHeight) : y}px`);
}

function mark() {
  [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
  area.setAttribute("aria-activedescendant", `offer-${at}`);
}

function hide() {
  list.hidden = true;
  area.removeAttribute("aria-activedescendant");
}

function accept() {
  const [, text] = found[at];
  hide();
  insert(start, area.selectionStart, text);
}

// A new line begins where the one before it does; after a colon deeper, and after an op with the next dash.
function breakLine() {
  const here = line(), indent = /^\s*/.exec(here)[0], dash = /^\s*-\s+/.exec(here), ends = /:\s*(#.*)?$/.test(here);
  const deeper = ends ? (dash ? `${indent}    ` : `${indent}  `) : dash ? `${indent}- ` : indent;
  insert(area.selectionStart, area.selectionEnd, `\n${/^\s*-\s*$/.test(here) ? "" : deeper}`);
}

function shift(by) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, to = area.selectionEnd;
  const rows = area.value.slice(from, to).split("\n").map((row) => (by > 0 ? `  ${row}` : row.replace(/^ {1,2}/, "")));
  insert(from, to, rows.join("\n"));
}

area.addEventListener("keydown", (event) => {
  const { key } = event, control = event.ctrlKey || event.metaKey;
  if (control && key === " ") offer(true);
  else if (control && (key === "]" || key === "[")) shift(key === "]" ? 1 : -1);
  else if (open() && !control && (key === "ArrowDown" || key === "ArrowUp")) {
    at = (at + (key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
    mark();
  } else if (open() && !control && (key === "Enter" || key === "Tab") && !event.shiftKey) accept();
  else if (open() && key === "Escape") hide();
  else if (key === "Enter" && !control && !event.shiftKey && !event.isComposing) breakLine();
  else return;
  event.preventDefault();
});
area.addEventListener("input", (event) => (event.inputType === "insertText" ? offer(false) : hide()));
area.addEventListener("blur", hide);
area.addEventListener("scroll", () => { if (open()) place(); }, { passive: true }); // what is typed may scroll
list.addEventListener("pointerdown", (event) => {
  const item = event.target.closest("li");
  event.preventDefault(); // the text keeps the focus
  if (!item) return;
  at = [...list.children].indexOf(item);
  accept();
});

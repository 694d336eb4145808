// The text of the spec: what is written and what the controls change is read, shown, and looked through.
import { ask } from "./api.js";
import * as editor from "./editor.js";
import { done, look, showTime, tell } from "./looking.js";
import { say } from "./said.js";
import * as sliders from "./sliders.js";
import { $, cancel, choose, known, later, state } from "./state.js";
import { showKind } from "./stock.js";
import * as tools from "./tools.js";

let lintLines = [];
let pending = new Map(), changing = false, resting = [], rests = 0, last = { gesture: 0, text: "" };

export function edited() {
  $("dirty").hidden = editor.text() === known.saved;
  showUndo();
  later("read", 180, read);
}

export async function read() {
  const text = editor.text();
  try {
    const told = await ask("read", { text });
    if (told && editor.text() === text) took(told); // what was written meanwhile is read next
  } catch (error) {
    done();
    tell(error);
  }
}

export function took(told) {
  known.mistakes = told.mistakes;
  showMistakes();
  $("stale").hidden = !known.mistakes.length;
  $("dirty").hidden = editor.text() === known.saved;
  if (known.mistakes.length) {
    $("lint").replaceChildren();
    if (!$("shown").dataset.turn) done(); // else pictures may be on their way
    showTime();
    return;
  }
  if (!awaited()) { // else this answer is older than what the controls say: the next one brings them up to date
    sliders.take(told);
    tools.shown();
    if (document.activeElement !== $("seed")) $("seed").value = told.seed;
  }
  $("backend").hidden = $("besides").hidden = !told.image_ops && told.text_ops;
  $("text-backend").hidden = !told.text_ops;
  if (told.text_ops && !state.textBackend) choose("text-backend", "builtin");
  if (!told.text_ops) state.textBackend = "";
  known.captioned = told.caption;
  showKind(told.words);
  look();
  later("lint", 500, lint);
}

export function changed(change) {
  pending.set(`${change.steps}:${change.field}`, change);
  flush();
}

const PAUSE = 70; // milliseconds between two changes of a slider that is dragged

// Whether the text does not say yet what the controls say.
export const awaited = () => changing || pending.size > 0;
export const settled = () => (awaited() ? new Promise((go) => resting.push(go)) : Promise.resolve());

async function flush() {
  if (changing) return; // what comes meanwhile goes with the next request
  if (sliders.isHeld() && performance.now() < rests) { // pictures need the time more than the text does
    later("flush", PAUSE, flush);
    return;
  }
  if (!pending.size) {
    for (const go of resting.splice(0)) go();
    return;
  }
  changing = true;
  cancel("read");
  const sent = [...pending], before = editor.text();
  pending.clear();
  let told = null;
  try {
    told = await ask("change", { text: before, changes: sent.map(([, { gesture, ...change }]) => change) });
  } catch (error) {
    tell(error);
  }
  changing = false;
  if (editor.text() !== before) {
    pending = new Map([...sent, ...pending]); // written to meanwhile: the change belongs into what stands there now
  } else if (told) {
    put(told.text, sent[0][1].gesture);
    took(told);
    if (told.declined.length) say(told.declined[0]);
  } else {
    later("read", 0, read); // the controls go back to what the text says
  }
  rests = performance.now() + PAUSE;
  flush();
}

// Shows a text that a control has changed. All that happens while it is held is one step to undo.
export function put(text, gesture) {
  editor.set(text, !(gesture && gesture === last.gesture && editor.text() === last.text));
  last = { gesture, text };
  showUndo();
}

function showUndo() {
  const [back, forth] = editor.undoable();
  $("undo").disabled = !back;
  $("redo").disabled = !forth;
}

export async function step(move) {
  await settled(); // a change that is on its way is the first to be taken back
  move();
}

function showMistakes() {
  const count = known.mistakes.length;
  $("verdict").textContent = count ? `${count} ${count === 1 ? "mistake" : "mistakes"}` : "";
  $("verdict").className = "verdict" + (count ? " is-bad" : "");
  $("problems").replaceChildren(...known.mistakes.map((one) => {
    const item = document.createElement("li"), button = document.createElement("button"), at = document.createElement("span");
    button.type = "button";
    button.className = "jump";
    button.dataset.line = one.line || 1;
    button.dataset.column = one.column || 1;
    at.className = "at";
    at.textContent = one.line ? `${one.line}:${one.column}` : "";
    const path = document.createElement("code");
    path.textContent = one.path;
    button.append(at, " ", path, one.path ? " " : "", one.message);
    item.append(button);
    return item;
  }));
  const marks = new Map(count ? [] : lintLines.map((line) => [line, "note"]));
  for (const one of known.mistakes) if (one.line) marks.set(one.line, "error");
  editor.mark(marks);
}

export async function lint() {
  const text = editor.text();
  try {
    const told = await ask("lint", { text, backends: known.used });
    if (!told || known.mistakes.length || editor.text() !== text) return;
    $("lint").innerHTML = told.html || "";
    lintLines = told.lines || [];
    $("verdict").textContent = told.mistakes.length ? told.mistakes[0].message : told.count ? "" : "no findings";
    editor.mark(new Map(lintLines.map((line) => [line, "note"])));
  } catch (error) {
    $("verdict").textContent = error.message; // the pictures are none the worse
  }
}

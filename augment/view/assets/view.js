// The live page: what is chosen, what is asked of the server, and what is shown of its answers.
import { Refused, ask, upload } from "./api.js";
import "./complete.js";
import * as editor from "./editor.js";
import * as keep from "./keep.js";
import { pack, unpack } from "./link.js";
import * as sliders from "./sliders.js";
import * as tools from "./tools.js";

const $ = (id) => document.getElementById(id);
const boot = JSON.parse(document.body.dataset.boot);
const state = { picture: (boot.alone ? boot.texts : boot.pictures)[0].id, sheet: "", epoch: 0, n: 8, backend: "auto", textBackend: "", stage: "train", words: "", beside: "", muted: [], pinned: null };
let saved = boot.text, pictures = boot.pictures, command = "", time = "", lintLines = [], mistakes = [], timers = {};
let captioned = false; // whether the spec has a caption, which can be typed
let alone = false; // whether the spec is for texts alone, and texts are shown instead of pictures
let used = [], looks = 0, rough = false, rests = 0;
let pending = new Map(), changing = false, resting = [], last = { gesture: 0, text: "" }, saving = Promise.resolve();
const cold = new Map(Object.entries(boot.cold)), off = new Set(); // backends whose framework is not loaded; layers that are not shown

const later = (name, wait, call) => {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(call, wait);
};

const said = document.querySelector(".said");

function say(text) {
  hold(text);
  timers.said = setTimeout(hush, 3200);
}

// Says something until it is over.
function hold(text) {
  clearTimeout(timers.said);
  timers.said = null;
  said.textContent = text;
  said.classList.add("is-shown");
}

function hush() {
  said.classList.remove("is-shown");
}

function tell(error) {
  if (error instanceof Refused && error.conflict) {
    $("notice").hidden = false;
    $("notice").querySelector("p").textContent = error.message;
  } else {
    problem(error.message || String(error));
  }
}

// The spec -------------------------------------------------------------------------------------------------------------

function edited() {
  $("dirty").hidden = editor.text() === saved;
  showUndo();
  later("read", 180, read);
}

async function read() {
  const text = editor.text();
  try {
    const told = await ask("read", { text });
    if (told && editor.text() === text) took(told); // what was written meanwhile is read next
  } catch (error) {
    done();
    tell(error);
  }
}

function took(told) {
  mistakes = told.mistakes;
  showMistakes();
  $("stale").hidden = !mistakes.length;
  $("dirty").hidden = editor.text() === saved;
  if (mistakes.length) {
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
  $("backend").hidden = !told.image_ops && told.text_ops;
  $("text-backend").hidden = !told.text_ops;
  if (told.text_ops && !state.textBackend) choose("text-backend", "builtin");
  if (!told.text_ops) state.textBackend = "";
  captioned = told.caption;
  showKind(told.words);
  look();
  later("lint", 500, lint);
}

function changed(change) {
  pending.set(`${change.steps}:${change.field}`, change);
  flush();
}

const PAUSE = 70; // milliseconds between two changes of a slider that is dragged

// Whether the text does not say yet what the controls say.
const awaited = () => changing || pending.size > 0;
const settled = () => (awaited() ? new Promise((go) => resting.push(go)) : Promise.resolve());

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
  clearTimeout(timers.read);
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
function put(text, gesture) {
  editor.set(text, !(gesture && gesture === last.gesture && editor.text() === last.text));
  last = { gesture, text };
  showUndo();
}

function showUndo() {
  const [back, forth] = editor.undoable();
  $("undo").disabled = !back;
  $("redo").disabled = !forth;
}

async function step(move) {
  await settled(); // a change that is on its way is the first to be taken back
  move();
}

function showMistakes() {
  const count = mistakes.length;
  $("verdict").textContent = count ? `${count} ${count === 1 ? "mistake" : "mistakes"}` : "";
  $("verdict").className = "verdict" + (count ? " is-bad" : "");
  $("problems").replaceChildren(...mistakes.map((one) => {
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
  for (const one of mistakes) if (one.line) marks.set(one.line, "error");
  editor.mark(marks);
}

async function lint() {
  const text = editor.text();
  try {
    const told = await ask("lint", { text, backends: used });
    if (!told || mistakes.length || editor.text() !== text) return;
    $("lint").innerHTML = told.html || "";
    lintLines = told.lines || [];
    $("verdict").textContent = told.mistakes.length ? told.mistakes[0].message : told.count ? "" : "no findings";
    editor.mark(new Map(lintLines.map((line) => [line, "note"])));
  } catch (error) {
    $("verdict").textContent = error.message; // the pictures are none the worse
  }
}

// Pictures -------------------------------------------------------------------------------------------------------------

const engines = () => [state.backend, state.beside, state.textBackend].filter(Boolean);

const backends = () => (state.beside && state.backend !== "all" && state.beside !== state.backend ? `${state.backend},${state.beside}` : state.backend);
const asked = () => ({
  text: editor.text(), picture: state.picture, sheet: state.sheet, epoch: state.epoch, n: state.n, backend: backends(), muted: tools.muted(),
  text_backend: state.textBackend, stage: state.stage, words: alone || captioned ? state.words : "",
});

// Shows what can be drawn in a moment, and then, unless a slider is being dragged, all of it.
async function look() {
  const begun = performance.now(), turn = (looks += 1);
  const more = await draw(begun, turn, true);
  if (more && turn === looks && !sliders.isHeld()) draw(begun, turn, false);
}

// Returns whether there is more to see than was shown.
async function draw(begun, turn, quick) {
  const shown = $("shown"), small = quick && sliders.isHeld();
  const every = state.backend === "all" || (state.sheet === "backends" && state.backend === "reference");
  const loading = [...cold.keys()].filter((name) => engines().includes(name) || (every && cold.get(name) === "image"));
  shown.setAttribute("aria-busy", "true");
  if (loading.length) later("slow", 150, () => hold(`Loading ${loading.join(", ")}: the first picture takes as long as that`));
  else later("slow", 2000, () => hold("Still working"));
  try {
    const told = await ask("look", () => ({ ...asked(), quick, small }), { patient: small });
    if (!told) return false; // another is on its way
    const partial = !told.mistakes.length && told.draws < state.n;
    if (turn === looks && (!(partial || small) || sliders.isHeld())) done();
    for (const name of loading) cold.delete(name);
    if (told.mistakes.length) {
      problem(told.mistakes.map((one) => [one.path, one.message].filter(Boolean).join(": ")).join("\n"));
      return false;
    }
    rough = partial || small;
    if (!(partial && merge(told))) shown.innerHTML = told.html;
    shown.dataset.sheet = told.sheet;
    shown.classList.toggle("is-rough", rough);
    used = told.backends;
    if (state.backend === "auto") showChoice("backend", used[0]);
    showLayers(shown.querySelector("template.layer-switches"));
    showSheets(told.sheets, told.sheet);
    $("lead").textContent = told.lead;
    command = told.command;
    time = `${((performance.now() - begun) / 1000).toFixed(2)} s on ${used.join(" and ")}${state.backend === "auto" ? told.why : ""}` +
      told.left_out.map(([name, why]) => `; ${name} is left out: ${why}`).join("");
    showTime();
    shown.dataset.turn = Number(shown.dataset.turn || 0) + 1;
    shown.classList.toggle("is-beside", told.sheet === "samples" && used.length > 1 && !alone);
    if (!rough) keep.shown();
    return rough;
  } catch (error) {
    done();
    tell(error);
  }
  return false;
}

// Brings what can be looked at closely of the pictures that are shown.
async function closer() {
  const shown = $("shown"), turn = shown.dataset.turn;
  if (shown.dataset.closer === turn || shown.ariaBusy === "true" || mistakes.length) return;
  shown.dataset.closer = turn;
  try {
    const told = await ask("look", { ...asked(), closely: true }), made = document.createElement("template");
    if (!told || told.mistakes.length || shown.dataset.turn !== turn) return;
    made.innerHTML = told.html;
    const come = [...made.content.querySelectorAll(".well")];
    shown.querySelectorAll(".well").forEach((one, i) => Object.assign(one.dataset, come[i]?.dataset));
    shown.dispatchEvent(new Event("augment-closer-here", { bubbles: true }));
  } catch (error) {
    say(error.message);
  }
}

// Puts the draws that came in the place of those that are shown, and leaves the others faded; false if they do not fit there.
function merge(told) {
  const shown = $("shown"), made = document.createElement("template");
  if (shown.dataset.sheet !== told.sheet) return false;
  made.innerHTML = told.html;
  const old = [...shown.querySelectorAll(":scope > .group > .grid")], come = [...made.content.querySelectorAll(".group > .grid")];
  const titles = (grid, n) => [...grid.querySelectorAll(":scope > .panel .title")].slice(0, n).map((one) => one.textContent).join("\n");
  const fits = old.length === come.length && come.every((grid, i) => titles(grid) === titles(old[i], grid.childElementCount));
  if (!fits) return false;
  come.forEach((grid, i) => {
    const panels = [...grid.children];
    [...old[i].children].forEach((one, k) => (panels[k] ? one.replaceWith(panels[k]) : one.classList.add("is-stale")));
  });
  return true;
}

function done() {
  clearTimeout(timers.slow);
  $("shown").setAttribute("aria-busy", "false");
  if (timers.said === null) hush();
}

function showTime() {
  const none = "Pictures come when the mistakes are mended.", old = "These are the pictures of the spec before its mistakes.";
  $("took").textContent = !mistakes.length ? time : $("shown").dataset.turn ? old : none;
}

function problem(text) {
  const note = document.createElement("p");
  note.className = "note is-problem";
  note.textContent = text;
  $("shown").replaceChildren(note);
  time = "";
  showTime();
}

function showLayers(template) {
  const kinds = template ? template.innerHTML : "";
  if ($("layers").dataset.kinds === kinds) return;
  $("layers").dataset.kinds = kinds;
  $("layers").innerHTML = kinds;
  for (const input of $("layers").querySelectorAll("input")) input.checked = !off.has(input.className);
}

function showSheets(names, now) {
  let focused = "";
  state.sheet = now;
  if ($("sheets").dataset.names !== names.join()) {
    $("sheets").dataset.names = names.join();
    focused = document.activeElement.dataset.sheet;
    $("sheets").replaceChildren(...names.map((name) => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.dataset.sheet = name;
      button.textContent = name[0].toUpperCase() + name.slice(1);
      item.append(button);
      return item;
    }));
  }
  for (const button of $("sheets").querySelectorAll("button")) {
    if (button.dataset.sheet === now) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    if (button.dataset.sheet === focused) button.focus({ preventScroll: true });
  }
}

const TYPED = "typed"; // what is looked at while the box has a text

// Offers texts for a spec of texts alone, else pictures; what was chosen stays, if it is among them.
function showKind(words) {
  alone = words;
  const known = words ? boot.texts : pictures;
  if (!known.some((one) => one.id === state.picture) && !(words && state.picture === TYPED)) state.picture = words && state.words.trim() ? TYPED : known[0].id;
  $("typed").hidden = !words && !captioned;
  $("words").placeholder = words ? "Type or paste texts, one a line" : "A caption for the picture, instead of its own";
  $("words").rows = words ? 2 : 1;
  $("strip").ariaLabel = words ? "Text" : "Picture";
  $("upload").accept = words ? "text/plain" : "image/*";
  if ($("strip").dataset.kind !== String(words)) showPictures();
}

function showPictures() {
  $("strip").dataset.kind = String(alone);
  $("strip").replaceChildren(...(alone ? boot.texts : pictures).map(({ id, name, text }) => {
    const label = document.createElement("label"), input = document.createElement("input");
    const shows = document.createElement(alone ? "span" : "img");
    label.className = alone ? "thumb is-text" : "thumb";
    label.title = name;
    Object.assign(input, { type: "radio", name: "picture", value: id, checked: id === state.picture });
    Object.assign(shows, alone ? { textContent: text } : { src: `/picture/${id}`, alt: name, loading: "lazy", width: 44, height: 44 });
    label.append(input, shows);
    return label;
  }));
}

// Shows what is in the box; an empty one gives way to the first of the texts.
function typed() {
  state.words = $("words").value;
  if (alone) state.picture = state.words.trim() ? TYPED : boot.texts[0].id;
  showChoice("picture", state.picture);
  later("typed", 180, look);
}

async function type(files) {
  const words = (await Promise.all(files.map((file) => file.slice(0, 4 * boot.words + 1).text()))).join("\n");
  if (words.length > boot.words) return say(`A text has at most ${boot.words.toLocaleString("en")} characters here: start with 'augment view SPEC FILE'`);
  $("words").value = words;
  typed();
}

async function add(files) {
  if (alone) return type(files);
  for (const file of files) {
    try {
      if (file.size > boot.upload) throw new Refused({ refused: `${file.name}: is larger than ${boot.upload >> 20} MB` });
      const told = await upload(file);
      if (told.mistakes.length) throw new Refused({ refused: told.mistakes[0].message });
      pictures = told.pictures;
      state.picture = told.id;
    } catch (error) {
      say(error.message);
    }
  }
  showPictures();
  look();
}

// What is chosen ---------------------------------------------------------------------------------------------------------

function choose(group, value) {
  if (group === "backend") state.backend = value;
  else state.textBackend = value;
  showChoice(group, value);
}

function showChoice(group, value) {
  for (const input of document.querySelectorAll(`input[name=${group}]`)) input.checked = input.value === value;
}

function show(epoch) {
  state.epoch = Math.max(0, Math.min(2000000000, Math.floor(epoch) || 0));
  $("epoch").value = state.epoch;
  look();
}

$("back").onclick = () => show(state.epoch - state.n);
$("next").onclick = () => show(state.epoch + state.n);
$("epoch").onchange = () => show(Number($("epoch").value));
$("n").onchange = () => { state.n = Number($("n").value); look(); };
$("stage").onchange = () => { state.stage = $("stage").checked ? "eval" : "train"; look(); };
$("layers").onchange = ({ target }) => off[target.checked ? "delete" : "add"](target.className);
$("seed").onchange = () => changed({ steps: [], op: "", field: "seed", value: Math.max(0, Math.floor(Number($("seed").value)) || 0) });
$("backend").onchange = (event) => { choose("backend", event.target.value); look(); later("lint", 500, lint); };
$("text-backend").onchange = (event) => { choose("text-backend", event.target.value); look(); };
$("beside").onchange = () => { state.beside = $("beside").value; look(); };
$("strip").onchange = (event) => { state.picture = event.target.value; look(); };
$("words").oninput = typed;
$("upload").onchange = (event) => { add([...event.target.files]); event.target.value = ""; };
$("sheets").onclick = (event) => { if (event.target.dataset.sheet) { state.sheet = event.target.dataset.sheet; look(); } };
$("undo").onclick = () => step(editor.undo);
$("redo").onclick = () => step(editor.redo);
$("unfold").onclick = () => $("unfold").setAttribute("aria-expanded", document.body.classList.toggle("is-unfolded"));
document.addEventListener("click", (event) => {
  const jump = event.target.closest("[data-line]");
  if (jump) editor.jump(Number(jump.dataset.line), Number(jump.dataset.column || 1));
});
document.addEventListener("augment-closer", closer);
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  add([...event.dataTransfer.files]);
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === "s") {
    event.preventDefault();
    save();
  } else if (event.key === "Enter") {
    event.preventDefault();
    show(state.epoch + state.n);
  } else if (event.key.toLowerCase() === "z" && (event.target === $("text") || !event.target.matches("[type=text], [type=number], #words"))) {
    event.preventDefault(); // fields have an undo of their own
    step(event.shiftKey ? editor.redo : editor.undo);
  }
});

// Keeping ---------------------------------------------------------------------------------------------------------------

// One after the other, so that what is written last is what was saved last.
const save = () => (saving = saving.then(write));

async function write() {
  if (!boot.saves) return download();
  await settled();
  const text = editor.text();
  try {
    await ask("save", { text });
    saved = text;
    $("dirty").hidden = editor.text() === saved;
    say(`Saved ${boot.file}`);
  } catch (error) {
    if (error.conflict) tell(error);
    else say(error.message);
  }
}

async function download() {
  await settled();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([editor.text()], { type: "application/yaml" }));
  link.download = boot.file.split(/[\\/]/).pop();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function copy(text, about) {
  try {
    await navigator.clipboard.writeText(text);
    say(about);
  } catch {
    say(text);
  }
}

$("save").onclick = save;
$("download").onclick = download;
$("command").onclick = () => {
  const first = [...(editor.text() === saved ? [] : ["save the spec"]), ...(state.picture === TYPED ? ["keep the text in text.txt"] : [])];
  const own = [...(state.muted.length ? ["it draws the ops that are left out here, too"] : []), ...(captioned && state.words ? ["it has the picture's own caption"] : [])];
  const told = [...(first.length ? [`${first.join(" and ")} before you run it`] : []), ...own].join("; ");
  copy(command, told ? `Copied; ${told}` : `Copied: ${command}`);
};
$("link").onclick = async () => {
  await settled();
  const hash = await pack({ ...state, text: editor.text() });
  history.replaceState(null, "", hash);
  copy(location.href, "Copied the address of this state");
};
$("dismiss").onclick = () => { $("notice").hidden = true; };
$("theirs").onclick = async () => {
  $("notice").hidden = true;
  await settled();
  try {
    const told = await ask("reload", { text: "" });
    if (!told) return;
    saved = told.text;
    editor.set(told.text);
    edited();
  } catch (error) {
    say(error.message);
  }
};
addEventListener("beforeunload", (event) => { if (editor.text() !== saved && boot.saves) event.preventDefault(); });

async function restore() {
  let found = null;
  try {
    found = await unpack(location.hash);
  } catch {
    say("The link could not be read; this is the spec as it is");
  }
  if (!found) return;
  for (const name of Object.keys(state)) if (typeof found[name] === typeof state[name] && Array.isArray(found[name]) === Array.isArray(state[name])) state[name] = found[name];
  state.muted = state.muted.filter((one) => /^\d+(\.\d+)*$/.test(one?.at)); // an address may say anything
  if (typeof state.pinned?.text !== "string" || !Array.isArray(state.pinned.muted)) state.pinned = null;
  $("words").value = state.words;
  editor.set(found.text, false);
  $("n").value = state.n;
  $("epoch").value = state.epoch;
  $("stage").checked = state.stage === "eval";
  $("beside").value = state.beside;
}

const bench = { state, look, took, say, settled, asked, edited, text: editor.text, put };
tools.begin(bench);
keep.begin(bench);
editor.onEdit(edited);
sliders.onChange(changed);
sliders.onRelease(() => { if (rough && !awaited()) look(); });
editor.set(boot.text, false);
await restore();
choose("backend", state.backend);
if (state.textBackend) choose("text-backend", state.textBackend);
if (!boot.saves) $("save").hidden = true;
showKind(boot.alone);
read();

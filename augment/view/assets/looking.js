// Pictures, and the tables beside them: what is asked of the server, and what is shown of its answers.
import { Refused, ask } from "./api.js";
import * as editor from "./editor.js";
import * as keep from "./keep.js";
import { partsOf } from "./parts.js";
import { hold, release, say } from "./said.js";
import * as sliders from "./sliders.js";
import { $, boot, cancel, known, later, showChoice, state } from "./state.js";
import * as tools from "./tools.js";

const cold = new Map(Object.entries(boot.cold)), off = new Set(); // backends whose framework is not loaded; layers that are not shown
let looks = 0, answers = 0, rough = false, time = "";

export const isRough = () => rough;

const engines = () => [state.backend, state.beside, state.textBackend].filter(Boolean);

const backends = () => (state.beside && state.backend !== "all" && state.beside !== state.backend ? `${state.backend},${state.beside}` : state.backend);
export const asked = () => ({
  text: editor.text(), picture: state.picture, sheet: state.sheet, epoch: state.epoch, n: state.n, backend: backends(), muted: tools.muted(),
  text_backend: state.textBackend, stage: state.stage, words: known.alone || known.captioned ? state.words : "",
});

// Shows what can be drawn in a moment, and then, unless a slider is being dragged, all of it.
export async function look() {
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
    const answer = (answers += 1), made = await partsOf(told.html || "");
    if (answer !== answers) return false; // another has come
    const partial = !told.mistakes.length && told.draws < state.n;
    if (turn === looks && (!(partial || small) || sliders.isHeld())) done();
    for (const name of loading) cold.delete(name);
    if (told.mistakes.length) {
      problem(told.mistakes.map((one) => [one.path, one.message].filter(Boolean).join(": ")).join("\n"));
      return false;
    }
    rough = partial || small;
    if (!(partial && merge(told.sheet, made))) shown.replaceChildren(...made.childNodes);
    shown.dataset.sheet = told.sheet;
    shown.classList.toggle("is-rough", rough);
    known.used = told.backends;
    if (state.backend === "auto") showChoice("backend", known.used[0]);
    showLayers(shown.querySelector("template.layer-switches"));
    showSheets(told.sheets, told.sheet);
    $("lead").textContent = told.lead;
    known.command = told.command;
    time = `${((performance.now() - begun) / 1000).toFixed(2)} s on ${known.used.join(" and ")}${state.backend === "auto" ? told.why : ""}` +
      told.left_out.map(([name, why]) => `; ${name} is left out: ${why}`).join("");
    showTime();
    shown.dataset.turn = Number(shown.dataset.turn || 0) + 1;
    shown.classList.toggle("is-beside", told.sheet === "samples" && known.used.length > 1 && !known.alone);
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
  if (shown.dataset.closer === turn || shown.ariaBusy === "true" || known.mistakes.length) return;
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
function merge(sheet, made) {
  const shown = $("shown");
  if (shown.dataset.sheet !== sheet) return false;
  const old = [...shown.querySelectorAll(":scope > .group > .grid")], come = [...made.querySelectorAll(".group > .grid")];
  const titles = (grid, n) => [...grid.querySelectorAll(":scope > .panel .title")].slice(0, n).map((one) => one.textContent).join("\n");
  const fits = old.length === come.length && come.every((grid, i) => titles(grid) === titles(old[i], grid.childElementCount));
  if (!fits) return false;
  come.forEach((grid, i) => {
    const panels = [...grid.children];
    [...old[i].children].forEach((one, k) => (panels[k] ? one.replaceWith(panels[k]) : one.classList.add("is-stale")));
  });
  return true;
}

export function done() {
  cancel("slow");
  $("shown").setAttribute("aria-busy", "false");
  release();
}

export function showTime() {
  const none = "Pictures come when the mistakes are mended.", old = "These are the pictures of the spec before its mistakes.";
  $("took").textContent = !known.mistakes.length ? time : $("shown").dataset.turn ? old : none;
}

export function tell(error) {
  if (error instanceof Refused && error.conflict) {
    $("notice").hidden = false;
    $("notice").querySelector("p").textContent = error.message;
  } else {
    problem(error.message || String(error));
  }
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

$("layers").onchange = ({ target }) => off[target.checked ? "delete" : "add"](target.className);
$("sheets").onclick = (event) => { if (event.target.dataset.sheet) { state.sheet = event.target.dataset.sheet; look(); } };
document.addEventListener("augment-closer", closer);

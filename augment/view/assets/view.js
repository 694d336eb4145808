// The live page: its parts are tied together, and what is chosen is heard.
import "./complete.js";
import * as editor from "./editor.js";
import * as keep from "./keep.js";
import { asked, isRough, look } from "./looking.js";
import { say } from "./said.js";
import { restore, save } from "./saving.js";
import * as sliders from "./sliders.js";
import { awaited, changed, edited, lint, put, read, settled, step, took } from "./spec.js";
import { $, boot, choose, later, state } from "./state.js";
import { showKind } from "./stock.js";
import * as tools from "./tools.js";

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
$("seed").onchange = () => changed({ steps: [], op: "", field: "seed", value: Math.max(0, Math.floor(Number($("seed").value)) || 0) });
$("backend").onchange = (event) => { choose("backend", event.target.value); look(); later("lint", 500, lint); };
$("text-backend").onchange = (event) => { choose("text-backend", event.target.value); look(); };
$("beside").onchange = () => { state.beside = $("beside").value; look(); };
$("undo").onclick = () => step(editor.undo);
$("redo").onclick = () => step(editor.redo);
$("unfold").onclick = () => $("unfold").setAttribute("aria-expanded", document.body.classList.toggle("is-unfolded"));
document.addEventListener("click", (event) => {
  const jump = event.target.closest("[data-line]");
  if (jump) editor.jump(Number(jump.dataset.line), Number(jump.dataset.column || 1));
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

const bench = { state, look, took, say, settled, asked, edited, text: editor.text, put };
tools.begin(bench);
keep.begin(bench);
editor.onEdit(edited);
sliders.onChange(changed);
sliders.onRelease(() => { if (isRough() && !awaited()) look(); });
editor.set(boot.text, false);
await restore();
choose("backend", state.backend);
if (state.textBackend) choose("text-backend", state.textBackend);
if (!boot.saves) $("save").hidden = true;
showKind(boot.alone);
read();

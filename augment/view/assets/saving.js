// What is kept of the spec: its file, its command, and an address that brings the page back.
import { ask } from "./api.js";
import * as editor from "./editor.js";
import { pack, unpack } from "./link.js";
import { tell } from "./looking.js";
import { say } from "./said.js";
import { edited, settled } from "./spec.js";
import { $, TYPED, boot, known, state } from "./state.js";

let saving = Promise.resolve();

// One after the other, so that what is written last is what was saved last.
export const save = () => (saving = saving.then(write));

async function write() {
  if (!boot.saves) return download();
  await settled();
  const text = editor.text();
  try {
    await ask("save", { text });
    known.saved = text;
    $("dirty").hidden = editor.text() === known.saved;
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
  const first = [...(editor.text() === known.saved ? [] : ["save the spec"]), ...(state.picture === TYPED ? ["keep the text in text.txt"] : [])];
  const own = [...(state.muted.length ? ["it draws the ops that are left out here, too"] : []), ...(known.captioned && state.words ? ["it has the picture's own caption"] : [])];
  const told = [...(first.length ? [`${first.join(" and ")} before you run it`] : []), ...own].join("; ");
  copy(known.command, told ? `Copied; ${told}` : `Copied: ${known.command}`);
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
    known.saved = told.text;
    editor.set(told.text);
    edited();
  } catch (error) {
    say(error.message);
  }
};
addEventListener("beforeunload", (event) => { if (editor.text() !== known.saved && boot.saves) event.preventDefault(); });

export async function restore() {
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

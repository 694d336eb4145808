// Two states side by side, A that was pinned and B as it is now; and what is seen as a file.
import { ask, client } from "./api.js";
import { partsOf } from "./parts.js";

const $ = (id) => document.getElementById(id);
let page, drawn = "";

export function begin(given) { page = given; }

// Shows A again where something else than the spec has changed: the picture, the draws, the sheet, the backend.
export async function shown() {
  const { pinned } = page.state, own = $("pinned");
  own.hidden = !pinned;
  document.body.classList.toggle("is-pinned", Boolean(pinned));
  $("pin").setAttribute("aria-pressed", String(Boolean(pinned)));
  if (!pinned) return;
  const wanted = { ...page.asked(), text: pinned.text, muted: pinned.muted, client: `${client}-a` };
  const key = JSON.stringify(wanted);
  if (key === drawn) return;
  drawn = key;
  try {
    const told = await ask("look", wanted, { lane: "pinned" });
    const made = await partsOf(told?.html || "");
    if (!told || key !== drawn) return;
    if (told.mistakes.length) $("pinned-shown").textContent = told.mistakes.map((one) => one.message).join("\n");
    else $("pinned-shown").replaceChildren(...made.childNodes);
    own.dataset.turn = Number(own.dataset.turn || 0) + 1;
  } catch (error) {
    drawn = "";
    page.say(error.message);
  }
}

$("pin").onclick = () => {
  const { state } = page;
  state.pinned = state.pinned ? null : { text: page.text(), muted: page.asked().muted };
  page.say(state.pinned ? "Pinned as A: what you change now is B beside it" : "A is gone");
  shown();
};
$("back-to-a").onclick = () => {
  page.put(page.state.pinned.text);
  page.edited();
};

async function keep(form) {
  await page.settled();
  page.say("Drawing");
  try {
    const told = await ask("export", { ...page.asked(), form });
    if (!told) return;
    if (told.mistakes.length) return page.say(told.mistakes[0].message);
    const bytes = Uint8Array.from(atob(told.data), (c) => c.charCodeAt(0)), link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: `image/${form}` }));
    link.download = `${page.state.sheet}.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    page.say(`Kept ${link.download}`);
  } catch (error) {
    page.say(error.message);
  }
}
$("png").onclick = () => keep("png");
$("gif").onclick = () => keep("gif");

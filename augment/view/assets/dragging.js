// An op is taken by its grip and let go at another place of its list. By keyboard that is Alt with up and down.
const form = document.getElementById("cards");
const listOf = (card) => card.dataset.at.split(".").slice(0, -1).join(".");
let held = null, moved = () => {};

// Calls with the place of an op and by how many others it was moved.
export function onMove(listener) { moved = listener; }

// The ops of a list, each with the cards of what it holds.
function blocks(card) {
  const found = [];
  for (const one of form.querySelectorAll(".card")) {
    if (listOf(one) === listOf(card)) found.push([one]);
    else if (one.dataset.at.startsWith(`${found.at(-1)?.[0].dataset.at}.`)) found.at(-1).push(one);
  }
  return found;
}

const middle = (block) => (block[0].getBoundingClientRect().top + block.at(-1).getBoundingClientRect().bottom) / 2;

function end() {
  for (const one of form.querySelectorAll(".drop-above, .drop-below, .is-carried")) one.classList.remove("drop-above", "drop-below", "is-carried");
  held = null;
}

form.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip"), card = grip?.closest(".card");
  if (!card || event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const all = blocks(card), from = all.findIndex((block) => block[0] === card);
  held = { all, from, to: from, at: card.dataset.at };
  for (const one of all[from]) one.classList.add("is-carried");
});
form.addEventListener("pointermove", (event) => {
  if (!held) return;
  const { all, from } = held, edge = form.getBoundingClientRect();
  if (event.clientY < edge.top + 24 || event.clientY > edge.bottom - 24) form.scrollBy(0, event.clientY < edge.top + 24 ? -12 : 12);
  held.to = all.filter((block, i) => i !== from && middle(block) < event.clientY).length;
  all.forEach((block, i) => {
    block[0].classList.toggle("drop-above", held.to < from && i === held.to);
    block.at(-1).classList.toggle("drop-below", held.to > from && i === held.to);
  });
});
form.addEventListener("pointerup", () => {
  if (!held) return;
  const { at, from, to } = held;
  end();
  if (to !== from) moved(at, to - from);
});
form.addEventListener("pointercancel", end);
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && held) end(); });

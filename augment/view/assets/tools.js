// What is done with whole ops: left out, heard alone, moved, removed, added from a list with pictures.
import { ask } from "./api.js";
import { onMove } from "./dragging.js";

const $ = (id) => document.getElementById(id);
const form = $("cards"), menu = $("adding");
let page, known = null;

export function begin(given) { page = given; }
export const catalogue = async () => (known ||= (await ask("words", { text: "" })).ops);

const heads = () => [...form.querySelectorAll(".card")];
const below = (at, one) => one.startsWith(`${at}.`);
const steps = (at) => at.split(".").map(Number);

// Left out of what is shown ---------------------------------------------------------------------------------------------

// What is left out by index: of an op that is no longer there, nothing is.
export function shown() {
  const cards = new Map(heads().map((card) => [card.dataset.at, card]));
  page.state.muted = page.state.muted.filter((one) => cards.get(one.at)?.dataset.op === one.op);
  const muted = new Set(page.state.muted.map((one) => one.at)), alone = soloed();
  for (const [at, card] of cards) {
    card.classList.toggle("is-muted", [...muted].some((one) => one === at || below(one, at)));
    press(card, "mute", muted.has(at));
    press(card, "solo", at === alone);
  }
  const count = muted.size;
  $("muted").hidden = !count;
  $("muted").textContent = alone ? "one op alone: show all" : `${count} left out: show all`;
}

const press = (card, act, on) => card.querySelector(`[data-act=${act}]`).setAttribute("aria-pressed", String(on));
export const muted = () => page.state.muted.map((one) => steps(one.at));

// Those that stand beside an op, or beside what holds it.
function others(at) {
  const path = at.split(".");
  return heads().map((card) => card.dataset.at).filter((one) => {
    const own = one.split("."), k = own.length - 1;
    return k < path.length && own.slice(0, k).join() === path.slice(0, k).join() && own[k] !== path[k];
  });
}

function soloed() {
  const now = page.state.muted.map((one) => one.at).sort().join();
  return now && heads().map((card) => card.dataset.at).find((at) => others(at).sort().join() === now);
}

function set(ats) {
  const names = new Map(heads().map((card) => [card.dataset.at, card.dataset.op]));
  page.state.muted = ats.map((at) => ({ at, op: names.get(at) }));
  shown();
  page.look();
}

function mute(at) {
  const now = page.state.muted.map((one) => one.at);
  set(now.includes(at) ? now.filter((one) => one !== at) : [...now, at]);
}

// Rearranging -----------------------------------------------------------------------------------------------------------

async function arrange(action, { at = "", op = "", by = 0 }) {
  await page.settled();
  const before = page.text();
  let told;
  try {
    told = await ask("arrange", { text: before, action, steps: at ? steps(at) : [], op, by });
  } catch (error) {
    return page.say(error.message);
  }
  if (!told || page.text() !== before) return;
  if (told.declined.length) return page.say(told.declined[0]);
  follow(action, at, by);
  page.put(told.text);
  page.took(told);
  const to = action === "add" ? heads().filter((card) => card.dataset.op === op).pop() : heads().find((card) => card.dataset.at === went(at, by));
  to?.querySelector(".op-name").focus();
  to?.scrollIntoView({ block: "nearest" });
  page.say(action === "add" ? `Added ${op}` : action === "remove" ? "Removed; Ctrl+Z brings it back" : `Moved ${by < 0 ? "up" : "down"}`);
}

function went(at, by) {
  const path = steps(at);
  path[path.length - 1] += by;
  return path.join(".");
}

// What is left out stays so where it stands now.
function follow(action, at, by) {
  if (action === "add") return; // it stands last, or before what normalizes, which is seldom left out
  const path = steps(at), k = path.length - 1, to = path[k] + by;
  page.state.muted = page.state.muted.flatMap((one) => {
    const own = steps(one.at);
    if (own.length <= k || own.slice(0, k).join() !== path.slice(0, k).join()) return [one];
    if (action === "remove") {
      if (own[k] === path[k]) return [];
      own[k] -= own[k] > path[k] ? 1 : 0;
    } else if (own[k] === path[k]) own[k] = to;
    else if (Math.min(path[k], to) <= own[k] && own[k] <= Math.max(path[k], to)) own[k] -= Math.sign(by);
    return [{ ...one, at: own.join(".") }];
  });
}

function act(card, what) {
  const at = card.dataset.at;
  if (what === "mute") mute(at);
  else if (what === "solo") set(soloed() === at ? [] : others(at));
  else if (what === "remove") arrange("remove", { at });
  else arrange("move", { at, by: what === "up" ? -1 : 1 });
}

onMove((at, by) => arrange("move", { at, by }));

form.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-act]");
  if (tool) act(tool.closest(".card"), tool.dataset.act);
});
form.addEventListener("keydown", (event) => {
  const head = event.target.closest(".card-head"), card = head?.closest(".card");
  if (!card || event.ctrlKey || event.metaKey) return;
  const tools = [...head.querySelectorAll("[data-act]")], i = tools.indexOf(event.target), turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const what = event.altKey ? { ArrowUp: "up", ArrowDown: "down" }[event.key] : { m: "mute", s: "solo", Delete: "remove" }[event.key];
  if (what) act(card, what);
  else if (turn && i >= 0 && !event.altKey) { // one stop of the Tab key for all tools of an op
    const next = tools[(i + turn + tools.length) % tools.length];
    for (const one of tools) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  } else return;
  event.preventDefault();
});
$("muted").onclick = () => {
  set([]);
  $("cards").focus();
};

// The list of ops -------------------------------------------------------------------------------------------------------

async function openMenu() {
  menu.showModal();
  $("find").value = "";
  try {
    const ops = await catalogue();
    if (!$("ops").childElementCount) $("ops").replaceChildren(...Object.entries(ops).sort(byGroup).map(([name, one]) => offer(name, one)));
    narrow();
  } catch (error) {
    menu.close();
    page.say(error.message);
  }
}

const GROUPS = ["image", "choice", "text"];
const byGroup = ([, a], [, b]) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group);

function offer(name, one) {
  const button = document.createElement("button"), picture = document.createElement("img"), title = document.createElement("span"), about = document.createElement("span");
  button.type = "button";
  button.className = "offer";
  button.dataset.op = name;
  button.dataset.group = one.group;
  Object.assign(picture, { src: `/op/${name}`, alt: "", loading: "lazy", width: 72, height: 72 });
  picture.onerror = () => picture.remove();
  title.className = "offer-name";
  title.textContent = name;
  about.className = "offer-about";
  about.textContent = one.about;
  if (one.group === "image") button.append(picture);
  button.append(title, about);
  return button;
}

function narrow() {
  const words = $("find").value.toLowerCase().trim().replaceAll(" ", "_");
  const text = $("find").value.toLowerCase().trim();
  let count = 0;
  for (const one of $("ops").children) {
    one.hidden = !(one.dataset.op.includes(words) || one.textContent.toLowerCase().includes(text));
    count += !one.hidden;
  }
  $("found").textContent = count ? `${count} ops` : "No op has these words";
}

const pick = (button) => {
  menu.close();
  arrange("add", { op: button.dataset.op });
};
$("add-op").onclick = openMenu;
$("find").oninput = narrow;
$("find").onkeydown = (event) => {
  const first = event.key === "Enter" && [...$("ops").children].find((one) => !one.hidden);
  if (first) {
    event.preventDefault();
    pick(first);
  }
};
$("ops").onclick = (event) => {
  const button = event.target.closest(".offer");
  if (button) pick(button);
};
$("close-menu").onclick = () => menu.close();

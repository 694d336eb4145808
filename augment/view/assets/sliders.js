// The controls of the spec's fields. The server makes them from declarations; here they speak and are kept up to date.
const form = document.getElementById("cards");
let controls = {}, shape = "", held = "", late = null, gesture = 0, heard = () => {}, letGo = () => {};

export function onChange(listener) { heard = listener; }
export function onRelease(listener) { letGo = listener; }
export const isHeld = () => held !== "";

// Takes what the server read: new controls if their kinds changed, else new values for those that are there.
export function take(told) {
  if (held && told.shape !== shape) { // nothing may vanish under a finger: later
    late = told;
    return;
  }
  late = null;
  const before = controls;
  controls = told.controls;
  if (told.shape !== shape) {
    replace(told);
  } else {
    for (const [id, c] of Object.entries(controls)) { // ends go further out, and not back while someone looks
      const old = before[id];
      if (old && c.kind === old.kind && c.unit === old.unit) {
        c.least = Math.min(c.least, old.least);
        c.most = Math.max(c.most, old.most);
      }
    }
  }
  for (const box of form.querySelectorAll(".control")) if (box.dataset.id !== held) fill(box);
}

function replace(told) {
  const focus = document.activeElement?.closest?.(".control")?.dataset.id, part = document.activeElement?.dataset?.part;
  const open = new Set([...form.querySelectorAll("details[open]")].map((one) => one.dataset.at));
  form.innerHTML = told.html;
  shape = told.shape;
  for (const one of form.querySelectorAll("details")) one.open = open.has(one.dataset.at);
  if (!focus) return;
  const box = form.querySelector(`[data-id="${CSS.escape(focus)}"]`);
  const rest = box?.closest("details");
  if (rest) rest.open = true;
  (box?.querySelector(`[data-part="${part}"]`) || box?.querySelector("input, select, button"))?.focus({ preventScroll: true });
}

function fill(box) {
  const c = controls[box.dataset.id];
  if (!c) return;
  for (const input of box.querySelectorAll("[data-part]")) {
    const part = input.dataset.part;
    if (part === "switch") input.checked = c.low > 0;
    else if (part === "low" || part === "high") {
      input.min = c.least;
      input.max = c.most;
      input.value = c[part];
    } else input.value = c.text;
  }
  say(box, c, c.low, c.high);
}

function say(box, c, low, high) {
  const output = box.querySelector("output"), rail = box.querySelector(".rail");
  if (!output) return;
  const both = c.kind === "range";
  const unit = c.unit === "px" ? " px" : c.unit;
  output.textContent = both ? `${words(low, c)} to ${words(high, c)}${unit}` : `${words(low, c)}${unit}`;
  const span = c.most - c.least || 1, zero = c.least < 0 && c.most > 0 && !both ? -c.least / span : 0;
  const a = both ? (low - c.least) / span : Math.min(zero, (low - c.least) / span);
  const b = both ? (high - c.least) / span : Math.max(zero, (low - c.least) / span);
  rail.style.setProperty("--a", a.toFixed(4));
  rail.style.setProperty("--b", b.toFixed(4));
  rail.classList.toggle("is-high", both && (low + high) / 2 > (c.least + c.most) / 2);
  for (const input of rail.querySelectorAll("input")) input.setAttribute("aria-valuetext", words(input.dataset.part === "low" ? low : high, c) + unit);
}

const digits = (c) => (c.whole ? 0 : Math.max(0, Math.min(6, -Math.floor(Math.log10(c.step) + 1e-9))));
const words = (number, c) => String(Number(number.toFixed(Math.max(digits(c), 0)))).replace("-", "−");

function snapped(number, c) {
  const near = Math.round(number / c.step) * c.step;
  return Math.min(c.most, Math.max(c.least, Number(near.toFixed(digits(c)))));
}

const written = (number, c) => (c.unit === "px" && !c.whole ? `${number}px` : number);

function send(box, value) {
  late = null; // older than this: its answer brings the controls up to date
  const [at, field] = box.dataset.id.split(":");
  heard({ steps: at.split(".").map(Number), op: box.dataset.op, field, value, gesture });
}

// What someone has begun to change is theirs until they are done: until then no answer moves or replaces it. What they say stands
// in the controls at once.
form.addEventListener("input", (event) => {
  const input = event.target, box = input.closest(".control"), c = box && controls[box.dataset.id];
  if (!c) return;
  const part = input.dataset.part;
  if (held !== box.dataset.id) gesture += 1;
  held = box.dataset.id;
  if (part === "low" || part === "high") {
    c[part] = snapped(Number(input.value), c);
    if (c.kind === "range") { // thumbs push each other along
      const other = part === "low" ? "high" : "low";
      if (c.low > c.high) {
        c[other] = c[part];
        box.querySelector(`[data-part=${other}]`).value = c[part];
      }
    }
    say(box, c, c.low, c.high);
    send(box, c.kind === "range" ? [written(c.low, c), written(c.high, c)] : written(c.low, c));
  } else if (part === "switch") {
    c.low = Number(input.checked);
    send(box, input.checked);
  } else if (part === "text") {
    c.text = input.value;
    send(box, input.value);
  }
});
form.addEventListener("change", (event) => {
  const box = event.target.closest(".control"), c = box && controls[box.dataset.id];
  if (c && event.target.dataset.part === "words") {
    c.text = event.target.value;
    send(box, { yaml: event.target.value });
  }
  release();
});

function release() {
  const box = held && form.querySelector(`[data-id="${CSS.escape(held)}"]`);
  held = "";
  if (late) take(late);
  else if (box) fill(box);
  if (box) letGo();
}
// a drag that ends where it began changes nothing, and is over all the same
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (held && form.querySelector(`[data-id="${CSS.escape(held)}"] [type=range]`)) setTimeout(release);
  });
}
form.addEventListener("focusout", () => { if (held) release(); });

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", (event) => {
  const button = event.target.closest(".spread"), box = button?.closest(".control"), c = box && controls[box.dataset.id];
  if (!c) return;
  gesture += 1;
  if (c.kind === "range") {
    send(box, written(snapped((c.low + c.high) / 2, c), c));
  } else {
    const reach = Math.max(c.step, Math.abs(c.most - c.least) / 10);
    send(box, [written(snapped(c.low - reach, c), c), written(snapped(c.low + reach, c), c)]);
  }
});

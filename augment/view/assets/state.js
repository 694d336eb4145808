// What is chosen on the page, and what is known of it.
export const $ = (id) => document.getElementById(id);
export const boot = JSON.parse(document.body.dataset.boot);

// What is chosen: a link brings it back.
export const state = {
  picture: (boot.alone ? boot.texts : boot.pictures)[0].id, sheet: "", epoch: 0, n: 8, backend: "auto", textBackend: "", stage: "train",
  words: "", beside: "", muted: [], pinned: null,
};

// What was told by the server last.
export const known = {
  saved: boot.text, pictures: boot.pictures, command: "", mistakes: [], used: [],
  captioned: false, // whether the spec has a caption, which can be typed
  alone: false, // whether the spec is for texts alone, and texts are shown instead of pictures
};

export const TYPED = "typed"; // what is looked at while the box has a text

export function choose(group, value) {
  if (group === "backend") state.backend = value;
  else state.textBackend = value;
  showChoice(group, value);
}

export function showChoice(group, value) {
  for (const input of document.querySelectorAll(`input[name=${group}]`)) input.checked = input.value === value;
}

const timers = {};

// Calls once a name has not been called for so many milliseconds.
export function later(name, wait, call) {
  cancel(name);
  timers[name] = setTimeout(call, wait);
}

export const cancel = (name) => clearTimeout(timers[name]);

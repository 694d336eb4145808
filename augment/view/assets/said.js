// What the page says in passing.
const said = document.querySelector(".said");
let ends = null;

export function say(text) {
  hold(text);
  ends = setTimeout(hush, 3200);
}

// Says something until it is over.
export function hold(text) {
  clearTimeout(ends);
  ends = null;
  said.textContent = text;
  said.classList.add("is-shown");
}

// Ends what is held, and leaves what ends by itself.
export function release() {
  if (ends === null) hush();
}

function hush() {
  ends = null;
  said.classList.remove("is-shown");
}

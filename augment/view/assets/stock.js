// What is augmented: pictures and texts to choose from, and what people bring and type.
import { Refused, upload } from "./api.js";
import { look } from "./looking.js";
import { say } from "./said.js";
import { $, TYPED, boot, known, later, showChoice, state } from "./state.js";

// Offers texts for a spec of texts alone, else pictures; what was chosen stays, if it is among them.
export function showKind(words) {
  known.alone = words;
  const here = words ? boot.texts : known.pictures;
  if (!here.some((one) => one.id === state.picture) && !(words && state.picture === TYPED)) state.picture = words && state.words.trim() ? TYPED : here[0].id;
  $("typed").hidden = !words && !known.captioned;
  $("words").placeholder = words ? "Type or paste texts, one a line" : "A caption for the picture, instead of its own";
  $("words").rows = words ? 2 : 1;
  $("strip").ariaLabel = words ? "Text" : "Picture";
  $("upload").accept = words ? "text/plain" : "image/*";
  if ($("strip").dataset.kind !== String(words)) showPictures();
}

function showPictures() {
  $("strip").dataset.kind = String(known.alone);
  $("strip").replaceChildren(...(known.alone ? boot.texts : known.pictures).map(({ id, name, text }) => {
    const label = document.createElement("label"), input = document.createElement("input");
    const shows = document.createElement(known.alone ? "span" : "img");
    label.className = known.alone ? "thumb is-text" : "thumb";
    label.title = name;
    Object.assign(input, { type: "radio", name: "picture", value: id, checked: id === state.picture });
    Object.assign(shows, known.alone ? { textContent: text } : { src: `/picture/${id}`, alt: name, loading: "lazy", width: 44, height: 44 });
    label.append(input, shows);
    return label;
  }));
}

// Shows what is in the box; an empty one gives way to the first of the texts.
function typed() {
  state.words = $("words").value;
  if (known.alone) state.picture = state.words.trim() ? TYPED : boot.texts[0].id;
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
  if (known.alone) return type(files);
  for (const file of files) {
    try {
      if (file.size > boot.upload) throw new Refused({ refused: `${file.name}: is larger than ${boot.upload >> 20} MB` });
      const told = await upload(file);
      if (told.mistakes.length) throw new Refused({ refused: told.mistakes[0].message });
      known.pictures = told.pictures;
      state.picture = told.id;
    } catch (error) {
      say(error.message);
    }
  }
  showPictures();
  look();
}

$("strip").onchange = (event) => { state.picture = event.target.value; look(); };
$("words").oninput = typed;
$("upload").onchange = (event) => { add([...event.target.files]); event.target.value = ""; };
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  add([...event.dataTransfer.files]);
});

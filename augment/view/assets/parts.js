// What an answer brings to the page.

// Makes the parts of an answer, whose pictures can be painted in the moment in which they are put in: browsers may load and decode them
// later than that, even those that came along, and what changes many times in a second would flicker.
export async function partsOf(html) {
  const made = document.createElement("div");
  made.innerHTML = html;
  const all = [...made.querySelectorAll("img")];
  for (const img of all) img.decoding = "sync";
  await Promise.all(all.filter((img) => !img.complete).map((img) => new Promise((go) => { img.onload = img.onerror = go; })));
  return made;
}

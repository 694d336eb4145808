// A box above the gallery and the list of ops that leaves those whose text has every word that is typed.
document.addEventListener("DOMContentLoaded", () => {
  const page = location.pathname.split("/").pop().replace(".html", "");
  if (!["gallery", "ops"].includes(page)) return;
  const article = document.querySelector("article");
  const ops = [...article.querySelectorAll("section")].filter((section) => !section.querySelector("section"));
  const words = new Map(ops.map((op) => [op, op.textContent.toLowerCase()]));
  const box = document.createElement("input");
  box.type = "search";
  box.className = "find";
  box.placeholder = `Find one of ${ops.length} ops: blur, sigma, caption …`;
  box.setAttribute("aria-label", "Find an op");
  box.addEventListener("input", () => {
    const wanted = box.value.toLowerCase().split(/\s+/);
    for (const op of ops) op.hidden = !wanted.every((word) => words.get(op).includes(word));
  });
  article.querySelector("h1").after(box);
});

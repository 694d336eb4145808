// Copying of commands, the switch between light and dark, and the mark of the sheet in view. Everything else works without it.
(function () {
  "use strict";
  var root = document.querySelector(".augment");
  root.classList.add("is-live");
  var said = document.querySelector(".said");

  function copied(button, ok) {
    button.classList.toggle("is-done", ok);
    said.textContent = ok ? "Copied: " + button.dataset.copy : "Copying is not allowed here; the command stands under parameters";
    said.classList.add("is-shown");
    clearTimeout(copied.timer);
    copied.timer = setTimeout(function () {
      said.classList.remove("is-shown");
      button.classList.remove("is-done");
    }, 2400);
  }

  function copyOld(text) { // pages that are opened from a file have no clipboard in some browsers
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    root.appendChild(field);
    field.select();
    var ok = document.execCommand("copy");
    field.remove();
    return ok;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("copy")) {
      var text = button.dataset.copy;
      var done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
      done.then(function () { copied(button, true); }, function () {
        var ok = copyOld(text);
        button.focus();
        copied(button, ok);
      });
    } else if (button.classList.contains("theme")) {
      var dark = getComputedStyle(root).colorScheme === "dark" ||
        (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
      root.dataset.theme = dark ? "light" : "dark";
    }
  });

  var links = {};
  document.querySelectorAll(".bar nav a").forEach(function (link) { links[link.hash.slice(1)] = link; });
  if ("IntersectionObserver" in window) {
    var watcher = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        Object.keys(links).forEach(function (name) {
          if (name === entry.target.id) links[name].setAttribute("aria-current", "true");
          else links[name].removeAttribute("aria-current");
        });
      });
    }, { rootMargin: "-20% 0px -75% 0px" });
    document.querySelectorAll(".sheet").forEach(function (sheet) { watcher.observe(sheet); });
  }
})();

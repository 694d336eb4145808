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

// What is folded: it opens for an address that leads into it, and for words that are looked for.
(function () {
  "use strict";
  var all = document.querySelector(".unfold"), filter = document.querySelector(".filter");
  if (!all) return;
  var folds = Array.from(document.querySelectorAll("details.sheet-fold, .is-folding > details"));
  var usual = folds.map(function (one) { return one.open; });

  function reveal() {
    var to = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!to) return;
    to.querySelectorAll(":scope > details").forEach(function (one) { one.open = true; });
    for (var at = to.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    to.scrollIntoView();
  }

  all.addEventListener("click", function () {
    var open = all.getAttribute("aria-pressed") !== "true";
    all.setAttribute("aria-pressed", String(open));
    all.textContent = open ? "Fold all" : "Unfold all";
    folds.forEach(function (one) { one.open = open; });
  });

  // Shows groups whose name has the words, and of others the panels that have them; the sample as it is stays beside those.
  function look() {
    var words = filter.value.trim().toLowerCase().replace(/_/g, " ");
    var has = function (one) { return one.textContent.toLowerCase().replace(/_/g, " ").includes(words); };
    document.querySelectorAll(".sheet:not(#summary) .group").forEach(function (group) {
      var head = group.querySelector(".group-head"), panels = Array.from(group.querySelectorAll(".panel")), named = !words || (head && has(head));
      var told = panels.filter(function (panel) { return Array.from(panel.querySelectorAll(".title, .detail")).some(has); });
      panels.forEach(function (panel) { panel.hidden = !named && !told.includes(panel) && !panel.querySelector(".is-original"); });
      group.hidden = !named && !told.length;
      if (words && !group.hidden) group.querySelectorAll(":scope > details").forEach(function (one) { one.open = true; });
    });
    document.querySelectorAll(".sheet:not(#summary)").forEach(function (sheet) {
      sheet.hidden = Boolean(words) && !sheet.querySelector(".group:not([hidden])");
      if (words && !sheet.hidden) sheet.querySelector("details").open = true;
    });
    if (!words) folds.forEach(function (one, i) { one.open = usual[i]; });
  }

  filter.addEventListener("input", look);
  addEventListener("hashchange", reveal);
  document.addEventListener("click", function (event) { // an address that is there already
    if (event.target.closest && event.target.closest("a[href^='#']")) setTimeout(reveal);
  });
  reveal();
})();

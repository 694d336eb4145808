// Looking closely at one picture: the whole of it or its pixels, a wipe to what it was before, and the colours under the pointer.
// All of it stands in the page: nothing is asked of a network.
(function () {
  "use strict";
  if (document.augmentLightbox) return; // in a notebook each cell brings it along
  document.augmentLightbox = true;
  var WELLS = ".augment .well", ZOOMS = [0, 1, 2, 4, 8], NAMES = ["Whole", "1:1", "2:1", "4:1", "8:1"];
  var box, parts = {}, wells = [], at = -1, zoom = 0, point = null, layers = [];

  function make(tag, name, inside) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    made.append.apply(made, inside || []);
    return made;
  }

  function button(text, label, act) {
    var made = make("button", "lightbox-button", [text]);
    made.type = "button";
    if (label) made.ariaLabel = made.title = label;
    made.addEventListener("click", act);
    return made;
  }

  function build() {
    parts.title = make("h2", "lightbox-title");
    parts.title.id = "lightbox-title";
    parts.place = make("p", "lightbox-place");
    parts.detail = make("p", "lightbox-detail");
    parts.zooms = make("div", "lightbox-zooms", ZOOMS.map(function (one, i) { return button(NAMES[i], "", function () { zoomTo(one); }); }));
    parts.zooms.setAttribute("role", "group");
    parts.zooms.ariaLabel = "Size";
    parts.frame = make("div", "lightbox-frame");
    parts.stage = make("div", "lightbox-stage", [parts.frame]);
    parts.wipe = make("input", "lightbox-wipe");
    Object.assign(parts.wipe, { type: "range", min: 0, max: 100, value: 0, ariaLabel: "How much is shown as it was before" });
    parts.from = make("span", "lightbox-side");
    parts.pixel = make("p", "lightbox-pixel");
    parts.close = button("Close", "", function () { box.close(); });
    var bar = make("div", "lightbox-tools", [
      parts.zooms, button("←", "Picture before", function () { go(at - 1); }), button("→", "Next picture", function () { go(at + 1); }), parts.close,
    ]);
    var wipe = make("div", "lightbox-wiping", [parts.from, parts.wipe, make("span", "lightbox-side", ["as it is now"])]);
    box = make("dialog", "lightbox", [
      make("header", "lightbox-head", [make("div", "lightbox-words", [parts.title, parts.place, parts.detail]), bar]), parts.stage,
      make("footer", "lightbox-foot", [wipe, parts.pixel]),
    ]);
    box.setAttribute("aria-labelledby", "lightbox-title");
    parts.wipe.addEventListener("input", wiped);
    box.addEventListener("keydown", pressed);
    box.addEventListener("close", closed);
    parts.stage.addEventListener("pointermove", pointed);
    parts.stage.addEventListener("pointerdown", pointed);
    addEventListener("resize", function () { if (box.open) lay(); });
  }

  // Which pictures there are ---------------------------------------------------------------------------------------------

  function offer() {
    document.querySelectorAll(WELLS + ":not([role])").forEach(function (well) {
      well.setAttribute("role", "button");
      well.setAttribute("aria-haspopup", "dialog");
      well.tabIndex = 0;
      well.ariaLabel = "Look closely: " + well.querySelector(".base").alt;
    });
  }

  function open(well) {
    if (!box) build();
    well.closest(".augment").append(box); // where its colours are
    wells = Array.from(well.closest(".augment").querySelectorAll(".well")).filter(function (one) {
      return one.checkVisibility ? one.checkVisibility() : one.offsetParent; // what is folded is passed over
    });
    box.showModal();
    parts.wipe.value = 0;
    go(wells.indexOf(well));
    parts.close.focus();
  }

  function closed() {
    if (wells[at] && wells[at].isConnected) wells[at].focus();
    box.remove();
  }

  function go(to) {
    at = Math.max(0, Math.min(wells.length - 1, to));
    point = null;
    if (!wells[at].dataset.closer) wells[at].dispatchEvent(new CustomEvent("augment-closer", { bubbles: true }));
    show();
  }

  // What it is compared with: the picture before it, the first of its group, or the sample as it was.
  function before(well) {
    var grid = well.closest("[data-against]"), own = grid ? Array.from(grid.querySelectorAll(".well")) : [];
    var against = grid && grid.dataset.against, i = own.indexOf(well);
    if (against === "previous" && i > 0) return own[i - 1];
    if (against === "first" && i > 0) return own[0];
    var near = [grid, well.closest(".sheet, .shown"), well.closest(".augment")];
    for (var k = 0; k < near.length; k += 1) {
      var found = near[k] && near[k].querySelector(".well.is-original");
      if (found) return found;
    }
    return own[0] || well;
  }

  function words(well) {
    var panel = well.closest(".panel"), title = panel && panel.querySelector(".title"), detail = panel && panel.querySelector(".detail");
    return [title ? title.textContent : "", detail ? detail.textContent : ""];
  }

  // What is shown of it --------------------------------------------------------------------------------------------------

  function show() {
    var well = wells[at], group = well.closest(".group"), head = group && group.querySelector(".group-title");
    parts.title.textContent = [head && head.textContent, words(well)[0]].filter(Boolean).join(" · ");
    parts.detail.textContent = words(well)[1];
    parts.place.textContent = at + 1 + " of " + wells.length;
    var cut = Boolean(well.dataset.closer);
    Array.from(parts.zooms.children).forEach(function (one, i) {
      one.disabled = i > 0 && !cut;
      one.setAttribute("aria-pressed", String(ZOOMS[i] === (cut ? zoom : 0)));
    });
    lay();
  }

  function zoomTo(to) {
    zoom = to;
    show();
  }

  var numbers = function (text) { return text.split(",").map(Number); };

  function window_(well, source) { // the part of the image that an address shows: y, x, and where it comes from
    var place = numbers(well.dataset.at);
    return { source: source, y: place[0], x: place[1] };
  }

  function lay() {
    var well = wells[at], other = before(well), close = zoom && well.dataset.closer;
    layers = [];
    parts.frame.replaceChildren();
    if (close) {
      var after = window_(well, well.dataset.closer);
      var old = well.dataset.before ? window_(well, well.dataset.before)
        : other.dataset.closer && other.dataset.size === well.dataset.size ? window_(other, other.dataset.closer) : null;
      parts.from.textContent = well.dataset.before ? "with the same moves, before its colours" : name(other);
      Promise.all([after, old].filter(Boolean).map(load)).then(function (loaded) { if (wells[at] === well && zoom) cuts(loaded); }, function () {});
    } else {
      parts.from.textContent = name(other);
      whole(well, other);
    }
    parts.wipe.disabled = other === well && !well.dataset.before;
    wiped();
  }

  function name(well) {
    return well.classList.contains("is-original") ? "original" : words(well)[0];
  }

  function load(part) {
    var image = new Image();
    image.src = part.source;
    image.className = "lightbox-pixels";
    image.alt = "";
    return image.decode().then(function () {
      part.image = image;
      return part;
    });
  }

  // Parts of two pictures of one shape: what both show of it.
  function cuts(loaded) {
    var y0 = Math.max.apply(null, loaded.map(function (one) { return one.y; }));
    var x0 = Math.max.apply(null, loaded.map(function (one) { return one.x; }));
    var y1 = Math.min.apply(null, loaded.map(function (one) { return one.y + one.image.naturalHeight; }));
    var x1 = Math.min.apply(null, loaded.map(function (one) { return one.x + one.image.naturalWidth; }));
    layers = loaded.map(function (one) {
      var paper = make("canvas", "lightbox-pixels");
      paper.width = x1 - x0;
      paper.height = y1 - y0;
      paper.getContext("2d", { willReadFrequently: true }).drawImage(one.image, x0 - one.x, y0 - one.y, x1 - x0, y1 - y0, 0, 0, x1 - x0, y1 - y0);
      return { paper: paper, y: y0, x: x0, scale: 1, exact: true };
    });
    parts.frame.replaceChildren.apply(parts.frame, layers.map(function (one, i) { return side([one.paper], i); }).reverse());
    sized((x1 - x0) * zoom, (y1 - y0) * zoom);
    tell();
  }

  function whole(well, other) {
    var size = numbers(well.dataset.size), room = parts.stage.getBoundingClientRect();
    var scale = Math.min((room.width - 24) / size[1], (room.height - 24) / size[0], 8);
    var shown = [well].concat(other === well ? [] : [other]);
    parts.frame.replaceChildren.apply(parts.frame, shown.map(function (one, i) {
      return side(Array.from(one.children).map(function (child) { return child.cloneNode(true); }), i);
    }).reverse());
    sized(size[1] * scale, size[0] * scale);
    layers = shown.map(function (one) {
      var image = one.querySelector(".base"), paper = make("canvas"), own = numbers(one.dataset.size);
      paper.width = image.naturalWidth;
      paper.height = image.naturalHeight;
      paper.getContext("2d", { willReadFrequently: true }).drawImage(image, 0, 0);
      return { paper: paper, y: 0, x: 0, scale: own[1] / Math.max(1, image.naturalWidth), exact: image.classList.contains("is-tiny"), shape: own };
    });
    tell();
  }

  function side(children, i) {
    return make("div", "lightbox-layer " + (i ? "is-before" : "is-after"), children);
  }

  function sized(width, height) {
    parts.frame.style.setProperty("width", width + "px");
    parts.frame.style.setProperty("height", height + "px");
    parts.stage.classList.toggle("is-close", zoom > 0);
  }

  function wiped() {
    parts.frame.style.setProperty("--wipe", parts.wipe.value + "%");
    parts.frame.classList.toggle("is-wiped", parts.wipe.value > 0);
  }

  // The pixel under the pointer ------------------------------------------------------------------------------------------

  function pointed(event) {
    var edge = parts.frame.getBoundingClientRect();
    var x = (event.clientX - edge.left) / edge.width, y = (event.clientY - edge.top) / edge.height;
    if (event.buttons & 1 && !parts.wipe.disabled) {
      parts.wipe.value = Math.round(100 * Math.max(0, Math.min(1, x)));
      wiped();
    }
    point = x < 0 || y < 0 || x >= 1 || y >= 1 ? null : { x: x, y: y };
    tell();
  }

  // The colours of a layer at a place of the frame, which is as wide to its height as the picture; another shape is fitted into it.
  function colour(layer, place) {
    var width = layer.paper.width, height = layer.paper.height, edge = parts.frame.getBoundingClientRect();
    var scale = Math.min(edge.width / width, edge.height / height);
    var x = Math.floor((place.x * edge.width - (edge.width - width * scale) / 2) / scale + 1e-6);
    var y = Math.floor((place.y * edge.height - (edge.height - height * scale) / 2) / scale + 1e-6);
    if (x < 0 || y < 0 || x >= width || y >= height) return null;
    var rgb = layer.paper.getContext("2d").getImageData(x, y, 1, 1).data;
    return { x: layer.x + Math.floor((x + 0.5) * layer.scale), y: layer.y + Math.floor((y + 0.5) * layer.scale), rgb: Array.from(rgb).slice(0, 3) };
  }

  function tell() {
    var found = point && layers.length ? layers.map(function (one) { return colour(one, point); }) : [];
    if (!found[0]) {
      parts.pixel.textContent = zoom && wells[at].dataset.closer ? "Pixels are as they were made: point at one, or move with Shift and the arrow keys."
        : "←  → other pictures, + − closer, B before and after; colours here are those of a reduced picture.";
      return;
    }
    var about = layers[0].exact ? "" : "about ";
    parts.pixel.replaceChildren("x " + found[0].x + ", y " + found[0].y + ": ");
    if (layers.length > 1) parts.pixel.append("before ", swatch(found[1]), ", now ");
    parts.pixel.append(about, swatch(found[0]));
  }

  function swatch(one) {
    if (!one) return "nothing";
    var mark = make("span", "lightbox-swatch");
    mark.style.setProperty("background", "rgb(" + one.rgb.join(" ") + ")");
    return make("span", "lightbox-colour", [mark, one.rgb.join(", ")]);
  }

  // Keys -----------------------------------------------------------------------------------------------------------------

  function pressed(event) {
    var key = event.key, range = event.target === parts.wipe, step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Tab") return trap(event);
    if (step && event.shiftKey) move(step);
    else if (step && !range && step[0]) go(at + step[0]);
    else if (!range && key === "Home") go(0);
    else if (!range && key === "End") go(wells.length - 1);
    else if (key === "+" || key === "=") zoomTo(ZOOMS[Math.min(ZOOMS.length - 1, ZOOMS.indexOf(zoom) + 1)]);
    else if (key === "-") zoomTo(ZOOMS[Math.max(0, ZOOMS.indexOf(zoom) - 1)]);
    else if (key.toLowerCase() === "b") {
      parts.wipe.value = parts.wipe.value > 50 ? 0 : 100;
      wiped();
    } else return;
    event.preventDefault();
  }

  function move(step) {
    if (!layers.length) return;
    var paper = layers[0].paper, from = point || { x: 0.5, y: 0.5 };
    point = { x: near(from.x, step[0], paper.width), y: near(from.y, step[1], paper.height) };
    tell();
  }

  function near(place, step, length) { // the middle of the next pixel
    return (Math.max(0, Math.min(length - 1, Math.floor(place * length) + step)) + 0.5) / length;
  }

  function trap(event) {
    var stops = Array.from(box.querySelectorAll("button:not(:disabled), input:not(:disabled)"));
    var last = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== last && stops.includes(document.activeElement)) return;
    event.preventDefault();
    stops[event.shiftKey ? stops.length - 1 : 0].focus();
  }

  document.addEventListener("click", function (event) {
    var well = event.target.closest && event.target.closest(WELLS);
    if (well) open(well);
  });
  document.addEventListener("keydown", function (event) {
    if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches || !event.target.matches(WELLS)) return;
    event.preventDefault();
    open(event.target);
  });
  document.addEventListener("augment-closer-here", function () { if (box && box.open) show(); });
  new MutationObserver(offer).observe(document.documentElement, { childList: true, subtree: true });
  offer();
})();

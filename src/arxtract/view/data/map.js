// The map: outlines that ship with the page, circles where events took place.

const project = ({ lat, lon }) => {
  const northing = (degrees) =>
    (Math.asinh(Math.tan((degrees * Math.PI) / 180)) * 180) / Math.PI;
  const held = Math.max(-85, Math.min(85, lat));
  return [(lon + 180) * WORLD.scale, (northing(WORLD.north) - northing(held)) * WORLD.scale];
};

// Each event stands at its most precise place that has coordinates.
function placesOf(events) {
  const found = new Map();
  for (const event of events) {
    const where = event.locations.find((w) => typeof w.lat === "number" && typeof w.lon === "number");
    if (!where) continue;
    const key = where.source_id ?? `${where.name}|${where.lat}|${where.lon}`;
    if (!found.has(key)) {
      const [x, y] = project(where);
      found.set(key, { key, name: where.name, kind: where.kind, country: where.country, x, y, events: [] });
    }
    found.get(key).events.push(event);
  }
  return [...found.values()].sort((a, b) => b.events.length - a.events.length || (a.name < b.name ? -1 : 1));
}

// Pixels at the edge that the buttons of the map cover.
const BUTTONS = 56;

// Places whose coordinates are no more than their middle: drawn hollow.
const VAST = new Set(["country", "region", "area"]);

const mapState = { key: null, view: null };

function showMap(main) {
  const events = chosen();
  const places = placesOf(events);
  const shown = places.reduce((sum, place) => sum + place.events.length, 0);
  main.append(h("p", { class: "found", role: "status" }, say("on_map",
    { n: number(shown), p: number(places.length), m: number(events.length - shown) })));
  const list = h("div", { class: "bin-list" });
  const buttons = new Map();
  const select = (key) => {
    mapState.key = mapState.key === key ? null : key;
    const place = places.find((p) => p.key === mapState.key);
    for (const [k, b] of buttons) b.setAttribute("aria-pressed", String(k === mapState.key));
    for (const p of places) p.circle.classList.toggle("lit", p === place);
    list.replaceChildren(...(place
      ? [h("h2", {}, bdi(place.name)), growing(place.events, eventRow)] : []));
  };
  const chart = drawMap(places, select);
  const names = h("ul", { class: "places" }, places.slice(0, 200).map((place) => {
    const button = h("button", { type: "button", "aria-pressed": "false",
      onclick: () => { select(place.key); chart.moveTo(place); } },
    bdi(place.name), h("span", { class: "n" }, number(place.events.length)));
    buttons.set(place.key, button);
    return h("li", {}, button);
  }));
  main.append(chart.box, h("p", { class: "note" }, say("map_note")), names, list);
  chart.fit();
}

function drawMap(places, select) {
  const svg = h("svg", { class: "world", role: "img", "aria-label": say("map") });
  svg.append(h("path", { class: "land", d: WORLD.land }), h("path", { class: "border", d: WORLD.borders }),
    h("path", { class: "border disputed", d: WORLD.disputed }));
  const most = places[0]?.events.length ?? 1;
  for (const place of [...places]) {
    place.r = 5 + 15 * Math.sqrt(place.events.length / most);
    place.circle = h("circle", { cx: place.x, cy: place.y, class: `dot ${VAST.has(place.kind) ? "whole" : ""}`,
      onclick: () => { if (!moved) select(place.key); } });
    place.circle.append(titleOf(place));
    place.text = h("text", { class: "name", x: place.x, y: place.y }, place.name);
  }
  svg.append(...places.map((p) => p.circle), ...places.map((p) => p.text));
  const view = { x: 0, y: 0, w: WORLD.width };
  let size = { w: 800, h: 500 };
  let moved = false;

  function paint() {
    const unit = view.w / size.w;
    const height = view.w * (size.h / size.w);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${height}`);
    svg.style.setProperty("--unit", unit);
    const taken = []; // no more boxes than fit into the view
    for (const place of places) {
      place.circle.setAttribute("r", place.r * unit);
      const font = 13 * unit;
      const width = place.name.length * 7 * unit;
      const box = { x: place.x - width / 2, y: place.y - (place.r * unit + font * 1.5), w: width, h: font * 1.4 };
      const inView = box.x < view.x + view.w && view.x < box.x + box.w &&
        box.y < view.y + height && view.y < box.y + box.h;
      const free = inView && !taken.some((t) => t.x < box.x + box.w && box.x < t.x + t.w && t.y < box.y + box.h && box.y < t.y + t.h);
      place.text.setAttribute("font-size", font);
      place.text.setAttribute("dy", -(place.r * unit + font * 0.5));
      place.text.style.display = free ? "" : "none";
      if (free) taken.push(box);
    }
  }
  function zoom(factor, px = size.w / 2, py = size.h / 2) {
    const w = Math.min(WORLD.width, Math.max(30, view.w * factor));
    const unit = view.w / size.w;
    view.x += px * unit - px * (w / size.w);
    view.y += py * unit - py * (w / size.w);
    view.w = w;
    paint();
  }
  function fit() {
    const rect = svg.getBoundingClientRect();
    size = { w: rect.width || 800, h: rect.height || 500 };
    const xs = places.map((p) => p.x);
    const ys = places.map((p) => p.y);
    const x0 = Math.min(...xs, 1700), x1 = Math.max(...xs, 2300);
    const y0 = Math.min(...ys, 850), y1 = Math.max(...ys, 1250);
    const wide = Math.max(1.2, size.w / (size.w - 2 * BUTTONS));
    view.w = Math.min(WORLD.width, Math.max((x1 - x0) * wide, ((y1 - y0) * 1.25 * size.w) / size.h));
    view.x = (x0 + x1) / 2 - view.w / 2;
    view.y = (y0 + y1) / 2 - (view.w * size.h) / size.w / 2;
    paint();
  }
  function moveTo(place) {
    view.w = Math.min(view.w, 500);
    view.x = place.x - view.w / 2;
    view.y = place.y - (view.w * size.h) / size.w / 2;
    paint();
  }

  const fingers = new Map();
  svg.addEventListener("pointerdown", (e) => {
    fingers.set(e.pointerId, e);
    moved = false;
  });
  svg.addEventListener("pointermove", (e) => {
    const old = fingers.get(e.pointerId);
    if (!old) return;
    const unit = view.w / size.w;
    if (fingers.size === 1) {
      if (!moved && Math.hypot(e.clientX - old.clientX, e.clientY - old.clientY) < 4) return;
      if (!moved) svg.setPointerCapture(e.pointerId);
      moved = true;
      view.x -= (e.clientX - old.clientX) * unit;
      view.y -= (e.clientY - old.clientY) * unit;
    } else {
      const other = [...fingers.values()].find((f) => f.pointerId !== e.pointerId);
      const apart = (f) => Math.hypot(f.clientX - other.clientX, f.clientY - other.clientY) || 1;
      const rect = svg.getBoundingClientRect();
      zoom(apart(old) / apart(e), other.clientX - rect.left, other.clientY - rect.top);
      moved = true;
    }
    fingers.set(e.pointerId, e);
    paint();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, (e) => fingers.delete(e.pointerId));
  }
  svg.addEventListener("wheel", (e) => {
    e.preventDefault();
    const rect = svg.getBoundingClientRect();
    zoom(Math.exp(Math.sign(e.deltaY) * 0.2), e.clientX - rect.left, e.clientY - rect.top);
  }, { passive: false });
  new ResizeObserver(() => {
    const rect = svg.getBoundingClientRect();
    if (!rect.width || (rect.width === size.w && rect.height === size.h)) return;
    size = { w: rect.width, h: rect.height };
    paint();
  }).observe(svg);

  const button = (key, sign, act) => h("button", { type: "button", "aria-label": say(key), title: say(key),
    onclick: act }, sign);
  const box = h("div", { class: "map-box" }, svg, h("div", { class: "zoom" },
    button("zoom_in", "+", () => zoom(0.6)), button("zoom_out", "−", () => zoom(1 / 0.6)),
    button("zoom_all", "⤢", fit)));
  return { box, fit, moveTo };
}

function titleOf(place) {
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = `${place.name}: ${place.events.length}${
    VAST.has(place.kind) ? ` (${word("kind", place.kind)})` : ""}`;
  return title;
}

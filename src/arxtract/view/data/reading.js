// An article beside its records: the marked text, cards, and what stands behind a mark.

// -- the text -------------------------------------------------------------------------------------

const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]/;

// Lines of the text as {start, end, inside, title}: inside the article or not.
function linesOf(article) {
  const lines = [];
  const title = article.title;
  const cuts = new Set();
  for (const [start, end] of article.body) cuts.add(start).add(end);
  const stretches = [...article.body].sort((a, b) => a[0] - b[0]);
  let next = 0;
  const inBody = (at) => {
    while (next < stretches.length && stretches[next][1] <= at) next++;
    return next < stretches.length && stretches[next][0] <= at;
  };
  let start = 0;
  const close = (end) => {
    const text = article.text.slice(start, end);
    if (text.trim()) {
      const first = start + text.search(/\S/);
      const isTitle = Boolean(title && first < title[1] && end > title[0]);
      lines.push({ start, end, inside: !article.whole || inBody(first) || isTitle, title: isTitle });
    }
    start = end;
  };
  for (let i = 0; i < article.text.length; i++) {
    if (cuts.has(i)) close(i);
    if (article.text[i] === "\n") {
      close(i);
      start = i + 1;
    }
  }
  close(article.text.length);
  return lines;
}

function lineElement(article, line, marksOver, numbers) {
  const text = article.text.slice(line.start, line.end);
  const kind = line.title ? "title" : line.inside ? "" : "outside";
  return h("p", { class: kind, dir: ARABIC.test(text) ? "rtl" : "ltr" },
    pieces(line.start, line.end, marksOver(line.start, line.end)).map((piece) => pieceElement(article, piece, numbers)));
}

function textElement(article, marks) {
  const numbers = new Map(marks.map((mark, n) => [mark, n]));
  const marksOver = sweeping(marks);
  const box = h("div", { class: "text", lang: "ar" });
  const gaps = new Set(article.gaps);
  let run = [];
  const flush = () => {
    const made = run.map((line) => lineElement(article, line, marksOver, numbers));
    const marked = made.some((line) => line.querySelector(".seg"));
    if (made.length > 3) {
      const start = cut(article, [run[0].start, Math.min(run[0].end, run[0].start + 40)]);
      box.append(h("details", { class: "outside-box", open: marked },
        h("summary", {}, `${say("outside")} (${number(made.length)}): `, bdi(`${start}…`)), made));
    } else box.append(...made);
    run = [];
  };
  for (const line of linesOf(article)) {
    if (!line.inside) {
      run.push(line);
      continue;
    }
    flush();
    box.append(lineElement(article, line, marksOver, numbers));
    if (gaps.has(line.end)) box.append(h("p", { class: "gap", "aria-hidden": "true" }, "[…]"));
  }
  flush();
  return box;
}

// -- what stands behind a slot --------------------------------------------------------------------

function amountText(item) {
  const bound = item.bound && item.bound !== "exact" ? `${word("bound", item.bound)} ` : "";
  const range = item.low !== undefined && item.high !== undefined
    ? `${number(item.low)}–${number(item.high)}` : "?";
  let value = item.value !== undefined ? number(item.value) : range;
  if (item.unit === "%") return `${bound}${item.value !== undefined ? number(item.value * 100) : "?"}%`;
  return `${bound}${value} ${item.unit ?? ""}`.trim();
}

function ruleText(why) {
  const colon = why.rule.indexOf(": ");
  return colon < 0 ? word("rule", why.rule) : why.rule.slice(colon + 2);
}

function fact(key, ...value) {
  return h("div", { class: "fact" }, h("dt", {}, say(key)), h("dd", {}, ...value));
}

function behind(article, { slot, at, item }) {
  const facts = [fact("in_text", bdi(`«${cut(article, at)}»`))];
  if (slot === "date") {
    facts.push(fact("value", bdi(item.value ?? "—", { dir: "ltr" }),
      item.anchored ? ` (${word("anchored", item.anchored)})` : ""));
  }
  if (item.kind) {
    facts.push(fact("place", word("kind", item.kind),
      item.country ? ` · ${country(item.country)}` : ""));
  }
  if (item.lat !== undefined && item.lat !== null) {
    facts.push(fact("coordinates",
      bdi(`${item.lat.toFixed(2)}, ${item.lon.toFixed(2)}`, { dir: "ltr" })));
  }
  if (slot === "count") facts.push(fact("value", bdi(amountText(item))));
  for (const key of ["position", "affiliation"]) {
    if (item[key]) facts.push(fact(key, bdi(standing(article, item[key]))));
  }
  for (const why of item.why ?? []) {
    facts.push(fact("rule", bdi(ruleText(why)),
      why.by && slot !== "trigger" ? [" ", say("by_words", { w: cut(article, why.by) })] : "",
      ruleText(why) !== why.rule ? h("code", { dir: "auto" }, why.rule) : ""));
  }
  return h("dl", { class: "behind" }, facts);
}

function slotLabel(article, { slot, at, item, again }) {
  if (slot === "date") return [bdi(dateText(item.value) || cut(article, at))];
  if (slot === "location") {
    return [bdi(item.name), item.kind ? h("small", {}, word("kind", item.kind)) : null];
  }
  if (slot === "count") {
    return [bdi(amountText(item)), item.role ? h("small", {}, bdi(word("role", item.role))) : null];
  }
  if (slot !== "participant") {
    const times = again.length ? h("small", {}, `×${again.length + 1}`) : null;
    return [bdi(cut(article, at)), times];
  }
  const office = item.position ? standing(article, item.position) : "";
  return [h("small", {}, bdi(word("role", item.role))), bdi(item.name),
    office && office !== item.name ? h("span", { class: "office" }, bdi(office)) : null];
}

// -- the card -------------------------------------------------------------------------------------

const SLOT_ROWS = [["date", "date"], ["location", "location"], ["participant", "who"],
  ["count", "count"], ["source", "source"], ["trigger", "triggers"]];

function slotButton(event, entry, n) {
  const id = `behind-${n}`;
  const details = h("div", { id, hidden: true });
  const button = h("button", { type: "button", class: `slot k-${entry.slot}`, "data-slot": n,
    "aria-expanded": "false", "aria-controls": id,
    title: say("show_in_text"),
    onclick: () => openSlot(n, button.getAttribute("aria-expanded") !== "true", true) },
  slotLabel(event.article, entry));
  details.append(behind(event.article, entry));
  return h("li", {}, button, details);
}

// Open or close what stands behind a slot of the card, and light up its words in the text.
function openSlot(n, open, scroll) {
  const button = document.querySelector(`.card [data-slot="${n}"]`);
  if (!button) return;
  button.setAttribute("aria-expanded", String(open));
  $(button.getAttribute("aria-controls")).hidden = !open;
  lightUp(open ? n : -1, scroll);
}

const SLOT_KINDS = Object.fromEntries(SLOT_ROWS.map(([slot]) => [slot, true]));

function lightUp(slot, scroll) {
  const lit = [];
  for (const piece of document.querySelectorAll(".text .seg")) {
    const on = piece.dataset.marks.split(" ").map((n) => reading.marks[n])
      .some((mark) => mark.slot === slot && mark.kind in SLOT_KINDS);
    piece.classList.toggle("lit", on);
    if (on) lit.push(piece);
  }
  const closed = lit[0]?.closest("details");
  if (closed) closed.open = true;
  if (scroll) lit[0]?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function card(event) {
  const isOpen = event === state.event;
  const head = h("a", { class: "card-head", href: address(event.article, event),
    "aria-current": isOpen ? "true" : null },
  h("span", { class: "line" }, chip("type", event.type), chip("status", event.status),
    sureness(event.confidence)),
  h("span", { class: "headline", dir: "auto" }, headline(event)), isOpen ? null : whenWhere(event));
  const box = h("article", { class: isOpen ? "card open" : "card" }, h("h3", {}, head));
  if (!isOpen) return box;
  const slots = slotsOf(event);
  const rows = SLOT_ROWS.map(([slot, key]) => {
    const buttons = slots.flatMap((entry, n) =>
      entry.slot === slot ? [slotButton(event, entry, n)] : []);
    return h("div", { class: "slots" }, h("dt", {}, say(key)),
      h("dd", {}, buttons.length ? h("ul", { class: slot }, buttons) : h("span", { class: "none" }, "—")));
  });
  box.append(h("dl", {}, rows));
  return box;
}

// -- the whole ------------------------------------------------------------------------------------

const reading = { marks: [], mentions: false };

const LEGEND = ["trigger", "date", "location", "participant", "count", "source", "position", "label",
  "evidence"];

function legend() {
  return h("details", { class: "legend" }, h("summary", {}, say("legend")),
    h("p", {}, LEGEND.flatMap((kind) => [
      h("span", { class: `seg m-${kind}` }, word("layer", kind)), " "]),
    Object.keys(WORDS.entity).flatMap((kind) => [
      h("span", { class: `seg m-mention n-${kind}` }, word("entity", kind)), " "]),
    h("span", { class: "outside" }, say("outside"))));
}

function stepTo(event, key) {
  if (!event) return h("span", { class: "step none" }, say(key));
  return h("a", { class: "step", href: address(event.article, event), id: `step-${key}` }, say(key));
}

function showReading(main) {
  const { article, event } = state;
  const order = chosen();
  const at = event ? order.indexOf(event) : -1;
  const notes = [...article.warnings];
  if (article.misfit) notes.unshift(say("misfit"));
  else if (!article.whole) notes.unshift(say("partial"));
  const cards = EVENTS.slice(article.first, article.first + article.events.length).map(card);
  const toggle = h("input", { type: "checkbox", id: "mentions" });
  toggle.checked = reading.mentions;
  const text = h("div", {});
  const paint = () => {
    reading.mentions = toggle.checked;
    reading.marks = marksOf(article, event, toggle.checked);
    text.replaceChildren(textElement(article, reading.marks));
  };
  toggle.addEventListener("change", paint);
  main.append(
    h("nav", { class: "steps", "aria-label": say("views") },
      h("a", { class: "step back", href: `#${state.view}`, id: "back" }, say("back")),
      event ? [stepTo(order[at - 1], "previous"), stepTo(order[at + 1], "next")] : null),
    h("header", { class: "article-head" },
      h("h2", { dir: "auto" }, articleTitle(article)),
      h("p", { class: "facts" }, publishedOn(article),
      bdi(article.id, { class: "id" })),
      notes.map((note) => h("p", { class: "warn" }, "⚠ ", bdi(note)))),
    h("div", { class: event ? "reading chosen" : "reading" },
      h("section", { class: "cards", "aria-label": say("records") },
        cards.length ? cards : h("p", {}, say("no_events"))),
      h("section", { class: "paper", "aria-label": say("text") },
        h("div", { class: "paper-tools" }, h("label", {}, toggle, " ", say("all_mentions")), legend()),
        text)));
  paint();
  text.addEventListener("click", (e) => choose(e.target.closest(".seg")));
  text.addEventListener("keydown", (e) => {
    if ((e.key === "Enter" || e.key === " ") && e.target.classList.contains("seg")) {
      e.preventDefault();
      choose(e.target);
    }
  });
}

// A mark was chosen in the text: say what it is, and open its slot on the card.
function choose(piece) {
  $("about")?.remove();
  if (!piece) return;
  const { article } = state;
  const marks = piece.dataset.marks.split(" ").map((n) => reading.marks[n])
    .filter((mark) => mark.kind !== "evidence" || piece.classList.length === 2)
    .sort((a, b) => a.at[1] - a.at[0] - (b.at[1] - b.at[0]));
  const entries = marks.map((mark) => {
    const title = h("p", { class: "about-title" }, markName(mark),
      mark.event && mark.event !== state.event
        ? [" — ", h("a", { href: address(article, mark.event) }, bdi(headline(mark.event)))] : "");
    if (mark.item?.why || mark.kind in SLOT_KINDS) {
      return h("div", {}, title, behind(article, { slot: mark.kind, at: mark.at, item: mark.item }));
    }
    return h("div", {}, title, mentionFacts(article, mark));
  });
  const first = marks.find((mark) => mark.slot !== undefined);
  if (first) openSlot(first.slot, true, false);
  const box = h("div", { id: "about", role: "dialog", "aria-label": say("rule"), tabindex: -1 },
    h("button", { type: "button", class: "close", "aria-label": say("close"),
      onclick: () => { box.remove(); piece.focus(); } }, "×"), entries);
  document.body.append(box);
  const edge = piece.getClientRects()[0];
  const width = box.offsetWidth;
  const left = Math.min(Math.max(8, edge.left + edge.width / 2 - width / 2), root.clientWidth - width - 8);
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${edge.bottom + scrollY + 6}px`;
  box.focus({ preventScroll: true });
}

function mentionFacts(article, mark) {
  const { item } = mark;
  const facts = [fact("in_text", bdi(`«${cut(article, mark.at)}»`))];
  if (item?.name) facts.push(fact("label", bdi(item.name)));
  if (mark.group === "dates") {
    facts.push(fact("type", word("date_type", item.type)),
      fact("value", bdi(item.value ?? "—", { dir: "ltr" })));
  }
  if (mark.group === "quantities") facts.push(fact("value", bdi(amountText(item))));
  return h("dl", { class: "behind" }, facts);
}

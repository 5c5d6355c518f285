// What is marked in a text, and how a stretch of it is cut into pieces.

// Slots of an event in the order of the card: {slot, at, item}. A card's buttons carry their number.
// Triggers of the same words are one, whose further places are `again`.
function slotsOf(event) {
  const one = (slot, item) => (item?.at ? [{ slot, at: item.at, item, again: [] }] : []);
  const triggers = new Map();
  for (const entry of event.triggers.flatMap((item) => one("trigger", item))) {
    const words = cut(event.article, entry.at);
    if (triggers.has(words)) triggers.get(words).again.push(entry.at);
    else triggers.set(words, entry);
  }
  return [
    ...one("date", event.date),
    ...event.locations.flatMap((item) => one("location", item)),
    ...event.participants.flatMap((item) => one("participant", item)),
    ...event.counts.flatMap((item) => one("count", item)),
    ...one("source", event.source),
    ...triggers.values(),
  ];
}

function marksOf(article, event, mentions) {
  const marks = [];
  const events = event ? [event] : EVENTS.slice(article.first, article.first + article.events.length);
  for (const one of events) {
    for (const at of one.evidence) marks.push({ kind: "evidence", at, event: one });
    if (!event) {
      for (const item of one.triggers) marks.push({ kind: "trigger", at: item.at, item, event: one });
      continue;
    }
    marks.push({ kind: "label", at: one.label, event: one });
    slotsOf(one).forEach(({ slot, at, item, again }, n) => {
      for (const place of [at, ...again]) {
        marks.push({ kind: slot, at: place, item, event: one, slot: n });
      }
      for (const kind of ["position", "affiliation"]) {
        if (item[kind]) marks.push({ kind, at: item[kind], event: one, slot: n });
      }
    });
  }
  if (mentions) {
    for (const group of ["entities", "dates", "quantities"]) {
      for (const item of article[group]) marks.push({ kind: "mention", group, at: item.at, item });
    }
  }
  return marks;
}

// What gives the marks over a stretch of text, asked in the order of the text: one sweep over all
// marks, however many stretches there are.
function sweeping(marks) {
  const waiting = [...marks].sort((a, b) => a.at[0] - b.at[0]);
  let next = 0;
  let open = [];
  return (start, end) => {
    const from = next;
    while (next < waiting.length && waiting[next].at[0] < end) next++;
    open = [...open, ...waiting.slice(from, next)].filter((mark) => mark.at[1] > start);
    return open;
  };
}

// Cut a stretch of text at every edge of a mark: flat pieces, each knowing all marks over it. Flat
// spans without padding or margin on the line's axis leave the joining of letters alone.
function pieces(start, end, over) {
  const edges = new Set([start, end]);
  for (const mark of over) {
    edges.add(Math.max(start, mark.at[0]));
    edges.add(Math.min(end, mark.at[1]));
  }
  const places = [...edges].sort((a, b) => a - b);
  const marksOver = sweeping(over);
  return places.slice(0, -1).map((from, i) => {
    const to = places[i + 1];
    return { from, to, marks: marksOver(from, to) };
  });
}

const mentionKind = (mark) =>
  mark.group === "entities" ? mark.item.type : mark.group === "dates" ? "DATE" : "COUNT";

function pieceElement(article, piece, numbers) {
  const text = article.text.slice(piece.from, piece.to);
  if (!piece.marks.length) return text;
  const classes = piece.marks.map((mark) =>
    mark.kind === "mention" ? `m-mention n-${mentionKind(mark)}` : `m-${mark.kind}`);
  const plain = piece.marks.every((mark) => mark.kind === "evidence");
  const begins = piece.marks.some((mark) => mark.slot !== undefined && mark.at[0] === piece.from);
  return h("span", {
    class: `seg ${[...new Set(classes)].join(" ")}`,
    "data-marks": piece.marks.map((mark) => numbers.get(mark)).join(" "),
    role: plain ? null : "mark",
    tabindex: begins ? 0 : null,
    "aria-description": plain ? null
      : piece.marks.filter((m) => m.kind !== "evidence").map(markName).join("\u060c "),
  }, text);
}

function markName(mark) {
  if (mark.kind !== "mention") {
    const role = mark.item?.role ? ` (${word("role", mark.item.role)})` : "";
    return word("layer", mark.kind) + role;
  }
  return mark.group === "entities" ? word("entity", mark.item.type)
    : word("layer", mark.group === "dates" ? "date" : "count");
}

// The timeline: columns of events by day, month or year; long empty stretches are cut short.

const UNITS = ["day", "month", "year"];
const unitKey = { day: (d) => d, month: (d) => d.slice(0, 7), year: (d) => d.slice(0, 4) };
const MOST_COLUMNS = 240;
const EMPTY_RUN = 4;

function following(key, unit) {
  if (unit === "year") return String(Number(key) + 1).padStart(4, "0");
  const date = noon(unit === "month" ? `${key}-01` : key);
  if (unit === "day") return new Date(date.getTime() + DAY).toISOString().slice(0, 10);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.toISOString().slice(0, 7);
}

// How many units lie between two.
function between(first, last, unit) {
  const months = (key) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5, 7));
  if (unit === "year") return Number(last) - Number(first) - 1;
  if (unit === "month") return months(last) - months(first) - 1;
  return Math.round((noon(last) - noon(first)) / DAY) - 1;
}

// The columns of the chart: {key, events} or {gap: n} for n empty units left out.
function columns(dated, unit) {
  const by = new Map();
  for (const event of dated) {
    const key = unitKey[unit](firstDay(event));
    if (!by.has(key)) by.set(key, []);
    by.get(key).push(event);
  }
  const keys = [...by.keys()].sort();
  const out = [];
  keys.forEach((key, i) => {
    if (i) {
      const empty = between(keys[i - 1], key, unit);
      if (empty > EMPTY_RUN) out.push({ gap: empty });
      else {
        for (let k = following(keys[i - 1], unit); k < key; k = following(k, unit)) {
          out.push({ key: k, events: [] });
        }
      }
    }
    out.push({ key, events: by.get(key) });
  });
  return out;
}

// The finest unit that most dates are as precise as, and that gives no more columns than fit.
function bestUnit(dated) {
  const fits = (unit) =>
    new Set(dated.map((e) => unitKey[unit](firstDay(e)))).size <= MOST_COLUMNS &&
    dated.filter((e) => isVague(e, unit)).length * 2 <= dated.length;
  return UNITS.find(fits) ?? "year";
}

// Whether an event's date is wider than a column.
const isVague = (event, unit) => unitKey[unit](firstDay(event)) !== unitKey[unit](lastDay(event));

const timeline = { unit: null, key: null };

function showTimeline(main) {
  const events = chosen();
  const dated = events.filter(firstDay).sort((a, b) => later(firstDay(a), firstDay(b)) || a.n - b.n);
  main.append(h("p", { class: "found", role: "status" }, say("on_timeline",
    { n: number(dated.length), m: number(events.length - dated.length) })));
  if (!dated.length) return;
  const unit = timeline.unit ?? bestUnit(dated);
  const cols = columns(dated, unit);
  const most = Math.max(...cols.map((c) => c.events?.length ?? 0));
  const list = h("div", { class: "bin-list" });
  const buttons = [];
  const fill = () => {
    const kept = timeline.key === null ? dated : cols.find((c) => c.key === timeline.key)?.events ?? dated;
    for (const b of buttons) b.setAttribute("aria-pressed", String(b.dataset.key === timeline.key));
    list.replaceChildren(
      timeline.key === null ? "" : h("h2", {}, dateText(timeline.key)),
      growing(kept, eventRow));
  };
  const bar = (col) => {
    if (col.gap) return h("div", { class: "col gap", title: say("gap", { n: number(col.gap) }) }, "⋯");
    const vague = col.events.filter((e) => isVague(e, unit)).length;
    const button = h("button", { type: "button", class: "col", "data-key": col.key,
      "aria-label": `${dateText(col.key)}: ${say("n_events", { n: number(col.events.length) })}`,
      title: `${dateText(col.key)}: ${number(col.events.length)}`, disabled: !col.events.length,
      onclick: () => { timeline.key = timeline.key === col.key ? null : col.key; fill(); } });
    const part = (n, kind) => {
      const element = h("span", { class: kind });
      element.style.height = `${(n / most) * 9}rem`;
      return element;
    };
    button.append(h("span", { class: "stack" },
      col.events.length ? h("span", { class: "top-n" }, number(col.events.length)) : "",
      part(vague, "part vague"), part(col.events.length - vague, "part")),
    h("span", { class: "tick" }, shortDate(col.key, unit)));
    buttons.push(button);
    return button;
  };
  const switcher = h("div", { class: "units", role: "group", "aria-label": say("timeline") },
    UNITS.map((u) => h("button", { type: "button", "aria-pressed": String(u === unit),
      onclick: () => { timeline.unit = u; timeline.key = null; refresh(); } }, unitName(u))));
  main.append(switcher, h("div", { class: "chart", tabindex: 0, role: "group", "aria-label": say("timeline") },
    cols.map(bar)),
  dated.some((e) => isVague(e, unit)) ? h("p", { class: "note" },
    h("span", { class: "part vague hatch" }), say("vague_note")) : "", list);
  fill();
}

function unitName(unit) {
  return new Intl.DisplayNames([lang], { type: "dateTimeField" }).of(unit);
}

function shortDate(key, unit) {
  if (unit === "year") return key;
  const date = noon(unit === "month" ? `${key}-01` : key);
  return format(date, unit === "month" ? { month: "short", year: "2-digit" }
    : { day: "numeric", month: "short", year: "2-digit" });
}

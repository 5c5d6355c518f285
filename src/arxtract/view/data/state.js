// What is chosen: filters, order, view, the open article. The address keeps the view and article.

const VIEWS = ["events", "articles", "timeline", "map"];
const state = { view: "events", article: null, event: null, last: null };
const NO_FILTERS = { q: "", from: "", to: "", place: "", who: "", sure: 0, sort: "text" };
const filters = { ...NO_FILTERS, types: new Set(), statuses: new Set() };

function places(event) {
  const found = event.locations.map((where) => where.name);
  for (const where of event.locations) if (where.country) found.push(country(where.country));
  return found;
}

function people(event) {
  return event.participants.flatMap((who) =>
    [who.name, who.position && cut(event.article, who.position),
      who.affiliation && cut(event.article, who.affiliation)].filter(Boolean));
}

// The folded words of an event or article, worked out when first looked for.
const lookup = new Map();
function folded(key, make) {
  if (!lookup.has(key)) lookup.set(key, fold(make()));
  return lookup.get(key);
}

function haystack(event) {
  return folded(`e${event.n}${lang}`, () =>
    [headline(event), event.type, word("type", event.type), articleTitle(event.article),
      ...places(event), ...people(event),
      ...event.evidence.map((at) => cut(event.article, at))].join("\n"));
}

function fits(event) {
  const f = filters;
  if (f.types.size && !f.types.has(event.type)) return false;
  if (f.statuses.size && !f.statuses.has(event.status)) return false;
  if (event.confidence < f.sure) return false;
  if (f.from && !(lastDay(event) >= f.from)) return false;
  if (f.to && !(firstDay(event) && firstDay(event) <= f.to)) return false;
  if (f.place) {
    const names = folded(`p${event.n}${lang}`, () => places(event).join("\n"));
    if (!names.includes(fold(f.place))) return false;
  }
  if (f.who && !folded(`w${event.n}`, () => people(event).join("\n")).includes(fold(f.who))) {
    return false;
  }
  return fold(f.q).split(/\s+/).every((part) => haystack(event).includes(part));
}

const ORDERS = {
  text: (a, b) => a.n - b.n,
  new: (a, b) => later(lastDay(b), lastDay(a)) || a.n - b.n,
  old: (a, b) => later(firstDay(a), firstDay(b)) || a.n - b.n,
  sure: (a, b) => b.confidence - a.confidence || a.n - b.n,
};

// Order by day; what has none comes last either way.
function later(a, b) {
  if (a === b) return 0;
  if (a === null || b === null) return (filters.sort === "new") === (a === null) ? -1 : 1;
  return a < b ? -1 : 1;
}

const chosen = () => EVENTS.filter(fits).sort(ORDERS[filters.sort]);

const onlyWords = () =>
  !filters.types.size && !filters.statuses.size && !filters.sure && !filters.from &&
  !filters.to && !filters.place && !filters.who;

// Articles fit by their events; while nothing but words is asked for, by their whole text too.
function chosenArticles() {
  const kept = new Set(EVENTS.filter(fits).map((event) => event.article));
  if (!onlyWords()) return ARTICLES.filter((article) => kept.has(article));
  const parts = fold(filters.q).split(/\s+/);
  return ARTICLES.filter((article) => {
    if (kept.has(article)) return true;
    const text = folded(`a${article.n}`, () => `${article.id}\n${article.text}`);
    return parts.every((part) => text.includes(part));
  });
}

const address = (article, event) =>
  `#article/${article.n}${event ? `/${event.n - article.first}` : ""}`;

function readAddress() {
  const parts = location.hash.slice(1).split("/");
  const article = parts[0] === "article" ? ARTICLES[Number(parts[1])] : undefined;
  state.article = article ?? null;
  state.event = null;
  if (article && parts[2] !== undefined) {
    state.event = EVENTS[article.first + Number(parts[2])] ?? null;
    if (state.event?.article !== article) state.event = null;
  }
  if (VIEWS.includes(parts[0])) state.view = parts[0];
}

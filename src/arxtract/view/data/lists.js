// The filters and the lists of events and articles.

// On paper the list that is shown stands whole.
let showAll = () => {};
addEventListener("beforeprint", () => showAll());

// A list that grows as the reader nears its end, so that thousands of rows cost nothing at first.
function growing(items, row, atLeast = 0) {
  const list = h("ol", { class: "rows" });
  const end = h("div", { class: "end", "aria-hidden": "true" });
  const box = h("div", {}, list, end);
  let shown = 0;
  const grow = (upTo) => {
    const fresh = items.slice(shown, upTo).map((item, i) => h("li", {}, row(item, shown + i)));
    list.append(...fresh);
    shown = Math.min(upTo, items.length);
    if (shown === items.length) end.remove();
  };
  grow(Math.max(40, atLeast));
  const watch = new IntersectionObserver(
    (seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      grow(shown + 60);
      watch.unobserve(end);
      if (end.isConnected) watch.observe(end);
    },
    { rootMargin: "1200px" },
  );
  watch.observe(end);
  showAll = () => box.isConnected && grow(items.length);
  return box;
}

const chip = (kind, key, extra = "") =>
  h("span", { class: `chip ${kind}-${safe(key)} ${extra}` }, bdi(word(kind, key)));
const safe = (key) => key.replace(/[^A-Za-z0-9_-]/g, "");

function sureness(value) {
  const percent = Math.min(99, Math.round(value * 100)); // Nothing that is read is certain.
  return h("span", { class: "sure" }, `${say("confidence")} `, bdi(`${percent}%`));
}

function whenWhere(event) {
  const day = dateOf(event);
  const where = event.locations.map((place) => place.name);
  return h("span", { class: "facts" },
    h("span", { class: day ? "when" : "when none" }, day || say("undated")),
    h("span", { class: where.length ? "where" : "where none" },
      where.length ? bdi(where.join("\u060c ")) : say("unplaced")));
}

function eventRow(event) {
  const who = event.participants.slice(0, 3).map((p) => p.name);
  const more = event.participants.length - who.length;
  return h("a", { class: "row", href: address(event.article, event), id: `row-${event.n}` },
    h("span", { class: "line" }, chip("type", event.type), chip("status", event.status),
      sureness(event.confidence)),
    h("span", { class: "headline", dir: "auto" }, headline(event)),
    whenWhere(event),
    who.length ? h("span", { class: "who" }, bdi(who.join("\u060c ")),
      more > 0 ? [" ", bdi(`+${more}`, { dir: "ltr" })] : null) : null,
    event.evidence.length
      ? h("span", { class: "snippet", dir: "auto" }, cut(event.article, event.evidence[0])) : null);
}

const publishedOn = ({ published }) => published
  ? h("span", { class: "when" }, `${say("published")} ${dateText(published)}`)
  : h("span", { class: "when none" }, say("undated"));

function articleRow(article) {
  const types = countBy(article.events, (event) => [event.type]);
  return h("a", { class: "row", href: address(article), id: `article-${article.n}` },
    h("span", { class: "headline", dir: "auto" }, articleTitle(article)),
    h("span", { class: "facts" },
      publishedOn(article),
      bdi(article.id, { class: "id" })),
    h("span", { class: "line" },
      [...types].map(([type, n]) => h("span", { class: `chip type-${safe(type)}` },
        bdi(word("type", type)), n > 1 ? ` ×${n}` : "")),
      article.warnings.length ? h("span", { class: "warn" }, `⚠ ${article.warnings.length}`) : null));
}

function foundLine(key, n, m) {
  return h("p", { class: "found", role: "status" },
    say(key, { n: number(n), m: number(m) }));
}

function showEvents(main) {
  const events = chosen();
  main.append(foundLine("found_events", events.length, EVENTS.length));
  const back = events.indexOf(state.last);
  main.append(events.length ? growing(events, eventRow, back + 5) : h("p", {}, say("nothing")));
}

function showArticles(main) {
  const articles = chosenArticles();
  const back = articles.indexOf(state.last?.article);
  main.append(foundLine("found_articles", articles.length, ARTICLES.length));
  main.append(articles.length ? growing(articles, articleRow, back + 5) : h("p", {}, say("nothing")));
}

// -- filters --------------------------------------------------------------------------------------

function field(key, input) {
  const id = `filter-${key}`;
  input.id = id;
  return h("div", { class: "field" }, h("label", { for: id }, say(key)), input);
}

function textField(key, name, type, options) {
  const input = h("input", { type, value: filters[name], autocomplete: "off", dir: "auto",
    placeholder: key === "search" ? say("search_hint") : null,
    list: options ? `list-${name}` : null });
  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      filters[name] = input.value;
      refresh();
    }, type === "date" ? 0 : 150);
  });
  const box = field(key, input);
  if (options) {
    box.append(h("datalist", { id: `list-${name}` },
      [...options.keys()].slice(0, 300).map((value) => h("option", { value }))));
  }
  return box;
}

function choices(key, set, group) {
  const counts = countBy(EVENTS, (event) => [event[key]]);
  return h("fieldset", { class: "field" }, h("legend", {}, say(key)),
    h("div", { class: "choices" }, [...counts].map(([value, n]) => {
      const box = h("input", { type: "checkbox", value });
      box.checked = set.has(value);
      box.addEventListener("change", () => {
        if (box.checked) set.add(value);
        else set.delete(value);
        refresh();
      });
      return h("label", { class: `choice ${group}-${safe(value)}` }, box,
        bdi(word(group, value)), h("span", { class: "n" }, number(n)));
    })));
}

function sureField() {
  const input = h("input", { type: "range", min: 0, max: 1, step: 0.05 });
  input.value = filters.sure;
  const shown = h("output", {}, `${Math.round(filters.sure * 100)}%`);
  input.addEventListener("input", () => {
    filters.sure = Number(input.value);
    shown.textContent = `${Math.round(filters.sure * 100)}%`;
    refresh();
  });
  const box = field("min_confidence", input);
  box.append(shown);
  return box;
}

function sortField() {
  const input = h("select", {}, Object.keys(ORDERS).map((key) =>
    h("option", { value: key, selected: key === filters.sort }, say(`sort_${key}`))));
  input.addEventListener("change", () => {
    filters.sort = input.value;
    refresh();
  });
  return field("sort", input);
}

function showFilters() {
  const box = $("filters");
  const open = box.querySelector("details")?.open ?? matchMedia("(min-width: 56rem)").matches;
  const reset = h("button", { type: "button", class: "plain", onclick: () => {
    Object.assign(filters, NO_FILTERS);
    filters.types.clear();
    filters.statuses.clear();
    showFilters();
    refresh();
  } }, say("reset"));
  box.replaceChildren(
    textField("search", "q", "search"),
    h("details", { open }, h("summary", {}, say("filters")),
      sortField(), choices("type", filters.types, "type"),
      choices("status", filters.statuses, "status"),
      h("div", { class: "pair" }, textField("from", "from", "date"), textField("to", "to", "date")),
      textField("place", "place", "text", countBy(EVENTS, places)),
      textField("participant", "who", "text",
        countBy(EVENTS, (event) => event.participants.map((p) => p.name))),
      sureField(), reset));
  box.setAttribute("aria-label", say("filters"));
}

// The frame: tabs, language, appearance, keys, and which view is drawn.

const SHOW = { events: showEvents, articles: showArticles, timeline: showTimeline, map: showMap };

function refresh() {
  const main = $("main");
  $("about")?.remove();
  main.replaceChildren();
  document.body.classList.toggle("is-reading", Boolean(state.article));
  (state.article ? showReading : SHOW[state.view])(main);
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const on = tab.dataset.view === state.view;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }
}

function route() {
  const was = state.event ?? (state.article ? { article: state.article } : null);
  readAddress();
  if (was) state.last = was;
  refresh();
  if (state.article) {
    scrollTo(0, 0);
    $("main").focus({ preventScroll: true });
  } else if (was) {
    const row = $(`row-${was.n}`) ?? $(`article-${was.article.n}`);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  }
}

function showTabs() {
  const tabs = document.querySelector(".tabs");
  const counts = { events: EVENTS.length, articles: ARTICLES.length };
  tabs.setAttribute("aria-label", say("views"));
  tabs.replaceChildren(...VIEWS.map((view) =>
    h("a", { role: "tab", href: `#${view}`, "data-view": view, "aria-controls": "main" }, say(view),
      counts[view] === undefined ? null : h("span", { class: "n" }, number(counts[view])))));
}

function showWords() {
  root.lang = lang;
  root.dir = lang === "ar" ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = say(element.dataset.word);
  }
  $("language").textContent = say("language");
  $("language").lang = lang === "ar" ? "en" : "ar";
  showTheme();
  showTabs();
  showFilters();
}

// -- appearance -----------------------------------------------------------------------------------

const THEMES = ["auto", "light", "dark"];
const kept = (name) => {
  try {
    return localStorage.getItem(`arxtract-${name}`);
  } catch {
    return null;
  }
};
const keep = (name, value) => {
  try {
    localStorage.setItem(`arxtract-${name}`, value);
  } catch {
    // A page opened from a file may have no storage: the choice then lasts as long as the page.
  }
};
let theme = THEMES.includes(kept("theme")) ? kept("theme") : "auto";

function showTheme() {
  root.dataset.theme = theme;
  $("theme").textContent = `${say("theme")}: ${say(`theme_${theme}`)}`;
}

$("theme").addEventListener("click", () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  keep("theme", theme);
  showTheme();
});

$("language").addEventListener("click", () => {
  lang = lang === "ar" ? "en" : "ar";
  keep("language", lang);
  showWords();
  refresh();
});

// -- keys -----------------------------------------------------------------------------------------

addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const about = $("about");
  if (e.key === "Escape" && about) return about.querySelector(".close").click();
  if (e.target.matches("input, select, textarea")) return;
  if (e.target.role === "tab" && ["ArrowLeft", "ArrowRight"].includes(e.key)) {
    const step = (e.key === "ArrowRight") === (root.dir === "ltr") ? 1 : -1;
    const view = VIEWS[(VIEWS.indexOf(e.target.dataset.view) + step + VIEWS.length) % VIEWS.length];
    location.hash = view;
    setTimeout(() => document.querySelector(`[data-view=${view}]`).focus());
    return;
  }
  const go = (id) => $(id)?.click();
  if (e.key === "Escape" && state.article) go("back");
  else if (e.key === "/" && !state.article) {
    e.preventDefault();
    $("filter-search").focus();
  } else if (/^[1-4]$/.test(e.key)) location.hash = VIEWS[e.key - 1];
  else if (e.code === "KeyJ") go("step-next");
  else if (e.code === "KeyK") go("step-previous");
});

addEventListener("click", (e) => {
  if (!e.target.closest("#about, .seg")) $("about")?.remove();
});

// -- start ----------------------------------------------------------------------------------------

if (["ar", "en"].includes(kept("language"))) lang = kept("language");
addEventListener("hashchange", route);
readAddress();
showWords();
refresh();
root.dataset.ready = "true";

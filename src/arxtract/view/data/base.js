// Data, words of the interface, and the one way in which elements are made: text is always text.

const $ = (id) => document.getElementById(id);
const parsed = (id) => JSON.parse($(id).textContent);
const WORDS = parsed("words");
const WORLD = parsed("world");
const ARTICLES = parsed("records");
const root = document.documentElement;
let lang = root.lang;

// One entry an event, over all articles; n is its number in the run.
const EVENTS = [];
ARTICLES.forEach((article, a) => {
  article.n = a;
  for (const event of article.events) {
    for (const list of ["triggers", "locations", "participants", "counts", "evidence"]) {
      event[list] ??= [];
    }
    EVENTS.push({ ...event, article, n: EVENTS.length });
  }
  article.first = EVENTS.length - article.events.length;
});

function word(group, key) {
  const words = WORDS[group];
  return words && Object.hasOwn(words, key) ? words[key][lang] : String(key);
}

function say(key, values = {}) {
  return word("ui", key).replace(/\{(\w)\}/g, (_, name) => values[name] ?? "");
}

// Formatters are dear to make: each is made once.
const made = new Map();
function once(key, make) {
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

const NUMBERS = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });
const number = (n) => NUMBERS.format(n);

const country = (code) => once(`country ${lang} ${code}`, () => {
  try {
    return once(`names ${lang}`, () => new Intl.DisplayNames([lang], { type: "region" })).of(code);
  } catch {
    return code;
  }
});

// h("p", {class: "x", onclick: f, "aria-label": "y"}, "text", child, …)
function h(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "path", "circle", "text", "rect"].includes(tag);
  const element = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== ""));
  return element;
}

const cut = (article, [start, end]) => article.text.slice(start, end).replace(/\s+/g, " ").trim();

// A label is given without the definite article; a reader wants it back where the text has it.
// A label of one word says little: who took part stands beside it.
const THE = "\u0627\u0644";
function headline(event) {
  const [start, end] = event.label;
  const text = event.article.text;
  const label = cut(event.article, [text.slice(start - 2, start) === THE ? start - 2 : start, end]);
  const who = event.participants[0]?.name;
  return who && !label.includes(" ") ? `${label} — ${who}` : label;
}

// Where the preposition li melts with the article, a span begins at the second lam: read alone, it
// wants the alef of the article back.
const LAM = "\u0644";
function standing(article, at) {
  const text = cut(article, at);
  return text.startsWith(LAM) && article.text[at[0] - 1] === LAM ? `\u0627${text}` : text;
}

const articleTitle = (article) => (article.title ? cut(article, article.title) : article.id);

// Search spelling: no vowel signs or tatweel, one alef, one ya, ta marbuta as ha, small letters.
function fold(text) {
  return text
    .normalize("NFKC")
    .replace(/[\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
    .replace(/[\u0649\u06cc]/g, "\u064a")
    .replace(/\u0629/g, "\u0647")
    .toLowerCase();
}

const bdi = (text, attributes = {}) => h("bdi", attributes, text);

function countBy(items, keys) {
  const counts = new Map();
  for (const item of items) {
    for (const key of new Set(keys(item))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}

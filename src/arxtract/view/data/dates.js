// Dates as a reader writes them. Values are EDTF: 2024-11-04, 2011-09, 2018, ~ and ? for doubt, a/b.

const DAY = 86400000;
const noon = (iso) => new Date(`${iso}T12:00:00Z`);

const formatter = (options) => once(`dates ${lang} ${JSON.stringify(options)}`, () =>
  new Intl.DateTimeFormat(lang === "ar" ? "ar-u-nu-latn-ca-gregory" : "en-GB",
    { timeZone: "UTC", ...options }));
const format = (date, options) => formatter(options).format(date);

// A date as {date, options of its precision, rough}, null where it is none that can be written.
function parsedDate(value) {
  const found = /^(\d{4})(?:-(\d\d))?(?:-~?(\d\d))?[~?%]?$/.exec(value.trim());
  if (!found) return null;
  const [, year, month, day] = found;
  const date = noon(`${year}-${month ?? "01"}-${day ?? "01"}`);
  if (Number.isNaN(date.getTime())) return null;
  const options = { year: "numeric", month: month && "long", day: day && "numeric" };
  return { date, options, rough: /[~?%]/.test(value) };
}

function partText(value) {
  const part = parsedDate(value);
  return part ? (part.rough ? "≈ " : "") + format(part.date, part.options) : value;
}

function dateText(value) {
  if (!value) return "";
  const parts = value.split("/");
  const [from, to] = parts.map(parsedDate);
  const plain = from && to && !from.rough && !to.rough && from.date <= to.date;
  if (plain && Object.keys(from.options).every((key) => from.options[key] === to.options[key])) {
    return formatter(from.options).formatRange(from.date, to.date);
  }
  return parts.map(partText).join(" – ");
}

const dateOf = (event) => (event.date ? dateText(event.date.value) : "");
const firstDay = (event) => event.date?.earliest ?? event.date?.latest ?? null;
const lastDay = (event) => event.date?.latest ?? event.date?.earliest ?? null;

// Dates as a reader writes them. Values are EDTF: 2024-11-04, 2011-09, 2018, ~ and ? for doubt, a/b.

const DAY = 86400000;
const noon = (iso) => new Date(`${iso}T12:00:00Z`);

function format(date, options) {
  const locale = lang === "ar" ? "ar-u-nu-latn-ca-gregory" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(date);
}

function partOf(value) {
  const found = /^(-?\d{4})(?:-(\d\d))?(?:-~?(\d\d))?[~?%]?$/.exec(value.trim());
  if (!found) return null;
  const [, year, month, day] = found;
  if (month && !(month >= 1 && month <= 12)) return null;
  const date = noon(`${year}-${month ?? "01"}-${day ?? "01"}`);
  if (Number.isNaN(date.getTime())) return null;
  const text = format(date, {
    year: "numeric",
    month: month ? "long" : undefined,
    day: day ? "numeric" : undefined,
  });
  return (/[~?%]/.test(value) ? "≈ " : "") + text;
}

function dateText(value) {
  if (!value) return "";
  const parts = value.split("/").map((part) => partOf(part) ?? part);
  return parts.join(" – ");
}

const dateOf = (event) => (event.date ? dateText(event.date.value) : "");
const firstDay = (event) => event.date?.earliest ?? event.date?.latest ?? null;
const lastDay = (event) => event.date?.latest ?? event.date?.earliest ?? null;

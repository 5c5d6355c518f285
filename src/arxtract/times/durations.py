"""Durations as ISO 8601 writes them, sets, and stretches counted from now."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from arxtract.times.atoms import LAM, PREPOSITIONS, Atom
from arxtract.times.found import partial
from arxtract.times.grammar import Found
from arxtract.times.lexicon import ARTICLE
from arxtract.times.partial import Fixed, Partial, Period, Reading

UNIT_KINDS = (
    "unit", "theunit", "dual", "thedual", "theunits", "unitdef", "yawm", "shahr", "sana", "minute",
)  # fmt: skip
LENGTH = ("card", "figure", "dual", "unit", "sana", "shahr", "yawm")
"""What a length begins with."""
SUNDAY = 6
LIST = 20  # atoms of a list of ages
OLDEST = 120  # years of a life
AGES = 1900  # units ago beyond which no date is meant
SHORTLY = 7  # atoms between `before` and the measure of it
SMALLER = {
    "Y": ("M", 12), "M": ("D", 30), "W": ("D", 7), "D": ("TH", 24), "TH": ("TM", 60),
    "TM": ("TS", 60),
}  # fmt: skip
IN_YEARS = {"10Y": 10, "100Y": 100}
POINT = "\u0631"
"""The letter that wires write for the point of a fraction."""
Number = int | Fraction
"""A whole number is an int, for speed."""


def _unit(atoms: list[Atom]) -> str | None:
    for kind in UNIT_KINDS:
        for atom in atoms:
            if kind in atom.kinds:
                return str(atom.kinds[kind])
            if "saa" in atom.kinds:
                return "TH"
    return None


def iso(number: Number, unit: str) -> list[tuple[str, Number]]:
    """Return the parts of a duration; decades and centuries as years."""
    scale = IN_YEARS.get(unit)
    return [(unit, number)] if scale is None else [("Y", number * scale)]


def _text(parts: list[tuple[str, Number]]) -> str:
    """Write parts as ISO 8601; a half of a unit goes into the next smaller one."""
    total: dict[str, Number] = {}
    for unit, number in parts:
        whole = int(number)
        rest = number - whole
        if whole or not rest:
            total[unit] = total.get(unit, 0) + whole
        if rest:
            smaller = SMALLER.get(unit)
            scaled = rest * smaller[1] if smaller else rest
            if smaller is None or scaled.denominator != 1:
                total[unit] = total.get(unit, 0) + rest
            else:
                total[smaller[0]] = total.get(smaller[0], 0) + scaled
    days = "".join([_one(total[u], u) for u in ("Y", "M", "W", "D") if u in total])
    clock = "".join([_one(total[u], u) for u in ("TH", "TM", "TS") if u in total])
    return "P" + days + ("T" + clock if clock else "")


def _one(number: Number, unit: str) -> str:
    figure = str(number) if number.denominator == 1 else f"{float(number):.4g}"
    return figure + unit[-1]


def _number(found: Found, group: str) -> Number | None:
    scale: Number = found.get("scale", "scale") or 1
    if group == "number" and found.has("scale") and not found.has("number"):
        return scale
    for atom in found.all(group):
        for kind in ("figure", "figure3", "year", "bignum", "card"):
            number: Number | None = atom.kinds.get(kind)
            if number is not None:
                return number * scale
        if "decimal" in atom.kinds:
            text = atom.text.replace(",", ".")
            if POINT in text:  # 35 and a comma of the wires and 22 is 22.35
                text = ".".join(reversed(text.split(POINT)))
            if text.count(".") == 1 and text.replace(".", "").isdigit():
                return Fraction(text) * scale
    return None


def _definite(atom: Atom) -> bool:
    return atom.text.startswith(ARTICLE) or "year" in atom.kinds


def duration(found: Found) -> Partial | None:
    """A stretch of time with its length."""
    unit_atoms = found.all("unit") or found.all("dual")
    unit = _unit(unit_atoms)
    if unit is None:
        return None
    number = _number(found, "number")
    if found.has("portion"):
        parts = iso(
            Fraction(str(found.get("portion", "frac", "quarters"))).limit_denominator(4), unit
        )
        return partial(found, "DURATION", Fixed(_text(parts)))
    if found.has("number") and (number is None or _per_cent(found)):
        return None
    if found.rule.id == "duration-one" and number not in (None, 1):
        return None
    light = found.after()
    if any(_definite(atom) for atom in unit_atoms):
        if found.rule.id != "duration-one" or found.get("bound", "bound") != "about":
            return None
        return partial(found, "DURATION", Fixed(_text(iso(1, unit))))
    if light is not None and "light" in light.kinds:  # a light year is a distance
        return None
    if light is not None and "year" in light.kinds and "sana" in unit_atoms[0].kinds:
        return None  # seven billion, in the year 2012
    if found.has("dual"):
        number = 2
    elif number is None:
        if not _stands_alone(found, unit, unit_atoms[0]):
            return None
        number = 1
    parts = iso(number, unit)
    fraction = found.get("fraction", "frac", "fracsub")
    if fraction is not None:
        parts += iso(Fraction(str(fraction)).limit_denominator(4), unit)
    if found.has("unit2"):
        second = _unit(found.all("unit2"))
        more = _number(found, "number2")
        if second is None or (more is None and found.get("unit2", "many") is not None):
            return None
        dual = found.get("unit2", "dual") is not None
        following = iso(more if more is not None else 2 if dual else 1, second)
        if second == unit or _between(found):  # two lengths, not a sum
            value = f"{_text(parts)}/{_text(following)}"
            return partial(found, "DURATION", Fixed(value)) if _between(found) else None
        parts += following
    return partial(found, "DURATION", Fixed(_text(parts)))


def _between(found: Found) -> bool:
    before = found.before()
    return before is not None and "between" in before.kinds


def _per_cent(found: Found) -> bool:
    """Say whether the number is `the hundred` of a percentage: `in the hundred`."""
    atom, before = found.all("number")[0], found.before()
    hundred = atom.kinds.get("card") == 100 and atom.text.startswith(ARTICLE)
    return hundred and before is not None and ("within" in before.kinds or "prep" in before.kinds)


def _stands_alone(found: Found, unit: str, atom: Atom) -> bool:
    """Say whether a unit in the singular, without a number, is a stretch of one."""
    after, before = found.after(), found.before()
    if after is not None and any(k in after.kinds for k in ("year", "month", "ord")):
        return False
    if after is not None and "figure" in after.kinds:
        return unit == "W" and before is not None and "for" in before.kinds
    if "many" in atom.kinds:
        return False
    if after is not None and before is not None and "from" in before.kinds and "to" in after.kinds:
        further = found.after(2)
        return further is not None and any(k in further.kinds for k in LENGTH)
    beyond = found.after(2)
    if beyond is not None and "zaman" in beyond.kinds:  # `a decade of time`
        return True
    if beyond is not None and "greeting" in beyond.kinds:  # `every year, and may you be well`
        return False
    if after is not None and "entire" in after.kinds:
        return True
    if after is not None and after.text.startswith(ARTICLE) and "to" not in after.kinds:
        return False
    if after is not None and "prison" in after.kinds:
        return True
    if found.has("fraction") or found.has("bound") or found.has("unit2"):
        return "yawm" not in atom.kinds
    if before is None or unit == "D":
        return False
    if unit == "10Y" and "in" in before.kinds:
        return False
    if before.text == LAM:
        return unit in ("W", "M", "TH", "TM")
    if unit.startswith("T") and ("after" in before.kinds or "before" in before.kinds):
        return True
    if ("lasting" in before.kinds and unit != "10Y") or _shortly(found):
        return True
    return "for" in before.kinds or "since" in before.kinds


def _shortly(found: Found) -> bool:
    """Say whether the mention follows bi-, as the measure of a before or after: `a week later`."""
    before = found.before()
    if before is None or before.text != PREPOSITIONS[0]:
        return False
    earlier = found.atoms[max(0, found.first - SHORTLY) : found.first]
    return any(k in a.kinds for a in earlier for k in ("before", "after", "afterwards"))


def duration_range(found: Found) -> Partial | None:
    """From so many to so many."""
    unit_atoms = found.all("unit")
    unit = _unit(unit_atoms)
    first, last = _number(found, "first"), _number(found, "number")
    if unit is None or first is None or last is None or any(_definite(a) for a in unit_atoms):
        return None
    middle = found.atoms[found.end("first")]
    before = found.before()
    between = before is not None and "between" in before.kinds
    if "and" in middle.kinds and not between:
        return None
    if first >= last:
        return None
    value = _text(iso(first, unit)) + "/" + _text(iso(last, unit))
    return partial(found, "DURATION", Fixed(value))


def age(found: Found) -> Partial | None:
    """An age by its ordinal, or one of several lengths that share the unit of the last."""
    if found.has("ordinal"):
        years = found.get("ordinal", "ord", "card")
        return partial(found, "DURATION", Fixed(_text([("Y", years)])))
    number = _number(found, "number")
    if found.rule.id == "age-ordinal":
        years = number if number is not None and 0 < number < OLDEST else None
        return partial(found, "DURATION", Fixed(_text([("Y", years)]))) if years else None
    ahead = found.atoms[found.last : found.last + LIST]
    unit_atom = next((a for a in ahead if "unit" in a.kinds or "sana" in a.kinds), None)
    joined = any("and" in a.kinds for a in ahead)
    if unit_atom is None or number is None or not joined or _definite(unit_atom):
        return None
    unit = _unit([unit_atom])
    return None if unit is None else partial(found, "DURATION", Fixed(_text(iso(number, unit))))


def last_units(found: Found) -> Partial | None:
    """`The last three days`: a length; `the coming days`: a stretch that nothing measures."""
    if found.has("thedual"):
        return partial(found, "DURATION", Fixed(_text(iso(2, _unit(found.all("thedual")) or "D"))))
    unit_atoms = found.all("unit")
    unit = _unit(unit_atoms)
    if unit is None:
        return None
    if not found.has("number"):
        if unit in ("TM", "TS") and found.get("adj", "recent") is not None:
            return None  # of a match
        return partial(found, "DATE", Fixed(None))
    number = _number(found, "number")
    if number is None or any("sana" in a.kinds and _definite(a) for a in unit_atoms):
        return None
    return partial(found, "DURATION", Fixed(_text(iso(number, unit))))


def ago(found: Found) -> Partial | None:
    """`Two weeks ago`, `three months later`; with `from`, a length before or after something.

    Hours and minutes stay durations, which the other rules read.
    """
    unit_atoms = found.all("unit") or found.all("dual")
    unit = _unit(unit_atoms)
    if unit is None or unit.startswith("T") or any(_definite(a) for a in unit_atoms):
        return None
    number = 2 if found.has("dual") else _number(found, "number")
    if found.has("number") and number is None:
        return None
    if number is None and "many" not in unit_atoms[0].kinds:
        named = not found.has("now") and _names_one(found.after())
        if (unit == "D" and not (found.has("tail") or found.has("now"))) or named:
            return None
        number = 1
    if number is None or number.denominator != 1:
        return None
    length = _text(iso(number, unit))
    before = found.get("way", "before") is not None
    bound = found.get("bound", "bound")
    if found.has("now"):
        way = -1 if before else 1
        return partial(found, "DATE", Period(unit, way * int(number)))
    tail = found.has("tail") and not (before and found.get("tail", "upon") is not None)
    if tail or bound in ("more", "less") or number > AGES or _distance(found):
        last = found.end("unit") if found.has("unit") else found.end("dual")
        return _part(found, found.first + 1, last, "DURATION", Fixed(length))
    reading = Period(
        unit,
        -int(number) if before else int(number),
        None if before else "following",
        length=None if before else length,
    )
    last = found.end("unit") if found.has("unit") else found.end("dual")
    return _part(found, found.first, last, "DATE", reading)


def before_that(found: Found) -> Partial | None:
    """A month or a year before the date that the text named last."""
    unit = _unit(found.all("unit") or found.all("dual"))
    if found.has("number") and _per_cent(found):
        return None
    number = 2 if found.has("dual") else _number(found, "number") if found.has("number") else 1
    if unit not in ("M", "Y") or number is None or number.denominator != 1:
        return None
    return partial(found, "DATE", Period(unit, -int(number), "previous"))


def _names_one(atom: Atom | None) -> bool:
    """Say whether the word after a unit says which one it is: the year 480, the month of."""
    if atom is None:
        return False
    named = ("year", "month", "hmonth", "ord", "figure", "figure3")
    if "to" in atom.kinds:  # folded, it begins like an article
        return False
    return any(kind in atom.kinds for kind in named) or atom.text.startswith(ARTICLE)


def _distance(found: Found) -> bool:
    """Say whether `after` is the word for `at a distance of`."""
    before = found.before()
    return before is not None and "upon" in before.kinds


def _part(
    found: Found, first: int, last: int, type_: Literal["DATE", "DURATION"], reading: Reading
) -> Partial:
    atoms = found.atoms
    return Partial(atoms[first].start, atoms[last - 1].end, type_, reading, first, last)


def vague(found: Found) -> Partial | None:
    """`Some days`, `for years`: a stretch without a length."""
    after = found.after()
    if after is not None and any(k in after.kinds for k in ("year", "month", "figure", "hmonth")):
        return None
    if not found.has("vague") and _names_one(after):
        return None
    if not found.has("vague"):
        atoms = found.all("unit")
        if "many" not in atoms[0].kinds:
            return None
        if not found.has("adj") and not _stretches(found):
            return None
    return partial(found, "DURATION", Fixed(None))


def _stretches(found: Found) -> bool:
    """Say whether the word before a bare plural says that it is a stretch of time."""
    before = found.before()
    atom_kinds = found.all("unit")[0].kinds
    if before is None:
        return False
    if before.text == LAM:
        earlier = found.before(2)
        if "unit" in atom_kinds and atom_kinds["unit"] == "D" and _plain(found.after()):
            return False  # a festival of so many `days`
        return earlier is None or "figure" not in earlier.kinds
    if _shortly(found):
        return True
    cues = ("since", "for", "after", "before", "lasting")
    if "within" in before.kinds:
        return False
    return "prep" not in before.kinds and any(k in before.kinds for k in cues)


def _plain(atom: Atom | None) -> bool:
    return atom is not None and "other" in atom.kinds and atom.text[0].isalpha()


def every(found: Found) -> Partial | None:
    """A set: something that comes back; `every` and the bare name of Sunday is `everyone`."""
    if found.get("unit", "bareday") == SUNDAY and not found.has("day"):
        return None
    return partial(found, "SET", Fixed(None))

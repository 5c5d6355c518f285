"""Numbers alone that count again what the number before them counted."""

from __future__ import annotations

from arxtract.counts import affixes, nouns
from arxtract.counts.numbers import Reading
from arxtract.counts.scene import Scene, Unit

_YEARS = range(1900, 2101)
_THOUSAND = 1000
_MAX_AGAIN = 12  # words between a quantity and a number alone that has a bound


def carried_unit(scene: Scene, reading: Reading, first: int) -> Unit | None:
    """Return the unit of what was counted, where و and one verb go on from there to a number
    alone, at word ``first`` with its bound: قتل 31 مسلحا واعتقل 171."""
    line = scene.line
    if len(scene.found) == scene.base or reading.number.value in _YEARS:
        return None
    before = scene.found[-1]
    if before.unit is None or before.unit_class not in ("person", "event", "object"):
        return None
    verb = first - 1
    if not before.last <= verb <= before.last + 1 or not line.near(first):
        return None
    if verb != before.last and before.last in scene.readings:
        return None
    text = line.text(verb)
    joiner = scene.known.joiner
    if not text.startswith(joiner) or text == joiner or not line.near(verb, "،"):
        return None
    rest = text[len(joiner) :]
    if rest in scene.known.not_nouns or nouns.is_definite(text) or affixes.article(rest):
        return None
    if rest in scene.known.labels or rest in scene.known.hard_labels:
        return None
    named = rest in scene.nouns.singulars or rest in scene.nouns.plurals
    return None if named else (before.unit, before.unit_class)


def scaled_again(scene: Scene, reading: Reading) -> Unit | None:
    """Return the unit of thousands counted before, for thousands that name none:
    صرف 30 مليار ريال منها 20 مليارا, البرتغال 27 مليونا."""
    if len(scene.found) == scene.base or reading.number.value < _THOUSAND:
        return None
    if reading.last - reading.first < 2:
        return None
    before = scene.found[-1]
    if before.unit is None or before.unit_class == "share" or (before.value or 0) < _THOUSAND:
        return None
    return before.unit, before.unit_class


def bounded_again(scene: Scene, reading: Reading, first: int) -> Unit | None:
    """Return the unit of what was counted for a number with a bound that ends its clause:
    يتسع لمئة شخص وكان يقل نحو 200."""
    if len(scene.found) == scene.base or reading.number.value in _YEARS:
        return None
    before = scene.found[-1]
    if before.unit is None or before.unit_class not in ("person", "event", "object"):
        return None
    if scene.line.near(reading.last) or first - before.last > _MAX_AGAIN:
        return None
    return before.unit, before.unit_class

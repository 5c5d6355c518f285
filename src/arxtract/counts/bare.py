"""Numbers whose noun stands before them."""

from __future__ import annotations

from arxtract.counts import affixes, nouns
from arxtract.counts.duals import is_vague
from arxtract.counts.elliptic import antecedent
from arxtract.counts.line import QUOTES
from arxtract.counts.numbers import Reading
from arxtract.counts.scene import Counted, Scene, Unit

_MEMBERS = ("person", "country", "organisation")  # of these دول الاتحاد الـ28 counts all
_MAX_BACK = 3  # words between a definite plural and its number


def single(scene: Scene, reading: Reading) -> Counted | None:
    """Read a noun before واحد or اثنان: شخص واحد, حالة وفاة واحدة, مواطنين اثنين."""
    number, line = reading.number, scene.line
    if number.value not in (1, 2) or not number.in_words or number.definite:
        return None
    i = reading.first - 1
    some = line.near(reading.last) and line.text(reading.last) in scene.known.some_of
    if scene.heads.percent(reading.last) is not None:
        return None
    if not line.near(i + 1, QUOTES) or number.start != line.words[reading.first].start:
        return None
    value = int(number.value)
    noun = noun_before(scene, i, value)
    if (
        value == 1
        and line.near(i)
        and scene.known.not_nouns.isdisjoint((line.text(i - 1), line.text(i)))
    ):
        farther = noun_before(scene, i - 1, 1)
        measured = farther is not None and farther[0][1] in ("money", "measure")
        if farther is not None and not measured and agree(scene, farther[0], reading):
            noun, i = farther, i - 1
    if noun is None or not agree(scene, noun[0], reading):
        return None
    unit, skip = noun
    if some and unit[1] not in ("person", "object"):
        return None
    if value == 1 and (line.text(i - 1) in scene.known.inside or is_article(scene, reading)):
        return None
    start = scene.word_start(i, skip)
    return scene.bounded(Counted(i, reading.last, start, number.end, value, *unit), i)


def is_article(scene: Scene, reading: Reading) -> bool:
    """Whether واحد is the Moroccan article of a definite noun after it: بسبب واحد الخلل."""
    line, i = scene.line, reading.last
    article = affixes.article(line.text(i))
    if not line.near(i) or article is None or article[1] or reading.number.value != 1:
        return False
    if line.text(reading.first).endswith(scene.letters.feminine_folded):
        return False
    return not scene.is_dated(line.words[i].start, line.words[i].end)


def agree(scene: Scene, unit: Unit, reading: Reading) -> bool:
    """Whether واحدة stands with a feminine and واحد with a masculine."""
    feminine = scene.line.text(reading.first).endswith(scene.letters.feminine_folded)
    name = unit[0].endswith(scene.letters.feminine)
    return reading.number.value == 2 or unit[1] == "money" or feminine == name


def noun_before(scene: Scene, i: int, value: int) -> tuple[Unit, int] | None:
    """Return the unit that word ``i`` names, in the singular before واحد, or in the dual."""
    text = scene.line.text(i)
    for opening in affixes.openings():
        stem = text[len(opening) :] if text.startswith(opening) else ""
        table = scene.nouns.singulars if value == 1 else scene.nouns.plurals
        noun = table.get(stem)
        fits = value == 1 or stem.endswith(scene.letters.sound_plurals)
        if noun is not None and fits and noun.counts:
            if noun.singular in scene.known.not_singles:
                return None
            return (noun.singular, noun.unit_class), len(opening)
        dual = scene.nouns.duals.get(stem)
        if dual is not None and value == 2:
            return (dual.noun.singular, dual.noun.unit_class), len(opening)
    head = scene.heads.measured(i) if value == 1 else None
    if head is None or head.unit is None or head.last != i + 1:
        return None
    return (head.unit, head.unit_class), 0


def others(scene: Scene, reading: Reading) -> Counted | None:
    """Read a number whose noun was named before: 13 آخرين, سبعة منهم, 80 ألفا فقط منهم."""
    i = reading.last
    if not scene.line.near(i):
        return None
    if scene.line.text(i) in scene.known.before_of_them and scene.line.near(i + 1):
        i += 1
    text = scene.line.text(i)
    unit: Unit | None
    if text in scene.known.others:
        unit = unit_of_others(scene)
    elif text in scene.known.of_them and reading.number.value != 1:
        unit = scene.last_unit(people=scene.of_people(text)) or antecedent(
            scene, reading.first, text[-2:]
        )
    else:
        return None
    if unit is None:
        return None
    number = reading.number
    end = scene.line.words[i].end
    counted = Counted(reading.first, i + 1, number.start, end, number.value, *unit)
    return scene.bounded(counted, scene.opening(reading))


def remaining(scene: Scene, reading: Reading) -> Counted | None:
    """Read a definite number of what is left of what was counted: السبعة الباقون."""
    number, i = reading.number, reading.last
    if not (number.definite and scene.line.near(i) and scene.line.text(i) in scene.known.rest):
        return None
    unit = scene.last_unit()
    if unit is None:
        return None
    end = scene.line.words[i].end
    return Counted(reading.first, i + 1, number.start, end, number.value, *unit)


def unit_of_others(scene: Scene) -> Unit:
    """Return the unit of the people last counted; of the dead and hurt just persons."""
    before = scene.last_unit(people=True)
    if before is None or before[0] in scene.known.harmed:
        return scene.known.person, "person"
    return before


def after_noun(scene: Scene, reading: Reading) -> Counted | None:
    """Read a number after its noun: المجالات الخمسة, الدول الـ28, أعضائها المؤسسين 30."""
    line = scene.line
    first = scene.opening(reading)
    for i in range(first - 1, first - 1 - _MAX_BACK, -1):
        if i < 0 or not line.near(i + 1, QUOTES):
            return None
        found = plural_before(scene, i, reading)
        if found is not None:
            noun, skip = found
            if not noun.counts:
                return None
            number, start = reading.number, scene.word_start(i, skip)
            unit: Unit = (noun.singular, noun.unit_class)
            counted = Counted(i, reading.last, start, number.end, number.value, *unit)
            return scene.bounded(counted, i) if number.definite else counted
        text = line.text(i)
        if text in scene.known.reached:  # تلاميذها البالغ 13
            return None
        if text not in scene.known.between_noun_and_number and not nouns.is_definite(text):
            break
    return construct_before(scene, reading, first) if reading.number.definite else None


def construct_before(scene: Scene, reading: Reading, first: int) -> Counted | None:
    """Read a plural, its genitive and a definite number: أبناء إسماعيل الثلاثة."""
    line, number = scene.line, reading.number
    if scene.is_label(first):
        return None
    masculine = scene.heads.masculine(reading.last - 1)
    for i in range(first - 2, first - 2 - _MAX_BACK, -1):
        if i < 0 or not line.near(i + 1, QUOTES) or not line.near(i + 2, QUOTES):
            return None
        if line.text(i + 1) in scene.known.not_nouns or i + 1 in scene.readings:
            return None
        found = nouns.construct_few(line.text(i))
        if found is None or not found.noun.counts:
            continue
        noun, skip = found
        feminine = noun.singular.endswith(scene.letters.feminine)
        if masculine is None and noun.unit_class not in _MEMBERS:
            continue
        if masculine is not None and (masculine == feminine or not 3 <= number.value <= 10):
            continue
        start = scene.word_start(i, skip)
        return Counted(
            i, reading.last, start, number.end, number.value, noun.singular, noun.unit_class
        )
    return None


def plural_before(scene: Scene, i: int, reading: Reading) -> nouns.Cut | None:
    """Return the plural at word ``i`` that the number after it counts; one with the article
    only if the number has it too."""
    text, clean = scene.line.text(i), scene.line.clean(i)
    found = nouns.possessed(clean)
    if found is None and reading.number.definite:
        found = nouns.possessed(clean, mine=True)
    if found is not None or not reading.number.definite:
        return found
    noun = nouns.definite_few(clean) or scene.heads.participle(i)
    if noun is None and not is_vague(scene, i):
        masculine = scene.heads.masculine(reading.last - 1)
        unknown = nouns.definite_unknown(clean, masculine)
        noun = nouns.Noun(unknown, "other") if unknown is not None else None
    article = affixes.article(text)
    return nouns.Cut(noun, article[1] if article else 0) if noun is not None else None


def out_of(scene: Scene, reading: Reading) -> Counted | None:
    """Read some of a number that follows: 7 من أصل 22 مهاجرا."""
    i = reading.last
    if not scene.line.near(i):
        return None
    whole = scene.readings.get(i + scene.line.starts(i, scene.known.out_of))
    if whole is None or whole.first == i or whole.number.value <= reading.number.value:
        return None
    head = scene.heads.after(whole.last, whole.number.value)
    if head is None or not head.counts or head.unit is None or head.unit == "%":
        return None
    number = reading.number
    counted = Counted(
        reading.first, reading.last, number.start, number.end, number.value,
        head.unit, head.unit_class,
    )  # fmt: skip
    counted.whole = len(scene.found) + 1  # the next to be found
    return scene.bounded(counted, scene.opening(reading))

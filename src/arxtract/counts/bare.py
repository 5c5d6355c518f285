"""Numbers whose noun does not follow: it stands before them, or was counted before."""

from __future__ import annotations

from arxtract.counts import affixes, again, bounds, nouns
from arxtract.counts.duals import is_vague
from arxtract.counts.heads import PERCENT
from arxtract.counts.line import QUOTES
from arxtract.counts.numbers import Reading
from arxtract.counts.scene import Counted, Scene, Unit, times

_YEARS = range(1900, 2101)
_MEMBERS = ("person", "country", "organisation")  # of these دول الاتحاد الـ28 counts all
_LOOSE = " \"'()"  # punctuation within a clause
_LOOSE_COMMA = _LOOSE + "،,"
_MAX_BACK = 3  # words between a definite plural and its number
_MAX_DIRECT = 5  # words between عدد and a number that no verb ties to it
_MAX_CLAUSE = 16  # words between عدد and its number


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


def elliptic(scene: Scene, reading: Reading) -> Counted | None:
    """Read a number alone, whose unit the words before name: منهم 3, بلغت 1089, مقتل 20."""
    number = reading.number
    if number.definite:
        return None
    first = scene.opening(reading)
    bound = bounds.before(scene.line, first)
    opening = bound.first if bound is not None else first
    unit = part_unit(scene, opening) or changed_unit(scene, reading)
    if unit is None and scene.line.text(reading.last) in scene.known.people_verbs:
        unit = (scene.known.person, "person")
    if unit is None and not is_joined(scene, reading.last) and is_alone(scene, reading):
        unit = (
            elliptic_unit(scene, opening)
            or listed_unit(scene, reading, first)
            or again.carried_unit(scene, reading, opening)
            or again.scaled_again(scene, reading)
            or (again.bounded_again(scene, reading, opening) if bound is not None else None)
        )
    if unit is None:
        return None
    value = times(number.value, PERCENT) if unit[0] == "%" else number.value
    counted = Counted(reading.first, reading.last, number.start, number.end, value, *unit)
    return scene.bounded(counted, first)


def part_unit(scene: Scene, i: int) -> Unit | None:
    """Return the unit last counted where من بينهم, من أصل and the like stand right before."""
    if scene.opener(i, tuple(phrase for phrase in scene.known.out_of if len(phrase) > 1)):
        return scene.last_unit()
    if not scene.opener(i, scene.known.part_openers):
        return None
    people = scene.of_people(scene.line.text(i - 1))
    unit = scene.last_unit()
    if people and (unit is None or unit[1] != "object"):
        unit = scene.last_unit(people=True)
    if unit is None and people and len(scene.found) > scene.base:
        return scene.known.person, "person"  # of 6 injuries
    return unit


def changed_unit(scene: Scene, reading: Reading) -> Unit | None:
    """Return the unit of the number that a change goes to: من 6 إلى 3 أشهر, 34 و40 درجة."""
    line, i = scene.line, reading.last
    if not line.near(i):
        return None
    if i in scene.readings:
        if not line.text(i).startswith(scene.known.joiner):
            return None
    elif line.text(i) in (*scene.known.range_links, scene.known.joiner):
        i += 1
    after = scene.readings.get(i)
    if after is None or not line.near(i):
        return None
    head = scene.heads.after(after.last, after.number.value)
    if head is None or not head.counts or head.unit is None:
        return None
    return head.unit, head.unit_class


def is_joined(scene: Scene, i: int) -> bool:
    """Whether another number follows: what it counts, this one counts too."""
    near = scene.line.near(i)
    return near and (i in scene.readings or scene.line.text(i) == scene.known.joiner)


def elliptic_unit(scene: Scene, i: int) -> Unit | None:
    """Return the unit that the words right before word ``i`` call for."""
    before = scene.line.text(i - 1)
    if scene.opener(i, scene.known.more_openers):
        return scene.last_unit()
    if not scene.line.near(i):
        return None
    if before in scene.known.after_event and scene.line.near(i - 1):
        before = scene.line.text(i - 2)
    if affixes.bare(before, scene.known.person_events) is not None:
        return scene.known.person, "person"
    return counted_before(scene, i) or counted_of(scene, i)


def is_alone(scene: Scene, reading: Reading) -> bool:
    """Whether nothing that could be counted follows: punctuation, a function word, و."""
    i = reading.last
    if not scene.line.near(i):
        gap = scene.line.gap(i).lstrip(" ")[:1]
        return gap not in ("-", "/", ":", "–") and not (gap == "(" and i in scene.readings)
    text = scene.line.text(i)
    if i in scene.readings or text == scene.known.joiner:
        return False
    article = affixes.article(text)
    if article is not None and article[1] == 0:
        return True
    if text in scene.known.not_nouns or text.startswith(scene.known.joiner):
        return True
    if bounds.after(scene.line, i) is not None or nouns.has_proclitic(scene.line.clean(i)):
        return True
    return text.startswith(scene.letters.list_preposition)


def listed_unit(scene: Scene, reading: Reading, first: int) -> Unit | None:
    """Return the unit of a list that the number goes on: كلميم بـ24، وطنجة بـ28, و5 بصفرو."""
    if len(scene.found) == scene.base or reading.number.value in _YEARS:
        return None
    before = scene.found[-1]
    if first - before.last > _MAX_CLAUSE:
        return None
    preposition = scene.letters.list_preposition
    opened = scene.line.text(first) == preposition != scene.line.text(reading.first)
    joined = scene.line.text(first).startswith(scene.known.joiner)
    after = scene.line.text(reading.last)
    if opened and scene.document.search[before.start - 1 : before.start] == preposition:
        return scene.last_unit()
    listed = after.startswith(preposition) or after in scene.known.listed_in
    if joined and listed and scene.line.near(reading.last):
        return scene.last_unit()
    return None


def counted_before(scene: Scene, i: int) -> Unit | None:
    """Return the noun after عدد or إجمالي, where a verb of reaching ties it to word ``i``."""
    line, known = scene.line, scene.known
    tied = line.text(i - 1) in known.reached
    closed = line.text(i - 1) in known.total_verbs
    for j in range(i - 1, max(-1, i - 1 - _MAX_CLAUSE), -1):
        text = line.text(j)
        found = affixes.bare(text, known.counting)
        if found is not None:
            direct = i - j <= _MAX_DIRECT or all(
                nouns.is_definite(line.text(n)) for n in range(j + 2, i)
            )
            if not tied and not direct and line.text(j - 1) not in known.reached:
                return None
            noun = nouns.definite_few(line.clean(j + 1)) or nouns.few(line.text(j + 1))
            return (noun.singular, noun.unit_class) if noun and noun.counts else None
        for pronoun in scene.letters.pronouns:
            stem = text.removesuffix(pronoun)
            if stem != text and affixes.bare(stem, known.counting) is not None:
                return antecedent(scene, j, pronoun)
        if line.gap(j) != "-" and line.gap(j).strip(_LOOSE_COMMA if closed else _LOOSE):
            return None
    return None


def counted_of(scene: Scene, i: int) -> Unit | None:
    """Return the noun after العدد الإجمالي ل, tied to word ``i``: الحصيلة الإجمالية للوفيات إلى;
    where it names none, what was last counted: ليرتفع العدد الإجمالي إلى."""
    line, known = scene.line, scene.known
    tied = line.text(i - 1) in known.reached
    for j in range(i - 1 - tied, max(-1, i - 2 - _MAX_CLAUSE), -1):
        if (line.gap(j + 1) != "-" and line.gap(j + 1).strip(_LOOSE)) or j in scene.readings:
            return None
        if nouns.without_article(line.text(j)) not in known.counting:
            continue
        if not (tied or line.text(j - 1) in known.reached):
            return None
        n = j + 1
        while n < i and is_definite_plain(scene, n):
            n += 1
        if n < i and nouns.is_definite(line.text(n)):
            noun = nouns.definite_few(line.clean(n))
            return (noun.singular, noun.unit_class) if noun and noun.counts else None
        return scene.last_unit() if tied else None
    return None


def is_definite_plain(scene: Scene, i: int) -> bool:
    """Whether word ``i`` has the article and no ل before it."""
    text = scene.line.text(i)
    return nouns.is_definite(text) and not text.startswith(scene.letters.giver)


def antecedent(scene: Scene, i: int, pronoun: str) -> Unit | None:
    """Return the nearest plural before عددهم at word ``i``; of two side by side the second is
    an adjective (الأشخاص المعنيين والبالغ عددهم 27)."""
    line = scene.line
    people = pronoun in scene.letters.people_pronouns
    unit: Unit | None = None
    for j in range(i - 1, max(-1, i - 1 - _MAX_CLAUSE), -1):
        noun = nouns.definite_few(line.clean(j)) or nouns.few(line.text(j))
        if noun is not None and noun.counts and (noun.unit_class == "person") == people:
            unit = (noun.singular, noun.unit_class)
        elif unit is not None:
            return unit
    return unit

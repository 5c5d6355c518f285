"""Numbers alone, whose noun was counted before or is named by the words before them."""

from __future__ import annotations

from arxtract.counts import affixes, again, bounds, nouns
from arxtract.counts.heads import PERCENT
from arxtract.counts.numbers import Reading
from arxtract.counts.scene import Counted, Scene, Unit, times

_YEARS = range(1900, 2101)
_LOOSE = " \"'()"  # punctuation within a clause
_LOOSE_COMMA = _LOOSE + "،,"
_MAX_DIRECT = 5  # words between عدد and a number that no verb ties to it
_MAX_CLAUSE = 16  # words between عدد and its number


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

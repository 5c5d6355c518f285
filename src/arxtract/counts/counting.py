"""Numbers with their head after them: 33 وزيرا, طنين و343 كيلوغراما, 38 %."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from arxtract.counts.heads import Head
from arxtract.counts.numbers import Reading
from arxtract.counts.scene import Counted, Scene, as_number, times

_YEARS = range(1900, 2101)


def headed(scene: Scene, reading: Reading) -> Counted | None:
    """Return what a number counts by the head after it, None where it counts nothing so."""
    number = reading.number
    first = scene.opening(reading)
    last, head = repeated(scene, reading)
    head = head or scene.heads.after(last, number.value)
    if head is None or not head.counts:
        return None
    if number.value == 1 and number.in_words and head.unit != "%":
        return None
    if not counts(scene, reading, first, head):
        return None
    return scene.bounded(counted(scene, reading, head), first)


def repeated(scene: Scene, reading: Reading) -> tuple[int, Head | None]:
    """Pass over a figure in brackets that repeats the words: ثلاثة (3) أشخاص.

    Returns the index after it (after the number itself where there is none), and its head.
    """
    again = scene.readings.get(reading.last)
    if again is None or scene.line.opened(again.first) is None:
        return reading.last, None
    if again.number.value != reading.number.value:
        return reading.last, None
    return again.last, scene.heads.after(again.last, again.number.value)


def counts(scene: Scene, reading: Reading, first: int, head: Head) -> bool:
    """Whether a number with a head is a count, and no label, ordinal, year or score."""
    number = reading.number
    if head.unit in scene.known.score_nouns and scene.is_score(head.last, first):
        return False
    if head.unit == "%":  # but not a third that is a body: الثلث الرئاسي
        return head.times != 1 or not number.definite
    second = scene.line.gap(reading.first) == " - " and reading.first - 1 in scene.readings
    if second and not head.measured:
        return False  # the second half of a score: بنتيجة 25 - 21
    if number.definite and not number.in_words and len(scene.line.text(reading.last)) == 1:
        return False  # a race: الـ200م
    if scene.is_dashed(reading.last):
        return False  # an item of a list: 2 ـ نادي
    told = scene.agrees(reading, head) or (head.sure and scene.is_total(first))
    if scene.is_label(first) and (number.definite or not told):
        return False
    return head.sure or not (number.definite or number.value in _YEARS)


def counted(scene: Scene, reading: Reading, head: Head) -> Counted:
    """Put a number and its head together, brackets and percent signs inside the span."""
    number = reading.number
    start = number.start
    bracket = scene.line.wrapped(reading.last)
    closed = ")" in scene.document.search[number.end : head.end]
    if bracket is not None and (closed or head.last > reading.last):
        start = bracket
    elif head.last == reading.last and head.end == number.end:  # the sign stands before: $500
        start -= 1
    found = Counted(
        first=reading.first,
        last=head.last,
        start=start,
        end=max(head.end, number.end),
        value=times(number.value, head.times),
        unit=head.unit,
        unit_class=head.unit_class,
        measure=head.measure,
    )
    return compound(scene, found)


def compound(scene: Scene, found: Counted) -> Counted:
    """Join a smaller measure of the same dimension: طنين و343 كيلوغراما, كيلوغرام ونصف."""
    measure, i = found.measure, found.last
    if measure is None or found.value is None or not scene.line.near(i):
        return found
    joiner = scene.known.joiner
    reading = scene.readings.get(i + 1 if scene.line.text(i) == joiner else i)
    if reading is None or not scene.line.text(i).startswith(joiner):
        return found
    more = Fraction(str(reading.number.value))
    head = scene.heads.measured(reading.last)
    if head is None:
        if not (reading.number.in_words and 0 < more < 1):
            return found
        value = Fraction(str(found.value)) + more
        return replace(found, last=reading.last, end=reading.number.end, value=as_number(value))
    if head.measure is None or head.measure.dimension != measure.dimension:
        return found
    ratio = Fraction(str(measure.size)) / Fraction(str(head.measure.size))
    if ratio == 1 and more < 1:
        return replace(found, last=head.last, end=head.end, value=as_number(
            Fraction(str(found.value)) + more))  # fmt: skip
    if ratio <= 1 or more >= ratio:
        return found
    return replace(
        found,
        last=head.last,
        end=head.end,
        value=as_number(Fraction(str(found.value)) * ratio + more),
        unit=head.unit,
        measure=head.measure,
    )

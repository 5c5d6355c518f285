"""Two numbers that bound a count: بين 20 و30 قتيلا, من 10 إلى 15 طنا, 20-30 شخصا."""

from __future__ import annotations

from arxtract.counts import affixes
from arxtract.counts.counting import counted, counts
from arxtract.counts.numbers import Reading
from arxtract.counts.scene import Counted, Scene, times

_REACH = 12  # words between a verb of change and its numbers
_SCALES = (10**12, 10**9, 10**6, 10**3)


def spanned(scene: Scene, reading: Reading) -> Counted | None:
    """Return the range that begins with a number; its value is null, its ends are low and high."""
    first = scene.opening(reading)
    opening = scene.line.ends(first, scene.known.range_openers)
    between = opening is not None and scene.line.text(first - 1) in scene.known.between
    if opening is not None and not between and is_change(scene, opening):
        return None
    high = upper_end(scene, reading, opened=opening is not None, between=between)
    if high is None or scene.is_dated(high.number.start, high.number.end):
        return None
    head = scene.heads.after(high.last, high.number.value)
    if head is None or not head.counts or not counts(scene, high, first, head):
        return None
    if opening is None and scene.line.gap(reading.last) == " - " and not head.measured:
        return None  # 2 - 1 is a score
    low = scaled_like(reading.number.value, high.number.value)
    if low >= high.number.value or scene.is_hard_label(first):
        return None
    found = counted(scene, high, head)
    found.low, found.high, found.value = times(low, head.times), found.value, None
    found.first, found.start = reading.first, reading.number.start
    if opening is None:
        return scene.bounded(found, first)
    found.first, found.start = opening, scene.word_start(opening, skipped(scene, opening))
    return scene.bounded(found, opening)


def alternative(scene: Scene, counted: Counted) -> bool:
    """Make one range of two quantities of one thing: مقعدين أو ثلاثة مقاعد.

    Returns whether the quantity before took ``counted`` in.
    """
    if len(scene.found) == scene.base:
        return False
    before, line = scene.found[-1], scene.line
    if line.text(before.last) not in scene.known.alternatives:
        return False
    if counted.first != before.last + 1 or before.unit != counted.unit or before.low is not None:
        return False
    if not (line.near(before.last) and line.near(counted.first)):
        return False
    if counted.bound != "exact" or before.value is None or counted.value is None:
        return False
    if before.value >= counted.value:
        return False
    before.low, before.high, before.value = before.value, counted.value, None
    before.last, before.end = counted.last, counted.end
    return True


def is_change(scene: Scene, i: int) -> bool:
    """Whether a word of change stands before من at word ``i``: رفع العدد من 40 إلى 60 عضوا."""
    line = scene.line
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if affixes.bare(line.text(j), scene.known.changes) is not None:
            return True
        if line.gap(j).strip(" \"'()"):
            return False
    return False


def upper_end(scene: Scene, reading: Reading, *, opened: bool, between: bool) -> Reading | None:
    """Return the number at the other end: after و where بين stands before, or إلى, أو, a hyphen,
    with a measure right after the first number passed over (بين 10 أطنان و15 طنا)."""
    line, joiner = scene.line, scene.known.joiner
    j = reading.last
    if opened and j not in scene.readings:
        head = scene.heads.percent(j) or scene.heads.measured(j)
        linked = head is not None and line.text(head.last) in scene.known.range_links
        j = head.last if head is not None and (between or linked) else j
    if j in scene.readings:
        hyphen = line.gap(j).strip(" ") == "-"
        joined = line.near(j, "%" if opened else "") and line.text(j).startswith(joiner) and opened
        return scene.readings[j] if hyphen or joined else None
    if not line.near(j, "%" if opened else ""):
        return None
    if line.text(j) == joiner:
        return scene.readings.get(j + 1) if opened and line.near(j + 1) else None
    if line.text(j) in scene.known.range_links and line.near(j + 1):
        return scene.readings.get(j + 1)
    return None


def skipped(scene: Scene, i: int) -> int:
    """Return how many letters of word ``i``, which opens a range, are a proclitic."""
    heads = frozenset(phrase[0] for phrase in scene.known.range_openers)
    found = affixes.bare(scene.line.text(i), heads)
    return found[1] if found is not None else 0


def scaled_like(low: int | float, high: int | float) -> int | float:
    """Return ``low`` with the scale of ``high`` where only that names it: بين 2 و3 ملايين."""
    for scale in _SCALES:
        if high >= scale and low < 1000 and low * scale < high:
            return low * scale
    return low

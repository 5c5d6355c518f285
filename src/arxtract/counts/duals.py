"""Counts without a number: duals, a measure alone, and vague numbers."""

from __future__ import annotations

from functools import lru_cache

from arxtract.counts import affixes, context, nouns, units
from arxtract.counts.counting import compound
from arxtract.counts.heads import Head
from arxtract.counts.line import QUOTES
from arxtract.counts.scene import Counted, Scene

_MAX_VAGUE = 3  # عشرات مئات الآلاف
_DEGREE = "degree"


@lru_cache(maxsize=1)
def starters() -> frozenset[str]:
    """Return every word, with its proclitics, that a rule of this module may begin with."""
    known = context.load()
    words = {*nouns.load().duals, *nouns.load().construct_duals}
    for word, is_dual in units.first_words():
        words.add(word)
        if is_dual:
            words.update(opening + word for opening in affixes.openings())
    for word in known.vague:
        words.update(prefix + word for prefix in (*affixes.openings(), *affixes.load().articles))
    return frozenset(words)


def dual(scene: Scene, i: int) -> Counted | None:
    """Read a dual that counts things at word ``i``: شرطيان, طائرتي (C17), طنين, مغتصبيْ."""
    text = scene.line.text(i)
    found = scene.nouns.duals.get(text)
    if found is None:
        return construct(scene, i) or measured(scene, i) or vocalised(scene, i)
    if not allowed(scene, found, text):
        return None
    return two(scene, i, found)


def allowed(scene: Scene, found: nouns.Cut, text: str) -> bool:
    known = scene.known
    return (
        found.noun.singular not in known.not_duals
        and text[found.skip :] not in known.not_dual_words
    )


def two(scene: Scene, i: int, found: nouns.Cut) -> Counted | None:
    """Make two of the noun, with اثنين after it inside."""
    noun, skip = found
    last = i + 1
    before = scene.found[-1] if len(scene.found) > scene.base else None
    joined = skip > 0 and scene.line.text(i).startswith(scene.known.joiner)
    beside = before is not None and before.value == 2 and before.last == i and scene.line.near(i)
    if beside and not joined:
        return None  # an adjective: مصدران أمنيان
    if noun.singular in scene.known.score_nouns and scene.is_score(last, i):
        return None
    end = scene.line.words[i].end
    reading = scene.readings.get(last)
    if reading is not None and reading.number.value == 2 and scene.line.near(last):
        end, last = reading.number.end, reading.last
    start = scene.word_start(i, skip)
    return scene.bounded(Counted(i, last, start, end, 2, noun.singular, noun.unit_class), i)


def construct(scene: Scene, i: int) -> Counted | None:
    """Read a dual before its genitive; with an adjective after it, it is "my": سيارتي الخاصة."""
    found = scene.nouns.construct_duals.get(scene.line.text(i))
    if found is None or not allowed(scene, found, scene.line.text(i)):
        return None
    if not scene.line.near(i + 1, QUOTES + "("):
        return None
    after = scene.line.text(i + 1)
    if after in scene.known.after_possessed or after in scene.known.not_nouns:
        return None
    genitive = nouns.is_definite(after) or after.isascii() or scene.line.gap(i + 1).strip()
    indefinite = after in scene.nouns.singulars or after in scene.known.happenings
    if found.noun.unit_class == "event":
        return two(scene, i, found) if indefinite else None
    if found.noun.singular.endswith(scene.letters.feminine) and not (genitive or indefinite):
        return None
    return two(scene, i, found)


def measured(scene: Scene, i: int) -> Counted | None:
    """Read طنين, كيلومترين, درهمين."""
    text = scene.line.text(i)
    if not text.endswith(scene.letters.duals) or text in scene.known.not_dual_words:
        return None
    found = scene.heads.dual(i)
    if found is None:
        return None
    head, skip = found
    return scene.bounded(compound(scene, of_head(scene, i, skip, head, 2)), i)


def lone_measure(scene: Scene, i: int) -> Counted | None:
    """Read a measure alone that is one of it: بارتفاع متر."""
    if scene.line.text(i - 1) not in scene.known.measuring or not scene.line.near(i):
        return None
    head = scene.heads.measure(i)
    if head is None or head.measure is None or head.measure.dual or head.measure.size == 1e-2:
        return None
    if head.measure.dimension == _DEGREE:
        return None
    if nouns.is_definite(scene.line.text(i)):
        return None
    return scene.bounded(compound(scene, of_head(scene, i, 0, head, 1)), i)


def of_head(scene: Scene, i: int, skip: int, head: Head, value: int | None) -> Counted:
    return Counted(
        first=i,
        last=head.last,
        start=scene.word_start(i, skip),
        end=head.end,
        value=value,
        unit=head.unit,
        unit_class=head.unit_class,
        measure=head.measure,
    )


def vocalised(scene: Scene, i: int) -> Counted | None:
    """Read a dual that the text itself vocalises with a sukun: مغتصبيْ, متهميْن."""
    letters = scene.letters
    word = scene.line.words[i]
    stem = word.text.removesuffix(letters.nun)
    text = scene.document.text
    at = word.start + len(stem) - 1
    if not stem.endswith(letters.construct_oblique):
        return None
    if letters.sukun not in text.raw[text.starts[at] : text.ends[at]]:
        return None
    for opening in affixes.openings():
        bare = stem[len(opening) : -1] if stem.startswith(opening) else ""
        if bare.endswith(letters.feminine_before_ending):
            bare = bare[:-1] + letters.feminine_folded
        noun = scene.nouns.singulars.get(bare)
        construct = not word.text.endswith(letters.nun)
        if construct and noun is not None and noun.unit_class not in nouns.IN_CONSTRUCT:
            continue
        if noun is not None and noun.counts:
            return two(scene, i, nouns.Cut(noun, len(opening)))
    return None


def vague(scene: Scene, i: int) -> Counted | None:
    """Read عشرات القتلى, آلاف الأشخاص, عشرات الآلاف من الأشخاص: a unit without a value."""
    line, known = scene.line, scene.known
    found = affixes.bare(line.text(i), known.vague)
    article = affixes.article(line.text(i))
    if found is None and article is not None and line.text(i + 1) in known.partitives:
        word = line.text(i)[len(article[0]) :]
        found = (word, article[1]) if word in known.vague else None
    if found is None:
        return vague_people(scene, i)
    j = i + 1
    while j < i + _MAX_VAGUE and line.near(j) and is_vague(scene, j):
        j += 1
    if line.near(j) and line.text(j) in known.partitives:
        j += 1
    if not line.near(j, QUOTES):
        return vague_people(scene, i)
    head = scene.heads.measured(j)
    if head is None:
        noun = nouns.definite_few(line.clean(j)) or nouns.few(line.text(j))
        unknown = unknown_plural(scene, j) if noun is None else None
        noun = noun or (nouns.Noun(unknown, "other") if unknown is not None else None)
        if noun is None:
            return vague_people(scene, i)
        if not noun.counts:
            return None
        head = scene.heads.named(j, noun)
    counted = of_head(scene, i, found[1], head, None)
    counted.bound = None
    return counted


def unknown_plural(scene: Scene, i: int) -> str | None:
    """Return the singular of a definite sound plural outside the lexicon at word ``i``."""
    clean = scene.line.clean(i)
    return nouns.definite_unknown(clean, None) or nouns.definite_people(clean)


def is_vague(scene: Scene, i: int) -> bool:
    text = scene.line.text(i)
    found = affixes.article(text)
    return text in scene.known.vague or (
        found is not None and text[len(found[0]) :] in scene.known.vague
    )


def vague_people(scene: Scene, i: int) -> Counted | None:
    """Read مقتل العشرات: persons without a number."""
    if not is_vague(scene, i) or not scene.line.near(i):
        return None
    if affixes.bare(scene.line.text(i - 1), scene.known.person_events) is None:
        return None
    word = scene.line.words[i]
    return Counted(i, i + 1, word.start, word.end, None, scene.known.person, "person", bound=None)

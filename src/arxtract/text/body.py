"""The body finder: which lines of a scraped page are the article.

The page is cut into units (lines, pieces of bars), each judged by its shape and its cues. The page
is then read as head, article and tail: headers such as "leave a comment" or "related" part it into
stretches, of which those up to the one with most prose are kept; above the first prose the headline
is looked for, and what stands above that is left out; within and below, what is no boilerplate
stays. On a page without a trace of boilerplate everything stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from arxtract.document import CleanText
from arxtract.text.headline import find_headline, is_candidate, without_site
from arxtract.text.lines import Unit, UnitKind, units
from arxtract.text.teasers import before_list, is_akin, without_teasers

_WEIGHT = {"comments": 0.3, "related": 0.4}  # of prose after such a header, against 1 before it
_ENOUGH = 150  # characters of prose before a list of other articles
_DATE_ABOVE = 3  # units between a dateline and the headline or first paragraph below it
_DATE_REACH = 4  # units between the article and a dateline below it
_MOST_LINES_BELOW = (
    2  # short lines below the article (place, author) that stay on a page with menus
)
_LONGEST_LINE_BELOW = 60  # characters of such a line
_SHORT_PROSE = 40  # characters of a sentence on a page without longer paragraphs
_NEAR = 2  # lines between units that belong together
_MOST_LINKS = 4  # headlines after "read also"
_LONGEST_LINK = 140  # characters of one
_TELLING = ("comments", "related", "notice", "opening")  # cues of a page with more than its article
_MOST_WIDGETS = 2  # lines such as an agency's signature that may stand below a bare article
_LONG_HEAD = 6  # short lines above the article that make it a page with menus


@dataclass(slots=True)
class Layout:
    """What the body finder found, in clean offsets."""

    body: list[tuple[int, int]] = field(default_factory=list)
    title: tuple[int, int] | None = None
    dates: list[tuple[int, int]] = field(default_factory=list)
    """Lines that date the article, the likeliest first."""


def find_body(text: CleanText) -> Layout:
    """Return the layout of a page; empty if it has no article at all."""
    page = units(text)
    kept = _main_stretch(page)
    kept = kept[: before_list(kept, _ENOUGH)]
    prose = [i for i, unit in enumerate(kept) if unit.kind == "prose"]
    if not prose:
        prose = [i for i, unit in enumerate(kept) if _is_sentence(unit)]
    if not prose:
        return _without_prose(text, kept)
    first = prose[0]
    scraped = _is_scraped(page, first)
    if scraped:
        prose = without_teasers(text, kept, prose)
    last = prose[-1]
    headless = [kept[i] for i in prose]
    title = find_headline(text, kept[:first], headless)
    top = _top(kept, first, title, scraped)
    below = _below(text, kept, last, scraped)
    chosen = [
        i
        for i in range(top, below)
        if _stays(kept[i].kind, first < i < last)
        and not (i < first and _is_repeated(text, kept, i, title))
    ]
    chosen = _without_links(kept, chosen, first, last)
    layout = Layout(body=_merge(kept, chosen))
    layout.title = _title_range(text, kept, title, first)
    layout.dates = _datelines(text, kept, first, last, title)
    return layout


def _is_sentence(unit: Unit) -> bool:
    """Say whether a short line is prose for want of longer: it has the end of a sentence."""
    return unit.kind == "short" and unit.length >= _SHORT_PROSE and unit.ends_sentence in (".", ":")


def _stays(kind: UnitKind, inside: bool) -> bool:
    return inside if kind == "scrap" else kind != "noise"


def _main_stretch(page: list[Unit]) -> list[Unit]:
    """Return the page up to the header of comments or related items that ends the article."""
    weights, sums = [1.0], [0]
    cuts = []
    for i, unit in enumerate(page):
        if unit.cue in _WEIGHT:
            cuts.append(i)
            weights.append(_WEIGHT[unit.cue])
            sums.append(0)
        elif unit.kind == "prose":
            sums[-1] += unit.length
    best = max(range(len(sums)), key=lambda k: (weights[k] * sums[k], -k))
    return page[: cuts[best]] if best < len(cuts) else page


def _is_scraped(page: Sequence[Unit], first: int) -> bool:
    """Say whether the page shows traces of menus, forms or notices."""
    if any(unit.in_bar or unit.cue in _TELLING for unit in page):
        return True
    widgets = sum(unit.kind == "noise" for unit in page)
    return widgets > _MOST_WIDGETS or sum(u.kind == "short" for u in page[:first]) > _LONG_HEAD


def _top(kept: Sequence[Unit], first: int, title: int | None, scraped: bool) -> int:
    """Return the index of the first unit of the article, headline and dateline included."""
    if not scraped:
        return 0
    top = first if title is None else title
    while top > 0 and kept[top - 1].kind == "date":
        top -= 1
    if title is None:  # a dateline, a place, an author right above the article
        while top > 0 and kept[top - 1].kind != "noise" and first - top < _MOST_LINES_BELOW:
            top -= 1
    elif top == title:
        top = next((i for i in range(title - 1, max(-1, title - 3), -1) if _dates(kept, i)), top)
    return top


def _dates(kept: Sequence[Unit], i: int) -> bool:
    return kept[i].kind == "date"


def _is_repeated(text: CleanText, kept: Sequence[Unit], i: int, title: int | None) -> bool:
    """Say whether a unit above the headline is the same headline."""
    if title is None or i == title:
        return False
    unit, headline = kept[i], kept[title]
    return text.search[unit.start : unit.end] == text.search[headline.start : headline.end]


def _below(text: CleanText, kept: Sequence[Unit], last: int, scraped: bool) -> int:
    """Return the index after the last unit of the article, ``last`` being its last prose."""
    if not scraped:
        return len(kept)
    end = last + 1
    lines = 0
    listing = kept[last].ends_sentence == ":"
    for i in range(last + 1, len(kept)):
        unit = kept[i]
        if unit.cue in _TELLING:
            break
        if unit.kind in ("noise", "scrap"):
            continue
        near = unit.line - kept[end - 1].line <= _NEAR
        if unit.kind == "date" or unit.ends_sentence or (listing and near):
            end = i + 1
            listing = listing or unit.ends_sentence == ":"
            continue
        lines += 1
        if lines > _MOST_LINES_BELOW:
            break
        if near and (unit.length <= _LONGEST_LINE_BELOW or (lines == 1 and is_akin(text, kept, i))):
            end = i + 1
    return end


def _without_links(kept: Sequence[Unit], chosen: Sequence[int], first: int, last: int) -> list[int]:
    """Leave out the headlines that follow an inline header such as "read also"."""
    links: set[int] = set()
    for i, unit in enumerate(kept):
        if unit.cue == "inline":
            following = i + 1
            while following < min(len(kept), i + 1 + _MOST_LINKS):
                link = kept[following]
                if link.kind != "short" or link.ends_sentence == "." or link.length > _LONGEST_LINK:
                    break
                links.add(following)
                following += 1
    return [i for i in chosen if i not in links or i < first]


def _merge(kept: Sequence[Unit], chosen: Sequence[int]) -> list[tuple[int, int]]:
    """Return the ranges of the chosen units, those on lines next to each other as one."""
    ranges: list[tuple[int, int]] = []
    previous = -2
    for i in chosen:
        unit = kept[i]
        if i == previous + 1 and ranges and unit.line != kept[i - 1].line:
            ranges[-1] = (ranges[-1][0], unit.end)
        else:
            ranges.append((unit.start, unit.end))
        previous = i
    return ranges


def _title_range(
    text: CleanText, kept: Sequence[Unit], title: int | None, first: int
) -> tuple[int, int] | None:
    if title is not None:
        return without_site(text, kept[title].start, kept[title].end)
    return None


def _datelines(
    text: CleanText, kept: Sequence[Unit], first: int, last: int, title: int | None
) -> list[tuple[int, int]]:
    """Return the date lines near the article, those above it first, the nearest first.

    Above the headline only one right above it counts, and only if the lines above have no dates.
    """
    anchor = first if title is None else title
    above = [i for i in range(anchor) if kept[i].kind == "date"]
    dated = [i for i in range(anchor, first) if kept[i].kind == "date"]
    if len(above) == 1 and anchor - above[0] <= _DATE_ABOVE:
        dated.append(above[0])
    inside = (i for i in range(first, min(first + _DATE_ABOVE, last)) if kept[i].kind == "date")
    below = (i for i in range(last, min(last + _DATE_REACH, len(kept))) if kept[i].kind == "date")
    dated += [*inside, *below]
    return [(kept[i].start, kept[i].end) for i in dated]


def _without_prose(text: CleanText, kept: Sequence[Unit]) -> Layout:
    """Lay out a page of short lines alone: all that is no boilerplate is its body."""
    chosen = [i for i, unit in enumerate(kept) if unit.kind not in ("noise", "scrap")]
    layout = Layout(body=_merge(kept, chosen))
    candidates = [i for i in chosen if is_candidate(text, kept[i])]
    if len(candidates) > 1 and candidates[0] == chosen[0]:
        layout.title = without_site(text, kept[candidates[0]].start, kept[candidates[0]].end)
    layout.dates = [
        (kept[i].start, kept[i].end)
        for i in chosen
        if kept[i].kind == "date" and (i < _DATE_REACH or i >= len(kept) - _DATE_REACH)
    ]
    return layout

"""Scores of positions and affiliations of named persons against ``NAME.offices.tsv``.

    python benchmarks/offices.py FOLDER [--split j-m] [--names gold|found|both] [--errors]

FOLDER holds gold articles and for each of them a table without a header: person, position,
affiliation. A position is right if its person's name and its words agree with those of the gold
(``evaluate.naming.agree``); a person's phrases of which one holds all words of the other
(الوزير, وزير النقل) are one. An affiliation is right if person and body agree; an adjective
(التشادي) agrees with the country, and one that the gold leaves inside the position alone
counts for nothing.

The tables also list professions and playing positions used as titles. Told by ``titles.tsv``,
they are rows without an affiliation whose first word is of no kind that is an office (office,
weak, noble); such rows, and such phrases of ours, count for nothing. ``--split`` is two letters
that the names begin with, ``j-m``, or a list of names.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from arxtract.document import Document
from arxtract.errors import ArxtractError
from arxtract.evaluate import gold
from arxtract.evaluate.gold import GoldArticle
from arxtract.evaluate.naming import agree, closeness, contains, words
from arxtract.evaluate.report import add_up
from arxtract.evaluate.scores import Tally
from arxtract.names import holders, offices
from arxtract.names.titles import COUNTRY_COLUMNS, offices_lexicon
from arxtract.resources import lexicon, read_tsv
from arxtract.text.clitics import lexical
from split import HELP, is_chosen

OFFICES = ("office", "weak", "noble")
LAYERS = ("position", "affiliation")
ARTICLE = "ال"


class Row(NamedTuple):
    """An office of the gold."""

    person: str
    position: str
    affiliation: str

    @property
    def counts(self) -> bool:
        """Whether it is an office, and no profession."""
        return bool(self.affiliation) or kind(self.position) in OFFICES


class Held(NamedTuple):
    """An office that was read, of one chain of mentions."""

    forms: tuple[str, ...]
    """The names of the person."""
    position: str
    affiliation: str
    kind: str

    @property
    def counts(self) -> bool:
        """Whether it is an office, and no profession."""
        return bool(self.affiliation) or self.kind in OFFICES


class Miss(NamedTuple):
    layer: str
    kind: str
    text: str


def main() -> int:
    """Print the scores; return 1 if the gold cannot be read."""
    options = _options()
    try:
        articles = gold.read(options.gold)
    except ArxtractError as error:
        print(error, file=sys.stderr)
        return 1
    tables = {a.name: options.gold / f"{a.name}.offices.tsv" for a in articles}
    chosen = [a for a in articles if tables[a.name].exists() and is_chosen(a.name, options.split)]
    print(f"{len(chosen)} articles")
    for source in ("gold", "found") if options.names == "both" else (options.names,):
        documents = _with_gold(chosen) if source == "gold" else _with_found(chosen, options.ner)
        tallies, misses = [], []
        for article, document in zip(chosen, documents, strict=True):
            tally, missed = score(read(tables[article.name]), held(document))
            tallies.append(tally)
            misses += [(article.name, miss) for miss in missed]
        found = add_up([a.name for a in chosen], tallies, [()] * len(chosen))
        for layer in LAYERS:
            s = found.by_type["office"][layer]
            print(
                f"{source + ' names':<12} {layer:<12} F1 {_percent(s.f1)} "
                f"[{_percent(s.low)}–{_percent(s.high)}]  P {_percent(s.precision)}  "
                f"R {_percent(s.recall)}  ({s.right} right, {s.spurious} spurious, "
                f"{s.missed} missed)"
            )
        if options.errors:
            for name, miss in misses:
                print(f"{name} {miss.layer} {miss.kind}: {miss.text}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, help="folder with NAME.marked and NAME.offices.tsv")
    parser.add_argument("--split", help=HELP)
    parser.add_argument("--names", choices=("gold", "found", "both"), default="both")
    parser.add_argument("--ner", default="base", help="name of the recogniser")
    parser.add_argument("--errors", action="store_true", help="list every miss")
    return parser.parse_args()


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _with_gold(articles: Iterable[GoldArticle]) -> Iterable[Document]:
    from arxtract import text
    from arxtract.names import chains

    for article in articles:
        document = text.read(article.raw, id=article.name, published=article.told)
        article.fill(document)
        document.entities = chains.link(document, document.entities)
        yield document


def _with_found(articles: Iterable[GoldArticle], ner: str) -> Iterable[Document]:
    from arxtract.pipeline import Article, Pipeline

    pipeline = Pipeline(ner=ner)
    for article in articles:
        yield pipeline.document(Article(article.raw, article.name, article.told))


def read(path: Path) -> list[Row]:
    """Read a table of offices; rows that differ in nothing are one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[*row, "", ""][:3] for row in csv.reader(file, "excel-tab", quoting=csv.QUOTE_NONE)]
    return list(dict.fromkeys(Row(*(field.strip() for field in row)) for row in rows if row))


def held(document: Document) -> list[Held]:
    """Return the offices of a document's named persons."""
    entities = document.entities
    chains = {e.id: e.chain or e.name for e in entities}
    forms: dict[str, dict[str, None]] = {}
    for e in entities:
        forms.setdefault(chains[e.id], {}).update({e.name: None, e.text: None})
    found = holders.resolve(document, entities, offices.find(document, entities))
    return [
        Held(
            tuple(forms[chains[o.holder]]),
            document.clean[o.start : o.end],
            document.clean[slice(*o.affiliation)] if o.affiliation else "",
            o.kind,
        )
        for o in found
        if o.holder
    ]


@cache
def kind(position: str) -> str:
    """Return the kind of title that a phrase begins with; "" for a word that is none."""
    first = lexical(position.split(" ", 1)[0])
    for word in (first, first.removeprefix(ARTICLE), first.removesuffix("ا")):
        title = offices_lexicon().titles.get(word)
        if title:
            return title.kind
    return ""


def score(rows: list[Row], found: list[Held]) -> tuple[dict[str, Tally], list[Miss]]:
    """Compare the offices of one article."""
    people = list(dict.fromkeys(row.person for row in rows))
    by_person: dict[str, list[Held]] = {person: [] for person in people}
    strangers: dict[tuple[str, ...], list[Held]] = {}
    for one in found:
        near = max(people, key=lambda p: closeness((p,), one.forms), default=None)
        if near is not None and closeness((near,), one.forms) > 0:
            by_person[near].append(one)
        else:
            strangers.setdefault(one.forms, []).append(one)
    pairs = [([r for r in rows if r.person == p], by_person[p]) for p in people]
    pairs += [([], theirs) for theirs in strangers.values()]
    misses: list[Miss] = []
    position = affiliation = Tally()
    for theirs, ours in pairs:
        position = position.plus(_positions(theirs, ours, misses))
        affiliation = affiliation.plus(_affiliations(theirs, ours, misses))
    return {"office/position": position, "office/affiliation": affiliation}, misses


def _positions(rows: list[Row], ours: list[Held], misses: list[Miss]) -> Tally:
    wanted = list({row.position: row for row in rows}.values())
    groups: list[list[Held]] = []
    for one in sorted(ours, key=lambda o: -len(words(o.position))):
        group = next((g for g in groups if contains(g[0].position, one.position)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    right = missed = 0
    answered: set[int] = set()
    for row in wanted:
        fitting = {
            n for n, g in enumerate(groups)
            if any(agree((row.position,), (o.position,)) for o in g)
        }  # fmt: skip
        answered |= fitting
        if not row.counts:
            continue
        right += bool(fitting)
        missed += not fitting
        if not fitting:
            read = " | ".join(o.position for o in ours) or "nothing"
            misses.append(Miss("position", "missed", f"{row.person}: {row.position}; read {read}"))
    spurious = 0
    for n, group in enumerate(groups):
        if n not in answered and any(o.counts for o in group):
            spurious += 1
            one = group[0]
            gold_has = " | ".join(row.position for row in wanted) or "nothing"
            text = f"{one.forms[0]}: {one.position}; gold {gold_has}"
            misses.append(Miss("position", "spurious", text))
    return Tally(right, spurious, missed)


def _affiliations(rows: list[Row], ours: list[Held], misses: list[Miss]) -> Tally:
    wanted = list(dict.fromkeys(row.affiliation for row in rows if row.affiliation))
    read: list[str] = []
    for one in ours:
        if one.affiliation and not any(same_body(one.affiliation, other) for other in read):
            read.append(one.affiliation)
    right = [body for body in wanted if any(same_body(body, other) for other in read)]
    for body in wanted:
        if body not in right:
            text = f"{rows[0].person}: {body}; read {' | '.join(read) or 'nothing'}"
            misses.append(Miss("affiliation", "missed", text))
    spurious = 0
    for body in read:
        if any(same_body(body, other) for other in wanted):
            continue
        inside = lexical(body) in nations() and any(
            contains(row.position, body) for row in rows if not row.affiliation
        )
        if not inside:
            spurious += 1
            text = f"{ours[0].forms[0]}: {body}; gold {' | '.join(wanted) or 'nothing'}"
            misses.append(Miss("affiliation", "spurious", text))
    return Tally(len(right), spurious, len(wanted) - len(right))


def same_body(one: str, other: str) -> bool:
    """Say whether two bodies or states are the same, a state also by its adjective."""
    if agree((one,), (other,)):
        return True
    nation = nations().get(lexical(one))
    return nation is not None and nation == nations().get(lexical(other))


@cache
def nations() -> dict[str, str]:
    """Map names of states and adjectives, with and without the article, to ISO codes."""
    table = dict(offices_lexicon().nisbas)
    for row in read_tsv(lexicon("countries.tsv"), COUNTRY_COLUMNS):
        for name in filter(None, f"{row['names']}|{row['official']}".split("|")):
            table.setdefault(lexical(name), row["iso"])
    return table | {lexical(ARTICLE + word): iso for word, iso in table.items()}


if __name__ == "__main__":
    sys.exit(main())

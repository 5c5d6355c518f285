"""Build ``lexicon/words.tsv``: the most frequent stems of Arabic press text, with counts.

Usage: ``python scripts/build_words.py CORPUS_DIR [--top N]``, where the folder holds
``*.jsonl.gz`` files, one article a line with the keys ``title`` and ``text``.

Word forms (clitics attached) are counted first. Whether a form such as وجدة (a town) is a word of
its own or و and جدة (another town) then follows from its paradigm: a word is found with clitics
that can't stand on a word already cut (ب + وجدة; but never ب + وقال), and more often than the cut
predicts. Each form then gives its count to its stem.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import regex

from arxtract.resources import lexicon
from arxtract.text.clitics import TANWIN, Cut, cuts, inventory, lexical, spellings
from arxtract.text.normalise import normalise

WORD = regex.compile(r"[\u0621-\u063a\u0641-\u064a]++")
LONGEST = 16  # letters; longer runs are words glued together
RAREST = 3  # forms seen less often are left out
PARADIGM = 15  # a word is at most so many times as frequent as its forms with a telling clitic
SURPRISE = 300  # a form so many times as frequent as the cut predicts is a word of its own
SURPRISE_BY = {"ك": 15}  # ... by first letter of the cut
WITNESSES = {  # by first letter of the cut: the proclitics that only an uncut word can take
    "و": ("ال", "ب", "ل", "و", "ف", "لل", "بال", "وال", "وب", "ول"),
    "ف": ("ال", "ب", "ل", "و", "ف", "لل", "بال", "وال", "وب", "ول"),
    "ب": ("ال", "ب", "ل", "لل", "بال", "وال", "وب", "ول"),
    "ل": ("ال", "ب", "بال", "وال", "وب"),
    "ك": ("ال", "ب", "ل", "لل", "بال", "وال", "وب", "ول"),
    "س": ("ال", "ب", "لل", "بال", "وال", "وب"),
    "ا": ("ال", "ل", "ول"),
    "": ("ال", "لل", "بال", "وال"),
}
HEADER = """\
# The {top} most frequent stems of {articles} Arabic news articles, with how often they are found,
# clitics or none attached. Alef forms are written as bare alef, alef maqsura as ya; ta marbuta
# stands. Used for clitic segmentation alone. Made by scripts/build_words.py.
"""


def articles(folder: Path) -> Iterator[str]:
    """Yield the title and text of each distinct article of the folder."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = f"{row.get('title') or ''}\n{row.get('text') or ''}"
                if text not in seen:
                    seen.add(text)
                    yield text


def own_counts(counts: dict[str, int]) -> dict[str, float]:
    """Estimate how often each form stands for a word of its own, uncut."""
    own: dict[str, float] = {}
    whole = inventory().whole
    for form in sorted(counts, key=lambda f: (len(f), f)):
        count = counts[form]
        best, most = best_cut(form, own)
        if best is None or form in whole:
            own[form] = count
            continue
        first = form[: best.front][:1]
        surprise = count - SURPRISE_BY.get(first, SURPRISE) * most
        if best.article:
            surprise = 0  # a rare noun is often found with the article alone
        own[form] = max(0.0, min(count, max(PARADIGM * seen_with(form, first, counts), surprise)))
        if form.endswith("ا") and own.get(form[:-1], 0.0) * TANWIN > most:
            own[form] = count
    return own


def seen_with(form: str, first: str, counts: dict[str, int]) -> int:
    """Count the form with telling clitics; one clitic alone may be chance (وروسيا, بوروسيا)."""
    seen = [counts.get(witness + form, 0) for witness in WITNESSES.get(first, ())]
    return min(sum(seen), 2 * (sum(seen) - max(seen, default=0)))


def best_cut(form: str, weights: dict[str, float]) -> tuple[Cut | None, float]:
    """Return the likeliest cut of a form and the count that it predicts."""
    best, most = None, 0.0
    for cut in cuts(form):
        floor = 1.0 if cut.article else 0.0
        stems = spellings(cut.stem) if cut.back else (cut.stem,)
        weight = cut.rate * max(sum(weights.get(s, 0.0) for s in stems), floor)
        if weight > most:
            best, most = cut, weight
    return best, most


def stem_counts(counts: dict[str, int]) -> Counter[str]:
    """Give the count of each form to its stem, in the spelling of a word alone."""
    own = own_counts(counts)
    stems: defaultdict[str, int] = defaultdict(int)
    for form, count in counts.items():
        best, most = best_cut(form, own)
        if best is None or own[form] >= most or form in inventory().whole:
            stems[form] += count
        elif not best.back:
            stems[best.stem] += count
        else:
            stems[max(spellings(best.stem), key=lambda s: own.get(s, 0.0))] += count
    return Counter(stems)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--top", type=int, default=70_000)
    options = parser.parse_args()
    forms: Counter[str] = Counter()
    number = 0
    for text in articles(options.corpus):
        number += 1
        forms.update(WORD.findall(lexical(normalise(text).clean)))
    write(forms, number, options.top)


def write(forms: Counter[str], number: int, top: int) -> None:
    """Write the table of stems."""
    kept = {f: n for f, n in forms.items() if n >= RAREST and 1 < len(f) <= LONGEST}
    ranked = sorted(stem_counts(kept).items(), key=lambda wn: (-wn[1], wn[0]))[:top]
    with lexicon("words.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER.format(top=len(ranked), articles=number))
        out.write("word\tcount\n")
        out.writelines(f"{word}\t{count}\n" for word, count in ranked)


if __name__ == "__main__":
    main()

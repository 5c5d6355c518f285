"""Draw sentences with date-like words from a corpus, to judge the date finder by eye.

Usage: python benchmarks/sample_dates.py CORPUS [--seed N] [--count N] [--plain]

CORPUS is a folder of `*.jsonl.gz` files, one article a line with `text` and `published` (an ISO
day or null). A file weighs as many as it has articles, 1,000 at most, and a third of that if it
has no days of publication. The finder reads the whole article; what is printed is one sentence of
it, cut to some 300 characters around a word that may belong to a date, with the finder's marks
inside or, with --plain, without them, so that the gold can be written before the answers are seen.
The net of date-like words is wider than the lexicon of the finder and knows nothing of its rules.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from arxtract import times
from arxtract.times.marked import mark

WIDTH = 300
MOST = 1000
UNDATED_WEIGHT = 1 / 3
SENTENCE = re.compile(r"[^\n.!?؟]+(?:\.(?=\d)[^\n.!?؟]+)*[.!?؟]?")
NET = re.compile(
    r"\b[0-9٠-٩]{4}\b|\d[/:-]\d|"
    r"\b[وفبلك]*(?:ال|لل)?(?:"
    r"يوم|يومين|يومي|أيام|ايام|أمس|امس|البارحة|غدا|غد|ليلة|ليل|ليلا|صباح|صباحا|مساء|ظهر|فجر|عصر|زوال|"
    r"[أا]سبوع|[أا]سبوعين|[أا]سابيع|شهر|شهرين|شهري|[أا]شهر|شهور|سنة|سنتين|سنوات|عام|عامين|عاما|عاماً|"
    r"أعوام|اعوام|سنوي|موسم|مواسم|قرن|قرون|عقود|عقدين|ساعة|ساعات|ساعتين|دقيقة|دقائق|دقيقتين|"
    r"ثانية|ثوان|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت|ال[أا]حد|"
    r"يناير|فبراير|مارس|[أا]بريل|[إا]بريل|مايو|ماي|يونيو|يوليو|يوليوز|[أا]غسطس|غشت|سبتمبر|شتنبر|"
    r"[أا]كتوبر|نوفمبر|نونبر|ديسمبر|دجنبر|جانفي|فيفري|[أا]فريل|جوان|جويلية|[أا]وت|كانون|شباط|آذار|"
    r"نيسان|[أا]يار|حزيران|تموز|آب|[أا]يلول|تشرين|محرم|صفر|رجب|شعبان|رمضان|شوال|القعدة|الحجة|"
    r"ماضي|ماضية|مقبل|مقبلة|جاري|جارية|قادم|قادمة|منصرم|منصرمة|منذ|ربيع|صيف|صائفة|خريف|شتاء|"
    r"عيد|منتصف|مطلع|[أا]واخر|[أا]وائل|نهاية|بداية|[\u0600-\u06ff]+ينات|[\u0600-\u06ff]+ينيات"
    r")\b"
)


def articles(file: Path) -> list[dict[str, str | None]]:
    """Read the articles of one file of the corpus."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def window(text: str, source: random.Random) -> tuple[int, int] | None:
    """Choose a sentence with a date-like word, cut to the width around one such word."""
    hits = [
        (match.start(), match.end(), hit.start() + match.start())
        for match in SENTENCE.finditer(text)
        for hit in NET.finditer(match[0])
    ]
    if not hits:
        return None
    start, end, hit = source.choice(hits)
    left, right = max(start, hit - WIDTH // 2), min(end, hit + WIDTH // 2)
    while left > start and not text[left - 1].isspace():
        left -= 1
    while right < end and not text[right].isspace():
        right += 1
    return left, right


def sample(corpus: Path, seed: int, count: int, plain: bool) -> Iterator[str]:
    """Yield ``count`` lines: `[published] sentence`, with the finder's marks unless ``plain``."""
    source = random.Random(seed)
    files = [articles(file) for file in sorted(corpus.glob("*.jsonl.gz"))]
    weights = [
        min(len(rows), MOST) * (1 if rows[0]["published"] else UNDATED_WEIGHT) for rows in files
    ]
    seen: set[str] = set()
    while count:
        row = source.choice(source.choices(files, weights)[0])
        text = row["text"] or ""
        place = window(text, source)
        if place is None:
            continue
        published = date.fromisoformat(row["published"][:10]) if row["published"] else None
        start, end = place
        if text[start:end] in seen:
            continue
        seen.add(text[start:end])
        mentions = [] if plain else times.find(text, published)
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        parts = text[start:end]
        if inside:
            moved = [m.model_copy(update={"start": m.start - start, "end": m.end - start})
                     for m in inside]  # fmt: skip
            parts = mark(parts, moved)
        head = f"[{published}] " if published else ""
        yield head + " ".join(parts.split())
        count -= 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--plain", action="store_true", help="without the finder's marks")
    options = parser.parse_args()
    for number, line in enumerate(
        sample(options.corpus, options.seed, options.count, options.plain), 1
    ):
        print(number, line)


if __name__ == "__main__":
    main()

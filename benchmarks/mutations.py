"""Texts and files as nobody would write them, each made of real text by chance.

Everything is drawn from the :class:`random.Random` that is given, so that a seed names an input.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from random import Random

DIGITS = "".join(
    chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Nd", "No", "Nl")
)
MARKS = "".join(chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) == "Mn")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\ufeff"
CONTROL = "".join(map(chr, (*range(32), *range(0x7F, 0xA0))))
SURROGATES = "\ud800\udbff\udc00\udfff"
BRACKETS = "()[]{}<>«»“”‘’\"'،,.:;؛-/|!؟…%"
ENCODINGS = (
    "cp1256",
    "iso8859-6",
    "utf-16-le",
    "utf-16-be",
    "utf-16",
    "utf-32",
    "latin-1",
    "cp720",
)
TAGS = (
    "<p>", "</p>", "<div>", "<script>", "<!--", "-->", "<![CDATA[", "<table><tr><td>", "<a href='",
    "&nbsp;", "&#x623;", "&#0;", "&#99999999;", "&lt;", "<br/>", "</html>", "<title>", "<svg>",
)  # fmt: skip
WORDS = (
    "من", "إلى", "بين", "و", "قتل", "أكد", "مليون", "ثلاثة", "يوم", "الماضي", "الوزير", "رئيس",
    "شخصا", "أمس", "الجمعة", "نونبر", "درهم", "حوالي", "أكثر", "اجتماع", "بالرباط", "اقرأ أيضا:",
    "شارك", "هـ", "م", "ص", "سنة", "نصف", "في المائة", "%",
)  # fmt: skip
MOST = 3_000
"""Characters of most inputs; what repeats may be longer."""

Mutation = Callable[[Random, str], str]


def text(random: Random, articles: Sequence[str]) -> str:
    """Return a stretch of an article after up to four mutations."""
    article = random.choice(articles)
    size = random.choice((40, 120, 250, 500, MOST))
    start = random.randrange(max(1, len(article) - size))
    made = article[start : start + size]
    for _ in range(random.randrange(5)):
        made = random.choice(MUTATIONS)(random, made)
        if len(made) > MOST:
            made = made[:MOST]
    return made


def long_text(random: Random, articles: Sequence[str]) -> str:
    """Return a text that repeats a short piece up to some 20,000 characters, on one line or not."""
    piece = text(random, articles)[: random.choice((1, 2, 7, 30))] or "\u0627"
    if random.random() < 0.5:
        piece = "".join(random.choices(BRACKETS + " 1اوبل\n", k=random.randrange(1, 4)))
    made = piece * (random.choice((2_000, 20_000)) // len(piece))
    return text(random, articles) + made + random.choice(("", text(random, articles)))


def _place(random: Random, given: str) -> int:
    return random.randrange(len(given) + 1)


def _cut(random: Random, given: str) -> str:
    first, last = sorted((_place(random, given), _place(random, given)))
    return given[:first] + given[last:]


def _doubled(random: Random, given: str) -> str:
    first, last = sorted((_place(random, given), _place(random, given)))
    return given[:last] + given[first:]


def _glued(random: Random, given: str) -> str:
    return given.replace(random.choice((" ", "\n", "،", ".")), "")


def _shuffled(random: Random, given: str) -> str:
    words = given.split(" ")
    random.shuffle(words)
    return " ".join(words)


def _one_line(random: Random, given: str) -> str:
    return given.replace("\n", random.choice((" ", "    ", " | ", "\t", "\r", "\u2028")))


def _lines(random: Random, given: str) -> str:
    return given.replace(" ", random.choice(("\n", "\n\n", "\r\n", "     ")))


def _sprinkled(letters: str) -> Mutation:
    """Make the mutation that puts such letters between those of a text."""

    def mutation(random: Random, given: str) -> str:
        pieces = list(given)
        for _ in range(random.choice((1, 3, 20))):
            pieces.insert(random.randrange(len(pieces) + 1), random.choice(letters))
        return "".join(pieces)

    return mutation


def _other_digits(random: Random, given: str) -> str:
    return "".join(random.choice(DIGITS) if letter.isdigit() else letter for letter in given)


def _numbers(random: Random, given: str) -> str:
    marks = random.choices("/-.,:٫٬ \u0648\u0631%", k=3)
    parts = [str(random.randrange(10 ** random.randrange(1, 15))) for _ in range(4)]
    number = "".join(a + b for a, b in zip(parts, [*marks, ""], strict=True))
    place = _place(random, given)
    return f"{given[:place]} {number} {given[place:]}"


def _words(random: Random, given: str) -> str:
    return _scattered(random, given, WORDS, (1, 4, 12))


def _run(random: Random, given: str) -> str:
    place = _place(random, given)
    letter = random.choice(given or "ا") if random.random() < 0.5 else random.choice(BRACKETS)
    return given[:place] + letter * random.choice((5, 50, 1_000)) + given[place:]


def _nested(random: Random, given: str) -> str:
    depth = random.choice((3, 40, 400))
    opening, closing = random.choice(("()", "[]", "«»", "“”", '""', "{}"))
    return opening * depth + given + closing * depth


def _marked_up(random: Random, given: str) -> str:
    return _scattered(random, given, TAGS, (1, 5, 20))


def _scattered(random: Random, given: str, what: Sequence[str], counts: Sequence[int]) -> str:
    """Put some of ``what`` between the words."""
    words = given.split(" ")
    for _ in range(random.choice(counts)):
        words.insert(random.randrange(len(words) + 1), random.choice(what))
    return " ".join(words)


def _misread(random: Random, given: str) -> str:
    data = given.encode(random.choice(("utf-8", *ENCODINGS)), errors="replace")
    return data.decode(random.choice(("utf-8", *ENCODINGS)), errors="replace")


def _decomposed(random: Random, given: str) -> str:
    return unicodedata.normalize(random.choice(("NFD", "NFKD", "NFKC")), given)


def _anything(random: Random, given: str) -> str:
    place = _place(random, given)
    strange = "".join(chr(random.randrange(sys.maxunicode + 1)) for _ in range(random.randrange(9)))
    return given[:place] + strange + given[place:]


MUTATIONS: tuple[Mutation, ...] = (
    _cut, _doubled, _glued, _shuffled, _one_line, _lines, _sprinkled(MARKS), _sprinkled(INVISIBLE),
    _sprinkled(CONTROL), _sprinkled(SURROGATES), _sprinkled(DIGITS), _sprinkled(BRACKETS),
    _sprinkled("اوبلكف سي"), _other_digits, _numbers, _words, _run, _nested, _marked_up, _misread,
    _decomposed, _anything,
)  # fmt: skip


# -- files -----------------------------------------------------------------------------------------


def _encoded(random: Random, given: str) -> bytes:
    encoding = random.choice(("utf-8", "utf-8", "utf-8-sig", *ENCODINGS))
    return given.encode(encoding, errors="replace")


def _page(random: Random, given: str) -> bytes:
    tag = random.choice(("div", "p", "ul><li", "table><tr><td", "b", "blockquote"))
    depth = random.choice((1, 1, 1, 30, 3_000))
    head = f"<html><head><title>{given[:50]}</title></head><body>"
    return _encoded(random, head + f"<{tag}>" * depth + f"<p>{given}</p>")


def _row(random: Random, given: str) -> dict[str, object]:
    row: dict[str, object] = {"id": given[:10], "text": given, "published": given[:10]}
    row[random.choice((*row, "title"))] = random.choice((None, 7, [], {}, given, "2022-11-03", ""))
    return row


def _json(random: Random, given: str) -> bytes:
    if random.random() < 0.1:
        return (random.choice(("[", '{"a":', "[{")) * random.choice((10, 100_000))).encode()
    return json.dumps([_row(random, given) for _ in range(3)], ensure_ascii=False).encode(
        errors="replace"
    )


def _json_lines(random: Random, given: str) -> bytes:
    rows = (json.dumps(_row(random, given)) for _ in range(3))
    return "\n".join(rows).encode()


def _separated(mark: str) -> Callable[[Random, str], bytes]:
    def made(random: Random, given: str) -> bytes:
        quoted = given if random.random() < 0.5 else '"' + given.replace('"', '""') + '"'
        lines = [mark.join(("id", "text", "published")), mark.join(("a", quoted, "2022-11-03"))]
        return _encoded(random, random.choice(("\n", "\r\n", "\r")).join(lines))

    return made


def _bomb(random: Random) -> bytes:
    return bytes(random.choice((1, 12)) * 2**20)


def _zip(random: Random, given: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in random.sample(
            ("a.txt", "b.html", "../../c.jsonl", "/d.csv", "e.txt.gz", "f.zip", "a.txt", "g\0.txt"),
            3,
        ):
            data = _bomb(random) if random.random() < 0.02 else _encoded(random, given)
            archive.writestr(name, data)
    return out.getvalue()


def _warc(random: Random, given: str) -> bytes:
    data = _page(random, given)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n" % (
        random.choice((b"gzip", b"identity", b"br", b"deflate"))
    )
    body = head + data
    length = random.choice((len(body), len(body), 0, -1, 10**12))
    fields = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: x:/a\r\nContent-Length: {length}"
    types = b"\r\nContent-Type: application/http; msgtype=response\r\n\r\n"
    return (fields.encode() + types + body + b"\r\n\r\n") * random.randrange(1, 3)


def _parquet(random: Random, given: str) -> bytes:
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    safe = given.encode(errors="replace").decode()
    columns = {"id": ["a"], "text": [random.choice((safe, None))], "published": ["2022-11-03"]}
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def _gzip(random: Random, data: bytes) -> bytes:
    return gzip.compress(_bomb(random) if random.random() < 0.01 else data, 1, mtime=0)


def _zstandard(random: Random, data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(_bomb(random) if random.random() < 0.01 else data)


MAKERS: dict[str, Callable[[Random, str], bytes]] = {
    ".txt": _encoded,
    ".html": _page,
    ".json": _json,
    ".jsonl": _json_lines,
    ".csv": _separated(","),
    ".tsv": _separated("\t"),
    ".zip": _zip,
    ".warc": _warc,
    ".parquet": _parquet,
}
PACKERS: dict[str, Callable[[Random, bytes], bytes]] = {".gz": _gzip, ".zst": _zstandard}


def _damaged(random: Random, data: bytes) -> bytes:
    """Cut a file off, or put other bytes into it: at its ends, where headers are, or within."""
    if random.random() < 0.3:
        return data[: random.randrange(len(data) + 1)]
    spots = (
        random.randrange(40),
        len(data) - random.randrange(40),
        random.randrange(len(data) + 1),
    )
    for _ in range(random.randrange(1, 4)):
        place = max(0, random.choice(spots))
        new = random.randbytes(random.randrange(4))
        data = data[:place] + new + data[place + random.choice((0, len(new), 30)) :]
    return data


def file(random: Random, articles: Sequence[str]) -> tuple[str, bytes]:
    """Return the suffix and the bytes of a file of one kind; half of them are damaged, or another
    kind than they say."""
    kind = random.choice(list(MAKERS))
    data = MAKERS[kind](random, text(random, articles))
    damage = random.random()
    if damage < 0.2:
        data = _damaged(random, data)
    if kind not in (".zip", ".parquet") and random.random() < 0.25:
        packing = random.choice(list(PACKERS))
        kind, data = kind + packing, PACKERS[packing](random, data)
    if damage > 0.8:
        data = _damaged(random, data)
    if 0.4 < damage < 0.45:
        kind = random.choice(list(MAKERS)) + random.choice(("", *PACKERS))
    return kind, data

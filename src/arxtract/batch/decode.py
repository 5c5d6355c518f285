"""From bytes to text: which encoding a file is in, said aloud where it is not UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import regex

from arxtract.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ("cp1256", "iso8859-6")
_SAMPLE = 65536
_BINARY_SHARE = 0.02
"""Share of control characters above which a file is no text."""

# Letters that make up over half of any Arabic text (alef, lam, ya, mim, waw, nun, ra, ta marbuta,
# ba, ta): a wrong one-byte table gives few of them.
_FREQUENT = regex.compile("[\u0627\u0644\u064a\u0645\u0648\u0646\u0631\u0629\u0628\u062a]")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of ``data`` and what a reader should be warned of.

    A byte order mark decides; then UTF-16 if every other byte is that of Arabic or ASCII letters;
    then UTF-8 if the bytes are valid; then the Arabic one-byte encoding that reads as Arabic.
    What is none of these is read as UTF-8 with replacement characters.

    Raises:
        ReadError: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return _checked(text, () if encoding == "utf-8-sig" else (f"read as {encoding}",))
    wide = list(_wide(data))
    if not wide:
        try:
            return _checked(data.decode("utf-8"), ())
        except UnicodeDecodeError:
            pass
    for encoding in [*wide, *_one_byte(data)]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _checked(text, (f"read as {encoding}",))
    text = data.decode("utf-8", errors="replace")
    return _checked(text, (f"{text.count(chr(0xFFFD))} bytes replaced: not valid UTF-8",))


def encoding_of(sample: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the encoding of a long file by its beginning, and what a reader should be warned of.

    Raises:
        ReadError: the bytes are no text.
    """
    marked = next((encoding for mark, encoding in _MARKS if sample.startswith(mark)), None)
    encoding = marked or next(_wide(sample), None)
    if encoding is None:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(sample, False)
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = next(_one_byte(sample), "utf-8")
    _checked(sample.decode(encoding, errors="replace"), ())
    return encoding, () if encoding.startswith("utf-8") else (f"read as {encoding}",)


def _wide(data: bytes) -> Iterator[str]:
    """Yield the UTF-16 that the bytes look like: every other byte that of Arabic or ASCII."""
    sample = data[:_SAMPLE]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if len(high) > 1 and sum(b in (0, 6) for b in high) > 0.9 * len(high):
            yield encoding


def _one_byte(data: bytes) -> Iterator[str]:
    """Yield the one-byte encodings in which the bytes read as Arabic, the likelier first."""
    sample = data[:_SAMPLE]
    scored = []
    for encoding in _ONE_BYTE:
        text = sample.decode(encoding, errors="replace")
        broken = text.count("\ufffd") + len(_CONTROL.findall(text))
        scored.append((len(_FREQUENT.findall(text)) - 20 * broken, encoding))
    scored.sort(reverse=True)
    yield from (encoding for score, encoding in scored if score > len(sample) * 0.15)


def _checked(text: str, warnings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    control = len(_CONTROL.findall(text[:_SAMPLE]))
    if control > max(4, _BINARY_SHARE * min(len(text), _SAMPLE)):
        raise ReadError("no text: binary data; give .txt, .html, .jsonl or .csv files")
    if control:
        warnings += (f"{control} control characters passed over",)
    return text, warnings

"""The words of a sentence, with the questions that rules ask of them."""

from __future__ import annotations

from arxtract.counts.context import Phrase
from arxtract.counts.words import Word
from arxtract.document import CleanText

QUOTES = "\"'"
_OPENING = {")": "(", '"': '"', "'": "'"}


class Line:
    """Words by index; ``near`` and ``starts`` look only at what stands side by side."""

    def __init__(self, text: CleanText, words: list[Word]) -> None:
        self.search = text.search
        self._clean = text.clean
        self.words = words
        self.numbers: dict[int, int] = {}
        """First words of the numbers, by the index after their last."""

    def __len__(self) -> int:
        return len(self.words)

    def text(self, i: int) -> str:
        """Return word ``i`` in search form, or an empty string."""
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def clean(self, i: int) -> str:
        """Return word ``i`` as printed, without diacritics, or an empty string."""
        if not 0 <= i < len(self.words):
            return ""
        return self._clean[self.words[i].start : self.words[i].end]

    def gap(self, i: int) -> str:
        """Return what parts word ``i`` from the one before it."""
        if not 0 < i < len(self.words):
            return "\n"
        return self.search[self.words[i - 1].end : self.words[i].start]

    def near(self, i: int, extra: str = "") -> bool:
        """Whether only spaces (or characters of ``extra``) part word ``i`` from the last."""
        return 0 < i < len(self.words) and self.gap(i).strip(" " + extra) == ""

    def follows(self, i: int) -> bool:
        """Whether word ``i`` can be counted by the number before it: quotes and the closing
        bracket or quote of a number in brackets or quotes may part them."""
        if not 0 < i < len(self.words):
            return False
        if self.wrapped(i) is not None:
            return self.gap(i).lstrip(" ")[1:].strip(" " + QUOTES) == ""
        gap = self.gap(i)
        if gap and gap[0] in QUOTES and gap.endswith(" "):  # it closes a title: "آيفون 12" الجديد
            return False
        gap = gap.replace(" ", "").strip(QUOTES)
        return gap == "" or (gap == ")" and self.opened(i - 1) is not None)

    def wrapped(self, i: int) -> int | None:
        """Return where the quote or bracket opens that the number right before word ``i`` fills:
        «1400» قذيفة, (ثلاثة آلاف) كتاب."""
        first = self.numbers.get(i)
        mark = self.gap(i).lstrip(" ")[:1]
        if first is None or not mark or mark not in _OPENING:
            return None
        while self.gap(first).strip(" ") == "-" and first in self.numbers:  # (90 - 99)
            first = self.numbers[first]
        return self.opened(first, _OPENING[mark])

    def opened(self, i: int, mark: str = "(") -> int | None:
        """Return the offset of the bracket right before word ``i``, if one stands there."""
        start = self.words[i].start
        at = start - 2 if self.search[start - 1 : start] == " " else start - 1
        return at if at >= 0 and self.search[at] == mark else None

    def starts(self, i: int, known: tuple[Phrase, ...]) -> int:
        """Return how many words from ``i`` on are one of ``known`` phrases."""
        head = self.text(i)
        for phrase in known:
            if phrase[0] == head and all(
                self.text(i + n) == word and self.near(i + n)
                for n, word in enumerate(phrase[1:], 1)
            ):
                return len(phrase)
        return 0

    def ends(self, i: int, known: tuple[Phrase, ...], between: str = "") -> int | None:
        """Return where a phrase of ``known``, one proclitic allowed, begins right before ``i``."""
        if not self.near(i, between):
            return None
        for phrase in known:
            first = i - len(phrase)
            if first < 0 or not self.text(first).endswith(phrase[0]):
                continue
            if len(self.text(first)) - len(phrase[0]) > 1:
                continue
            if all(
                self.text(first + n) == word and self.near(first + n)
                for n, word in enumerate(phrase[1:], 1)
            ):
                return first
        return None

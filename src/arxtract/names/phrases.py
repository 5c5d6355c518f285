"""The grammar of an office: where the phrase that begins with a title ends.

An office is a title with what belongs to it: a chain of nouns closed by a definite noun or a
name, adjectives that agree, phrases with ل ب لدى and the like as the title takes them, and
businesses joined by و.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from arxtract.names.nouns import FEMININE, WAW, Head, NounGrammar, Units
from arxtract.names.titles import offices_lexicon
from arxtract.text.clitics import lexical

_LAM, _BA = "\u0644", "\u0628"
_FI = "\u0641\u064a"
_AN = "\u0639\u0646"
_LONGEST_HONOUR = 6
_LONGEST_ASIDE = 5
_QUOTED = ("ORG", "MISC", "LOC")
_COMMAS = (",", "\u060c")
_PARTING = (*_COMMAS, "-", "(", ")", "\u061b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An office as it stands in the text, by unit indices."""

    head: Head
    first: int
    end: int
    definite: bool
    objects: tuple[tuple[int, str], ...]
    """Where each noun phrase in it begins, and what joins it: a preposition, or "" (genitive)."""


class Grammar(NounGrammar):
    """The reader of offices over one lexicon."""

    # -- people beside the office -----------------------------------------------------------

    def person_after(self, units: Units, i: int) -> tuple[int, bool] | None:
        """Return the index of the person that is named at ``i`` and whether a comma stands before.

        Honorifics, ranks and phrases of honour are passed over.
        """
        comma = False
        limit = i + _LONGEST_HONOUR + 1
        while i < len(units) and i < limit:
            unit = units[i]
            if unit.kind == "PER":
                if unit.conjunction or unit.preposition:
                    return None
                return i, comma
            if unit.kind == "punct" and unit.base in (*_COMMAS, "-", "\u061b") and not comma:
                comma = True
                i += 1
            elif unit.kind == "punct" and unit.base in ("/", ".", '"', "(") and not comma:
                i += 1
            else:
                step = self.honour(units, i)
                if step == i:
                    return None
                i = step
        return None

    def honour(self, units: Units, i: int) -> int:
        """Pass over one honorific, rank or phrase of honour at ``i``."""
        unit = units[i]
        if unit.kind != "word" or unit.conjunction:
            return i
        step = self._honour_phrase(units, i)
        if step > i:
            return step
        head = self.head(units, i)
        if (
            head
            and head.definite
            and head.title.kind in ("honorific", "rank", "noble", "profession")
        ):
            return self.adjectives(units, i + 1)
        return i

    def _honour_phrase(self, units: Units, i: int) -> int:
        """Pass over a phrase of honour (صاحب السمو الملكي) at ``i``."""
        for phrase in self.words.honours.get(units[i].base, ()):
            words = tuple(lexical(unit.whole) for unit in units[i + 1 : i + len(phrase)])
            if words == phrase[1:]:
                return i + len(phrase)
        return i

    def person_before(self, units: Units, i: int) -> tuple[int, bool] | None:
        """Return the index of the person just before ``i`` and whether something parts them.

        That is a comma, a dash or a bracket, a copula (وهو), or an age: "…، 45 عاما، رئيس …".
        """
        parted = False
        i -= 1
        if i >= 0 and lexical(units[i].whole) in self.words.copulas:
            parted = True
            i -= 1
        for _ in range(_LONGEST_ASIDE):
            if i < 0 or units[i].kind == "PER":
                break
            if units[i].kind == "punct" and units[i].base in _PARTING:
                parted = True
                i -= 1
            elif units[i].is_quote or (parted and units[i].kind == "number"):
                i -= 1
            elif parted and i and units[i - 1].kind == "number":
                i -= 2
            else:
                return None
        return (i, parted) if i >= 0 and units[i].kind == "PER" else None

    # -- the office -------------------------------------------------------------------------

    def phrase(self, units: Units, i: int, joins: bool = True) -> Phrase | None:
        """Read the office that begins at ``i``, or None if no title stands there.

        With ``joins`` a second office of the same title may be a part of it (وزير … ووزير …).
        """
        head = self.head(units, i)
        if (head and not self._named_at_once(units, i, head)) or self._honour_phrase(units, i) > i:
            return None
        if head:
            return self._double(units, i, head) or self._phrase(units, i, head, joins)
        head = self.head(units, i, beside_name=True)
        if not head or head.accusative:
            return None
        phrase = self._phrase(units, i, head, joins=False)
        after = self.person_after(units, phrase.end)
        before = self.person_before(units, i)
        beside = (after and not after[1]) or (
            before and before[1] and self.tight(units, phrase.end)
        )
        return phrase if beside else None

    def _double(self, units: Units, i: int, head: Head) -> Phrase | None:
        """Read an office under two titles at once (الرئيس المدير العام, الوالي المدير العام)."""
        other = self.head(units, i + 1) if i + 1 < len(units) else None
        if other is None or not units[i + 1].bare() or not (head.definite and other.definite):
            return None
        if head.title.kind != "office" or other.title.kind != "office":
            return None
        if (head.title.gender, head.title.number) != (other.title.gender, other.title.number):
            return None
        phrase = self._phrase(units, i + 1, other, joins=False)
        if phrase.end == i + 2:  # الملك السلطان: two titles of honour
            return None
        return Phrase(head, i, phrase.end, True, phrase.objects)

    def _named_at_once(self, units: Units, i: int, head: Head) -> bool:
        """Whether the name follows as closely as the title needs (الفريق أول ركن فلان)."""
        between = self.words.only_right_before.get(lexical(head.title.lemma))
        if between is None:
            return True
        while i + 1 < len(units) and lexical(units[i + 1].whole) in between:
            i += 1
        return i + 1 < len(units) and units[i + 1].kind == "PER"

    def _phrase(self, units: Units, i: int, head: Head, joins: bool) -> Phrase:
        appositive = self.person_before(units, i) is not None
        objects: list[tuple[int, str]] = []
        definite = head.definite
        j = i + 1
        strong = definite
        if definite:
            j = self.adjectives(units, j)
        else:
            k = self.adjectives(units, j, definite=False)
            end = self.noun_phrase(units, k) if k < len(units) and units[k].bare() else 0
            if not end and k > j:
                k -= 1  # the last adjective may have been a noun of the chain
                end = self.noun_phrase(units, k) if units[k].bare() else 0
                k = k if end else k + 1
            if (
                not end and k == i + 1 and k < len(units) and units[k].kind == "PER"
                and units[k].bare() and head.title.number == "singular" and not head.accusative
            ):  # fmt: skip
                end = k + 1  # a bare title and a name: the person whom he serves
            if end and not head.accusative:
                objects.append((k, ""))
                definite, j, strong = True, end, k > j
            else:
                j, strong = self._indefinite(units, k, appositive), k > j
        j = self._complements(units, i, j, head, strong, appositive, objects, joins)
        return Phrase(head, i, j, definite, tuple(objects))

    def _indefinite(self, units: Units, i: int, appositive: bool) -> int:
        """Pass over the bare nouns of an indefinite office in apposition: مساعد مدرب."""
        j = i
        if i < len(units) and self.head(units, i) and units[i].bare() and not units[i].definite:
            i += 1
        while j < len(units) and j < i + 3:
            unit = units[j]
            if unit.kind != "word" or not unit.bare() or unit.definite or self.is_stop(unit):
                break
            j += 1
        return j if appositive and self.tight(units, j) else i

    def tight(self, units: Units, i: int) -> bool:
        """Whether the phrase before ``i`` can only end there: comma, bracket, name, end."""
        if i >= len(units):
            return True
        unit = units[i]
        if unit.kind == "punct":
            return not unit.is_quote
        if lexical(unit.whole) in self.words.complementisers:
            return True
        return self.person_after(units, i) is not None or self.head(units, i) is not None

    def _complements(
        self, units: Units, first: int, i: int, head: Head, strong: bool, appositive: bool,
        objects: list[tuple[int, str]], joins: bool,
    ) -> int:  # fmt: skip
        """Pass over the phrases with a preposition, and what و joins, that belong to the office."""
        local = lexical(head.title.lemma) in self.words.local_heads or any(
            u.base.removesuffix(FEMININE) in self.words.local_adjectives
            for u in units[first + 1 : i]
        )
        sure = i
        while i < len(units):
            unit = units[i]
            if unit.base in _COMMAS and unit.kind == "punct":
                end = self._after_comma(units, i)
                if not end:
                    break
                i = sure = end
                continue
            if unit.is_quote:
                end = self.quoted(units, i)
                if not end or units[i + 1].kind not in _QUOTED or not self.tight(units, end):
                    break
                i = sure = end
                continue
            if unit.conjunction:
                end = self._coordinated(units, first, i, head, appositive, joins)
                if not end:
                    break
                objects.append((i, WAW))
                i = sure = end
                continue
            plain = unit.base.removesuffix(FEMININE)
            if plain in self.words.governing and unit.bare() and not unit.definite:
                end = self._governed(units, i + 1, 1)  # كاتب الدولة مكلف بأملاك الدولة، فلان
                if end == i + 1 or not self.person_after(units, end):
                    break
                i = sure = end
                continue
            preposition, begin = self.preposition(units, i)
            if not preposition:
                break
            end = self._object(units, begin)
            if not end:
                break
            takes = preposition in head.title.takes
            if preposition == _LAM:
                fits = self._takes_lam(units, begin, end, head, strong)
            elif preposition in (_BA, _FI) or takes:
                near = takes and (local or preposition not in (_BA, _FI))
                near = near or (takes and appositive and units[begin].kind == "ORG")
                fits = near or (self.tight_after(units, end) and (takes or appositive))
                fits = fits or self._before_name(units, end)
                fits = fits or (units[begin].kind == "LOC" and self._before_aside(units, end))
                if preposition in (_BA, _FI, _AN):
                    named = self._before_name(units, end) or self._before_aside(units, end)
                    beside = named or (appositive and self._closed(units, end))
                    fits = fits and (self.is_place(units, begin) or beside)
            else:
                fits = False
            if not fits:
                break
            objects.append((begin, preposition))
            i = sure = end
        return sure

    @staticmethod
    def _goes_on(units: Units, i: int) -> bool:
        """Whether the sentence goes on after the phrase, past a comma or with a name."""
        return i < len(units) and units[i].base != "."

    def _before_name(self, units: Units, i: int) -> bool:
        after = self.person_after(units, i)
        return after is not None and not after[1]

    def _before_aside(self, units: Units, i: int) -> bool:
        """Whether a name stands between commas at ``i``."""
        after = self.person_after(units, i)
        return after is not None and after[1] and self._closed(units, after[0] + 1)

    def tight_after(self, units: Units, i: int) -> bool:
        """Whether the phrase is tight at ``i``, or after one more phrase with a preposition."""
        if self.tight(units, i):
            return True
        preposition, begin = self.preposition(units, i)
        end = self._object(units, begin) if preposition else 0
        return bool(end) and self.tight(units, end)

    def _object(self, units: Units, i: int) -> int:
        """Return the end of the object of a preposition, businesses joined to it included."""
        end = self.noun_phrase(units, i) if i < len(units) else 0
        return self.joined(units, end, self.is_business(units, i)) if end else 0

    def _takes_lam(self, units: Units, i: int, end: int, head: Head, strong: bool) -> bool:
        if self.is_medium(units, i):
            return lexical(head.title.lemma) in self.words.media_heads
        unit = units[i]
        known = (
            unit.kind in ("ORG", "LOC", "MISC")
            or unit.is_quote
            or self.is_business(units, i)
            or unit.base in self.words.bodies
            or (self.head(units, i) is not None and head.title.kind not in ("post", "profession"))
        )
        return known or (self.tight(units, end) and (strong or self._goes_on(units, end)))

    def _coordinated(
        self, units: Units, first: int, i: int, head: Head, appositive: bool, joins: bool
    ) -> int:
        """Return the end of what و joins to the office at ``i``, or 0."""
        unit = units[i]
        if unit.conjunction != WAW or unit.preposition:
            return 0
        if unit.kind == "ORG" and units[i - 1].kind in ("ORG", "word"):
            end = self.adjectives(units, i + 1)
            after = self.person_after(units, end)
            if appositive and self.tight(units, end) and units[i - 1].kind == "ORG":
                return end
            return end if after else 0
        other = self.head(units, i)
        if other:
            doubles = lexical(head.title.lemma) in self.words.doubling and joins
            if not doubles or other.title != head.title or head.title.number == "plural":
                return 0
            phrase = self.phrase(units, i, joins=False)
            if not phrase or not phrase.definite or phrase.end == i + 1:
                return 0
            one_person = appositive and self.tight(units, phrase.end)
            return phrase.end if one_person or self.person_after(units, phrase.end) else 0
        k = i - 1
        while k > first and not units[k].conjunction and not self.is_business(units, k):
            k -= 1
        end = self.joined(units, i, k > first)
        if end == i:
            end = self.joined(units, i, True, any_noun=True)
            if not self._ends_phrase(units, end, appositive):
                return 0
        return end if end > i else 0

    def _ends_phrase(self, units: Units, i: int, appositive: bool, *, body: bool = True) -> bool:
        """Whether an office ends at ``i``, or past a body there: والمهن بوزارة التجارة، فلان."""
        said = i < len(units) and lexical(units[i].whole) in self.words.complementisers
        if self.person_after(units, i) or (appositive and (said or self._closed(units, i))):
            return True
        preposition, begin = self.preposition(units, i) if body and i < len(units) else ("", i)
        end = self._object(units, begin) if preposition and self.is_place(units, begin) else 0
        return bool(end) and self._ends_phrase(units, end, appositive, body=False)

    def _after_comma(self, units: Units, i: int) -> int:
        """Return the end of what goes on after the comma at ``i`` before a name, or 0.

        That is a participle (كاتب الدولة، المكلف بالتعاون، …) or a business (وزير الصناعة، التجارة
        والاقتصاد الرقمي، …).
        """
        if i + 1 >= len(units):
            return 0
        unit = units[i + 1]
        plain = unit.base.removesuffix(FEMININE)
        if not unit.definite or not unit.bare() or unit.kind != "word":
            return 0
        if plain in self.words.governing:
            end = self.adjectives(units, i + 1)
        elif plain in self.businesses and not self.head(units, i + 1):
            end = self.joined(units, self.noun_phrase(units, i + 1), True)
        else:
            return 0
        return end if end > i + 2 and self.person_after(units, end) else 0

    @staticmethod
    def _closed(units: Units, i: int) -> bool:
        return i < len(units) and units[i].kind == "punct" and units[i].base in _PARTING


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Return the reader of offices over the lexicon that ships, made once."""
    return Grammar(offices_lexicon())

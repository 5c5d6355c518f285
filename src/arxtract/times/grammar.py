"""The rules of ``times_rules.yaml``, compiled, and the choice between overlapping matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count
from operator import itemgetter
from typing import Any

import regex
from pydantic import BaseModel, ConfigDict

from arxtract.errors import DataError
from arxtract.resources import lexicon, read_yaml
from arxtract.times.atoms import Atom, classes

_REFERENCE = regex.compile(r"<([a-z0-9_|]+)>")
AHEAD = 3  # atoms by which the rules to try are chosen
_MACRO = regex.compile(r"\{([A-Z]+)\}")


class Rule(BaseModel):
    """One pattern and the builder that reads its matches; without one, they hold no date."""

    model_config = ConfigDict(extra="forbid")
    id: str
    build: str | None = None
    match: str
    examples: list[str] = []


class RuleFile(BaseModel):
    """``times_rules.yaml`` as it stands in the file."""

    model_config = ConfigDict(extra="forbid")
    macros: dict[str, str]
    rules: list[Rule]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to run on a string of atom characters."""

    rule: Rule
    pattern: Any
    groups: dict[str, int]
    """The numbers of its groups by name, in order: look-ups by number are the faster ones."""


class Found:
    """A match of a rule: atoms by group name."""

    __slots__ = ("_captured", "atoms", "compiled", "day_first", "first", "has", "last", "match")

    has: Callable[[str], bool]
    """Say whether a group of this name captured something."""

    def __init__(
        self, compiled: Compiled, atoms: Sequence[Atom], match: Any, day_first: bool
    ) -> None:
        self.compiled = compiled
        self.atoms = atoms
        self.match = match
        self.day_first = day_first
        self.first: int
        self.last: int
        """Index after the last atom."""
        self.first, self.last = match.span()
        self.has = frozenset(compress(compiled.groups, match.groups())).__contains__
        self._captured: dict[str, list[Atom]] = {}

    @property
    def rule(self) -> Rule:
        return self.compiled.rule

    def end(self, group: str) -> int:
        """Return the index after the last atom of ``group``, -1 where it captured nothing."""
        return int(self.match.end(self.compiled.groups[group]))

    def all(self, group: str) -> list[Atom]:
        """Return the atoms of every capture of ``group``, in order."""
        captured = self._captured.get(group)
        if captured is None:
            captured = []
            if self.has(group):
                for start, end in self.match.spans(self.compiled.groups[group]):
                    captured += self.atoms[start:end]
            self._captured[group] = captured
        return captured

    def get(self, group: str, *kinds: str) -> Any:
        """Return the value of the first atom of ``group`` that has one of ``kinds``."""
        if not self.has(group):
            return None
        atoms = self.all(group)
        for kind in kinds:
            for atom in atoms:
                if kind in atom.kinds:
                    return atom.kinds[kind]
        return None

    def before(self, count: int = 1) -> Atom | None:
        place = self.first - count
        return self.atoms[place] if place >= 0 else None

    def after(self, count: int = 1) -> Atom | None:
        place = self.last + count - 1
        return self.atoms[place] if place < len(self.atoms) else None


def _expand(pattern: str, macros: dict[str, str], rule: str) -> str:
    for _ in range(4):
        pattern = _MACRO.sub(lambda m: macros[m[1]], pattern)
    table = classes()

    def characters(match: Any) -> str:
        unknown = [kind for kind in match[1].split("|") if kind not in table]
        if unknown:
            raise DataError(f"times_rules.yaml: rule {rule}: no such kind: {', '.join(unknown)}")
        return "[" + "".join(sorted({c for k in match[1].split("|") for c in table[k]})) + "]"

    expanded = "".join(pattern.split()).replace("(?P<", "(?P\x00")
    return str(_REFERENCE.sub(characters, expanded))


@lru_cache(maxsize=1)
def rules() -> tuple[Compiled, ...]:
    """Read and compile the rules, once a process."""
    file = read_yaml(lexicon("times_rules.yaml"), RuleFile)
    return tuple(_compiled(rule, file.macros) for rule in file.rules)


def _compiled(rule: Rule, macros: dict[str, str]) -> Compiled:
    pattern = regex.compile(_expand(rule.match, macros, rule.id).replace("\x00", "<"))
    return Compiled(rule, pattern, dict(sorted(pattern.groupindex.items(), key=itemgetter(1))))


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Return the characters of the atoms that some rule may begin with."""
    return frozenset(c for c in set().union(*classes().values()) if _beginning(c))


@lru_cache(maxsize=65_536)
def _beginning(chars: str) -> tuple[tuple[int, Any], ...]:
    """Return the rules that may match where ``chars`` stand, with their order.

    A few atoms rule most of the rules out, which saves the time to try them.
    """
    if len(chars) == 1:
        listed = enumerate(compiled.pattern for compiled in rules())
        return tuple((n, pattern) for n, pattern in listed if _may_begin(pattern, chars))
    return tuple(
        (n, pattern)
        for n, pattern in _beginning(chars[:-1])
        if _looks_back(pattern) or pattern.match(chars, partial=True)
    )


def _may_begin(pattern: Any, char: str) -> bool:
    if not _looks_back(pattern):
        return pattern.match(char, partial=True) is not None
    before = sorted(set().union(*classes().values()))
    return any(pattern.match(other + char, pos=1, partial=True) for other in before)


def _looks_back(pattern: Any) -> bool:
    return "(?<=" in pattern.pattern or "(?<!" in pattern.pattern


class Matcher:
    """Runs the rules over the atoms of a text."""

    def __init__(self, atoms: Sequence[Atom], day_first: bool = True) -> None:
        self.atoms = atoms
        self.day_first = day_first
        self.coded = "".join([atom.char for atom in atoms])

    def places(self) -> Iterator[int]:
        """Yield the indices of the atoms that a match may begin with."""
        return compress(count(), map(_openers().__contains__, self.coded))

    def at(self, place: int) -> Iterable[Found]:
        """Return the matches that begin at ``place``, the longest first, then by rule order."""
        coded = self.coded
        found = [
            (-match.end(), order, match)
            for order, pattern in _beginning(coded[place : place + AHEAD])
            if (match := pattern.match(coded, place)) is not None
        ]
        if not found:
            return ()
        found.sort()  # two matches of one rule cannot begin at one place
        return (Found(rules()[order], self.atoms, m, self.day_first) for _, order, m in found)

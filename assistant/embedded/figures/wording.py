"""Finds the names of metrics and of their inputs in what people type, typing errors forgiven."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.embedded.figures.same_words import bag
from knowledge.vault import normal
from tools.metrics import METRICS, Metric

LONGEST_PHRASE = 7
MOST_FORGIVEN = 2
LOOSE = 3
SHORTEST = 3
_TOKEN = re.compile(r"(?<!\w)[^\W\d_]\w*(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)?|\+/-|\N{PLUS-MINUS SIGN}|&")
_FILLERS = frozenset(
    ("our", "the", "my", "your", "their", "its", "unser", "unsere", "der", "die", "das", "den", "dem", "des")
)
_PARTS = re.compile(r"[\d,;\n|?!()]|[.:](?=\s)")
_EACH = re.compile(r"\s+(?:per|a|an|each|je|pro)?\s*(?:unit|piece|item|each|Stück|order|shipment)$", re.I)
_SYMBOL = re.compile(r"(?<![\w.])([A-Za-zα-ωΑ-Ω](?:_?[A-Za-z]{1,4})?\d?)[\u0300-\u036f]?\s*(?:=|:|(?=\s[-$€£\d.]))")

Named = TypeVar("Named")

Input = tuple[str, str]
"""A metric's id and the name of one of its inputs."""


@dataclass(frozen=True)
class Word:
    """A word of a message, folded, with its place; `readings` are what it may be meant for."""

    text: str
    start: int
    end: int
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A phrase found in a message: its place, its number of words, and what it may stand for.

    `rank` says how far down it stands among its input's words, `in_unit` that it is what a number counts, `loose` that
    it is not worded as the registry has it.
    """

    start: int
    end: int
    words: int
    metrics: frozenset[str] = frozenset()
    inputs: frozenset[Input] = frozenset()
    symbol: bool = False
    rank: int = 0
    text: tuple[str, ...] = ()
    in_unit: bool = False
    loose: bool = False


class Wording:
    """The phrases of a registry of metrics."""

    def __init__(self, metrics: Mapping[str, Metric] = METRICS, known: Iterable[str] = ()):
        self._metrics: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._inputs: dict[tuple[str, ...], dict[Input, int]] = defaultdict(dict)
        self._symbols: dict[str, set[Input]] = defaultdict(set)
        for entry in metrics.values():
            for name in (entry.name, *entry.aliases):
                self._metrics[folded(name)].add(entry.id)
            for name, declared in entry.declared.items():
                for rank, words in enumerate((declared.said.label, *declared.said.words)):
                    self._inputs[folded(words)].setdefault((entry.id, name), rank)
                    short = _EACH.sub("", words)
                    if short != words and "/item" in declared.said.unit:
                        self._inputs[folded(short)].setdefault((entry.id, name), rank + 3)
                for symbol in declared.said.symbols:
                    self._symbols[symbol].add((entry.id, name))
        for phrases in (self._metrics, self._inputs):
            phrases.pop((), None)
        self._loose = _loose(self._inputs)
        self._loose_metrics = _loose({phrase: dict.fromkeys(ids, 0) for phrase, ids in self._metrics.items()})
        spoken = {word for phrases in (self._metrics, self._inputs) for phrase in phrases for word in phrase}
        self._known = spoken | {_stem(normal(word)) for word in known}
        self._spoken = sorted(word for word in spoken if len(word) > 3)
        self._readings = lru_cache(maxsize=4096)(self._likely)

    def find(self, text: str) -> list[Said]:
        """Return every phrase in a text, those within longer ones too, in the order in which they stand."""
        words = list(self.words(text))
        found = []
        for first in range(len(words)):
            for size in range(1, min(LONGEST_PHRASE, len(words) - first) + 1):
                if size > 1 and _PARTS.search(text, words[first + size - 2].end, words[first + size - 1].start):
                    break
                said = self._phrase(words[first : first + size])
                if said:
                    found.append(said)
        found = [said for said in found if not (said.loose and said.metrics and _holds_a_name(said, found))]
        return sorted([*found, *self._letters(text)], key=lambda said: (said.start, -said.end))

    def _phrase(self, words: list[Word]) -> Said | None:
        place = (words[0].start, words[-1].end, len(words))
        for reading in _readings(words):
            metrics = self._metrics.get(reading, set())
            inputs = self._inputs.get(reading, {})
            if metrics or inputs:
                return Said(
                    *place, frozenset(metrics), frozenset(inputs), rank=min(inputs.values(), default=0), text=reading
                )
        meant = bag([word.readings[-1] for word in words])
        named, meanings = self._loose_metrics.get(meant, {}), self._loose.get(meant, {})
        if meant and (named or meanings):
            rank = min(meanings.values(), default=0) + LOOSE
            return Said(*place, frozenset(named), frozenset(meanings), rank=rank, text=meant, loose=True)
        return None

    def _letters(self, text: str) -> Iterator[Said]:
        """Yield letters that textbooks use, where a number follows them."""
        for match in _SYMBOL.finditer(text):
            inputs = self._symbols.get(match[1])
            if inputs:
                yield Said(match.start(1), match.end(1), 1, inputs=frozenset(inputs), symbol=True)

    def words(self, text: str) -> Iterator[Word]:
        """Yield the words of a text with what each may be meant for."""
        for match in _TOKEN.finditer(text):
            for piece in normal(match[0]).split() or [match[0]]:
                if piece in _FILLERS:
                    continue
                stem = _stem(piece)
                yield Word(stem, match.start(), match.end(), self._readings(stem))

    def _likely(self, word: str) -> tuple[str, ...]:
        """Return what a word may be meant for: itself if it is known, otherwise the nearest words of the registry."""
        if word in self._known or len(word) < SHORTEST or not word.isalpha():
            return (word,)
        limit = 2 if len(word) > 7 else 1
        near = process.extract(word, self._spoken, scorer=OSA.distance, score_cutoff=limit, limit=6)
        close = sorted((distance, -len(other), other) for other, distance, _ in near if other[0] == word[0])
        return (word, *(other for distance, _, other in close if distance == close[0][0]))[: MOST_FORGIVEN + 1]


def _holds_a_name(said: Said, found: Iterable[Said]) -> bool:
    """Say whether a name of a metric stands as such within a phrase."""
    return any(
        other.metrics and not other.loose and said.start <= other.start and other.end <= said.end for other in found
    )


def _loose(phrases: Mapping[tuple[str, ...], Mapping[Named, int]]) -> dict[tuple[str, ...], dict[Named, int]]:
    """Return phrases by what they mean whatever the order of their words."""
    found: dict[tuple[str, ...], dict[Named, int]] = defaultdict(dict)
    for phrase, inputs in phrases.items():
        meant = bag(phrase)
        for name, rank in inputs.items() if meant else ():
            found[meant][name] = min(rank, found[meant].get(name, rank))
    return dict(found)


def folded(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase, folded and without plurals."""
    pieces = (piece for match in _TOKEN.finditer(phrase) for piece in normal(match[0]).split() or [match[0]])
    return tuple(_stem(piece) for piece in pieces if piece not in _FILLERS)


def _stem(word: str) -> str:
    """Fold the plural: turns, turn; not "cos" or "less"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _readings(words: list[Word]) -> Iterator[tuple[str, ...]]:
    """Yield the words as they stand, then with one of them read as what it may be meant for."""
    plain = tuple(word.text for word in words)
    yield plain
    best = tuple(word.readings[1] if len(word.readings) > 1 else word.text for word in words)
    if best != plain:
        yield best
        for place, word in enumerate(words):
            for other in word.readings[1:]:
                yield (*best[:place], other, *best[place + 1 :])

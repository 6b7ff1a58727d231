"""How strongly a question points to each note: names in it, words shared with it, nearness of meaning."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.embedding import Vectors
from knowledge.index import Index
from knowledge.names import Mention, Names
from knowledge.passages import Match

if TYPE_CHECKING:
    from knowledge.library import Library

POOL = 100
LEARNED_FLOOR = 0.02
LEAST_PROBABILITY = 1e-3
LEAST_SPECIFIC = 0.2
COMMON = frozenset(Path(__file__).with_name("common_words.txt").read_text("utf-8").split())


@dataclass
class Signals:
    """What speaks for one note; each figure lies between 0 and about 1.

    `name`: how much of the question its names cover; `named`: whether one of them stands there, and how much it says;
    `near`: cosine of its nearest passage; `nears`: mean of its three nearest; `asked`: cosine of the nearest way of
    asking for it; `words`: BM25 of its best passage against the best of all; `wordsum`: the same over its three best.
    """

    title: str
    name: float = 0.0
    named: float = 0.0
    near: float = 0.0
    nears: float = 0.0
    asked: float = 0.0
    learned: float = 0.0
    words: float = 0.0
    wordsum: float = 0.0
    matches: list[Match] = field(default_factory=list)

    def figures(self) -> tuple[float, ...]:
        """Return the figures in the order of FIGURES."""
        return _FIGURES(self)


FIGURES = ("name", "named", "near", "nears", "asked", "learned", "words", "wordsum")
_FIGURES: Callable[[Signals], tuple[float, ...]] = attrgetter(*FIGURES)


@dataclass(frozen=True)
class Reading:
    """A question with the names found in it and its corrected words."""

    text: str
    corrected: str
    mentions: tuple[Mention, ...]
    vector: Vectors


def read(text: str, names: Names, index: Index) -> Reading:
    """Find the names in a question, put misspelled words right and embed it."""
    corrected = names.correct(text)
    return Reading(text, corrected, tuple(names.find(text)), index.embedder.query(corrected))


def signals(reading: Reading, library: "Library", titles: Sequence[str] = ()) -> dict[str, Signals]:
    """Return the signals of every note that any of them points to, or of the notes named in `titles`."""
    found: dict[str, Signals] = defaultdict(lambda: Signals(""))

    def of(title: str) -> Signals:
        found[title].title = title
        return found[title]

    _count_names(reading, library.names, of)
    nearest: dict[str, list[float]] = defaultdict(list)
    for match in library.index.nearest(reading.vector, POOL, titles):
        entry = of(match.passage.title)
        entry.matches.append(match)
        nearest[match.passage.title].append(match.score)
        if match.passage.block < 0:
            entry.asked = max(entry.asked, match.score)
    for title, scores in nearest.items():
        of(title).near = scores[0]
        of(title).nears = (sum(scores[:3]) + scores[-1] * max(0, 3 - len(scores))) / 3
    for title, probability in library.recognizer.probabilities(reading.corrected, reading.vector).items():
        if title in found or probability > LEARNED_FLOOR:
            of(title).learned = 1 + log(probability + LEAST_PROBABILITY) / 7
    shared: dict[str, list[float]] = defaultdict(list)
    for match in library.index.matching(reading.corrected, POOL):
        shared[match.passage.title].append(match.score)
    best = max((scores[0] for scores in shared.values()), default=0.0)
    most = max((sum(scores[:3]) for scores in shared.values()), default=0.0)
    for title, scores in shared.items():
        of(title).words = scores[0] / best
        of(title).wordsum = sum(scores[:3]) / most
    return {
        title: entry
        for title, entry in found.items()
        if title in library.vault.notes and (not titles or title in titles)
    }


def _count_names(reading: Reading, names: Names, of: Callable[[str], Signals]) -> None:
    words = [word for word in _words(reading.corrected) if word not in COMMON]
    for mention in reading.mentions:
        covered = [word for word in _words(reading.text[mention.start : mention.end]) if word not in COMMON]
        share = min(1.0, max(1, len(covered)) / max(1, len(words)))
        specific = LEAST_SPECIFIC + (1 - LEAST_SPECIFIC) * names.specific(mention.name)
        for title in mention.titles:
            entry = of(title)
            entry.named = max(entry.named, min(1.0, 0.4 + 0.3 * mention.words) * specific)
            entry.name = min(1.0, entry.name + share)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()

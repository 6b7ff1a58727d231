"""Reads what people say of demand and supply into the two sides of Lee's framework."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, cast

from assistant.embedded.intents import open_classifier
from assistant.embedded.products.clauses import clauses
from assistant.embedded.products.parting import name_of
from assistant.embedded.products.phrases import Word, find, words_of
from assistant.embedded.sorting.amounts import read_amounts
from assistant.embedded.sorting.levels import AxisWords, Told, read_levels
from assistant.embedded.sorting.numbers import assigned, suppliers
from assistant.embedded.sorting.signs import Heard, hear, supply_signs
from assistant.embedded.sorting.spoken import supply_words
from knowledge.library import Library

KEPT = 256
LONGEST = 4000
LEAST_CERTAINTY = 0.5
LEAST_LEAD = 0.25
CERTAIN = 0.95
COUNTED_WITHIN = 3
LEAST_WORDS = 2
BOTH = "both_"
NO_NAMES = (
    "lee",
    "lee's",
    "uncertainty",
    "us",
    "be",
    "you",
    "chain",
    "strategy",
    "quadrant",
    "matrix",
    "we",
    "customers",
)
SIDES = ("demand", "supply")
_HALVES = re.compile(r"\s+(?:and|und|with|mit|while|yet)\s+", re.IGNORECASE)

_PLUS = re.compile(r"\s[+&]\s")
_ONE_UNCERTAINTY = re.compile(r"\b(?:supply and demand|demand and supply) uncertainty\b", re.IGNORECASE)
_NEITHER = re.compile(
    r"\bneither\s+(?:demand\s+nor\s+supply|supply\s+nor\s+demand)\s+(?:is|are|seems?|looks?)\s+"
    r"(?P<state>\w+(?: to \w+)?)",
    re.IGNORECASE,
)

Level = Literal["low", "high", ""]


@dataclass(frozen=True)
class SpokenSupply:
    """The uncertainty of demand and supply as a message tells it, "" where it does not.

    `facts` are numbers by names of SupplyFacts; `quotes` are the sides, demand or supply, with what says so.
    """

    name: str
    demand: Level = ""
    supply: Level = ""
    quotes: tuple[tuple[str, str], ...] = ()
    facts: dict[str, float] = field(default_factory=dict)


class SupplyReader:
    """Reads the demand and supply uncertainty of messages."""

    def __init__(self, library: Library):
        self._embedder = library.embedder
        self._classifier = open_classifier("supplies", library)
        self._sides = {side.id: side for side in supply_signs().sides}
        self._read = lru_cache(maxsize=KEPT)(self._read_once)

    def read(self, text: str) -> SpokenSupply:
        """Return what a message says of the uncertainty of demand and supply."""
        return self._read(text[:LONGEST])

    def _read_once(self, text: str) -> SpokenSupply:
        text = _ONE_UNCERTAINTY.sub("demand uncertainty and supply uncertainty", _PLUS.sub(" and ", text))
        words, data = words_of(text), supply_words()
        amounts = read_amounts(text, words)
        facts, used = assigned(text, words, amounts, data.inputs)
        count = suppliers(text, words, [one for one in amounts if one not in used], data.suppliers)
        facts |= {"supply_sources": count} if count is not None else {}
        told = _told(text, words)
        levels: dict[str, str] = {side: str(level) for side, (level, _, _) in told.items()}
        quotes = [(side, text[words[first].start : words[last].end]) for side, (_, first, last) in told.items()]
        open_ = [side for side in SIDES if side not in levels]
        if open_:
            numbers = [words[one.first].start for one in used]
            heard = [one for one in self._heard(_pieces(text)) if not _holds(text, one.clause, numbers)]
            heard += _counted(text, words)
            for side in open_:
                heard_level, said = self._level(side, heard)
                levels |= {side: heard_level} if heard_level else {}
                quotes += [(side, quote) for quote in said]
        told_of = {side: cast("Level", levels.get(side, "")) for side in SIDES}
        return SpokenSupply(_name(text), told_of["demand"], told_of["supply"], tuple(quotes), facts)

    def _heard(self, pieces: Sequence[str]) -> list[Heard]:
        if not pieces:
            return []
        found = hear(pieces, self._embedder.vectors(list(pieces)), self._classifier, lambda label: label)
        return [one for one in found if one.certainty >= LEAST_CERTAINTY]

    def _level(self, axis: str, heard: Sequence[Heard]) -> tuple[str, list[str]]:
        """Return the level of a side that most clauses say, the surer the weightier; "" if they say both."""
        sums: dict[str, float] = defaultdict(float)
        quotes: dict[str, list[str]] = defaultdict(list)
        for one in heard:
            side = self._sides.get(one.label)
            says: str = side.says if side and side.axis == axis else ""
            if one.label.startswith(BOTH):
                says = one.label.removeprefix(BOTH)
            if says:
                sums[says] = max(sums[says], one.certainty) + (0.1 if sums[says] else 0.0)
                quotes[says] += [] if any(one.clause in known for known in quotes[says]) else [one.clause]
        if not sums:
            return "", []
        best = max(sums, key=lambda level: sums[level])
        other = sums["high" if best == "low" else "low"]
        return (best, quotes[best]) if sums[best] - other >= LEAST_LEAD else ("", [])


def _holds(text: str, clause: str, places: Sequence[int]) -> bool:
    """Say whether a number that was read as a fact stands in a clause: it says more than its words."""
    start = text.find(clause)
    return start >= 0 and any(start <= place < start + len(clause) for place in places)


def _counted(text: str, words: tuple[Word, ...]) -> list[Heard]:
    """Return what vague counts of sources say: "plenty of mines", "few suppliers"."""
    data = supply_words().suppliers
    found = []
    for label, counts in (("supply_low", data.many), ("supply_high", data.few)):
        for count in find(counts, words):
            nouns = find(data.nouns, words[count.last + 1 : count.last + 1 + COUNTED_WITHIN])
            if nouns:
                end = words[count.last + 1 + nouns[0].last].end
                found.append(Heard(label, text[words[count.first].start : end], CERTAIN))
    return found


def _told(text: str, words: tuple[Word, ...]) -> Told:
    """Return the levels that stand beside the name of a side: "supply uncertainty high", "demand is steady"."""
    data = supply_words()
    neither = _NEITHER.search(text)
    if neither:
        place = [number for number, word in enumerate(words) if neither.start() <= word.start < neither.end()]
        level = "high" if find(data.states.low, words_of(neither["state"])) else "low"
        if find((*data.states.low, *data.states.high), words_of(neither["state"])):
            return dict.fromkeys(SIDES, (level, place[0], place[-1]))
    every = data.levels.model_copy(
        update={"low": (*data.levels.low, *data.states.low), "high": (*data.levels.high, *data.states.high)}
    )
    told = read_levels(text, words, AxisWords(data.uncertainty, every, data.negators, data.both))
    states = read_levels(text, words, AxisWords(data.axes, data.states, data.negators))
    return {side: level for side, level in {**states, **told}.items() if level[0] in ("low", "high")}


def _pieces(text: str) -> list[str]:
    """Return the clauses of a text, and of those joined by "and" each half as well."""
    found: list[str] = []
    for clause in clauses(text):
        halves = [half for half in _HALVES.split(clause) if len(half.split()) >= LEAST_WORDS]
        found += [clause, *(halves if len(halves) > 1 else [])]
    return found


def _name(text: str) -> str:
    """Return how a message calls what it speaks of, "" if only of demand and supply."""
    name = name_of(text)
    data = supply_words()
    axes = [phrase for phrases in (*data.axes.values(), *data.uncertainty.values()) for phrase in phrases]
    words = words_of(name)
    states = (*data.states.low, *data.states.high, *data.levels.low, *data.levels.high, *data.both)
    return "" if find([*axes, *states, *NO_NAMES], words) else name

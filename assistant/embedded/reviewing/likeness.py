"""Which of several texts a message is most like: the options of a question, its levels, the steps and questions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.embedding import Vectors
from knowledge.library import Library
from knowledge.signals import COMMON

SHARED = 0.5
MOST_KNOWN = 2000
_WORD = re.compile(r"[a-z]{3,}")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six")
_PLACE = re.compile(
    rf"\b(?:option|number|no\.?|answer)\s*([1-9]|[a-f])\b|\b({'|'.join(_PLACES)}|last(?!\s+(?:year|month|week)))\b"
    r"|^\W*(?:(?:ok|okay|fine|well|hm+|then|so|rather|i'd say|i would say)\W+)*([1-9]|[a-f])(?:\s+i guess)?\W*$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_PLACES)}|last)\b", re.IGNORECASE)
_CHOSEN = re.compile(
    rf"\b(?:{'|'.join(_PLACES)}|last)(?:\s+(?:one|option|answer|choice))?"
    r"(?:\s+(?:please|i guess|i think|probably|maybe|then|fits|fits best|is right|is it|comes nearest))*\W*$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    rf"\b(?:level|maturity|score|rate (?:it|us)?|rather|say|take|give (?:it|us)|more like"
    rf"|more of|us at|we are at|we're at|are at|make it|put it at|most)\s*"
    rf"(?:level|a|an|of|at|the|it|to)?\s*([0-3]|{'|'.join(_NUMBERS[:4])})\b"
    rf"|^\W*(?:a |an |the )?([0-3]|{'|'.join(_NUMBERS[:4])})"
    rf"(?:\s+(?:fits|is right|i guess|of (?:3|three)|out of (?:3|three)))?\W*$"
    rf"|\b([0-3]) out of (?:3|three)\b|^\W*([0-3])\W*(?:fits|is|,)"
    rf"|\b(?:it is|it's|is|to)\s+(?:a |level )?([0-3])\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Likeliest:
    """The place of the likeliest of several texts, how like it is, and by how much it leads."""

    place: int
    likeness: float
    lead: float


class Likeness:
    """Compares by sentence vectors, and by words that are shared."""

    def __init__(self, library: Library):
        self._library = library
        self._known: dict[str, Vectors] = {}

    def of(self, text: str, others: Sequence[str]) -> Likeliest:
        """Return which of the texts a message is most like; there must be one at least."""
        vector = self._library.embedder.query(text)
        near = np.stack(self._vectors(others)) @ vector
        said = _words(text)
        scores = [float(one) + SHARED * _share(said, other) for one, other in zip(near, others, strict=True)]
        order = np.argsort(scores)[::-1]
        lead = scores[order[0]] - scores[order[1]] if len(scores) > 1 else scores[order[0]]
        return Likeliest(int(order[0]), scores[order[0]], lead)

    def _vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """Return the vectors of texts that come again and again: options, levels, titles of questions."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
                new = list(dict.fromkeys(texts))
            self._known |= dict(zip(new, self._library.embedder.vectors(new), strict=True))
        return [self._known[text] for text in texts]


def placed(text: str, most: int) -> int | None:
    """Return which of `most` listed things a short message points to by its place: "the second", "b"; None if none."""
    found = _PLACE.search(text)
    if found is None or most == 0:
        return None
    said = (found[1] or found[2] or found[3]).casefold()
    place = (
        most
        if said == "last"
        else _PLACES.index(said) + 1
        if said in _PLACES
        else int(said)
        if said.isdigit()
        else ord(said) - 96
    )
    return place - 1 if 1 <= place <= most else None


def told_of(text: str) -> bool:
    """Say whether a message tells something of the first, second or last of things rather than choosing it."""
    return bool(_ORDINAL.search(text)) and not _CHOSEN.search(text)


def level_in(text: str) -> int | None:
    """Return the level of maturity, 0 to 3, that a message names; None if it names none."""
    found = _LEVEL.search(text)
    said = next((one for one in found.groups() if one), "").casefold() if found else ""
    return _NUMBERS.index(said) if said in _NUMBERS else int(said) if said else None


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(text.casefold()) if word not in COMMON)


def _share(said: frozenset[str], other: str) -> float:
    """Return the share of the words of a text that were said."""
    words = _words(other)
    return len(said & words) / len(words) if words else 0.0

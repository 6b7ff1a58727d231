"""Cuts a description into the clauses that each say one thing."""

import re

from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.products.vocabulary import vocabulary

LEAST_WORDS = 2
LEAST_BESIDE = 3
_CUT = re.compile(
    r"[;!?\n|()]+|\.(?!\d)|,(?!\d{3}\b)|\s[-/\N{EN DASH}\N{EM DASH}]+\s|:(?=\s)"
    r"|\s+(?:but|whereas|although|because|though)\s+",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """Return the clauses of a text in order; one word alone goes with what stands before it."""
    return [text[start:end] for start, end in _places(text)]


def places_of_parts(text: str) -> list[tuple[int, int]]:
    """Return where each clause begins and ends; what is said to stand beside another part is a clause of its own."""
    return [part for start, end in _places(text) for part in _beside(text, start, end)]


def _places(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        if len(text[start:end].split()) < LEAST_WORDS and found:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _pieces(text: str) -> list[tuple[int, int]]:
    ends = [(cut.start(), cut.end()) for cut in _CUT.finditer(text)]
    starts = [0, *(after for _, after in ends)]
    found = []
    for start, end in zip(starts, [*(before for before, _ in ends), len(text)], strict=True):
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
    return found


def _beside(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part a clause before words such as "plus" and "alongside" that bring in another part of a line."""
    words = words_of(text[start:end])
    for beside in find(vocabulary().beside, words):
        cut = start + words[beside.first].start
        if beside.first >= LEAST_BESIDE and len(words) - beside.last > LEAST_BESIDE:
            return [(start, start + len(text[start:cut].rstrip())), *_beside(text, cut, end)]
    return [(start, end)]

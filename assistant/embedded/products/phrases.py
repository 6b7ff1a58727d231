"""Finds phrases of a vocabulary among the words of a text, folded, without regard to case."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][A-Za-z]+)*|\d+(?:[.,]\d+)*|%")


@dataclass(frozen=True)
class Word:
    """A word with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A phrase and the first and last word of it."""

    phrase: str
    first: int
    last: int


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, folded."""
    return tuple(Word(_folded(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))


def _folded(word: str) -> str:
    return word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def find(phrases: Iterable[str], words: tuple[Word, ...]) -> list[Found]:
    """Return where phrases stand, the longest at each place."""
    known = _table(phrases if isinstance(phrases, tuple) else tuple(phrases))
    found, place = [], 0
    while place < len(words):
        for size, start, phrase in known.get(words[place].text, ()):
            if place + size <= len(words) and all(words[place + at].text == word for at, word in enumerate(start, 1)):
                found.append(Found(phrase, place, place + size - 1))
                place += size - 1
                break
        place += 1
    return found


@lru_cache(maxsize=256)
def _table(phrases: tuple[str, ...]) -> dict[str, list[tuple[int, tuple[str, ...], str]]]:
    """Return phrases by their first word, the longest first: size, the words after the first, and the phrase."""
    known: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
    for phrase in dict.fromkeys(phrases):
        words = [_folded(word) for word in _WORD.findall(phrase)]
        known.setdefault(words[0], []).append((len(words), tuple(words[1:]), phrase))
    for starts in known.values():
        starts.sort(key=lambda start: -start[0])
    return known

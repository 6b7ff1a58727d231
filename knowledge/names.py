"""Titles and aliases found in a text, typing errors forgiven."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.vault import AmbiguousName, Vault, normal

LONGEST_NAME = 8
MOST_OPTIONS = 3
SHORT = 4
ALIKE = 0.78
_JOINS = frozenset({"and", "or", "vs", "versus", "from", "to", "than", "with"})
_ARTICLES = frozenset({"a", "an", "the"})
_TOKEN = re.compile(r"&|\w+(?:['\N{RIGHT SINGLE QUOTATION MARK}]\w+)?")


@dataclass(frozen=True)
class Mention:
    """A name in a text: the concept it stands for, where it stands, and how much of a name it is.

    `titles` holds one title, several where the name is ambiguous, or none where no note covers it (`uncovered`);
    `words` is the number of words of the name.
    """

    name: str
    titles: tuple[str, ...]
    start: int
    end: int
    words: int
    corrected: bool = False
    ambiguous: AmbiguousName | None = None
    uncovered: bool = False


@dataclass(frozen=True)
class _Word:
    """A word of a text, what it is likely meant for, and what it may be meant for beside others of a name."""

    text: str
    start: int
    end: int
    options: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()

    @property
    def corrected(self) -> bool:
        """Whether the word was misspelled."""
        return bool(self.options)

    @property
    def readings(self) -> tuple[str, ...]:
        """What the word may be: itself, or what it is likely to be meant for."""
        return self.options or (self.text, *self.guesses)


class Names:
    """Finds the vault's names in what people type."""

    def __init__(self, vault: Vault, vocabulary: Mapping[str, int] | None = None):
        self._vault = vault
        self._names: dict[str, str] = {}
        for name, title in vault.names.items():
            for form in _forms(name):
                self._names.setdefault(form, title)
        for name, title in vault.names.items():
            if " " in name:
                self._names.setdefault(name.replace(" ", ""), title)
        self._uncovered = {form: term for name, term in vault.uncovered.items() for form in _forms(name)}
        words = {word for name in [*self._names, *vault.ambiguous, *self._uncovered] for word in name.split()}
        self._counts = vocabulary or {}
        self._known = words | {normal(word) for word in self._counts}
        self._name_words = _by_letter(words)
        self._vault_words = _by_letter(self._known)
        self._by_size: dict[tuple[int, str], list[str]] = defaultdict(list)
        for name in self._names:
            self._by_size[name.count(" ") + 1, name[0]].append(name)
        self._options = lru_cache(maxsize=4096)(self._likely)
        self._guesses = lru_cache(maxsize=4096)(self._possible)
        self._first_words = {name.partition(" ")[0] for name in [*self._names, *self._uncovered, *vault.ambiguous]}
        self._texts = [note.source.casefold() for note in vault.notes.values()]
        self._specific = lru_cache(maxsize=1024)(self._rarity)
        self._found = lru_cache(maxsize=256)(self._find)
        self._cut = lru_cache(maxsize=256)(lambda text: tuple(self._words(text)))
        self._pieces = lru_cache(maxsize=4096)(lambda token: tuple(normal(token).split()))

    def find(self, text: str) -> list[Mention]:
        """Return the names in a text, the longest first where they overlap, in the order in which they stand."""
        return list(self._found(text))

    def _find(self, text: str) -> tuple[Mention, ...]:
        words = list(self._cut(text))
        taken = [False] * len(words)
        context = {word.text for word in words}
        begins = [self._may_begin(word) for word in words]
        found: list[Mention] = []
        for size in range(min(LONGEST_NAME, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                if not begins[first] or any(taken[first : first + size]):
                    continue
                mention = self._mention(words[first : first + size], context)
                if mention:
                    found.append(mention)
                    taken[first : first + size] = [True] * size
        found += self._elliptic(words, found)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _elliptic(self, words: list[_Word], found: list[Mention]) -> Iterator[Mention]:
        """Yield names whose last word is said only once: the first of 'functional and innovative products'."""
        for mention in found:
            place = next(i for i, word in enumerate(words) if word.start == mention.start)
            before = [word for word in words[:place] if word.text not in _ARTICLES]
            if mention.words < 2 or len(before) < 2 or before[-1].text not in _JOINS:
                continue
            part = before[-2]
            if any(m.start <= part.start < m.end for m in found):
                continue
            for rest in (mention.name.partition(" ")[2], mention.name.rpartition(" ")[2]):
                form = next((form for form in _forms(f"{part.text} {rest}") if form in self._names), None)
                if form:
                    yield Mention(form, (self._names[form],), part.start, part.end, 2, part.corrected)
                    break

    def specific(self, name: str) -> float:
        """Return how much a name says: near 0 where nearly every note speaks of it, 1 where only one does."""
        return self._specific(name)

    def _rarity(self, name: str) -> float:
        held = sum(name in text for text in self._texts)
        return float(1 - np.log(max(1, held)) / np.log(max(2, len(self._texts))))

    def correct(self, text: str) -> str:
        """Return the text with misspelled words of the field put right, all else as it was."""
        pieces, last = [], 0
        words = self._cut(text)
        guessed = self._guessed(text) if any(word.guesses for word in words) else {}
        for word in words:
            if word.corrected or word.start in guessed:
                pieces += [text[last : word.start], guessed.get(word.start, word.text)]
                last = word.end
        return "".join([*pieces, text[last:]])

    def _guessed(self, text: str) -> dict[int, str]:
        """Return what words were meant for that make up a name with those beside them, by where they start."""
        found: dict[int, str] = {}
        for mention in self._found(text):
            inside = [word for word in self._cut(text) if mention.start <= word.start < mention.end]
            meant = mention.name.split()
            if len(inside) == len(meant):
                found |= {word.start: one for word, one in zip(inside, meant, strict=True) if one in word.guesses}
        return found

    def _words(self, text: str) -> Iterator[_Word]:
        for match in _TOKEN.finditer(text):
            for piece in self._pieces(match[0]):
                options = self._options(piece)
                guesses = () if options else self._guesses(piece)
                yield _Word(options[0] if options else piece, match.start(), match.end(), options, guesses)

    def _likely(self, word: str) -> tuple[str, ...]:
        """Return what an unknown word may be a misspelling of, the likeliest first; nothing for one that is known."""
        if len(word) < 4 or not word.isalpha() or self._knows(word):
            return ()
        # Of four letters, one may have been left out ("stok"): other changes make one common word of another.
        longer = len(word) == 4
        limit = 2 if len(word) > 7 else 1
        for words in (self._name_words,) if longer else (self._name_words, self._vault_words):
            choices = [w for w in words[word[0]] if (len(w) == 5 if longer else abs(len(w) - len(word)) <= limit)]
            near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=limit, limit=8)
            found = [(distance, -self._counts.get(other, 0), other) for other, distance, _ in near]
            if found:
                return tuple(other for distance, _, other in sorted(found) if distance == min(found)[0])[:MOST_OPTIONS]
        return ()

    def _possible(self, word: str) -> tuple[str, ...]:
        """Return the words of names that an unknown one of four letters may be a slip of: "leed", "tiem".

        One common word is often a slip away from another, so they count only beside the other words of a name.
        """
        if len(word) != SHORT or not word.isalpha() or self._knows(word):
            return ()
        choices = [other for other in self._name_words[word[0]] if len(other) == SHORT]
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=MOST_OPTIONS)
        return tuple(other for other, _, _ in near)

    def _knows(self, word: str) -> bool:
        return word in self._known or word in self._names or (word.endswith("s") and word[:-1] in self._known)

    def _mention(self, part: list[_Word], context: set[str]) -> Mention | None:
        name = " ".join(word.text for word in part)
        place = (part[0].start, part[-1].end, len(part), any(word.corrected for word in part))
        entry = self._vault.ambiguous.get(name)
        if entry is not None:
            settled = [m for m in entry.meanings if context & set(m.words)]
            meanings = settled if len(settled) == 1 else list(entry.meanings)
            titles = tuple(m.note for m in meanings if m.note and m.note in self._vault.notes)
            if len(settled) == 1:
                return Mention(name, titles, *place) if titles else None
            return Mention(name, titles, *place, ambiguous=entry)
        readings = (word.readings if len(part) > 1 else word.options or (word.text,) for word in part)
        for reading in product(*readings):
            name = " ".join(reading)
            for form in _forms(name):
                if form in self._names:
                    guessed = any(one in word.guesses for one, word in zip(reading, part, strict=True))
                    return Mention(name, (self._names[form],), *place[:3], corrected=place[3] or guessed)
            if name in self._uncovered:
                return Mention(self._uncovered[name], (), *place, uncovered=True)
        return self._alike(name, len(part), place) if any(self._strange(word) for word in part) else None

    def _may_begin(self, word: _Word) -> bool:
        """Say whether a name can begin with a word: most words of a message cannot be the first of any."""
        return any(reading in self._first_words for reading in word.readings) or self._strange(word)

    def _strange(self, word: _Word) -> bool:
        return len(word.text) > 4 and (word.corrected or not self._knows(word.text))

    def _alike(self, name: str, size: int, place: tuple[int, int, int, bool]) -> Mention | None:
        """Return the name of several words that a badly misspelled one is most like."""
        if size < 2:
            return None
        best = process.extractOne(
            name, self._by_size[size, name[0]], scorer=OSA.normalized_similarity, score_cutoff=ALIKE
        )
        if best is None or any(a[0] != b[0] for a, b in zip(best[0].split(), name.split(), strict=True)):
            return None
        return Mention(best[0], (self._names[best[0]],), *place[:3], corrected=True)


def _by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """Return words of some length by their first letter: misspelled words mostly keep it."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) > 3:
            found[word[0]].append(word)
    return found


def _forms(name: str) -> Iterator[str]:
    """Yield a name as it is and with its last word in the other number."""
    yield name
    head, _, last = name.rpartition(" ")
    lead = f"{head} " if head else ""
    if last.endswith("ies") and len(last) > 4:
        yield f"{lead}{last[:-3]}y"
    elif last.endswith("s") and not last.endswith("ss") and len(last) > 3:
        yield lead + last[:-1]
    elif last.endswith("y") and len(last) > 3 and last[-2] not in "aeiou":
        yield f"{lead}{last[:-1]}ies"
    elif len(last) > 2:
        yield f"{lead}{last}s"

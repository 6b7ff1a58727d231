"""Titles and aliases found in a text, typing errors forgiven."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.vault import AmbiguousName, Vault, normal

LONGEST_NAME = 8
_JOINS = frozenset({"and", "or", "vs", "versus", "from", "to", "than", "with"})
_TOKEN = re.compile(r"\w+(?:['\N{RIGHT SINGLE QUOTATION MARK}]\w+)?")


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
    text: str
    start: int
    end: int
    corrected: bool


class Names:
    """Finds the vault's names in what people type."""

    def __init__(self, vault: Vault, vocabulary: Iterable[str] = ()):
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
        self._name_words = sorted(word for word in words if len(word) > 3)
        self._known = words | {normal(word) for word in vocabulary}
        self._vault_words = sorted(word for word in self._known if len(word) > 3)

    def find(self, text: str) -> list[Mention]:
        """Return the names in a text, the longest first where they overlap, in the order in which they stand."""
        words = list(self._words(text))
        taken = [False] * len(words)
        found: list[Mention] = []
        for size in range(min(LONGEST_NAME, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                part = words[first : first + size]
                if any(taken[first : first + size]):
                    continue
                mention = self._mention(part, {word.text for word in words})
                if mention:
                    found.append(mention)
                    taken[first : first + size] = [True] * size
        found += self._elliptic(words, found)
        return sorted(found, key=lambda mention: mention.start)

    def _elliptic(self, words: list[_Word], found: list[Mention]) -> Iterator[Mention]:
        """Yield names whose last word is said only once: the first of 'functional and innovative products'."""
        for mention in found:
            place = next(i for i, word in enumerate(words) if word.start == mention.start)
            last = mention.name.rpartition(" ")[2]
            if mention.words < 2 or place < 2 or words[place - 1].text not in _JOINS:
                continue
            part = words[place - 2]
            for form in _forms(f"{part.text} {last}"):
                if form in self._names and not any(m.start <= part.start < m.end for m in found):
                    yield Mention(form, (self._names[form],), part.start, part.end, 2, part.corrected)
                    break

    def correct(self, text: str) -> str:
        """Return the text with misspelled words of the field put right, all else as it was."""
        pieces, last = [], 0
        for word in self._words(text):
            if word.corrected:
                pieces += [text[last : word.start], word.text]
                last = word.end
        return "".join([*pieces, text[last:]])

    def _words(self, text: str) -> Iterator[_Word]:
        for match in _TOKEN.finditer(text):
            for piece in normal(match[0]).split() or []:
                fixed = self._fixed(piece)
                yield _Word(fixed, match.start(), match.end(), fixed != piece)

    def _fixed(self, word: str) -> str:
        if len(word) < 5 or not word.isalpha() or word in self._known or word in self._names:
            return word
        if word.endswith("s") and word[:-1] in self._known:
            return word
        limit = 2 if len(word) > 7 else 1
        for choices in (self._name_words, self._vault_words):
            best = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=limit)
            if best and best[0][0] == word[0]:
                return best[0]
        return word

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
        for form in _forms(name):
            if form in self._names:
                return Mention(name, (self._names[form],), *place)
        if name in self._uncovered:
            return Mention(self._uncovered[name], (), *place, uncovered=True)
        return None


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

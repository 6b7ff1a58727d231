"""What 'Compared with' says of two concepts, cut in two halves: one about each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.learning.making.field import Field
from assistant.learning.wording import lower_first, names_of, upper_first
from knowledge.note import Note

_CONTRAST = re.compile(r", (?:while|whereas|but) |; ")
_ARTICLE = re.compile(r"\b(?:an?|the)\s+$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_LEANS = re.compile(
    r"\b(?:it|its|their|them|they|also|other|one of|that of|those of|the same|both|either)\b", re.IGNORECASE
)
FEWEST_WORDS = 4
FEWEST_ALONE = 6


@dataclass(frozen=True)
class Pair:
    """A comparison: the first half is about `first`, the second about `second`, each named only there."""

    note: Note
    first: str
    second: str
    text: str
    halves: tuple[str, str]
    spans: tuple[tuple[int, int], tuple[int, int]]

    def swapped(self) -> str:
        """Return the comparison with the two names exchanged, each with its article."""
        (a, b), (c, d) = self.spans
        one, other = self.text[a:b], self.text[c:d]
        begins = not a
        put_first = upper_first(other) if begins else other
        put_second = lower_first(one) if begins and not self._proper(one) else one
        return self.text[:a] + put_first + self.text[b:c] + put_second + self.text[d:]

    @staticmethod
    def _proper(name: str) -> bool:
        return len(name) > 1 and name[1].isupper()

    def stands_alone(self, half: int) -> bool:
        """Whether one half says enough to be recognized without the other."""
        rest = self.halves[half][self.spans[half][1] - self.spans[half][0] :]
        return len(rest.split()) >= FEWEST_ALONE and not _LEANS.search(rest)

    def blanked(self, half: int, blank: str) -> str:
        """Return one half as a sentence, a blank in place of its concept's name."""
        begin = self.text.index(self.halves[half])
        a, b = self.spans[half]
        text = self.text[begin : begin + len(self.halves[half])]
        text = text[: a - begin] + blank + text[b - begin :]
        return upper_first(text.strip().rstrip(".;,")) + "."


def pairs_of(field: Field, note: Note) -> Iterator[Pair]:
    """Yield the comparisons of a note that have a half for each side."""
    for title, text in note.comparisons.items():
        other = field.vault.notes.get(title)
        found = other and _pair(field, note, other, text)
        if found:
            yield found


def _pair(field: Field, note: Note, other: Note, text: str) -> Pair | None:
    cuts = list(_CONTRAST.finditer(text))
    if len(cuts) != 1 or "(" in text:
        return None
    parts = (text[: cuts[0].start()], text[cuts[0].end() :])
    for order in ((note, other), (other, note)):
        found = [list(_spans(field, one, text)) for one in order]
        if any(len(spans) != 1 for spans in found):
            continue
        (first,), (second,) = found
        if first[0] == 0 and second[0] == cuts[0].end():
            plurals = [_plural(text[a:b], one) for (a, b), one in zip((first, second), order, strict=True)]
            if plurals[0] == plurals[1] and _long(parts):
                spans = (first, second)
                return Pair(note, order[0].title, order[1].title, text, parts, spans)
    return None


def _spans(field: Field, note: Note, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a concept is named, with the article before it."""
    for found in field.pattern(note).finditer(text):
        article = _ARTICLE.search(text, 0, found.start())
        yield (article.start() if article else found.start(), found.end())


def _plural(words: str, note: Note) -> bool:
    bare = _LEADING.sub("", words).casefold()
    return bare.endswith("s") and not any(name.casefold() == bare for name in names_of(note))


def _long(parts: tuple[str, str]) -> bool:
    return all(len(part.split()) >= FEWEST_WORDS for part in parts)

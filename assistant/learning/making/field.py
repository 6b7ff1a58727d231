"""The notes as material for questions: what is near a concept, what answers and mistakes there are beside its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Citation
from assistant.learning.question import cited
from assistant.learning.wording import Form, claim_of, form_of, likeness, names_of, pattern_of, words
from knowledge.note import Note, Question
from knowledge.vault import Vault, normal

SUPPORT_LIKENESS = 0.45
_NO_SUPPORT = ("Check yourself", "Compared with")


@dataclass(frozen=True)
class Said:
    """A right answer or a mistaken one of a note's 'Check yourself'; `wanted` is the form of the right one."""

    note: Note
    asked: Question
    text: str
    form: Form
    wanted: Form
    is_right: bool
    about: frozenset[str]
    text_words: frozenset[str]
    names_itself: bool


class Field:
    """All notes of a vault, with what was found out about them once."""

    def __init__(self, vault: Vault):
        self.vault = vault
        self._near: dict[str, list[str]] = {}
        self._blocks: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    @cached_property
    def said(self) -> list[Said]:
        """Every answer and every mistaken answer of all notes."""
        return [one for note in self.vault.notes.values() for one in self._said(note)]

    @cached_property
    def definitions(self) -> dict[str, frozenset[str]]:
        """The telling words of each definition."""
        return {title: words(note.definition) for title, note in self.vault.notes.items()}

    @cached_property
    def linked(self) -> dict[str, set[str]]:
        """Which concepts a concept links to, or is linked from."""
        found: dict[str, set[str]] = {title: set() for title in self.vault.notes}
        for title, note in self.vault.notes.items():
            for other in note.links:
                if other in found:
                    found[title].add(other)
                    found[other].add(title)
        return found

    def near(self, title: str) -> list[str]:
        """Return concepts from which this one has to be told apart, the most alike first.

        Those whose name holds this one's, or is held by it, are left out: they would be right in part.
        """
        if title not in self._near:
            note, own = self.vault.notes[title], self.definitions[title]
            compared = set(note.comparisons)

            def rank(other: Note) -> float:
                alike = likeness(own, self.definitions[other.title])
                beside = 0.15 * (other.title in self.linked[title]) + 0.1 * (other.front.area == note.front.area)
                return alike + beside + 0.25 * (other.title in compared or title in other.comparisons)

            others = [other for other in self.vault.notes.values() if not _holds(note, other)]
            self._near[title] = [other.title for other in sorted(others, key=rank, reverse=True)[:24]]
        return self._near[title]

    def cite(self, note: Note, heading: str, quote: str, number: int) -> Citation:
        """Return the citation of a passage."""
        return cited(self.vault, note, heading, quote, number)

    def support(self, note: Note, text: str, number: int = 2) -> list[Citation]:
        """Return the passage of a note that says most of a text, where one does."""
        wanted = words(text)
        best, passage = SUPPORT_LIKENESS, ("", "")
        for heading, block, said in self._passages(note):
            share = len(wanted & said) / max(4, len(wanted))
            if share > best:
                best, passage = share, (heading, block)
        return [self.cite(note, passage[0], passage[1].removeprefix("- "), number)] if passage[0] else []

    def _passages(self, note: Note) -> list[tuple[str, str, frozenset[str]]]:
        if note.title not in self._blocks:
            self._blocks[note.title] = [
                (heading, block, words(block))
                for heading, section in note.sections.items()
                for block in (section.blocks if heading not in _NO_SUPPORT else ())
                if not block.startswith("$$")
            ]
        return self._blocks[note.title]

    def names(self, text: str, note: Note) -> bool:
        """Whether a text names a concept."""
        return bool(self.pattern(note).search(text))

    def _said(self, note: Note) -> Iterator[Said]:
        for asked in note.questions:
            about = words(asked.question)
            wanted = form_of(asked.question, asked.answer)
            texts = [(asked.answer, True), *((claim_of(one)[0], False) for one in asked.mistaken)]
            for text, is_right in texts:
                form = form_of(asked.question if is_right else "", text)
                names_itself = self.names(text, note)
                yield Said(note, asked, text, form, wanted, is_right, about, words(text), names_itself)

    def pattern(self, note: Note) -> re.Pattern[str]:
        """Return what finds every form of a concept's names."""
        found = self._patterns.get(note.title)
        if found is None:
            found = self._patterns[note.title] = pattern_of(names_of(note))
        return found


def _holds(one: Note, other: Note) -> bool:
    first, second = f" {normal(one.title)} ", f" {normal(other.title)} "
    return first in second or second in first

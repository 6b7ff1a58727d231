"""What belongs to one turn: who asks, and the numbers by which sections are cited in it."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from knowledge.retriever import NoteSearch, SectionFound
from tools.risk.store import Actor

_numbering = threading.Lock()


class NumberedSection(SectionFound):
    """A section with the number by which it is cited in this turn."""

    number: int


@dataclass
class TurnContext:
    """What belongs to one turn only: sections' numbers, how often the model was called, whose reviews may be read."""

    numbers: dict[str, int] = field(default_factory=dict)
    model_calls: int = 0
    actor: Actor | None = None

    def number(self, locator: str) -> int:
        """Return the number of a section, the same one whenever it is found again."""
        with _numbering:
            return self.numbers.setdefault(locator, len(self.numbers) + 1)

    def numbered(self, sections: Iterable[SectionFound]) -> list[dict[str, Any]]:
        """Return sections with their numbers, as JSON."""
        return [
            NumberedSection(number=self.number(section.locator), **section.model_dump()).model_dump()
            for section in sections
        ]


def note_section(title: str, heading: str, search: NoteSearch) -> list[SectionFound]:
    """Return a section of a note, its definition if it has no such section; nothing if there is no such note."""
    note = search.library.vault.note(title)
    if note is None:
        return []
    heading = heading if heading in note.sections else "Definition"
    return [
        SectionFound(
            title=note.title,
            section=heading,
            text="\n\n".join(note.sections[heading].blocks),
            focus=[0],
            nears=[1.0],
            score=1.0,
            locator=note.locator(heading, search.library.vault.root),
        )
    ]

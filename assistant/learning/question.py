"""A question as it is kept with its answer, and the draft from which it is drawn anew each time."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Citation
from assistant.learning.models import Kind
from knowledge.note import Note
from knowledge.vault import Vault, normal

LONGEST_QUOTE = 600


class Question(BaseModel):
    """A question with everything that marking needs.

    `answer` is the right option word for word, "True" or "False", the number as it is shown, or a model answer;
    `value` and `within` are for numbers, in `unit`; a `percent` is kept as 95, not 0.95. `why` says of wrong options
    what is wrong with them.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    kind: Kind
    concept: str
    area: str
    text: str
    options: list[str] = Field(default_factory=list)
    answer: str
    value: float | None = None
    within: float = 0.0
    unit: str = ""
    explanation: str
    why: dict[str, str] = Field(default_factory=dict)
    citations: list[Citation] = Field(default_factory=list)
    steps: list[str] = Field(default_factory=list)
    hints: list[str] = Field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """A question that can be asked: what identifies it, and how it is made; None where this draw gives none."""

    key: str
    kind: Kind
    concept: str
    area: str
    make: Callable[[Random], Question | None]


def key_of(concept: str, kind: Kind, source: str) -> str:
    """Return what identifies a question for repetition: it lasts as long as the words that it is made from."""
    text = "\n".join((normal(concept), kind, normal(source)))
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()


def cited(vault: Vault, note: Note, heading: str, quote: str, number: int) -> Citation:
    """Return the citation of a passage of a note; a section that the note lacks becomes its definition."""
    heading = heading if heading in note.sections else "Definition"
    locator = note.locator(heading, vault.root)
    return Citation(number=number, title=note.title, section=heading, quote=quote[:LONGEST_QUOTE], locator=locator)

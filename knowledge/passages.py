"""A note cut into the passages that are searched."""

import hashlib
from dataclasses import dataclass

from knowledge.note import Note

PASSAGES_VERSION = 1
LONGEST = 1200


@dataclass(frozen=True)
class Passage:
    """A paragraph, bullet, list or question of a note, and the section that it leads to.

    `block` is the place of the text among the section's blocks, or -1 where the text is only a way to find it.
    """

    key: str
    title: str
    section: str
    block: int
    text: str


@dataclass(frozen=True)
class Match:
    """A passage and how near it is to a question: cosine similarity, or the BM25 score."""

    passage: Passage
    score: float


def passages(note: Note) -> list[Passage]:
    """Return everything of a note that a question is compared with."""
    found: list[tuple[str, int, str]] = []
    front = note.front
    found.append(("Definition", -1, ", ".join([note.title, *front.aliases])))
    found += [("Definition", -1, asked) for asked in front.asked_as]
    found.append(("Definition", -1, f"{note.title}: {front.purpose} {front.use_when}"))
    for heading, section in note.sections.items():
        if heading == "Check yourself":
            found += [(heading, number, question.question) for number, question in enumerate(note.questions)]
            continue
        for number, block in enumerate(section.blocks):
            if not block.startswith("$$"):
                found.append((heading, number, block.removeprefix("- ")[:LONGEST]))
    stamp = digest(note)
    return [
        Passage(f"{stamp[:16]}-{position}", note.title, heading, block, text)
        for position, (heading, block, text) in enumerate(found)
    ]


def digest(note: Note) -> str:
    """Return the hash of what is searched of a note; it changes when the note or the way it is cut does."""
    return hashlib.sha256(f"{PASSAGES_VERSION}\n{note.source}".encode()).hexdigest()

"""The notes and sections that a search brought, in the form in which replies are written from them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"$0-9])")
_SHORT_FORMS = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|approx|no|vol|Dr|Mr|St|Inc|Ltd|Co|[A-Z])\.)$")
_QUESTION = re.compile(
    r"^- Question: (?P<question>.+?)\s*\nAnswer: (?P<answer>.+?)(?=\nMistaken:|\Z)(?P<rest>.*)", re.S
)


@dataclass(frozen=True)
class Part:
    """A section: its number, its blocks, those that fit the question best, and how near these are."""

    number: int
    title: str
    section: str
    blocks: tuple[str, ...]
    focus: tuple[int, ...]
    nears: tuple[float, ...]

    @property
    def near(self) -> float:
        """How near the best block is."""
        return max(self.nears, default=0.0)

    def scored(self) -> list[tuple[float, str]]:
        """Return the blocks that fit best with how near they are; no formulas, and no sentence that leads to a list."""
        pairs = zip(self.nears, self.focus, strict=False)
        return [(near, self.blocks[i]) for near, i in pairs if i < len(self.blocks) and _stands_alone(self.blocks[i])]

    def ordered(self) -> list[str]:
        """Return the blocks, those that fit best first, without formulas."""
        order = [*self.focus, *(i for i in range(len(self.blocks)) if i not in self.focus)]
        return [self.blocks[i] for i in order if i < len(self.blocks) and not self.blocks[i].startswith("$$")]


@dataclass(frozen=True)
class Found:
    """What a search brought."""

    query: str
    confidence: float
    covered: bool
    notes: tuple[dict[str, Any], ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]

    @classmethod
    def from_outputs(cls, outputs: Iterable[tuple[str, Any]]) -> "Found | None":
        """Read the latest search among a turn's tool outputs."""
        for _, output in reversed(list(outputs)):
            if isinstance(output, dict) and "sections" in output:
                parts = [
                    Part(
                        number=section["number"],
                        title=section["title"],
                        section=section["section"],
                        blocks=tuple(_blocks(section["text"])),
                        focus=tuple(section.get("focus", ())),
                        nears=tuple(section.get("nears", ())),
                    )
                    for section in output["sections"]
                ]
                return cls(
                    output["query"],
                    output["confidence"],
                    output["covered"],
                    tuple(output["notes"]),
                    tuple(parts),
                    tuple(output.get("missing", ())),
                )
        return None

    @property
    def titles(self) -> list[str]:
        """The notes found, best first."""
        return [note["title"] for note in self.notes]

    def of(self, title: str) -> list[Part]:
        """Return the sections of a note, best first."""
        return [part for part in self.parts if part.title == title]

    def part(self, title: str, section: str) -> Part | None:
        """Return one section of a note, if it was found."""
        return next((part for part in self.of(title) if part.section == section), None)


def sentences(block: str) -> list[str]:
    """Cut a paragraph into sentences."""
    found: list[str] = []
    for piece in _SENTENCE.split(block):
        if found and _SHORT_FORMS.search(found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def said(block: str) -> str:
    """Return a block as running text: a bullet without its dash, a quiz item as its answer."""
    match = _QUESTION.match(block)
    if match:
        return match["answer"].strip()
    return block.removeprefix("- ")


def quiz(block: str) -> tuple[str, str, str] | None:
    """Return the question, answer and mistaken answers of a 'Check yourself' block."""
    match = _QUESTION.match(block)
    return (match["question"], match["answer"].strip(), match["rest"].strip()) if match else None


def is_list(block: str) -> bool:
    """Say whether a block is a numbered list."""
    return block.startswith("1. ")


def _stands_alone(block: str) -> bool:
    return not block.startswith("$$") and not block.endswith(":")


def _blocks(text: str) -> list[str]:
    """Undo the joining of blocks by blank lines; formulas hold none."""
    return [block for block in text.split("\n\n") if block.strip()]

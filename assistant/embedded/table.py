"""A comparison of two or three concepts as a table, with the difference and which to choose."""

from typing import Any, Protocol

from assistant.embedded.material import Found, Part, sentences
from assistant.embedded.phrases import phrases

ROWS = (("Purpose", "purpose"), ("Fits when", "use_when"), ("Not when", "not_when"), ("Measured by", "measured_by"))


class Citing(Protocol):
    """What the table needs of the reply that it stands in."""

    def cite(self, part: Part, block: str, most: int = 99) -> str:
        """Return a block with the marker of its section."""
        ...


def comparison(found: Found, titles: list[str], writer: Citing) -> list[str]:
    """Return a table of the concepts, what the notes say about their difference, and which fits when."""
    notes = {note["title"]: note for note in found.notes}
    definitions = {title: found.part(title, "Definition") for title in titles}
    lines = ["| | " + " | ".join(f"**{title}**" for title in titles) + " |", "|---" * (len(titles) + 1) + "|"]
    first = []
    for title in titles:
        part = definitions[title]
        first.append(f"{_cell(sentences(part.blocks[0])[0])} [{part.number}]" if part else "")
    lines.append("| What it is | " + " | ".join(first) + " |")
    for name, field in ROWS:
        lines.append(f"| {name} | " + " | ".join(_cell(notes[title][field]) for title in titles) + " |")
    return ["\n".join(lines), *_differences(found, titles, writer), *_versus_note(found, titles, writer)]


def _differences(found: Found, titles: list[str], writer: Citing) -> list[str]:
    pieces = []
    for first in titles:
        part = found.part(first, "Compared with")
        for block in part.blocks if part else ():
            other, _, text = block.removeprefix("- ").partition(": ")
            if part and other in titles and text:
                pieces.append(writer.cite(part, f"- {text}"))
    if not pieces:
        pieces = [piece for piece in (_said_of(found, titles, first, writer) for first in titles) if piece]
    if not pieces:
        return []
    return [f"{phrases().difference} {pieces[0]}", *pieces[1 : len(titles)]]


def _said_of(found: Found, titles: list[str], first: str, writer: Citing) -> str:
    """Return the sentence of a definition that sets its concept against one of the others."""
    part = found.part(first, "Definition")
    if part is None:
        return ""
    others = [title.casefold() for title in titles if title != first]
    said = (text for text in sentences(part.blocks[0])[1:] if any(other in text.casefold() for other in others))
    return next((writer.cite(part, text) for text in said), "")


def _versus_note(found: Found, titles: list[str], writer: Citing) -> list[str]:
    """Add what a note of its own says about the pair."""
    for note in found.notes:
        part: Any = found.part(note["title"], "Definition")
        if note["title"] not in titles and part:
            return [writer.cite(part, part.blocks[0])]
    return []


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

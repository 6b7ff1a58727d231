"""What is worth asking next, from the notes that a reply cites, or from where a review stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import Citation, ToolResult
from assistant.embedded.phrases import phrases
from assistant.embedded.reviewing.phrases import sentences
from knowledge.note import Note
from knowledge.vault import Vault

MOST = 3
OTHER_UNIT = {"day": "weeks", "week": "days", "year": "months", "month": "weeks"}
OTHER_SIDE = {"functional": "6 months", "innovative": "4 years", "hybrid": "6 months"}
ORDER = ("why", "example", "compare", "when_not", "practice", "how", "formula")


def follow_ups(vault: Vault, citations: Sequence[Citation], kind: str, asked: Sequence[str]) -> list[str]:
    """Return up to three questions that lead on from a reply, none of a kind or wording that was just asked."""
    titles = list(dict.fromkeys(citation.title for citation in citations))
    note = vault.notes.get(titles[0]) if titles else None
    if note is None:
        return []
    before = {question.casefold().strip(" ?") for question in asked}
    found: list[str] = []
    for name in ORDER:
        if name == kind or (name == "formula" and "Formula" not in note.sections):
            continue
        other = next((link for link in vault.related(note.title) if link not in titles), None)
        if name == "compare" and other is None:
            continue
        text = (
            phrases().follow_ups[name].format(topic=note.title, other=in_sentence(vault.notes[other]) if other else "")
        )
        if text.casefold().strip(" ?") not in before:
            found.append(text)
    return found[:MOST]


def what_ifs(output: Mapping[str, Any]) -> list[str]:
    """Return questions that change a computation: its input that moves the result most, and another unit."""
    said = phrases().follow_ups
    moves = [move["label"] for move in output.get("moves", [])]
    found = [said["what_if"].format(label=label) for label in moves[:1]]
    other = OTHER_UNIT.get(str(output.get("unit", "")).rpartition("/")[2])
    return [*found, *([said["in_unit"].format(unit=other)] if other else [])]


def other_criteria(output: Mapping[str, Any]) -> list[str]:
    """Return a question that puts a classified product on the other side of a criterion."""
    value = OTHER_SIDE.get(str(output.get("label", "")))
    row = next((row for row in output.get("criteria", []) if row["criterion"] == "life_cycle"), None)
    if not value or row is None or output.get("parts"):
        return []
    return [phrases().follow_ups["other_criterion"].format(criterion=row["label"].lower(), value=value)]


def in_review(results: Sequence[ToolResult]) -> list[str]:
    """Return what can be said next in a review that a turn went on with; nothing if it did not, or none is asked."""
    output = next((r.output for r in reversed(results) if isinstance(r.output, dict) and r.output.get("review_id")), {})
    if not output or output.get("status") != "open" or not output.get("question"):
        return []
    return [sentences().button(name) for name in ("skip", "unknown", "why")]


def in_sentence(note: Note) -> str:
    """Return a title as it stands in the middle of a sentence: lower case unless it is a name."""
    lowered = note.title[0].lower() + note.title[1:]
    return lowered if f" {lowered}" in note.source else note.title

"""Pieces that replies to classifications are made of."""

from collections.abc import Mapping
from typing import Any

from assistant.answer import Kind
from assistant.embedded.phrases import phrases
from tools.metrics.shown import percent

SURE, FAIRLY = 0.9, 0.75

Output = Mapping[str, Any]
Told = tuple[str, Kind]


def certainty(confidence: float) -> dict[str, str]:
    """Return a confidence in words and in percent."""
    say = phrases().sorting
    sure = say.surely if confidence >= SURE else say.fairly if confidence >= FAIRLY else say.rather
    return {"sure": sure, "percent": percent(confidence, 2)}


def marker(output: Output, ending: str = "") -> str:
    """Return the marker of the section on the label, or of one whose title ends in certain words."""
    wanted = [part for part in output.get("sections", []) if _about(part["title"], output.get("label", ""), ending)]
    return f" [{wanted[0]['number']}]" if wanted else ""


def _about(title: str, label: str, ending: str) -> bool:
    if ending:
        return title.casefold().endswith(ending)
    return title.casefold().startswith(label) if label in ("functional", "innovative") else True


def titled(text: str) -> str:
    """Return a name as it begins a sentence."""
    words = plain(text)
    return words[:1].upper() + words[1:]


def cell(text: str) -> str:
    """Return words for a cell of a table."""
    return " ".join(str(text).replace("|", "/").split())


def plain(text: str) -> str:
    """Return words of a user so that no Markdown in them works."""
    return " ".join(text.replace("*", "").replace("[", "(").replace("]", ")").replace("`", "'").split())


def questions(output: Output) -> str:
    """Return what would settle a classification."""
    return " ".join(part["text"] if isinstance(part, Mapping) else str(part) for part in output["questions"])

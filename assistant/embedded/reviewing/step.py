"""The next step of a turn in a review, and what several parts of it share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.answer import Kind
from assistant.embedded.context import REVIEWING
from assistant.embedded.reviewing.phrases import sentences

START, LIST, RECORD, MOVE, REPORT, STATUS, COMPARE, UNDO, BREAKS, NAME = REVIEWING
REPORTS = ("report", "gaps", "exposures", "progress")
FEW_WORDS, SHORT = 4, 8
Args = dict[str, Any]
_ASKS = re.compile(
    r"(?:\w+[^\w.!?]+){2,}\w+\W*\?|\?\s*$|^\W*(?:(?:and|but|so|wait|ok|hm|btw|by the way|sorry|quick question)\W+)*"
    r"(?:(?:what|how|who|where|when|why)(?:['\N{RIGHT SINGLE QUOTATION MARK}]?s|'?re|'d)|what|why|how|when|which|who"
    r"|where|is|are|does|do|did|can|could|should|would|explain|define|compare"
    r"|tell me|calculate|compute|work out|classify)\b",
    re.IGNORECASE,
)
Calls = tuple[tuple[str, Args], ...]


@dataclass(frozen=True)
class Step:
    """The next step of a turn: calls, or words with their kind and what is worth saying next."""

    calls: Calls = ()
    text: str = ""
    kind: Kind = "answer"
    follow_ups: tuple[str, ...] = ()


def call(tool: str, **args: Any) -> Step:
    """Return the step that calls one tool."""
    return Step(calls=((tool, args),))


def buttons(*names: str) -> tuple[str, ...]:
    """Return the words of buttons by their names."""
    return tuple(sentences().button(name) for name in names)


def lacks_level(answered: Mapping[str, Any]) -> bool:
    """Say whether an answer needs a level that nobody has given yet."""
    given = answered.get("given") or {}
    return bool(
        answered.get("anchors")
        and not answered.get("scores")
        and given
        and not given.get("unknown")
        and given.get("maturity") is None
        and given.get("value")
    )


def asks_something(text: str) -> bool:
    """Say whether a message has the form of a question or of a request to explain or compute something."""
    return bool(_ASKS.search(text))

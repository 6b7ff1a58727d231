"""Hears a level of maturity that is given to a question by its number: "change 1.1 to 0", "1.4 - it's level 1"."""

import re
from typing import Any

from assistant.embedded.reviewing.entries import Entry
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import MOVE, NAME, RECORD, Step, asks_something, call

_ID = r"(?<![\d.,])(?P<id>\d{1,2}\.\d{1,3})(?![\d.,]\d)"
_LINKED = (
    r"(?:\s*[-,:;=\N{EN DASH}\N{RIGHTWARDS ARROW}>]+\s*|\s+)"
    r"(?:(?:from\s+(?:level\s+)?\d\s+|(?:i|we|think|say|it|it's|its|is|are|should|would|must|has|needs|be|to|at|a|an|in"
    r"|rather|more|like|only|really|just|on|down|up|change|changed|made|rated|as|put|set|go|goes|gets)\b)\s*)*"
)
_RATED = re.compile(
    rf"{_ID}{_LINKED}(?P<word>(?:level|maturity|score)\s*(?:of\s+|is\s+|to\s+|=\s*)?)?(?P<level>[0-3])"
    r"(?:\s*(?:/|of|out of)\s*3)?(?:\s+(?:please|pls|i think|imo|not \d))?\W*$",
    re.IGNORECASE,
)
_LEVEL_FIRST = re.compile(
    rf"\b(?P<word>level|maturity)\s+(?P<level>[0-3])\s+(?:for|on|at|in|to)\s+(?:question\s+)?{_ID}\W*$", re.IGNORECASE
)
_MEASURED = re.compile(r"\b(?:from|of|by|about|than|around|factor|times|roughly|over|under)\s+$", re.IGNORECASE)
_ASKED = re.compile(
    r"^\W*(?:can|could|would|will) (?:you|we|i) (?:please )?(?:change|set|make|put|rate)\b", re.IGNORECASE
)
_DISAGREES = re.compile(
    rf"\b(?:disagree|don'?t agree|do not agree|object|not right|wrong|differently|no way)\b[^?]*?{_ID}"
    rf"|{_ID}[^?]*\b(?:wrong|not right|disagree|don'?t agree)\b".replace("(?P<id>", "("),
    re.IGNORECASE,
)
_HERE = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hallo|ok|so)\W+)?(?:(?:this is|it's|its|i am|i'm)\s+)?"
    r"(?P<name>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?)\s+(?:here|speaking)\b"
)


def rated(text: str, state: State) -> Step | None:
    """Return the step for a level that a message gives to a question by its number; None if it gives none."""
    known = state.output.get("questions", {})
    found = _RATED.search(text) or _LEVEL_FIRST.search(text)
    if found is None or found["id"] not in known or _MEASURED.search(text[: found.start("id")]):
        return _disputed(text, state)
    if asks_something(text) and not _ASKED.match(text):
        return None
    id_, level = found["id"], int(found["level"])
    speaker = _HERE.match(text)
    said = sentences()
    if speaker and not state.output.get("unnamed") and speaker["name"] not in str(state.output.get("you", "")):
        you, link = state.output.get("you", ""), state.output.get("link", "")
        return Step(
            text=said.say("not_you", name=speaker["name"], you=you, level=level, id=id_, link=link), kind="clarify"
        )
    if not found["word"] and id_ not in state.output.get("worded", ()):
        return Step(text=said.say("level_or_answer", id=id_, short=known[id_], level=level), kind="clarify")
    calls = (RECORD, Entry(answers=[{"question": id_, "maturity": level}]).args(state))
    named: tuple[tuple[str, dict[str, Any]], ...] = ()
    if speaker and state.output.get("unnamed"):
        named = ((NAME, {"review_id": state.review_id, "name": speaker["name"]}),)
    return Step(calls=(*named, calls))


def _disputed(text: str, state: State) -> Step | None:
    """Return the way to a question of which a message says that its answer is not right."""
    found = _DISAGREES.search(text)
    to = next((one for one in found.groups() if one), "") if found else ""
    return call(MOVE, review_id=state.review_id, to=to) if to in state.output.get("questions", {}) else None

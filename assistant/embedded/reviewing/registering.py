"""Hears what belongs into the register of risks, which is kept on the review's page: "add a risk", "we accept it"."""

import re

from assistant.embedded.reviewing import saying
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import Step, asks_something, buttons

MOST_WORDS = 24
_NO_REVIEW = r"(?!\s+(?:review|assessment|check|manager|management|owner))"
_REGISTERS = re.compile(
    r"^\W*(?:(?:please|ok|and|also|let's|lets|i want to|can you|could you)\W+)*"
    r"(?:add|enter|register|create|put|log|record|make|new|another)\s+"
    rf"(?:(?:an?|this|that|the|another|one more|new)\s+)*(?:\w+\s+)?risk\b{_NO_REVIEW}"
    rf"|^\W*(?:(?:new|another|next|top)\s+)?risk{_NO_REVIEW}\s*(?:\d+\s*)?:"
    r"|\b(?:on|in|into|to)\s+(?:the|our)\s+(?:risk\s+)?register\W*$"
    r"|\blikelihood\s*(?:is|of|=|:)?\s*[1-5]\b|\bimpact\s*(?:is|of|=|:)?\s*[1-5]\b|\bL\s?[1-5]\s?[,/x]?\s?I\s?[1-5]\b"
    r"|\baccept(?:s|ed|ing)?\s+(?:the|this|that|these|all|its|our|their|residual|remaining)\b(?:\W+\w+){0,5}?\W*\brisks?\b|\brisks?\b(?:\W+\w+){0,6}?\W+(?:is|are|be|was)\s+accepted\b"
    r"|\b(?:live|living)\s+with\s+(?:the|this|that|it|our)\b(?:\W+\w+){0,4}?\W+risks?\b",
    re.IGNORECASE,
)

_ASKED_TO = re.compile(r"^\W*(?:please\W+)?(?:can|could|would|will) (?:you|we|i)\b", re.IGNORECASE)


def registers(text: str, state: State) -> Step | None:
    """Return where a risk is entered or accepted, if a message does that; nothing of it is entered here."""
    if len(text.split()) > MOST_WORDS or not _REGISTERS.search(text):
        return None
    if asks_something(text) and not _ASKED_TO.match(text):
        return None
    said = sentences().say("register_on_page", link=state.output.get("link", ""))
    return Step(text=f"{said}\n\n{saying.again(state.output)}", kind="clarify", follow_ups=buttons("resume"))

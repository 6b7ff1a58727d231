"""Which review, question or step a message names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.embedded.reviewing.likeness import Likeness

LIKE, LEAD = 0.55, 0.03
Output = Mapping[str, Any]
_ID = re.compile(r"\b(\d{1,2}\.\d{1,3})\b(?!\s*(?:%|percent|million|weeks?|days?))")
_GO_TO = re.compile(
    r"\b(?:change|correct|edit|redo|reopen|revise|go (?:back )?to|back to|jump to|switch to|take me to)\s+"
    r"(?:(?:my|our|the)\s+)?(?:(?:answer|question)\s+(?:to\s+|no\.?\s*)?)?(\d{1,2}\.\d{1,3})\b"
    r"(?!\s*(?:%|percent|million|weeks?|days?|months?|[A-Z]{3}\b))",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\bto\s+(?:level\s+)?\d+(?:\s*%)?\W*$|\bto\s+level\b", re.IGNORECASE)  # "change 3.5 to level 2"
_STEPS = ("one", "two", "three", "four", "five", "six")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_STEP = re.compile(
    rf"\b(?:step|part|section|chapter|block)\s+(?:no\.? )?(\d|{'|'.join(_STEPS)})\b"
    rf"|\b({'|'.join(_ORDINALS)}|last)\s+(?:step|part|section|chapter|block)\b",
    re.IGNORECASE,
)
_SKIPS = re.compile(
    r"\W*(?:(?:please|let's|lets|let us|can we|we can)\s+)*(?:skip|leave out|pass over)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:resume|reopen|switch (?:back )?to|(?:go|carry) on with|go back to|back to|continue with|pick up)\s+"
    r"(?:the|our|my)\s+(?P<title>[^.;!?\n]{3,80})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{2,}")
_ASKING = frozenset(
    [
        "the",
        "to",
        "of",
        "for",
        "on",
        "and",
        "in",
        "go",
        "take",
        "me",
        "jump",
        "move",
        "switch",
        "skip",
        "ahead",
        "forward",
        "back",
        "return",
        "let",
        "us",
        "lets",
        "do",
        "can",
        "we",
        "talk",
        "about",
        "question",
        "questions",
        "step",
        "part",
        "section",
        "chapter",
        "block",
        "one",
        "please",
        "now",
        "first",
        "instead",
        "review",
        "risk",
        "supply",
        "chain",
        "our",
        "my",
        "with",
        "i",
        "would",
        "rather",
        "like",
        "want",
        "have",
        "only",
        "there",
        "at",
        "is",
        "it",
        "that",
        "this",
        "an",
        "ask",
        "show",
        "open",
        "continue",
        "resume",
        "carry",
        "pick",
        "up",
        "again",
        "where",
        "did",
        "leave",
        "off",
        "last",
        "week",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "left",
        "finish",
        "change",
        "what",
        "said",
        "answer",
        "answers",
        "correct",
        "edit",
        "early",
        "get",
        "going",
        "report",
        "give",
        "other",
        "another",
        "which",
        "reviews",
        "paused",
        "stopped",
        "start",
        "started",
        "began",
    ]
)


def question_named(text: str, output: Output) -> str:
    """Return the id of the question that a message asks to go to or to change by its number; "" if it asks for none."""
    found = _GO_TO.search(text)
    return found[1] if found and found[1] in output.get("questions", {}) and not _CHANGED.search(text) else ""


def destination(text: str, output: Output, likeness: Likeness) -> str:
    """Return the id of the question, or the number of the step, that a message names; "" if it is not clear."""
    questions: Mapping[str, str] = output.get("questions", {})
    found = _ID.search(text)
    if found and found[1] in questions:
        return found[1]
    step = _STEP.search(text)
    steps = list(output.get("steps", []))
    if step:
        said = (step[1] or step[2]).casefold()
        if said == "last":
            return str(steps[-1]["number"])
        number = int(said) if said.isdigit() else (_STEPS if said in _STEPS else _ORDINALS).index(said) + 1
        number += bool(_SKIPS.match(text))
        return str(number) if any(one["number"] == number for one in steps) else ""
    topic = " ".join(word for word in _WORD.findall(text.casefold()) if word not in _ASKING)
    if not topic:
        return ""
    names = [*(str(one["name"]) for one in steps), *map(str, questions.values())]
    places = [*(str(one["number"]) for one in steps), *questions]
    best = likeness.of(topic, names)
    return places[best.place] if best.likeness >= LIKE and best.lead >= LEAD else ""


def other_review(text: str, current: Output) -> bool:
    """Say whether a message asks by its title for another review than the current one: "resume the pump factory"."""
    found = _OTHER.search(text)
    return bool(found and _words(found["title"]) and not review_meant(found["title"], [current]))


def review_meant(text: str, reviews: Sequence[Output]) -> list[Output]:
    """Return the reviews whose title a message names best, by words that both hold; none if it names no title."""
    said = _words(text)
    shared = [len(said & _words(str(one["title"]))) for one in reviews]
    best = max(shared, default=0)
    return [one for one, count in zip(reviews, shared, strict=True) if best and count == best]


def _words(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in _ASKING)

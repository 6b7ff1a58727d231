"""Which review, question or step a message names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
_OUTRIGHT = re.compile(
    r"\W*(?:(?:ok(?:ay)?|please|hi|hello|now)\W+)*(?:continue|resume|open|reopen|(?:go|carry) on with|back to"
    r"|take up)\s+(?:(?:the|our|my)\s+)?review\s+(?:of\s+|called\s+|named\s+)?[\"\u201c](?P<title>.+)[\"\u201d]"
    r"(?:\s*\(?\S*/review\?id=(?P<id>[\w-]{1,64})\)?)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_YEAR = re.compile(r"\b20\d\d\b")
_ONE_OF = re.compile(
    r"\W*(?:(?:no|hm+|i mean|rather|take|open|with|it's)\W+)*(?:the|that|this|our|my|last|next)\b[^.,;]*"
    r"\b(?:one|review|year'?s?)\W*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{2,}")
_TOKEN = re.compile(r"[^\W_]+")
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
    if not found or not title_words(found["title"]):
        return False
    year = set(_YEAR.findall(found["title"])) - set(_YEAR.findall(str(current.get("title", ""))))
    return bool(year) or not review_meant(found["title"], [current])


@dataclass(frozen=True)
class NamedReview:
    """A review that is named outright, by its title in quotation marks and, where two share one, by its id."""

    title: str
    review_id: str = ""


def named_outright(text: str) -> NamedReview | None:
    """Return the review that a message wants to go on with: 'continue the review "Pump factory"'; None if none."""
    found = _OUTRIGHT.fullmatch(text)
    return NamedReview(found["title"].strip(), found["id"] or "") if found else None


def review_meant(text: str, reviews: Sequence[Output]) -> list[Output]:
    """Return the reviews whose title a message names best; none if it names no title.

    A title that is said in whole goes before one of which only words are said, and a longer one before a shorter:
    "Pump factory" is that review and not "Pump factory 2027", which holds the same words.
    """
    outright = named_outright(text)
    whole = _said_in_whole(outright.title if outright else text, reviews)
    if whole or outright:
        return whole
    said = title_words(text)
    shared = [len(said & title_words(str(one["title"]))) for one in reviews]
    best = max(shared, default=0)
    return [one for one, count in zip(reviews, shared, strict=True) if best and count == best]


def still_choosing(text: str, reviews: Sequence[Output]) -> bool:
    """Say whether all words of a message are of titles of several of the listed reviews: "the pumps"."""
    meant = review_meant(text, reviews)
    return len(meant) > 1 and all(title_words(text) <= title_words(str(one["title"])) for one in meant)


def points_to_one(text: str) -> bool:
    """Say whether a message points to one of several things, without its name: "the newer one", "our old one"."""
    return bool(_ONE_OF.match(text))


def _said_in_whole(text: str, reviews: Sequence[Output]) -> list[Output]:
    """Return the reviews with the longest title that a text holds in whole.

    A title without a word of its own, such as "Risk review", is meant only where nothing else is said.
    """
    said = _tokens(text)
    titles = [_tokens(str(one["title"])) for one in reviews]
    held = [len(title) if title and title in said and (title == said or title_words(title)) else 0 for title in titles]
    longest = max(held, default=0)
    return [one for one, length in zip(reviews, held, strict=True) if longest and length == longest]


def _tokens(text: str) -> str:
    """Return the words and numbers of a text, small, with a space around each."""
    return f" {' '.join(_TOKEN.findall(text.casefold()))} " if _TOKEN.search(text) else ""


def title_words(text: str) -> frozenset[str]:
    """Return the words of a text that may be of a title, without those by which one asks for a review."""
    words = _WORD.findall(text.casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in _ASKING)

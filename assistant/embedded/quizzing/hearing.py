"""What a message means for a quiz: a new one, an answer to the question that stands, a hint, a skip, a stop."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.embedded.quantities import read_quantities
from assistant.embedded.quizzing.words import words
from assistant.embedded.reviewing.step import asks_something
from assistant.learning.marking import chosen, is_unknown, typed, verdict
from knowledge.names import Names

if TYPE_CHECKING:
    from assistant.learning.models import Kind

MOST_WORDS_OF_A_WISH = 9
MOST_WORDS_UNREAD = 4
MOST_WORDS_OF_A_VERDICT = 8
LONGEST_TOPIC = 60
MOST_QUESTIONS = 20
_QUESTIONS = re.compile(r"\bquestions?\b|\bflash ?cards?\b|\bquiz", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[,;.!?]|\b(?:please|pls|now|today|again|then|with|but|and|in|using|only|quickly|for me|for a bit|my|me|some"
    r"|a few)\b)"
)
_LEADING = re.compile(r"^(?:the |a |an |my |some |area |topic |subject |concept |of |on |about )+", re.IGNORECASE)
_TEST_ME = re.compile(r"\b(?:quiz|test|examine|drill|grill) (?:me|us)\b(?P<rest>.*)$", re.IGNORECASE)

_HEAD = re.compile(r"\W*(?:a |quick |short )*(?P<rest>[\w -]{3,40}?) quiz\b(?! (?:me|us)\b)")
_HEAD_FILLER = re.compile(r"^.*\b(?:an?|me|the|start|begin|do|take|another|new)\b")


@dataclass(frozen=True)
class Request:
    """A quiz that is asked for: the arguments of begin_quiz."""

    args: dict[str, Any] = field(default_factory=dict)


def wants(text: str) -> bool:
    """Whether a message asks for a quiz."""
    said = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return words().holds(words().begin, said) and not words().holds(words().never, said)


def request(text: str, names: Names, before: str = "") -> Request:
    """Return what quiz a message asks for; `before` is the topic of the last one, for "again"."""
    said = " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    data = words()
    kinds: list[Kind] = [kind for kind, patterns in data.kinds.items() if data.holds(patterns, said)]
    args: dict[str, Any] = {}
    if count := _count(said):
        args["count"] = count
    topic = _topic(said, names)
    if topic:
        args["topic"] = topic
        kinds = [kind for kind in kinds if not data.holds(data.kinds[kind], topic)]
    elif before and re.search(r"\bagain\b|\bmore\b|\banother\b", said, re.IGNORECASE):
        args["topic"] = before
    if kinds:
        args["kinds"] = kinds
    if data.holds(data.hints_only, said):
        args["hints_only"] = True
    if data.holds(data.due, said) and not topic:
        args["due"] = True
    return Request(args)


def hints_only(text: str) -> bool:
    """Whether a short message asks for hints only."""
    return len(text.split()) <= MOST_WORDS_OF_A_WISH and words().holds(words().hints_only, text)


def wish(text: str) -> str:
    """Return what a whole message wishes in a quiz: the name of a wish, or ""."""
    said = " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if not said or len(said.split()) > MOST_WORDS_OF_A_WISH:
        return ""
    return next((name for name, pattern in words().whole.items() if pattern.fullmatch(said)), "")


def knew(text: str) -> bool | None:
    """Return whether somebody says that they knew it; None where they say neither."""
    said = " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if words().known["not_known"].fullmatch(said):
        return False
    return True if words().known["knew"].fullmatch(said) else None


def is_answer(text: str, asked: Mapping[str, Any]) -> bool:
    """Whether a message is meant as an answer to a question, read or not."""
    said = " ".join(text.split())
    if not said:
        return False
    if is_unknown(said):
        return True
    bare = said.rstrip("?!. ")
    options = list(asked.get("options") or ())
    kind = asked.get("kind")
    if words().holds(words().elsewhere, said):
        return False
    if asks_something(said) and not _offers(bare, options, str(kind)):
        return False
    if kind == "recall":
        return True
    if reads(said, asked):
        return True
    return kind != "true_false" and len(said.split()) <= (2 if kind == "number" else MOST_WORDS_UNREAD)


def reads(text: str, asked: Mapping[str, Any]) -> bool:
    """Whether a message holds an answer of the kind that is asked for: a verdict, a number, one of the options."""
    said = " ".join(text.split())
    bare = said.rstrip("?!. ")
    match asked.get("kind"):
        case "true_false":
            return bool(verdict(bare)) and len(said.split()) <= MOST_WORDS_OF_A_VERDICT
        case "number":
            return bool(typed(said, str(asked.get("unit", ""))))
        case "recall":
            return False
    return bool(chosen(list(asked.get("options") or ()), bare))


def _offers(bare: str, options: list[str], kind: str) -> bool:
    """Whether a question offers an answer: "is it b?", "true?", "the fill rate?"."""
    text = re.sub(r"^(?:is it|is that|could it be|would it be|isn't it|it is)\s+", "", bare, flags=re.IGNORECASE)
    if kind == "true_false":
        return bool(verdict(text)) and len(text.split()) <= 2
    if kind == "number":
        return bool(re.fullmatch(r"(?:about |around )?[\d.,]+\s*\S{0,12}", text))
    exact = [option for option in options if option.casefold() == text.casefold()]
    return bool(exact) or (len(text.split()) <= 2 and len(text) <= 10 and bool(chosen(options, text)))


def _count(said: str) -> int:
    """Return how many questions are asked for; 0 where nothing is said."""
    for one in read_quantities(said).quantities:
        following = said[one.end : one.end + 40]
        whole = not one.values and float(one.value).is_integer() and 1 <= one.value <= 50
        if whole and (_QUESTIONS.search(following) or _QUESTIONS.search(one.text)):
            return min(int(one.value), MOST_QUESTIONS)
    spelled = re.search(rf"\b({'|'.join(words().count)}) (?:\w+ )?questions\b", said, re.IGNORECASE)
    return words().count[spelled[1].casefold()] if spelled else 0


def _topic(said: str, names: Names) -> str:
    """Return the words that say on what, misspelled names put right; "" where nothing is said."""
    found = re.search(words().topic, said, re.IGNORECASE)
    rest = found["topic"] if found else ""
    if not found and (after := _TEST_ME.search(said)):
        rest = after["rest"]
    if not found and not rest and (head := _HEAD.match(said)):
        rest = _HEAD_FILLER.sub("", head["rest"])
    if words().holds(words().due, rest):
        return ""
    corrected = names.correct(rest.strip())
    longest = max((one for one in names.find(corrected) if one.titles), key=lambda one: one.words, default=None)
    bare = _LEADING.sub("", f"{_TAIL.split(corrected if longest else rest, maxsplit=1)[0].strip()} ").strip()
    if longest and (not bare or len(bare.split()) / 2 <= longest.words != len(bare.split())):
        return str(longest.titles[0])
    return "" if _QUESTIONS.fullmatch(bare) else bare[:LONGEST_TOPIC]

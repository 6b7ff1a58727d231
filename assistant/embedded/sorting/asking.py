"""Finds the words of a message that ask for a classification, apart from the description beside them."""

import re
from functools import cache

from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.products.vocabulary import vocabulary
from assistant.embedded.sorting.composed import ways_to_ask
from assistant.embedded.sorting.spoken import purchase_words

MOST_WORDS = 12
_WORDS = re.compile(r"[^\W_]+")
_PIECES = re.compile(r"(?<=[.?!;])\s+|\n+|,\s+|\s[-\N{EN DASH}\N{EM DASH}]\s|:\s")
_QUADRANTS = re.compile(
    r"\b(?:kraljic|quadrant|leverage|bottleneck|strategic|non-?critical|routine"
    r"|purchasing (?:matrix|portfolio|category))\b",
    re.IGNORECASE,
)
_FRAMEWORKS = re.compile(
    r"\b(?:fisher|kraljic|lee|quadrant|functional|innovative|risk-hedging|classif(?:y|ied|ication))\b", re.IGNORECASE
)
_WHICH_CHAIN = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?|then) )?(?:which|what) (?:\w+ ){0,2}chain\b(?:\W+\w+){0,4}\W*$", re.IGNORECASE
)
_WHY = re.compile(r"^\W*(?:(?:but|and|so|ok(?:ay)?) )?(?:why|how come|warum)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_KNOWLEDGE = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|well) )?"
    r"(?:why|how (?:does|did|is|are|can|to)|what (?:do|does|did|makes)|when|who|explain|tell me about)\b",
    re.IGNORECASE,
)


def asking_words(text: str) -> str:
    """Return the last few words of a message if words of asking for a class stand there; "" if none do."""
    pieces = [piece.strip() for piece in _PIECES.split(text.strip()) if piece.strip()]
    last = pieces[-1] if len(pieces) > 1 else ""
    words = words_of(last)
    if not last or len(words) > MOST_WORDS:
        return ""
    asks = (*vocabulary().asks.words, *purchase_words().asks.words)
    tails = any(re.fullmatch(rf"(?:{tail})[\s?.!)]*", last, re.IGNORECASE) for tail in vocabulary().asks.tails)
    return last if tails or find(asks, words) else ""


@cache
def words_of_asking() -> frozenset[str]:
    """Return the words of the ways to ask for a classification."""
    return frozenset(word for text in ways_to_ask() for word in _WORDS.findall(text.casefold()))


def names_a_quadrant(text: str) -> bool:
    """Say whether a message names Kraljic's matrix or a part of it."""
    return bool(_QUADRANTS.search(text))


def names_a_framework(text: str) -> bool:
    """Say whether a message names one of the ways to classify, or speaks of classifying."""
    return bool(_FRAMEWORKS.search(text))


def asks_which_chain(text: str) -> bool:
    """Say whether a message asks for nothing but the chain."""
    return bool(_WHICH_CHAIN.match(text))


def asks_why(text: str) -> bool:
    """Say whether a message asks for nothing but the reason."""
    return bool(_WHY.match(text))


def asks_to_explain(text: str) -> bool:
    """Say whether a message begins as a question about how things are: "why does ...", "how do ..."."""
    return bool(_KNOWLEDGE.match(text))

"""What a message wants of a running review, weighed by what is asked and by the figures that it holds."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from assistant.embedded.quantities import read_quantities
from assistant.embedded.reviewing.entries import Enterer, is_node_table, number_in, takes_table
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.hearing import ANSWER, HALF, OTHER, SURE, UNSURE, Hearer
from assistant.embedded.reviewing.likeness import Likeness
from assistant.embedded.reviewing.naming import is_no_name, unknown_node
from assistant.embedded.reviewing.righting import corrects_figure, in_order
from assistant.embedded.reviewing.scope import limits_in, scope_in
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import FEW_WORDS, SHORT, asks_something
from assistant.embedded.reviewing.vocabulary import fact_words, opening
from assistant.embedded.understand import TALK, Understanding
from knowledge.library import Library

_BREAKS = re.compile(r"\b(?:breaks?|broken|reverse|limit|what|which|how)\b", re.IGNORECASE)
EVIDENCE = re.compile(r"^\W*(?:the\s+|our\s+)?(?:evidence|proof)\s*(?:is|[:=])\s*(?=\S)", re.IGNORECASE)
_THANKS = re.compile(
    r"\W*(?:(?:ok|okay|great|perfect|super|cool)\W+)?(?:(?:many|muchas|mille|muito|tusen|vielen|herzlichen)\s+)?"
    r"(?:thanks|thanx|thank you|thx|tnx|ty|tks|cheers|danke|dank|merci|gracias|grazie|obrigad[oa]|tack|takk?"
    r"|dzi[eę]kuj[eę]|dzi[eę]ki|spasibo|arigato|xie ?xie|dhanyavaa?d|shukran|kiitos|te[sş]ekk[uü]rler|d[eě]kuj[iu]"
    r"|bedankt)"
    r"(?:\s+(?:a lot|so much|very much|again|everybody|all|you|schön|sch(?:oe|ö)n|sehr|mille|beaucoup|team))?\W*$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\W*(?:(?:and|but|so|ok(?:ay)?|hm+|then)\W+)*"
    r"(?:what(?:'s| is| would be)? (?:if|happens if|would happen if)|what about if|suppos(?:e|ing)|imagine"
    r"|was (?:w.re |ist |passiert )?wenn|angenommen|gesetzt den fall)\b",
    re.IGNORECASE,
)
MAYBE_UNKNOWN = 0.35
MAYBE_ANSWER, RATHER_ANSWER = 0.12, 0.3
OUTSIDE = 0.4
STATEMENTS = ("applied", "record", "follow_up", "vague", "review")
LIKE_OPTION = 0.6
NEARLY, WHOLE = 0.75, 100
MOVES = (
    "skip",
    "back",
    "goto",
    "pause",
    "report",
    "continue",
    "why",
    "proof",
    "progress",
    "gaps",
    "confirm",
    "unknown",
)


def is_supposed(text: str, names: Sequence[str]) -> bool:
    """Say whether a message only supposes figures: "what if stock was 6 weeks"; none of them are entered."""
    return bool(_SUPPOSED.match(text)) and any(one.fields for one in read_facts(text, names).nodes)


def _wavers(odds: Mapping[str, float], text: str) -> bool:
    """Say whether a short message may as well be wanted otherwise: "push the motor one to march"."""
    others = max(odds[name] for name in odds if name not in (ANSWER, OTHER))
    whole = any(one.percent and one.value > WHOLE for one in read_quantities(text).quantities)
    return len(text.split()) <= SHORT and (whole or others >= NEARLY * odds[ANSWER])


class Wishes:
    """The part that hears what is wanted."""

    def __init__(self, library: Library):
        self._library = library

    @cached_property
    def _hearer(self) -> Hearer:
        return Hearer(self._library)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._library)

    @cached_property
    def _enterer(self) -> Enterer:
        return Enterer(self._likeness)

    def _wish(self, text: str, read: Understanding | None, state: State) -> str:
        """Return what a message of a running review wants; OTHER for what is no matter of the review."""
        wish = self._likeliest(text, read, state)
        named = wish == ANSWER and is_node_table(state.question)
        return UNSURE if named and is_no_name(text) else wish

    def _likeliest(self, text: str, read: Understanding | None, state: State) -> str:
        if EVIDENCE.match(text):
            return "evidence"
        if _THANKS.match(text):
            return OTHER
        heard = self._hearer.hear(text, running=True)
        odds, own, asks = heard.odds, heard.own, asks_something(text)
        facts = read_facts(text, state.names)
        figures = any(one.fields or any("share" in source for source in one.sources.named) for one in facts.nodes)
        told = figures or (is_node_table(state.question) and any(one.name and one.sources for one in facts.nodes))
        if takes_table(text, state.question):
            return ANSWER
        if not asks and (limits_in(text) or in_order(text, facts, state) is not facts):
            return ANSWER
        if corrects_figure(text, state):
            return "correct"
        if not asks and is_node_table(state.question) and unknown_node(text, state.names):
            return ANSWER  # "gas no idea" leaves the question open for the others
        if not asks and own not in MOVES and self._fits(text, state.question):
            return ANSWER
        if not asks and is_node_table(state.question) and any(one.introduced for one in facts.nodes):
            return ANSWER  # "most critical are wafers and gases"
        named = any(one.name and one.unplaced and not one.known for one in facts.nodes)
        if not asks and named and is_node_table(state.question) and len(text.split()) <= SHORT:
            return ANSWER  # "seal rings 2 weeks"
        if not asks and own not in MOVES and state.question.get("sets_limits") and "loss_limit" in scope_in(text):
            return ANSWER  # "bars and pralines, Brussels, unacceptable over 2m"
        if not asks and len(text.split()) <= FEW_WORDS and opening(fact_words().unknown, text) is not None:
            return "unknown"
        if own == "breaks" and not asks and not _BREAKS.search(text):
            return ANSWER if figures else UNSURE  # "gas is the one that kills us" asks for no test
        if odds[OTHER] >= HALF:
            if asks:
                return OTHER
            if told:
                return own if own in ("correct", ANSWER) else ANSWER
            if read and (read.outside >= OUTSIDE or (read.act in TALK and read.acts[read.act] >= HALF)):
                return OTHER
            statement = read is None or read.act in STATEMENTS
            least = MAYBE_ANSWER if statement else RATHER_ANSWER
            return ANSWER if odds[ANSWER] >= least else OTHER
        if own == ANSWER and asks and not figures:
            return OTHER
        if own == ANSWER and odds["unknown"] >= MAYBE_UNKNOWN and not figures:
            return "unknown"  # the cautious reading: what is unknown is never taken for an answer
        if odds[own] < SURE:
            return ANSWER if told else UNSURE
        if own == ANSWER and not told and state.question.get("kind") == "text" and _wavers(odds, text):
            return UNSURE
        return own

    def _fits(self, text: str, question: Mapping[str, Any]) -> bool:
        """Say whether a message has the form of an answer: a number in the unit asked for, or words of an option."""
        if question.get("kind") == "number":
            return len(text.split()) <= SHORT and number_in(text, str(question.get("unit", ""))) is not None
        options = question.get("options") or []
        return bool(options) and self._likeness.of(text, options).likeness >= LIKE_OPTION

"""What a message asks for: its act, the kind of question, its concepts, and what it leaves to the context."""

import re
from dataclasses import dataclass, replace
from typing import get_args

from assistant.embedded.context import Context, Past
from assistant.embedded.intents import known_talk, open_classifier
from knowledge.features import masked
from knowledge.library import Library
from knowledge.names import Mention
from knowledge.retriever import QuestionKind
from knowledge.signals import COMMON
from knowledge.vault import AmbiguousName, normal

QUESTIONS: tuple[str, ...] = get_args(QuestionKind)
OUTSIDE = (
    "off_topic",
    "live_data",
    "investment",
    "company_facts",
    "vendor_choice",
    "legal_ruling",
    "wrongdoing",
    "injection",
    "private_data",
    "vague",
)
TALK = ("greeting", "thanks", "about", "recall", "record")
SHORT = 14
SHORT_PAIR = 6
OWN_WORDS = 5
MAYBE_OUTSIDE = 0.35
SURELY_OUTSIDE = 0.4
MAYBE_FOLLOW_UP = 0.15
LEANS = re.compile(
    r"\b(it|its|that|this|they|them|these|those|both|which one|the same|ones?"
    r"|the (?:two|first|second|third|other|latter|former))\b",
    re.I,
)
CHOICE = re.compile(r"\bwhich (?:one )?of (?:the|these|those|them)\b|\bthe (?:two|first|second|latter|former)\b", re.I)
OPENS = re.compile(r"^\s*(and|so|but|or|ok(?:ay)?|also|then|what about|how about|what if)\b", re.I)
VERSUS = re.compile(
    r"\b(vs\.?|versus|differences?|different (?:from|to|than)|differs?|compare[ds]?|comparison|(?:the )?same as"
    r"|distinguish\w*|confus\w*|relate[ds]?|or)\b",
    re.I,
)


@dataclass(frozen=True)
class Understanding:
    """How a message is read.

    `act` is the likeliest act, `outside` the summed probability of acts that are not answered, `kind` the kind of
    question, `titles` the concepts that it is surely about (empty: to be searched), `query` the question made to stand
    alone, `style` how the reply should be given ("", or a follow-up such as "shorter" or "explain_to").
    """

    question: str
    mentions: tuple[Mention, ...]
    acts: dict[str, float]
    act: str
    outside: float
    kind: str
    titles: tuple[str, ...]
    query: str
    style: str = ""
    dependent: bool = False
    ambiguous: AmbiguousName | None = None

    @property
    def outside_act(self) -> str:
        """The likeliest of the acts that are not answered."""
        return max(OUTSIDE, key=lambda act: self.acts.get(act, 0.0))

    @property
    def named(self) -> tuple[str, ...]:
        """The concepts that the message names."""
        return tuple(dict.fromkeys(title for mention in self.mentions for title in mention.titles))


class Reader:
    """Reads messages with a library's names and two learned classifiers."""

    def __init__(self, library: Library, opposites: dict[str, str]):
        self._library = library
        self._acts = open_classifier("acts", library)
        self._follow_ups = open_classifier("follow_ups", library)
        self._opposites = opposites
        self._talk = known_talk(TALK)

    def read(self, context: Context, lean: bool = False) -> Understanding:
        """Return what the current message asks for, with what the last turns add to it if it leans on them.

        With `lean`, a short message is read as leaning on them though nothing in its wording says so.
        """
        text = context.question
        names = self._library.names
        mentions = tuple(names.find(text))
        vector = self._library.embedder.query(names.correct(text))
        worded = masked(text, mentions)
        acts = self._acts.probabilities(worded, vector)
        talk = self._talk.get(normal(text))
        if talk:
            acts = {act: float(act == talk) for act in acts}
        plain = Understanding(
            question=text,
            mentions=mentions,
            acts=acts,
            act=max(acts, key=lambda act: acts[act]),
            outside=sum(acts[act] for act in OUTSIDE),
            kind=max(QUESTIONS, key=lambda act: acts[act]),
            titles=(),
            query=text,
            ambiguous=next((mention.ambiguous for mention in mentions if mention.ambiguous), None),
        )
        if context.last and (lean or _leans_on_context(plain)):
            follow = self._follow_ups.probabilities(worded, vector)
            return self._with_context(plain, context.last, follow)
        return _alone(plain)

    def _with_context(self, plain: Understanding, last: Past, follow: dict[str, float]) -> Understanding:
        style = max(follow, key=lambda name: follow[name])
        named = plain.named
        topics = tuple(last.titles)
        if named:
            return self._named_follow_up(plain, last, style)
        if plain.ambiguous:
            return _alone(plain)
        chosen, kind = topics[:1], style if style in QUESTIONS else last.kind
        if len(topics) > 1 and last.kind == "compare":
            chosen = topics[:2]
        picked = self._picked(plain, topics)
        if picked:
            chosen, kind = (picked,), "what"
        elif style == "opposite" and topics[0] in self._opposites:
            chosen = (self._opposites[topics[0]],)
            kind = "example" if max(follow["example"], plain.acts["example"]) > 0.08 else "what"
        elif style == "second_one" and len(topics) > 1:
            chosen, kind = topics[1:2], "what"
        elif style == "first_one":
            chosen, kind = topics[:1], "what"
        elif style == "choose" and len(topics) > 1:
            chosen, kind = topics[:2], "when_to"
        elif style == "choose":
            kind = "when_to"
        elif style in ("another_example", "apply_to"):
            kind = "example"
        elif style in ("explain_to", "simpler"):
            kind = "why"
        elif style == "compare" and len(topics) > 1:
            chosen = topics[:2]
        short = len(plain.question.split()) < OWN_WORDS
        query = f"{', '.join(chosen)}: {plain.question}" if short else plain.question
        return replace(plain, kind=kind, titles=chosen, query=query, style=style, dependent=True)

    def _named_follow_up(self, plain: Understanding, last: Past, style: str) -> Understanding:
        named, topics = plain.named, tuple(last.titles)
        words = len(plain.question.split())
        leans = bool(LEANS.search(plain.question))
        versus = VERSUS.search(plain.question)
        if len(named) > 1:
            return replace(_alone(plain), dependent=True)
        compares = (versus and (leans or words <= SHORT_PAIR)) or (style == "compare" and leans)
        if topics[0] not in named and compares:
            pair = (topics[0], *named)
            return replace(plain, kind="compare", titles=pair, style="compare", dependent=True)
        if leans:
            query = f"{plain.question} ({', '.join(topics[:2])})"
            return replace(plain, query=query, dependent=True)
        short = OPENS.match(plain.question) and words <= 5 and last.kind != "compare"
        return replace(plain, kind=last.kind if short else plain.kind, titles=named[:1], dependent=bool(short))

    def _picked(self, plain: Understanding, topics: tuple[str, ...]) -> str:
        """Return the topic that 'the ... one' points to, by words that stand in its names or definition only."""
        if not re.search(r"\bones?\b", plain.question, re.I) or len(topics) < 2:
            return ""
        words = set(re.findall(r"[a-z]{5,}", plain.question.casefold()))
        found = []
        for title in topics:
            note = self._library.vault.note(title)
            said = " ".join([title, *note.front.aliases, note.definition]).casefold() if note else ""
            found.append(sum(word[:6] in said for word in words))
        best = max(found)
        return topics[found.index(best)] if best and found.count(best) == 1 else ""


def could_lean(read: Understanding) -> bool:
    """Say whether a message that stands alone may yet be a follow-up: short, and of no kind that is never answered."""
    if read.dependent or len(read.question.split()) > SHORT:
        return False
    return read.outside < MAYBE_OUTSIDE and read.acts["follow_up"] >= MAYBE_FOLLOW_UP


def _alone(plain: Understanding) -> Understanding:
    named = plain.named
    if len(named) == 1 and _nothing_but_names(plain):
        return replace(plain, titles=named)
    if len(named) in (2, 3) and (plain.kind == "compare" or _versus(plain)):
        return replace(plain, kind="compare", titles=named)
    return plain


def _nothing_but_names(plain: Understanding) -> bool:
    """Say whether a message holds a name and no other word that means anything."""
    words = [word for word in re.findall(r"[\w&]+", plain.question.casefold()) if word not in COMMON]
    return sum(mention.words for mention in plain.mentions) >= len(words)


def _versus(plain: Understanding) -> bool:
    """Say whether words of comparison stand between the first and the last name, or close by."""
    start, end = plain.mentions[0].start, plain.mentions[-1].end
    return bool(VERSUS.search(plain.question[max(0, start - 40) : end])) and plain.acts["compare"] > 0.1


def _leans_on_context(plain: Understanding) -> bool:
    words = len(plain.question.split())
    outside = plain.outside - plain.acts["vague"]
    if outside > max(SURELY_OUTSIDE, 2 * plain.acts["follow_up"]) and not CHOICE.search(plain.question):
        return False
    if plain.act in TALK and plain.acts[plain.act] > (0.25 if words <= 3 else 0.5):
        return False
    names_much = sum(mention.words for mention in plain.mentions if mention.titles) >= max(1, words - 3)
    if plain.act == "follow_up" and words <= SHORT:
        return True
    if words > SHORT:
        return False
    if OPENS.match(plain.question):
        return True
    return (bool(LEANS.search(plain.question)) and not names_much) or (words <= 4 and not plain.named)

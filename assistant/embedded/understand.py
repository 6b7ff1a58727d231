"""What a message asks for: its act, the kind of question, its concepts, and what it leaves to the context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import get_args

from assistant.embedded.context import Context, Past
from assistant.embedded.intents import ALONE, known_talk, open_blend
from assistant.embedded.leaning import learned_leaning, signs_of_leaning
from knowledge.embedding import Vectors
from knowledge.features import masked
from knowledge.library import Library
from knowledge.names import Mention, Names
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
KEPT = 32
SHORT = 14
MIDDLING = 20
SHORT_PAIR = 6
OWN_WORDS = 5
MAYBE_OUTSIDE = 0.35
SURELY_OUTSIDE = 0.4
STILL_OUTSIDE = 0.35
RULING = 0.8
MAYBE_FOLLOW_UP = 0.15
LEANING = 0.5
SURE_KIND = 0.4
NEARER = 3.0
SCOPE_OF = ("what", "applied", "compare", "formula", "dates", "true_false")
JOINING = frozenset({"versu", "and", "of", "management"})
WHICH = re.compile(r"\b(?:which|what) (?:(?:kind|type|sort) of )?([a-z]+(?: [a-z]+)?)", re.I)
ALTERNATIVE = re.compile(
    r"\b(instead|alternatives?|in its place|replaces? it|better than (?:it|that)|(?:what|anything|something) else"
    r"|(?:what|which) (?:\w+ )?(?:is|would be|works) better)\b",
    re.I,
)
THE_ONE = re.compile(r"\b(?:the|that|this|those) (?:\w+[ -]){0,3}ones?\b", re.I)
ONLY_ONE = re.compile(r"^\W*(?:i mean |no,? )?the (?:\w+ ){1,3}one\b", re.I)
LEANS = re.compile(
    r"\b(it|its|the (?:whole|entire) thing|that|this|they|them|these|those|both|which one|the same|ones?"
    r"|the (?:two|three|first|second|third|other|latter|former))\b",
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
    alone, `style` how the reply should be given ("", or a follow-up such as "shorter" or "explain_to"), `leaning` the
    probability that its wording leans on an earlier turn.
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
    leaning: float = 0.0
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
        self._acts = open_blend("acts", library)
        self._follow_ups = open_blend("follow_ups", library)
        self._opposites = opposites
        self._talk = known_talk(TALK)
        self._plain = lru_cache(maxsize=KEPT)(self._plain_anew)  # each step of a turn reads its message

    def read(self, context: Context, lean: bool = False) -> Understanding:
        """Return what the current message asks for, with what the last turns add to it if it leans on them.

        With `lean`, a short message is read as leaning on them though nothing in its wording says so.
        """
        plain = self._plain(context.question)
        last = context.last or _spoken_of(context, self._library.names)
        if not last or plain.acts["legal_ruling"] >= RULING:
            return _alone(plain)  # "so are we legally ok?" asks for a ruling, whatever it goes on from
        follow = self._follow_up(plain)
        alone = follow.pop(ALONE)
        leaning = 1 - alone if plain.named else learned_leaning().of(self._signs(plain, last.titles, alone))
        plain = replace(plain, leaning=leaning)
        if lean or _leans_on_context(plain):
            return self._with_context(plain, last, follow, self._vector(plain.question))
        return _alone(plain)

    def signs(self, text: str, topics: Sequence[str]) -> dict[str, float]:
        """Return what speaks for and against a message that names no concept going on with some."""
        plain = self._plain(text)
        return self._signs(plain, topics, self._follow_up(plain)[ALONE])

    def _plain_anew(self, text: str) -> Understanding:
        """Return what a message asks for by itself."""
        mentions = tuple(self._library.names.find(text))
        corrected = self._library.names.correct(text)
        acts = self._acts.probabilities(masked(text, mentions), self._vector(text), corrected)
        talk = self._talk.get(normal(text))
        if talk:
            acts = {act: float(act == talk) for act in acts}
        return Understanding(
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

    def _follow_up(self, plain: Understanding) -> dict[str, float]:
        """Return how likely a message follows up in each way, or stands alone."""
        text, corrected = plain.question, self._library.names.correct(plain.question)
        return self._follow_ups.probabilities(masked(text, plain.mentions), self._vector(text), corrected)

    def _signs(self, plain: Understanding, topics: Sequence[str], alone: float) -> dict[str, float]:
        corrected, vector = self._library.names.correct(plain.question), self._vector(plain.question)
        return signs_of_leaning(corrected, vector, topics, alone, plain.acts, plain.outside, self._library)

    def _vector(self, text: str) -> Vectors:
        return self._library.embedder.query(self._library.names.correct(text))

    def _with_context(
        self, plain: Understanding, last: Past, follow: dict[str, float], vector: Vectors
    ) -> Understanding:
        style = max(follow, key=lambda name: follow[name])
        named = plain.named
        topics = self._order(plain, tuple(last.titles), last.kind, vector)
        plain = replace(plain, outside=plain.outside * (1 - plain.leaning))
        picked = self._picked(plain, tuple(last.titles))
        pair = len(topics) > 1 and last.kind in ("compare", "when_to")
        turned = "" if picked or (named and not WHICH.search(plain.question)) else self._turned(plain, topics)
        if turned in named:
            turned = ""
        if named and not picked and not turned and not _chooses(plain):
            return self._named_follow_up(plain, last, style)
        if plain.ambiguous and not picked:
            return _alone(plain)
        if turned:
            kind = style if style in QUESTIONS and style != "compare" else "what"
            return replace(plain, kind=kind, titles=(turned,), dependent=True)
        chosen, kind = topics[: 2 if pair else 1], style if style in QUESTIONS else last.kind
        opposite = next((self._opposites[title] for title in topics if title in self._opposites), "")
        if picked:
            chosen, kind = (picked,), "what"
        elif style == "opposite" and opposite:
            chosen = (opposite,)
            kind = "example" if max(follow["example"], plain.acts["example"]) > 0.08 else "what"
        elif style == "second_one" and len(topics) > 1:
            chosen, kind = topics[1:2], "what"
        elif style == "first_one":
            chosen, kind = topics[:1], "what"
        elif style == "choose" or (style == "apply_to" and pair):
            both = pair or CHOICE.search(plain.question)
            chosen, kind, style = topics[: 2 if both else 1], "when_to", "choose"
        elif ALTERNATIVE.search(plain.question) and (others := self._library.vault.related(topics[0])):
            chosen, kind, style = (others[0], topics[0]), "compare", "compare"
        elif style == "another_example":
            kind = "example"
        elif style == "apply_to":
            kind = "when_to"
        elif style == "detail":
            kind = plain.kind if plain.kind not in SCOPE_OF and plain.acts[plain.kind] > SURE_KIND else "how"
            kind = "when_to" if pair else kind  # keeps both in the thread
        elif style == "formula" and not self._has(chosen[0], "Formula"):
            chosen = tuple(title for title in topics if self._has(title, "Formula"))[:1] or chosen
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

    def _has(self, title: str, section: str) -> bool:
        note = self._library.vault.note(title)
        return bool(note and section in note.sections)

    def _order(self, plain: Understanding, topics: tuple[str, ...], kind: str, vector: Vectors) -> tuple[str, ...]:
        """Return the topics of a comparison, first the one that the message describes, if it clearly describes one."""
        if kind not in ("compare", "when_to") or len(topics) < 2:
            return topics
        said = self._library.recognizer.probabilities(self._library.names.correct(plain.question), vector)
        first, second = (said.get(title, 0.0) for title in topics[:2])
        return (topics[1], topics[0], *topics[2:]) if second > NEARER * first else topics

    def _turned(self, plain: Understanding, topics: tuple[str, ...]) -> str:
        """Return the concept that a topic and words of the message point to together.

        Either these make up its name ("and agile?" after lean), or the message asks which thing of a kind belongs to
        the topic, and the topic's note speaks of one whose name ends so ("which chain?" after innovative product).
        """
        said, topic, vault = _stems(plain.question) - COMMON, topics[0], self._library.vault
        own = _stems(topic) - JOINING
        for title in vault.notes:
            words = _stems(title) - COMMON - JOINING
            new = words - own
            if title != topic and new and new <= said and words & own == own - COMMON:
                return title
        asked = WHICH.search(plain.question)
        ends = {normal(end).removesuffix("s") for end in (asked[1], *asked[1].split())} - COMMON if asked else set()
        if not ends or _ends(topic, ends):
            return ""
        return next((title for title in vault.related(topic) if _ends(title, ends)), "")

    def _picked(self, plain: Understanding, topics: tuple[str, ...]) -> str:
        """Return the topic that 'the ... one' points to, by words that stand in its names or definition only."""
        if not (THE_ONE if len(topics) > 1 else ONLY_ONE).search(plain.question):
            return ""
        words = set(re.findall(r"[a-z]{5,}", plain.question.casefold()))
        found = []
        for title in topics:
            note = self._library.vault.note(title)
            said = " ".join([title, *note.front.aliases, note.definition]).casefold() if note else ""
            found.append(sum(word[:6] in said for word in words))
        best = max(found)
        return topics[found.index(best)] if best and found.count(best) == 1 else ""


def _spoken_of(context: Context, names: Names) -> Past | None:
    """Return the last message, if it names a concept though the reply cited none: a greeting that tells the topic."""
    if not context.past:
        return None
    said = context.past[-1].question
    titles = [title for mention in names.find(said) for title in mention.titles]
    return Past(said, titles[:2]) if titles else None


def could_lean(read: Understanding) -> bool:
    """Say whether a message that stands alone may yet be a follow-up: short, and of no kind that is never answered."""
    if read.dependent or len(read.question.split()) > SHORT:
        return False
    leaning = max(read.acts["follow_up"], read.leaning)
    return read.outside * (1 - read.leaning) < MAYBE_OUTSIDE and leaning >= MAYBE_FOLLOW_UP


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


def _ends(title: str, ends: set[str]) -> bool:
    return any(normal(title).endswith(f" {end}") for end in ends)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in normal(text).split())


def _chooses(plain: Understanding) -> bool:
    """Say whether a message asks which of the things that were spoken of, whatever it names beside them."""
    return bool(CHOICE.search(plain.question)) and len(plain.question.split()) <= MIDDLING


def _leans_on_context(plain: Understanding) -> bool:
    words = len(plain.question.split())
    outside = plain.outside - plain.acts["vague"]
    elsewhere = outside > SURELY_OUTSIDE and outside * (1 - plain.leaning) > STILL_OUTSIDE
    if elsewhere and not CHOICE.search(plain.question):
        return False
    if plain.act in TALK and plain.acts[plain.act] > (0.25 if words <= 3 else 0.5):
        return False
    names_much = sum(mention.words for mention in plain.mentions if mention.titles) >= max(1, words - 3)
    if ONLY_ONE.search(plain.question) and words <= MIDDLING:
        return True
    if not plain.named:
        return plain.leaning >= LEANING
    if (plain.act == "follow_up" and words <= SHORT) or _chooses(plain):
        return True
    if words > SHORT:
        return False
    if OPENS.match(plain.question):
        return True
    return bool(LEANS.search(plain.question)) and not names_much

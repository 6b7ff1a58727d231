"""What the embedded model does with numbers: the calls that a message asks for, and the reply to what came back."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from assistant.answer import Kind
from assistant.embedded.context import Context
from assistant.embedded.figures.arranging import KNOWN
from assistant.embedded.figures.calling import Call, call_of
from assistant.embedded.figures.doubts import is_plain
from assistant.embedded.figures.fitting import Fit
from assistant.embedded.figures.following import SHORT, SURELY_CONCEPT, Follower
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.replying import reply_of
from assistant.embedded.figures.roles import METRIC, Roles, learned_roles, read_roles
from assistant.embedded.figures.solving import backwards
from assistant.embedded.figures.trusting import is_said, learned_trust, trust_in
from assistant.embedded.figures.wording import Wording
from assistant.embedded.intents import open_blend, open_classifier
from assistant.embedded.understand import QUESTIONS, Understanding
from knowledge.features import masked
from knowledge.library import Library
from knowledge.softmax import shares
from tools.metrics import METRICS, Metric

SURELY_NUMBERS = 0.85
MAYBE = 0.35
SURELY_OUTSIDE = 0.6
SURELY_COMPUTE, RATHER_COMPUTE = 0.7, 0.6
FEW = 2
CERTAIN, SURELY_NAMED = 0.7, 0.9
LIKELY = 0.6
MOST_OFFERED, POSSIBLE = 3, 0.02
FAR_MORE, ASKED_OF = 0.3, 0.1
WORDED = 0.05
"""Probability of the act that asks for a number, far below which questions on concepts lie."""
AFTER = {"change": 8.0, "same": 5.0, "give": 4.5, "concept": 0.4, "compute": 0.35}
"""How much likelier what is wanted is after a turn that computed something than among the examples."""
TINY = 1e-12
_DEFINES = re.compile(r"\s*(?:and |so |but |ok,? )?(?:what(?:'s| is| are)|explain|define|was ist)\b", re.I)
_OURS = re.compile(
    r"\b(?:our|my|mine|ours|we|us|then|now|here|the|this|that|these|those|der|die|das|unser\w*|dann|jetzt)\b", re.I
)
NEVER = ("injection", "wrongdoing")


class Reckoner:
    """Plans computations and writes their replies; its state is the history that it is given."""

    def __init__(self, library: Library):
        self._library = library
        self._metrics = open_blend("metrics", library, METRIC)
        self._planner = Planner(Wording(METRICS, library.index.vocabulary), self._guess, _roles(library))
        self._follower = Follower(self._planner)
        self._intent = open_blend("figures", library)
        self._intent_of = lru_cache(maxsize=32)(self._intent_anew)  # before a classification is looked for, and after

    def glance(self, text: str) -> None:
        """Read the numbers and phrases of a message, which are kept for what asks for them next."""
        self._planner.read(text)

    def calls(self, context: Context, read: Understanding, near: Sequence[str] = ()) -> list[Call]:
        """Return the computations that the current message asks for, none if it asks for none.

        `near` are titles of notes that were found for it.
        """
        message = self._planner.read(context.question)
        if not (message.quantities or message.mentions or message.unit or context.computed):
            return []
        intent = self._wanted(context, read)
        if self._is_outside(context, read, message, intent):
            return []
        return (
            self._follower.confirmed(context, message)
            or self._follower.going_on(context, message, intent)
            or (self._follower.changed(context, message, intent) if message.mentions else [])
            or self._named(context, read, message, intent)
            or self._follower.changed(context, message, intent)
            or self._unnamed(context, read, message, intent, near)
        )

    def _wanted(self, context: Context, read: Understanding) -> Mapping[str, float]:
        """Return how likely a message wants something worked out, changed and so on; a result before it weighs in."""
        text = context.question
        found = self._intent_of(text, masked(text, read.mentions))
        after = bool(context.past and context.past[-1].computed)
        return shares(found, np.log([found[label] * AFTER[label] + TINY for label in found])) if after else found

    def _intent_anew(self, text: str, without_names: str) -> dict[str, float]:
        corrected = self._library.names.correct(text)
        return self._intent.probabilities(without_names, self._library.embedder.query(corrected), corrected)

    def _guess(self, text: str) -> dict[str, float]:
        corrected = self._library.names.correct(text)
        return self._metrics.probabilities(text, self._library.embedder.query(corrected), corrected)

    def _is_outside(self, context: Context, read: Understanding, message: Message, intent: Mapping[str, float]) -> bool:
        """Say whether a message is of a kind that is never answered, and not a computation that only looks like it."""
        if read.outside < SURELY_OUTSIDE or (context.computed and read.outside_act not in NEVER):
            return False
        if _is_ours_to_work_out(read, message):
            return False
        if message.mentions and intent["compute"] >= SURELY_COMPUTE and read.outside_act not in NEVER:
            return False
        fits = self._planner.fresh(message)
        return not any(found.pairs and (found.labelled or not found.lacking) for found in fits)

    def _named(
        self, context: Context, read: Understanding, message: Message, intent: Mapping[str, float]
    ) -> list[Call]:
        """Return calls of the metrics that the message names."""
        if not message.mentions or intent["concept"] >= SURELY_NUMBERS or _asks_for_a_meaning(message):
            return []
        fits = self._trusted_more(self._planner.fresh(message), message)
        told = any(pair.label is not None for found in fits for pair in found.pairs)
        if intent["concept"] >= SURELY_CONCEPT and not told:
            return self._follower.from_history(context, message, fits)
        plain = all(is_plain(found, message) for found in fits)
        solved = None if plain else backwards(message, self._planner.fit_of)
        if solved:
            return [solved]
        return [call for found in fits if (call := self._one(context, read, message, found, fits, intent))]

    def _trusted_more(self, fits: Sequence[Fit], message: Message) -> Sequence[Fit]:
        """Return the readings of the metrics that a message names; another in place of one that is trusted far less."""
        best = self._planner.most_trusted(message) if len(fits) == 1 else None
        if best is None or is_said(fits[0], message):
            return fits
        named, (found, trust) = trust_in(fits[0], message) or 0.0, best
        return [found] if not found.lacking and trust >= named + FAR_MORE else fits

    def _one(
        self,
        context: Context,
        read: Understanding,
        message: Message,
        found: Fit,
        fits: Sequence[Fit],
        intent: Mapping[str, float],
    ) -> Call | None:
        """Return the call of one metric, with what earlier turns said if the message leaves most of it out."""
        used = [pair.quantity for other in fits if other is not found for pair in other.pairs]
        if context.past and len(found.pairs) <= len(found.lacking) and not _only_a_name(message):
            taken_up = self._follower.same_data(found.metric, message, context)
            if taken_up.args["inputs"]:
                return taken_up
        call = call_of(found, message, used=used)
        if call.args["inputs"] or call.args.get("solve_for"):
            return call
        return call if _asks_for_a_number(read, message, intent) else None

    def _unnamed(
        self,
        context: Context,
        read: Understanding,
        message: Message,
        intent: Mapping[str, float],
        near: Sequence[str],
    ) -> list[Call]:
        if message.mentions or intent["compute"] < RATHER_COMPUTE:
            return []
        best = self._planner.most_trusted(message)
        whole = best is not None and not best[0].lacking and best[1] >= learned_trust().confirm
        if best and whole and not context.computed and self._asks(read, best[1]):
            return [call_of(best[0], message)]
        fits = [found for found in self._planner.unnamed(message, near) if _trusted(found, message)] if near else []
        fits = fits or self._planner.only_one(message)
        if not fits or all(found.lacking for found in fits):
            taken_up = self._follower.taken_up(context, message)
            if taken_up:
                return taken_up
        if not fits and near and not context.past and intent["compute"] >= CERTAIN:
            fits = self._planner.likeliest(message, near)
        if not fits and best and best[1] >= ASKED_OF and intent["compute"] >= SURELY_COMPUTE and self._asks(read):
            fits = [best[0]]
        return [call_of(found, message) for found in fits]

    def _asks(self, read: Understanding, trust: float = 0.0) -> bool:
        """Say whether a message is worded as one that asks for a number, or its reading is trusted."""
        return read.acts["compute"] >= WORDED or trust >= learned_trust().compute

    def surely_wanted(self, context: Context, read: Understanding) -> bool:
        """Say whether a message asks for a metric so plainly that nothing else can be meant by its numbers."""
        message = self._planner.read(context.question)
        wanted = self._wanted(context, read)["compute"]
        if message.quantities and _is_headed(message):
            return True
        if not message.quantities or wanted < CERTAIN:
            return False
        if message.mentions and wanted >= SURELY_NAMED:
            return True
        learned = max(message.guess, key=lambda name: message.guess[name], default="")
        known = [learned] if message.guess.get(learned, 0.0) >= LIKELY and learned in METRICS else []
        fits = [*self._planner.fresh(message), *(self._planner.fit_of(name, message) for name in known)]
        return any(found.pairs and not found.lacking for found in fits)

    def in_question(self, context: Context, read: Understanding) -> list[Metric]:
        """Return the metrics that a message may want, if it surely wants one computed and none could be taken."""
        message = self._planner.read(context.question)
        if not message.quantities or self._wanted(context, read)["compute"] < SURELY_COMPUTE:
            return []
        if not self._asks(read):
            return []
        named = {metric for said in message.mentions for metric in said.metrics}
        likely = {name: share + (name in named) for name, share in message.guess.items() if name in METRICS}
        ranked = sorted(likely, key=lambda name: -likely[name])[:MOST_OFFERED]
        return [METRICS[name] for name in ranked if likely[name] >= POSSIBLE]

    def reply(self, context: Context) -> tuple[str, Kind, tuple[str, ...]]:
        """Return the reply to what the tool said in this turn, its kind, and the answers that it offers."""
        return reply_of(context, self._planner)

    @property
    def planner(self) -> Planner:
        """What reads messages and fits their numbers to metrics, with the classifiers as they are."""
        return self._planner


def _roles(library: Library) -> Roles:
    """Return what tells inputs apart: the reader, or for an embedding model that has none, a classifier."""
    if library.reader is not None:
        return read_roles(library.reader)
    return learned_roles(open_classifier("inputs", library).probabilities, library.embedder.vectors)


def _is_ours_to_work_out(read: Understanding, message: Message) -> bool:
    """Say whether a message asks for a metric of the own firm ("what was our OTIF?"): its inputs are asked for."""
    return bool(message.mentions) and read.outside >= SURELY_OUTSIDE and read.outside_act == "private_data"


def _is_headed(message: Message) -> bool:
    """Say whether a message begins with the name of a metric as its heading: "newsvendor: I sell at 14 ..."."""
    first = message.mentions[0] if message.mentions else None
    return first is not None and first.start == 0 and message.text[first.end : first.end + 1] == ":"


def _asks_for_a_meaning(message: Message) -> bool:
    """Say whether a message asks what a metric is ("what is time to survive?"), not for its value ("what is ours?")."""
    return bool(not message.quantities and _DEFINES.match(message.text) and not _OURS.search(message.text))


def _only_a_name(message: Message) -> bool:
    """Say whether a message is but the name of a metric: that asks what it means, not for its value."""
    return message.text.strip(" ?!.").casefold() in {
        message.text[said.start : said.end].casefold() for said in message.mentions
    }


def _asks_for_a_number(read: Understanding, message: Message, intent: Mapping[str, float]) -> bool:
    """Say whether a message that gives no number that can be used wants one all the same."""
    if _is_ours_to_work_out(read, message):
        return True
    named = sum(said.words for said in message.mentions)
    if len(message.text.split()) <= named + 1 or intent["compute"] < intent["concept"]:
        return False
    certain = intent["compute"] >= CERTAIN and len(message.text.split()) <= SHORT
    likely = max((message.guess.get(metric, 0.0) for said in message.mentions for metric in said.metrics), default=0.0)
    certain = certain or (len(message.quantities) >= FEW and intent["compute"] >= SURELY_COMPUTE and likely >= KNOWN)
    worded = read.act not in QUESTIONS and intent["compute"] >= RATHER_COMPUTE
    return certain or read.acts["compute"] >= MAYBE or worded


def _trusted(found: Fit, message: Message) -> bool:
    """Say whether a metric that was not named may be taken: all numbers have a place and their names say so.

    One of them may lack a name if messages like this one ask for the metric, and all of them if such messages surely
    do and it accepts no other arrangement.
    """
    if found.left or len(found.pairs) < len(found.lacking):
        return False
    guess = message.guess.get(found.metric.id, 0.0)
    if found.settled and guess >= LIKELY:
        return not found.lacking
    known = guess >= KNOWN
    return found.labelled >= max(1, len(found.pairs) - known) and (
        known or not found.elsewhere or len(found.pairs) > FEW
    )

"""Decides which metrics a message asks for: those that it names, or that its numbers and words speak for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.embedded.figures.arranging import settled
from assistant.embedded.figures.calling import Call, call_of
from assistant.embedded.figures.costs import LEFT_OVER
from assistant.embedded.figures.cues import Cues, siblings
from assistant.embedded.figures.doubts import is_plain, unexplained
from assistant.embedded.figures.fitting import Fit, fit
from assistant.embedded.figures.givens import given_values
from assistant.embedded.figures.message import Guess, Message, read_message
from assistant.embedded.figures.results import result_of
from assistant.embedded.figures.roles import Roles
from assistant.embedded.figures.trusting import trust_in
from assistant.embedded.figures.wording import Said, Wording
from tools.metrics import METRICS

MOST_METRICS = 5
VARIANT = 0.6
CLOSE = 0.15
LEARNED, POSSIBLE, LIKELY, SURE, TRUSTED = 1.5, 0.06, 0.6, 0.8, 0.12
LEAST_NAMED, NEARLY = 3, 0.35
FEWEST_NAMED, LIKELY_ALONE, MAYBE = 2, 0.5, 0.03


class Planner:
    """Reads messages, and finds the metrics that they ask for with the numbers that these take."""

    def __init__(self, wording: Wording, guess: Guess = lambda _: {}, roles: Roles | None = None):
        self._wording = wording
        self._guess = guess
        self.roles = roles
        self._read = lru_cache(maxsize=64)(self._read_anew)
        self._cues = Cues()
        self.fit_of = lru_cache(maxsize=512)(_fit_alone)
        self.fresh = lru_cache(maxsize=32)(self._fresh)
        self.readings = lru_cache(maxsize=32)(self._readings)
        self.most_trusted = lru_cache(maxsize=32)(self._most_trusted)

    def read(self, text: str) -> Message:
        """Return a message with its quantities and phrases; a turn reads it several times."""
        return self._read(text)

    def _read_anew(self, text: str) -> Message:
        return read_message(text, self._wording, self._guess, self.roles)

    def _fresh(self, message: Message) -> list[Fit]:
        """Return the fits of the metrics that a message asks for by name."""
        mentions = message.mentions
        if not mentions:
            return []
        given = given_values(message)
        asked = [mention for mention in mentions if mention not in given] or mentions
        lists = {quantity.start for quantity in message.quantities if quantity.is_list}
        own = {metric for mention in asked for metric in mention.metrics}
        phrases = (
            said
            for said in message.phrases
            if not _within(said, asked) or (said.end + 1 in lists and own & {metric for metric, _ in said.inputs})
        )
        original, message = message, replace(message, phrases=tuple(phrases))
        best = [self._best(message, mention, len(asked) > 1) for mention in asked]
        kept = [found for place, found in enumerate(best) if not self._is_label(asked[place], place, best)]
        kept = kept or [min(best, key=lambda found: self._cost(found, message))]
        if not self._is_whole(kept, message):
            named_alone = not any(found.labelled for found in kept)
            rival = self._learned(message) or (next(iter(self.only_one(original)), None) if named_alone else None)
            kept = [rival] if rival else kept
        return list({found.metric.id: found for found in kept}.values())[:MOST_METRICS]

    def _best(self, message: Message, mention: Said, one_of_many: bool) -> Fit:
        """Return the best fit of the metrics of a name and their variants.

        Where none of them takes a number, it is the best of those that take the name as an input.
        """
        fitted = {name: self.fit_of(name, message) for name in self._meant(message, mention)}
        best = min(
            fitted.values(),
            key=lambda found: (
                self._cost(found, message, one_of_many) + (0.0 if found.metric.id in mention.metrics else VARIANT)
            ),
        )
        if best.pairs or not message.quantities:
            return best
        others = {metric for metric, _ in mention.inputs}
        inputs = [self.fit_of(name, message) for name in sorted(others)]
        labelled = [
            found for found in inputs if any(pair.label and pair.label.start <= mention.start for pair in found.pairs)
        ]
        return min(labelled, key=lambda found: self._cost(found, message), default=best)

    def _certain(self, found: Fit, message: Message) -> bool:
        """Say whether a fit is complete, plain and leaves no number unexplained."""
        return is_plain(found, message) and not unexplained(found, ())

    def _is_whole(self, fits: Sequence[Fit], message: Message) -> bool:
        """Say whether fits are certain, and each number has a place in one of them."""
        used = {id(pair.quantity) for found in fits for pair in found.pairs}
        left = [q for found in fits for q in found.left if id(q) not in used]
        return not (left and len(fits) == 1) and all(self._certain(found, message) for found in fits)

    def _learned(self, message: Message) -> Fit | None:
        """Return the fit of a metric that messages like this one ask for, or of a variant of one that is named.

        Only if every number has a certain place in it.
        """
        likely = {name for name, share in message.guess.items() if share >= TRUSTED and name in METRICS}
        named = {metric for said in message.mentions for metric in said.metrics}
        likely |= {kin for metric in named for kin in siblings(metric) if kin.startswith(metric)}
        fitted = [self.fit_of(name, message) for name in sorted(likely)]
        sure = [
            found
            for found in fitted
            if found.pairs
            and not found.left
            and found.sure
            and self._certain(found, message)
            and (not found.settled or message.guess.get(found.metric.id, 0.0) >= LIKELY)
        ]
        return min(sure, key=lambda found: self._cost(found, message), default=None)

    def _meant(self, message: Message, mention: Said) -> list[str]:
        """Return the metrics of a name, and those of its variants that the message's other words speak for."""
        meant = sorted(mention.metrics)
        for base in sorted(mention.metrics):
            used = {word for pair in self.fit_of(base, message).pairs if pair.label for word in pair.label.text}
            for other in siblings(base):
                cue = self._cues.telling(other, base, message.words - used)
                kin = other.startswith(base) or base.startswith(other)
                learned = message.guess.get(other, 0.0) >= (LIKELY if kin else SURE)
                if other not in meant and (cue or learned or self._takes_more(other, base, message)):
                    meant.append(other)
        return meant

    def _takes_more(self, other: str, base: str, message: Message) -> bool:
        """Say whether a variant with the same kind of result has a named place for a number that the base has not."""
        if METRICS[other].unit != METRICS[base].unit:
            return False
        plain = self.fit_of(base, message)
        if not plain.left:
            return False
        more = self.fit_of(other, message)
        named = [pair for pair in more.pairs if pair.label is not None and pair.quantity in plain.left]
        return bool(named) and not more.left

    def _cost(self, found: Fit, message: Message, one_of_many: bool = False) -> float:
        """Return a fit's cost less what the message's words say for the metric; numbers may be another metric's."""
        others = LEFT_OVER * len(found.left) if one_of_many else 0.0
        guess = LEARNED * message.guess.get(found.metric.id, 0.0)
        return found.cost - others - guess - self._cues.bonus(found.metric.id, message.words)

    def _is_label(self, mention: Said, place: int, fits: Sequence[Fit]) -> bool:
        """Say whether a metric's name only labels an input of another metric that is named too."""

        def labels(found: Fit) -> bool:
            return any(
                pair.label and pair.label.start <= mention.start and mention.end <= pair.label.end
                for pair in found.pairs
            )

        return any(other != place and labels(found) for other, found in enumerate(fits))

    def unnamed(self, message: Message, near: Sequence[str]) -> list[Fit]:
        """Return the best fit among metrics that notes explain (`near`, their titles) or that the words recall."""
        if not message.quantities:
            return []
        ids = {metric for metric, names in message.named_inputs.items() if len(names) > 1}
        ids |= {entry.id for entry in METRICS.values() if entry.note in near}
        ids |= set(self._cues.likely(message.words))
        ids |= {metric for metric, share in message.guess.items() if share >= POSSIBLE}
        known = [id_ for id_ in sorted(ids) if METRICS[id_].note in near or message.guess.get(id_, 0.0) >= TRUSTED]
        options = [found for id_ in known if (found := self.fit_of(id_, message)).pairs]

        def rank(found: Fit) -> float:
            place = 0.5 * _place(found.metric.note, near)
            return self._cost(found, message) + place + self._as_variant(found, message)

        ranked = sorted(options, key=rank)
        if len(ranked) > 1 and self._cost(ranked[1], message) - self._cost(ranked[0], message) < CLOSE:
            first, second = ranked[:2]
            if not _same_result(call_of(first, message), call_of(second, message)):
                return []
        return ranked[:1]

    def only_one(self, message: Message) -> list[Fit]:
        """Return the fit of the only metric whose inputs' names all numbers of a message have, if there is one."""
        if len(message.quantities) < LEAST_NAMED:
            return []
        least = LEAST_NAMED if message.groups else max(LEAST_NAMED, len(message.quantities))
        names = sorted(message.named_inputs.items())
        fitted = [self.fit_of(metric, message) for metric, found in names if len(found) >= least]
        whole = [
            found
            for found in fitted
            if not (found.left or found.lacking) and found.labelled == len(found.pairs) >= LEAST_NAMED and found.sure
        ]
        ids = {found.metric.id for found in whole}
        whole = [found for found in whole if not self._is_variant(found.metric.id, ids, message)]
        return whole if len(whole) == 1 and whole[0].cost < NEARLY * len(whole[0].pairs) else []

    def likeliest(self, message: Message, near: Sequence[str]) -> list[Fit]:
        """Return the fit of the metric that a message surely wants, though it names none: some of it may be asked for.

        It is the one that takes most of the numbers by their names, or that messages like this one ask for.
        """
        ids = {
            metric
            for metric, found in message.named_inputs.items()
            if len(found) >= FEWEST_NAMED
            and (message.guess.get(metric, 0.0) >= POSSIBLE or METRICS[metric].note in near)
        }
        ids |= {metric for metric, share in message.guess.items() if share >= LIKELY_ALONE and metric in METRICS}
        options = []
        for metric in sorted(ids):
            found = self.fit_of(metric, message)
            told = found.labelled >= FEWEST_NAMED or message.guess.get(metric, 0.0) >= LIKELY_ALONE
            if found.pairs and len(found.left) <= 1 and told:
                options.append(found)

        def rank(found: Fit) -> float:
            return self._cost(found, message) + self._as_variant(found, message)

        return sorted(options, key=rank)[:1]

    def _readings(self, message: Message) -> list[Fit]:
        """Return the readings that come into question, one a metric that is named or that such messages ask for."""
        named = {metric for said in message.mentions for metric in said.metrics}
        likely = {name for name, share in message.guess.items() if share >= MAYBE and name in METRICS}
        fitted = [self.fit_of(metric, message) for metric in sorted(named | likely)]
        return [found for found in fitted if found.pairs]

    def _most_trusted(self, message: Message) -> tuple[Fit, float] | None:
        """Return the reading that is trusted most, and how likely it is right; None if there is none."""
        trusts = [(found, trust_in(found, message)) for found in self.readings(message)]
        known = [(found, trust) for found, trust in trusts if trust is not None]
        return max(known, key=lambda pair: pair[1], default=None)

    def _as_variant(self, found: Fit, message: Message) -> float:
        """Return what it costs that a metric is a variant of another one which the message has no word for."""
        return VARIANT if self._is_variant(found.metric.id, METRICS, message) else 0.0

    def _is_variant(self, metric: str, others: Iterable[str], message: Message) -> bool:
        """Say whether a metric is a variant of one of others, and the message has no word for what sets it apart."""
        bases = [base for base in others if metric.startswith(f"{base}_")]
        return bool(bases) and not any(self._cues.telling(metric, base, message.words) for base in bases)


def _within(said: Said, mentions: Sequence[Said]) -> bool:
    """Say whether a phrase is but a part of a name that is asked for, and so names no input."""
    return any(
        mention.start <= said.start and said.end <= mention.end and said.words < mention.words for mention in mentions
    )


def _fit_alone(metric: str, message: Message) -> Fit:
    """Return the best fit of a message to a metric, nothing of which is filled yet."""
    return settled(fit(METRICS[metric], message.scene()), message)


def _same_result(one: Call, other: Call) -> bool:
    first, second = result_of(one.args), result_of(other.args)
    return first is not None and second is not None and first.value == second.value


def _place(title: str, near: Sequence[str]) -> int:
    return near.index(title) if title in near else len(near) + 2

"""Decides which metrics a message asks for, and with which inputs: the calls of the tool that computes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from assistant.embedded.context import Computed, Context
from assistant.embedded.figures.cues import Cues, siblings
from assistant.embedded.figures.doubts import doubtful, unexplained, what_is
from assistant.embedded.figures.fitting import LEFT_OVER, Fit, fit, fits
from assistant.embedded.figures.givens import given_value
from assistant.embedded.figures.message import Guess, Message, read_message
from assistant.embedded.figures.roles import Roles
from assistant.embedded.figures.scene import OF
from assistant.embedded.figures.stating import (
    chosen,
    either_asked,
    needed,
    pooled,
    rivalry,
    stated,
    which_input,
    which_reading,
)
from assistant.embedded.figures.unit_costs import unit_text
from assistant.embedded.figures.wording import Said, Wording
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS, Metric
from tools.metrics.request import Request, Stated, answer
from tools.metrics.result import MetricResult

MOST_METRICS = 5
VARIANT = 0.6
CLOSE = 0.15
LEARNED, POSSIBLE, LIKELY, SURE, TRUSTED = 1.5, 0.06, 0.6, 0.8, 0.12
MOST_TURNS_BACK = 4
LEAST_NAMED, NEARLY = 3, 0.35
FEWEST_NAMED, LIKELY_ALONE = 2, 0.5
KEPT = ("days_a_year", "days_a_week", "unit")
_HOW_MUCH = re.compile(r"\b(?:how (?:many|much|big|long|large)|what|which|wie ?viel\w*|welche\w*)\b", re.I)


@dataclass(frozen=True)
class Call:
    """Arguments of the tool, and questions about what could be read in two ways and was left out of them."""

    args: dict[str, Any]
    unclear: tuple[str, ...] = ()


class Planner:
    """Plans computations from messages and the history."""

    def __init__(self, wording: Wording, guess: Guess = lambda _: {}, roles: Roles | None = None):
        self._wording = wording
        self._guess = guess
        self._roles = roles
        self._read = lru_cache(maxsize=64)(self._read_anew)
        self._cues = Cues()
        self._fit = lru_cache(maxsize=512)(_fit_alone)
        self.fresh = lru_cache(maxsize=32)(self._fresh)

    def read(self, text: str) -> Message:
        """Return a message with its quantities and phrases; a turn reads it several times."""
        return self._read(text)

    def _read_anew(self, text: str) -> Message:
        return read_message(text, self._wording, self._guess, self._roles)

    def _fresh(self, message: Message) -> list[Fit]:
        """Return the fits of the metrics that a message asks for by name."""
        mentions = message.mentions
        if not mentions:
            return []
        given = self._given(message)
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
        fitted = {name: self._fit(name, message) for name in self._meant(message, mention)}
        best = min(
            fitted.values(),
            key=lambda found: (
                self._cost(found, message, one_of_many) + (0.0 if found.metric.id in mention.metrics else VARIANT)
            ),
        )
        if best.pairs or not message.quantities:
            return best
        others = {metric for metric, _ in mention.inputs}
        inputs = [self._fit(name, message) for name in sorted(others)]
        labelled = [
            found for found in inputs if any(pair.label and pair.label.start <= mention.start for pair in found.pairs)
        ]
        return min(labelled, key=lambda found: self._cost(found, message), default=best)

    def _certain(self, found: Fit, message: Message) -> bool:
        """Say whether a fit is complete, plain and leaves no number unexplained."""
        return self.plain(found, message) and not unexplained(found, ())

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
        fitted = [self._fit(name, message) for name in sorted(likely)]
        sure = [
            found for found in fitted if found.pairs and not found.left and found.sure and self._certain(found, message)
        ]
        return min(sure, key=lambda found: self._cost(found, message), default=None)

    def _meant(self, message: Message, mention: Said) -> list[str]:
        """Return the metrics of a name, and those of its variants that the message's other words speak for."""
        meant = sorted(mention.metrics)
        for base in sorted(mention.metrics):
            used = {word for pair in self._fit(base, message).pairs if pair.label for word in pair.label.text}
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
        plain, more = self._fit(base, message), self._fit(other, message)
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
        counts: dict[str, set[str]] = {}
        for said in message.phrases:
            for metric, name in said.inputs:
                counts.setdefault(metric, set()).add(name)
        ids = {metric for metric, names in counts.items() if len(names) > 1}
        ids |= {entry.id for entry in METRICS.values() if entry.note in near}
        ids |= set(self._cues.likely(message.words))
        ids |= {metric for metric, share in message.guess.items() if share >= POSSIBLE}
        options = [self._fit(name, message) for name in sorted(ids)]
        options = [
            found
            for found in options
            if found.pairs and (found.metric.note in near or message.guess.get(found.metric.id, 0.0) >= TRUSTED)
        ]

        def rank(found: Fit) -> float:
            place = 0.5 * _place(found.metric.note, near)
            return self._cost(found, message) + place + (VARIANT if self._is_variant(found.metric.id, message) else 0)

        ranked = sorted(options, key=rank)
        if len(ranked) > 1 and self._cost(ranked[1], message) - self._cost(ranked[0], message) < CLOSE:
            first, second = ranked[:2]
            if not _same_result(self.call(first, message), self.call(second, message)):
                return []
        return ranked[:1]

    def only_one(self, message: Message) -> list[Fit]:
        """Return the fit of the only metric whose inputs' names all numbers of a message have, if there is one."""
        names: dict[str, set[str]] = {}
        for said in message.phrases:
            for metric, name in said.inputs:
                names.setdefault(metric, set()).add(name)
        if len(message.quantities) < LEAST_NAMED:
            return []
        fitted = [self._fit(metric, message) for metric, found in sorted(names.items()) if len(found) >= LEAST_NAMED]
        whole = [
            found
            for found in fitted
            if not (found.left or found.lacking) and found.labelled == len(found.pairs) >= LEAST_NAMED and found.sure
        ]
        ids = {found.metric.id for found in whole}
        whole = [found for found in whole if not self._is_variant_of(found.metric.id, ids, message)]
        return whole if len(whole) == 1 and whole[0].cost < NEARLY * len(whole[0].pairs) else []

    def of(self, metric: str, message: Message) -> Fit:
        """Return the fit of one metric."""
        return self._fit(metric, message)

    def likeliest(self, message: Message, near: Sequence[str]) -> list[Fit]:
        """Return the fit of the metric that a message surely wants, though it names none: some of it may be asked for.

        It is the one that takes most of the numbers by their names, or that messages like this one ask for.
        """
        names: dict[str, set[str]] = {}
        for said in message.phrases:
            for metric, name in said.inputs:
                names.setdefault(metric, set()).add(name)
        ids = {metric for metric, found in names.items() if len(found) >= FEWEST_NAMED}
        ids |= {metric for metric, share in message.guess.items() if share >= LIKELY_ALONE and metric in METRICS}
        options = []
        for metric in sorted(ids):
            found = self._fit(metric, message)
            guess = message.guess.get(metric, 0.0)
            told = found.labelled >= FEWEST_NAMED and (guess >= POSSIBLE or found.metric.note in near)
            if found.pairs and len(found.left) <= 1 and (told or guess >= LIKELY_ALONE):
                options.append(found)

        def rank(found: Fit) -> float:
            return self._cost(found, message) + (VARIANT if self._is_variant(found.metric.id, message) else 0)

        return sorted(options, key=rank)[:1]

    def _is_variant(self, metric: str, message: Message) -> bool:
        """Say whether a metric is a variant of another one, and the message has no word for what sets it apart."""
        return self._is_variant_of(metric, METRICS, message)

    def _is_variant_of(self, metric: str, others: Iterable[str], message: Message) -> bool:
        bases = [base for base in others if metric.startswith(f"{base}_")]
        return bool(bases) and not any(self._cues.telling(metric, base, message.words) for base in bases)

    def backwards(self, message: Message) -> Call | None:
        """Return the call that solves a metric, whose value is given, for an input that is named without a number."""
        given = self._given(message)
        for mention, target in given.items():
            if any(other not in given and not other.inputs for other in message.mentions):
                continue
            if self._heads_a_list(mention, target, message):
                continue
            rest = replace(message, quantities=tuple(q for q in message.quantities if q != target))
            for metric in sorted(mention.metrics):
                options = [
                    found
                    for found in fits(METRICS[metric], rest.scene())
                    if len(found.lacking) == 1
                    and METRICS[metric].declared[found.lacking[0]].shape == "number"
                    and not doubtful(found, (), ())
                    and (
                        _named_bare(found, rest) or (_HOW_MUCH.search(message.text) and found.pairs and not found.left)
                    )
                ]
                if options:
                    found = min(options, key=lambda option: option.cost)
                    call = self.call(found, rest)
                    aim = {"solve_for": found.lacking[0], "target": target.value, "target_unit": unit_text(target)}
                    return Call({**call.args, **aim}, call.unclear)
        return None

    def _heads_a_list(self, mention: Said, target: Quantity, message: Message) -> bool:
        """Say whether a name with a colon stands before its inputs, all of them named, and not before its value."""
        if not message.text[: target.start].rstrip().endswith(":"):
            return False
        whole = (self._fit(metric, message) for metric in sorted(mention.metrics))
        return any(not (one.lacking or one.left) and one.labelled == len(one.pairs) for one in whole)

    def _given(self, message: Message) -> dict[Said, Quantity]:
        """Return the names of metrics that the message gives a value for, with it."""
        return {
            mention: target
            for mention in message.mentions
            if (target := given_value(mention, message.text, message.quantities, message.phrases))
        }

    def _targets(self, found: Fit, message: Message) -> list[Quantity]:
        """Return the values that metrics are given: not a number behind a colon that completes a fit."""
        targets = list(self._given(message).values())
        if found.lacking or found.left:
            return targets
        return [target for target in targets if not message.text[: target.start].rstrip().endswith(":")]

    def plain(self, found: Fit, message: Message) -> bool:
        """Say whether a fit is complete and certain, and takes no metric's own value for an input."""
        targets = self._targets(found, message)
        taken = [pair for pair in found.pairs if pair.label is None and pair.quantity in targets]
        return not found.lacking and not taken and not doubtful(found, (), ())

    def call(
        self,
        found: Fit,
        message: Message,
        before: Mapping[str, Stated] | None = None,
        asked: Sequence[str] = (),
        used: Sequence[Quantity] = (),
    ) -> Call:
        """Return the call of a fit, over inputs of an earlier call, with what is unclear left out and asked for.

        `asked` are inputs that were asked for, `used` quantities that other metrics of the message take.
        """
        before = dict(before or {})
        unclear = [which_reading(pair) for pair in found.pairs if pair.quantity.others]
        dropped = {pair.input for pair in found.pairs if pair.quantity.others}
        if not found.sure and self._matters(found, message, before):
            rivals = rivalry(found)
            unclear.append(which_input(found.metric, rivals))
            dropped |= {name for _, names in rivals for name in names}
        else:
            targets = [] if before else self._targets(found, message)
            doubted = doubtful(found, before, asked)
            bare = [
                pair
                for pair in found.pairs
                if pair.input not in dropped and (pair in doubted or (pair.label is None and pair.quantity in targets))
            ]
            unclear += [what_is(found, pair.quantity) for pair in bare]
            dropped |= {pair.input for pair in bare}
        strange = unexplained(found, used) if not unclear else []
        unclear += [what_is(found, quantity) for quantity in strange[:1]]
        inputs = dict(before)
        for pair in found.pairs:
            if pair.input not in dropped:
                inputs[pair.input] = stated(found.metric, pair, message, before.get(pair.input))
        for name, choice in chosen(found.metric, message.text):
            inputs.setdefault(name, Stated(name=name, value=choice))
        args = Request(
            metric=found.metric.id,
            inputs=list(inputs.values()),
            unit=message.unit,
            **message.calendar,
        ).model_dump(exclude_defaults=True)
        return Call(self._unswapped({"inputs": [], **args}, found, message), tuple(unclear))

    def _unswapped(self, args: dict[str, Any], found: Fit, message: Message) -> dict[str, Any]:
        """Return a call in which "12 of 150" are a part and its whole: the other way round if only that can be."""
        if isinstance(answer(Request(**args)), MetricResult):
            return args
        pairs = sorted(found.pairs, key=lambda pair: pair.quantity.start)
        for one, other in pairwise(pairs):
            between = message.text[one.quantity.end : other.quantity.start].strip()
            if not OF.fullmatch(between) or one.quantity.value > other.quantity.value:
                continue
            names = {one.input: other.input, other.input: one.input}
            inputs = [{**part, "name": names.get(part["name"], part["name"])} for part in args["inputs"]]
            if isinstance(answer(Request(**{**args, "inputs": inputs})), MetricResult):
                return {**args, "inputs": inputs}
        return args

    def _matters(self, found: Fit, message: Message, before: Mapping[str, Stated]) -> bool:
        """Say whether the rival reading would give another number."""
        if not found.rivals:
            return False
        moved = {id(pair.quantity) for pair in found.rivals}
        taken = {pair.input for pair in found.rivals}
        kept = [pair for pair in found.pairs if id(pair.quantity) not in moved and pair.input not in taken]
        results = []
        for pairs in (found.pairs, (*kept, *found.rivals)):
            given = {
                **before,
                **{pair.input: stated(found.metric, pair, message, before.get(pair.input)) for pair in pairs},
            }
            results.append(answer(Request(metric=found.metric.id, inputs=list(given.values()))))
        values = [result.value if isinstance(result, MetricResult) else None for result in results]
        return None not in values and values[0] != values[1]

    def changed(self, message: Message, past: Computed) -> Call | None:
        """Return an earlier call with what a message changes or adds; None if it says nothing about its inputs."""
        entry = METRICS.get(str(past.args.get("metric", "")))
        if entry is None:
            return None
        before = {part["name"]: Stated(**part) for part in past.args.get("inputs", [])}
        lacking = [
            name for name, declared in entry.declared.items() if declared.said.label in past.output.get("missing", [])
        ]
        wrong = [part["input"] for part in past.output.get("invalid", [])]
        asked = [*lacking, *wrong] or either_asked(entry, before, past)
        found = fit(entry, message.scene(before, asked))
        if not found.pairs:
            if not message.unit:
                return None
            unchanged = {name: part for name, part in past.args.items() if name != "before"}  # it was in another unit
            return Call({**unchanged, **message.calendar, "unit": message.unit})
        call = self.call(found, message, before, asked)
        kept: dict[str, Any] = {name: part for name, part in past.args.items() if name in KEPT}
        if past.complete and not message.unit:
            kept["before"] = past.output["value"]
        return Call({**kept, **call.args}, call.unclear)

    def same_data(self, entry: Metric, message: Message, context: Context) -> Call:
        """Return a call of a metric with what the message says, and what was said earlier about the same inputs."""
        pool = pooled(entry, context.computed)
        for turn in reversed(context.past[-MOST_TURNS_BACK:]):
            earlier = self.read(turn.question)
            found = fit(entry, earlier.scene(pool))
            for pair in found.pairs:
                if (
                    pair.label is not None
                    and pair.input not in pool
                    and not pair.quantity.others
                    and not pair.quantity.change
                ):
                    pool[pair.input] = stated(entry, pair, earlier, None)
        found = fit(entry, message.scene(pool))
        return self.call(found, message, needed(entry, pool, found))


def _within(said: Said, mentions: Sequence[Said]) -> bool:
    """Say whether a phrase is but a part of a name that is asked for, and so names no input."""
    return any(
        mention.start <= said.start and said.end <= mention.end and said.words < mention.words for mention in mentions
    )


def _fit_alone(metric: str, message: Message) -> Fit:
    """Return the best fit of a message to a metric, nothing of which is filled yet."""
    return fit(METRICS[metric], message.scene())


def _named_bare(found: Fit, message: Message) -> bool:
    """Say whether the lacking input is named in the message, without a number of its own."""
    taken = [pair.label for pair in found.pairs if pair.label is not None]
    taken += [mention for mention in message.mentions if found.metric.id in mention.metrics]
    return any(
        (found.metric.id, found.lacking[0]) in said.inputs
        and not any(said.start < label.end and label.start < said.end for label in taken)
        for said in message.phrases
    )


def _same_result(one: Call, other: Call) -> bool:
    results = [answer(Request(**call.args)) for call in (one, other)]
    values = [result.value for result in results if isinstance(result, MetricResult)]
    return len(values) == 2 and values[0] == values[1]


def _place(title: str, near: Sequence[str]) -> int:
    return near.index(title) if title in near else len(near) + 2

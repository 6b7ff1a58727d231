"""Makes the calls that take up what earlier turns computed: completed, corrected, changed, or with the same data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.embedded.context import Computed, Context
from assistant.embedded.figures.arranging import KNOWN
from assistant.embedded.figures.calling import Call, call_of, changed
from assistant.embedded.figures.fitting import Fit, fit
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.placing import next_call
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.results import result_of
from assistant.embedded.figures.stating import needed, pooled, stated
from assistant.embedded.phrases import phrases
from tools.metrics import METRICS, Metric

SURE = 0.5
SURELY_CONCEPT = 0.6
SHORT = 12
MOST_TURNS_BACK = 4
_SAME_SHOWN = 3
_MORE = re.compile(r"\b(?:more|less|differ\w*|change\w*|sav\w+|mehr|weniger|Unterschied)\b", re.I)
_UNIT_OF = re.compile(r"^the unit of (.+) \(")


class Follower:
    """Plans the calls of messages that go on from earlier turns."""

    def __init__(self, planner: Planner):
        self._planner = planner

    def going_on(self, context: Context, message: Message, intent: Mapping[str, float]) -> list[Call]:
        """Return the calls that the last turn had to leave open, with what the message adds."""
        pending = [call for call in _latest(context) if not call.complete]
        if not pending or intent["concept"] >= SURELY_CONCEPT:
            return []
        if any(found.metric.id not in _ids(pending) and not found.lacking for found in self._planner.fresh(message)):
            return []
        found = []
        for past in pending:
            with_unit = _with_unit(past, message)
            call = with_unit or changed(message, past) or self._leftover(context, message, past)
            if call:
                found.append(call)
        return found

    def confirmed(self, context: Context, message: Message) -> list[Call]:
        """Return the last turn's calls that were to be confirmed, if the message confirms them."""
        said = " ".join(re.findall(r"[\w']+", message.text.casefold()))
        if said not in phrases().figures.confirmed:
            return []
        last = context.past[-1].computed if context.past else []
        return [Call(_without(past.args, "check")) for past in last if past.args.get("check")]

    def _leftover(self, context: Context, message: Message, past: Computed) -> Call | None:
        """Return a call with a number of the last message as the input that this one names ("the order cost")."""
        if message.quantities or not any(said.inputs for said in message.phrases):
            return None
        earlier = self._planner.read(context.past[-1].question)
        used = _numbers(past.args)
        left = [quantity for quantity in earlier.quantities if quantity.value not in used]
        if len(left) != 1:
            return None
        spoken = Message(f"{message.text}: {left[0].text}", (), message.phrases)
        start = len(message.text) + 2
        moved = replace(left[0], start=start, end=start + len(left[0].text))
        return changed(replace(spoken, quantities=(moved,)), past)

    def changed(self, context: Context, message: Message, intent: Mapping[str, float]) -> list[Call]:
        """Return the last turn's calls with what the message changes in them."""
        latest = _latest(context)
        if not latest or intent["concept"] >= SURELY_CONCEPT or not _about_inputs(message, latest):
            return []
        if not message.quantities and not message.unit:
            repeats = intent["same"] >= SURE and len(message.text.split()) <= SHORT
            return [_again(past, message) for past in latest if past.complete] if repeats else []
        fresh = [found for found in self._planner.unnamed(message, ()) if found.labelled > 1 and not found.lacking]
        if fresh and intent["change"] + intent["give"] < SURE:
            return []
        if len(latest) > 1:
            return [call for past in latest if (call := changed(message, past))]
        call = next_call(message, latest[0], context.past, self._planner, intent["change"] + intent["give"] >= SURE)
        return [call] if call else []

    def taken_up(self, context: Context, message: Message) -> list[Call]:
        """Return the call of a metric that a turn before named, or that messages like this one ask for.

        Only if all numbers have a certain place in it, and with what earlier turns said nothing is lacking.
        """
        if not message.quantities:
            return []
        named = [
            metric
            for turn in reversed(context.past[-_SAME_SHOWN:])
            for said in self._planner.read(turn.question).mentions
            for metric in sorted(said.metrics)
        ]
        known = [metric for metric, share in message.guess.items() if share >= KNOWN and metric in METRICS]
        for metric in dict.fromkeys([*known, *named] if context.past else ()):
            found = self.same_data(METRICS[metric], message, context)
            used = _numbers(found.args)
            told = all(quantity.value in used for quantity in message.quantities)
            if told and not found.unclear and result_of(found.args):
                return [found]
        return []

    def from_history(self, context: Context, message: Message, fits: Sequence[Fit]) -> list[Call]:
        """Return the calls of metrics that are but named, if earlier turns gave all that they need ("so DPO?")."""
        if not context.computed or len(message.text.split()) > SHORT or _ids(_latest(context)) & _named_ids(fits):
            return []
        calls = [self.same_data(found.metric, message, context) for found in fits]
        return [call for call in calls if not call.unclear and result_of(call.args)]

    def same_data(self, entry: Metric, message: Message, context: Context) -> Call:
        """Return a call of a metric with what the message says, and what was said earlier about the same inputs."""
        pool = pooled(entry, context.computed)
        for turn in reversed(context.past[-MOST_TURNS_BACK:]):
            earlier = self._planner.read(turn.question)
            found = fit(entry, earlier.scene(pool)) if pool else self._planner.fit_of(entry.id, earlier)
            for pair in found.pairs:
                if (
                    (pair.label is not None or pair.settled)
                    and pair.input not in pool
                    and not pair.quantity.others
                    and not pair.quantity.change
                ):
                    pool[pair.input] = stated(entry, pair, earlier, None)
        found = fit(entry, message.scene(pool))
        return call_of(found, message, needed(entry, pool, found))


def _without(args: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in args.items() if key != name}


def _again(past: Computed, message: Message) -> Call:
    """Return an earlier call once more, without its comparison unless the message asks for that."""
    compares = _MORE.search(message.text)
    kept = past.args if compares else _without(past.args, "before")
    return Call({**kept, **message.calendar})


def _numbers(args: Mapping[str, Any]) -> set[Any]:
    """Return the single values of a call's inputs."""
    return {part["value"] for part in args.get("inputs", []) if not isinstance(part["value"], list | dict)}


def _latest(context: Context) -> list[Computed]:
    """Return the computations of the latest of the last turns that computed something."""
    return next((turn.computed for turn in reversed(context.past[-_SAME_SHOWN:]) if turn.computed), [])


def _with_unit(past: Computed, message: Message) -> Call | None:
    """Return a call whose time had no unit, with the unit that the message names."""
    asked = {match[1] for part in past.output.get("missing", []) if (match := _UNIT_OF.match(part))}
    entry = METRICS.get(str(past.args.get("metric")))
    if not asked or not message.unit or entry is None or message.quantities:
        return None
    labels = {name: declared.said.label for name, declared in entry.declared.items()}
    inputs = [
        {**part, "unit": message.unit} if labels.get(part["name"]) in asked else part for part in past.args["inputs"]
    ]
    return Call({**past.args, "inputs": inputs})


def _about_inputs(message: Message, computed: Sequence[Computed]) -> bool:
    """Say whether every metric that a message names is but an input of what was computed."""
    ids = _ids(computed)
    return all(any(metric in ids for metric, _ in said.inputs) for said in message.mentions)


def _named_ids(fits: Sequence[Fit]) -> set[str]:
    return {found.metric.id for found in fits}


def _ids(calls: Sequence[Computed]) -> set[str]:
    return {str(call.args.get("metric")) for call in calls}

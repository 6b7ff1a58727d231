"""Makes the calls of the tool that computes: a fit as its arguments, with what is unclear left out and asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.embedded.context import Computed
from assistant.embedded.figures.doubts import doubtful, unexplained, what_is
from assistant.embedded.figures.fitting import Fit, Pair, fit
from assistant.embedded.figures.givens import targets_of
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.results import result_of
from assistant.embedded.figures.scene import OF
from assistant.embedded.figures.stating import (
    chosen,
    either_asked,
    rivalry,
    stated,
    which_input,
    which_reading,
)
from assistant.embedded.figures.trusting import is_said, learned_trust, trust_in
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS
from tools.metrics.request import Request, Stated

KEPT = ("days_a_year", "days_a_week", "unit")


@dataclass(frozen=True)
class Call:
    """Arguments of the tool, and questions about what could be read in two ways and was left out of them."""

    args: dict[str, Any]
    unclear: tuple[str, ...] = ()


def call_of(
    found: Fit,
    message: Message,
    before: Mapping[str, Stated] | None = None,
    asked: Sequence[str] = (),
    used: Sequence[Quantity] = (),
) -> Call:
    """Return the call of a fit, over inputs of an earlier call, with what is unclear left out and asked for.

    `asked` are inputs that were asked for, `used` quantities that other metrics of the message take.
    A complete reading that is trusted is taken whole; one that is trusted less only checks its inputs, which are to be
    confirmed.
    """
    before = dict(before or {})
    is_whole = bool(found.pairs) and not (before or found.lacking)
    trust = trust_in(found, message) if is_whole else None
    is_doubted = trust is not None and trust < learned_trust().compute and not is_said(found, message)
    if trust is not None and trust >= learned_trust().confirm and not any(pair.quantity.others for pair in found.pairs):
        args = _args(found, found.pairs, message, {})
        if result_of(args):
            return Call({**args, "check": True} if is_doubted else args)
    unclear = [which_reading(pair) for pair in found.pairs if pair.quantity.others]
    dropped = {pair.input for pair in found.pairs if pair.quantity.others}
    if not found.sure and _matters(found, message, before):
        rivals = rivalry(found)
        unclear.append(which_input(found.metric, rivals))
        dropped |= {name for _, names in rivals for name in names}
    else:
        targets = [] if before else targets_of(found, message)
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
    kept = [pair for pair in found.pairs if pair.input not in dropped]
    args = _args(found, kept, message, before)
    to_check = is_doubted and not unclear and result_of(args) is not None
    return Call({**args, "check": True} if to_check else args, tuple(unclear))


def _args(found: Fit, pairs: Sequence[Pair], message: Message, before: Mapping[str, Stated]) -> dict[str, Any]:
    """Return the arguments of the tool for some numbers of a fit, over the inputs of an earlier call."""
    inputs = dict(before)
    for pair in pairs:
        inputs[pair.input] = stated(found.metric, pair, message, before.get(pair.input))
    for name, choice in chosen(found.metric, message.text):
        inputs.setdefault(name, Stated(name=name, value=choice))
    args = Request(
        metric=found.metric.id,
        inputs=list(inputs.values()),
        unit=message.unit,
        **message.calendar,
    ).model_dump(exclude_defaults=True)
    return _unswapped({"inputs": [], **args}, found, message)


def changed(message: Message, past: Computed) -> Call | None:
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
    fresh = call_of(found, message, before, asked)
    kept: dict[str, Any] = {name: part for name, part in past.args.items() if name in KEPT}
    if past.complete and not message.unit:
        kept["before"] = past.output["value"]
    return Call({**kept, **fresh.args}, fresh.unclear)


def _unswapped(args: dict[str, Any], found: Fit, message: Message) -> dict[str, Any]:
    """Return a call in which "12 of 150" are a part and its whole: the other way round if only that can be."""
    if result_of(args):
        return args
    pairs = sorted(found.pairs, key=lambda pair: pair.quantity.start)
    for one, other in pairwise(pairs):
        between = message.text[one.quantity.end : other.quantity.start].strip()
        if not OF.fullmatch(between) or one.quantity.value > other.quantity.value:
            continue
        names = {one.input: other.input, other.input: one.input}
        inputs = [{**part, "name": names.get(part["name"], part["name"])} for part in args["inputs"]]
        if result_of({**args, "inputs": inputs}):
            return {**args, "inputs": inputs}
    return args


def _matters(found: Fit, message: Message, before: Mapping[str, Stated]) -> bool:
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
        results.append(result_of({"metric": found.metric.id, "inputs": list(given.values())}))
    one, other = results
    return one is not None and other is not None and one.value != other.value

"""Takes the number of a next message as the input of the last computation that is meant, or asks which one it is."""

import re
from dataclasses import replace
from typing import Any

from assistant.embedded.context import Computed, Past
from assistant.embedded.figures.calling import Call, changed
from assistant.embedded.figures.changing import Asked, learned_changing, likely_inputs, possible_inputs, the_number
from assistant.embedded.figures.doubts import MOST_OPTIONS, which_of
from assistant.embedded.figures.fitting import Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.results import result_of
from assistant.embedded.figures.stating import stated
from assistant.embedded.figures.unit_costs import unit_cost, unit_text
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS, Metric
from tools.metrics.request import Stated

_CORRECTS = re.compile(
    r"\s*(?:sorry|no\b|nope|oops|ups|wait|hm+|i mean|make (?:it|that)|actually|correction|rather|nein|doch|ich meine)",
    re.I,
)
EVEN = 0.4
"""Share from which an input that the words name is taken though it is not surely meant."""


def next_call(message: Message, last: Computed, turns: tuple[Past, ...], planner: Planner, surely: bool) -> Call | None:
    """Return the last call with what a message changes in it; None if it says nothing about its inputs.

    Where the message names no input, its one number is taken as the one that was learned to be meant. `surely` says
    that something is to be changed, so that it is asked which one where none is surely meant.
    """
    corrected = _corrected(message, last, planner.read(turns[-1].question)) if turns else None
    if corrected:
        return corrected
    number = the_number(message)
    fitted = changed(replace(message, quantities=(number,)) if number else message, last)
    entry = METRICS.get(str(last.args.get("metric", "")))
    if entry is None or number is None or not last.complete:
        return fitted
    likely = _likely(message, number, last, entry, turns, planner)
    if not likely:
        return fitted
    name, share = next(iter(likely.items()))
    clear = fitted is not None and not fitted.unclear
    learned = learned_changing()
    if clear and fitted and all(likely.get(one, 0.0) >= min(EVEN, share) for one in _moved(fitted, last)):
        return fitted
    if share >= learned.taken and not clear:
        return _with(message, number, name, last, entry)
    if not (surely or fitted) or message.mentions:
        return fitted
    return _asking(number, likely, last, entry)


def _corrected(message: Message, past: Computed, before: Message) -> Call | None:
    """Return a call with the number that the last message gave put right: "sorry, 855"."""
    if len(before.quantities) != 1:
        return None
    given_as = [part for part in past.args.get("inputs", []) if part["value"] == before.quantities[0].value]
    if len(message.quantities) != 1 or not _CORRECTS.match(message.text) or len(given_as) != 1:
        return None
    number = message.quantities[0]
    if any(said.inputs and len("".join(said.text)) > 1 for said in message.phrases) or number.change:
        return None
    (part,) = given_as
    declared = METRICS[str(past.args["metric"])].declared[part["name"]]
    if isinstance(part["value"], list | dict) or number.is_list or unit_cost(number, declared) is None:
        return None
    unit = unit_text(number) or part.get("unit", "")
    right = {**part, "value": number.value, "unit": unit}
    inputs = [right if other is part else other for other in past.args["inputs"]]
    return Call({**past.args, "inputs": inputs})


def _likely(
    message: Message, number: Quantity, last: Computed, entry: Metric, turns: tuple[Past, ...], planner: Planner
) -> dict[str, float]:
    """Return how likely each input is meant that would give another result; without a reader, all alike."""
    inputs = {part["name"]: part["value"] for part in last.args["inputs"]}
    asked = Asked(entry, inputs, [planner.read(turn.question) for turn in turns])
    possible = [name for name in possible_inputs(number, asked) if _matters(message, number, name, last, entry)]
    if planner.roles is not None:
        return likely_inputs(message, number, asked, possible, planner.roles)
    options = sorted(possible, key=lambda name: name not in inputs)
    return {name: 1 / len(options) for name in options}


def _matters(message: Message, number: Quantity, name: str, last: Computed, entry: Metric) -> bool:
    """Say whether a number as an input gives another result than the last."""
    result = result_of(_with(message, number, name, last, entry).args)
    return result is not None and result.value != last.output["value"]


def _moved(call: Call | None, last: Computed) -> set[str]:
    """Return the inputs in which a call differs from the last."""
    before = {part["name"]: part for part in last.args["inputs"]}
    return {part["name"] for part in call.args["inputs"] if part != before.get(part["name"])} if call else set()


def _with(message: Message, number: Quantity, name: str, last: Computed, entry: Metric) -> Call:
    """Return the last call with a number as one of its inputs."""
    before = {part["name"]: Stated(**part) for part in last.args["inputs"]}
    inputs = {**before, name: stated(entry, Pair(number, name, 0.0), message, before.get(name))}
    args: dict[str, Any] = {**last.args, "inputs": [part.model_dump(exclude_defaults=True) for part in inputs.values()]}
    return Call({**args, "before": last.output["value"]})


def _asking(number: Quantity, likely: dict[str, float], last: Computed, entry: Metric) -> Call:
    """Return the last call as it was, with the question which of the likely inputs a number is."""
    least = learned_changing().asked
    options = [name for name, share in likely.items() if share >= least] or list(likely)
    labels = [entry.declared[name].said.label for name in options[:MOST_OPTIONS]]
    return Call({part: kept for part, kept in last.args.items() if part != "before"}, (which_of(labels, number),))

"""Takes a number that nothing names as a changed input of what was computed last, or asks which one it is."""

import math
from collections.abc import Sequence
from typing import Any

from assistant.embedded.context import Computed
from assistant.embedded.figures.calling import Call
from assistant.embedded.figures.doubts import which_of
from assistant.embedded.figures.fitting import Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.stating import stated
from assistant.embedded.figures.unit_costs import unit_cost
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS, Metric
from tools.metrics.request import Stated

NEAR, FAR_APART = math.log(2.5), math.log(4)
"""A value that changed is hardly ever more than so many times the old one, if no other input is as near."""


def placed(message: Message, past: Computed) -> Call | None:
    """Return the last call with the one number of a message as the input that it can only be meant for.

    That is the only one that it can be by its unit, or the only one that had about as large a value. Where there are
    several, the call asks which one is meant.
    """
    entry = METRICS.get(str(past.args.get("metric", "")))
    numbers = [quantity for quantity in message.quantities if not quantity.is_list]
    if entry is None or len(numbers) != 1 or len(message.quantities) != 1 or not past.complete:
        return None
    (number,) = numbers
    before = {part["name"]: Stated(**part) for part in past.args["inputs"]}
    options = [name for name, part in before.items() if _may_be(number, part, entry)]
    if not options:
        return None
    name = options[0] if len(options) == 1 else _nearest(number, before, options)
    if not name:
        left = {part: kept for part, kept in past.args.items() if part != "before"}
        return Call(left, (which_of([entry.declared[name].said.label for name in options], number),))
    inputs = {**before, name: stated(entry, Pair(number, name, 0.0), message, before[name])}
    args: dict[str, Any] = {**past.args, "inputs": [_plain(part) for part in inputs.values()]}
    return Call({**args, "before": past.output["value"]})


def _may_be(number: Quantity, part: Stated, entry: Metric) -> bool:
    single = isinstance(part.value, int | float) and not isinstance(part.value, bool)
    return single and unit_cost(number, entry.declared[part.name]) is not None


def _nearest(number: Quantity, before: dict[str, Stated], options: Sequence[str]) -> str:
    """Return the input whose value was about as large, "" where there is none, or no other is far from it."""
    if number.change or number.value <= 0:
        return ""
    ratios = sorted((abs(math.log(number.value / float(old))), name) for name in options if (old := before[name].value))
    (best, name), *others = ratios or [(math.inf, "")]
    return name if best <= NEAR and all(ratio >= best + FAR_APART for ratio, _ in others) else ""


def _plain(part: Stated) -> dict[str, Any]:
    return part.model_dump(exclude_defaults=True)

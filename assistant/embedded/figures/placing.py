"""Takes a number that nothing names as a changed input of what was computed last, or asks which one it is."""

from typing import Any

from assistant.embedded.context import Computed
from assistant.embedded.figures.calling import Call
from assistant.embedded.figures.doubts import MOST_OPTIONS, which_of
from assistant.embedded.figures.fitting import Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.stating import stated
from assistant.embedded.figures.unit_costs import unit_cost
from tools.metrics import METRICS
from tools.metrics.request import Stated


def placed(message: Message, past: Computed) -> Call | None:
    """Return the last call with the one number of a message as the only input that it can be by its unit.

    Where it can be several, those that are given before those that are not, the call asks which one is meant.
    """
    entry = METRICS.get(str(past.args.get("metric", "")))
    numbers = [quantity for quantity in message.quantities if not quantity.is_list]
    if entry is None or len(numbers) != 1 or len(message.quantities) != 1 or not past.complete:
        return None
    (number,) = numbers
    before = {part["name"]: Stated(**part) for part in past.args["inputs"]}
    possible = [name for name, declared in entry.declared.items() if unit_cost(number, declared) is not None]
    options = sorted(possible, key=lambda name: name not in before)
    if not options or options[0] not in before:
        return None
    if len(options) > 1:
        labels = [entry.declared[name].said.label for name in options[:MOST_OPTIONS]]
        return Call({part: kept for part, kept in past.args.items() if part != "before"}, (which_of(labels, number),))
    (name,) = options
    inputs = {**before, name: stated(entry, Pair(number, name, 0.0), message, before[name])}
    args: dict[str, Any] = {**past.args, "inputs": [part.model_dump(exclude_defaults=True) for part in inputs.values()]}
    return Call({**args, "before": past.output["value"]})

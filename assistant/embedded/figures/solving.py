"""Finds the call that solves a metric backwards: its value is given, and an input is asked for."""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.embedded.figures.calling import Call, call_of
from assistant.embedded.figures.doubts import doubtful
from assistant.embedded.figures.fitting import Fit, fits
from assistant.embedded.figures.givens import given_values
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.unit_costs import unit_text
from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS

_HOW_MUCH = re.compile(r"\b(?:how (?:many|much|big|long|large)|what|which|wie ?viel\w*|welche\w*)\b", re.I)


def backwards(message: Message, fit_of: Callable[[str, Message], Fit]) -> Call | None:
    """Return the call that solves a metric, whose value is given, for an input that is named without a number.

    `fit_of` returns the best fit of a message to a metric.
    """
    given = given_values(message)
    for mention, target in given.items():
        if any(other not in given and not other.inputs for other in message.mentions):
            continue
        if _heads_a_list(mention, target, message, fit_of):
            continue
        rest = replace(message, quantities=tuple(q for q in message.quantities if q != target))
        for metric in sorted(mention.metrics):
            options = [
                found
                for found in fits(METRICS[metric], rest.scene())
                if len(found.lacking) == 1
                and METRICS[metric].declared[found.lacking[0]].shape == "number"
                and not doubtful(found, (), ())
                and (_named_bare(found, rest) or (_HOW_MUCH.search(message.text) and found.pairs and not found.left))
            ]
            if options:
                found = min(options, key=lambda option: option.cost)
                call = call_of(found, rest)
                aim = {"solve_for": found.lacking[0], "target": target.value, "target_unit": unit_text(target)}
                return Call({**call.args, **aim}, call.unclear)
    return None


def _heads_a_list(mention: Said, target: Quantity, message: Message, fit_of: Callable[[str, Message], Fit]) -> bool:
    """Say whether a name with a colon stands before its inputs, all of them named, and not before its value."""
    if not message.text[: target.start].rstrip().endswith(":"):
        return False
    whole = (fit_of(metric, message) for metric in sorted(mention.metrics))
    return any(not (one.lacking or one.left) and one.labelled == len(one.pairs) for one in whole)


def _named_bare(found: Fit, message: Message) -> bool:
    """Say whether the lacking input is named in the message, without a number of its own."""
    taken = [pair.label for pair in found.pairs if pair.label is not None]
    taken += [mention for mention in message.mentions if found.metric.id in mention.metrics]
    return any(
        (found.metric.id, found.lacking[0]) in said.inputs
        and not any(said.start < label.end and label.start < said.end for label in taken)
        for said in message.phrases
    )

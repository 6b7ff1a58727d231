"""What the tool gives for numbers as they were read: a result, or none where they lack something or cannot be."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.embedded.figures.fitting import Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.stating import chosen, stated
from tools.metrics.metric import Metric
from tools.metrics.request import Request, Stated, answer
from tools.metrics.result import MetricResult


def result_of(args: Mapping[str, Any]) -> MetricResult | None:
    """Return what the tool gives for arguments; None if they lack something or cannot be."""
    result = answer(Request(**{**args, "check": False}))
    return result if isinstance(result, MetricResult) else None


def result_of_pairs(entry: Metric, pairs: Sequence[Pair], message: Message) -> MetricResult | None:
    """Return what a metric gives for numbers of a message as inputs, with the choices that its words make."""
    inputs = [stated(entry, pair, message, None) for pair in pairs]
    inputs += [Stated(name=name, value=choice) for name, choice in chosen(entry, message.text)]
    return result_of({"metric": entry.id, "inputs": inputs, **message.calendar})

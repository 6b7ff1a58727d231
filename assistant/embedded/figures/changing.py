"""Tells which input of the last computation a number of the next message is, as learned from conversations."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.embedded.figures.conversations import joined
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.roles import Roles
from assistant.embedded.figures.scene import Scene, apart
from assistant.embedded.figures.unit_costs import unit_cost
from assistant.embedded.quantities import Quantity
from assistant.embedded.regression import Regression
from knowledge.softmax import shares
from tools.metrics import Metric

FILE = Path(__file__).parents[1] / "data" / "changing.yaml"
LEAST = 1e-4
FAR, UNLIKE, UNNAMED = 5.0, 3.0, 3.0
STEM = 5
POINT = "point"
TIMES = "times"
LISTS = ("series", "map", "choice")
_OF_THOSE = re.compile(r"\s+(?:of|von|out of) (?:them|those|these|that|which|it|its|denen|diesen)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_BARE = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "be",
        "by",
        "for",
        "he",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "with",
        "you",
        "are",
    ]
)


class Changing(Regression):
    """How likely an input with some `signs` is the one that is meant.

    From `taken` on it is changed, from `asked` on only those that are so likely are asked about.
    """

    taken: float
    asked: float


@cache
def learned_changing() -> Changing:
    """Return the regression as it was learned (`python -m assistant train changing`)."""
    return Changing.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


@dataclass(frozen=True)
class Asked:
    """What was computed last: the metric, its inputs by name as they were given, and the questions that gave them."""

    metric: Metric
    inputs: Mapping[str, Any]
    questions: Sequence[Message]


def the_number(message: Message) -> Quantity | None:
    """Return the only number of a message; None if there are more, a list, or some of what was said ("5 of them").

    Points are a percentage, and "half" and "a third" are so much of what an input was.
    """
    if len(message.quantities) != 1:
        return None
    (number,) = message.quantities
    part = not (number.change or number.unit or any(sign.isdigit() for sign in number.text)) and 0 < number.value < 1
    if number.is_list or number.others or (not part and _OF_THOSE.match(message.text, number.end)):
        return None
    if part:
        return replace(number, change=TIMES)
    return replace(number, unit="", percent=True) if number.change and number.unit == POINT else number


def likely_inputs(
    message: Message, number: Quantity, last: Asked, possible: Sequence[str], roles: Roles
) -> dict[str, float]:
    """Return how likely each possible input is what a number stands for, the likeliest first."""
    found = signs(message, number, last, possible, roles)
    learned = learned_changing()
    likely = shares(found, np.array([learned.total(seen) for seen in found.values()])) if found else {}
    return dict(sorted(likely.items(), key=lambda pair: -pair[1]))


def possible_inputs(number: Quantity, last: Asked) -> list[str]:
    """Return the inputs that a number can be by its unit; one that changes something, only those that were given."""
    return [
        name
        for name, one in last.metric.declared.items()
        if one.shape not in LISTS and (name in last.inputs or not number.change) and unit_cost(number, one) is not None
    ]


def signs(
    message: Message, number: Quantity, last: Asked, possible: Sequence[str], roles: Roles
) -> dict[str, dict[str, float]]:
    """Return what speaks for and against each input that a number can be.

    The number is read alone, and as the end of what was asked before.
    """
    declared = last.metric.declared
    before = joined([one.text for one in last.questions])
    moved = replace(number, start=number.start + len(before), end=number.end + len(before))
    alone = _among(roles(message.text, [number])[0], possible)
    together = _among(roles(before + message.text, [moved])[0], possible)
    scene = message.scene()
    own = _words_beside(message, number)
    found = {}
    for name in possible:
        value = last.inputs.get(name)
        stood = _stood(value, last.questions) if name in last.inputs else []
        shared = (
            max((len(own & _words_beside(one, other)) / len(own) for one, other in stood), default=0.0) if own else 0.0
        )
        found[name] = {
            "read together": together[name],
            "read alone": alone[name],
            "unit": unit_cost(number, declared[name]) or 0.0,
            "given": float(name in last.inputs),
            "words shared": shared,
            "far from": _far(number, value),
            "named": _named(scene, number, last.metric.id, name, message),
            "alike": float(any(_alike(number, other) for _, other in stood)),
            "stands alone": float(not own and bool(stood)) * float(_is_last(stood, last.questions)),
        }
    return found


def _among(role: Mapping[str, float], names: Sequence[str]) -> dict[str, float]:
    """Return the logarithms of the shares of some inputs among themselves."""
    whole = sum(max(role.get(name, 0.0), LEAST) for name in names)
    return {name: math.log(max(role.get(name, 0.0), LEAST) / whole + LEAST) for name in names}


def _words_beside(message: Message, number: Quantity) -> frozenset[str]:
    """Return the beginnings of the telling words around a number, up to its neighbours."""
    start = max((one.end for one in message.quantities if one.end <= number.start), default=0)
    end = min((one.start for one in message.quantities if one.start >= number.end), default=len(message.text))
    said = (word.casefold() for word in _WORD.findall(message.text[start:end]))
    return frozenset(word[:STEM] for word in said if word not in _BARE)


def _stood(value: Any, questions: Sequence[Message]) -> list[tuple[Message, Quantity]]:
    """Return where a value was said."""
    if isinstance(value, list | dict):
        return []
    return [(one, said) for one in questions for said in one.quantities if not said.is_list and said.value == value]


def _is_last(stood: Sequence[tuple[Message, Quantity]], questions: Sequence[Message]) -> bool:
    """Say whether a value was the only one of the last question."""
    return any(one is questions[-1] and len(one.quantities) == 1 for one, _ in stood)


def _far(number: Quantity, value: Any) -> float:
    """Return how many times larger or smaller a number is, as a logarithm."""
    if number.change or isinstance(value, bool) or not isinstance(value, int | float) or not value or not number.value:
        return UNLIKE
    return min(abs(math.log(abs(number.value / value))), FAR)


def _alike(number: Quantity, other: Quantity) -> bool:
    return (number.unit, number.per, number.currency, number.percent) == (
        other.unit,
        other.per,
        other.currency,
        other.percent,
    )


def _named(scene: Scene, number: Quantity, metric: str, name: str, message: Message) -> float:
    """Return how far the nearest name of an input stands."""
    labels = [said for said in message.phrases if (metric, name) in said.inputs]
    near = (apart(scene, number, said, after) for said in labels for after in (True, False))
    return min(min(near, default=UNNAMED), UNNAMED)

"""Learns which input the number of a next message is, from conversations that say what holds after each turn."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from assistant.embedded.figures.changing import (
    FILE,
    Asked,
    Changing,
    possible_inputs,
    signs,
    the_number,
)
from assistant.embedded.figures.conversations import conversations
from assistant.embedded.figures.plan import Planner
from assistant.embedded.quantities import Quantity
from assistant.embedded.regression import fitted
from tools.metrics import METRICS

CHANGES = ("change", "give")
TAKEN, ASKED = 0.95, 0.1
COMMENT = "# Which input the number of a next message is; written by `python -m assistant train changing`.\n"


def train_changing(planner: Planner) -> None:
    """Fit the regression to the inputs that come into question, and write it to its file."""
    roles = planner.roles
    if roles is None:
        raise ValueError("there is no reader, and nothing that tells inputs apart: train it first")
    seen = [
        (one, name == right)
        for last, message, number, right in changes_in(conversations(), planner)
        for name, one in signs(message, number, last, possible_inputs(number, last), roles).items()
    ]
    found = Changing(taken=TAKEN, asked=ASKED, **fitted(seen).model_dump())
    FILE.write_text(COMMENT + yaml.safe_dump(found.model_dump(), sort_keys=False), "utf-8")


def changes_in(rows: Iterable[Mapping[str, Any]], planner: Planner) -> Iterator[tuple[Asked, Any, Quantity, str]]:
    """Yield what was computed, the next message, its number and the input that this is, where it changes but one."""
    for row in rows:
        for turn in range(1, len(row["turns"])):
            metric, before, after = row["metric"][turn], row["inputs"][turn - 1], row["inputs"][turn]
            if row["labels"][turn] not in CHANGES or metric != row["metric"][turn - 1] or metric not in METRICS:
                continue
            moved = [name for name in after if after[name] != before.get(name)]
            message = planner.read(row["turns"][turn])
            number = the_number(message)
            if (
                number is None
                or len(moved) != 1
                or set(before) - set(after)
                or not _is(number, before, after, moved[0])
            ):
                continue
            questions = [planner.read(text) for text in row["turns"][:turn]]
            yield Asked(METRICS[metric], before, questions), message, number, moved[0]


def _is(number: Quantity, before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    """Say whether a number is what an input is changed to, or by."""
    old, new = before.get(name), after[name]
    if not isinstance(new, int | float):
        return False
    if not number.change:
        return _near(number.value, new) or _near(number.value * 100, new)
    if not isinstance(old, int | float):
        return False
    return any(_near(new, one) for one in (old * number.value, old + number.value, old * (1 + number.value / 100)))


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))

"""Learns what metrics usually give and take, from the messages that were typed with their inputs told (data/typed)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import yaml

from assistant.embedded.figures.fitting import Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.results import result_of_pairs
from assistant.embedded.figures.roles import inputs_with
from assistant.embedded.figures.usual import FILE, Usual, UsualValues, scaled, size_of
from tools.metrics import METRICS

FEWEST = 10
LEAST_SPREAD = 0.35
TAILS = (0.1, 0.5, 0.9)
NORMAL = 2.5631
"""How many standard deviations the tails of a normal distribution lie apart."""
DIGITS = 3
COMMENT = "# What metrics usually give and take; written by `python -m assistant train usual`.\n"


def train_usual(planner: Planner, rows: Iterable[Mapping[str, Any]]) -> None:
    """Work out every message with the inputs that it is known to give, and write what is usual."""
    results: dict[str, list[float]] = {}
    inputs: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        if not row.get("inputs") or row["metric"] not in METRICS:
            continue
        metric, message = row["metric"], planner.read(row["text"])
        pairs = told_pairs(message, row["inputs"])
        for pair in pairs:
            if size := size_of(pair.quantity):
                inputs.setdefault(metric, {}).setdefault(pair.input, []).append(size)
        if {pair.input for pair in pairs} == set(row["inputs"]):
            result = result_of_pairs(METRICS[metric], pairs, message)
            if result is not None and result.value is not None:
                results.setdefault(metric, []).append(result.value)
    found = UsualValues(
        results={metric: _usual(values, METRICS[metric].unit) for metric, values in _enough(results)},
        inputs={
            metric: {name: _usual(values, "") for name, values in _enough(named)}
            for metric, named in sorted(inputs.items())
        },
    )
    FILE.write_text(COMMENT + yaml.safe_dump(found.model_dump(exclude_defaults=True), sort_keys=False), "utf-8")


def told_pairs(message: Message, inputs: Mapping[str, Any]) -> list[Pair]:
    """Return the numbers of a message that are one of some inputs each."""
    found: dict[str, Pair] = {}
    for quantity in message.quantities:
        names = inputs_with(quantity, inputs)
        if len(names) == 1:
            found.setdefault(names[0], Pair(quantity, names[0], 0.0))
    return list(found.values())


def _enough(values: Mapping[str, list[float]]) -> list[tuple[str, list[float]]]:
    return [(name, found) for name, found in sorted(values.items()) if len(found) >= FEWEST]


def _usual(values: Sequence[float], unit: str) -> Usual:
    share = unit.startswith("fraction") and min(values) >= 0 and max(values) <= 1
    low, middle, high = np.quantile([scaled(value, share) for value in values], TAILS)
    spread = max(LEAST_SPREAD, (high - low) / NORMAL)
    return Usual(middle=round(float(middle), DIGITS), spread=round(float(spread), DIGITS), share=share)

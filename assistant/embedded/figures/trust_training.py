"""Learns how far readings can be trusted, from messages that no other classifier has seen (data/unlearned)."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from assistant.embedded.figures.fitting import Pair
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.roles import inputs_with
from assistant.embedded.figures.trusting import FILE, Trust, signs
from assistant.embedded.json_lines import rows_in
from assistant.embedded.regression import fitted

UNLEARNED = FILE.parent / "unlearned"
COMPUTE, CONFIRM = 0.7, 0.25
COMMENT = "# How far a reading of numbers can be trusted; written by `python -m assistant train trust`.\n"


def train_trust(planner: Planner) -> None:
    """Fit the regression to the readings that come into question, and write it to its file."""
    found = fitted(list(_readings(planner)))
    trust = Trust(compute=COMPUTE, confirm=CONFIRM, **found.model_dump())
    FILE.write_text(COMMENT + yaml.safe_dump(trust.model_dump(), sort_keys=False), "utf-8")


def _readings(planner: Planner) -> Iterable[tuple[dict[str, float], bool]]:
    """Yield the signs of readings of the messages, and whether each is right."""
    for path in sorted(UNLEARNED.glob("*.jsonl")):
        for row in rows_in(path):
            message = planner.read(row["text"])
            for found in planner.readings(message):
                right = found.metric.id == row["metric"] and is_right(found.pairs, row["inputs"])
                yield signs(found, message), right


def is_right(pairs: Iterable[Pair], inputs: Mapping[str, Any]) -> bool:
    """Say whether numbers are taken as the inputs that a message gives, as typed, as a percentage or as a fraction."""
    taken = {pair.input: pair.quantity for pair in pairs}
    return set(taken) == set(inputs) and all(name in inputs_with(one, inputs) for name, one in taken.items())

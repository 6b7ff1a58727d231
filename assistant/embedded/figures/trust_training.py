"""Learns how far readings can be trusted, from messages that no other classifier has seen (data/unlearned)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from assistant.embedded.figures.fitting import Pair
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.roles import inputs_with
from assistant.embedded.figures.trusting import FILE, Trust, signs

UNLEARNED = FILE.parent / "unlearned"
COMPUTE, CONFIRM = 0.7, 0.25
PENALTY = 1.0
COMMENT = "# How far a reading of numbers can be trusted; written by `python -m assistant train trust`.\n"


def train_trust(planner: Planner) -> None:
    """Fit the regression to the readings that come into question, and write it to its file."""
    rows = list(_readings(planner))
    names = list(rows[0][0])
    told = np.array([[found[name] for name in names] for found, _ in rows])
    right = np.array([float(one) for _, one in rows])
    centre, spread = told.mean(axis=0), np.maximum(told.std(axis=0), 1e-6)
    weights, intercept = _regression((told - centre) / spread, right)
    weights /= spread
    trust = Trust(
        compute=COMPUTE,
        confirm=CONFIRM,
        intercept=round(float(intercept - weights @ centre), 4),
        weights={name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
    )
    FILE.write_text(COMMENT + yaml.safe_dump(trust.model_dump(), sort_keys=False), "utf-8")


def _readings(planner: Planner) -> Iterable[tuple[dict[str, float], bool]]:
    """Yield the signs of readings of the messages, and whether each is right."""
    for path in sorted(UNLEARNED.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            message = planner.read(row["text"])
            for found in planner.readings(message):
                right = found.metric.id == row["metric"] and is_right(found.pairs, row["inputs"])
                yield signs(found, message), right


def is_right(pairs: Iterable[Pair], inputs: Mapping[str, Any]) -> bool:
    """Say whether numbers are taken as the inputs that a message gives, as typed, as a percentage or as a fraction."""
    taken = {pair.input: pair.quantity for pair in pairs}
    return set(taken) == set(inputs) and all(name in inputs_with(one, inputs) for name, one in taken.items())


def _regression(
    told: "np.ndarray[Any, np.dtype[np.float64]]", right: "np.ndarray[Any, np.dtype[np.float64]]"
) -> tuple["np.ndarray[Any, np.dtype[np.float64]]", float]:
    """Return weights, shape (signs,), and intercept of a logistic regression with a quadratic penalty."""

    def loss(point: "np.ndarray[Any, np.dtype[np.float64]]") -> float:
        total = told @ point[:-1] + point[-1]
        return float(np.logaddexp(0.0, total).sum() - right @ total + PENALTY / 2 * (point[:-1] @ point[:-1]))

    found = minimize(loss, np.zeros(told.shape[1] + 1), method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])

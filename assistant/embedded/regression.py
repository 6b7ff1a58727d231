"""A logistic regression over named signs, kept as YAML, and how it is fitted."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

PENALTY = 1.0
DIGITS = 4
FAR = 500.0


class Regression(BaseModel):
    """Weights of signs; the intercept is what speaks for it when no sign is seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intercept: float
    weights: dict[str, float]

    def of(self, signs: Mapping[str, float]) -> float:
        """Return how likely it is with these signs, from 0 to 1."""
        return 1 / (1 + math.exp(-max(-FAR, min(FAR, self.total(signs)))))

    def total(self, signs: Mapping[str, float]) -> float:
        """Return what the signs say together: the logarithm of the odds."""
        return self.intercept + sum(weight * signs[name] for name, weight in self.weights.items())


def fitted(rows: Sequence[tuple[Mapping[str, float], bool]], penalty: float = PENALTY) -> Regression:
    """Fit a regression to pairs of signs and whether it was so, with a quadratic penalty on standardised weights."""
    names = list(rows[0][0])
    told = np.array([[signs[name] for name in names] for signs, _ in rows])
    right = np.array([float(one) for _, one in rows])
    centre, spread = told.mean(axis=0), np.maximum(told.std(axis=0), 1e-6)
    weights, intercept = _regression((told - centre) / spread, right, penalty)
    weights /= spread
    return Regression(
        intercept=round(float(intercept - weights @ centre), DIGITS),
        weights={name: round(float(weight), DIGITS) for name, weight in zip(names, weights, strict=True)},
    )


def _regression(
    told: "np.ndarray[Any, np.dtype[np.float64]]", right: "np.ndarray[Any, np.dtype[np.float64]]", penalty: float
) -> tuple["np.ndarray[Any, np.dtype[np.float64]]", float]:
    """Return weights, shape (signs,), and intercept."""
    from scipy.optimize import minimize

    def loss(point: "np.ndarray[Any, np.dtype[np.float64]]") -> float:
        total = told @ point[:-1] + point[-1]
        return float(np.logaddexp(0.0, total).sum() - right @ total + penalty / 2 * (point[:-1] @ point[:-1]))

    found = minimize(loss, np.zeros(told.shape[1] + 1), method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])

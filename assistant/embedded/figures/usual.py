"""How far a reading lies from what such metrics usually give and take, as learned from messages that people typed."""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.embedded.figures.fitting import Pair
from assistant.embedded.quantities import Quantity
from tools.metrics.result import MetricResult

FILE = Path(__file__).parents[1] / "data" / "usual.yaml"
UNTOLD, FARTHEST = 1.0, 8.0
"""How far what nothing was learned of is taken to lie, and beyond what it makes no difference, in spreads."""
NOUGHT = 1e-3
"""How near shares are taken to come to 0 and 1, so that the logit is finite."""


class Usual(BaseModel):
    """What values usually are: the middle of their logarithms (of shares: logits), and how far they spread about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    middle: float
    spread: float
    share: bool = False

    def away(self, value: float) -> float:
        """Return how many spreads a value lies from the middle."""
        return min(FARTHEST, abs(scaled(value, self.share) - self.middle) / self.spread)


class UsualValues(BaseModel):
    """What metrics usually give, by id, and take, by id and input."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    results: dict[str, Usual]
    inputs: dict[str, dict[str, Usual]]


@cache
def learned_usual() -> UsualValues:
    """Return what was learned (`python -m assistant train usual`)."""
    return UsualValues.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def result_away(metric: str, result: MetricResult | None) -> float:
    """Return how far a result lies from those that a metric usually gives."""
    usual = learned_usual().results.get(metric)
    return usual.away(result.value) if usual and result and result.value is not None else UNTOLD


def inputs_away(metric: str, pairs: Sequence[Pair]) -> list[float]:
    """Return how far each number lies from those that a metric usually takes as that input, as far as is known."""
    usual = learned_usual().inputs.get(metric, {})
    return [usual[pair.input].away(size) for pair in pairs if pair.input in usual and (size := size_of(pair.quantity))]


def size_of(quantity: Quantity) -> float | None:
    """Return the number as it counts here, a percentage as a share; None for lists and what is not above 0."""
    value = quantity.value / 100 if quantity.percent else quantity.value
    return None if quantity.is_list or value <= 0 else value


def scaled(value: float, share: bool) -> float:
    """Return a value on the scale on which it is compared."""
    if share:
        near = min(max(value, NOUGHT), 1 - NOUGHT)
        return math.log(near / (1 - near))
    return math.copysign(math.log1p(abs(value)), value)

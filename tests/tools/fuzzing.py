"""Random calls of metrics: ordinary sizes, extremes, nonsense and holes."""

import math
import random
from typing import Any

from tools.metrics import METRICS
from tools.metrics.given import Input

EXTREMES = (
    0,
    -1,
    1e-300,
    1e300,
    1e15,
    -1e15,
    1e16,
    math.inf,
    -math.inf,
    math.nan,
    True,
    None,
    "banana",
    "",
    [],
    {},
    10**400,
)


def random_call(dice: random.Random) -> tuple[str, dict[str, Any]]:
    """Return a metric's id and inputs, most of them of the right kind."""
    name = dice.choice(sorted(METRICS))
    wild = dice.random() < 0.3
    inputs = {}
    for declared in METRICS[name].declared.values():
        if dice.random() < (0.05 if declared.required else 0.5):
            continue
        inputs[declared.name] = dice.choice(EXTREMES) if wild and dice.random() < 0.3 else ordinary(declared, dice)
    if dice.random() < 0.01:
        inputs["nonsense"] = 1.0
    return name, inputs


def ordinary(declared: Input, dice: random.Random) -> Any:
    """Return a value of an input's kind, mostly within its bounds."""
    if declared.choices:
        return dice.choice(declared.choices)
    if declared.shape == "flag":
        return dice.random() < 0.5
    if declared.shape == "text":
        return dice.choice(["normal", "2026-03-01", "x", "A, B"])
    if declared.shape == "series":
        return [_number(declared, dice) for _ in range(dice.choice([0, 1, 2, 3, 8, 30]))]
    if declared.shape == "map":
        return {f"k{place}": _number(declared, dice) for place in range(dice.choice([0, 1, 2, 3, 8]))}
    return _number(declared, dice)


def _number(declared: Input, dice: random.Random) -> float:
    low = next((bound for bound in (declared.low, declared.above) if bound is not None and abs(bound) < 1e14), None)
    high = next((bound for bound in (declared.high, declared.below) if bound is not None and abs(bound) < 1e14), None)
    if low is not None and high is not None and dice.random() < 0.9:
        return dice.uniform(low, high)
    size = 10 ** dice.uniform(-3, 6)
    return float(round(size)) if dice.random() < 0.5 else size if dice.random() < 0.95 else -size

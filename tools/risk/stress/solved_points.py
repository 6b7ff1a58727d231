"""The bounds of a scenario's loss by the length of its outages, solved at few points where a network is behind it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tools.risk.stress.loads import Load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Bounds = Callable[[Array], tuple[Array, Array]]

DEPTH = 6
"""How often the span of lengths is halved at most: 65 points."""
STRAIGHT = 1e-7


def bounds_between(load: Load, low: float, high: float) -> "Bounds":
    """Return the bounds of an event's loss by the factor on its length; for a network from solved points."""
    import numpy as np

    if load.struck is None:
        return load.bounds
    solved: dict[float, tuple[float, float]] = {}

    def at(times: float) -> tuple[float, float]:
        if times not in solved:
            lower, upper = load.bounds(np.array([times]))
            solved[times] = float(lower[0]), float(upper[0])
        return solved[times]

    _refine(at, low, high, DEPTH)
    points = np.array(sorted(solved))
    lows, highs = (np.array([solved[point][side] for point in points.tolist()]) for side in (0, 1))
    return lambda times: (np.interp(times, points, lows), np.interp(times, points, highs))


def _refine(at: Callable[[float], tuple[float, float]], low: float, high: float, depth: int) -> None:
    """Solve in the middle until both halves are straight: the loss of a linear program bends at few points."""
    middle = (low + high) / 2
    ends, found = (at(low), at(high)), at(middle)
    straight = all(
        abs(found[side] - (ends[0][side] + ends[1][side]) / 2) <= STRAIGHT * max(1.0, ends[1][side]) for side in (0, 1)
    )
    if depth and not straight:
        _refine(at, low, middle, depth - 1)
        _refine(at, middle, high, depth - 1)

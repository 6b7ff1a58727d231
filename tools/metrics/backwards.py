"""Metrics solved backwards: the value of one input at which a metric reaches a target."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from tools.metrics.compute import compute, lookup
from tools.metrics.given import Frame, Input
from tools.metrics.result import MetricError, MetricInvalid, MetricResult, Wrong
from tools.metrics.shown import in_words, number

SMALLEST, GREATEST, POINTS = 1e-6, 1e12, 145
HALVINGS = 40
EXACT = 1e-9
MOST_LEVELS = 10


def solve(metric: str, wanted: str, target: float, *, frame: Frame | None = None, **inputs: Any) -> MetricResult:
    """Return the value of an input at which a metric is `target`, all in canonical units, as a result of its own.

    The input is looked for between a millionth and a trillion within its bounds; where several values do, the
    smallest is returned with a warning.

    Raises:
        MetricError: when no value does, or another input is missing or wrong.
    """
    entry, frame = lookup(metric), frame or Frame()
    if entry.costly:
        raise _refused(metric, wanted, f"{entry.name} takes too long to be solved backwards; give {wanted} itself")
    declared = entry.declared[wanted]
    problem: list[MetricError] = []

    def excess(value: float) -> float | None:
        try:
            return compute(metric, frame=frame, **{**inputs, wanted: value}).value - target
        except MetricError as error:
            problem.append(error)
            return None

    roots = [float(f"{root:.9g}") for root in _roots(excess, _grid(declared))]
    if not roots:
        if problem and len(problem) == len(_grid(declared)):
            raise problem[-1]
        reason = f"no {declared.said.label} makes {entry.name} {number(target)} with the other figures"
        raise _refused(metric, wanted, reason)
    result = compute(metric, frame=frame, **{**inputs, wanted: roots[0]})
    return _turned(result, declared, roots, target, frame)


def _grid(declared: Input) -> list[float]:
    """Return points between an input's bounds, even on a logarithmic scale."""
    low = max((bound for bound in (declared.low, declared.above) if bound is not None), default=-GREATEST)
    high = min((bound for bound in (declared.high, declared.below) if bound is not None), default=GREATEST)
    sizes = np.geomspace(SMALLEST, min(GREATEST, max(high, SMALLEST * 10)), POINTS)
    if 1 < high <= MOST_LEVELS:  # ratings are whole numbers
        sizes = np.union1d(sizes, np.arange(1.0, high + 1))
    if high <= 1:
        sizes = np.unique(np.concatenate([sizes, 1 - sizes, [0.0]]))
    negative = -sizes[::-1] if low < 0 else np.array([])
    return [float(x) for x in (*negative, *sizes) if low <= x <= high]


def _roots(excess: Any, grid: list[float]) -> Iterator[float]:
    from scipy.optimize import brentq

    points = [(x, excess(x)) for x in grid]
    edges = [_edge(excess, a, b) for (a, low), (b, high) in pairwise(points) if (low is None) != (high is None)]
    found = sorted([(x, y) for x, y in [*points, *edges] if y is not None])
    for (a, low), (b, high) in pairwise(found):
        if low == 0:
            yield a
        elif (low < 0) != (high < 0) and high != 0:
            root = float(brentq(lambda x: excess(x) or 0.0, a, b, xtol=1e-12, rtol=EXACT))
            left = excess(root)
            if left is not None and abs(left) <= 1e-6 * max(1.0, abs(low - high)):
                yield root
    if found and found[-1][1] == 0:
        yield found[-1][0]


def _edge(excess: Any, a: float, b: float) -> tuple[float, float | None]:
    """Return the last point before a metric is refused, such as a part that is all of its whole."""
    good, bad = (a, b) if excess(a) is not None else (b, a)
    for _ in range(HALVINGS):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if excess(middle) is not None else (good, middle)
    return good, excess(good)


def _turned(result: MetricResult, declared: Input, roots: list[float], target: float, frame: Frame) -> MetricResult:
    unit = declared.said.unit.replace("period", frame.period).replace("money", frame.money or "money")
    said = f"{number(roots[0])} {in_words(unit)}".strip()
    warnings = [f"{number(other)} would do as well." for other in roots[1:2]]
    return result.model_copy(
        update={
            "name": f"{declared.said.label[:1].upper()}{declared.said.label[1:]} for {result.name} = {number(target)}",
            "value": roots[0],
            "unit": unit,
            "also": {**result.also, result.metric: result.value},
            "also_units": {**result.also_units, result.metric: result.unit},
            "steps": [f"solved for {declared.said.label}: {said}; put in again:", *result.steps],
            "meaning": f"With {declared.said.label} at {said}, {result.name} is {number(target)}.",
            "warnings": [*result.warnings, *warnings],
            "moves": [],
        }
    )


def _refused(metric: str, name: str, reason: str) -> MetricError:
    entry = lookup(metric)
    wrong = Wrong(input=name, reason=reason)
    return MetricError(MetricInvalid(metric=metric, name=entry.name, invalid=[wrong], note=entry.note))

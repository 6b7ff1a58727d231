"""Classifies a million SKUs beside a plain numpy sort of the same numbers."""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.figures import Row, table
from benchmarks.plan import Plan
from tools.classification import ItemList, classify_items
from tools.classification.stock import abc_classes, demand_figures

SKUS = 1_000_000
PERIODS = 12
ROUNDS = 5


def measure(plan: Plan | None = None, skus: int = SKUS) -> list[Row]:
    """Return the times of ABC alone, of ABC, XYZ and patterns, and of both as a result, by that of a sort."""
    rounds = plan.rounds if plan else ROUNDS
    generator = np.random.default_rng(7)
    values = generator.lognormal(3, 2, skus)
    demand = generator.poisson(2, (skus, PERIODS)).astype(float)
    demand[:, 0] += 1
    names = [f"SKU-{place}" for place in range(skus)]
    only_values, everything = ItemList(names, values), ItemList(names, values, demand=demand)
    compared: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("ABC classes as arrays", lambda: abc_classes(values, (80, 95)), lambda: np.sort(values)),
        ("ABC as a result", lambda: classify_items(only_values), lambda: np.sort(values)),
        ("figures of demand as arrays", lambda: demand_figures(demand), lambda: np.sort(demand, axis=1)),
        ("ABC, XYZ and patterns as a result", lambda: classify_items(everything), lambda: _sorted(values, demand)),
    ]
    return [
        Row(f"{skus:,} SKUs: {name}", "s", *_seconds(ours, plain, rounds), note="beside a plain sort")
        for name, ours, plain in compared
    ]


def _sorted(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", demand: object) -> None:
    np.sort(values)
    np.sort(np.asarray(demand), axis=None)


def _seconds(ours: Callable[[], object], plain: Callable[[], object], rounds: int) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for times, run in zip(taken, (ours, plain), strict=True):
            begun = perf_counter()
            run()
            times.append(perf_counter() - begun)
    return median(taken[0]), median(taken[1])


if __name__ == "__main__":
    print(table(measure()))
    sys.exit(0)

"""Stress-tests a thousand nodes: each removed in turn, 100,000 simulated years, and linear programs."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.figures import Row, table
from benchmarks.plan import Plan
from tools.risk.checklist import Checklist, Step
from tools.risk.review import Node, ProductLine, Review, Scenario, Scope, Source
from tools.risk.stress import Spread, each_node, monte_carlo, network_loss, node_scenarios

NODES = 1000
LINES = 40
DRAWS = 100_000
LIKELIHOOD = 0.02
SEED = 7
ROUNDS = 5
SPREAD = Spread()


def measure(plan: Plan | None = None, nodes: int = NODES, draws: int = DRAWS) -> list[Row]:
    """Return the times beside bare numpy on the same numbers, or, for the linear program, beside the solver alone."""
    rounds = plan.rounds if plan else ROUNDS
    review = factory(nodes)
    alone = node_scenarios(review, LIKELIHOOD)
    wide = [
        Scenario(name=f"country {place}", countries=[f"country {place}"], likelihood_a_year=0.05) for place in range(20)
    ]
    shock = Scenario(name="country 0", countries=["country 0"])
    numbers = _numbers(review)
    compared: list[tuple[str, str, Callable[[], object], Callable[[], object] | None]] = [
        ("each removed in turn", "bare numpy, figures alone", lambda: each_node(review, False), lambda: _each(numbers)),
        ("each removed in turn, network solved", "one linear program a node", lambda: each_node(review), None),
        (
            f"{draws:,} years, each node lost by itself",
            "bare numpy, the same draws",
            lambda: monte_carlo(review, alone, draws, SEED),
            lambda: _years(numbers, draws),
        ),
        (
            f"{draws:,} years, 20 countries closed",
            "node figures",
            lambda: monte_carlo(review.model_copy(update={"lines": []}), wide, draws, SEED),
            None,
        ),
        ("one country closed, network solved", "with duals checked", lambda: network_loss(review, shock), None),
    ]
    return [
        Row(f"{nodes:,} nodes: {name}", "s", *_seconds(ours, bare, rounds), note=note)
        for name, note, ours, bare in compared
    ]


def factory(nodes: int) -> Review:
    """Return a made-up review: parts from twenty countries that go into forty lines, two thirds short at their TTR."""
    random = np.random.Generator(np.random.PCG64(SEED))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    lines = [
        ProductLine(
            id=f"line {place}",
            name=f"line {place}",
            demand_per_week=float(random.integers(100, 2000)),
            margin_per_unit=float(random.integers(5, 200)),
            stock=float(random.integers(0, 1000)),
        )
        for place in range(LINES)
    ]
    made = [
        Node(
            id=f"node {place}",
            name=f"part {place}",
            margin_per_week=float(random.integers(1000, 200_000)),
            ttr_weeks=float(random.integers(1, 30)),
            cover_weeks=float(random.integers(0, 12)),
            alternate_share=float(random.integers(0, 5)) / 10,
            sources=[Source(supplier=f"supplier {place % 300}", country=f"country {place % 20}", share=1.0)],
            used_in={f"line {line}": 1.0 for line in random.choice(LINES, 3, replace=False)},
        )
        for place in range(nodes)
    ]
    step = Step(number=1, name="Step", purpose="")
    return Review(
        id="benchmark",
        title="Benchmark",
        created=now,
        updated=now,
        checklist=Checklist(name="None", version="1", steps=(step,)),
        scope=Scope(currency="EUR", loss_limit=2_000_000, weekly_margin=5_000_000),
        nodes=made,
        lines=lines,
    )


def _numbers(review: Review) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.array(
        [
            (node.ttr_weeks, node.cover_weeks, 1 - (node.alternate_share or 0), node.margin_per_week)
            for node in review.nodes
        ],
        dtype=np.float64,
    ).T


def _each(numbers: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> None:
    ttr, cover, short, margin = numbers
    np.argsort(-np.maximum(0, short * ttr - cover) * margin)


def _years(numbers: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", draws: int) -> None:
    """Draw the same numbers: who is struck in which year, and a triangular factor for each strike; sum and sort."""
    random = np.random.Generator(np.random.PCG64(SEED))
    losses = np.zeros(draws)
    for ttr, cover, short, margin in numbers.T:
        struck = np.flatnonzero(random.random(draws) < LIKELIHOOD)
        times = random.triangular(SPREAD.low, 1, SPREAD.high, len(struck))
        losses[struck] += np.maximum(0, short * ttr * times - cover) * margin
    np.quantile(losses, [0.5, 0.9, 0.95, 0.99])


def _seconds(ours: Callable[[], object], bare: Callable[[], object] | None, rounds: int) -> tuple[float, float | None]:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for times, run in zip(taken, (ours, bare), strict=True):
            if run is not None:
                begun = perf_counter()
                run()
                times.append(perf_counter() - begun)
    return median(taken[0]), median(taken[1]) if taken[1] else None


if __name__ == "__main__":
    print(table(measure()))
    sys.exit(0)

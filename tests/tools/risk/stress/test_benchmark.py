"""The benchmark of stress tests runs, and compares like with like."""

from pathlib import Path

from benchmarks.plan import quick
from benchmarks.stress import DRAWS, LIKELIHOOD, factory, measure
from tools.risk.stress import monte_carlo, node_scenarios


def test_it_measures_every_row(tmp_path: Path) -> None:
    rows = measure(quick(tmp_path, []), nodes=20, draws=200)
    assert len(rows) == 5
    assert all(row.ours and row.ours > 0 for row in rows)
    assert [row.recipe is not None for row in rows].count(True) == 2


def test_most_nodes_of_the_made_up_factory_lose_something() -> None:
    given = factory(30)
    found = monte_carlo(given, node_scenarios(given, LIKELIHOOD), 5_000, seed=1)
    assert len([row for row in found.contributions if row.mean > 0]) > 15
    assert DRAWS == 100_000

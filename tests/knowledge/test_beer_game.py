"""The two planners of the beer game's example are played out again, week by week."""

import pytest

from knowledge.vault import Vault
from tests.knowledge.worked import folded

WEEKS, DELAY, TARGET = 36, 4, 12


def played(*, counts_pipeline: bool) -> tuple[float, int, list[int]]:
    """Return cost in USD, highest stock and the orders of a wholesaler whose supplier always delivers."""
    stock, on_order, cost, highest = TARGET, [4] * DELAY, 0.0, TARGET
    orders = []
    for week in range(1, WEEKS + 1):
        demand = 4 if week < 5 else 8
        stock += on_order.pop(0) - demand
        cost += 0.5 * max(stock, 0) + 1.0 * max(-stock, 0)
        highest = max(highest, stock)
        missing = (DELAY - 1) * demand - sum(on_order) if counts_pipeline else 0
        orders.append(max(0, demand + TARGET - stock + missing))
        on_order.append(orders[-1])
    return cost, highest, orders


@pytest.fixture
def example(vault: Vault) -> str:
    return folded(vault.notes["Beer game"].sections["Example"].text)


def test_the_planner_who_forgets_the_pipeline_swings_as_the_note_says(example: str) -> None:
    cost, highest, orders = played(counts_pipeline=False)
    first_rise, rest = max(orders[:16]), max(orders[16:])
    assert f"orders climb to {first_rise} and later to {rest} cases, fall to zero" in example
    assert orders.count(0) > DELAY
    assert f"stock peaks at {highest} cases" in example
    assert f"Over {WEEKS} weeks this planner pays USD {cost:.0f}." in example


def test_the_planner_who_counts_the_pipeline_orders_once_and_stays_calm(example: str) -> None:
    cost, highest, orders = played(counts_pipeline=True)
    assert orders == [4] * 4 + [24] + [8] * (WEEKS - 5)
    assert "orders 24 cases once (8 for demand, 4 for stock, 12 for the pipeline), then 8 a week" in example
    assert f"never holds more than {highest} cases, and pays USD {cost:.0f}." in example

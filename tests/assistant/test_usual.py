"""What metrics usually give and take, and readings that lie far from it."""

from pathlib import Path

import pytest

from assistant.embedded.figures import usual, usual_training
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.trusting import signs
from assistant.embedded.figures.usual import FARTHEST, UNTOLD, Usual, inputs_away, learned_usual, result_away, scaled
from assistant.embedded.figures.usual_training import FEWEST, told_pairs, train_usual
from assistant.embedded.figures.wording import Wording
from tools.metrics import METRICS

LATE = "of 800 deliveries 36 came late, on-time delivery?"


@pytest.fixture(scope="module")
def planner() -> Planner:
    return Planner(Wording(METRICS, frozenset()))


@pytest.mark.parametrize(("value", "away"), [(0.95, 0.0), (0.5, 2.944), (1e-9, FARTHEST), (1.0, 3.962)])
def test_shares_are_compared_on_the_logit_scale(value: float, away: float) -> None:
    assert Usual(middle=2.944, spread=1.0, share=True).away(value) == pytest.approx(away, abs=2e-3)


@pytest.mark.parametrize(("value", "shown"), [(0.0, 0.0), (1.718282, 1.0), (-1.718282, -1.0)])
def test_other_values_are_compared_by_their_logarithm_with_their_sign(value: float, shown: float) -> None:
    assert scaled(value, share=False) == pytest.approx(shown, abs=1e-6)


def test_what_was_learned_is_of_metrics_and_their_inputs() -> None:
    found = learned_usual()
    assert set(found.results) <= set(METRICS)
    assert all(set(named) <= set(METRICS[metric].declared) for metric, named in found.inputs.items())
    assert len(found.results) > len(METRICS) / 2


def test_a_part_that_came_late_is_far_from_usual_as_the_part_on_time(planner: Planner) -> None:
    message = planner.read(LATE)
    found = signs(planner.fit_of("on_time_delivery", message), message)
    usually = learned_usual().results["on_time_delivery"]
    assert found["result away"] == pytest.approx(usually.away(1 - 36 / 800))
    assert usually.away(36 / 800) > 2 * found["result away"]


def test_nothing_learned_speaks_neither_for_nor_against() -> None:
    assert result_away("on_time_delivery", None) == UNTOLD
    assert inputs_away("no_such_metric", []) == []


def test_the_numbers_of_a_message_are_told_by_their_values(planner: Planner) -> None:
    message = planner.read(LATE)
    pairs = told_pairs(message, {"deliveries": 800, "late": 36})
    assert {pair.input: pair.quantity.value for pair in pairs} == {"deliveries": 800, "late": 36}
    assert told_pairs(message, {"deliveries": 800, "shipments": 800}) == []


def test_what_is_usual_is_learned_from_results_of_typed_messages(
    planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "usual.yaml"
    for module in (usual, usual_training):
        monkeypatch.setattr(module, "FILE", kept)
    rows = [
        {
            "text": f"{1000 + size} deliveries, {50 + size} of them late",
            "metric": "on_time_delivery",
            "inputs": {"deliveries": 1000 + size, "late": 50 + size},
        }
        for size in range(FEWEST)
    ]
    seldom = {"text": "cogs 90, inventory 30", "metric": "inventory_turnover", "inputs": {"cogs": 90}}
    train_usual(planner, [*rows, seldom, {"text": "what is OTIF?", "metric": "otif"}])
    learned_usual.cache_clear()
    try:
        found = learned_usual()
    finally:
        learned_usual.cache_clear()
    assert set(found.results) == {"on_time_delivery"}
    assert found.results["on_time_delivery"].share
    assert found.results["on_time_delivery"].away(0.945) < 1
    assert set(found.inputs["on_time_delivery"]) == {"deliveries", "late"}
    assert found.inputs.get("inventory_turnover", {}) == {}

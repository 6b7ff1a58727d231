"""Names, numbers and notations that people type are found, and each number gets the input that it was meant for."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import assistant.embedded
import knowledge
from assistant.embedded.figures.calling import Call, call_of
from assistant.embedded.figures.givens import given_value
from assistant.embedded.figures.notation import noted_terms
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.solving import backwards
from assistant.embedded.figures.wording import Wording, folded
from assistant.embedded.quantities import read_quantities
from tools.metrics import METRICS, compute
from tools.metrics.request import Request, answer
from tools.metrics.result import MetricResult

TYPED = Path(assistant.embedded.__file__).parent / "data" / "typed"
EVERY = 4
LEAST_RIGHT, MOST_WRONG = 0.80, 0.04


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(METRICS, (Path(knowledge.__file__).parent / "common_words.txt").read_text().split())


@pytest.fixture(scope="module")
def planner(wording: Wording) -> Planner:
    return Planner(wording)


def calls_of(planner: Planner, text: str, note: str = "") -> list[Call]:
    message = planner.read(text)
    solved = backwards(message, planner.fit_of)
    if solved:
        return [solved]
    found = planner.fresh(message) or planner.unnamed(message, [note] if note else [])
    return [
        call_of(one, message, used=[pair.quantity for other in found if other is not one for pair in other.pairs])
        for one in found
    ]


def only(planner: Planner, text: str) -> Call:
    (call,) = calls_of(planner, text)
    return call


def inputs_of(call: Call) -> dict[str, Any]:
    return {part["name"]: part["value"] for part in call.args["inputs"]}


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("what are our inventory turns", "inventory_turnover"),
        ("inventry turnover pls", "inventory_turnover"),
        ("DIO?", "days_inventory_outstanding"),
        ("Unit Fill Rate", "fill_rate"),
        ("the economic order quantitiy of this", "economic_order_quantity"),
        ("Lagerumschlag im Jahr", "inventory_turnover"),
    ],
)
def test_a_metric_is_found_by_its_names_however_it_is_spelled(wording: Wording, text: str, metric: str):
    assert metric in {name for said in wording.find(text) for name in said.metrics}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cost of goods sold", ("inventory_turnover", "cogs")),
        ("our average inventroy", ("inventory_turnover", "average_inventory")),
        ("untis ordered", ("fill_rate", "units_ordered")),
        ("the holding costs", ("economic_order_quantity", "holding_cost")),
        ("Cu = 17", ("critical_ratio", "underage_cost")),
    ],
)
def test_an_input_is_found_by_its_words_and_symbols(wording: Wording, text: str, named: tuple[str, str]):
    assert named in {name for said in wording.find(text) for name in said.inputs}


def test_a_phrase_ends_where_a_clause_ends(wording: Wording):
    found = wording.find("cost of goods, sold")
    assert not any("cost of goods, sold"[said.start : said.end] == "cost of goods, sold" for said in found)


def test_a_word_that_is_known_is_not_read_as_another(wording: Wording):
    assert [word.readings for word in wording.words("inventory")] == [("inventory",)]
    (wrong,) = wording.words("inventroy")
    assert "inventory" in wrong.readings


def test_names_are_folded_without_plurals_and_articles():
    assert folded("the Inventory Turns") == folded("inventory turn")
    assert folded("loss") == ("loss",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fill rate: ordered 1200, shipped 1140", {"units_ordered": 1200, "units_filled": 1140}),
        ("fill rate: shipped 1140, ordered 1200", {"units_ordered": 1200, "units_filled": 1140}),
        ("fill rate: 1140 shipped, 1200 ordered", {"units_ordered": 1200, "units_filled": 1140}),
        ("dio inv 500 cogs 4000", {"average_inventory": 500, "cogs": 4000}),
        ("days of supply: 9,000 units on hand, we sell 150 a day", {"stock": 9000, "demand": 150}),
        ("WIP for 3 hours at 12 an hour", {"throughput": 12, "flow_time": 3}),
        ("littles law TH = 12/hour, flow time 3 hours", {"throughput": 12, "flow_time": 3}),
    ],
)
def test_numbers_go_to_inputs_by_name_side_and_unit(planner: Planner, text: str, expected: dict[str, float]):
    call = only(planner, text)
    assert inputs_of(call) == expected
    assert call.unclear == ()


def test_a_unit_is_handed_on_as_it_was_said(planner: Planner):
    units = {
        part["name"]: part["unit"]
        for part in only(planner, "littles law throughput 12/hour, flow time 3 hours").args["inputs"]
    }
    assert units["flow_time"] == "hour"
    assert units["throughput"].endswith("/hour")


@pytest.mark.parametrize(
    "text", ["turns for 1.2M and 300k?", "DIO for 2M and 500k?", "fill rate for 100 and 90", "turns with cogs 18,400.5"]
)
def test_what_is_not_said_plainly_is_asked_and_not_guessed(planner: Planner, text: str):
    call = only(planner, text)
    assert call.unclear or getattr(answer(Request(**call.args)), "missing", [])
    assert not isinstance(answer(Request(**call.args)), MetricResult)


def test_digits_that_can_be_read_in_two_ways_are_left_out_and_asked(planner: Planner):
    call = only(planner, "inventory turnover with cogs of 18,400 and average stock of 2.750")
    assert any("2.750" in question and "2.75" in question and "2,750" in question for question in call.unclear)
    assert "average_inventory" not in inputs_of(call)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("our EOQ is 600", 600),
        ("EOQ of 600", 600),
        ("a fill rate of 95%", 95),
        ("the EOQ with 600 orders of $5 each", None),
        ("which EOQ?", None),
    ],
)
def test_a_metric_that_is_given_a_value_is_told_from_one_that_is_asked_for(
    planner: Planner, text: str, value: float | None
):
    message = planner.read(text)
    found = [given_value(said, text, message.quantities, message.phrases) for said in message.mentions]
    values = [quantity.value for quantity in found if quantity]
    assert values[:1] == ([] if value is None else [pytest.approx(value)])


@pytest.mark.parametrize(
    ("text", "solved", "value"),
    [
        ("our EOQ is 600, annual demand 7200 units, cost per order 50. what is the holding cost?", "holding_cost", 2),
        ("we want a DIO of 45 days at COGS of 7.3M a year: which average inventory?", "average_inventory", 900_000),
        ("fill rate 95%, 4000 units ordered. how many units were filled?", "units_filled", 3800),
    ],
)
def test_a_metric_is_solved_backwards_for_the_input_that_is_asked_for(
    planner: Planner, text: str, solved: str, value: float
):
    call = only(planner, text)
    assert call.args["solve_for"] == solved
    result = answer(Request(**call.args))
    assert isinstance(result, MetricResult)
    assert result.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "metric", "expected"),
    [
        (
            "pallet positions: 5,000 cartons, 40 cartons per pallet",
            "pallet_positions",
            {"units": 5000, "units_per_pallet": 40},
        ),
        (
            "12 stockouts in 400 cycles, cycle service level?",
            "cycle_service_observed",
            {"cycles_with_stockout": 12, "cycles": 400},
        ),
        (
            "supplier PPM: received 1.2M, faulty 240",
            "supplier_defect_rate",
            {"parts_received": 1.2e6, "parts_defective": 240},
        ),
        (
            "warehouse utilization: 300 of 4,000 slots are empty",
            "storage_utilization",
            {"space_free": 300, "space": 4000},
        ),
    ],
)
def test_a_name_with_a_colon_may_head_its_inputs_and_parts_go_to_their_side(
    planner: Planner, text: str, metric: str, expected: dict[str, float]
):
    call = only(planner, text)
    assert call.args["metric"] == metric
    assert "solve_for" not in call.args
    assert inputs_of(call) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("demand N(800, 220)", {"demand_mean": 800, "demand_sd": 220}),
        ("normal(1,200; 300)", {"demand_mean": 1200, "demand_sd": 300}),
        ("demand U(50,150)", {"demand_low": 50, "demand_high": 150}),
        ("uniform[50, 150]", {"demand_low": 50, "demand_high": 150}),
        ("terms 2/10 net 30", {"discount": 2, "discount_days": 10, "net_days": 30}),
        ("1.5/15, n/45", {"discount": 1.5, "discount_days": 15, "net_days": 45}),
    ],
)
def test_a_notation_is_read_number_by_number(text: str, expected: dict[str, float]):
    quantities, said = noted_terms(text, read_quantities(text).quantities, ())
    names = {phrase.start: {name for _, name in phrase.inputs} for phrase in said}
    read = {name: quantity.value for quantity in quantities for name in names[quantity.start] if name in expected}
    assert read == expected
    assert len(quantities) == len(expected)


def test_a_chance_of_one_in_some_is_one_number():
    text = "a 1 in 20 chance"
    (quantity,) = noted_terms(text, read_quantities(text).quantities, ())[0]
    assert quantity.value == pytest.approx(0.05)


def test_a_pasted_table_is_read_by_its_headings(planner: Planner):
    single = only(planner, "COGS | average inventory\n500000 | 125000\nturns?")
    assert inputs_of(single) == {"cogs": 500_000, "average_inventory": 125_000}
    listed = only(planner, "MAD\nactual | forecast\n100 | 90\n80 | 85\n120 | 130")
    assert inputs_of(listed) == {"actual": [100, 80, 120], "forecast": [90, 85, 130]}


def test_what_takes_one_of_some_words_takes_the_one_that_is_said(planner: Planner):
    chosen = 0
    for entry in METRICS.values():
        for name, declared in entry.declared.items():
            for choice in declared.choices:
                said = choice.replace("_", " ")
                for call in calls_of(planner, f"{entry.name}, {said}"):
                    if call.args["metric"] == entry.id and name in inputs_of(call):
                        assert inputs_of(call)[name] == choice
                        chosen += 1
    assert chosen > 0


def outputs(planner: Planner, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for call in calls_of(planner, row["text"], METRICS[row["metric"]].note):
        yield call.args["metric"], answer(Request(**call.args))


def verdict(planner: Planner, row: dict[str, Any]) -> str:
    """Say whether a typed example is read "right", "wrong" without anybody noticing, or "asked" about needlessly."""
    found = list(outputs(planner, row))
    numbers = [result for _, result in found if isinstance(result, MetricResult)]
    if row.get("ask"):
        asked = any(metric == row["metric"] and not isinstance(result, MetricResult) for metric, result in found)
        return "right" if asked else "asked"
    expected = row["value"] if row.get("value") is not None else compute(row["metric"], **row["inputs"]).value
    told = [value for result in numbers for value in (result.value, *result.also.values()) if isinstance(value, float)]
    if any(math.isclose(value, expected, rel_tol=1e-3, abs_tol=1e-9) for value in told):
        return "right"
    return "wrong" if numbers else "asked"


def test_what_people_type_is_read_right_and_hardly_ever_silently_wrong(planner: Planner):
    files = sorted(path for path in TYPED.glob("*.jsonl") if not path.name.startswith("everyday"))  # values as typed
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [json.loads(line) for line in lines[::EVERY]]
    verdicts = [verdict(planner, row) for row in rows]
    missed = [f"{said}: {row['text']}" for said, row in zip(verdicts, rows, strict=True) if said != "right"]
    assert len(rows) > 300
    assert verdicts.count("right") >= LEAST_RIGHT * len(rows), "\n".join(missed)
    assert verdicts.count("wrong") <= MOST_WRONG * len(rows), "\n".join(missed)


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("order fill rate when 47 of 940 orders could not be filled completely", {"orders_short": 47, "orders": 940}),
        ("perfect orders: 1,000 orders, 70 had some defect", {"imperfect_orders": 70, "orders": 1000}),
        ("on-time delivery: 36 of 900 deliveries came late", {"late": 36, "deliveries": 900}),
        ("cube utilisation of a trailer: 54 m3 loaded out of 72 m3", {"load_volume": 54, "vehicle_volume": 72}),
    ],
)
def test_what_went_wrong_and_parts_are_not_taken_for_what_went_right_and_wholes(
    planner: Planner, text: str, inputs: dict[str, float]
):
    found = (planner.fresh(planner.read(text)) or planner.unnamed(planner.read(text), ["Perfect order"]))[0]
    assert {pair.input: pair.quantity.value for pair in found.pairs} == inputs


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("eoq: usage 3,000 a month (30 days), order cost 10, holding cost 2", {"demand": 100}),
        ("eoq: demand 5,200 a year (100 a week), order cost 65, holding cost 2", {"demand": 5200, "order_cost": 65}),
        ("takt time: 450 min per shift, demand 300 pcs per shift", {"available_time": 450, "demand": 300}),
    ],
)
def test_what_is_said_of_a_period_is_worked_into_its_rate(planner: Planner, text: str, values: dict[str, float]):
    call = only(planner, text)
    given = {part["name"]: part["value"] for part in call.args["inputs"]}
    assert not call.unclear
    assert given.items() >= values.items()


def test_other_words_for_the_same_thing_name_the_same_input(wording: Wording):
    for text in ("std of the weekly usage", "demand standard deviation", "Streuung der Nachfrage"):
        assert any(("safety_stock", "demand_sd") in said.inputs for said in wording.find(text)), text


def test_a_stock_without_a_service_level_is_asked_for_it_and_not_answered_with_another_metric(planner: Planner):
    call = only(planner, "demand sd is 30 a week and lead time 4 weeks. what safety stock do we need?")
    assert call.args["metric"] == "safety_stock"
    assert getattr(answer(Request(**call.args)), "missing", [])

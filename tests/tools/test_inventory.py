"""What the inventory metrics promise: cover, turns, averages, value, carrying cost, GMROI, kinds of stock, ABC."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics import Frame, MetricError, compute

YEAR = Frame("year")
AMOUNT = st.floats(0.01, 1e7)
FACTOR = st.floats(0.01, 100)


@given(AMOUNT, AMOUNT, FACTOR)
def test_turns_do_not_depend_on_the_currency(cogs, stock, factor):
    plain = compute("inventory_turnover", cogs=cogs, average_inventory=stock)
    other = compute("inventory_turnover", cogs=cogs * factor, average_inventory=stock * factor)
    assert other.value == pytest.approx(plain.value)


@given(AMOUNT, AMOUNT)
def test_average_inventory_undoes_turns_and_days_of_supply(cogs, stock):
    turns = compute("inventory_turnover", frame=YEAR, cogs=cogs, average_inventory=stock)
    days = compute("days_of_supply", frame=YEAR, cogs=cogs, average_inventory=stock)
    assert turns.also["days_of_supply"] == pytest.approx(days.value)
    for known in ({"inventory_turns": turns.value}, {"days_of_supply": days.value}):
        assert compute("average_inventory", frame=YEAR, cogs=cogs, **known).value == pytest.approx(stock)


@given(AMOUNT, AMOUNT)
def test_weeks_of_supply_are_undone_by_average_inventory(cogs, stock):
    weeks = compute("weeks_of_supply", frame=YEAR, cogs=cogs, average_inventory=stock)
    assert weeks.value == pytest.approx(52 * stock / cogs)
    assert compute("average_inventory", frame=YEAR, cogs=cogs, weeks_of_supply=weeks.value).value == pytest.approx(
        stock
    )


def test_days_of_supply_counts_the_period_that_was_said():
    assert compute("days_of_supply", frame=Frame("day"), stock=9000, demand=150).value == 60
    assert compute("days_of_supply", frame=Frame("week"), stock=300, demand=100).value == 21
    assert compute("days_of_supply", frame=Frame("month"), stock=100, demand=100, days_in_period=30).value == 30
    assert not compute("days_of_supply", frame=Frame("day"), stock=9000, demand=150).assumptions


def test_an_unnamed_period_is_taken_for_a_year_and_that_is_said():
    assert "365 days a year" in compute("days_of_supply", stock=1, demand=365).assumptions[0]


def test_turns_take_opening_and_closing_stock_instead_of_an_average():
    result = compute("inventory_turnover", cogs=2_400_000, opening_inventory=250_000, closing_inventory=350_000)
    assert result.value == 8
    assert result.also["average_inventory"] == 300_000
    assert "(250,000 + 350,000) / 2 = 300,000" in result.steps[0]


def test_turns_from_sales_are_warned_about():
    assert "margin" in compute("inventory_turnover", sales=100, average_inventory=10).warnings[0]


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=40))
def test_an_average_balance_lies_between_the_lowest_and_the_highest(balances):
    result = compute("average_balance", balances=balances)
    assert min(balances) - 1e-6 <= result.value <= max(balances) + 1e-6
    assert min(balances) - 1e-6 <= result.also["trapezoid_average"] <= max(balances) + 1e-6


@given(AMOUNT, st.floats(1, 50), st.floats(1, 50))
def test_cash_freed_is_the_difference_of_the_stocks(cogs, now, then):
    freed = compute("inventory_reduction", cogs=cogs, inventory_turns=now, target_turns=then)
    assert freed.value == pytest.approx(cogs / now - cogs / then, abs=1e-6 * cogs)
    assert bool(freed.warnings) == (freed.value < 0)


def test_cash_freed_from_days_to_days():
    result = compute("inventory_reduction", frame=YEAR, cogs=32_850_000, days_of_supply=60, target_days=50)
    assert result.value == pytest.approx(900_000)


@given(AMOUNT, AMOUNT, AMOUNT)
def test_gmroi_is_turns_times_margin_over_cost(sales, cogs, stock):
    result = compute("gmroi", sales=sales, cogs=cogs, average_inventory=stock)
    assert result.value == pytest.approx((sales - cogs) / stock)
    assert result.value == pytest.approx(result.also["margin_rate"] * result.also["sales_to_stock"], abs=1e-6)


def test_gmroi_refuses_a_margin_that_contradicts_sales_and_cost():
    with pytest.raises(MetricError, match=r"given as 50, but sales - COGS makes it 40"):
        compute("gmroi", gross_margin=50, sales=100, cogs=60, average_inventory=10)


def test_the_carrying_rate_may_come_whole_by_part_or_from_costs():
    whole = compute("inventory_carrying_cost", average_inventory=5e6, carrying_rate=0.21)
    parts = compute(
        "inventory_carrying_cost",
        average_inventory=5e6,
        capital_rate=0.1,
        storage_rate=0.035,
        insurance_rate=0.015,
        risk_rate=0.06,
    )
    costs = compute(
        "inventory_carrying_cost", average_inventory=5e6, costs={"capital": 5e5, "space": 250_000, "risk": 3e5}
    )
    assert whole.value == pytest.approx(parts.value) == pytest.approx(costs.value) == pytest.approx(1_050_000)
    assert costs.also["carrying_rate"] == pytest.approx(0.21)
    with pytest.raises(MetricError, match="carrying rate is given as"):
        compute("inventory_carrying_cost", average_inventory=5e6, carrying_rate=0.3, capital_rate=0.1, risk_rate=0.05)


def test_stock_value_adds_up_items_and_wants_a_cost_for_each():
    result = compute("stock_value", stocks={"a": 10, "b": 5}, unit_costs={"a": 2, "b": 4, "c": 9}, carrying_rate=0.2)
    assert result.value == 40
    assert result.also["carrying_cost"] == 8
    with pytest.raises(MetricError, match="no unit cost for b"):
        compute("stock_value", stocks={"a": 10, "b": 5}, unit_costs={"a": 2})


@given(st.floats(1, 1e6), st.floats(0.1, 1e4), st.floats(1.01, 100))
def test_making_a_lot_while_it_sells_needs_less_stock_than_buying_it(lot, demand, faster):
    bought = compute("cycle_stock", order_quantity=lot, demand=demand).value
    made = compute("cycle_stock", order_quantity=lot, demand=demand, production_rate=demand * faster).value
    assert bought == lot / 2
    assert made == pytest.approx(bought * (1 - 1 / faster))


def test_cycle_stock_refuses_a_line_slower_than_demand():
    with pytest.raises(MetricError, match="demand 20 is above the production rate 10"):
        compute("cycle_stock", order_quantity=100, demand=20, production_rate=10)


def test_pipeline_inventory_is_valued_and_costed():
    result = compute(
        "pipeline_inventory", frame=Frame("week"), demand=500, transit_time=6, unit_cost=60, carrying_rate=0.1 / 52
    )
    assert (result.value, result.also["value_tied_up"]) == (3000, 180_000)
    assert result.also["carrying_cost"] * 52 == pytest.approx(18_000)


VALUES = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.floats(0.01, 1e6), min_size=1, max_size=60)


@given(VALUES, FACTOR)
def test_abc_classes_ignore_the_currency_and_cover_all_items(values, factor):
    result = compute("abc_analysis", values=values)
    scaled = compute("abc_analysis", values={item: value * factor for item, value in values.items()})
    assert set(result.also["classes"]) == set(values)
    assert math.isclose(sum(result.also["value_share"].values()), 1)
    assert sum(result.also["item_count"].values()) == len(values)
    assert scaled.value == pytest.approx(result.value)


@given(VALUES)
def test_no_item_ranks_below_one_of_less_value(values):
    classes = compute("abc_analysis", values=values).also["classes"]
    ranked = sorted(values, key=lambda item: -values[item])
    assert classes[ranked[0]] == "A"
    for one, other in pairwise(ranked):
        assert classes[one] <= classes[other]


def test_abc_cuts_exactly_at_the_cutoff_and_leaves_worthless_items_in_c():
    result = compute("abc_analysis", values={"a": 0.5, "b": 0.3, "c": 0.15, "d": 0.05, "e": 0.0}, cutoffs=[0.8, 1.0])
    assert result.also["classes"] == {"a": "A", "b": "A", "c": "B", "d": "B", "e": "C"}


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"values": {"a": 1.0}, "cutoffs": [0.9, 0.8]}, "cutoffs must rise"),
        ({"values": {"a": 0.0}}, "nothing to rank"),
        ({"values": {"a": -1.0}}, "a is -1"),
        ({"annual_demand": {"a": 1.0}, "unit_cost": {"b": 1.0}}, "no unit cost for a"),
    ],
)
def test_abc_says_why_it_refuses(inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute("abc_analysis", **inputs)


def test_abc_of_ten_thousand_items_draws_few_bars():
    values = {f"item {place}": 1000 / (place + 1) for place in range(10_000)}
    chart = compute("abc_analysis", chart=True, values=values).chart
    assert chart is not None
    assert len(chart.series[0].x) == 30


def test_a_rate_beside_parts_without_capital_may_be_that_of_capital_and_is_refused():
    with pytest.raises(MetricError, match="may be the whole rate or its capital part"):
        compute("inventory_carrying_cost", average_inventory=1000, carrying_rate=0.1, storage_rate=0.04)


def test_cash_freed_compares_turns_with_turns_and_days_with_days():
    assert compute("inventory_reduction", cogs=12e6, inventory_turns=4, target_turns=6).value == pytest.approx(1e6)
    assert compute("inventory_reduction", cogs=7.3e6, days_of_supply=60, target_days=45).value == pytest.approx(3e5)
    with pytest.raises(MetricError, match="needs"):
        compute("inventory_reduction", cogs=12e6, inventory_turns=4, target_days=45)

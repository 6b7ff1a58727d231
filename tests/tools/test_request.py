"""Calls as somebody states them: units brought together, and what cannot be computed asked for or refused."""

import pytest

from tools.metrics import compute
from tools.metrics.request import Request, Stated, answer
from tools.metrics.result import MetricInvalid, MetricMissing, MetricResult

LOT = {"demand": (1200, "item/year"), "order_cost": (50, "USD/order"), "holding_cost": (24, "USD/item/year")}
BUFFER = {"demand_sd": (20, "item/day"), "lead_time": (9, "day"), "service_level": (0.95, "")}


def ask(metric, stated, **options):
    inputs = [Stated(name=name, value=value, unit=unit) for name, (value, unit) in stated.items()]
    return answer(Request(metric=metric, inputs=inputs, **options))


def computed(metric, stated, **options):
    result = ask(metric, stated, **options)
    assert isinstance(result, MetricResult), result
    return result


def lacking(metric, stated, **options):
    result = ask(metric, stated, **options)
    assert isinstance(result, MetricMissing), result
    return result


def refused(metric, stated, **options):
    """Return the one input that is refused, and why."""
    result = ask(metric, stated, **options)
    assert isinstance(result, MetricInvalid), result
    (wrong,) = result.invalid
    return wrong.input, wrong.reason


SAFETY = compute("safety_stock", demand_sd=20, lead_time=1, service_level=0.95).value


@pytest.mark.parametrize(
    ("spread", "lead_time", "periods", "options"),
    [
        ("item/week", (14, "day"), 2, {}),
        ("item/day", (2, "week"), 14, {}),
        ("item/day", (2, "week"), 10, {"days_a_week": 5}),
        ("item/week", (1, "year"), 52, {}),
        ("item/week", (1, "year"), 50, {"days_a_year": 250, "days_a_week": 5}),
        ("item/day", (1, "year"), 250, {"days_a_year": 250}),
        ("item/month", (1, "year"), 12, {}),
    ],
)
def test_a_spread_and_a_lead_time_share_a_period(spread, lead_time, periods, options):
    stated = {"demand_sd": (20, spread), "lead_time": lead_time, "service_level": (95, "%")}
    assert computed("safety_stock", stated, **options).value == pytest.approx(SAFETY * periods**0.5)


@pytest.mark.parametrize(
    ("demand", "holding_cost", "options", "yearly"),
    [
        ((1000, "item/month"), (24, "USD/item/year"), {}, (12000, 24)),
        ((12000, "item/year"), (2, "USD/item/month"), {}, (12000, 24)),
        ((100, "item/week"), (24, "USD/item/year"), {}, (5200, 24)),
        ((100, "item/week"), (24, "USD/item/year"), {"days_a_year": 250, "days_a_week": 5}, (5000, 24)),
        ((48, "item/day"), (24, "USD/item/year"), {"days_a_year": 250}, (12000, 24)),
        ((100, "item/day"), (24, "USD/item/year"), {}, (36500, 24)),
        ((100, "dozen/year"), (24, "USD/item/year"), {}, (1200, 24)),
        ((1200, "item/year"), (24, "USD/dozen/year"), {}, (1200, 2)),
        ((100, "pallet/year"), (24, "USD/pallet/year"), {}, (100, 24)),
    ],
)
def test_rates_are_brought_to_the_longest_period(demand, holding_cost, options, yearly):
    stated = {"demand": demand, "order_cost": (50, "USD"), "holding_cost": holding_cost}
    result = computed("economic_order_quantity", stated, **options)
    assert (result.inputs["demand"].value, result.inputs["holding_cost"].value) == pytest.approx(yearly)
    assert result.inputs["demand"].unit == "item/year"
    assert result.also_units["total_cost"] == "USD/year"
    assert result.value == pytest.approx((2 * yearly[0] * 50 / yearly[1]) ** 0.5)


def test_what_was_converted_is_shown_as_it_was_given():
    stated = LOT | {"holding_cost": (2, "USD/item/month")}
    inputs = computed("economic_order_quantity", stated).inputs
    assert inputs["holding_cost"].given == "2 USD a unit a month"
    assert inputs["demand"].given == ""


def test_currencies_are_not_mixed():
    name, reason = refused("economic_order_quantity", LOT | {"holding_cost": (24, "EUR/item/year")})
    assert name in ("order_cost", "holding_cost")
    assert "EUR and USD" in reason
    assert "no exchange rate" in reason


@pytest.mark.parametrize("level", [(95, "%"), (0.95, ""), (95, ""), (0.95, "fraction")])
def test_a_share_may_be_a_percentage(level):
    result = computed("safety_stock", BUFFER | {"service_level": level})
    assert result.inputs["service_level"].value == pytest.approx(0.95)
    assert result.value == pytest.approx(SAFETY * 3)


@pytest.mark.parametrize("level", [(1.2, ""), (120, "%"), (120, ""), (0, "%")])
def test_a_share_that_is_none_is_refused_with_its_bound(level):
    name, reason = refused("safety_stock", BUFFER | {"service_level": level})
    assert name == "service_level"
    assert "above 0 and below 1" in reason


def test_a_stated_percentage_is_one_however_small():
    result = computed("safety_stock", BUFFER | {"service_level": (1.2, "%")})
    assert result.inputs["service_level"].value == pytest.approx(0.012)
    assert result.inputs["service_level"].given == "1.2 %"


def test_a_yearly_rate_is_assumed_and_said():
    lot = {"demand": (1200, "item/year"), "order_cost": (50, "USD"), "unit_cost": (24, "USD/item")}
    result = computed("economic_order_quantity", lot | {"carrying_rate": (20, "%")})
    assert result.inputs["carrying_rate"].value == pytest.approx(0.2)
    assert "carrying rate is a year's" in result.assumptions
    monthly = computed("economic_order_quantity", lot | {"carrying_rate": (2, "%/month")})
    assert monthly.inputs["carrying_rate"].value == pytest.approx(0.24)


def test_what_is_no_share_has_no_percent():
    name, reason = refused("economic_order_quantity", LOT | {"order_cost": (50, "%")})
    assert (name, "is not a share" in reason) == ("order_cost", True)


def test_the_unit_of_a_time_is_asked_for():
    result = lacking("safety_stock", BUFFER | {"lead_time": (2, "")})
    assert result.missing == ["the unit of lead time (2 days, weeks or months?)"]


def test_the_period_of_a_rate_is_asked_for_when_the_result_is_a_time():
    stated = {"throughput": (10, ""), "work_in_process": (3, "item")}
    assert lacking("littles_law_flow_time", stated).missing == [
        "the period of throughput (10 a day, week, month or year?)"
    ]


def test_a_time_without_a_unit_shares_that_of_the_others():
    stated = BUFFER | {"demand_mean": (100, "item/week"), "lead_time_sd": (2, "")}
    result = computed("safety_stock", stated)
    said = computed("safety_stock", stated | {"lead_time_sd": (2, "day")})
    assert result.value == pytest.approx(said.value)
    assert "standard deviation of lead time is in days" in result.assumptions


def test_missing_inputs_are_named_by_label():
    result = lacking("safety_stock", {"lead_time": (9, "day")})
    assert result.missing == [
        "standard deviation of demand or past demand",
        "cycle service level or z value or probability of a stockout",
    ]
    assert result.inputs["lead_time"].value == 9
    assert result.formula


def test_a_value_of_none_is_missing():
    assert lacking("economic_order_quantity", LOT | {"order_cost": (None, "USD")}).missing == ["cost per order"]


@pytest.mark.parametrize("also_missing", [False, True])
def test_a_value_out_of_bounds_is_refused_with_the_bound(also_missing):
    stated = LOT | {"order_cost": (-50, "USD")}
    if also_missing:
        del stated["demand"]
    name, reason = refused("economic_order_quantity", stated)
    assert name == "order_cost"
    assert "must be above 0" in reason
    assert "it is -50" in reason


@pytest.mark.parametrize(
    ("name", "value", "unit", "reason"),
    [
        ("demand", 100, "kg*!/week", "'kg*!/week' is not a unit; write it like"),
        ("demand", 100, "kg/year", "kilogram does not belong to it"),
        ("order_cost", 50, "USD/hour", "cost per order is counted in USD an order, but is given in USD an hour"),
        ("order_cost", "fifty", "USD", "cost per order must be a number, but it is 'fifty'"),
        ("nonsense", 5, "", "there is no input 'nonsense'; it takes demand, order_cost"),
    ],
)
def test_what_cannot_be_understood_is_refused(name, value, unit, reason):
    wrong, why = refused("economic_order_quantity", LOT | {name: (value, unit)})
    assert wrong == name
    assert reason in why


def test_an_unknown_metric_names_those_near_it():
    with pytest.raises(KeyError, match=r"near it are .*economic_order_quantity"):
        ask("economic_order_quantty", LOT)


def test_a_result_in_another_unit():
    stated = {"throughput": (10, "item/hour"), "work_in_process": (3, "item")}
    result = computed("littles_law_flow_time", stated, unit="minute")
    assert (result.value, result.unit) == (pytest.approx(18), "minute")
    assert result.also["littles_law_flow_time"] == pytest.approx(0.3)
    assert result.also_units["littles_law_flow_time"] == "hour"
    assert result.steps[-1].endswith("0.3 hours = 18 minutes")
    grown = next(move for move in result.moves if move.input == "work_in_process")
    assert (grown.value, grown.share) == pytest.approx((19.8, 0.1))


def test_a_week_of_a_rate_is_enough():
    stated = {"work_in_process": (3, "item"), "flow_time": (10, "day")}
    result = computed("littles_law_throughput", stated, unit="week")
    assert (result.value, result.unit) == (pytest.approx(2.1), "item/week")


def test_another_number_in_front():
    result = computed("economic_order_quantity", LOT, unit="USD/month")
    assert result.unit == "USD/month"
    plain = computed("economic_order_quantity", LOT)
    assert result.value in [
        pytest.approx(plain.also[name] / 12) for name in ("ordering_cost", "holding_cost_total", "total_cost")
    ]
    assert result.also["economic_order_quantity"] == plain.value
    assert result.also_units["economic_order_quantity"] == "item"
    assert result.moves == []  # they were of the other number


def test_a_unit_that_no_number_has_changes_nothing():
    assert computed("economic_order_quantity", LOT, unit="kg") == computed("economic_order_quantity", LOT)


def test_a_wanted_unit_that_is_none_is_refused():
    assert "'!!' is not a unit" in refused("economic_order_quantity", LOT, unit="!!")[1]


def test_an_earlier_result_is_compared_with():
    result = computed("economic_order_quantity", LOT, before=50)
    assert result.also["before"] == 50
    assert result.also["change"] == pytest.approx(result.value - 50)
    assert result.also["change_share"] == pytest.approx(result.value / 50 - 1)
    assert result.also_units["change"] == "item"
    assert "change_share" not in computed("economic_order_quantity", LOT, before=0).also


def test_dozens_come_back_as_dozens():
    stated = {"demand_mean": (10, "dozen/week"), "lead_time": (2, "week")}
    result = computed("reorder_point", stated)
    assert (result.value, result.also["in_dozen"]) == pytest.approx((240, 20))
    wanted = computed("reorder_point", stated, unit="dozen")
    assert (wanted.value, wanted.unit) == (pytest.approx(20), "dozen")


def test_the_largest_moves_come_first():
    stated = {"demand_mean": (100, "item/week"), "lead_time": (3, "week"), "safety_stock": (50, "item")}
    found = computed("reorder_point", stated).moves
    assert [move.share for move in found] == pytest.approx([30 / 350, 30 / 350, 5 / 350])
    assert found[-1].label == "safety stock"
    assert found[-1].value == pytest.approx(355)


def test_series_are_converted_entry_by_entry():
    stated = {"demand_history": ([10, 12, 11], "dozen/week"), "lead_time": (14, "day")}
    result = computed("reorder_point", stated)
    assert result.inputs["demand_history"].value == pytest.approx([120, 144, 132])
    assert result.value == pytest.approx(264)


@pytest.mark.parametrize(
    ("metric", "stated", "options", "value", "unit"),
    [
        ("days_of_supply", {"demand": (70, "item/week")}, {"solve_for": "stock", "target": 30}, 300, "item"),
        (
            "days_of_supply",
            {"demand": (70, "item/week")},
            {"solve_for": "stock", "target": 3, "target_unit": "week"},
            210,
            "item",
        ),
        (
            "fill_rate",
            {"units_ordered": (100, "item/week")},
            {"solve_for": "units_filled", "target": 95, "target_unit": "%"},
            95,
            "item/week",
        ),
    ],
)
def test_an_input_is_solved_for(metric, stated, options, value, unit):
    result = computed(metric, stated, **options)
    assert (result.value, result.unit) == (pytest.approx(value), unit)
    assert list(result.inputs) == list(stated)


def test_a_target_in_a_strange_unit_is_refused():
    lot = {name: LOT[name] for name in ("demand", "holding_cost")}
    options = {"solve_for": "order_cost", "target": 10, "target_unit": "week"}
    assert refused("economic_order_quantity", lot, **options) == ("order_cost", "week does not belong to it")


def test_a_check_understands_the_inputs_and_gives_no_result() -> None:
    inputs = [Stated(name="cogs", value=2.4e6), Stated(name="average_inventory", value=300_000)]
    checked = answer(Request(metric="inventory_turnover", inputs=inputs, check=True))
    assert isinstance(checked, MetricMissing)
    assert checked.missing == []
    assert set(checked.inputs) == {"cogs", "average_inventory"}
    wrong = [Stated(name="cogs", value=-1), Stated(name="average_inventory", value=300_000)]
    assert isinstance(answer(Request(metric="inventory_turnover", inputs=wrong, check=True)), MetricInvalid)

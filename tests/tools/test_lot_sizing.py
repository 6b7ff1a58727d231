"""What the lot sizes promise: the quantity is the cheapest, by neighbours, brute force and independent solutions."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize, minimize_scalar

from tools.metrics import Frame, MetricError, compute
from tools.metrics.tiers import lower_bounds

RATE = st.floats(1, 1e5)
COST = st.floats(0.1, 1e3)
FACTOR = st.floats(0.1, 10)


@given(RATE, COST, COST, FACTOR)
def test_no_quantity_is_cheaper_than_the_economic_one(demand, order_cost, holding_cost, factor):
    lot = {"demand": demand, "order_cost": order_cost, "holding_cost": holding_cost}
    best = compute("economic_order_quantity", **lot)
    other = compute("order_quantity_cost", **lot, order_quantity=best.value * factor)
    assert other.value >= best.also["total_cost"] * (1 - 1e-12)
    assert other.also["cost_ratio"] == pytest.approx(compute("eoq_sensitivity", quantity_ratio=factor).value)
    assert best.also["ordering_cost"] == pytest.approx(best.also["holding_cost_total"])


@given(RATE, COST, COST, FACTOR)
def test_the_economic_quantity_scales(demand, order_cost, holding_cost, factor):
    plain = compute("economic_order_quantity", demand=demand, order_cost=order_cost, holding_cost=holding_cost).value
    money = {"order_cost": order_cost * factor, "holding_cost": holding_cost * factor}
    assert compute("economic_order_quantity", demand=demand, **money).value == pytest.approx(plain)
    more = compute(
        "economic_order_quantity", demand=demand * factor**2, order_cost=order_cost, holding_cost=holding_cost
    )
    assert more.value == pytest.approx(plain * factor)


@given(RATE, COST, COST)
def test_the_period_does_not_matter(demand, order_cost, holding_cost):
    year = compute(
        "economic_order_quantity",
        frame=Frame("year"),
        demand=52 * demand,
        order_cost=order_cost,
        holding_cost=52 * holding_cost,
    )
    week = compute(
        "economic_order_quantity", frame=Frame("week"), demand=demand, order_cost=order_cost, holding_cost=holding_cost
    )
    assert year.value == pytest.approx(week.value)
    assert year.also["total_cost"] == pytest.approx(52 * week.also["total_cost"])


def test_price_and_rate_stand_for_the_holding_cost():
    result = compute("economic_order_quantity", demand=2600, order_cost=60, unit_cost=39, carrying_rate=0.2)
    assert result.value == pytest.approx(200)
    assert result.also["total_cost"] == pytest.approx(1560)
    assert result.also["total_with_purchases"] == pytest.approx(2600 * 39 + 1560)
    with pytest.raises(
        MetricError, match=r"holding cost is given as 5, but unit cost times carrying rate makes it 7.8"
    ):
        compute("economic_order_quantity", demand=2600, order_cost=60, holding_cost=5, unit_cost=39, carrying_rate=0.2)


@given(RATE, COST, COST, st.floats(0.001, 1))
def test_powers_of_two_cost_at_most_six_percent_more(demand, order_cost, holding_cost, base):
    lot = {"demand": demand, "order_cost": order_cost, "holding_cost": holding_cost}
    also = compute("economic_order_quantity", **lot, base_period=base).also
    assert 1 - 1e-12 <= also["power_of_two_ratio"] <= 3 / (2 * math.sqrt(2)) + 1e-9
    assert math.log2(also["power_of_two_interval"] / base) == pytest.approx(
        round(math.log2(also["power_of_two_interval"] / base))
    )


def test_a_lead_time_longer_than_the_cycle_is_warned_about():
    result = compute("economic_order_quantity", demand=1000, order_cost=10, holding_cost=0.5, lead_time=0.5)
    assert result.also["reorder_point"] == 500
    assert any("under way" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"holding_cost": 0}, "holding cost must be above 0 .*the best lot would be infinite"),
        ({"order_cost": -8}, "cost per order must be above 0"),
        ({"demand": -1300}, "demand must be above 0"),
        ({"order_cost": "banana"}, "cost per order must be a number, but it is 'banana'"),
    ],
)
def test_the_economic_quantity_says_why_it_refuses(wrong, reason):
    with pytest.raises(MetricError, match=reason):
        compute("economic_order_quantity", **{"demand": 1300, "order_cost": 8, "holding_cost": 0.225} | wrong)


def test_what_is_missing_is_named():
    with pytest.raises(MetricError, match="needs holding cost or unit cost and carrying rate"):
        compute("economic_order_quantity", demand=1300, order_cost=8)


@given(st.floats(10, 1e4), st.floats(1, 500), st.floats(0.1, 50), st.floats(0.1, 50))
@settings(max_examples=40, deadline=None)
def test_backorders_agree_with_a_numerical_search(demand, order_cost, holding_cost, backorder_cost):
    lot = {"demand": demand, "order_cost": order_cost, "holding_cost": holding_cost}
    result = compute("eoq_with_backorders", **lot, backorder_cost=backorder_cost)

    def cost(point):
        size, short = abs(point[0]) + 1e-9, point[1]
        held = holding_cost * (size - short) ** 2 / (2 * size)
        return order_cost * demand / size + held + backorder_cost * short**2 / (2 * size)

    plain = compute("economic_order_quantity", **lot)
    found = minimize(
        cost,
        [plain.value, plain.value / 10],
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 4000},
    )
    assert result.also["total_cost"] == pytest.approx(found.fun, rel=1e-6)
    assert cost([result.value, result.also["max_backorder"]]) == pytest.approx(result.also["total_cost"])
    assert result.also["total_cost"] <= plain.also["total_cost"]


def test_dear_backorders_lead_back_to_the_plain_quantity():
    lot = {"demand": 1300, "order_cost": 8, "holding_cost": 0.225}
    far = compute("eoq_with_backorders", **lot, backorder_cost=1e9)
    assert far.value == pytest.approx(compute("economic_order_quantity", **lot).value)
    assert far.also["max_backorder"] == pytest.approx(0, abs=1e-6)


@given(RATE, COST, COST, st.floats(1.05, 1e6))
def test_the_production_lot_is_larger_and_tends_to_the_order_quantity(demand, order_cost, holding_cost, faster):
    lot = {"demand": demand, "order_cost": order_cost, "holding_cost": holding_cost}
    made = compute("economic_production_quantity", **lot, production_rate=demand * faster)
    bought = compute("economic_order_quantity", **lot)
    assert made.value == pytest.approx(bought.value / math.sqrt(1 - 1 / faster))
    assert made.also["total_cost"] <= bought.also["total_cost"] * (1 + 1e-12)
    assert made.also["max_inventory"] == pytest.approx(made.value - demand * made.also["run_time"])


def test_a_line_slower_than_demand_has_no_production_lot():
    with pytest.raises(MetricError, match="production rate 900 is not above demand 1,000") as refused:
        compute("economic_production_quantity", demand=1000, order_cost=10, holding_cost=1, production_rate=900)
    assert refused.value.problem.invalid[0].instead == "capacity_utilization"


PRICES = st.lists(st.tuples(st.integers(1, 3000), st.floats(0.5, 0.99)), min_size=1, max_size=4)


def price_list(tiers, price):
    lows, costs = [0.0], [price]
    for step, factor in tiers:
        lows.append(lows[-1] + step)
        costs.append(costs[-1] * factor)
    return lows, costs


def all_units(lot, given, lows, costs, rate):
    cost = next(cost for low, cost in zip(reversed(lows), reversed(costs), strict=True) if lot >= low)
    return cost * given["demand"] + given["order_cost"] * given["demand"] / lot + rate * cost * lot / 2


def incremental(lot, given, lows, costs, rate):
    ends = [*lows[1:], math.inf]
    bought = sum(cost * max(0.0, min(lot, end) - low) for low, end, cost in zip(lows, ends, costs, strict=True))
    return bought / lot * given["demand"] + given["order_cost"] * given["demand"] / lot + rate * bought / 2


@pytest.mark.parametrize(("kind", "cost"), [("all_units", all_units), ("incremental", incremental)])
@given(
    tiers=PRICES,
    price=st.floats(1, 500),
    demand=st.floats(10, 1e5),
    order_cost=st.floats(1, 1e3),
    rate=st.floats(0.05, 1),
)
@settings(max_examples=60, deadline=None)
def test_a_discount_lot_is_no_dearer_than_any_on_a_fine_grid(kind, cost, tiers, price, demand, order_cost, rate):
    lows, costs = price_list(tiers, price)
    lot = {"demand": demand, "order_cost": order_cost}
    result = compute(f"quantity_discount_{kind}", **lot, carrying_rate=rate, breakpoints=lows, unit_costs=costs)
    assert cost(result.value, lot, lows, costs, rate) == pytest.approx(result.also["total_cost"])
    grid = [*(result.value * 1.02**step for step in range(-250, 251)), *lows[1:]]
    assert min(cost(at, lot, lows, costs, rate) for at in grid) >= result.also["total_cost"] * (1 - 1e-9)


@pytest.mark.parametrize("kind", ["all_units", "incremental"])
@given(demand=RATE, order_cost=COST, price=COST, rate=st.floats(0.05, 1))
def test_one_price_is_the_plain_quantity(kind, demand, order_cost, price, rate):
    lot = {"demand": demand, "order_cost": order_cost}
    result = compute(f"quantity_discount_{kind}", **lot, carrying_rate=rate, breakpoints=[0.0], unit_costs=[price])
    assert result.value == pytest.approx(
        compute("economic_order_quantity", **lot, unit_cost=price, carrying_rate=rate).value
    )


def test_discounts_may_be_shares_and_the_first_break_may_be_left_out():
    lot = {"demand": 5000, "order_cost": 49, "carrying_rate": 0.2}
    full = compute("quantity_discount_all_units", **lot, breakpoints=[0, 1000, 2000], unit_costs=[5, 4.8, 4.75])
    short = compute("quantity_discount_all_units", **lot, breakpoints=[1000, 2000], unit_costs=[5, 4.8, 4.75])
    shares = compute(
        "quantity_discount_all_units", **lot, breakpoints=[1000, 2000], unit_cost=5, discounts=[0.04, 0.05]
    )
    assert full.value == short.value == shares.value == 1000
    assert full.also["total_cost"] == pytest.approx(24_725) == pytest.approx(shares.also["total_cost"])


@pytest.mark.parametrize(
    ("prices", "reason"),
    [
        ({"breakpoints": [0, 500, 400], "unit_costs": [3, 2, 1]}, "price breaks must rise, but 400 comes after 500"),
        ({"breakpoints": [0, 500], "unit_costs": [2, 3]}, "that is a surcharge, not a discount"),
        ({"breakpoints": [0, 500, 900], "unit_costs": [3, 2]}, "3 entries, but the list of unit costs has 2"),
        ({"breakpoints": [0, 500], "unit_costs": [3, 0]}, "every unit cost must be above 0"),
        ({"breakpoints": [0, 500], "unit_cost": 3, "discounts": [0, 1.5]}, "a discount must be"),
    ],
)
def test_a_price_list_that_cannot_be_is_refused(prices, reason):
    with pytest.raises(MetricError, match=reason):
        compute("quantity_discount_all_units", demand=1000, order_cost=10, carrying_rate=0.2, **prices)


def brute_force(demand, order, hold, unit):
    """Return the least cost over every set of periods to order in."""
    least = math.inf
    for chosen in itertools.product((False, True), repeat=len(demand)):
        cost, last = 0.0, None
        for period, need in enumerate(demand):
            last = period if chosen[period] else last
            if need > 0:
                if last is None:
                    break
                cost += need * (unit[last] + sum(hold[last:period]))
        else:
            least = min(least, cost + sum(price for price, orders in zip(order, chosen, strict=True) if orders))
    return least


PERIODS = st.integers(1, 8)


@given(st.data(), PERIODS)
@settings(max_examples=60, deadline=None)
def test_wagner_whitin_finds_what_brute_force_finds(data, periods):
    def listed(strategy):
        return data.draw(st.lists(strategy, min_size=periods, max_size=periods))

    demand = listed(st.sampled_from([0.0, 5.0, 20.0, 90.0]))
    order, hold, unit = listed(st.floats(0, 200)), listed(st.floats(0, 5)), listed(st.floats(0, 10))
    if not any(demand):
        return
    result = compute("wagner_whitin", demand=demand, order_costs=order, holding_costs=hold, unit_costs=unit)
    assert result.value == pytest.approx(brute_force(demand, order, hold, unit), abs=1e-9)
    assert sum(result.also["order_quantities"]) == pytest.approx(sum(demand))
    assert all(stock >= 0 for stock in result.also["ending_inventory"])


@given(st.lists(st.floats(0, 500), min_size=1, max_size=40).filter(any), st.floats(0, 1000), st.floats(0.01, 5))
def test_silver_meal_is_never_below_the_optimum_nor_above_lot_for_lot_by_much(demand, order_cost, holding_cost):
    rule = compute("silver_meal", demand=demand, order_cost=order_cost, holding_cost=holding_cost)
    best = compute("wagner_whitin", demand=demand, order_cost=order_cost, holding_cost=holding_cost)
    assert rule.value >= best.value - 1e-6
    assert rule.also["optimal_cost"] == pytest.approx(best.value)
    assert best.value <= min(best.also["lot_for_lot_cost"], best.also["single_order_cost"]) + 1e-6


def test_free_orders_mean_lot_for_lot_and_free_holding_one_order():
    demand = [10.0, 20.0, 30.0]
    assert compute("wagner_whitin", demand=demand, order_cost=0, holding_cost=1).also["order_quantities"] == demand
    assert compute("wagner_whitin", demand=demand, order_cost=9, holding_cost=0).also["orders"] == 1


def test_dynamic_lots_say_why_they_refuse():
    with pytest.raises(MetricError, match="at most 2000 periods, but there are 2001"):
        compute("wagner_whitin", demand=[1.0] * 2001, order_cost=1, holding_cost=1)
    with pytest.raises(MetricError, match="entry 2 is -1"):
        compute("wagner_whitin", demand=[1.0, -1.0], order_cost=1, holding_cost=1)
    with pytest.raises(MetricError, match="no demand in any period"):
        compute("wagner_whitin", demand=[0.0, 0.0], order_cost=1, holding_cost=1)
    with pytest.raises(MetricError, match="stay the same") as refused:
        compute("silver_meal", demand=[1.0, 2.0], order_costs=[1.0, 2.0], holding_cost=1)
    assert refused.value.problem.invalid[0].instead == "wagner_whitin"


def test_an_estimate_twice_too_high_costs_six_percent():
    assert compute("eoq_sensitivity", estimate_ratio=2).value == pytest.approx(1.0607, abs=1e-4)


def test_the_order_quantity_agrees_with_a_numerical_search():
    found = minimize_scalar(lambda lot: 8 * 1300 / lot + 0.225 * lot / 2, bounds=(1, 5000), method="bounded")
    result = compute("economic_order_quantity", demand=1300, order_cost=8, holding_cost=0.225)
    assert result.value == pytest.approx(found.x, rel=1e-4)


def test_cycles_are_also_told_in_days_and_weeks():
    year = compute("economic_order_quantity", frame=Frame("year"), demand=1000, order_cost=10, holding_cost=0.5)
    assert year.also["days_between_orders"] == pytest.approx(73)
    assert year.also["weeks_between_orders"] == pytest.approx(10.4)
    week = compute("economic_order_quantity", frame=Frame("week"), demand=10, order_cost=5, holding_cost=1)
    assert week.also["weeks_between_orders"] == pytest.approx(week.also["days_between_orders"] / 7) == 1


@pytest.mark.parametrize("kind", ["all_units", "incremental"])
def test_named_price_tiers_are_the_price_list_that_they_name(kind):
    lot = {"demand": 6000, "order_cost": 50, "carrying_rate": 0.2}
    listed = compute(f"quantity_discount_{kind}", **lot, breakpoints=[1, 500, 1000], unit_costs=[20, 19, 18.5])
    named = compute(f"quantity_discount_{kind}", **lot, price_tiers={"1-499": 20, "500-999": 19, "1,000+": 18.5})
    assert named.value == listed.value
    assert named.also["total_cost"] == listed.also["total_cost"]


@pytest.mark.parametrize(
    ("names", "lows"),
    [
        (["1-499", "500-999", "1000+"], [1, 500, 1000]),
        (["1 to 1,999", "2,000 to 4,999", "5,000 or more"], [1, 2000, 5000]),
        (["less than 100", "100 - 299", "300 and up"], [0, 100, 300]),
        (["up to 499", "up to 999", "over 999"], [0, 500, 1000]),
        (["< 100", "100+"], [0, 100]),
        (["bis 999", "1.000 bis 2.499", "ab 2.500"], [0, 1000, 2500]),
        (["from 0", "from 1k"], [0, 1000]),
        (["0", "500", "1000"], [0, 500, 1000]),
    ],
)
def test_names_of_tiers_say_from_where_their_prices_hold(names, lows):
    assert lower_bounds(names) == lows


@pytest.mark.parametrize(
    ("tiers", "reason"),
    [
        ({"1": 20, "2": 19, "3": 18}, "without the quantities from which they hold"),
        ({"small": 20, "large": 19}, "'small' names no quantity"),
        ({"1-99": 20, "100+": 21}, "must not rise with quantity"),
    ],
)
def test_price_tiers_without_quantities_are_refused(tiers, reason):
    with pytest.raises(MetricError, match=reason):
        compute("quantity_discount_all_units", demand=100, order_cost=5, carrying_rate=0.2, price_tiers=tiers)

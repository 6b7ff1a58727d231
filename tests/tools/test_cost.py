"""Cost of ownership, landed cost, make or buy, logistics cost and cost to serve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics import Frame, MetricError, compute

money = st.floats(0.01, 1e7)
YEAR = Frame("year", "USD")


def present_value(purchase, flows, rate):
    """Discount flow by flow: the sum that the annuity formula shortens."""
    return purchase + sum(flow / (1 + rate) ** year for year, flow in enumerate(flows, 1))


@given(purchase=money, running=money, life=st.integers(1, 40), rate=st.floats(0, 0.5), resale=money)
def test_cost_of_ownership_is_the_sum_of_discounted_flows(purchase, running, life, rate, resale):
    result = compute(
        "total_cost_of_ownership",
        purchase_cost=purchase,
        yearly_cost=running,
        life=float(life),
        discount_rate=rate,
        resale_value=resale,
    )
    flows = [running] * (life - 1) + [running - resale]
    assert result.value == pytest.approx(
        present_value(purchase, flows, rate), rel=1e-6, abs=1e-6 * (purchase + running)
    )
    each = compute(
        "total_cost_of_ownership", purchase_cost=purchase, cost_of_each_year=[running] * life, discount_rate=rate
    )
    assert each.value == pytest.approx(present_value(purchase, [running] * life, rate), rel=1e-6)


def test_the_dearer_truck_is_cheaper_to_own():
    frame = {"yearly_cost": 5000.0, "life": 6.0, "discount_rate": 0.08}
    dear = compute("total_cost_of_ownership", purchase_cost=32_000.0, resale_value=6000.0, **frame)
    cheap = compute(
        "total_cost_of_ownership", purchase_cost=26_000.0, resale_value=2000.0, **(frame | {"yearly_cost": 7200.0})
    )
    assert dear.value == pytest.approx(51_330, abs=10)
    assert cheap.value == pytest.approx(58_020, abs=10)


def test_equivalent_yearly_cost_pays_for_the_whole():
    result = compute("total_cost_of_ownership", purchase_cost=1000.0, yearly_cost=50.0, life=5.0, discount_rate=0.1)
    assert present_value(0, [result.also["cost_per_period"]] * 5, 0.1) == pytest.approx(result.value)


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"yearly_cost": 5.0}, "give the life"),
        ({"costs": {"freight": -1.0}}, "freight is -1"),
        ({"cost_of_each_year": [1.0, 2.0], "life": 3.0}, "given for 2 years, but the life is 3"),
        ({"cost_of_each_year": [1.0], "yearly_cost": 1.0}, "both as one amount and for each year"),
        ({"resale_value": 5.0, "discount_rate": 0.1}, "give the life"),
    ],
)
def test_cost_of_ownership_refuses_with_a_reason(inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute("total_cost_of_ownership", purchase_cost=10.0, **inputs)


def test_usual_kinds_of_cost_of_ownership_add_up():
    kinds = {"installation": 300.0, "training": 200.0, "maintenance": 40.0, "energy": 60.0}
    result = compute("total_cost_of_ownership", purchase_cost=1000.0, life=5.0, **kinds)
    assert result.value == pytest.approx(1000 + 300 + 200 + 5 * (40 + 60))
    same = {"costs": {"a": 300.0, "b": 200.0}, "yearly_costs": {"c": 40.0, "d": 60.0}}
    assert result.value == compute("total_cost_of_ownership", purchase_cost=1000.0, life=5.0, **same).value


def test_logistics_cost_takes_any_of_its_kinds_but_not_none():
    assert compute("total_logistics_cost", transport=5.0, administration=2.0).value == 7
    with pytest.raises(MetricError, match="at least one cost is needed"):
        compute("total_logistics_cost", sales=100.0)


@given(fixed=money, variable=money, margin=money)
def test_at_the_break_even_both_cost_the_same(fixed, variable, margin):
    base = {"fixed_cost": fixed, "variable_cost": variable, "buy_price": variable + margin}
    volume = compute("make_or_buy_break_even", **base).value
    at = compute("make_or_buy_break_even", **base, volume=min(volume, 1e15))
    assert at.also["make_cost"] == pytest.approx(at.also["buy_cost"], rel=1e-6)
    assert compute("make_or_buy_break_even", **base, volume=min(2 * volume + 1, 1e15)).also["cheaper"] == "make"
    assert compute("make_or_buy_break_even", **base, volume=volume / 2).also["cheaper"] == "buy"


def test_reversed_costs_turn_the_advice_round():
    inputs = {"fixed_cost": 0.0, "variable_cost": 12.0, "buy_price": 8.0, "buy_fixed_cost": 400.0}
    result = compute("make_or_buy_break_even", **inputs, frame=YEAR)
    assert result.value == 100
    assert "Above 100 units a year buying is cheaper, below it making" in result.meaning


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (
            {"fixed_cost": 100.0, "variable_cost": 10.0, "buy_price": 10.0},
            "buying is cheaper than making at every volume",
        ),
        (
            {"fixed_cost": 100.0, "variable_cost": 12.0, "buy_price": 10.0},
            "buying is cheaper than making at every volume",
        ),
        (
            {"fixed_cost": 1.0, "variable_cost": 2.0, "buy_price": 10.0, "buy_fixed_cost": 5.0},
            "making is cheaper than buying at every volume",
        ),
        (
            {"fixed_cost": 5.0, "variable_cost": 2.0, "buy_price": 2.0, "buy_fixed_cost": 5.0},
            "cost the same at every volume",
        ),
    ],
)
def test_no_break_even_is_refused_with_what_is_cheaper(inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute("make_or_buy_break_even", **inputs)


def test_landed_cost_of_the_bicycles_in_the_note():
    bicycle = {
        "unit_price": 120.0,
        "units": 400.0,
        "freight": 6000.0,
        "insurance_per_unit": 0.72,
        "duty_rate": 0.11,
        "handling_per_unit": 4.0,
        "transit_days": 45.0,
        "carrying_rate": 0.2,
    }
    result = compute("total_landed_cost", **bicycle, frame=YEAR, chart=True)
    assert result.value == pytest.approx(155.88, abs=0.005)
    assert result.also["total"] == pytest.approx(400 * result.value)
    assert sum(result.chart.series[0].y[:-1]) == pytest.approx(result.chart.series[0].y[-1])
    cif = compute("total_landed_cost", **bicycle, duty_basis="cif", frame=YEAR)
    assert cif.also["parts"]["duty"] == pytest.approx(14.93, abs=0.005)
    assert compute("total_landed_cost", **(bicycle | {"duty_rate": 0.25}), frame=YEAR).value == pytest.approx(
        172.68, abs=0.005
    )
    domestic = {"unit_price": 150.0, "freight_per_unit": 3.0, "transit_days": 5.0, "carrying_rate": 0.2}
    assert compute("total_landed_cost", **domestic, frame=YEAR).value == pytest.approx(153.41, abs=0.005)


@given(price=money, units=st.integers(1, 100_000), freight=money, duty=st.floats(0, 1), scale=st.floats(0.01, 100))
def test_landed_cost_grows_with_the_currency_and_cif_is_never_below_fob(price, units, freight, duty, scale):
    def landed(basis, times=1.0):
        return compute(
            "total_landed_cost",
            unit_price=price * times,
            units=float(units),
            freight=freight * times,
            duty_rate=duty,
            duty_basis=basis,
        ).value

    assert landed("cif") >= landed("fob") * (1 - 1e-12)
    assert landed("fob", scale) == pytest.approx(scale * landed("fob"))


@given(price=money, units=st.integers(1, 1000), freight=money)
def test_freight_for_the_shipment_or_for_a_unit_is_the_same(price, units, freight):
    whole = compute("total_landed_cost", unit_price=price, units=float(units), freight=freight)
    each = compute("total_landed_cost", unit_price=price, freight_per_unit=freight / units)
    assert whole.value == pytest.approx(each.value)


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"freight": 100.0}, "give how many units the shipment has"),
        ({"uplift": 1.1, "freight_per_unit": 1.0}, "already stands for duty and freight"),
        ({"duty_basis": "exw"}, "must be one of fob, cif"),
        ({"uplift": 0.1}, "a multiplier of 1 adds nothing"),
    ],
)
def test_landed_cost_refuses_with_a_reason(inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute("total_landed_cost", unit_price=10.0, **inputs)


def test_logistics_cost_as_a_share_of_sales():
    result = compute(
        "total_logistics_cost", transport=5.0, warehousing=3.0, costs={"returns": 2.0}, sales=100.0, frame=YEAR
    )
    assert result.value == 10
    assert result.also["share_of_sales"] == pytest.approx(0.1)
    assert result.also["largest"] == "transport"
    with pytest.raises(MetricError, match="Transport is given twice"):
        compute("total_logistics_cost", transport=5.0, costs={"Transport": 2.0})


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), min_size=1))
def test_cost_to_serve_is_the_sum_over_activities(pairs):
    counts, rates = ({name: pair[place] for name, pair in pairs.items()} for place in (0, 1))
    result = compute("cost_to_serve", activities=counts, rates={name.upper(): rate for name, rate in rates.items()})
    assert result.value == pytest.approx(sum(count * rate for count, rate in pairs.values()))


def test_cost_to_serve_says_which_rate_is_missing_and_what_is_left():
    with pytest.raises(MetricError, match="returns has a count but no rate"):
        compute("cost_to_serve", activities={"orders": 1.0, "returns": 2.0}, rates={"orders": 3.0})
    result = compute(
        "cost_to_serve", activities={"orders": 10.0}, rates={"orders": 30.0}, gross_margin=200.0, orders=10.0
    )
    assert result.also["net_margin"] == -100
    assert result.also["cost_per_order"] == 30
    assert "a loss" in result.meaning
    assert compute("cost_per_order", total_cost=300.0, orders=10.0).value == 30


def test_carbon_cost_leaves_out_what_is_free():
    result = compute("carbon_cost", emissions=1000.0, carbon_price=80.0, free_share=0.75, units=500.0)
    assert result.value == pytest.approx(20_000)
    assert result.also["cost_per_unit"] == pytest.approx(40)

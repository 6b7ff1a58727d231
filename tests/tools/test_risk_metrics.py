"""Survival, gaps, network exposure, ratings, expected losses and the production-to-delivery ratio."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.metrics import Frame, MetricError, compute
from tools.metrics.backwards import solve
from tools.metrics.families import risk_exposure

WEEK = Frame("week", "USD")
amount = st.floats(0.1, 1e5)


def lost_day_by_day(stock, demand, alternates, delay, recover):
    """Serve demand in small steps from alternates and stock; return what is lost and when it first was."""
    steps = 4000
    lost, first = 0.0, None
    for step in range(steps):
        now, width = step * recover / steps, recover / steps
        need = (demand - (alternates if now >= delay else 0.0)) * width
        need = max(0.0, need)
        taken = min(stock, need)
        stock -= taken
        if need - taken > 1e-9 * demand * width:
            first = now if first is None else first
            lost += need - taken
    return lost, first


@settings(max_examples=40)
@given(
    cover=st.floats(0, 10),
    demand=st.floats(1, 1e4),
    share=st.floats(0, 1.5),
    delay=st.floats(0, 8),
    recover=st.floats(0.5, 30),
)
def test_losses_are_those_of_a_simulation(cover, demand, share, delay, recover):
    inputs = {
        "stock": cover * demand,
        "demand": demand,
        "alternate_capacity": share * demand,
        "alternate_delay": delay,
        "time_to_recover": recover,
    }
    result = compute("ttr_gap", **inputs, margin=100.0)
    lost, first = lost_day_by_day(cover * demand, demand, share * demand, delay, recover)
    assert result.also["lost_units"] == pytest.approx(lost, abs=demand * recover / 400)
    assert result.also["lost_margin"] == pytest.approx(result.also["lost_units"] / demand * 100)
    if result.value > recover / 1000 and share < 0.99:
        assert first == pytest.approx(result.also["time_to_survive"], abs=recover / 400)


@given(stock=amount, demand=amount, share=st.floats(0, 0.95), factor=st.floats(0.01, 100))
def test_survival_needs_no_unit_of_quantity_and_grows_with_stock(stock, demand, share, factor):
    def lasts(times=1.0, more=1.0):
        inputs = {"stock": stock * times * more, "demand": demand * times, "alternate_capacity": share * demand * times}
        return compute("time_to_survive", **inputs).value

    assert lasts(factor) == pytest.approx(lasts())
    assert lasts(more=2) == pytest.approx(2 * lasts())
    assert compute("time_to_survive", stock_cover=stock / demand, alternate_share=share).value == pytest.approx(lasts())


@given(stock=amount, demand=amount, share=st.floats(0, 0.9), recover=st.floats(0.1, 100))
def test_the_stock_that_closes_the_gap_closes_it(stock, demand, share, recover):
    inputs = {"demand": demand, "alternate_share": share, "time_to_recover": recover}
    more = compute("ttr_gap", stock=stock, **inputs).also["stock_to_close_gap"]
    assert compute("ttr_gap", stock=stock + more, **inputs).value == pytest.approx(0, abs=1e-6 * recover)


def test_pipeline_counts_as_stock():
    assert compute("time_to_survive", stock=3000.0, pipeline=1200.0, demand=300.0, alternate_capacity=100.0).value == 21
    assert (
        compute("time_to_survive", stock_cover=10.0, pipeline=1200.0, demand=300.0, alternate_capacity=100.0).value
        == 21
    )


def test_alternates_that_start_late():
    assert compute("time_to_survive", stock_cover=4.0, alternate_share=0.2, alternate_delay=2.0).value == 4.5
    assert compute("time_to_survive", stock_cover=1.0, alternate_share=0.2, alternate_delay=2.0).value == 1
    result = compute(
        "ttr_gap", stock_cover=1.0, alternate_share=1.0, alternate_delay=3.0, time_to_recover=10.0, margin=5.0
    )
    assert (result.value, result.also["lost_margin"]) == (2, 10)


def test_a_stated_survival_time_is_taken():
    result = compute("ttr_gap", time_to_survive=4.0, time_to_recover=10.0, margin=250_000.0, frame=WEEK)
    assert (result.value, result.also["lost_margin"]) == (6, 1_500_000)


def test_survival_without_end_is_refused_and_leaves_no_gap():
    with pytest.raises(MetricError, match="supply never runs out"):
        compute("time_to_survive", stock=100.0, demand=10.0, alternate_capacity=10.0)
    result = compute("ttr_gap", stock=0.0, demand=10.0, alternate_capacity=10.0, time_to_recover=50.0, unit_margin=3.0)
    assert (result.value, result.also["lost_margin"]) == (0, 0)
    assert "time_to_survive" not in result.also


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"stock_cover": 4.0, "alternate_capacity": 10.0}, "give the demand"),
        ({"stock_cover": 4.0, "unit_margin": 10.0}, "give the demand"),
        ({"stock": 4.0, "demand": 1.0, "alternate_capacity": 1.0, "alternate_share": 0.1}, "give one of them"),
        ({"stock_cover": 4.0, "unit_margin": 1.0, "margin": 1.0}, "give one of them"),
    ],
)
def test_a_gap_that_cannot_be_worked_out_is_refused(inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute("ttr_gap", time_to_recover=10.0, **inputs)


def pooled_loss(capacity, demand, stock, profit, lost, recover):
    """Loss where every supplier makes everything: the cheapest products go short first."""
    left = sum(most for name, most in capacity.items() if name != lost) * recover
    need = {name: max(0.0, demand[name] * recover - stock[name]) for name in demand}
    short = max(0.0, sum(need.values()) - left)
    loss = 0.0
    for name in sorted(need, key=lambda product: profit[product]):
        taken = min(short, need[name])
        loss, short = loss + taken * profit[name], short - taken
    return loss


networks = st.tuples(
    st.lists(st.floats(0, 100), min_size=1, max_size=5),
    st.lists(st.tuples(st.floats(1, 100), st.floats(0, 300), st.floats(1, 1000)), min_size=1, max_size=4),
    st.floats(0.5, 20),
)


@settings(max_examples=30, deadline=None)
@given(networks)
def test_exposure_of_a_pooled_network_is_the_cheapest_shortage(network):
    capacities, products, recover = network
    capacity = {f"S{place}": most for place, most in enumerate(capacities)}
    demand, stock, profit = ({f"P{place}": row[column] for place, row in enumerate(products)} for column in range(3))
    result = compute(
        "risk_exposure_index",
        supplier_capacity=capacity,
        product_demand=demand,
        inventory=stock,
        profit_per_unit=profit,
        time_to_recover=recover,
    )
    scale = recover * sum(demand[name] * profit[name] for name in demand)
    for name, loss in result.also["lost_profit_by_supplier"].items():
        assert loss == pytest.approx(pooled_loss(capacity, demand, stock, profit, name, recover), abs=1e-6 * scale)
    assert 0 <= result.value <= 1
    lasting = result.also.get("time_to_survive_by_supplier", {})
    for name, loss in result.also["lost_profit_by_supplier"].items():
        if loss > 1e-5 * scale:
            assert lasting[name] < recover


def test_links_keep_suppliers_to_their_products():
    network = dict(risk_exposure.NETWORK)
    links = {"S1>P1": 30.0, "S2>P1": 45.0, "S3>P2": 60.0}
    result = compute("risk_exposure_index", **network, links=links, disrupted_supplier="s3")
    assert result.also["lost_units"] == pytest.approx(2 * 50 - 25)
    assert result.also["time_to_survive"] == pytest.approx(25 / 50)
    with pytest.raises(MetricError, match="write it like S1>P1"):
        compute("risk_exposure_index", **network, links={"S1": 4.0})


def test_without_a_named_supplier_the_worst_is_reported():
    result = compute("risk_exposure_index", **risk_exposure.NETWORK, chart=True)
    assert (result.also["supplier"], result.value) == ("S3", 1)
    assert result.chart.series[0].x == ["S3", "S2", "S1"]


def test_each_supplier_may_need_its_own_time_to_recover():
    network = {name: part for name, part in risk_exposure.NETWORK.items() if name != "time_to_recover"}
    result = compute("risk_exposure_index", **network, recovery_times={"S1": 20.0, "S2": 1.0, "S3": 0.5})
    assert result.also["worst_supplier"] == "S1"
    assert result.also["lost_profit_by_supplier"]["S2"] == 0


def test_a_network_out_of_bounds_is_refused():
    with pytest.raises(MetricError, match="there is no supplier 'S9'"):
        compute("risk_exposure_index", **risk_exposure.NETWORK, disrupted_supplier="S9")
    with pytest.raises(MetricError, match="too many to solve"):
        compute(
            "risk_exposure_index",
            supplier_capacity={str(place): 1.0 for place in range(20)},
            product_demand={str(place): 1.0 for place in range(20)},
            profit_per_unit={str(place): 1.0 for place in range(20)},
            time_to_recover=1.0,
        )
    with pytest.raises(MetricError, match="P2 has a demand but no stock"):
        compute("risk_exposure_index", **(risk_exposure.NETWORK | {"inventory": {"P1": 1.0}}))


def test_no_rating_that_rises_lowers_the_priority():
    order = {"low": 0, "medium": 1, "high": 2}
    priority = {
        ratings: order[
            compute("rpn", **dict(zip(("severity", "occurrence", "detection"), ratings, strict=True))).also["priority"]
        ]
        for ratings in itertools.product((1.0, 3.0, 4.0, 6.0, 7.0, 8.0, 9.0, 10.0), repeat=3)
    }
    for one, other in itertools.product(priority, repeat=2):
        if all(a <= b for a, b in zip(one, other, strict=True)):
            assert priority[one] <= priority[other], (one, other)


def test_equal_numbers_can_have_unequal_priorities():
    severe = compute("rpn", severity=10.0, occurrence=2.0, detection=5.0)
    mild = compute("rpn", severity=2.0, occurrence=10.0, detection=5.0)
    assert severe.value == mild.value == 100
    assert (severe.also["priority"], mild.also["priority"]) == ("high", "medium")


@pytest.mark.parametrize(
    ("metric", "inputs", "reason"),
    [
        ("rpn", {"severity": 11.0, "occurrence": 1.0, "detection": 1.0}, "FMEA ratings go from 1 to 10"),
        ("rpn", {"severity": 7.5, "occurrence": 1.0, "detection": 1.0}, "must be a whole number"),
        ("risk_score", {"likelihood": 0.0, "impact": 3.0}, "at least 1 and at most 5"),
        ("risk_score", {"likelihood": 2.5, "impact": 3.0}, "must be a whole number"),
        ("expected_loss", {"probability": 1.2, "loss": 3.0}, "give the frequency"),
        ("expected_loss", {"probability": 0.2, "frequency": 3.0, "loss": 3.0}, "given twice"),
        ("expected_loss", {"loss": 3.0}, "needs probability"),
    ],
)
def test_ratings_and_probabilities_off_their_scale_are_refused(metric, inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute(metric, **inputs)


def test_the_matrix_has_fourteen_scores_and_severity_comes_first():
    levels = [float(level) for level in range(1, 6)]
    results = {
        pair: compute("risk_score", likelihood=pair[0], impact=pair[1]) for pair in itertools.product(levels, repeat=2)
    }
    assert len({result.value for result in results.values()}) == 14
    assert all(results[likely, 5.0].also["band"] in ("high", "critical") for likely in levels)
    assert results[1.0, 1.0].also["band"] == "low"


@given(probability=st.floats(0, 1), loss=st.floats(0, 1e9), factor=st.floats(0, 1))
def test_expected_loss_is_linear_and_a_measure_is_worth_what_it_avoids(probability, loss, factor):
    result = compute("expected_loss", probability=probability, loss=loss, loss_after=factor * loss, measure_cost=10.0)
    assert result.value == pytest.approx(probability * loss)
    assert result.also["net_benefit"] == pytest.approx(probability * loss * (1 - factor) - 10, abs=1e-6 * (loss + 1))


def test_how_often_may_be_said_in_three_ways():
    said = ({"probability": 0.125}, {"frequency": 0.125}, {"return_period": 8.0})
    assert {compute("expected_loss", loss=8000.0, **way).value for way in said} == {1000.0}


@given(stages=st.lists(st.floats(0.1, 100), min_size=1, max_size=10), delivery=st.floats(0.1, 500))
def test_the_decoupling_point_is_as_early_as_the_promise_allows(stages, delivery):
    result = compute("production_to_delivery_ratio", stage_times=stages, delivery_time=delivery)
    whole = compute("production_to_delivery_ratio", production_time=sum(stages), delivery_time=delivery)
    assert result.value == pytest.approx(whole.value)
    stage = int(result.also["decoupling_stage"])
    assert sum(stages[stage:]) <= delivery * (1 + 1e-9)
    assert stage == 0 or sum(stages[stage - 1 :]) > delivery * (1 - 1e-9)
    assert (result.value <= 1 + 1e-9) or stage > 0


def test_stages_that_do_not_add_up_are_refused():
    with pytest.raises(MetricError, match="add up to 34 days"):
        compute("production_to_delivery_ratio", stage_times=[20.0, 14.0], production_time=3.0, delivery_time=10.0)


@settings(max_examples=15, deadline=None)
@given(networks)
def test_links_between_all_pairs_change_nothing(network):
    capacities, products, recover = network
    capacity = {f"S{place}": most for place, most in enumerate(capacities)}
    demand, stock, profit = ({f"P{place}": row[column] for place, row in enumerate(products)} for column in range(3))
    inputs = {
        "supplier_capacity": capacity,
        "product_demand": demand,
        "inventory": stock,
        "profit_per_unit": profit,
        "time_to_recover": recover,
    }
    links = {f"{supplier}>{product}": most for supplier, most in capacity.items() for product in demand}
    pooled, linked = compute("risk_exposure_index", **inputs), compute("risk_exposure_index", **inputs, links=links)
    scale = recover * sum(demand[name] * profit[name] for name in demand)
    assert linked.also["lost_profit"] == pytest.approx(pooled.also["lost_profit"], abs=1e-6 * scale)
    assert linked.also["gap"] == pytest.approx(pooled.also["gap"], abs=1e-4 * recover)


def test_a_rating_is_found_backwards_as_a_whole_number():
    assert solve("rpn", "detection", 120.0, severity=8.0, occurrence=5.0).value == 3
    with pytest.raises(MetricError, match="no detection makes"):
        solve("rpn", "detection", 121.0, severity=8.0, occurrence=5.0)

"""The linear program against hand-solved cases, the published teaching case, brute force and the metrics."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.tools.risk.stress.making import line, node, review
from tools.metrics import compute
from tools.metrics.families.risk_exposure import NETWORK
from tools.risk.errors import ReviewError
from tools.risk.review import Scenario, Source
from tools.risk.stress import network_loss

amounts = st.integers(0, 60).map(float)


def suppliers_and_products(capacity, demand, profit, stock, recover):
    """One part that every supplier makes and every product needs once: the network of the metric."""
    made = node(
        "made",
        stock=0,
        ttr_weeks=recover,
        used_in=dict.fromkeys(demand, 1.0),
        sources=[Source(supplier=name, capacity=most) for name, most in capacity.items()],
    )
    return review([made], [line(name, demand[name], profit[name], stock[name]) for name in demand])


def without(supplier):
    return Scenario(name=supplier, suppliers=[supplier])


# HEC Montreal teaching case on disruption risk analytics after Simchi-Levi et al. (2015), problem 1, as the metric
# risk_exposure_index quotes it.
@pytest.mark.parametrize(
    ("supplier", "lost", "units", "lasts"),
    [("S1", 0.0, 0.0, 2.25), ("S2", 125_000.0, 25.0, 1.286), ("S3", 275_000.0, 55.0, 0.9)],
)
def test_the_teaching_case_comes_out_as_published(supplier, lost, units, lasts):
    case = suppliers_and_products(
        NETWORK["supplier_capacity"],
        NETWORK["product_demand"],
        NETWORK["profit_per_unit"],
        NETWORK["inventory"],
        NETWORK["time_to_recover"],
    )
    found = network_loss(case, without(supplier))
    assert found.margin_lost == pytest.approx(lost, abs=1e-6)
    assert sum(one.units for one in found.lines) == pytest.approx(units, abs=1e-6)
    assert found.tts == pytest.approx(lasts, abs=5e-4)


def test_the_coffee_machines_of_the_note_on_the_exposure_index():
    # Worked by hand in the note: 800 home machines at 60 and 700 bar machines at 250 are lost.
    boilers = [
        node("home boiler", stock=400, ttr_weeks=3, used_in={"home": 1}, sources=[("A", "IT", 1)]),
        node("bar boiler", stock=100, ttr_weeks=8, used_in={"bar": 1}, sources=[("B", "IT", 1)]),
    ]
    case = review(boilers, [line("home", 400, 60), line("bar", 100, 250)])
    assert network_loss(case, without("A")).margin_lost == pytest.approx(48_000)
    assert network_loss(case, without("B")).margin_lost == pytest.approx(175_000)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_it_agrees_with_the_metric_where_both_can_compute(data):
    names = [f"S{place}" for place in range(data.draw(st.integers(1, 4)))]
    products = [f"P{place}" for place in range(data.draw(st.integers(1, 4)))]
    capacity = {name: data.draw(amounts) for name in names}
    demand = {name: data.draw(st.integers(1, 60).map(float)) for name in products}
    profit = {name: data.draw(st.integers(1, 60).map(float)) for name in products}
    stock = {name: data.draw(amounts) for name in products}
    recover = data.draw(st.integers(1, 12).map(float))
    metric = compute(
        "risk_exposure_index",
        supplier_capacity=capacity,
        product_demand=demand,
        profit_per_unit=profit,
        inventory=stock,
        time_to_recover=recover,
    )
    case = suppliers_and_products(capacity, demand, profit, stock, recover)
    lasting = metric.also.get("time_to_survive_by_supplier", {})
    for name in names:
        found = network_loss(case, without(name))
        assert found.margin_lost == pytest.approx(metric.also["lost_profit_by_supplier"][name], rel=1e-6, abs=1e-4)
        assert found.tts == (pytest.approx(lasting[name], rel=1e-6, abs=1e-9) if name in lasting else None)
        assert (found.tts is None) == (found.tts_word == "no limit")


def least_by_vertices(units, demand, margin, left):
    """Return the least margin lost of two lines by trying every corner of what is feasible.

    `units` has a row a part, `left` is what each part has in all; lost units are between 0 and demand.
    """
    rows = [(-row[0], -row[1], left[place] - float(row @ demand)) for place, row in enumerate(units)]
    rows += [(1, 0, demand[0]), (0, 1, demand[1]), (-1, 0, 0), (0, -1, 0)]
    best = np.inf
    for (a, b, e), (c, d, f) in itertools.combinations(rows, 2):
        if abs(a * d - b * c) < 1e-12:
            continue
        lost = np.linalg.solve([[a, b], [c, d]], [e, f])
        if all(one * lost[0] + two * lost[1] <= most + 1e-7 for one, two, most in rows):
            best = min(best, float(lost @ margin))
    return best


@settings(max_examples=60, deadline=None)
@given(
    units=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=3),
    demand=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    margin=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    stock=st.tuples(*[st.integers(0, 200)] * 3),
    alternates=st.tuples(*[st.integers(0, 10)] * 3),
    weeks=st.integers(1, 10),
)
def test_two_lines_and_up_to_three_parts_lose_what_the_best_corner_loses(
    units, demand, margin, stock, alternates, weeks
):
    assume(all(any(row) for row in units))
    parts = [
        node(
            f"part {place}",
            stock=stock[place],
            alternate_share=alternates[place] / 10,
            used_in={name: float(row[column]) for column, name in enumerate(("P", "Q"))},
        )
        for place, row in enumerate(units)
    ]
    lines = [line("P", demand[0], margin[0]), line("Q", demand[1], margin[1])]
    found = network_loss(review(parts, lines), Scenario(name="all", kinds=["part"], weeks=weeks))
    table = np.array(units, dtype=float)
    need = table @ np.array(demand)
    left = [stock[place] + alternates[place] / 10 * need[place] * weeks for place in range(len(units))]
    expected = least_by_vertices(table, np.array(demand) * float(weeks), np.array(margin, dtype=float), left)
    assert found.margin_lost == pytest.approx(expected, rel=1e-6, abs=1e-5)


def simulated(demand, finished, parts, weeks):
    """Serve one line in small steps from parts with outages of different lengths; return units lost and when first."""
    steps = 4_000
    width = max(weeks) / steps
    held = [stock for stock, _, _ in parts]
    lost, first = 0.0, None
    for step in range(steps):
        now = step * width
        held = [
            have + (alternates if now < out else 1.0) * units * demand * width
            for have, (_, alternates, units), out in zip(held, parts, weeks, strict=True)
        ]
        want = demand * width
        made = min([want, *(have / units for have, (_, _, units) in zip(held, parts, strict=True))])
        taken = min(finished, want - made)
        finished -= taken
        held = [have - made * units for have, (_, _, units) in zip(held, parts, strict=True)]
        if want - made - taken > 1e-9:
            first = now if first is None else first
            lost += want - made - taken
    return lost, first


@settings(max_examples=15, deadline=None)
@given(
    demand=st.integers(1, 50),
    finished=st.integers(0, 100),
    parts=st.lists(
        st.tuples(st.integers(0, 300), st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.sampled_from([1.0, 2.0])),
        min_size=1,
        max_size=3,
    ),
    outages=st.tuples(*[st.integers(1, 10)] * 3),
)
def test_outages_of_different_lengths_lose_what_a_simulation_loses(demand, finished, parts, outages):
    weeks = outages[: len(parts)]
    nodes = [
        node(f"part {place}", stock=stock, alternate_share=alternates, ttr_weeks=out, used_in={"P": units})
        for place, ((stock, alternates, units), out) in enumerate(zip(parts, weeks, strict=True))
    ]
    found = network_loss(review(nodes, [line("P", demand, 1.0, finished)]), Scenario(name="all", kinds=["part"]))
    lost, first = simulated(float(demand), float(finished), [(float(s), a, u) for s, a, u in parts], weeks)
    near = demand * max(weeks) / 500
    assert found.margin_lost == pytest.approx(lost, abs=near)
    if lost > near:
        assert found.tts == pytest.approx(first, abs=max(weeks) / 200)


def test_shared_stock_goes_to_the_line_that_earns_more():
    # By hand: 60 a week are needed, 20 in stock and nothing else comes for 1 week; P earns 5 a unit of the part
    # (10 for two), Q 8, so Q gets all 20, and P loses its 20 units at 10 each.
    shared = node("shared", stock=20, ttr_weeks=1, used_in={"P": 2, "Q": 1})
    found = network_loss(review([shared], [line("P", 20, 10), line("Q", 20, 8)]), Scenario(name="s", nodes=["shared"]))
    assert {one.name: one.units for one in found.lines} == {"P": 20.0}
    assert found.margin_lost == pytest.approx(200)


def test_what_helps_most_is_checked_by_solving_again():
    shared = node("shared", stock=30, ttr_weeks=1, used_in={"P": 2, "Q": 1})
    case = review([shared], [line("P", 20, 10), line("Q", 20, 8)])
    found = network_loss(case, Scenario(name="s", nodes=["shared"]))
    gains = {one.what: (one.gain, one.dual) for one in found.helps}
    assert gains["stock of shared"] == (pytest.approx(5), pytest.approx(5))  # half a unit of P, worth 10
    assert gains["finished P"][0] == pytest.approx(10)
    more = case.model_copy(update={"nodes": [shared.model_copy(update={"stock": 31})]})
    saved = found.margin_lost - network_loss(more, Scenario(name="s", nodes=["shared"])).margin_lost
    assert saved == pytest.approx(gains["stock of shared"][0])


def test_one_more_unit_is_worth_less_than_the_dual_says_beyond_a_corner():
    # A quarter of a unit is missing: one more cannot save more than that.
    part = node("part", stock=9.75, ttr_weeks=1, used_in={"P": 1})
    found = network_loss(review([part], [line("P", 10, 100)]), Scenario(name="s", nodes=["part"]))
    (stock,) = [one for one in found.helps if one.what == "stock of part"]
    assert (stock.gain, stock.dual) == (pytest.approx(25), pytest.approx(100))


def test_one_more_a_week_helps_in_every_week_of_the_outage():
    part = node("part", stock=10, ttr_weeks=3, used_in={"P": 1})
    found = network_loss(review([part], [line("P", 10, 100)]), Scenario(name="s", nodes=["part"]))
    (supply,) = [one for one in found.helps if one.what == "supply of part"]
    assert (supply.gain, supply.dual, supply.unit) == (pytest.approx(300), pytest.approx(300), "unit a week")
    assert found.helps[0] == supply


def test_alternates_serve_a_spike_of_demand():
    # 14 a week are wanted, 10 come and alternates add 2: 2 a week are missing, and 6 in stock last 3 weeks.
    part = node("part", stock=6, alternate_share=0.2, used_in={"P": 1})
    spike = Scenario(name="s", demand_factor=1.4, weeks=8)
    found = network_loss(review([part], [line("P", 10, 100)]), spike)
    assert found.tts == pytest.approx(3)
    assert found.margin_lost == pytest.approx(5 * 2 * 100)


def test_the_first_loss_between_two_returns_is_found():
    # a lasts 4 weeks and is back after 2, b lasts 9 of 10: only b runs short, at week 9.
    parts = [node("a", stock=40, ttr_weeks=2, used_in={"P": 1}), node("b", stock=90, ttr_weeks=10, used_in={"P": 1})]
    found = network_loss(review(parts, [line("P", 10, 100)]), Scenario(name="s", nodes=["a", "b"]))
    assert (found.tts, found.margin_lost) == (pytest.approx(9), pytest.approx(1000))


def test_a_supply_below_demand_is_lost_anyway_and_said():
    part = node("part", stock=0, ttr_weeks=4, used_in={"P": 1}, sources=[Source(supplier="A", capacity=80)])
    found = network_loss(review([part], [line("P", 100, 10)]), without("A"))
    assert (found.margin_lost, found.margin_lost_anyway) == (pytest.approx(4000), pytest.approx(800))
    assert any("Without the shock" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("nodes", "lines", "said"),
    [
        ([node("a", stock=1)], [line("P", 1, 1)], "no network to solve"),
        ([node("a", stock=1, used_in={"P": 1})], [line("P", 0, 1)], "no network to solve"),
        ([node("a", used_in={"P": 1})], [line("P", 1, 1)], "no network to solve"),
        ([node("a", stock=1, used_in={"Z": 1})], [line("P", 1, 1)], "no network to solve"),
        ([node("a", stock=1, used_in={"P": 1})], [line("P", 1, 1)], "give its time to recover"),
    ],
)
def test_a_network_that_cannot_be_solved_is_refused_with_what_to_give(nodes, lines, said):
    with pytest.raises(ReviewError, match=said):
        network_loss(review(nodes, lines), Scenario(name="s", nodes=["a"]))


def test_lines_and_parts_that_do_not_fit_in_are_named():
    good = node("good", stock=1, ttr_weeks=2, used_in={"P": 1})
    strays = [node("stray", stock=1, used_in={"Z": 1}), node("bare", used_in={"P": 1})]
    unknown = line("Q", 5, 1).model_copy(update={"margin_per_unit": None})
    found = network_loss(review([good, *strays], [line("P", 10, 1), unknown]), Scenario(name="s", nodes=["good"]))
    said = " ".join(found.warnings)
    assert "'Z'" in said
    assert "stock of bare" in said
    assert "margin a unit" in said


def test_amounts_of_very_different_size_are_solved():
    part = node("part", stock=0, ttr_weeks=2, used_in={"P": 1e-6, "Q": 1e3})
    found = network_loss(
        review([part], [line("P", 1e7, 1e-3), line("Q", 1e-2, 1e6)]), Scenario(name="s", nodes=["part"])
    )
    assert found.margin_lost == pytest.approx(2 * (1e7 * 1e-3 + 1e-2 * 1e6), rel=1e-6)


def test_a_line_without_margin_loses_units_but_no_money():
    part = node("part", stock=0, ttr_weeks=2, used_in={"P": 1})
    found = network_loss(review([part], [line("P", 10, 0)]), Scenario(name="s", nodes=["part"]))
    assert found.margin_lost == 0
    assert found.lines[0].units == pytest.approx(20)

"""What must hold whatever the numbers: more stock never loses more, severity and demand never lose less."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.stress.making import line, node, review
from tools.risk.review import Scenario
from tools.risk.stress import monte_carlo, network_loss, run_scenario

weeks = st.floats(0, 40)
share = st.floats(0, 1)


@st.composite
def reviews(draw, network=False):
    lines = [
        line(f"L{place}", draw(st.floats(1, 500)), draw(st.floats(1, 100)), draw(st.floats(0, 500)))
        for place in range(draw(st.integers(1, 3)))
    ]
    nodes = []
    for place in range(draw(st.integers(1, 4))):
        main = draw(st.floats(0.3, 1))
        sources = [
            (f"S{place}", draw(st.sampled_from("XY")), main),
            (f"T{place}", draw(st.sampled_from("XY")), 1 - main),
        ]
        used = {one.name: draw(st.floats(0.1, 5)) for one in lines if draw(st.booleans())} if network else {}
        nodes.append(
            node(
                f"n{place}",
                ttr_weeks=draw(st.floats(0.1, 40)),
                cover_weeks=draw(weeks),
                alternate_share=draw(share),
                margin_per_week=draw(st.floats(0, 1e5)),
                sources=sources,
                used_in=used or ({lines[0].name: 1.0} if network else {}),
            )
        )
    return review(nodes, lines if network else [], weekly_margin=draw(st.none() | st.floats(1e5, 1e6)))


def losses(given_review, **scenario):
    found = run_scenario(given_review, Scenario(name="s", countries=["X"], nodes=["n0"], **scenario))
    return found.margin_low, found.margin_high


def no_more(first, second):
    return all(one <= other * (1 + 1e-7) + 1e-4 for one, other in zip(first, second, strict=True))


@settings(max_examples=60, deadline=None)
@given(reviews(), share, share, st.none() | weeks)
def test_a_more_severe_shock_never_loses_less(given_review, one, other, length):
    mild, hard = sorted((one, other))
    assert no_more(losses(given_review, severity=mild, weeks=length), losses(given_review, severity=hard, weeks=length))


@settings(max_examples=60, deadline=None)
@given(reviews(), st.floats(1, 3), st.floats(1, 3), share)
def test_more_demand_never_loses_less(given_review, one, other, severity):
    low, high = sorted((one, other))
    assert no_more(
        losses(given_review, demand_factor=low, severity=severity),
        losses(given_review, demand_factor=high, severity=severity),
    )


@settings(max_examples=60, deadline=None)
@given(reviews(), st.integers(0, 3), st.floats(0, 20), share)
def test_more_stock_never_loses_more(given_review, place, more, severity):
    before = losses(given_review, severity=severity)
    changed = given_review.nodes[place % len(given_review.nodes)]
    changed.cover_weeks += more
    assert no_more(losses(given_review, severity=severity), before)


@settings(max_examples=60, deadline=None)
@given(reviews(), weeks, weeks)
def test_a_longer_shock_never_loses_less(given_review, one, other):
    short, long = sorted((one, other))
    assert no_more(losses(given_review, weeks=short), losses(given_review, weeks=long))


@settings(max_examples=60, deadline=None)
@given(reviews())
def test_bounds_are_in_order_and_hold_the_largest_single_loss(given_review):
    found = run_scenario(given_review, Scenario(name="s", countries=["X"], nodes=["n0"]))
    assert found.margin_low <= found.margin_high * (1 + 1e-12)
    assert found.margin_low == pytest.approx(max(one.margin_lost for one in found.hits), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(reviews(network=True), st.data())
def test_over_the_network_too(given_review, data):
    hit = [one.name for one in given_review.nodes if data.draw(st.booleans())] or ["n0"]
    mild, hard = sorted((data.draw(share), data.draw(share)))
    less, more = sorted((data.draw(st.floats(1, 2)), data.draw(st.floats(1, 2))))

    def lost(changed=given_review, **fields):
        return network_loss(changed, Scenario(name="s", nodes=hit, **fields)).margin_lost

    assert no_more([lost(severity=mild)], [lost(severity=hard)])
    assert no_more([lost(demand_factor=less)], [lost(demand_factor=more)])
    before = lost()
    richer = given_review.model_copy(deep=True)
    place = data.draw(st.integers(0, len(richer.nodes) - 1))
    richer.nodes[place].cover_weeks += 3
    richer.lines[0].stock += 10
    assert no_more([lost(richer)], [before])
    weekly = sum(one.demand_per_week * one.margin_per_unit for one in given_review.lines)
    assert 0 <= before <= weekly * max(one.ttr_weeks for one in given_review.nodes if one.name in hit) * (1 + 1e-9)


@settings(max_examples=25, deadline=None)
@given(reviews(network=True))
def test_the_time_to_survive_is_the_longest_shock_without_a_loss(given_review):
    found = network_loss(given_review, Scenario(name="s", nodes=["n0"], weeks=1))
    if found.margin_lost_anyway:
        return
    if found.tts is None:
        assert network_loss(given_review, Scenario(name="s", nodes=["n0"], weeks=520)).margin_lost == 0
        return
    scale = sum(one.demand_per_week * one.margin_per_unit for one in given_review.lines)
    if 0.01 < found.tts < 500:
        inside = network_loss(given_review, Scenario(name="s", nodes=["n0"], weeks=found.tts * 0.999)).margin_lost
        beyond = network_loss(given_review, Scenario(name="s", nodes=["n0"], weeks=found.tts * 1.02)).margin_lost
        assert inside <= 1e-6 * scale * found.tts
        assert beyond > 0


@settings(max_examples=20, deadline=None)
@given(reviews(), st.floats(0, 1), st.floats(0, 1), st.integers(0, 1000))
def test_a_likelier_scenario_never_loses_less_with_the_same_seed(given_review, one, other, seed):
    rare, often = sorted((one, other))
    made = [
        monte_carlo(
            given_review, [Scenario(name="s", nodes=["n0"], likelihood_a_year=likelihood)], 100, seed
        ).contributions
        for likelihood in (rare, often)
    ]
    assert made[0][0].events <= made[1][0].events
    assert np.isfinite(made[1][0].mean)

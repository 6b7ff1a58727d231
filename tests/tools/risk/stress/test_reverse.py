"""What would break us: shortest outages, the pair, and how far scenarios must be turned up."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.stress.making import line, node, review, seal
from tools.risk.errors import ReviewError
from tools.risk.example import example_review
from tools.risk.review import Scenario
from tools.risk.stress import network_loss, reverse, run_scenario


def test_the_outage_of_the_shaft_seal_that_passes_a_million():
    # 0.8 weeks of demand a week are lost once 4 weeks of cover are gone: (4 + 1,000,000 / 300,000) / 0.8 weeks.
    found = reverse(review([seal()], loss_limit=1_000_000))
    (one,) = found.nodes
    assert one.weeks == pytest.approx((4 + 1_000_000 / 300_000) / 0.8)
    assert (one.breaks, one.network_weeks) == (True, None)
    assert "a single node" in found.pair_word


@settings(max_examples=60, deadline=None)
@given(
    cover=st.floats(0, 20),
    alternates=st.floats(0, 0.95),
    margin=st.floats(1e3, 1e6),
    limit=st.floats(1e3, 1e6),
)
def test_an_outage_so_long_loses_just_the_limit(cover, alternates, margin, limit):
    given_review = review([seal(cover_weeks=cover, alternate_share=alternates, margin_per_week=margin)])
    (one,) = reverse(given_review, limit).nodes
    if one.weeks is None:
        assert one.word == "never"
        longest = run_scenario(given_review, Scenario(name="s", nodes=["seal"], weeks=520))
        assert longest.margin_high <= limit * (1 + 1e-9)
        return
    at = run_scenario(given_review, Scenario(name="s", nodes=["seal"], weeks=one.weeks))
    assert at.margin_high == pytest.approx(limit, rel=1e-6)


def test_full_alternates_never_break():
    (one,) = reverse(review([seal(alternate_share=1)]), 1.0).nodes
    assert (one.weeks, one.word, one.breaks) == (None, "never", False)


def test_over_the_network_the_outage_loses_just_the_limit():
    parts = [node(name, ttr_weeks=3, cover_weeks=1, used_in={"P": 1}) for name in ("a", "b")]
    given_review = review(parts, [line("P", 100, 10, stock=50)])
    found = reverse(given_review, 4_000)
    for one in found.nodes:
        assert one.weeks is None
        lost = network_loss(given_review, Scenario(name="s", nodes=[one.node], weeks=one.network_weeks)).margin_lost
        assert lost == pytest.approx(4_000, rel=1e-3)
        assert one.breaks is False


def test_a_node_breaks_only_if_both_ways_of_reckoning_say_so():
    part = node("a", ttr_weeks=6, cover_weeks=1, margin_per_week=1000, used_in={"P": 1})
    (one,) = reverse(review([part], [line("P", 100, 10, stock=300)]), 4_500).nodes
    assert one.weeks == pytest.approx(5.5)
    assert one.network_weeks == pytest.approx(8.5, abs=1e-3)
    assert one.breaks is None


def test_nodes_without_data_are_listed():
    found = reverse(review([seal(), node("film", cover_weeks=2)]), 1e9)
    assert [one.name for one in found.not_judged] == ["film"]


def weekly(name, ttr, cover, margin):
    return node(name, ttr_weeks=ttr, cover_weeks=cover, margin_per_week=margin)


def test_the_pair_with_the_shortest_common_outage_is_found():
    nodes = [weekly("a", 10, 2, 100), weekly("b", 10, 3, 90), weekly("c", 10, 9, 500)]
    found = reverse(review(nodes), 1_000)
    # Alone they lose 800, 630 and 500. Together a and b lose 1,430, and 1,000 after (1000 + 200 + 270) / 190 weeks.
    assert found.pair.names == ("a", "b")
    assert found.pair.weeks == pytest.approx(1470 / 190)
    assert found.pair.loss_at_ttr == pytest.approx(1430)
    assert found.pair.breaks is True


def test_without_a_pair_that_breaks_the_worst_is_shown_as_not_breaking():
    found = reverse(review([weekly("a", 10, 2, 100), weekly("b", 10, 3, 90)]), 5_000)
    assert (found.pair.names, found.pair.breaks) == (("a", "b"), False)
    assert "no pair" in found.pair_word


def test_the_margin_of_all_lines_caps_a_pair():
    nodes = [weekly("a", 10, 2, 100), weekly("b", 10, 2, 100)]
    assert reverse(review(nodes, weekly_margin=120), 900).pair.loss_at_ttr == pytest.approx(960)
    assert reverse(review(nodes, weekly_margin=100), 900).pair.breaks is False


def test_a_pair_of_one_line_is_solved_and_not_added():
    parts = [node(name, ttr_weeks=5, cover_weeks=1, margin_per_week=1000, used_in={"P": 1}) for name in ("a", "b")]
    found = reverse(review(parts, [line("P", 100, 10)]), 6_000)
    assert (found.pair.basis, found.pair.breaks) == ("network", False)
    assert found.pair.loss_at_ttr == pytest.approx(4_000)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(1, 20), st.floats(0, 10), st.floats(10, 1000)), min_size=2, max_size=6),
    st.floats(100, 20_000),
)
def test_the_pair_is_that_of_trying_all(figures, limit):
    nodes = [weekly(f"n{place}", *one) for place, one in enumerate(figures)]
    alone = [max(0.0, ttr - cover) * margin for ttr, cover, margin in figures]
    found = reverse(review(nodes), limit)
    if max(alone) > limit * (1 + 1e-9):
        assert found.pair is None
        return
    best = np.inf
    for first in range(len(nodes)):
        for second in range(first):
            if alone[first] + alone[second] > limit:
                pair = [figures[first], figures[second]]
                low, high = 0.0, 1e4
                for _ in range(80):
                    middle = (low + high) / 2
                    lost = sum(max(0.0, middle - cover) * margin for _, cover, margin in pair)
                    low, high = (low, middle) if lost > limit else (middle, high)
                best = min(best, high)
    assert found.pair.breaks == (best < np.inf)
    if found.pair.breaks:
        assert found.pair.weeks == pytest.approx(best, rel=1e-6)


def test_how_severe_a_scenario_must_be():
    given_review = review([seal(cover_weeks=0, alternate_share=0, ttr_weeks=10, margin_per_week=100)], loss_limit=400)
    found = reverse(given_review, scenarios=[Scenario(name="s", nodes=["seal"])])
    (one,) = found.scenarios
    assert one.turned == "severity"
    assert one.possible_from == one.certain_from == pytest.approx(0.4, abs=1e-5)


def test_how_large_a_spike_of_demand_must_be():
    given_review = review([seal(cover_weeks=0, alternate_share=0, margin_per_week=100)], loss_limit=400)
    spike = Scenario(name="s", kind="demand", demand_factor=1.2, weeks=8)
    (one,) = reverse(given_review, scenarios=[spike]).scenarios
    assert (one.turned, one.now) == ("demand factor", 1.2)
    assert one.possible_from == pytest.approx(1.5, abs=1e-4)


def test_between_possible_and_certain_the_bounds_of_the_loss_differ():
    nodes = [weekly("a", 10, 0, 100), weekly("b", 10, 0, 100)]
    (one,) = reverse(review(nodes), 500, [Scenario(name="s", nodes=["a", "b"])]).scenarios
    assert one.possible_from == pytest.approx(0.25, abs=1e-5)
    assert one.certain_from == pytest.approx(0.5, abs=1e-5)


def test_a_scenario_that_never_passes_or_hits_nothing_says_so():
    scenarios = [Scenario(name="mild", nodes=["seal"], weeks=1), Scenario(name="far", countries=["Mars"])]
    mild, far = reverse(review([seal()]), 1e6, scenarios).scenarios
    assert (mild.possible_from, mild.reason) == (None, "")
    assert (far.possible_from, far.reason) == (None, "it hits no node that is known")


@pytest.mark.parametrize("limit", [None, 0, -5, float("nan"), float("inf")])
def test_without_a_limit_there_is_nothing_to_ask(limit):
    with pytest.raises(ReviewError, match="limit"):
        reverse(review([seal()]), limit)


def test_the_example_turns_its_own_scenarios_up_and_serialises():
    given_review = example_review()
    found = reverse(given_review)
    assert [one.scenario for one in found.scenarios] == [one.id for one in given_review.scenarios]
    json.loads(json.dumps(found.model_dump(mode="json"), allow_nan=False))

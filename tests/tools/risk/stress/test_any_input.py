"""Whatever a review holds, every stress test answers with finite numbers or a sentence, and changes nothing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.stress.making import node, review
from tools.risk.errors import ReviewError
from tools.risk.example import example_review
from tools.risk.review import ProductLine, Scenario, Source
from tools.risk.stress import (
    each_node,
    monte_carlo,
    network_loss,
    node_scenarios,
    reverse,
    run_scenario,
    standard_scenarios,
)

amount = st.none() | st.sampled_from([0.0, 1e-9, 1.0, 1e12]) | st.floats(0, 1e6)
share = st.none() | st.floats(0, 1)
weeks = st.none() | st.sampled_from([0.0, 520.0]) | st.floats(0, 60)
names = st.sampled_from(["A", "a ", "B", "<script>", "", "L0"])


@st.composite
def reviews(draw):
    lines = [
        ProductLine(id=f"L{place}", name=f"line {place}", demand_per_week=draw(amount), margin_per_unit=draw(amount))
        for place in range(draw(st.integers(0, 2)))
    ]
    nodes = [
        node(
            f"n{place}",
            kind=draw(st.sampled_from(["part", "supplier", "site", "lane", "system"])),
            ttr_weeks=draw(weeks),
            cover_weeks=draw(weeks),
            alternate_share=draw(share),
            share_affected=draw(share),
            margin_per_week=draw(amount),
            stock=draw(amount),
            used_in=draw(st.dictionaries(st.sampled_from(["L0", "line 1", "ghost"]), st.floats(0, 1e6), max_size=2)),
            sources=[
                Source(
                    supplier=draw(names),
                    country=draw(names),
                    share=draw(share),
                    spend=draw(amount),
                    capacity=draw(amount),
                    sub_tier=draw(st.lists(names, max_size=2)),
                )
                for _ in range(draw(st.integers(0, 3)))
            ],
        )
        for place in range(draw(st.integers(0, 4)))
    ]
    return review(nodes, lines, loss_limit=draw(amount), weekly_margin=draw(amount))


@st.composite
def scenarios(draw):
    return Scenario(
        name="s",
        nodes=draw(st.lists(st.sampled_from(["n0", "n1", "ghost"]), max_size=2)),
        countries=draw(st.lists(names, max_size=2)),
        suppliers=draw(st.lists(names, max_size=2)),
        kinds=draw(st.lists(st.sampled_from(["part", "system"]), max_size=1)),
        severity=draw(st.floats(0, 1)),
        weeks=draw(weeks),
        demand_factor=draw(st.floats(0.1, 10)),
        likelihood_a_year=draw(st.sampled_from([None, 0.0, 0.2, 1.0])),
    )


def plain(result):
    return json.dumps(result.model_dump(mode="json"), allow_nan=False)


def answered(run):
    """The result as JSON, or the sentence with which it is refused."""
    try:
        return plain(run())
    except ReviewError as error:
        return str(error)


@settings(max_examples=120, deadline=None)
@given(reviews(), scenarios())
def test_any_review_gets_finite_numbers_or_a_sentence(given_review, scenario):
    before = given_review.model_dump_json()
    plain(each_node(given_review))
    runs = (
        lambda: run_scenario(given_review, scenario),
        lambda: network_loss(given_review, scenario),
        lambda: monte_carlo(given_review, [scenario], 100, seed=1),
        lambda: reverse(given_review, scenarios=[scenario]),
    )
    for said in map(answered, runs):
        assert said.startswith("{") or said.endswith(".")
    for one in standard_scenarios(given_review):
        plain(run_scenario(given_review, one))
    assert given_review.model_dump_json() == before


def test_solved_together_nodes_lose_what_they_lose_alone():
    given_review = example_review()
    found = [one for one in each_node(given_review).nodes if one.network_loss is not None]
    assert len(found) > 8
    for one in found:
        alone = network_loss(given_review, Scenario(name="s", nodes=[one.node], weeks=one.ttr))
        assert one.network_loss == pytest.approx(alone.margin_lost - alone.margin_lost_anyway, rel=1e-9, abs=1e-6)


def test_each_node_by_itself_is_a_scenario():
    given_review = example_review()
    assert [one.nodes for one in node_scenarios(given_review, 0.1)] == [[one.id] for one in given_review.nodes]

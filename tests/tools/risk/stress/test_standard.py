"""Proposed scenarios: made from the review's own data, runnable, and never with an invented likelihood."""

import pytest

from tests.tools.risk.stress.making import node, review, seal
from tools.risk.errors import ReviewError
from tools.risk.example import example_review
from tools.risk.review import Source
from tools.risk.stress import monte_carlo, node_scenarios, run_scenario, standard_scenarios


def by_kind(scenarios):
    return {one.kind: one for one in scenarios}


def test_the_example_gets_one_of_each():
    given = example_review()
    found = standard_scenarios(given)
    kinds = by_kind(found)
    assert {"site", "port", "supplier", "cyber", "demand", "own"} <= kinds.keys()
    assert kinds["site"].nodes == ["hall-1"]
    assert kinds["cyber"].kinds == ["system"]
    assert kinds["demand"].demand_factor == 1.4
    assert all(one.likelihood_a_year is None and one.id == "" and "Proposed" in one.note for one in found)
    for one in found:
        assert run_scenario(given, one).hits


def test_the_biggest_supplier_goes_by_spend():
    nodes = [
        node("a", margin_per_week=900, sources=[Source(supplier="Small", spend=10), Source(supplier="Big", spend=70)]),
        node("b", sources=[Source(supplier="big ", spend=20), Source(supplier="Mid", spend=80)]),
    ]
    assert by_kind(standard_scenarios(review(nodes)))["supplier"].suppliers == ["Big"]


def test_without_spend_it_goes_by_margin_and_says_so():
    nodes = [node("a", margin_per_week=900, sources=[("S", "X", 0.3), ("T", "Y", 0.7)])]
    found = by_kind(standard_scenarios(review(nodes)))["supplier"]
    assert found.suppliers == ["T"]
    assert "no spend is known" in found.note


def test_the_country_is_the_one_that_most_margin_depends_on_and_not_home():
    nodes = [
        node("plant", kind="site", margin_per_week=9_000, sources=[("own", "Denmark", 1)]),
        node("a", margin_per_week=500, sources=[("S", "Taiwan", 1)]),
        node("b", margin_per_week=400, sources=[("T", "Italy", 1)]),
        node("c", margin_per_week=300, sources=[("U", "italy", 1)]),
    ]
    assert by_kind(standard_scenarios(review(nodes), port_weeks=6))["port"].countries == ["Italy"]
    assert by_kind(standard_scenarios(review(nodes), port_weeks=6))["port"].weeks == 6


def test_a_shared_sub_tier_is_proposed_once_two_nodes_depend_on_it():
    nodes = [node(name, sources=[Source(supplier=name, sub_tier=["Smelter"])]) for name in ("a", "b")]
    assert any(one.sub_tiers == ["Smelter"] for one in standard_scenarios(review(nodes)))
    assert not any(one.sub_tiers for one in standard_scenarios(review(nodes[:1])))


def test_little_data_gives_few_proposals():
    assert standard_scenarios(review()) == []
    names = [one.name for one in standard_scenarios(review([seal()]))]
    assert names == ["Node lost: seal", "Demand up by 40 %", "Node lost: seal while demand is up by 20 %"]


def test_long_names_fit():
    long = "x" * 300
    nodes = [node("a", sources=[(long, long, 1)]).model_copy(update={"name": long})]
    for one in standard_scenarios(review(nodes)):
        assert len(one.name) <= 300
        type(one).model_validate(one.model_dump())


def test_each_node_by_itself_can_be_simulated():
    given = review([seal("a"), seal("b")])
    found = monte_carlo(given, node_scenarios(given, 0.1), 500, seed=1)
    assert {one.name for one in found.contributions} == {"a lost", "b lost"}


@pytest.mark.parametrize("likelihood", [1.4, -0.1, float("nan")])
def test_an_impossible_likelihood_is_refused(likelihood):
    with pytest.raises(ReviewError, match="0 to 100 %"):
        node_scenarios(review([seal()]), likelihood)

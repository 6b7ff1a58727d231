"""Scenarios: what they hit, weeks served, bounds of the loss, spikes of demand, and what is said without data."""

import json

import pytest

from tests.tools.risk.stress.making import line, node, review, seal
from tools.risk.errors import ReviewError
from tools.risk.example import example_review
from tools.risk.review import Scenario
from tools.risk.stress import each_node, run_scenario


def carton(**fields):
    """The carton plant of the note on stress tests: 4 weeks of cover, 10 weeks out, 250,000 a week."""
    given = {"ttr_weeks": 10, "cover_weeks": 4, "margin_per_week": 250_000, "alternate_share": 0}
    return node("carton", **{**given, **fields})


def test_the_breakfast_cereals_of_the_note_lose_what_it_works_out():
    cereals = review([carton()], loss_limit=2_000_000)
    plain = run_scenario(cereals, Scenario(name="plant closed", nodes=["carton"]))
    assert plain.margin_low == plain.margin_high == 1_500_000
    assert (plain.weeks_served, plain.weeks_to_recover, plain.verdict) == (4, 10, "within")
    surge = run_scenario(cereals, Scenario(name="and a surge", nodes=["carton"], demand_factor=1.3))
    assert surge.weeks_served == pytest.approx(4 / 1.3)
    assert surge.margin_low == pytest.approx((10 - 4 / 1.3) * 325_000)
    assert surge.verdict == "over"
    # A second printer for 25 percent of the larger demand, which is 32.5 percent of the normal one.
    helped = run_scenario(
        review([carton(alternate_share=0.325)]), Scenario(name="s", nodes=["carton"], demand_factor=1.3)
    )
    served = 4 / 1.3 / 0.75
    assert helped.weeks_served == pytest.approx(served)
    assert helped.margin_low == pytest.approx((10 - served) * 325_000 * 0.75)


@pytest.mark.parametrize(
    ("scenario", "hit"),
    [
        ({"nodes": ["a"]}, {"a"}),
        ({"nodes": ["Valve B"]}, {"b"}),
        ({"nodes": ["castings"]}, {"b", "c"}),
        ({"kinds": ["site"]}, {"plant"}),
        ({"countries": ["taiwan "]}, {"a", "b"}),
        ({"suppliers": ["ACME"]}, {"b", "c"}),
        ({"sub_tiers": ["Port of  Kaohsiung"]}, {"c"}),
        ({"suppliers": ["Plant Nord"]}, {"plant"}),
        ({"countries": ["Taiwan"], "nodes": ["c"]}, {"a", "b", "c"}),
    ],
)
def test_a_scenario_hits_what_it_names(scenario, hit):
    nodes = [
        node("a", sources=[("Chip", "Taiwan", 1)]),
        node("b", sources=[("Chip", "Taiwan", 0.5), ("Acme", "DE", 0.5)], category="Castings").model_copy(
            update={"name": "Valve B"}
        ),
        node("c", sources=[("Acme", "DE", 1)], category="castings"),
        node("plant", kind="site").model_copy(update={"name": "Plant Nord"}),
    ]
    nodes[2].sources[0].sub_tier = ["Port of Kaohsiung"]
    found = run_scenario(review(nodes), Scenario(name="s", **scenario))
    assert {one.node for one in found.hits} == hit


@pytest.mark.parametrize(
    ("sources", "alternates", "share", "shortfall"),
    [
        ([("A", "X", 1)], 0.0, 1.0, 1.0),
        ([("A", "X", 1)], 0.25, 1.0, 0.75),
        ([("A", "X", 0.6), ("B", "Y", 0.4)], 0.0, 0.6, 0.6),
        ([("A", "X", 0.6), ("B", "Y", 0.4)], 0.4, 0.6, 0.6),  # what B delivers now is part of what it can take over
        ([("A", "X", 0.6), ("B", "Y", 0.4)], 0.7, 0.6, 0.3),
        ([("A", "X", 0.6), ("B", "X", 0.4)], 0.7, 1.0, 1.0),  # all sources are hit, the alternates with them
        ([("A", "X", 0.59), ("B", "Y", 0.4)], 0.0, 0.59 / 0.99, 0.59 / 0.99),  # rounded shares
        ([("A", "X", None), ("B", "Y", None)], 0.0, 1.0, 1.0),  # nothing is known to come from elsewhere
        ([("A", "X", None), ("B", "Y", 0.3)], 0.0, 0.7, 0.7),
    ],
)
def test_the_share_of_a_source_counts(sources, alternates, share, shortfall):
    part = seal(sources=sources, alternate_share=alternates)
    (hit,) = run_scenario(review([part]), Scenario(name="s", countries=["X"])).hits
    assert hit.share == pytest.approx(share)
    assert hit.shortfall == pytest.approx(shortfall)


def test_severity_takes_a_part_of_the_share():
    part = seal(sources=[("A", "X", 0.6), ("B", "Y", 0.4)], alternate_share=0, cover_weeks=1, ttr_weeks=10)
    found = run_scenario(review([part]), Scenario(name="s", countries=["X"], severity=0.5, weeks=6))
    # 30 % of demand is missing for 6 weeks, 1.8 weeks of demand, of which stock serves 1.
    assert found.hits[0].capacity_lost == pytest.approx(0.3)
    assert found.margin_low == pytest.approx(0.8 * 300_000)
    assert found.weeks_served == pytest.approx(1 / 0.3)


def test_a_node_lost_by_itself_loses_what_each_node_says():
    seals = review([seal()])
    (alone,) = each_node(seals).nodes
    found = run_scenario(seals, Scenario(name="s", nodes=["seal"]))
    assert found.margin_low == pytest.approx(alone.margin_lost)
    assert found.weeks_served == pytest.approx(alone.tts)


def test_two_nodes_lose_at_least_the_larger_and_at_most_the_sum():
    two = [carton(), node("film", ttr_weeks=8, cover_weeks=2, margin_per_week=100_000)]
    found = run_scenario(review(two), Scenario(name="s", nodes=["carton", "film"]))
    assert (found.margin_low, found.margin_high) == (1_500_000, 2_100_000)
    assert found.largest_single == "carton"
    assert any("not capped" in warning for warning in found.warnings)


def test_the_sum_is_capped_at_the_margin_of_all_lines_from_the_first_shortage_to_the_last_return():
    two = [carton(), node("film", ttr_weeks=8, cover_weeks=2, margin_per_week=240_000)]
    found = run_scenario(review(two, weekly_margin=260_000), Scenario(name="s", nodes=["carton", "film"]))
    # Sum 1,500,000 + 1,440,000; short from week 2 to week 10, at 260,000 a week.
    assert (found.margin_low, found.margin_high) == (1_500_000, 2_080_000)


def test_the_margin_of_the_lines_caps_where_the_scope_states_none():
    two = [carton(), node("film", ttr_weeks=8, cover_weeks=2, margin_per_week=240_000)]
    found = run_scenario(review(two, [line("P", 26_000, 10)]), Scenario(name="s", nodes=["carton", "film"]))
    assert found.margin_high == 2_080_000
    assert any("margin of all lines" in said for said in found.assumptions)


def test_a_supplier_and_its_parts_are_not_added():
    acme = node("Acme", kind="supplier", ttr_weeks=10, cover_weeks=0, margin_per_week=100)
    part = node("part", ttr_weeks=10, cover_weeks=0, margin_per_week=80, sources=[("Acme", "DE", 1)])
    other = node("other", ttr_weeks=10, cover_weeks=0, margin_per_week=50, sources=[("Acme", "DE", 1)])
    found = run_scenario(review([acme, part, other]), Scenario(name="s", suppliers=["Acme"]))
    assert (found.margin_low, found.margin_high) == (1000, 1300)
    assert any("Acme not added" in said for said in found.assumptions)


def test_with_a_network_two_parts_of_one_line_are_not_counted_twice():
    parts = [
        node(name, ttr_weeks=5, cover_weeks=1, margin_per_week=1000, used_in={"P": 1}) for name in ("one", "other")
    ]
    both = Scenario(name="s", nodes=["one", "other"])
    known = run_scenario(review(parts, [line("P", 100, 10)]), both)
    assert known.basis == "network"
    assert known.margin_low == known.margin_high == pytest.approx(4000)
    blind = run_scenario(review(parts), both)
    assert (blind.basis, blind.margin_low, blind.margin_high) == ("nodes", 4000, 8000)


def test_a_network_and_a_node_outside_it_are_bounded_together():
    part = node("part", ttr_weeks=5, cover_weeks=1, used_in={"P": 1})
    system = node("ERP", kind="system", ttr_weeks=2, cover_weeks=0, margin_per_week=1000)
    found = run_scenario(review([part, system], [line("P", 100, 10)]), Scenario(name="s", nodes=["part", "ERP"]))
    assert found.basis == "network and nodes"
    assert (found.margin_low, found.margin_high) == (pytest.approx(4000), pytest.approx(5000))  # cap: 1000 a week


def test_a_spike_of_demand_hits_all_nodes_and_shrinks_cover():
    nodes = [seal(), node("ERP", kind="system", ttr_weeks=1, cover_weeks=0, margin_per_week=1)]
    found = run_scenario(review(nodes), Scenario(name="s", kind="demand", demand_factor=1.4, weeks=30))
    (hit,) = found.hits  # a system has no capacity that demand could pass
    # 40 % more than supply, of which alternates serve 20 %: 0.2 weeks a week, and 4 weeks of cover last 20.
    assert hit.shortfall == pytest.approx(0.2)
    assert found.weeks_served == pytest.approx(20)
    assert found.margin_low == pytest.approx(10 * 0.2 * 300_000)
    assert any("1.4 times normal" in said for said in found.assumptions)


def test_missing_data_are_said_and_never_zero():
    nodes = [carton(), node("film", ttr_weeks=8)]
    found = run_scenario(review(nodes, loss_limit=9e9), Scenario(name="s", nodes=["carton", "film"]))
    assert found.complete is False
    assert found.verdict == "open"
    assert found.margin_low == 1_500_000
    (lacking,) = found.not_judged
    assert lacking.name == "film"
    assert len(lacking.missing) == 2
    nothing = run_scenario(review([node("film")]), Scenario(name="s", nodes=["film"]))
    assert (nothing.margin_low, nothing.margin_high, nothing.basis) == (None, None, "nothing")
    assert (nothing.weeks_served, nothing.weeks_served_word, nothing.weeks_to_recover) == (None, "unknown", None)


def test_a_scenario_that_hits_nothing_known_says_so():
    found = run_scenario(review([carton()]), Scenario(name="s", countries=["Atlantis"]))
    assert found.margin_low is None
    assert any("hits no node" in warning for warning in found.warnings)
    assert any("country of sources of carton" in warning for warning in found.warnings)


def test_no_shortage_is_not_unknown():
    found = run_scenario(review([carton(ttr_weeks=3)]), Scenario(name="s", nodes=["carton"]))
    assert (found.margin_low, found.weeks_served, found.weeks_served_word) == (0, None, "no shortage")


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ({"nodes": ["ghost"]}, "'ghost' that is not in the review"),
        ({}, "names no node"),
        ({"demand_factor": 1.4}, "give its weeks"),
    ],
)
def test_a_scenario_that_cannot_be_run_is_refused_with_the_remedy(scenario, said):
    with pytest.raises(ReviewError, match=said):
        run_scenario(review([carton()]), Scenario(name="s", **scenario))


def test_the_review_is_not_changed_and_results_are_plain_json():
    given = example_review()
    before = given.model_dump_json()
    for scenario in given.scenarios:
        found = run_scenario(given, scenario)
        json.loads(json.dumps(found.model_dump(mode="json"), allow_nan=False))
        assert found.margin_low <= found.margin_high
    assert given.model_dump_json() == before

"""Shared sub-tiers, suppliers and countries, and switch times against the time to survive."""

from tests.tools.risk.nodes import node, review_with
from tools.risk.shared import shared_sub_tiers, switch_gaps

SOURCES = [
    {"supplier": "TaiChip", "country": "Taiwan", "share": 0.6, "sub_tier": ["Fab 3", "Port of Kaohsiung"]},
    {"supplier": "KoChip", "country": "Korea", "share": 0.4, "sub_tier": ["fab 3"]},
]


def test_two_suppliers_with_one_sub_tier_are_no_choice():
    found = shared_sub_tiers(review_with(node("Board", sources=SOURCES)))
    assert [one.name for one in found] == ["Fab 3"]
    shared = found[0]
    assert (shared.kind, shared.one_node, shared.stops) == ("sub-tier", ["board"], ["board"])
    assert shared.nodes[0].share == 1
    assert shared.nodes[0].suppliers == ["TaiChip", "KoChip"]
    assert "Board (100 % of it) through TaiChip and KoChip depends on Fab 3" in shared.said


def test_one_sub_tier_of_several_nodes_is_shared():
    lane = node("Lane", sources=[{"supplier": "Line", "share": 1, "sub_tier": ["Port of  Kaohsiung"]}])
    found = shared_sub_tiers(review_with(node("Board", sources=SOURCES), lane))
    port = next(one for one in found if one.name == "Port of Kaohsiung")
    assert [one.node for one in port.nodes] == ["board", "lane"]
    assert port.one_node == []
    assert port.stops == ["lane"]
    assert [one.share for one in port.nodes] == [0.6, 1]


def test_a_source_that_delivers_to_another_source_counts_for_both():
    sources = [
        {"supplier": "Assembler", "share": 0.5, "sub_tier": ["Foundry"]},
        {"supplier": "Foundry", "share": 0.5},
    ]
    found = shared_sub_tiers(review_with(node("Valve", sources=sources)))
    assert [(one.kind, one.name, one.one_node) for one in found] == [("sub-tier", "Foundry", ["valve"])]


def test_one_supplier_of_several_nodes_is_told_but_one_of_one_node_is_not():
    review = review_with(
        node("A", sources=[{"supplier": "Acme", "country": "DE", "share": 1}]),
        node("B", sources=[{"supplier": "ACME", "country": "DE", "share": 1}]),
        node("C", sources=[{"supplier": "Other", "country": "DE", "share": 1}]),
    )
    found = shared_sub_tiers(review)
    assert [(one.kind, one.name, len(one.nodes)) for one in found] == [("supplier", "Acme", 2)]


def test_a_country_is_told_where_it_holds_several_suppliers_of_one_node():
    sources = [{"supplier": "X", "country": "China"}, {"supplier": "Y", "country": "china"}]
    found = shared_sub_tiers(review_with(node("Magnet", sources=sources), node("Ring", sources=SOURCES[:1])))
    assert [(one.kind, one.name, one.one_node, one.stops) for one in found] == [
        ("country", "China", ["magnet"], ["magnet"])
    ]
    assert found[0].nodes[0].share == 1


def test_the_same_supplier_twice_is_no_choice_that_could_be_undone():
    sources = [
        {"supplier": "X", "country": "DE", "sub_tier": ["Mill"]},
        {"supplier": "x", "country": "DE", "sub_tier": ["Mill"]},
    ]
    assert shared_sub_tiers(review_with(node("Ring", sources=sources))) == []


def test_unnamed_suppliers_are_not_thrown_together():
    review = review_with(node("A", sources=[{"supplier": ""}]), node("B", sources=[{"supplier": " "}]))
    assert shared_sub_tiers(review) == []


def test_shares_that_are_not_stated_stay_unknown():
    sources = [{"supplier": "X", "sub_tier": ["Mill"]}, {"supplier": "Y", "sub_tier": ["Mill"]}, {"supplier": "Z"}]
    found = shared_sub_tiers(review_with(node("Ring", sources=sources)))
    assert found[0].nodes[0].share is None
    assert not found[0].nodes[0].all_sources


def test_switch_times_against_survival():
    review = review_with(
        node("In time", cover_weeks=8, switch_weeks=6),
        node("Late", cover_weeks=4, alternate_share=0.2, switch_weeks=9),
        node("No cover", switch_weeks=9),
        node("No switch", cover_weeks=4),
        node("Carried", alternate_share=1, switch_weeks=50),
    )
    found = {one.name: one for one in switch_gaps(review)}
    assert found["Late"].gap == 4
    assert found["In time"].gap == 0
    assert found["Carried"].gap == 0
    assert found["No cover"].gap is None
    assert "cover" in found["No cover"].missing[0]
    assert found["No switch"].gap is None
    assert found["No switch"].missing == ["weeks to move the volume to another source"]
    assert switch_gaps(review)[0].name == "Late"
    assert {one.name for one in switch_gaps(review)[-2:]} == {"No cover", "No switch"}

"""Every node removed in turn: the same numbers as the exposures, ranks, verdicts, and what cannot be judged."""

import json
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.stress.making import line, node, review, seal
from tools.risk.exposure import exposures
from tools.risk.stress import each_node
from tools.risk.stress.results import EachNode

weeks = st.none() | st.floats(0, 100)
share = st.none() | st.floats(0, 1)


@st.composite
def nodes(draw):
    return [
        node(
            f"n{place}",
            ttr_weeks=draw(weeks),
            cover_weeks=draw(weeks),
            alternate_share=draw(share),
            share_affected=draw(share),
            margin_per_week=draw(st.none() | st.floats(0, 1e6)),
        )
        for place in range(draw(st.integers(0, 8)))
    ]


def test_the_shaft_seal_loses_what_its_note_says():
    found = each_node(review([seal()], loss_limit=1_000_000))
    (lost,) = found.nodes
    assert (lost.tts, lost.gap, lost.rank) == (5.0, 7.0, 1)
    assert lost.margin_lost == pytest.approx(1_680_000)
    assert lost.share_of_limit == pytest.approx(1.68)
    assert lost.verdict == "over"
    assert found.over_limit == 1


@settings(deadline=None)
@given(nodes())
def test_every_number_is_that_of_the_exposures(made):
    given_review = review(made, loss_limit=100_000)
    found = {one.node: one for one in each_node(given_review).nodes}
    for exposure in exposures(given_review):
        if exposure.gap is None:
            assert exposure.node not in found
            continue
        one = found[exposure.node]
        assert one.gap == pytest.approx(exposure.gap, abs=1e-9)
        assert one.tts == (None if exposure.tts_no_limit else pytest.approx(exposure.tts))
        if exposure.margin_at_risk is None:
            assert one.margin_lost is None
        else:
            assert one.margin_lost == pytest.approx(exposure.margin_at_risk, rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(nodes())
def test_what_is_missing_is_what_the_exposures_ask_for(made):
    given_review = review(made)
    asked = {one.node: one.missing for one in exposures(given_review) if one.missing}
    assert {one.node: one.missing for one in each_node(given_review).not_judged} == asked


@settings(deadline=None)
@given(nodes())
def test_ranks_follow_the_loss_and_unknown_losses_have_none(made):
    ranked = each_node(review(made)).nodes
    known = [one for one in ranked if one.rank is not None]
    assert all(one.margin_lost is None for one in ranked[len(known) :])
    for first, second in pairwise(known):
        assert first.margin_lost >= second.margin_lost
        assert (first.rank == second.rank) == (first.margin_lost == second.margin_lost)


def test_a_node_without_data_is_named_and_not_called_safe():
    found = each_node(review([seal(), node("pump", ttr_weeks=3)], loss_limit=1))
    assert [one.node for one in found.nodes] == ["seal"]
    (lacking,) = found.not_judged
    assert lacking.node == "pump"
    assert any("cover" in words for words in lacking.missing)
    assert any("margin" in words for words in lacking.missing)
    assert any("1 of 2 nodes" in warning for warning in found.warnings)


def test_full_alternates_last_without_limit():
    (one,) = each_node(review([node("a", ttr_weeks=9, alternate_share=1)])).nodes
    assert (one.tts, one.tts_word, one.gap, one.margin_lost) == (None, "no limit", 0.0, 0.0)


def test_a_review_without_nodes_says_so():
    found = each_node(review())
    assert found.nodes == []
    assert any("no nodes yet" in warning for warning in found.warnings)


def test_losing_a_supplier_takes_its_parts_along_over_the_network():
    part = node("valve", cover_weeks=1, used_in={"P": 1}, sources=[("Acme", "DE", 0.75), ("Bolt", "DK", 0.25)])
    acme = node("Acme", kind="supplier", ttr_weeks=5)
    found = each_node(review([part, acme], [line("P", 100, 10)]))
    (acme_lost,) = found.nodes
    # 75 of 100 a week are missing; a week of stock is 100 units; 5 weeks lose 375 - 100 = 275 units.
    assert (acme_lost.name, acme_lost.network_loss, acme_lost.rank) == ("Acme", pytest.approx(2750), 1)
    assert (acme_lost.margin_lost, acme_lost.gap, acme_lost.tts_word) == (None, None, "unknown")
    assert {one.name for one in found.not_judged} == {"valve", "Acme"}


def test_verdicts_are_open_where_the_network_disagrees_with_the_nodes_own_figures():
    part = node("valve", cover_weeks=1, ttr_weeks=5, margin_per_week=1000, used_in={"P": 1})
    found = each_node(review([part], [line("P", 100, 10, stock=400)], loss_limit=3_000))
    (one,) = found.nodes
    assert one.margin_lost == pytest.approx(4000)
    assert one.network_loss == pytest.approx(0)
    assert one.verdict == "open"


def test_it_serialises_to_plain_json():
    found = each_node(review([node("a", ttr_weeks=9, alternate_share=1), seal(), node("b")]))
    plain = json.dumps(found.model_dump(mode="json"), allow_nan=False)
    assert EachNode.model_validate_json(plain) == found
    kept = {one["node"]: (one["tts"], one["tts_word"]) for one in json.loads(plain)["nodes"]}
    assert kept == {"seal": (5.0, ""), "a": (None, "no limit")}


def test_a_thousand_nodes_take_well_under_a_second():
    many = review([seal(f"n{place}", ttr_weeks=place % 40) for place in range(1000)])
    begun = process_time()
    assert len(each_node(many).nodes) == 1000
    assert process_time() - begun < 2

"""Exposure of nodes: agreement with the metrics and with a simulation, what is unknown, order, and closing a gap."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.nodes import node, review_with
from tools.metrics import Frame, compute
from tools.risk.exposure import (
    COVER_ASKED,
    MARGIN_ASKED,
    TTR_ASKED,
    closing_of,
    exposure_of,
    exposures,
    known_exposures,
    unknown_exposures,
)
from tools.risk.review import Node, Scope

weeks = st.floats(0, 60)
share = st.floats(0, 1)
money = st.floats(0, 1e7)


def simulated(ttr: float, cover: float, alternates: float, margin: float) -> tuple[float, float]:
    """Serve demand in small steps from alternates and then stock; return weeks with a shortage and margin lost."""
    steps = 20_000
    width, short, lost = ttr / steps, 0.0, 0.0
    for _ in range(steps):
        need = (1 - alternates) * width
        taken = min(cover, need)
        cover -= taken
        if need - taken > 1e-12:
            short += width
            lost += (need - taken) * margin
    return short, lost


@pytest.mark.parametrize(
    ("fields", "tts", "gap", "at_risk"),
    [
        # the knowledge note on time to survive: 4,800 shaft seals at 1,200 a week, a second source of 240 a week
        ({"ttr_weeks": 12, "cover_weeks": 4, "alternate_share": 0.2, "margin_per_week": 300_000}, 5, 7, 1_680_000),
        # the knowledge note on stress tests: the only carton plant of a cereal maker closed for ten weeks
        ({"ttr_weeks": 10, "cover_weeks": 4, "margin_per_week": 250_000}, 4, 6, 1_500_000),
        # a motor controller with one source, six weeks of stock and a supplier who says ten weeks
        ({"ttr_weeks": 10, "cover_weeks": 6, "margin_per_week": 80_000}, 6, 4, 320_000),
        ({"ttr_weeks": 10, "cover_weeks": 6, "margin_per_week": 80_000, "share_affected": 0.25}, 6, 4, 80_000),
        ({"ttr_weeks": 5, "cover_weeks": 8, "margin_per_week": 80_000}, 8, 0, 0),
        ({"ttr_weeks": 3, "cover_weeks": 0, "margin_per_week": 1000}, 0, 3, 3000),
    ],
)
def test_worked_examples(fields, tts, gap, at_risk):
    found = exposure_of(node(**fields), Scope(currency="EUR"))
    assert (found.tts, found.gap, found.margin_at_risk) == pytest.approx((tts, gap, at_risk))
    assert found.known
    assert not found.missing


@pytest.mark.parametrize(
    ("ttr", "cover", "alternates", "margin"),
    [(10, 4, 0.0, 100), (10, 4, 0.2, 100), (30, 1, 0.9, 5), (6, 2, 0.5, 70), (4, 4, 0.1, 9), (8, 0, 0.75, 33)],
)
def test_agrees_with_a_simulation(ttr, cover, alternates, margin):
    found = exposure_of(
        node(ttr_weeks=ttr, cover_weeks=cover, alternate_share=alternates, margin_per_week=margin), Scope()
    )
    short, lost = simulated(ttr, cover, alternates, margin)
    assert found.gap == pytest.approx(short, abs=2e-3 * ttr)
    assert found.margin_at_risk == pytest.approx(lost, rel=2e-3, abs=1e-6)


@settings(deadline=None)
@given(ttr=weeks, cover=weeks, alternates=st.none() | st.floats(0, 0.99), margin=money, affected=st.none() | share)
def test_the_metrics_say_the_same_to_the_digit(ttr, cover, alternates, margin, affected):
    made = node(
        ttr_weeks=ttr, cover_weeks=cover, alternate_share=alternates, margin_per_week=margin, share_affected=affected
    )
    found = exposure_of(made, Scope(currency="EUR"))
    lost = made.margin_per_week * (1.0 if made.share_affected is None else made.share_affected)
    kept = {"stock_cover": made.cover_weeks, "alternate_share": made.alternate_share}  # a node keeps no dust
    frame = Frame("week", "EUR")
    said = compute("ttr_gap", frame=frame, time_to_recover=made.ttr_weeks, margin=lost, **kept)
    survives = compute("time_to_survive", frame=frame, **kept)
    assert found.gap == said.value
    assert found.margin_at_risk == said.also["lost_margin"]
    assert found.tts == survives.value
    assert found.steps[-len(said.steps) :] == said.steps


@settings(deadline=None)
@given(ttr=weeks, more=weeks, cover=weeks, alternates=share, better=share, margin=money)
def test_gap_and_loss_move_the_right_way(ttr, more, cover, alternates, better, margin):
    def of(ttr: float, cover: float, alternates: float):
        made = node(ttr_weeks=ttr, cover_weeks=cover, alternate_share=alternates, margin_per_week=margin)
        return exposure_of(made, Scope())

    base = of(ttr, cover, alternates)
    longer, richer, helped = of(ttr + more, cover, alternates), of(ttr, cover + more, alternates), None
    helped = of(ttr, cover, max(alternates, better))
    slack = 1e-9 * (1 + ttr + cover) * (1 + margin)
    assert base.gap >= 0
    assert base.margin_at_risk >= 0
    assert longer.gap >= base.gap - slack
    assert longer.margin_at_risk >= base.margin_at_risk - slack
    for better_off in (richer, helped):
        assert better_off.gap <= base.gap + slack
        assert better_off.margin_at_risk <= base.margin_at_risk + slack


@settings(deadline=None)
@given(ttr=st.floats(0.1, 60), cover=st.just(0.0) | st.floats(1e-6, 520), alternates=st.none() | st.floats(0, 0.9))
def test_each_way_of_closing_a_gap_closes_it(ttr, cover, alternates):
    made = node(ttr_weeks=ttr, cover_weeks=cover, alternate_share=alternates, margin_per_week=1.0)
    found = exposure_of(made, Scope())
    closing = closing_of(found)
    if not found.gap:
        assert closing is None
        return
    changes = (
        {"cover_weeks": cover + closing.more_cover},
        {"alternate_share": closing.alternate_share},
        {"ttr_weeks": closing.ttr},
    )
    for change in changes:
        after = exposure_of(Node(**{**made.model_dump(), **change}), Scope())
        assert after.gap == pytest.approx(0, abs=1e-6)
    assert closing.alternate_share <= 1
    assert closing.cover_needed == pytest.approx(cover + closing.more_cover)


def test_the_closing_names_the_numbers_that_change():
    found = exposure_of(node(ttr_weeks=10, cover_weeks=6), Scope())
    said = closing_of(found).said
    assert (
        said
        == "gap 4 weeks -> 0 by 4 more weeks of cover, alternates for 40 % of demand in all or recovery within 6 weeks"
    )
    nothing_held = closing_of(exposure_of(node(ttr_weeks=10, cover_weeks=0), Scope()))
    assert "recovery" not in nothing_held.said


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"cover_weeks": 4, "margin_per_week": 9}, [TTR_ASKED]),
        ({"ttr_weeks": 4, "margin_per_week": 9}, [COVER_ASKED]),
        ({"margin_per_week": 9}, [TTR_ASKED, COVER_ASKED]),
        ({}, [TTR_ASKED, COVER_ASKED, MARGIN_ASKED]),
        ({"alternate_share": 1, "cover_weeks": 3, "margin_per_week": 9}, [TTR_ASKED]),
    ],
)
def test_unknown_stays_unknown(fields, asked):
    found = exposure_of(node(**fields), Scope(loss_limit=1, stockout_limit_days=1))
    assert found.missing == asked
    assert found.gap is None
    assert found.margin_at_risk is None
    assert found.over_limit is None
    assert found.over_stockout_limit is None
    assert found.impact is None
    assert found.gap_said == "not known"
    assert not found.known
    assert closing_of(found) is None


def test_a_gap_without_a_margin_is_known_in_weeks_only():
    found = exposure_of(node(ttr_weeks=9, cover_weeks=4), Scope(loss_limit=100))
    assert found.gap == 5
    assert found.margin_at_risk is None
    assert found.missing == [MARGIN_ASKED]
    covered = exposure_of(node(ttr_weeks=3, cover_weeks=4), Scope(loss_limit=100))
    assert covered.margin_at_risk == 0
    assert covered.missing == []


def test_the_time_to_survive_is_said_where_only_the_recovery_is_missing():
    found = exposure_of(node(cover_weeks=6, alternate_share=0.4), Scope())
    assert found.tts == pytest.approx(10)
    assert found.tts_said == "10 weeks"
    assert found.steps


@pytest.mark.parametrize("cover", [None, 0, 5])
def test_alternates_that_carry_all_leave_no_limit(cover):
    found = exposure_of(node(ttr_weeks=30, cover_weeks=cover, alternate_share=1, margin_per_week=500), Scope())
    assert found.tts is None
    assert found.tts_no_limit
    assert found.tts_said == "no limit"
    assert found.gap == 0
    assert found.margin_at_risk == 0
    assert COVER_ASKED not in found.missing


def test_what_is_taken_for_granted_is_said():
    bare = exposure_of(node(ttr_weeks=9, cover_weeks=4, margin_per_week=1), Scope())
    assert any("all of the margin" in line for line in bare.assumptions)
    assert any("no alternate" in line for line in bare.assumptions)
    said = exposure_of(
        node(ttr_weeks=9, cover_weeks=4, margin_per_week=1, share_affected=0.5, alternate_share=0.1), Scope()
    )
    assert not any("all of the margin" in line for line in said.assumptions)
    assert any("10 % of demand from the first day" in line for line in said.assumptions)


def test_alternates_that_are_counted_twice_are_pointed_out():
    doubtful = node(ttr_weeks=9, cover_weeks=4, margin_per_week=1, share_affected=0.6, alternate_share=0.4)
    assert "counted twice" in exposure_of(doubtful, Scope()).warnings[0]
    fine = doubtful.model_copy(update={"share_affected": 0.5})
    assert exposure_of(fine, Scope()).warnings == []


def test_the_loss_is_compared_with_the_limits_of_the_scope():
    made = node(ttr_weeks=10, cover_weeks=6, margin_per_week=100)
    at = exposure_of(made, Scope(loss_limit=400, stockout_limit_days=28))
    assert (at.over_limit, at.over_stockout_limit, at.share_of_limit, at.impact) == (False, False, 1.0, 4)
    above = exposure_of(made, Scope(loss_limit=399, stockout_limit_days=27))
    assert (above.over_limit, above.over_stockout_limit) == (True, True)
    none_tolerated = exposure_of(made, Scope(loss_limit=0))
    assert (none_tolerated.over_limit, none_tolerated.share_of_limit, none_tolerated.impact) == (True, None, 5)


def test_a_margin_too_large_to_be_computed_is_said_and_not_zero():
    found = exposure_of(node(ttr_weeks=10, cover_weeks=6, margin_per_week=1e300), Scope(loss_limit=1))
    assert found.margin_at_risk is None
    assert found.over_limit is None
    assert found.gap == 4
    assert found.missing == [MARGIN_ASKED]
    assert any("1e+300" in line for line in found.warnings)


def test_the_largest_loss_comes_first_and_gaps_in_knowledge_last():
    review = review_with(
        node("Unknown"),
        node("No margin", ttr_weeks=50, cover_weeks=1),
        node("Covered", ttr_weeks=2, cover_weeks=3, margin_per_week=9),
        node("Small", ttr_weeks=4, cover_weeks=3, margin_per_week=10),
        node("Large", ttr_weeks=4, cover_weeks=3, margin_per_week=90),
        node("Long", ttr_weeks=13, cover_weeks=3, margin_per_week=9),
    )
    found = exposures(review)
    assert [one.name for one in found] == ["Long", "Large", "Small", "Covered", "No margin", "Unknown"]
    assert [one.name for one in known_exposures(found)] == ["Long", "Large", "Small", "Covered"]
    assert [one.name for one in unknown_exposures(found)] == ["No margin", "Unknown"]


def test_the_example_has_unknown_nodes_that_are_never_zero():
    from tools.risk.example import example_review

    found = exposures(example_review())
    unknown = unknown_exposures(found)
    assert unknown
    assert found[-len(unknown) :] == unknown
    assert all(one.missing for one in unknown)
    at_risk = [one.margin_at_risk for one in known_exposures(found)]
    assert at_risk == sorted(at_risk, reverse=True)

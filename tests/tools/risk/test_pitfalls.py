"""Mistakes that reviews are known for, each raised where it is made and only there."""

from datetime import timedelta

import pytest

from tests.tools.risk.nodes import TODAY, action, node, review_with, risk
from tools.risk.flags import flags
from tools.risk.pitfalls import PITFALLS
from tools.risk.review import Scope

LATER = TODAY + timedelta(days=90)


def raised(name: str, review) -> str:
    """Return why a pitfall is raised, or "" if it is not."""
    return next((one.why for one in flags(review, TODAY) if one.origin == f"flag {name}"), "")


@pytest.mark.parametrize(
    ("basis", "found"), [("own guess", True), (None, True), ("supplier figure", False), ("tested", False)]
)
def test_own_guesses_among_the_largest_exposures(basis, found):
    review = review_with(node("Seal", ttr_weeks=9, cover_weeks=4, margin_per_week=5, ttr_basis=basis))
    assert bool(raised("ttr_own_guess", review)) is found


def test_own_guesses_on_small_exposures_can_wait():
    large = [
        node(f"Large {place}", ttr_weeks=9, cover_weeks=4, margin_per_week=100, ttr_basis="tested")
        for place in range(5)
    ]
    small = node("Small", ttr_weeks=9, cover_weeks=4, margin_per_week=1, ttr_basis="own guess")
    assert raised("ttr_own_guess", review_with(*large, small)) == ""
    assert "Small" in raised("ttr_own_guess", review_with(*large[:4], small))


@pytest.mark.parametrize(
    "text", ["Safety stock of three weeks", "see safety-stock sheet", "Sicherheitsbestand laut SAP"]
)
def test_safety_stock_is_no_cover_for_a_disruption(text):
    assert "Seal" in raised("safety_stock_as_cover", review_with(node("Seal", cover_weeks=3, evidence=text)))
    assert raised("safety_stock_as_cover", review_with(node("Seal", evidence=text))) == ""
    assert raised("safety_stock_as_cover", review_with(node("Seal", cover_weeks=3, evidence="Count of May"))) == ""


def spread(count: int = 10):
    sources = [{"supplier": f"S{place}", "spend": 1000, "share": 1 / count} for place in range(count)]
    return node("Steel", category="Metals", sources=sources)


def test_a_cheap_part_with_one_source_hides_in_total_spend():
    cheap = node("Gasket", category="Seals", sources=[{"supplier": "Only", "spend": 5}])
    why = raised("hidden_by_total_spend", review_with(spread(), cheap))
    assert "Gasket" in why
    assert "Steel" not in why
    assert raised("hidden_by_total_spend", review_with(spread())) == ""
    dear = node("Motor", category="Motors", sources=[{"supplier": "Only", "spend": 90_000}])
    assert raised("hidden_by_total_spend", review_with(spread(), dear)) == ""
    unknown = node("Gasket", sources=[{"supplier": "Only"}])
    assert raised("hidden_by_total_spend", review_with(spread(), unknown)) == ""


def test_all_suppliers_in_one_country():
    sources = [{"supplier": "X", "country": "China"}, {"supplier": "Y", "country": "China"}]
    assert "Magnet (China)" in raised("one_country", review_with(node("Magnet", sources=sources)))
    elsewhere = [*sources, {"supplier": "Z", "country": "Japan"}]
    assert raised("one_country", review_with(node("Magnet", sources=elsewhere))) == ""
    assert raised("one_country", review_with(node("Magnet", sources=sources[:1]))) == ""


def test_shares_that_do_not_add_up():
    sources = [{"supplier": "X", "share": 0.5}, {"supplier": "Y", "share": 0.3}]
    assert "Seal (80 %)" in raised("shares_do_not_add_up", review_with(node("Seal", sources=sources)))
    whole = [{"supplier": "X", "share": 0.5}, {"supplier": "Y", "share": 0.5}]
    assert raised("shares_do_not_add_up", review_with(node("Seal", sources=whole))) == ""


def test_agreed_actions_need_an_owner_and_a_date():
    bare = action("Dual source it", status="agreed")
    assert "no owner and no due date" in raised("action_without_owner", review_with(actions=[bare]))
    dated = bare.model_copy(update={"due": LATER})
    assert "no owner" in raised("action_without_owner", review_with(actions=[dated]))
    for fine in (
        bare.model_copy(update={"owner": "Ms Lund", "due": LATER}),
        bare.model_copy(update={"status": "proposed"}),
        bare.model_copy(update={"status": "done"}),
    ):
        assert raised("action_without_owner", review_with(actions=[fine])) == ""


def test_accepted_risks_need_an_approver_and_a_date_ahead():
    accepted = risk(treatment="accept", approver="Ms Lund", review_date=LATER, likelihood=1, impact=2)
    assert raised("risk_not_sound", review_with(risks=[accepted])) == ""
    past = accepted.model_copy(update={"review_date": TODAY - timedelta(days=1)})
    assert "not in the future" in raised("risk_not_sound", review_with(risks=[past]))
    nobody = accepted.model_copy(update={"approver": ""})
    assert "approver" in raised("risk_not_sound", review_with(risks=[nobody]))


def test_high_risks_need_a_treatment_and_an_owner():
    high = risk("Fire", likelihood=1, impact=5)
    assert "Fire (no treatment and no owner)" in raised("severe_risk_untreated", review_with(risks=[high]))
    treated = high.model_copy(update={"treatment": "reduce impact", "owner": "Ms Lund"})
    assert raised("severe_risk_untreated", review_with(risks=[treated])) == ""
    for small in (risk("Late", likelihood=2, impact=2), risk("Not rated")):
        assert raised("severe_risk_untreated", review_with(risks=[small])) == ""


def test_a_review_done_once():
    review = review_with(scope=Scope())
    assert raised("review_done_once", review) == ""
    old = review.model_copy(update={"updated": review.updated - timedelta(days=300)})
    assert old.updated.date().isoformat() in raised("review_done_once", old)


def test_every_pitfall_is_raised_by_a_test_here():
    assert set(PITFALLS) == {
        "ttr_own_guess", "safety_stock_as_cover", "hidden_by_total_spend", "one_country", "shares_do_not_add_up",
        "action_without_owner", "risk_not_sound", "severe_risk_untreated", "review_done_once",
    }  # fmt: skip

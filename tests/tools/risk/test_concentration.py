"""Concentration by critical category: published indices, weighting, totals left out, shares, countries and caps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.nodes import node, review_with
from tools.metrics import compute
from tools.risk.concentration import concentration, concentration_of
from tools.risk.review import Scope


def made_of(*shares: float, **fields):
    sources = [{"supplier": f"S{place}", "country": f"C{place}", "share": one} for place, one in enumerate(shares)]
    return node(sources=sources, **fields)


@pytest.mark.parametrize(
    ("shares", "points"),
    [
        ((0.3, 0.3, 0.2, 0.2), 2600),  # U.S. Department of Justice, page on the Herfindahl-Hirschman Index
        ((0.3, 0.7), 5800),  # economic_indicators documentation, two firms
        ((0.25, 0.20, 0.15, 0.10, 0.09, 0.08, 0.07, 0.06), 1580),  # industrial organization lecture notes
        ((1.0,), 10_000),
    ],
)
def test_published_indices(shares, points):
    found = concentration_of("Seals", [made_of(*shares)], Scope())
    assert found.hhi == pytest.approx(points)
    assert found.effective_suppliers == pytest.approx(10_000 / points)
    assert found.top_supplier_share == pytest.approx(max(shares))
    assert found.complete
    assert found.formula
    assert found.steps


@settings(deadline=None)
@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=30))
def test_the_index_lies_between_equal_shares_and_one_supplier(spends):
    sources = [{"supplier": f"S{place}", "spend": spend} for place, spend in enumerate(spends)]
    found = concentration_of("Seals", [node(sources=sources)], Scope())
    assert 10_000 / len(spends) - 1e-6 <= found.hhi <= 10_000 + 1e-6
    assert found.hhi == compute("hhi", spend=spends).value
    assert sum((one.weight / sum(spends)) ** 2 for one in found.holders) * 10_000 == pytest.approx(found.hhi)


def test_spend_weighs_only_where_all_sources_have_it():
    rich = node(
        "A", sources=[{"supplier": "X", "share": 0.5, "spend": 900}, {"supplier": "Y", "share": 0.5, "spend": 100}]
    )
    by_spend = concentration_of("Seals", [rich], Scope())
    assert (by_spend.weighting, by_spend.weighted_by) == ("spend", "by spend")
    assert by_spend.hhi == pytest.approx(8200)
    lacking = node("B", sources=[{"supplier": "Z", "share": 1.0}])
    by_share = concentration_of("Seals", [rich, lacking], Scope())
    assert by_share.weighting == "share"
    assert "2 nodes weighing the same" in by_share.weighted_by
    assert by_share.hhi == pytest.approx(25**2 + 25**2 + 50**2)
    assert by_share.top_supplier == "Z"


def test_only_critical_nodes_count_and_categories_are_kept_apart():
    review = review_with(
        made_of(1.0, name="Board", category="Electronics "),
        made_of(0.5, 0.5, name="Cable", category="electronics", critical=False),
        made_of(0.5, 0.5, name="Ring", category="Seals"),
        node("Loner"),
    )
    found = {one.category: one for one in concentration(review)}
    assert found["Electronics"].hhi == 10_000
    assert found["Electronics"].single_sourced == ["board"]
    assert found["Seals"].hhi == pytest.approx(5000)
    assert found["Loner (without a category)"].hhi is None
    assert found["Loner (without a category)"].missing == ["sources of Loner"]
    assert concentration(review)[0].category == "Electronics"


@pytest.mark.parametrize("name", ["Grand Total", "total", "Department transfer", "Inter-company charge", "Summe"])
def test_totals_and_transfers_are_no_suppliers(name):
    sources = [{"supplier": "X", "spend": 60}, {"supplier": "Y", "spend": 40}, {"supplier": name, "spend": 100}]
    found = concentration_of("Seals", [node(sources=sources)], Scope())
    assert found.hhi == pytest.approx(5200)
    assert found.suppliers == 2
    assert name in found.left_out[0]


@pytest.mark.parametrize(
    "name", ["Total Lubricants", "Intercompany Plant Mexico", "Transfer Pumps Ltd", "Internal Gears"]
)
def test_suppliers_whose_names_sound_like_totals_are_kept(name):
    sources = [{"supplier": "X", "spend": 60}, {"supplier": name, "spend": 40}]
    found = concentration_of("Seals", [node(sources=sources)], Scope())
    assert found.suppliers == 2
    assert found.left_out == []


def test_one_supplier_and_a_total_is_a_single_source():
    made = node("Seal", sources=[{"supplier": "X", "spend": 60}, {"supplier": "Total", "spend": 60}])
    assert concentration_of("Seals", [made], Scope()).single_sourced == ["seal"]


def test_spellings_of_one_supplier_count_together():
    sources = [{"supplier": "Acme GmbH", "share": 0.5}, {"supplier": " ACME  gmbh", "share": 0.5}]
    found = concentration_of("Seals", [node(sources=sources)], Scope())
    assert found.hhi == 10_000
    assert found.top_supplier == "Acme GmbH"
    assert found.single_sourced == ["seal"]


def test_shares_below_all_are_said_and_not_stretched():
    found = concentration_of("Seals", [made_of(0.5, 0.3)], Scope())
    assert found.hhi == pytest.approx(3400)
    assert not found.complete
    assert any("80 %" in line for line in found.warnings)


def test_shares_above_all_give_no_figure():
    found = concentration_of("Seals", [made_of(0.8, 0.6)], Scope())
    assert found.hhi is None
    assert found.weighting == "none"
    assert found.missing == ["shares of Seal that add up to at most 100 %"]
    assert any("140 %" in line for line in found.warnings)


def test_rounded_shares_are_taken_as_all():
    found = concentration_of("Seals", [made_of(0.333, 0.333, 0.333)], Scope())
    assert found.hhi == pytest.approx(3333.33, abs=0.01)
    assert found.complete


def test_the_only_source_delivers_all():
    found = concentration_of("Seals", [node(sources=[{"supplier": "X"}])], Scope())
    assert found.hhi == 10_000
    assert any("delivers all of it" in line for line in found.assumptions)


def test_nodes_that_lack_shares_are_not_counted_and_that_is_said():
    lacking = node("B", sources=[{"supplier": "X"}, {"supplier": "Y", "share": 0.4}])
    found = concentration_of("Seals", [made_of(0.5, 0.5, name="A"), lacking], Scope())
    assert found.counted == 1
    assert found.hhi == pytest.approx(5000)
    assert not found.complete
    assert "shares of B" in found.missing
    assert any("1 of 2" in line for line in found.warnings)


def test_countries_add_up_over_suppliers_and_nodes():
    a = node(
        "A",
        sources=[{"supplier": "X", "country": "China", "share": 0.6}, {"supplier": "Y", "country": "DE", "share": 0.4}],
    )
    b = node("B", sources=[{"supplier": "Z", "country": "china", "share": 1}])
    found = concentration_of("Seals", [a, b], Scope(country_limit=0.6))
    assert found.top_country == "China"
    assert found.top_country_share == pytest.approx(0.8)
    assert found.over_country is True
    assert found.country_unknown == 0


def test_an_unknown_country_is_never_taken_for_another_one():
    sources = [{"supplier": "X", "country": "DE", "share": 0.5}, {"supplier": "Y", "share": 0.5}]
    found = concentration_of("Seals", [node(sources=sources)], Scope(country_limit=0.6))
    assert found.top_country_share == pytest.approx(0.5)
    assert found.country_unknown == pytest.approx(0.5)
    assert found.over_country is None
    assert "countries of the sources of Seal" in found.missing
    safe = concentration_of("Seals", [node(sources=sources)], Scope(country_limit=1.0))
    assert safe.over_country is False


def test_policy_caps_come_before_borrowed_bands():
    made = made_of(0.5, 0.5)
    own = concentration_of("Seals", [made], Scope(concentration_limit=4000))
    assert own.over_hhi is True
    assert "above the policy's cap of 4,000" in own.meaning
    assert "merger" not in own.meaning
    borrowed = concentration_of("Seals", [made], Scope())
    assert borrowed.over_hhi is None
    assert borrowed.band_2010 == borrowed.band_2023 == "highly concentrated"
    assert "analogy" in borrowed.meaning
    middling = concentration_of("Seals", [made_of(*[0.2] * 5)], Scope())
    assert (middling.band_2010, middling.band_2023) == ("moderately concentrated", "highly concentrated")


def test_spend_of_nothing_is_no_weight():
    sources = [{"supplier": "X", "spend": 0, "share": 0.7}, {"supplier": "Y", "spend": 0, "share": 0.3}]
    found = concentration_of("Seals", [node(sources=sources)], Scope())
    assert found.weighting == "share"
    assert found.hhi == pytest.approx(5800)

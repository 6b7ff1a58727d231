"""Tests that a country counts as one however it is written."""

import pytest

from tests.tools.risk.reviews import review_of
from tools.risk.concentration import concentration_of
from tools.risk.countries import country_named
from tools.risk.review import Node, Scenario, Scope, Source
from tools.risk.shared import shared_sub_tiers
from tools.risk.stress.scenarios import run_scenario

SEAL = Node(
    name="seal",
    ttr_weeks=8,
    cover_weeks=2,
    margin_per_week=100.0,
    category="parts",
    sources=[Source(supplier="A", country="DE", share=0.6), Source(supplier="B", country="Germany", share=0.4)],
)
MOTOR = Node(
    name="motor",
    ttr_weeks=8,
    cover_weeks=2,
    margin_per_week=100.0,
    category="parts",
    sources=[Source(supplier="C", country="germany", share=1.0)],
)


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("DE", "Germany"),
        ("de", "Germany"),
        ("DEU", "Germany"),
        ("Deutschland", "Germany"),
        (" germany ", "Germany"),
        ("U.S.A.", "United States"),
        ("US", "United States"),
        ("the Netherlands", "Netherlands"),
        ("UK", "United Kingdom"),
        ("CN", "China"),
        ("IN", "India"),
        ("Schweiz", "Switzerland"),
        ("Congo", "Congo"),
        ("Bavaria", "Bavaria"),
        ("NA", "NA"),
        ("", ""),
    ],
)
def test_a_country_has_one_name_where_it_is_clear_which_is_meant(written: str, country: str) -> None:
    assert country_named(written) == country


def test_country_shares_are_added_however_the_country_is_written() -> None:
    found = concentration_of("parts", [SEAL, MOTOR], Scope())
    assert (found.top_country, found.top_country_share) == ("Germany", 1.0)


@pytest.mark.parametrize("written", ["Germany", "DE", "Deutschland"])
def test_a_scenario_hits_a_country_however_it_is_written(written: str) -> None:
    review = review_of().model_copy(update={"nodes": [SEAL, MOTOR]})
    result = run_scenario(review, Scenario(name="Borders closed", countries=[written], weeks=6))
    assert {hit.name for hit in result.hits} == {"seal", "motor"}


def test_suppliers_of_one_country_are_found_however_it_is_written() -> None:
    review = review_of().model_copy(update={"nodes": [SEAL]})
    assert [(one.kind, one.name) for one in shared_sub_tiers(review)] == [("country", "Germany")]

"""Links between notes in both directions, and concepts found by the beginning of a name."""

import pytest

from knowledge.links import links_of
from knowledge.lookup import MOST_FOUND, Lookup


@pytest.fixture(scope="module")
def links(vault):
    return links_of(vault)


@pytest.fixture(scope="module")
def lookup(vault):
    return Lookup(vault)


def test_what_one_note_says_of_another_the_other_knows(links):
    assert "Cycle stock" in links["Safety stock"].compared
    assert "Safety stock" in links["Cycle stock"].compared_by
    for title, found in links.items():
        assert all(title in links[other].compared_by for other in found.compared)
        assert all(title in links[other].mentioned_by for other in found.mentioned)
        assert not set(found.compared) & set(found.mentioned)
        assert title not in found.near


def test_a_comparison_keeps_its_words_and_a_mention_is_no_comparison(links):
    found = links["Safety stock"]
    assert "covers deviations" in found.compared["Cycle stock"]
    assert "Reorder point" in found.mentioned
    assert found.is_compared("Reorder point")  # by the other note
    assert not found.is_compared("Stress test")
    assert len(found.near) == len(set(found.near))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("saftey stok", "Safety stock"),
        ("bulwhip", "Bullwhip effect"),
        ("whiplash ef", "Bullwhip effect"),
        ("eoq", "Economic order quantity"),
        ("VMI", "Vendor-managed inventory"),
        ("kraljik", "Kraljic matrix"),
        ("incotrms", "Incoterms"),
        ("just in tme", "Just-in-time"),
        ("stock safety", "Safety stock"),
        ("inventory", "Inventory"),
    ],
)
def test_a_concept_is_found_while_its_name_is_typed(lookup, typed, title):
    assert lookup.find(typed)[0] == title


@pytest.mark.parametrize("typed", ["", "   ", "?!", "qqqqq", "pizza recipe", "safety " * 50])
def test_what_names_nothing_finds_nothing(lookup, typed):
    assert lookup.find(typed) == []


def test_a_letter_finds_no_more_than_can_be_shown(lookup):
    assert len(lookup.find("s")) == MOST_FOUND

"""Names of concepts are found in what people type, typing errors forgiven."""

import re
from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.names import Mention, Names
from knowledge.vault import Vault


@pytest.fixture(scope="module")
def names(vault: Vault) -> Names:
    words = (re.findall(r"[^\W\d_]+", note.source.casefold()) for note in vault.notes.values())
    return Names(vault, Counter(chain.from_iterable(words)))


def titles(found: list[Mention]) -> list[str]:
    return [title for mention in found for title in mention.titles]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("what is safety stock?", "Safety stock"),
        ("SAFETY STOCK", "Safety stock"),
        ("ROP", "Reorder point"),
        ("is this the whiplash effect", "Bullwhip effect"),
        ("how high should safety stocks be", "Safety stock"),
        ("one stockout", "Stockout"),
        ("too many stockouts", "Stockout"),
        ("explain total-cost-of-ownership", "Total cost of ownership"),
        ("vendor managed inventory", "Vendor-managed inventory"),
    ],
)
def test_a_title_or_alias_is_found_in_either_number(names: Names, text: str, title: str) -> None:
    (mention,) = names.find(text)
    assert mention.titles == (title,)
    assert not mention.corrected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("safty stok", "Safety stock"),
        ("what is the bulwhip effect", "Bullwhip effect"),
        ("bullwihp", "Bullwhip effect"),
        ("tell me about postponment", "Postponement"),
        ("how does procurment work", "Procurement"),
        ("kraljik matrix", "Kraljic matrix"),
    ],
)
def test_a_misspelled_name_is_found(names: Names, text: str, title: str) -> None:
    (mention,) = names.find(text)
    assert mention.titles == (title,)
    assert mention.corrected


@pytest.mark.parametrize("word", ["cast", "loan", "rick", "tide", "boss", "lend", "song"])
def test_a_short_word_of_another_subject_is_left_alone(names: Names, word: str) -> None:
    assert names.correct(word) == word


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("leed time?", "lead time?"),
        ("what is jsut in tiem", "what is just in time"),
        ("I like to feed on tiem", "I like to feed on tiem"),
        ("he took the leed", "he took the leed"),
    ],
)
def test_a_short_word_is_put_right_only_beside_the_rest_of_a_name(names: Names, text: str, corrected: str) -> None:
    assert names.correct(text) == corrected


def test_correction_changes_the_misspelled_words_and_nothing_else(names: Names) -> None:
    assert names.correct("Why is OUR  bulwhip efect so big, Bob?!") == "Why is OUR  bullwhip effect so big, Bob?!"


@pytest.mark.parametrize(("text", "title"), [("safetystock", "Safety stock"), ("leadtime", "Lead time")])
def test_glued_words_are_found(names: Names, text: str, title: str) -> None:
    assert titles(names.find(text)) == [title]


def test_the_longest_name_wins(names: Names) -> None:
    (mention,) = names.find("the risk management checklist, please")
    assert mention.titles == ("Risk management checklist",)
    assert mention.words == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("functional and innovative products", ["Functional product", "Innovative product"]),
        ("from functional to innovative products", ["Functional product", "Innovative product"]),
        ("safety or cycle stock", ["Safety stock", "Cycle stock"]),
    ],
)
def test_a_last_word_said_only_once_counts_for_both(names: Names, text: str, expected: list[str]) -> None:
    assert titles(names.find(text)) == expected


def test_mentions_say_where_they_stand_in_order(names: Names) -> None:
    text = "Is lead time part of the reorder point?"
    assert [text[m.start : m.end] for m in names.find(text)] == ["lead time", "reorder point"]


def test_an_ambiguous_name_alone_offers_its_meanings(names: Names) -> None:
    (mention,) = names.find("what is SS?")
    assert mention.ambiguous
    assert set(mention.titles) == {"Safety stock", "Single sourcing and sole sourcing"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("SS for a service target of 95% given lead time sigma", "Safety stock"),
        ("is SS from one supplier risky", "Single sourcing and sole sourcing"),
    ],
)
def test_words_beside_an_ambiguous_name_settle_it(names: Names, text: str, title: str) -> None:
    mention = next(m for m in names.find(text) if m.name == "ss")
    assert mention.ambiguous is None
    assert mention.titles == (title,)


def test_an_ambiguous_name_settled_for_what_has_no_note_points_to_no_note(names: Names) -> None:
    assert "Service level" not in titles(names.find("the SLA in our contract with the provider"))


def test_a_term_without_a_note_is_named_as_uncovered(names: Names, vault: Vault) -> None:
    for name, term in list(vault.uncovered.items())[::10]:
        mention = next((m for m in names.find(name) if m.uncovered), None)
        assert mention, name
        assert mention.titles == ()
        assert mention.name == term


@pytest.mark.parametrize("text", ["", "  \n", "will it rain in Paris tomorrow", "12345", "?!", "供应链", "<b></b>"])
def test_nothing_is_found_where_nothing_stands(names: Names, text: str) -> None:
    assert names.find(text) == []


def test_every_name_of_the_vault_is_found_as_its_own_note(names: Names, vault: Vault) -> None:
    missed = {
        name: title
        for name, title in vault.names.items()
        if name not in vault.ambiguous and title not in titles(names.find(name))
    }
    assert missed == {}


FIELD = [
    "safety",
    "stock",
    "stok",
    "bulwhip",
    "SS",
    "products",
    "functional",
    "and",
    "vs",
    "ROP",
    "innovative",
    "don\u2019t",
]


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FIELD) | st.text(max_size=8), max_size=20).map(" ".join))
)
def test_any_text_can_be_read_and_every_mention_lies_in_it(names: Names, text: str) -> None:
    found = names.find(text)
    ends = [0]
    for mention in found:
        assert ends[-1] <= mention.start < mention.end <= len(text)
        ends.append(mention.end)
        assert mention.uncovered == (not mention.titles and mention.ambiguous is None)
    assert isinstance(names.correct(text), str)

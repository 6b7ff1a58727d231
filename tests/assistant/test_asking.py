"""The words that ask for a classification are told from what is described before them."""

import pytest

from assistant.embedded.sorting.asking import asking_words, asks_which_chain, asks_why, names_a_framework
from assistant.embedded.sorting.columns_told import told_columns, with_columns
from assistant.embedded.sorting.purchases import PurchaseReader
from knowledge.library import Library


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Soap in bars, the same for ages. Which Fisher type?", "Which Fisher type?"),
        ("steel is 15% of spend, many mills offer it. Kraljic type?", "Kraljic type?"),
        ("gadgets, a new model each spring - functional or innovative", "functional or innovative"),
        ("June needs 900 hours, we have 700. Options?", ""),
        ("functional or innovative?", ""),
        ("Tell me. Why does Fisher hold that a chain that responds has to cost more in the end?", ""),
    ],
)
def test_the_last_words_ask(text: str, asked: str) -> None:
    assert asking_words(text) == asked


def test_short_questions_after_a_classification() -> None:
    assert asks_why("but why?")
    assert not asks_why("why do most chains fail in a crisis")
    assert asks_which_chain("so which chain?")
    assert names_a_framework("classify it")
    assert not names_a_framework("what is safety stock")


@pytest.mark.parametrize(
    ("said", "width", "columns"),
    [
        (
            "ABC please, columns are sku, units per year, unit cost",
            3,
            ["columns are sku", "units per year", "unit cost"],
        ),
        ("matrix: item, annual value, then demand of 3 months", 5, ["item", "annual value", "p1", "p2", "p3"]),
        ("sku, units, cost", 5, []),
        ("please, quickly, thanks", 3, []),
    ],
)
def test_columns_are_read_from_a_sentence(said: str, width: int, columns: list[str]) -> None:
    assert told_columns(said, width) == columns


def test_lines_of_unlike_width_keep_what_they_have() -> None:
    lines = ["A,1,2", "B,1"]
    assert with_columns(lines, "sku, units, cost", (",",)) == "A,1,2\nB,1"


def test_money_beside_spend_is_no_share_of_it(library: Library) -> None:
    (found,) = PurchaseReader(library).read("printed labels: spend 2.5 million, six suppliers can do them")
    assert "spend_share" not in found.facts
    assert found.facts["qualified_suppliers"] == 6

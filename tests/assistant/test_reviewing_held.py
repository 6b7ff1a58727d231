"""Stock that suppliers or customers hold is no stock cover of the node that was spoken of before."""

import pytest

from assistant.embedded.reviewing.facts import read_facts
from tests.assistant.talking import ME, Say
from tools.risk.store import Reviews

NAMES = ("motor", "main supplier")
MOTOR = ("start a risk review for our pump factory", "next", "motor ttr 10 weeks stock 4 weeks")


@pytest.mark.parametrize(
    "text",
    [
        "stock at the customer is 1 week",
        "our customer has 2 weeks of stock",
        "customers have cover for 3 weeks",
        "customer stock 1 week",
        "the supplier has stock of 6 weeks",
        "supplier holds 6 weeks",
        "supplier's stock is 6 weeks",
        "6 weeks of stock at the supplier",
        "vendor keeps 4 weeks on the shelf",
        "suppliers hold 6 weeks of motor",
        "motor: stock at supplier 6 weeks",
        "the motor supplier has no stock",
        "stock is 6 weeks at our main vendor",
        "stock at Siemens is 6 weeks",
        "at WEG 3 weeks of stock",
        "at weg 3 weeks stock",
        "bei Bosch liegen 6 Wochen Bestand",
        "motor: stock at Siemens 6 weeks",
        "we have 6 weeks of stock at Siemens",
        "WEG holds 5 weeks for us",
        "our distributor holds 5 weeks",
        "distributor stock 5 weeks",
        "the wholesaler keeps 2 weeks",
        "dealers have 4 weeks of stock",
        "the 3PL holds 2 weeks",
        "our forwarder has 1 week of stock",
        "consignment stock is 2 weeks",
        "VMI stock 3 weeks",
        "pipeline stock is 4 weeks",
        "motor: 3 weeks of stock in transit",
        "finished goods stock 3 weeks",
        "finished goods cover 2 weeks",
        "raw material stock 3 weeks",
    ],
)
def test_stock_of_others_is_no_cover(text: str) -> None:
    assert not any("cover_weeks" in one.fields for one in read_facts(text, NAMES[:1]).nodes)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("motor stock 4 weeks", 4),
        ("we hold 4 weeks", 4),
        ("supplier says stock is 4 weeks", 4),
        ("single supplier, stock 4 weeks", 4),
        ("we keep 6 weeks of stock for our customer", 6),
        ("motor from one supplier and we have stock of 4 weeks", 4),
        ("supplier TTR 8 weeks stock 4 weeks", 4),
        ("supplier has a TTR of 8 weeks, stock 4 weeks", 4),
        ("stock 4 weeks, recovery at the supplier 8 weeks", 4),
        ("main supplier: stock 4 weeks", 4),
        ("the main supplier has stock of 4 weeks", 4),
        ("motor stock 4 weeks, customer stock 1 week", 4),
        ("stock at the plant is 4 weeks", 4),
        ("stock at our warehouse 4 weeks", 4),
        ("stock at most 4 weeks", 4),
        ("stock at hand 4 weeks", 4),
        ("stock at present 4 weeks", 4),
        ("stock at month end is 4 weeks", 4),
        ("at 4 weeks of stock", 4),
        ("motor stock 4 weeks at any time", 4),
        ("motor from Siemens, stock 4 weeks", 4),
        ("motor stock 4 weeks, at Siemens recovery takes 8 weeks", 4),
        ("with stock of 4 weeks", 4),
        ("no stock, supplier needs 8 weeks to recover", 0),
    ],
)
def test_own_stock_is_cover_for_all_that_is_said_beside_it(text: str, weeks: float) -> None:
    assert [one.fields["cover_weeks"] for one in read_facts(text, NAMES).nodes if "cover_weeks" in one.fields] == [
        weeks
    ]


@pytest.mark.parametrize(
    "text",
    [
        "stock at the customer is 1 week",
        "supplier has stock of 6 weeks",
        "stock at Siemens is 6 weeks",
        "VMI stock 3 weeks",
    ],
)
def test_the_node_before_keeps_its_cover_and_it_is_said_why(say: Say, store: Reviews, text: str) -> None:
    answer = say(*MOTOR, text)
    assert "Cover counts what you hold yourselves" in answer.text
    node = store.open(ME, store.listed(ME)[0].id).nodes[0]
    assert (node.name, node.ttr_weeks, node.cover_weeks) == ("motor", 10, 4)


def test_beside_other_figures_it_is_named_as_not_kept(say: Say, store: Reviews) -> None:
    answer = say(*MOTOR[:2], "motor from Siemens, ttr 8 weeks, supplier has stock of 6 weeks")
    assert "6 weeks is taken for no figure of a node" in answer.text
    node = store.open(ME, store.listed(ME)[0].id).nodes[0]
    assert (node.ttr_weeks, node.cover_weeks) == (8, None)

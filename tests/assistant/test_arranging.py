"""Numbers that no word tells apart are taken only if a metric accepts one arrangement of them; else they are asked."""

from pathlib import Path

import pytest

import knowledge
from assistant.agent import Assistant
from assistant.embedded.figures.fitting import Fit
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.wording import Wording
from tests.assistant.talking import talk
from tools.metrics import METRICS

COMMON = Path(knowledge.__file__).parent / "common_words.txt"


def fit_of(metric: str, text: str, guess: float = 0.9) -> Fit:
    planner = Planner(Wording(METRICS, COMMON.read_text().split()), lambda _: {metric: guess})
    return planner.fit_of(metric, planner.read(text))


def taken(found: Fit) -> dict[str, float]:
    return {pair.input: pair.quantity.value for pair in found.pairs if pair.settled or pair.label is not None}


@pytest.mark.parametrize(
    "text",
    [
        "a trailer may carry 24 tonnes; on average we put 18.6 tonnes on it",
        "on average we put 18.6 tonnes on a trailer that may carry 24 tonnes",
    ],
)
def test_a_load_cannot_be_above_what_fits(text: str):
    found = fit_of("trailer_fill", text)
    assert taken(found) == {"load_weight": 18.6, "vehicle_weight": 24}
    assert found.settled
    assert found.sure


def test_more_cannot_come_than_is_served():
    found = fit_of("mm1_queue", "trucks come at 14 an hour and the weighbridge can do 18 an hour")
    assert taken(found) == {"arrival_rate": 14, "service_rate": 18}


@pytest.mark.parametrize(
    ("metric", "text", "why"),
    [
        ("damage_rate", "2,500 went out, 2,465 of another kind", "they may be whole or broken"),
        ("days_sales_outstanding", "7.3 million here and 1.5 million there", "either may be the larger"),
        ("break_even_volume", "240,000 for the line, and a pack goes for 1.80", "the price is not the contribution"),
        ("trailer_fill", "24 tonnes, 18.6 tonnes and 12 tonnes", "one is left over"),
    ],
)
def test_what_can_be_in_two_ways_is_left_open(metric: str, text: str, why: str):
    assert not fit_of(metric, text).settled, why


def test_nothing_is_settled_for_a_metric_that_such_messages_do_not_ask_for():
    assert not fit_of("trailer_fill", "a trailer may carry 24 tonnes; we put 18.6 tonnes on it", guess=0.1).settled


def test_pieces_are_no_volume():
    assert not fit_of("box_count", "24 pieces to a box, I need to ship 1,000: how many boxes?").settled


def test_an_explanation_of_a_message_with_numbers_offers_to_compute(assistant: Assistant):
    asked, done = talk(
        assistant,
        "trimmings: 340 kg thrown away, film 8.5 tonnes. scrap share by machine?",
        "Work out from these numbers: Inventory shrinkage",
    )
    assert "Did you want something worked out" in asked.text
    assert asked.follow_ups
    assert all(offered.startswith("Work out from these numbers: ") for offered in asked.follow_ups)
    assert done.kind in ("answer", "clarify")
    assert "Inventory shrinkage" in done.text


def test_no_offer_where_no_number_is_wanted(assistant: Assistant):
    (done,) = talk(assistant, "what is safety stock?")
    assert "Did you want something worked out" not in done.text


def test_cartons_are_no_pallets():
    found = fit_of("pallet_positions", "how many pallets do I need for 3,800 cartons?")
    assert "pallets" not in taken(found)
    assert found.lacking


def test_kilograms_and_tonnes_are_counted_in_one_of_them():
    found = fit_of("damage_rate", "340 kg thrown away as broken out of 8.5 tonnes shipped")
    assert {pair.input: pair.quantity.value for pair in found.pairs} == {"units_damaged": 340, "units_shipped": 8500}


def test_kilograms_and_metres_are_not_counted_as_one():
    found = fit_of("damage_rate", "340 kg broken out of 8.5 metres shipped")
    assert [pair.input for pair in found.pairs] == ["units_damaged"]
    assert found.lacking == ("units_shipped",)

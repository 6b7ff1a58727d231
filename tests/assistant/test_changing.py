"""After a result, a number that names no input changes the one that is meant, or is asked about where it is unclear."""

import math

import pytest

from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.embedded.figures.changing import learned_changing, likely_inputs, possible_inputs, the_number
from assistant.embedded.figures.changing_training import changes_in
from assistant.embedded.figures.conversations import conversations
from assistant.embedded.figures.turn import Reckoner
from assistant.embedded.quantities import read_quantities
from knowledge.library import Library
from tests.assistant.talking import talk

SURELY_RIGHT, TAKEN = 0.95, 0.6
REORDER = "reorder point: 80 gloves boxes a day, lead time 5 days, safety stock of 120"
NEWSVENDOR = "newsvendor: selling price 12, purchase cost 5, salvage value 1, demand mean 300, sd 60"
CARBON = "carbon cost of 1,500 tonnes CO2 at 85 euros the tonne"
OEE = "OEE: availability 88%, performance 92%, quality 97%"


def value(answer: Answer) -> float:
    (result,) = answer.results
    return float(result.output["value"])


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((REORDER, "he now takes 8 days"), 80 * 8 + 120),
        ((REORDER, "he now takes 8 days", "sorry, 9"), 80 * 9 + 120),
        ((REORDER, "with half the safety stock"), 80 * 5 + 60),
        ((REORDER, "a third of the buffer"), 80 * 5 + 40),
        ((CARBON, "at 100?"), 150_000),
        ((CARBON, "and at 65 euros"), 97_500),
        ((OEE, "performance 5 points lower"), 0.88 * 0.87 * 0.97),
        (("coefficient of variation: mean 200, sd 50", "sd one and a half times that"), 75 / 200),
    ],
)
def test_what_is_meant_is_changed(assistant: Assistant, turns: tuple[str, ...], expected: float):
    assert value(talk(assistant, *turns)[-1]) == pytest.approx(expected)


@pytest.mark.parametrize(
    "turns",
    [
        ("EOQ for 1,200 units a year, 30 an order and 2 to hold one a year", "now 90"),
        (NEWSVENDOR, "hm, 7 for us"),
        ("plan attainment: planned 5,600 tonnes, missed 420", "the strike caused half of it"),
        ("schedule adherence: 64 jobs scheduled, 51 ran as scheduled", "5 of them only shifted within the day"),
    ],
)
def test_what_may_be_several_things_or_a_part_of_one_is_not_computed_with(assistant: Assistant, turns: tuple[str, ...]):
    before, after = talk(assistant, *turns)
    assert value(before)
    assert [result for result in after.results if result.output.get("value", value(before)) != value(before)] == []


def test_a_number_that_changes_nothing_is_not_taken(assistant: Assistant):
    turns = ("days of supply at inventory turns of 9", "count only the 250 of them")
    assert "value" not in [result.output for result in talk(assistant, *turns)[-1].results[-1:]]


@pytest.mark.parametrize("text", ["5 of them", "30 of those", "12 and 14", "3, 4, 5", "no number", "2.750 and 18,400"])
def test_some_of_what_was_said_and_several_numbers_are_no_single_number(library: Library, text: str):
    assert the_number(Reckoner(library).planner.read(text)) is None


def test_points_are_read_as_a_percentage(library: Library):
    number = the_number(Reckoner(library).planner.read("five points more service"))
    assert number is not None
    assert (number.value, number.percent, number.unit) == (5, True, "")
    assert read_quantities("five points more service").quantities[0].unit == "point"


def test_what_was_learned_says_which_input_is_meant_and_is_sure_only_where_it_is_right(library: Library):
    planner = Reckoner(library).planner
    assert planner.roles is not None
    seen, sure, right = 0, 0, 0
    for last, message, number, meant in changes_in(conversations(), planner):
        likely = likely_inputs(message, number, last, possible_inputs(number, last), planner.roles)
        assert not likely or math.isclose(sum(likely.values()), 1.0)
        first, share = next(iter(likely.items()), ("", 0.0))
        seen += 1
        sure += share >= learned_changing().taken
        right += share >= learned_changing().taken and first == meant
    assert seen > 100
    assert right / sure >= SURELY_RIGHT
    assert sure / seen >= TAKEN

"""What the words around a number say about which input it is."""

import pytest

from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.roles import (
    MOST_NUMBERS,
    NOTHING,
    input_examples,
    learned_roles,
    shares_among,
    window,
)
from assistant.embedded.figures.solving import backwards
from assistant.embedded.figures.wording import Wording
from assistant.embedded.quantities import read_quantities

TEXT = "We hold 1,200 cases on average, and 45,000 € leave us every month."


@pytest.fixture(scope="module")
def wording():
    return Wording()


def windows(text):
    quantities = read_quantities(text).quantities
    return [window(text, quantity, quantities) for quantity in quantities]


def test_numbers_are_masked_and_units_are_named_alike():
    first, second = windows(TEXT)
    assert "1,200" not in first
    assert "thenumber case" in first
    assert "thenumber money" in second
    assert windows("it takes nine days")[0].split() == windows("it takes 9 d")[0].split()


def test_a_window_ends_at_the_neighbouring_numbers():
    first, second = windows(TEXT)
    assert "leave" not in first
    assert "hold" not in second
    assert first.endswith("someothers")
    assert second.startswith("someothers")


def test_examples_are_numbers_with_the_input_that_has_their_value():
    rows = [
        {"text": "a 95% target, 4 weeks, 3 planners", "inputs": {"service_level": 0.95, "lead_time": 4}, "all": True},
        {"text": "stock 20, sold 20", "inputs": {"stock": 20, "demand": 20}},
        {"text": "sold 10, 12, 14", "inputs": {"actual": [10, 12, 14]}},
        {"text": "what is 5 for?"},
    ]
    assert [name for name, _ in input_examples(rows)] == ["service_level", "lead_time", NOTHING, "actual"]


def test_a_share_is_among_the_inputs_that_a_number_can_be():
    likely = {"lead_time": 0.3, "demand": 0.5, "stock": 0.1, NOTHING: 0.1}
    assert shares_among(likely, ["lead_time", "stock"])["lead_time"] == pytest.approx(0.6)
    assert "unheard of" not in shares_among(likely, ["lead_time", "unheard of"])
    assert shares_among({}, ["lead_time"]) == {}


def test_lists_and_tables_are_left_to_their_headings():
    asked = []

    def vectors(texts):
        asked.extend(texts)
        return [None] * len(texts)

    roles = learned_roles(lambda _text, _vector: {"demand": 1.0}, vectors)
    many = read_quantities(", ".join(f"part {place} weighs {place} kg" for place in range(1, 40))).quantities
    assert len(many) > MOST_NUMBERS
    assert roles("", many) == [{} for _ in many]
    assert not asked
    assert roles(TEXT, read_quantities(TEXT).quantities) == [{"demand": 1.0}] * 2
    assert len(asked) == 2


def test_the_words_around_numbers_are_read_once_and_only_where_numbers_are_given_to_a_metric(wording):
    asked = []

    def roles(text, quantities):
        asked.append(text)
        return [{} for _ in quantities]

    planner = Planner(wording, roles=roles)
    planner.read("why do the 5 whys stop at 5?")
    text = "fill rate: 1140 shipped, 1200 ordered"
    message = planner.read(text)
    assert asked == []
    (found,) = planner.fresh(message)
    assert len(found.pairs) == 2
    assert asked == [text]
    planner.unnamed(message, ["Fill rate"])
    backwards(message, planner.fit_of)
    assert asked == [text]


def test_what_was_learned_of_the_words_around_a_number_decides_where_no_name_does(wording):
    text = "fill rate: 1140 and 1200"

    def told(names):
        likely = [{name: 0.99, NOTHING: 0.01} for name in names]
        planner = Planner(wording, roles=lambda _text, _quantities: likely)
        (found,) = planner.fresh(planner.read(text))
        return {pair.input: pair.quantity.value for pair in found.pairs if pair.label is not None}

    assert told(["units_filled", "units_ordered"]) == {"units_filled": 1140, "units_ordered": 1200}
    assert told(["units_ordered", "units_filled"]) == {"units_ordered": 1140, "units_filled": 1200}

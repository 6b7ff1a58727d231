"""Answers as people type them."""

import pytest

from assistant.learning.marking import chosen, heard, typed, verdict
from assistant.learning.question import Question

OPTIONS = ["Cycle stock", "Because extreme demand is rare and more stock is needed", "Fill rate", "Safety stock"]


def question(**changes: object) -> Question:
    kept = {
        "key": "k",
        "kind": "number",
        "concept": "C",
        "area": "a",
        "text": "?",
        "answer": "8",
        "explanation": "E [1]",
    }
    return Question.model_validate({**kept, **changes})


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("b", 1),
        ("B)", 1),
        ("2", 1),
        ("2.", 1),
        ("two", 1),
        ("the second", 1),
        ("the second one", 1),
        ("2nd", 1),
        ("option b", 1),
        ("answer: B", 1),
        ("I think it's b", 1),
        ("I'd say the fill rate", 2),
        ("fill rate", 2),
        ("FILL-RATE", 2),
        ("the last one", 3),
        ("safety stock I guess", 3),
        ("because extreme demand is so rare", 1),
    ],
)
def test_options_by_letter_number_and_words(said: str, place: int) -> None:
    assert chosen(OPTIONS, said) == OPTIONS[place]


@pytest.mark.parametrize("said", ["e", "5", "stock", "banana", "cycle stock or safety stock", "", "the"])
def test_what_names_no_option_or_two_is_not_guessed(said: str) -> None:
    assert chosen(OPTIONS, said) == ""


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("true", "True"),
        ("That's right", "True"),
        ("yes", "True"),
        ("t", "True"),
        ("a", "True"),
        ("false!", "False"),
        ("not true", "False"),
        ("no, it isn't", "False"),
        ("wrong", "False"),
        ("2", "False"),
        ("perhaps", ""),
    ],
)
def test_true_and_false(said: str, wanted: str) -> None:
    assert verdict(said) == wanted


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [
        ("1,250", "units", 1250),
        ("1250 units", "units", 1250),
        ("about 1.250,5", "units", 1250.5),
        ("1.2k", "units", 1200),
        ("USD 2.4M", "USD", 2_400_000),
        ("$3017 a year", "USD a year", 3017),
        ("8 turns", "turns a year", 8),
        ("2.4m / 300k = 8", "turns a year", 8),
        ("it is 12,5 days", "days", 12.5),
        ("2 weeks", "days", 14),
        ("7 days", "weeks", 1),
        ("87.5%", "%", 87.5),
        ("87,5 percent", "%", 87.5),
        ("0.875", "%", 87.5),
        ("87.5", "%", 87.5),
        ("0.8", "%", 0.8),
        ("21%", "", 0.21),
    ],
)
def test_numbers_in_the_ways_people_type_them(said: str, unit: str, value: float) -> None:
    assert any(one == pytest.approx(value) for one in typed(said, unit)), typed(said, unit)


@pytest.mark.parametrize("said", ["abc", "12 or 13", "", "between 4 and 5"])
def test_no_number_or_two_marks_nothing(said: str) -> None:
    found = heard(question(value=8.0, within=0.1, unit="days"), said)
    assert found.read == "unread"
    assert found.expected == "Please type one number, in days, such as 1,250."


def test_a_number_may_be_off_by_the_rounding_but_not_more() -> None:
    asked = question(value=87.5, within=0.3, unit="%")
    assert [heard(asked, said).read for said in ("87.5%", "87.7", "0.877", "88.1")] == [
        "right",
        "right",
        "right",
        "wrong",
    ]


@pytest.mark.parametrize(
    "said", ["I don't know", "i dont know", "no idea", "Show me the answer", "I give up!", "idk", "?"]
)
def test_who_does_not_know_gets_the_answer(said: str) -> None:
    assert heard(question(value=8.0, within=0.1), said).read == "unknown"
    assert heard(question(kind="choice", options=OPTIONS, answer="Fill rate"), said).read == "unknown"

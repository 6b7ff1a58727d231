"""What goes on with the turn before is told from what begins anew, though neither names a concept."""

import pytest
from langchain_core.messages import HumanMessage

from assistant.agent import Assistant
from assistant.embedded.context import read_context
from assistant.embedded.described import described_rows
from assistant.embedded.leaning import learned_leaning
from assistant.embedded.leaning_training import PAIRS
from assistant.embedded.regression import fitted
from assistant.embedded.reply import Talker
from assistant.embedded.sorting.turn import Sorter
from assistant.embedded.understand import Reader
from knowledge.library import Library
from tests.assistant.talking import talk

SHARE_OF_DESCRIBED = 6


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        ("What is lead time?", "is the weekend counted in", "Lead time"),
        ("what is dual sourcing", "does the smaller one accept it at the same price", "Dual sourcing"),
        (
            "explain the perfect order",
            "would that work for a caterer, we bring lunches to schools",
            "Perfect order",
        ),
        ("what is kanban", "and in a hospital ward?", "Kanban"),
    ],
)
def test_what_goes_on_is_answered_from_the_concept_of_the_turn_before(
    assistant: Assistant, first: str, second: str, title: str
) -> None:
    done = talk(assistant, first, second)[-1]
    assert done.kind == "answer"
    assert done.citations[0].title == title


def test_what_begins_anew_is_not_drawn_into_the_turn_before(assistant: Assistant) -> None:
    asked = "orders to our plant swing wildly although the tills sell the same every single day, why is that?"
    assert talk(assistant, "what is kanban", asked)[-1].citations[0].title == "Bullwhip effect"


@pytest.mark.parametrize("asked", ["what is the weather in hamburg tomorrow?", "who won the match last night"])
def test_what_lies_outside_is_declined_in_the_middle_too(assistant: Assistant, asked: str) -> None:
    assert talk(assistant, "what is risk appetite", asked)[-1].kind == "decline"


def test_the_regression_knows_the_signs_that_it_is_given(library: Library) -> None:
    signs = Reader(library, {}).signs("is the weekend counted in", ["Lead time"])
    assert set(signs) == set(learned_leaning().weights)
    assert PAIRS.is_file()


def test_a_regression_finds_the_sign_that_matters() -> None:
    rows = [({"told": float(place % 2), "idle": float(place % 3)}, place % 2 == 1) for place in range(60)]
    found = fitted(rows)
    assert found.weights["told"] > 10 * abs(found.weights["idle"])
    assert found.of({"told": 1.0, "idle": 1.0}) > 0.9 > 0.1 > found.of({"told": 0.0, "idle": 1.0})


def test_most_descriptions_of_products_that_nothing_was_learned_from_are_classified(library: Library) -> None:
    sorter, talker = Sorter(library), Talker(library)
    rows = described_rows("apart")[::SHARE_OF_DESCRIBED]
    contexts = [read_context([HumanMessage(row["text"])]) for row in rows]
    taken = [context for context in contexts if sorter.calls(context, talker.understand(context))]
    assert len(taken) >= 0.8 * len(rows)

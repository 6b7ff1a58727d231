"""How far readings of numbers are trusted, and how those that are not are confirmed before a result is told."""

import json
from collections.abc import Sequence

import pytest

from assistant.agent import Assistant
from assistant.embedded.figures import calling
from assistant.embedded.figures.calling import call_of
from assistant.embedded.figures.fitting import Fit, Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.trust_training import UNLEARNED, is_right
from assistant.embedded.figures.trusting import is_said, learned_trust, signs, trust_in
from assistant.embedded.figures.wording import Wording
from assistant.embedded.intents import DATA
from assistant.embedded.quantities import Quantity, read_quantities
from tests.assistant.talking import talk
from tools.metrics import METRICS

EOQ = "EOQ for a demand of 7,300 a year, order cost 38, holding cost 2 a year"


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(METRICS, frozenset())


@pytest.fixture
def doubting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No reading is trusted enough to be computed with."""
    monkeypatch.setattr(calling, "trust_in", lambda _found, _message: learned_trust().confirm)
    monkeypatch.setattr(calling, "is_said", lambda _found, _message: False)


def fitted(planner: Planner) -> tuple[Fit, Message]:
    message = planner.read(EOQ)
    return planner.fit_of("economic_order_quantity", message), message


def test_a_doubted_reading_is_shown_without_its_result_until_it_is_confirmed(
    doubting: None, assistant: Assistant
) -> None:
    asked, answered = talk(assistant, EOQ, "Yes, that is right")
    assert asked.kind == "clarify"
    assert "7,300" in asked.text
    assert "527" not in asked.text
    assert not any("value" in result.output for result in asked.results if result.tool == "compute_metric")
    assert asked.follow_ups == ["Yes, that is right"]
    assert answered.kind == "answer"
    assert "526.7" in answered.text


def test_what_is_put_right_instead_is_computed_without_a_comparison(doubting: None, assistant: Assistant) -> None:
    _, answered = talk(assistant, EOQ, "no, the order cost is 50")
    assert answered.kind == "answer"
    assert "604" in answered.text
    assert "Before it was" not in answered.text


def test_a_yes_to_nothing_computes_nothing(assistant: Assistant) -> None:
    _, after = talk(assistant, EOQ, "yes")
    assert not [result for result in after.results if result.tool == "compute_metric"]


def test_plain_messages_are_trusted(assistant: Assistant) -> None:
    (answered,) = talk(assistant, EOQ)
    assert answered.kind == "answer"


def test_every_sign_is_weighed_and_all_weights_are_of_signs(wording: Wording) -> None:
    found, message = fitted(Planner(wording))
    assert set(learned_trust().weights) == set(signs(found, message))
    assert 0 < learned_trust().of(signs(found, message)) < 1


def test_a_likelier_metric_and_likelier_numbers_are_trusted_more(wording: Wording) -> None:
    found, bare = fitted(Planner(wording))
    trust = learned_trust()
    by_chance = trust.of(signs(found, bare))
    likely = Planner(wording, lambda _: {"economic_order_quantity": 0.9}).read(EOQ)
    assert trust.of(signs(found, likely)) > by_chance


def test_less_trust_is_asked_for_to_confirm_than_to_compute() -> None:
    assert 0 < learned_trust().confirm < learned_trust().compute < 1


def test_a_trusted_reading_is_taken_whole_though_no_word_names_its_numbers(wording: Wording) -> None:
    text = "EOQ 7300, 38, 2"
    bare = Planner(wording)
    asked = call_of(bare.fit_of("economic_order_quantity", bare.read(text)), bare.read(text))
    assert asked.unclear

    def roles(_text: str, quantities: Sequence[Quantity]) -> list[dict[str, float]]:
        meant = {7300: "demand", 38: "order_cost", 2: "holding_cost"}
        return [{meant[int(one.value)]: 0.99, "-": 0.01} for one in quantities]

    sure = Planner(wording, lambda _: {"economic_order_quantity": 0.99}, roles)
    taken = call_of(sure.fit_of("economic_order_quantity", sure.read(text)), sure.read(text))
    assert not taken.unclear
    assert {part["name"]: part["value"] for part in taken.args["inputs"]} == {
        "demand": 7300.0,
        "order_cost": 38.0,
        "holding_cost": 2.0,
    }
    assert "check" not in taken.args


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EOQ, True),
        ("EOQ for a demand of 7,300 a year, order cost 38, 2 a year", False),
        ("EOQ for a demand of 7,300 a year, order cost 38", False),
        ("demand 7,300 a year, order cost 38, holding cost 2 a year", False),
    ],
)
def test_a_reading_is_said_if_metric_and_numbers_are_all_named(wording: Wording, text: str, said: bool) -> None:
    planner = Planner(wording)
    message = planner.read(text)
    assert is_said(planner.fit_of("economic_order_quantity", message), message) is said


def test_what_is_said_is_computed_though_it_is_trusted_little(
    monkeypatch: pytest.MonkeyPatch, assistant: Assistant
) -> None:
    monkeypatch.setattr(calling, "trust_in", lambda _found, _message: 0.0)
    (answered,) = talk(assistant, EOQ)
    assert answered.kind == "answer"


def test_the_reading_that_is_trusted_most_is_found_among_all_that_come_into_question(wording: Wording) -> None:
    likely = {"inventory_turnover": 0.05, "economic_order_quantity": 0.9}
    planner = Planner(wording, lambda _: likely)
    found = planner.most_trusted(planner.read("7,300 a year, 38 an order, 2 a year to keep one"))
    assert found is not None
    assert found[0].metric.id == "economic_order_quantity"


def test_without_anything_learned_readings_are_taken_as_they_are(wording: Wording) -> None:
    assert trust_in(*fitted(Planner(wording))) is None


@pytest.mark.parametrize(
    ("text", "names", "inputs", "right"),
    [
        ("95% of 40", ("service_level", "demand"), {"service_level": 95, "demand": 40}, True),
        ("95% of 40", ("service_level", "demand"), {"service_level": 0.95, "demand": 40}, True),
        ("95% of 40", ("demand", "service_level"), {"service_level": 95, "demand": 40}, False),
        ("95% of 40", ("service_level", "demand"), {"service_level": 95}, False),
        ("values 4, 5, 6", ("actual",), {"actual": [4, 5, 6]}, True),
        ("values 4, 5, 6", ("actual",), {"actual": [4, 5, 7]}, False),
        ("values 4, 5, 6", ("actual",), {"actual": 4}, False),
    ],
)
def test_a_reading_is_right_if_all_numbers_are_the_inputs_that_were_meant(
    text: str, names: tuple[str, ...], inputs: dict[str, object], right: bool
) -> None:
    quantities = read_quantities(text).quantities
    assert is_right([Pair(one, name, 0.0) for one, name in zip(quantities, names, strict=True)], inputs) is right


def test_trust_is_learned_from_messages_that_nothing_else_learned() -> None:
    def texts(folder: str) -> set[str]:
        lines = (line for path in (DATA / folder).glob("*.jsonl") for line in path.read_text("utf-8").splitlines())
        return {json.loads(line)["text"] for line in lines}

    assert texts(UNLEARNED.name)
    assert not texts(UNLEARNED.name) & texts("typed")

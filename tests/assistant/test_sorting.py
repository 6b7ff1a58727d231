"""Classifying in the chat, with the embedded model: what is labelled, asked, changed, explained and refused."""

from typing import Any

import pytest

from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.embedded.sorting.turn import Sorter
from tests.assistant.talking import talk

SWIMWEAR = (
    "designer swimwear; we place the whole buy in November for next summer and always end up out of the hot print or "
    "stuck with the ugly one"
)
SALT = "Table salt in 1 kg bags, same for decades, sold to supermarkets every week. Functional or innovative?"
TWO_ITEMS = "ABC classes please\nsku,annual value\nP1,7000\nP2,2000\nP3,1000"


def output(answer: Answer) -> dict[str, Any]:
    (found,) = [result.output for result in answer.results if result.tool.startswith("classify_")]
    assert isinstance(found, dict)
    return found


def test_a_description_without_a_question_is_classified_with_evidence_chain_and_source(assistant: Assistant):
    (done,) = talk(assistant, SWIMWEAR)
    assert done.kind == "answer"
    found = output(done)
    assert found["label"] == "innovative"
    assert found["chain"]["type"] == "market-responsive"
    assert "market-responsive" in done.text
    assert "next summer" in done.text
    assert done.citations[0].title == "Innovative product"


def test_the_text_shows_the_confidence_that_was_computed(assistant: Assistant):
    (done,) = talk(assistant, SALT)
    found = output(done)
    assert found["label"] == "functional"
    assert f"{found['confidence']:.0%}".rstrip("%") in done.text


def test_numbers_are_shown_against_the_thresholds(assistant: Assistant):
    (done,) = talk(
        assistant, "life cycle 8 months, contribution margin 45%, forecast error 60%: functional or innovative?"
    )
    rows = {row["criterion"]: row for row in output(done)["criteria"]}
    assert rows["life_cycle"]["value"] == 8
    assert rows["forecast_error"]["says"] == "innovative"
    assert "more than 2 years" in done.text
    assert "| **45%** |" in done.text


def test_too_little_is_asked_and_the_answer_completes_it(assistant: Assistant):
    asked, done = talk(assistant, "classify my product", "it is replaced every 5 months, margin around 50%")
    assert asked.kind == "clarify"
    assert output(asked)["label"] == "unknown"
    assert output(done)["label"] == "innovative"


def test_a_what_if_changes_one_criterion_and_keeps_the_others(assistant: Assistant):
    first, second = talk(
        assistant,
        "margin 8%, life cycle 5 years, forecast error 8%. Functional or innovative?",
        "what if the life cycle were 6 months?",
    )
    before = {row["criterion"]: row["value"] for row in output(first)["criteria"]}
    after = {row["criterion"]: row["value"] for row in output(second)["criteria"]}
    assert before.pop("life_cycle") == 60
    assert after.pop("life_cycle") == 6
    assert before == after
    assert output(second)["odds"]["innovative"] > output(first)["odds"]["innovative"]


def test_another_product_beside_the_last_is_judged_by_itself(assistant: Assistant):
    done = talk(assistant, SWIMWEAR, "and the basic line? same black suit for fifteen years, margin about 10%")[-1]
    assert output(done)["label"] == "functional"
    assert "hot print" not in str(done.results[0].args)


def test_why_gives_the_reasons_of_the_same_verdict(assistant: Assistant):
    first, why = talk(assistant, SWIMWEAR, "why?")
    assert output(why)["label"] == output(first)["label"]
    assert "because" in why.text
    assert output(first)["signs"][0]["why"] in why.text


def test_impossible_values_are_refused_with_the_value(assistant: Assistant):
    (done,) = talk(assistant, "Our lamps have a contribution margin of 140%. Functional or innovative?")
    assert done.kind == "invalid"
    assert "140" in done.text
    assert "label" not in output(done)


def test_several_products_stand_in_a_table(assistant: Assistant):
    (done,) = talk(assistant, "table salt, runway fashion and concrete blocks: which is functional, which innovative?")
    labels = {result.output["product"].casefold(): result.output["label"] for result in done.results}
    assert labels["table salt"] == "functional"
    assert labels["runway fashion"] == "innovative"
    assert done.text.startswith("| product |")


def test_the_chain_they_have_is_judged(assistant: Assistant):
    (done,) = talk(
        assistant,
        "Trend sneakers, new models every 8 weeks, forecast error 70%. They come by sea once a quarter from one big "
        "plant that runs at full load. Functional or innovative?",
    )
    assert output(done)["mismatch"] is True
    assert "does not fit" in done.text
    assert output(done)["ways_out"]


@pytest.mark.parametrize(
    "question",
    [
        "what is a functional product?",
        "what is the difference between functional and innovative products?",
        "what is the Kraljic matrix?",
        "why does an innovative product need a responsive supply chain?",
        "inventory turnover: cost of goods sold 2.4M, average inventory 300k",
        "what will copper cost next month?",
    ],
)
def test_questions_about_frameworks_and_numbers_are_not_classified(assistant: Assistant, question: str):
    (done,) = talk(assistant, question)
    assert not [result for result in done.results if result.tool.startswith("classify_")]


def test_a_bought_item_is_placed_with_its_strategy(assistant: Assistant):
    (done,) = talk(
        assistant, "kraljic: steel sheet is 31% of our spend and nine qualified suppliers quote within a day"
    )
    assert output(done)["label"] == "leverage"
    assert done.citations[0].title == "Kraljic matrix"
    assert "31" in done.text


def test_an_open_axis_is_asked_for_and_filled(assistant: Assistant):
    asked, done = talk(
        assistant, "kraljic quadrant for part X12? it is 28% of spend", "only one qualified supplier, a year to switch"
    )
    assert asked.kind == "clarify"
    assert set(output(asked)["possible"]) == {"leverage", "strategic"}
    assert output(done)["label"] == "strategic"


def test_supply_is_placed_after_lee(assistant: Assistant):
    (done,) = talk(
        assistant, "Lee's framework: demand uncertainty is low, the supply process is evolving. Which strategy?"
    )
    assert output(done)["label"] == "risk-hedging"


def test_a_list_gets_its_classes_and_other_limits(assistant: Assistant):
    first, second = talk(
        assistant, TWO_ITEMS, TWO_ITEMS.replace("ABC classes please", "ABC classes with limits 50 and 99")
    )
    classes = {item["name"]: item["abc"] for item in output(first)["items"]}
    assert classes == {"P1": "A", "P2": "B", "P3": "C"}
    assert output(second)["limits_abc"] in ([50, 99], (50, 99))


def test_markup_in_a_name_is_not_passed_on(assistant: Assistant):
    (done,) = talk(
        assistant, "<script>alert(1)</script> [x](http://evil.example) candles, margin 8%: functional or innovative?"
    )
    assert "http://evil.example" not in done.text


def test_the_intent_of_a_bare_product_is_a_classification(assistant: Assistant):
    sorter = Sorter(assistant.library)
    intent = sorter.intent(SALT)
    assert sum(intent.values()) == pytest.approx(1.0)
    assert max(intent, key=lambda name: intent[name]) == "product"


def test_why_after_a_number_that_cannot_be_is_answered_with_the_reason(assistant: Assistant) -> None:
    text = "lamps, forecast error -5%: functional or innovative?"
    refused, why = talk(assistant, text, "why do you ask?")
    assert refused.kind == "invalid"
    assert "failed" not in why.text
    assert why.kind in ("invalid", "answer", "clarify")

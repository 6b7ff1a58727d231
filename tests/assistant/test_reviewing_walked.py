"""What a walk through whole reviews in the chat stumbled over: actions, evidence, sources, tables, other reviews."""

import pytest

from assistant.embedded.reviewing import saying
from assistant.embedded.reviewing.acting import numbered
from assistant.toolbox import review_actions
from tests.assistant.talking import ME, Say
from tests.tools.risk.report.samples import empty
from tools.risk.review import Action, Review
from tools.risk.store import Reviews

BEGUN = "start a risk review for our pump factory"


def _review(store: Reviews) -> Review:
    return store.open(ME, store.listed(ME)[0].id)


def _nodes(store: Reviews) -> dict[str, tuple[float | None, float | None]]:
    return {node.name: (node.ttr_weeks, node.cover_weeks) for node in _review(store).nodes}


PART = "motor controller: TTR 20 weeks, stock 4 weeks, margin 80k EUR a week, single source"
THE_ACTION = "Ana takes the action by 31 May 2027"


def _given(store: Reviews) -> dict[str, tuple[str, str]]:
    return {one.text.split()[0]: (one.owner, str(one.due)) for one in _review(store).actions}


@pytest.mark.parametrize(
    "chosen", ["2", "P2", "the second", "number 2", "action two", "the one about survival and recovery"]
)
def test_the_open_actions_are_listed_where_it_is_not_clear_which_is_meant(
    chosen: str, say: Say, store: Reviews
) -> None:
    answer = say(BEGUN, "skip", PART, "next", THE_ACTION)
    assert answer.kind == "clarify"
    assert "**P1** Bring scope and loss limits" in answer.text
    assert "**P2** Bring survival up to recovery" in answer.text
    assert answer.text.endswith("Which action is meant? Say its number, or words of it.")
    assert not _review(store).actions
    answer = say(chosen)
    assert "Bring survival up to recovery" in answer.text
    assert "*Still asked, 1.3" in answer.text
    assert _given(store) == {"Bring": ("Ana", "2027-05-31")}


def test_a_second_owner_is_not_given_to_the_action_that_has_one(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", PART, "give me the report", "Ana, end of May 2027")
    answer = say("Ben takes the action by 1 July 2027")
    assert "Which action is meant?" in answer.text
    assert [(one.owner, str(one.due)) for one in _review(store).actions] == [("Ana", "2027-05-31")]
    say("3")
    assert _given(store)["Decide"] == ("Ben", "2027-07-01")


def test_an_action_that_no_one_knows_is_asked_about_with_the_list(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", PART, "next", "Tim takes the fire drill task by 1.2.2027")
    assert 'Which action is meant by "fire drill"?' in answer.text
    say("4")
    assert _given(store) == {"Ask": ("Tim", "2027-02-01")}


def test_another_message_leaves_the_choice_of_an_action_open(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", PART, "next", THE_ACTION, "skip")
    assert "**1.4" in answer.text
    assert not _review(store).actions


def test_who_takes_the_action_shows_the_actions_and_enters_nothing(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", PART, "who takes the action?")
    assert "**P1** Bring scope and loss limits to the sponsor and get them signed (no owner, no date)" in answer.text
    assert not _review(store).comments


def test_the_only_open_action_is_meant_where_none_is_named() -> None:
    done, open_ = Action(id="1", text="Visit the foundry", status="done"), Action(id="2", text="Sign the contract")
    assert review_actions.named([done, open_], "") == [open_]
    assert review_actions.named([done, open_, Action(id="3", text="Buy a mould")], " ") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("action 3", 2),
        ("Ana takes 2 by May", 1),
        ("3: Tim, 1 June", 2),
        ("4 Kim by June", 3),
        ("the third", 2),
        ("2", 1),
        ("2 May", None),
        ("it takes 2 weeks", None),
        ("number 9", None),
        ("A2", 1),
        ("takes P2", None),
        ("action p4", 3),
        ("Ana by May", None),
    ],
)
def test_actions_are_named_by_their_number(text: str, place: int | None) -> None:
    assert numbered(text, ("A1", "A2", "P3", "P4")) == place


def test_a_name_with_a_time_is_asked_about_as_itself(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "motors: TTR 16 weeks, stock 5 weeks", "seal rings 2 weeks")
    assert "seal rings" in answer.text
    assert "(motors)" not in answer.text
    say("how long the stock lasts")
    assert _nodes(store) == {"motors": (16, 5), "seal rings": (None, 2)}


def test_each_question_says_what_counts_as_evidence_and_answers_are_asked_for_it(say: Say, store: Reviews) -> None:
    asked = say(BEGUN, "go to 6.3")
    question = _review(store).checklist.question("6.3")
    assert question
    assert f"*Counts as evidence:* {question.evidence}" in asked.text
    assert 'What shows it? Say "evidence: ..."' in say("the plant manager decides, sales calls the customers").text
    kept = say("evidence: call list of May")
    assert "What shows it?" not in kept.text
    (answer,) = _review(store).answers_to("6.3")
    assert (answer.value, answer.evidence) == (
        "the plant manager decides, sales calls the customers",
        "call list of May",
    )


def test_what_is_not_known_is_asked_for_no_evidence(say: Say) -> None:
    assert "What shows it?" not in say(BEGUN, "go to 1.5", "we do not know").text


def test_a_suppliers_figure_is_doubted_and_what_was_tested_is_named(say: Say) -> None:
    say(BEGUN, "skip", "castings: it took them 14 weeks to recover after the fire, stock 3 weeks")
    answer = say("supplier says TTR is 10 weeks")
    assert "a gap of 7 weeks" in answer.text
    assert "that is the supplier's own figure" in answer.text
    assert "The 14 weeks before were tested" in answer.text
    assert "a gap of 11 weeks" in say("castings: TTR 14 weeks, tested").text


def test_evidence_that_is_called_so_is_evidence_at_any_kind_of_question(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "go to 2.1", "two or more in regular use", "go to 2.3", "evidence: contract of 2024")
    assert answer.kind == "answer"
    (kept,) = _review(store).answers
    assert (kept.question, kept.evidence) == ("2.1", "contract of 2024")


def test_two_suppliers_are_not_taken_for_one_source(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 2.1", "two suppliers")
    (kept,) = _review(store).answers
    assert str(kept.value).startswith("Two")


@pytest.mark.parametrize("text", ["TTR minus 4 weeks", "castings: TTR -4 weeks", "TTR negative 4 weeks for castings"])
def test_negative_weeks_are_refused_and_name_no_node(text: str, say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "castings: TTR 14 weeks, stock 3 weeks", text)
    assert answer.kind in ("invalid", "clarify")
    assert _nodes(store) == {"castings": (14, 3)}


def test_an_index_on_the_scale_from_nought_to_one_is_not_taken_for_points(say: Say, store: Reviews) -> None:
    assert "10 to 10000" in say(BEGUN, "go to 2.2", "0.38").text
    assert not _review(store).answers


def test_thanks_is_no_answer(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "go to 6.3", "thanks")
    assert "I am not sure how to take that" not in answer.text
    assert "Back to the review, 6.3" in answer.text
    assert not _review(store).answers


PASTED = (
    "Part;TTR weeks;Cover weeks;Margin per week\nCasting;14;3;90000\nMotor;;5;120000\nSeal;-2;4;20000\nTotal;;;230000"
)


@pytest.mark.parametrize("question", ["1.2", "1.1", "6.3"])
@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_table_of_nodes_is_taken_at_any_question(mark: str, question: str, say: Say, store: Reviews) -> None:
    answer = say(BEGUN, f"go to {question}", PASTED.replace(";", mark))
    assert _nodes(store) == {"Casting": (14, 3), "Motor": (None, 5), "Seal": (None, 4)}
    assert '"-2" is negative' in answer.text
    assert "Row 5 (Total) is left out as a row of totals" in answer.text


def test_a_pasted_table_without_a_header_is_asked_for_one(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "Casting\t14\t3\nMotor\t9\t2")
    assert answer.kind == "clarify"
    assert "No row names the columns" in answer.text
    assert not _nodes(store)
    assert "**1.3" in say("next").text


def test_a_step_is_skipped_to_the_next_one(say: Say) -> None:
    assert "**Step 2 of 6" in say(BEGUN, "skip step 1").text
    assert "**Step 4 of 6" in say("go to step 4").text


def test_another_review_is_gone_on_with_by_its_title(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "start a risk review for our other plant in Brno", "resume the pump factory")
    say("bearings: TTR 9 weeks, stock 4 weeks")
    held = {one.title: store.open(ME, one.id).nodes for one in store.listed(ME)}
    assert [node.name for node in held["Pump factory"]] == ["bearings"]
    assert not held["Other plant in Brno"]


def test_of_many_open_actions_ten_are_listed() -> None:
    review = empty().model_copy(update={"actions": [Action(id=f"{at}", text=f"Do {at}") for at in range(1, 14)]})
    listed = review_actions.shown(review, review.actions)
    told, asked = saying.which_action({"which_action": listed, "problems": ["Which?"], "link": "/review?id=1"})
    assert "**A10** Do 10 (no owner, no date)" in told
    assert "Do 11" not in told
    assert "3 more actions on [the review's page](/review?id=1)" in told
    assert asked == "Which?"


@pytest.mark.parametrize("supposed", ["what if stock was 6 weeks", "suppose the recovery took 3 weeks"])
def test_a_what_if_is_worked_out_and_not_entered(supposed: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "next", "motor ttr 10 weeks stock 4 weeks margin 120k per week")
    answer = say(supposed)
    assert [result.tool for result in answer.results] == ["compute_metric"]
    assert _nodes(store) == {"motor": (10, 4)}


def test_what_is_supposed_where_nothing_was_computed_is_not_entered_either(say: Say, store: Reviews) -> None:
    say(BEGUN, "next", "motor ttr 10 weeks stock 4 weeks margin 120k per week", "why do you ask?")
    answer = say("what if the motor's stock was 6 weeks")
    assert answer.kind == "clarify"
    assert "nothing of it is entered" in answer.text
    assert _nodes(store) == {"motor": (10, 4)}

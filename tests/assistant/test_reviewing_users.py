"""What teams stumbled over in the chat: two parts at once, shares, taking back, and numbers that are no level."""

import pytest

from assistant.embedded.context import Run
from assistant.embedded.reviewing.acting import numbered
from assistant.embedded.reviewing.levels import asked_again
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.undoing import undone
from assistant.toolbox import review_actions
from tests.assistant.talking import ME, Say
from tools.risk.review import Action, Review
from tools.risk.store import Reviews

BEGUN = "start a risk review for our pump factory"
TWO = "our castings come from Foundry A, TTR 12 weeks, stock 3 weeks; the motors from B, TTR 8, stock 6"


def _review(store: Reviews) -> Review:
    return store.open(ME, store.listed(ME)[0].id)


def _nodes(store: Reviews) -> dict[str, tuple[float | None, float | None]]:
    return {node.name: (node.ttr_weeks, node.cover_weeks) for node in _review(store).nodes}


def test_two_parts_in_one_message_are_both_kept_and_both_worked_out(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", TWO)
    assert _nodes(store) == {"castings": (12, 3), "motors": (8, 6)}
    assert "castings: a gap of 9 weeks" in answer.text
    assert "motors: a gap of 2 weeks" in answer.text


def test_shares_of_two_suppliers_are_kept(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "bearings: 80/20 between Alder and Birch")
    assert "Alder, 80 % and Birch, 20 %" in answer.text
    (node,) = _review(store).nodes
    assert [(one.supplier, one.share) for one in node.sources] == [("Alder", 0.8), ("Birch", 0.2)]


def test_new_shares_that_make_a_whole_replace_the_old_ones(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "bearings: 80/20 between Alder and Birch", "bearings: 60/40 between Alder and Cedar")
    (node,) = _review(store).nodes
    assert [(one.supplier, one.share) for one in node.sources] == [("Alder", 0.6), ("Cedar", 0.4)]


def test_shares_above_the_whole_are_refused_with_the_reason(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "seals: Alder 80%, Birch 40%")
    assert answer.kind == "invalid"
    assert "120 %" in answer.text
    assert "Alder 80 % and Birch 40 %" in answer.text
    assert not _review(store).nodes


def test_the_last_entry_is_taken_back(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "seals: TTR 9 weeks, 4 weeks of stock", TWO, "delete the last entry")
    assert [one.tool for one in answer.results] == ["take_back_entry"]
    assert _nodes(store) == {"seals": (9, 4)}
    table = next(one for one in _review(store).answers if one.question == "1.2").value
    assert [row["Node"] for row in table] == ["seals"]  # type: ignore[union-attr,index]
    assert "castings: removed" in answer.text


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("undo", "take_back_entry"),
        ("Undo that, please.", "take_back_entry"),
        ("oh, please take that back", "take_back_entry"),
        ("can you delete the last entry?", "take_back_entry"),
        ("no, that was a mistake", "take_back_entry"),
        ("scratch that, 6 weeks of stock", ""),
        ("we would have to undo the tooling", ""),
        ("we cannot take back the volume", ""),
        ("remove the single source by a second one", ""),
    ],
)
def test_words_that_take_back(text: str, tool: str) -> None:
    run = Run("record_answers", {}, {"recorded": ["x"], "entered": {"after": 1, "until": 2}, "review_id": "r"})
    step = undone(text, State({"review_id": "r", "status": "open", "link": "/review?id=r"}, ((run,),), True))
    assert (step.calls[0][0] if step else "") == tool


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("7", True),
        ("five", True),
        ("-1", True),
        ("2.5", True),
        ("maybe 12", True),
        ("3 weeks", True),
        ("40 %", True),
        ("2", False),
        ("level 3", False),
        ("zero", False),
        ("7 suppliers, all audited", False),
        ("in 2024 a flood", False),
    ],
)
def test_numbers_that_are_no_level(text: str, asks: bool) -> None:
    question = {"id": "1.6", "short": "Past", "kind": "text", "options": [], "anchors": ["a", "b", "c", "d"]}
    step = asked_again(text, State({"review_id": "r", "status": "open", "question": question}, (), True))
    assert (step is not None) is asks
    assert step is None or all(f"- {level}: {anchor}" in step.text for level, anchor in enumerate("abcd"))


def test_taking_back_twice_goes_back_two_entries(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "seals: TTR 9 weeks", "the seals TTR is 7 weeks")
    assert "9 weeks again" in say("undo that").text
    assert _nodes(store) == {"seals": (9, None)}
    say("undo")
    assert not _review(store).nodes
    assert "nothing to take back" in say("undo that").text


def test_an_answer_that_is_taken_back_is_asked_again(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 2.1", "one source, another is known")
    answer = say("undo that")
    assert not _review(store).answers
    assert "2.1" in answer.text
    assert "One source, no other known" in answer.text


def test_undo_after_a_skip_goes_back(say: Say) -> None:
    assert "1.1" in say(BEGUN, "skip", "undo that").text


def test_what_is_taken_back_is_not_spoken_of_any_more(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "seals: TTR 9 weeks", "undo that", "and 5 weeks of stock")
    assert "Which part" in answer.text
    assert not _review(store).nodes


def test_a_correction_with_a_number_takes_nothing_back(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "seals: TTR 9 weeks, 4 weeks of stock", "scratch that, 6 weeks of stock")
    assert _nodes(store) == {"seals": (9, 6)}


@pytest.mark.parametrize("number", ["7", "3 weeks"])
def test_a_number_that_is_no_level_is_asked_again_with_the_anchors(say: Say, store: Reviews, number: str) -> None:
    answer = say(BEGUN, "go to 4.2", number)
    assert answer.kind == "clarify"
    assert "level from 0 to 3" in answer.text
    question = _review(store).checklist.question("4.2")
    assert question is not None
    assert all(anchor in answer.text for anchor in question.anchors)
    assert not _review(store).answers
    say("2")
    assert _review(store).answers_to("4.2")[0].maturity == 2


def test_a_number_that_is_no_level_of_the_last_answer_is_asked_again(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "we look at pumps in 2027, anything above 200k EUR is too much", "7")
    assert '"7" is no level' in answer.text
    assert _review(store).answers_to("1.1")[0].maturity is None
    say("2")
    assert _review(store).answers_to("1.1")[0].maturity == 2


@pytest.mark.parametrize("number", ["7", "3 weeks"])
def test_a_number_that_is_no_choice_is_asked_again_with_the_choices(say: Say, store: Reviews, number: str) -> None:
    answer = say(BEGUN, "go to 2.1", number)
    assert answer.kind == "clarify"
    assert "Two or more in regular use" in answer.text
    assert not _review(store).answers
    assert not _review(store).comments


def test_a_number_where_one_is_asked_for_is_an_answer(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 5.3", "7")
    assert _review(store).answers_to("5.3")[0].value == 7


def test_a_new_node_does_not_change_the_one_before(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "wafers: TTR 20 weeks, 4 weeks of stock")
    say(
        "optical fibre is from Corning, TTR 10 weeks", "line 3 has a TTR of 6 weeks", "the fab in Dresden: TTR 26 weeks"
    )
    kinds = {node.name: node.kind for node in _review(store).nodes}
    assert kinds == {"wafers": "part", "optical fibre": "part", "line 3": "site", "fab in Dresden": "site"}
    assert _nodes(store)["wafers"] == (20, 4)


def test_taking_a_node_out_leads_to_the_page(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "seals: TTR 9 weeks", "delete the seals")
    assert "/review?id=" in answer.text
    assert _nodes(store) == {"seals": (9, None)}


def test_several_critical_nodes_named_in_one_sentence_are_all_kept(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "most critical are wafers, gases and the foundry in Lyon")
    kinds = {node.name: node.kind for node in _review(store).nodes}
    assert kinds == {"wafers": "part", "gases": "part", "foundry in Lyon": "supplier"}


def test_what_was_refused_is_not_taken_back_from_the_entry_before(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "seals: TTR 9 weeks", "seals: -3 weeks of stock")
    assert "Nothing of that was entered" in say("undo that").text
    assert _nodes(store) == {"seals": (9, None)}
    say("undo")
    assert not _review(store).nodes


def test_limits_in_days_are_no_figure_of_a_node(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "we cover sensors, all sites, 2027. 2 million EUR or 10 days without delivery is unacceptable")
    assert answer.kind == "answer"
    scope = _review(store).scope
    assert (scope.product_lines, scope.loss_limit, scope.stockout_limit_days) == ("sensors", 2_000_000, 10)


def test_a_question_named_by_its_number_is_gone_to_wherever_it_stands(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "go to 4.2", "actually nobody owns the tooling, change 3.5")
    assert "**3.5" in answer.text
    assert not _review(store).answers


def test_owner_and_date_of_an_action_just_added(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 3.2", "add an action: sign a tooling contract", "Jonas does it by end of June")
    (action,) = _review(store).actions
    assert (action.text, action.owner, action.due and action.due.month) == ("Sign a tooling contract", "Jonas", 6)
    assert not _review(store).answers


PART = "motor controller: TTR 20 weeks, stock 4 weeks, margin 80k EUR a week, single source"
THE_ACTION = "Ana takes the action by 31 May 2027"


def _given(store: Reviews) -> dict[str, tuple[str, str]]:
    return {one.text.split()[0]: (one.owner, str(one.due)) for one in _review(store).actions}


@pytest.mark.parametrize("chosen", ["2", "the second", "number 2", "action two", "the one about survival and recovery"])
def test_the_open_actions_are_listed_where_it_is_not_clear_which_is_meant(
    chosen: str, say: Say, store: Reviews
) -> None:
    answer = say(BEGUN, "skip", PART, "next", THE_ACTION)
    assert answer.kind == "clarify"
    assert "1. Bring scope and loss limits" in answer.text
    assert "2. Bring survival up to recovery" in answer.text
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
    assert "1. Bring scope and loss limits to the sponsor and get them signed (no owner, no date)" in answer.text
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
        ("Ana by May", None),
    ],
)
def test_actions_are_named_by_their_number(text: str, place: int | None) -> None:
    assert numbered(text, 4) == place


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

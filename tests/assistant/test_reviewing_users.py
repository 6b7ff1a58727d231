"""What teams stumbled over in the chat: two parts at once, shares, taking back, and numbers that are no level."""

import pytest

from assistant.embedded.context import Run
from assistant.embedded.reviewing.levels import asked_again
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.undoing import undone
from tests.assistant.talking import ME, Say
from tools.risk.review import Review
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

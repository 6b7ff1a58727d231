"""Who takes which of the actions that a report of the chat lists: people, numbers and dates, as tired people type."""

from datetime import date

import pytest

from assistant.embedded.reviewing.assigning import Given, read_assignment, several_people
from assistant.embedded.reviewing.dates import dates_in, due_in
from tests.assistant.talking import ME, Say
from tools.risk.report import build_report
from tools.risk.store import Reviews

TODAY = date(2026, 11, 23)
LISTED, MIXED = ("P1", "P2", "P3"), ("A1", "A3", "P1", "P2")
MARCH, MAY, JUNE = date(2027, 3, 31), date(2027, 5, 31), date(2027, 6, 30)
BEGUN = (
    "start a risk review for our pump factory",
    "next",
    "motor ttr 10 weeks stock 4 weeks margin 120k per week",
    "give me the report",
)
YEAR = date.today().year + 1


def _owners(store: Reviews) -> dict[str, tuple[str, str]]:
    review = store.open(ME, store.listed(ME)[0].id)
    return {" ".join(one.text.split()[:2]): (one.owner, str(one.due)) for one in review.actions}


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Ana takes 1 and Ben takes 2, both by end of march", [Given((0,), "Ana", MARCH), Given((1,), "Ben", MARCH)]),
        ("Wei takes all of them by mid march", [Given((), "Wei", date(2027, 3, 15), "all")]),
        ("1 Tom 2027-04-30", [Given((0,), "Tom", date(2027, 4, 30))]),
        ("2 - Tom end of june", [Given((1,), "Tom", JUNE)]),
        ("ana 1, ben 2", [Given((0,), "ana"), Given((1,), "ben")]),
        ("1 ana march, 2 ben june", [Given((0,), "ana", MARCH), Given((1,), "ben", JUNE)]),
        ("1 and 3 Ana by May, 2 Ben", [Given((0, 2), "Ana", MAY), Given((1,), "Ben")]),
        ("Ana does 1-3 by q1", [Given((0, 1, 2), "Ana", MARCH)]),
        ("assign 1 to Ana and 2 to Ben", [Given((0,), "Ana"), Given((1,), "Ben")]),
        ("Ana takes 1 by March and 2 by June", [Given((0,), "Ana", MARCH), Given((1,), "Ana", JUNE)]),
        ("Ana takes 1, Tom the rest", [Given((0,), "Ana"), Given((), "Tom", None, "rest")]),
        ("the first one Ana, the second Ben", [Given((0,), "Ana"), Given((1,), "Ben")]),
        ("Ana: 1, Ben: 2, 3; all by june", [Given((0,), "Ana", JUNE), Given((1, 2), "Ben", JUNE)]),
        ("1: Ana, 2: Ben by 30 June", [Given((0,), "Ana"), Given((1,), "Ben", JUNE)]),
        ("everything by end of june", [Given((), "", JUNE, "all")]),
        ("P2 Ana", [Given((1,), "Ana")]),
        ("Ana takes p1-p3 by q1", [Given((0, 1, 2), "Ana", MARCH)]),
        ("head of quality takes 2 by 25/06/2027", [Given((1,), "head of quality", date(2027, 6, 25))]),
    ],
)
def test_people_numbers_and_dates_are_read_together(text: str, given: list[Given]) -> None:
    read = read_assignment(text, LISTED, TODAY, listed_now=True)
    assert read is not None
    assert read.trouble is None
    assert list(read.given) == given


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("Ana and Ben take 1", "who"),
        ("1 - jo and tom", "who"),
        ("Ana takes 7", "number"),
        ("Ana takes 1 and 2 goes to Ben", "which"),
        ("Ana takes 1, Ben takes 1", "which"),
        ("1 Ana, nobody yet for 2", "which"),
        ("head of quality takes 2 by 05/06/2027", "which"),
        ("both Ana by June", "which"),
        ("A2 Ana", "number"),
        ("Ana takes A2", "number"),
        ("A1 Ana, A2 Ben by June", "number"),
        ("action A2: Ana by end of May", "number"),
    ],
)
def test_what_is_not_clear_is_not_taken(text: str, trouble: str) -> None:
    read = read_assignment(text, LISTED, TODAY, listed_now=True)
    assert read is not None
    assert (read.trouble, read.given) == (trouble, ())


@pytest.mark.parametrize(
    "text",
    [
        "it takes 2 weeks",
        "2 suppliers in China",
        "motor takes 2 weeks to recover",
        "level 2",
        "2",
        "option 3",
        "2, evidence: log of 2025",
        "we have 3 plants and Ana runs 2",
        "alternates take 60 % by June",
        "all of it is single source",
        "stock 6, ttr 8",
        "Ana by end of May",
        "the one about survival and recovery",
        "limit 2M EUR in 2027",
        "plant A2 stock 4",
        "machine A2 needs 2 weeks",
    ],
)
def test_other_answers_are_no_assignment(text: str) -> None:
    assert read_assignment(text, LISTED, TODAY, listed_now=True) is None


@pytest.mark.parametrize("text", ["ana 1, ben 2", "1 Tom June", "alternates take all by June", "suppliers takes 2"])
def test_bare_numbers_are_of_actions_only_after_a_list_of_them(text: str) -> None:
    assert read_assignment(text, LISTED, TODAY, listed_now=False) is None


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("A3 Ana", [Given((1,), "Ana")]),
        ("3 Ana by end of june", [Given((1,), "Ana", JUNE)]),
        ("a1 ana, p1 ben", [Given((0,), "ana"), Given((2,), "ben")]),
        ("Ana takes A1 to A3", [Given((0, 1), "Ana")]),  # A2 is done
        ("Ana does A1-3", [Given((0, 1), "Ana")]),
        ("2: Ben", [Given((3,), "Ben")]),
        ("the second Ana", [Given((1,), "Ana")]),
        ("the 3rd one goes to Ben", [Given((2,), "Ben")]),
    ],
)
def test_a_number_means_the_same_action_as_in_the_report(text: str, given: list[Given]) -> None:
    read = read_assignment(text, MIXED, TODAY, listed_now=True)
    assert read is not None
    assert (read.trouble, list(read.given)) == (None, given)


@pytest.mark.parametrize(
    ("text", "trouble", "number"),
    [
        ("1 Ana", "either", "1"),
        ("Ana takes 1 and Ben 3", "either", "1"),
        ("A2 Ana", "number", "A2"),
        ("P3 Ana by June", "number", "P3"),
        ("Ana takes 7", "number", "7"),
        ("Ana does A1-A4", "number", "A4"),
    ],
)
def test_a_number_of_two_or_of_none_is_asked_about(text: str, trouble: str, number: str) -> None:
    read = read_assignment(text, MIXED, TODAY, listed_now=True)
    assert read is not None
    assert (read.trouble, read.number, read.given) == (trouble, number, ())


def test_several_people_without_numbers_are_noticed() -> None:
    assert several_people("Ana takes the survival one and Ben takes the scope") == "which"
    assert several_people("Ana and Ben take the survival one") == "who"
    assert several_people("Ana takes the survival one by end of May") is None


@pytest.mark.parametrize(
    "text",
    [
        "Tom takes the fire drill and Kim the survival plan",
        "Tom takes the fire drill, Kim the plan",
        "Tom takes the fire drill by May and Kim the plan by June",
        "Tom takes the fire drill and Kim",
        "Tom takes the fire drill and I the plan",
    ],
)
def test_a_second_person_is_noticed_without_a_verb(text: str) -> None:
    assert several_people(text) == "which"


@pytest.mark.parametrize(
    "text",
    [
        "Ana takes the talks with Siemens and Bosch by May",
        "Ana takes the action, March",
        "Ana Costa takes it by May and informs the board",
        "Ana takes the survival one and June will do",
        "Ana takes the fire drill. Thanks",
        "Ana handles the dual source and EU lanes",
    ],
)
def test_companies_months_and_places_are_no_second_person(text: str) -> None:
    assert several_people(text) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("beginning of June", date(2027, 6, 10)),
        ("before June", date(2027, 5, 31)),
        ("end june", JUNE),
        ("in 2 weeks", date(2026, 12, 7)),
        ("30/06/2027", JUNE),
        ("05/06/2027", None),
    ],
)
def test_dates_as_people_say_them(text: str, due: date | None) -> None:
    assert due_in(text, TODAY) == due


def test_each_date_of_a_text_is_found_in_its_place() -> None:
    assert [when for _, _, when in dates_in("1 by 31 May, 2 by 30.6.2027", TODAY)] == [MAY, JUNE]


def test_two_people_get_the_actions_that_they_were_given(say: Say, store: Reviews) -> None:
    say(*BEGUN, f"Ana takes 1 and Ben takes 2, both by end of march {YEAR}")
    assert _owners(store) == {"Bring scope": ("Ana", f"{YEAR}-03-31"), "Bring survival": ("Ben", f"{YEAR}-03-31")}


def test_numbers_stay_when_actions_are_given(say: Say, store: Reviews) -> None:
    answer = say(*BEGUN, f"2 - Tom end of june {YEAR}", "report")
    assert "**A1** Bring survival up to recovery by stock, alternates or a faster restart" in answer.text
    assert "**P1** Bring scope" in answer.text
    answer = say(f"1 Kim {YEAR}-04-30")
    assert "could be an action (A) or a proposal (P)" in answer.text
    say(f"P1 Kim {YEAR}-04-30", "3 Ana")
    assert _owners(store) == {
        "Bring scope": ("Kim", f"{YEAR}-04-30"),
        "Bring survival": ("Tom", f"{YEAR}-06-30"),
        "Ask the": ("Ana", "None"),
    }


def test_all_of_them_takes_nothing_from_anybody(say: Say, store: Reviews) -> None:
    answer = say(*BEGUN, "1 Tom", f"Wei takes all of them by 15 March {YEAR}")
    assert "Left as they are" in answer.text
    assert "P1 (Tom)" in answer.text
    assert _owners(store) == {
        "Bring scope": ("Tom", "None"),
        "Bring survival": ("Wei", f"{YEAR}-03-15"),
        "Ask the": ("Wei", f"{YEAR}-03-15"),
    }


def test_two_people_for_one_action_are_asked_about_and_the_next_message_is_read_anew(say: Say, store: Reviews) -> None:
    answer = say(*BEGUN, "Ana and Ben take 1")
    assert answer.kind == "clarify"
    assert "One person answers for an action" in answer.text
    assert not _owners(store)
    say("1 Ana")
    assert _owners(store) == {"Bring scope": ("Ana", "None")}


def test_an_assignment_is_no_part_of_the_choice_that_was_asked_for(say: Say, store: Reviews) -> None:
    say(*BEGUN[:3], f"Wei takes the action by 15 March {YEAR}", f"1 Tom {YEAR}-04-30")
    assert _owners(store) == {"Bring scope": ("Tom", f"{YEAR}-04-30")}


def test_a_number_that_is_not_listed_is_told_and_never_kept_as_a_remark(say: Say, store: Reviews) -> None:
    assert "There is no action 9" in say(*BEGUN, "Ana takes 9").text
    say("level 2")
    review = store.open(ME, store.listed(ME)[0].id)
    assert not _owners(store)
    assert not review.comments
    assert not any("Ana" in answer.comment for answer in review.answers)


def test_a_date_that_is_past_is_no_due_date(say: Say, store: Reviews) -> None:
    answer = say(*BEGUN, f"1 Ana {YEAR - 2}-06-30")
    assert f"30 June {YEAR - 2} is past" in answer.text
    assert _owners(store) == {"Bring scope": ("Ana", "None")}


def test_i_is_the_name_that_is_said_in_the_review(say: Say, store: Reviews) -> None:
    say(*BEGUN, f"I take 3 by June {YEAR}")
    assert _owners(store) == {"Ask the": ("Ada", f"{YEAR}-06-30")}


def test_a_report_leads_to_every_format(say: Say) -> None:
    text = say(*BEGUN).text
    for name in ("Word", "Excel", "PDF", "Markdown", "JSON"):
        assert f"[{name}](/reviews/" in text


def test_who_was_named_second_is_never_dropped(say: Say, store: Reviews) -> None:
    answer = say(*BEGUN, "Tom takes the fire drill and Kim the survival plan")
    assert "nothing of it is entered" in answer.text
    say("2")
    assert not _owners(store)


def test_a_number_that_stands_in_no_list_is_asked_about(say: Say, store: Reviews) -> None:
    answer = say(*BEGUN, "A2 Ana")
    assert "There is no action A2 in this list" in answer.text
    say(f"Wei takes the action by 15 March {YEAR}")
    answer = say("A1")
    assert "There is no action A1 in this list" in answer.text
    assert not _owners(store)
    assert 'like "P1 Ana by 31 May"' in answer.text
    say(f"P2 Wei {YEAR}-03-15")
    assert _owners(store) == {"Bring survival": ("Wei", f"{YEAR}-03-15")}


def test_chat_and_report_call_an_action_the_same(say: Say, store: Reviews) -> None:
    answer = say(*BEGUN, "P3 Ana", f"P1 Tom {YEAR}-04-30", "give me the report")
    review = store.open(ME, store.listed(ME)[0].id)
    for row in build_report(review, date.today()).actions:
        assert f"**A{row.number}** {row.text}" in answer.text
    say("A1 Kim")
    assert _owners(store)["Ask the"] == ("Kim", "None")

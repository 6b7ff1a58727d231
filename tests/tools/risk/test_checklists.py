"""The checklist that ships holds together, faults are named, and a team can add questions of its own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import NOTES
from knowledge.vault import load_vault
from tools.risk.checklist import Checklist, Question, RedFlag
from tools.risk.checklists import (
    FILE,
    MOST_OWN,
    RULES,
    changed_question,
    check,
    load_checklist,
    with_question,
    without_question,
)
from tools.risk.errors import ReviewError

OWN: dict[str, Any] = {"ask": "How many weeks does the customs office take?", "kind": "number", "unit": "weeks"}
STEPS = [
    "Analyze and monitor risk exposure",
    "Diversify supply sources",
    "Re-evaluate make versus buy",
    "Build stronger supplier relationships",
    "Share real-time information with partners",
    "Run regular stress tests",
]


def data() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


def load(tmp_path: Path, changed: dict[str, Any]) -> Checklist:
    file = tmp_path / "changed.yaml"
    file.write_text(yaml.safe_dump(changed), "utf-8")
    return load_checklist(file)


def test_the_six_steps_of_the_founding_note_with_their_31_questions() -> None:
    checklist = load_checklist()
    assert [step.name for step in checklist.steps] == STEPS
    assert [len(step.questions) for step in checklist.steps] == [6, 5, 5, 5, 5, 5]
    for step in checklist.steps:
        assert [one.id for one in step.questions] == [f"{step.number}.{n}" for n in range(1, len(step.questions) + 1)]


@pytest.mark.parametrize("question", load_checklist().questions, ids=lambda one: one.id)
def test_every_question_can_be_asked_judged_and_acted_on(question: Question) -> None:
    assert question.ask.endswith("?")
    assert 2 <= len(question.short.split()) <= 5
    assert question.why
    assert question.evidence
    assert question.action
    assert question.basis
    assert len(question.anchors) == 4
    assert len(set(question.anchors)) == 4
    flag = question.red_flag
    assert flag is not None
    assert flag.text
    assert flag.rule or flag.maturity_at_most is not None or flag.value is not None, "nothing would ever raise it"


def test_every_rule_is_used_by_a_question() -> None:
    used = {question.red_flag.rule for question in load_checklist().questions if question.red_flag}
    assert used - {""} == RULES


def test_terms_and_notes_are_titles_in_the_vault() -> None:
    titles = set(load_vault(NOTES).notes)
    for step in load_checklist().steps:
        assert step.note in titles
        for question in step.questions:
            assert question.terms
            assert set(question.terms) <= titles, f"{question.id}: {set(question.terms) - titles}"


def test_the_default_is_loaded_once() -> None:
    assert load_checklist() is load_checklist()
    assert load_checklist(FILE) == load_checklist()


def test_a_checklist_survives_json() -> None:
    checklist = load_checklist()
    assert Checklist.model_validate(json.loads(checklist.model_dump_json())) == checklist


def test_a_condition_on_a_question_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    changed = data()
    changed["steps"][1]["questions"][2]["only_if"] = {"question": "9.9"}
    with pytest.raises(ReviewError, match=re.escape("Question 2.3 depends on question 9.9, which does not exist")):
        load(tmp_path, changed)


def test_a_condition_on_a_later_question_is_refused_and_with_it_every_cycle(tmp_path: Path) -> None:
    changed = data()
    changed["steps"][0]["questions"][0]["only_if"] = {"question": "2.3"}
    with pytest.raises(ReviewError, match=re.escape("Question 1.1 depends on question 2.3, which comes later")):
        load(tmp_path, changed)
    changed["steps"][0]["questions"][0]["only_if"] = {"question": "1.1"}
    with pytest.raises(ReviewError, match=re.escape("which comes later")):
        load(tmp_path, changed)


@pytest.mark.parametrize(
    ("place", "change", "said"),
    [
        ((0, 1), {"id": "1.1"}, "1.1 comes twice"),
        ((0, 3), {"options": [], "scores": []}, "1.4 is a choice and needs at least two options"),
        ((0, 3), {"options": ["A", "a"], "scores": []}, "has the option 'a' twice"),
        ((0, 3), {"scores": [0, 1]}, "has 2 scores for 4 options"),
        ((0, 0), {"options": ["A", "B"]}, "1.1 has options but asks for a text"),
        ((1, 2), {"unit": ""}, "2.3 asks for a number and needs a unit"),
        ((1, 2), {"least": 9, "most": 3}, "least 9 above most 3"),
        ((0, 1), {"columns": []}, "1.2 asks for a table and needs columns"),
        ((0, 1), {"columns": [{"name": "Node"}, {"name": "node"}]}, "the column 'node' twice"),
        ((0, 1), {"columns": [{"name": "S", "kind": "share", "parts_of": "T"}]}, "parts of 'T'"),
        ((0, 0), {"columns": [{"name": "Node"}]}, "1.1 has columns but asks for a text"),
        ((0, 5), {"anchors": ["only", "three", "here"]}, "1.6 has 3 anchors"),
        ((0, 5), {"red_flag": {"text": "x", "rule": "magic"}}, "the rule 'magic', which does not exist"),
        ((2, 0), {"red_flag": {"text": "x", "value": {"column": "Nope"}}}, "a flag on the column 'Nope'"),
        ((1, 2), {"only_if": {"question": "2.1", "equals": "Seven"}}, "'Seven' in 2.1, which is none of its options"),
        ((1, 2), {"only_if": {"question": "2.1", "at_least": 2}}, "compares 2.1 with a number"),
        ((1, 2), {"only_if": {"question": "1.2", "equals": "x"}}, "compares all of 1.2, a table; use includes"),
        ((1, 2), {"only_if": {"question": "2.1", "answered": False}}, "leave `answered` out"),
    ],
)
def test_what_does_not_hold_together_is_named(
    tmp_path: Path, place: tuple[int, int], change: dict[str, Any], said: str
) -> None:
    changed = data()
    changed["steps"][place[0]]["questions"][place[1]].update(change)
    with pytest.raises(ReviewError, match=re.escape(said)):
        load(tmp_path, changed)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    changed = data()
    changed["steps"][1]["number"] = 1
    changed["steps"][0]["questions"][5]["anchors"] = []
    with pytest.raises(ReviewError) as error:
        load(tmp_path, changed)
    assert [one.field for one in error.value.wrong] == ["step 1", "1.6"]


def test_a_field_of_the_wrong_kind_is_named_with_its_place_and_value(tmp_path: Path) -> None:
    changed = data()
    changed["steps"][0]["questions"][0]["kind"] = "essay"
    with pytest.raises(ReviewError, match=re.escape("steps.0.questions.0.kind is 'essay'")):
        load(tmp_path, changed)


@pytest.mark.parametrize("content", [b"steps: [", b"\xff\xfe\x00", b"- just\n- a list", b""])
def test_a_file_that_is_no_checklist_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.yaml"
    file.write_bytes(content)
    with pytest.raises(ReviewError, match=re.escape("broken.yaml")):
        load_checklist(file)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match=re.escape("nowhere.yaml cannot be read")):
        load_checklist(tmp_path / "nowhere.yaml")


def test_a_team_adds_a_question_at_its_place_and_the_original_stays() -> None:
    before = load_checklist()
    changed = with_question(before, OWN, 2, after="2.3")
    assert [one.id for one in changed.steps[1].questions] == ["2.1", "2.2", "2.3", "own.1", "2.4", "2.5"]
    added = changed.question("own.1")
    assert added is not None
    assert added.own
    assert added.unit == "weeks"
    assert before.question("own.1") is None
    assert with_question(before, OWN, 6).questions[-1].id == "own.1"


def test_an_own_question_follows_the_one_that_it_depends_on() -> None:
    one = with_question(load_checklist(), OWN, 2, after="2.1")
    two = with_question(one, {**OWN, "only_if": {"question": "own.1"}}, 2, after="2.1")
    assert [question.id for question in two.steps[1].questions][:4] == ["2.1", "own.1", "own.2", "2.2"]
    late = with_question(load_checklist(), {**OWN, "only_if": {"question": "2.1"}}, 2, after="2.3")
    assert [question.id for question in late.steps[1].questions][3] == "own.1"


@pytest.mark.parametrize(
    "question",
    [
        {"ask": "Is it insured?", "kind": "choice", "options": ["Yes", "No"]},
        {"ask": "Which ports?", "kind": "choices", "options": ["Hamburg", "Koper"]},
        OWN,
        {"ask": "What do people say?", "kind": "text"},
        {"ask": "Who?", "kind": "table", "columns": [{"name": "Who"}, {"name": "Share", "kind": "share"}]},
    ],
)
def test_own_questions_are_of_any_kind_with_conditions_on_earlier_answers(question: dict[str, Any]) -> None:
    needs = {"question": "2.1", "equals": "Two or more in regular use"}
    changed = with_question(load_checklist(), {**question, "only_if": needs}, 2)
    added = changed.question("own.1")
    assert added is not None
    assert added.only_if is not None
    assert added.only_if.equals == needs["equals"]


def test_own_questions_may_depend_on_own_ones_that_come_before() -> None:
    one = with_question(load_checklist(), OWN, 2, after="2.1")
    two = with_question(one, {**OWN, "only_if": {"question": "own.1", "at_least": 4}}, 2, after="own.1")
    assert [question.id for question in two.steps[1].questions][:3] == ["2.1", "own.1", "own.2"]
    with pytest.raises(ReviewError, match="which comes later"):
        with_question(one, {**OWN, "only_if": {"question": "own.1"}}, 1)
    with pytest.raises(ReviewError, match=re.escape("cannot be removed, as own.2 depends on it")):
        without_question(two, "own.1")


def test_numbers_of_removed_questions_are_not_used_again() -> None:
    changed = with_question(with_question(load_checklist(), OWN, 1), OWN, 1)
    changed = without_question(changed, "own.2")
    changed = with_question(changed, OWN, 1)
    assert [question.id for question in changed.questions if question.own] == ["own.1", "own.3"]
    again = Checklist.model_validate_json(without_question(changed, "own.3").model_dump_json())
    assert with_question(again, OWN, 1).question("own.4") is not None


def test_id_and_ownership_cannot_be_chosen() -> None:
    changed = with_question(load_checklist(), {**OWN, "id": "1.1", "own": False}, 1)
    assert changed.question("own.1") is not None
    check(changed)


def test_there_are_at_most_sixty_own_questions() -> None:
    changed = load_checklist()
    for _ in range(MOST_OWN):
        changed = with_question(changed, OWN, 3)
    with pytest.raises(ReviewError, match="60 own questions, the most there can be"):
        with_question(changed, OWN, 3)
    assert with_question(without_question(changed, "own.60"), OWN, 3).question("own.61") is not None


def test_step_and_place_must_exist() -> None:
    with pytest.raises(ReviewError, match=re.escape("There is no step 9; choose from 1, 2, 3, 4, 5, 6.")):
        with_question(load_checklist(), OWN, 9)
    with pytest.raises(ReviewError, match=re.escape("Question 3.1 is not in step 2")):
        with_question(load_checklist(), OWN, 2, after="3.1")


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "text"},
        {"ask": "", "kind": "text"},
        {"ask": "\x00\x07 ", "kind": "text"},
        {"ask": "x" * 2000, "kind": "text"},
        {"ask": "How many?", "kind": "number"},
        {"ask": "Which?", "kind": "choice", "options": ["One"]},
        {"ask": "Which?", "kind": "choice", "options": ["One", ""]},
        {"ask": "Which?", "kind": "choice", "options": [f"Option {n}" for n in range(31)]},
        {"ask": "What?", "kind": "text", "surprise": True},
        {"ask": "What?", "kind": "text", "only_if": {"question": "own.9"}},
    ],
)
def test_an_own_question_that_does_not_hold_together_changes_nothing(broken: dict[str, Any]) -> None:
    before = load_checklist().model_dump_json()
    with pytest.raises(ReviewError):
        with_question(load_checklist(), broken, 2)
    assert load_checklist().model_dump_json() == before


def test_control_characters_go_and_markup_stays_as_typed() -> None:
    changed = with_question(load_checklist(), {"ask": "Is <script>x</script>\x00\ud800 safe?", "kind": "text"}, 2)
    added = changed.question("own.1")
    assert added is not None
    assert added.ask == "Is <script>x</script> safe?"


def test_own_questions_can_be_changed_but_not_their_kind() -> None:
    added = with_question(load_checklist(), OWN, 2)
    changed = changed_question(added, "own.1", {"ask": "How many days?", "unit": "days", "id": "own.7"})
    question = changed.question("own.1")
    assert question is not None
    assert (question.ask, question.unit) == ("How many days?", "days")
    with pytest.raises(ReviewError, match="answers to it may exist"):
        changed_question(added, "own.1", {"kind": "text", "unit": ""})
    with pytest.raises(ReviewError, match="needs a unit"):
        changed_question(added, "own.1", {"unit": ""})


def test_questions_of_the_common_checklist_stay() -> None:
    with pytest.raises(ReviewError, match=re.escape("Question 1.3 belongs to the common checklist and stays")):
        without_question(load_checklist(), "1.3")
    with pytest.raises(ReviewError, match="belongs to the common checklist"):
        changed_question(load_checklist(), "1.3", {"ask": "Else?"})
    with pytest.raises(ReviewError, match=re.escape("There is no question own.5")):
        without_question(load_checklist(), "own.5")


def test_a_ready_made_question_can_be_added_too() -> None:
    ready = Question(id="own.9", ask="Why?", kind="text", red_flag=RedFlag(text="Nobody knows", maturity_at_most=0))
    added = with_question(load_checklist(), ready, 4).question("own.1")
    assert added is not None
    assert added.red_flag == ready.red_flag

"""Questions of a team's own over HTTP: changed and removed, and what was left out of a table that answers one."""

import pytest

CHOICE = {"ask": "Where are the moulds?", "kind": "choice", "options": ["Here", "At the supplier"]}
NUMBER = {"ask": "How many moulds?", "kind": "number", "unit": "moulds"}
TABLE = {
    "ask": "Which moulds?",
    "kind": "table",
    "columns": [{"name": "Mould", "kind": "text"}, {"name": "Weeks", "kind": "weeks"}],
}


@pytest.fixture
def add(ana, review):
    """Add a question of Ana's own; gives the version of the review then."""

    def added(question, after=""):
        version = ana.open(review)["review"]["version"]
        body = {"question": question, "step": 2, "after": after, "version": version}
        answer = ana.send("POST", f"/{review}/questions", body)
        assert answer.status_code == 201, answer.text
        return answer.json()["version"]

    return added


def asked(browser, review, question):
    steps = browser.open(review)["review"]["checklist"]["steps"]
    return next(one for step in steps for one in step["questions"] if one["id"] == question)


def test_an_own_question_is_changed_for_all_and_keeps_its_place_and_answers(ana, invited, review, add):
    version = add(CHOICE, after="2.1")
    assert ana.answer(review, "own.1", value="Here").status_code == 200
    question = {**CHOICE, "ask": "Where do the moulds stand?", "options": ["Here", "At the supplier", "Elsewhere"]}
    body = {"question": question, "version": version}
    changed = invited.send("PUT", f"/{review}/questions/own.1", body)
    assert (changed.status_code, changed.json()) == (200, {"version": version + 1})
    view = ana.open(review)
    assert view["asked"].index("own.1") == view["asked"].index("2.1") + 1
    assert asked(ana, review, "own.1")["ask"] == "Where do the moulds stand?"
    assert [one["value"] for one in view["review"]["answers"]] == ["Here"]
    assert view["latest"][-1]["text"] == "changed the questions"


def test_of_two_who_change_it_the_second_is_told(ana, invited, review, add):
    version = add(NUMBER)
    body = {"question": {**NUMBER, "ask": "How many spare moulds?"}, "version": version}
    assert ana.send("PUT", f"/{review}/questions/own.1", body).status_code == 200
    second = invited.send("PUT", f"/{review}/questions/own.1", {**body, "question": {**NUMBER, "ask": "Moulds?"}})
    assert second.status_code == 409
    assert asked(ana, review, "own.1")["ask"] == "How many spare moulds?"


@pytest.mark.parametrize(
    ("question", "value", "changed", "said"),
    [
        (CHOICE, "Here", {"options": ["There", "At the supplier"]}, "“Here”|Here"),
        (NUMBER, 4, {"unit": "boxes"}, "unit"),
        (TABLE, [{"Mould": "A", "Weeks": 3}], {"columns": [{"name": "Mould"}, {"name": "Days"}]}, "Weeks"),
        (
            TABLE,
            [{"Mould": "A", "Weeks": 3}],
            {"columns": [{"name": "Mould"}, {"name": "Weeks"}]},
            "kind of the column",
        ),
    ],
)
def test_what_an_answer_rests_on_is_not_taken_away(ana, review, add, question, value, changed, said):
    version = add(question)
    assert ana.answer(review, "own.1", value=value).status_code == 200
    before = ana.open(review)["review"]
    body = {"question": {**question, **changed}, "version": version}
    refused = ana.send("PUT", f"/{review}/questions/own.1", body)
    assert refused.status_code == 422
    assert "Ana" in refused.json()["detail"]
    assert any(word in refused.json()["detail"] for word in said.split("|"))
    assert ana.open(review)["review"] == before
    assert ana.send("DELETE", f"/{review}/answers/own.1?version=1").status_code == 204
    assert ana.send("PUT", f"/{review}/questions/own.1", body).status_code == 200


def test_a_kind_and_a_common_question_cannot_be_changed(ana, review, add):
    version = add(NUMBER)
    other = {"question": {"ask": "How many?", "kind": "text"}, "version": version}
    assert "asks for a number" in ana.send("PUT", f"/{review}/questions/own.1", other).json()["detail"]
    common = ana.send("PUT", f"/{review}/questions/1.1", other)
    assert common.status_code == 422
    assert "common checklist" in common.json()["detail"]
    assert ana.send("PUT", f"/{review}/questions/own.7", other).status_code == 422


def test_totals_that_are_left_out_of_an_answer_are_told(ana, review, add):
    add(TABLE)
    rows = [{"Mould": "A", "Weeks": "3"}, {"Mould": "", "Weeks": ""}, {"Mould": "Total", "Weeks": "3"}]
    kept = ana.answer(review, "own.1", value=rows).json()
    assert kept["value"] == [{"Mould": "A", "Weeks": 3}]
    assert kept["left_out"] == ['Row 3 ("Total") is a total and was left out.', "1 blank row was left out."]
    again = ana.answer(review, "own.1", version=1, value=rows[:1], evidence="List").json()
    assert (again["version"], again["left_out"]) == (2, [])
    assert "left_out" not in ana.open(review)["review"]["answers"][0]

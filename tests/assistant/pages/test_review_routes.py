"""Reviews over HTTP: the list, people, answers and their conflicts, settings, own questions, reports."""

import json
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from tests.tools.risk.report.reading import markdown_text, pdf_text, plain, word_text
from tools.risk.checklists import load_checklist
from tools.risk.example import example_review

FIRST = load_checklist().question("1.1")


def test_a_review_is_begun_listed_and_opened(ana, ben):
    view = ana.begin(name="  Ana  Lima ")
    review = view["review"]
    assert (review["title"], review["status"], view["me"]["name"], view["me"]["role"]) == (
        "Pump factory 2027",
        "open",
        "Ana Lima",
        "lead",
    )
    assert len(view["steps"]) == 6
    assert view["progress"]["answered"] == 0
    assert set(view["asked"]) <= set(view["states"])
    listed = ana.get().json()
    assert [(one["id"], one["title"], one["lead"], one["answered"]) for one in listed] == [
        (review["id"], "Pump factory 2027", "Ana Lima", 0)
    ]
    assert ben.get().json() == []
    assert ana.open(review["id"])["review"]["id"] == review["id"]


def test_an_answer_counts_and_moves_the_revision(ana, review):
    before = ana.get(f"/{review}/revision").json()["revision"]
    kept = ana.answer(review, "1.1", value="All pumps, EUR 1m", maturity=2, evidence="Signed note")
    assert kept.status_code == 200
    assert (kept.json()["version"], kept.json()["by"]) == (1, "Ana")
    assert ana.get(f"/{review}/revision").json()["revision"] == before + 1
    view = ana.open(review)
    assert view["states"]["1.1"] == "with evidence"
    assert view["counts"]["1.1"]["maturity"] == 2
    assert view["progress"]["answered"] == 1
    assert view["latest"][-1]["text"] == f"answered 1.1 ({FIRST.short})"
    assert view["latest"][-1]["mine"] is True


def test_unknown_is_an_answer_and_never_a_score(ana, review):
    assert ana.answer(review, "1.1", unknown=True).status_code == 200
    view = ana.open(review)
    assert view["states"]["1.1"] == "unknown"
    assert (view["progress"]["unknown"], view["progress"]["answered"]) == (1, 0)


def test_an_answer_is_withdrawn(ana, review):
    ana.answer(review, "1.1", value="All pumps")
    assert ana.send("DELETE", f"/{review}/answers/1.1?version=1").status_code == 204
    assert ana.open(review)["states"]["1.1"] == "open"


def test_two_who_differ_are_marked_until_the_team_agrees(ana, invited, review):
    ana.answer(review, "1.1", value="All", maturity=3)
    invited.answer(review, "1.1", value="Some", maturity=1)
    view = invited.open(review)
    assert view["disputed"] == ["1.1"]
    assert view["counts"]["1.1"]["maturity"] == 1
    assert invited.answer(review, "1.1", team=True, value="All", maturity=3).status_code == 200
    view = ana.open(review)
    assert view["disputed"] == []
    assert view["counts"]["1.1"]["maturity"] == 3
    assert view["latest"][-1]["text"] == f"answered 1.1 ({FIRST.short}) for the team"
    assert view["latest"][-1]["mine"] is False


def test_the_second_of_two_writers_is_shown_the_first_ones_answer(ana, invited, review):
    assert ana.answer(review, "1.1", team=True, value="From Ana").status_code == 200
    refused = invited.answer(review, "1.1", team=True, value="From Ben")
    assert refused.status_code == 409
    assert refused.json()["current"]["value"] == "From Ana"
    assert "Ana" in refused.json()["detail"]
    assert ana.open(review)["review"]["answers"][0]["value"] == "From Ana"
    version = refused.json()["current"]["version"]
    assert invited.answer(review, "1.1", version, team=True, value="From Ben").status_code == 200


def test_sending_the_same_answer_twice_is_no_conflict(ana, review):
    first = ana.answer(review, "1.1", value="All pumps").json()
    again = ana.answer(review, "1.1", value="All pumps")
    assert (again.status_code, again.json()["version"]) == (200, first["version"])


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("title", "Another title"),
        ("status", "paused"),
        ("scope", {"sites": "Lyon", "loss_limit": 1e6}),
    ],
)
def test_what_a_review_is_as_a_whole_is_changed_once(ana, invited, review, part, value):
    version = ana.open(review)["review"]["version"]
    changed = ana.send("PUT", f"/{review}/{part}", {part: value, "version": version})
    assert (changed.status_code, changed.json()["version"]) == (200, version + 1)
    other = {"title": "Third", "status": "finished", "scope": {"sites": "Turin"}}[part]
    late = invited.send("PUT", f"/{review}/{part}", {part: other, "version": version})
    assert late.status_code == 409
    kept = late.json()["current"][part]
    assert kept == value if part != "scope" else (kept["sites"], kept["loss_limit"]) == ("Lyon", 1e6)


def test_a_finished_review_is_only_read_until_it_is_reopened(ana, review):
    ana.send("PUT", f"/{review}/status", {"status": "finished", "version": 1})
    refused = ana.answer(review, "1.1", value="Too late")
    assert refused.status_code == 422
    assert "reopen" in refused.json()["detail"]
    version = ana.open(review)["review"]["version"]
    ana.send("PUT", f"/{review}/status", {"status": "open", "version": version})
    assert ana.answer(review, "1.1", value="In time").status_code == 200


def test_an_invitation_lets_in_until_it_is_renewed(ana, ben, visitor, review):
    token = ana.get(f"/{review}/invitation").json()["token"]
    assert ben.get(f"/{review}").status_code == 404
    assert ben.send("POST", "/join", {"token": token, "name": "Ben"}).json()["me"]["name"] == "Ben"
    assert [one["name"] for one in ana.open(review)["review"]["participants"]] == ["Ana", "Ben"]
    again = ben.send("POST", "/join", {"token": token, "name": "Benedikt"})
    assert again.json()["me"]["name"] == "Ben"
    assert ben.send("POST", f"/{review}/invitation", {}).status_code == 422
    renewed = ana.send("POST", f"/{review}/invitation", {}).json()["token"]
    carla = visitor()
    assert carla.send("POST", "/join", {"token": token}).status_code == 404
    assert carla.send("POST", "/join", {"token": renewed}).status_code == 200
    assert ben.get(f"/{review}").status_code == 200


def test_names_positions_and_comments(ana, invited, review):
    assert invited.send("PUT", f"/{review}/me", {"name": " Benedikt  Roth "}).json()["name"] == "Benedikt Roth"
    moved = invited.send("PUT", f"/{review}/me/position", {"question": "1.2", "skipped": "1.1"}).json()
    assert (moved["position"], moved["skipped"]) == ("1.2", ["1.1"])
    assert ana.send("POST", f"/{review}/comments", {"about": "1.1", "text": "Which sites?"}).status_code == 201
    view = invited.open(review)
    assert [(one["by"], one["text"]) for one in view["review"]["comments"]] == [("Ana", "Which sites?")]
    texts = [one["text"] for one in invited.get(f"/{review}/changes").json()]
    assert texts == [
        "began the review",
        "joined",
        "is called “Benedikt Roth” now",
        f"commented on 1.1 ({FIRST.short})",
    ]
    numbers = [one["number"] for one in invited.get(f"/{review}/changes").json()]
    since = invited.get(f"/{review}/changes?since={numbers[1]}").json()
    assert [one["number"] for one in since] == numbers[2:]


def test_an_own_question_is_added_answered_and_removed(ana, review):
    question = {"ask": "How many spare moulds are there?", "kind": "number", "unit": "moulds", "short": "Moulds"}
    body = {"question": question, "step": 2, "after": "2.1", "version": 1}
    added = ana.send("POST", f"/{review}/questions", body)
    assert (added.status_code, added.json()) == (201, {"id": "own.1", "version": 2})
    order = ana.open(review)["asked"]
    assert order.index("own.1") == order.index("2.1") + 1
    assert ana.answer(review, "own.1", value="4 moulds").json()["value"] == 4
    late = ana.send("POST", f"/{review}/questions", body)
    assert late.status_code == 409
    assert ana.send("DELETE", f"/{review}/questions/own.1?version=2").status_code == 200
    assert "own.1" not in ana.open(review)["asked"]


def test_a_question_that_does_not_hold_together_is_refused(ana, review):
    question = {"ask": "Which one?", "kind": "choice", "options": ["only one"]}
    body = {"question": question, "step": 2, "version": 1}
    refused = ana.send("POST", f"/{review}/questions", body)
    assert refused.status_code == 422
    assert "two options" in refused.json()["detail"]
    assert ana.send("DELETE", f"/{review}/questions/1.1?version=1").status_code == 422


def test_next_years_review_starts_without_answers(ana, review):
    ana.answer(review, "1.1", value="All pumps")
    ana.send("PUT", f"/{review}/scope", {"scope": {"sites": "Lyon"}, "version": 1})
    copied = ana.send("POST", f"/{review}/copies", {"title": "Pump factory 2028"})
    assert copied.status_code == 201
    fresh = copied.json()["review"]
    assert (fresh["title"], fresh["previous"], fresh["scope"]["sites"]) == ("Pump factory 2028", review, "Lyon")
    assert fresh["answers"] == []


def test_the_report_of_next_years_review_compares_with_the_one_before(ana, ben, review):
    ana.send("POST", f"/{review}/nodes/take", {"text": "Node\tTTR\tCover\nCastings\t10\t2"})
    fresh = ana.send("POST", f"/{review}/copies", {"title": "Pump factory 2028"}).json()["review"]["id"]
    said = ana.get(f"/{fresh}/report").json()["html"]
    assert "There is no earlier review to compare with" not in said
    assert "Compared with “Pump factory 2027”" in said
    assert "1 exposure did not change." in said
    ana.send("DELETE", f"/{review}")
    assert "There is no earlier review to compare with" in ana.get(f"/{fresh}/report").json()["html"]


def test_only_the_lead_deletes(ana, invited, review):
    assert invited.send("DELETE", f"/{review}").status_code == 422
    assert ana.send("DELETE", f"/{review}").status_code == 204
    assert ana.get(f"/{review}").status_code == 404
    assert invited.get(f"/{review}/revision").status_code == 404


def test_the_example_is_made_once_for_each_visitor(ana, ben):
    first = ana.send("POST", "/example", {}).json()
    again = ana.send("POST", "/example", {}).json()
    assert first["review"]["id"] == again["review"]["id"]
    assert first["review"]["nodes"]
    assert first["flags"]
    assert ben.send("POST", "/example", {}).json()["review"]["id"] != first["review"]["id"]


def test_the_report_is_shown_and_saved_in_five_formats(ana):
    review = ana.send("POST", "/example", {}).json()["review"]["id"]
    shown = ana.get(f"/{review}/report").json()
    assert "<h1>" in shown["html"]
    assert "<table>" in shown["html"]
    starts = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-", "md": b"#", "json": b"{"}
    for kind, start in starts.items():
        saved = ana.get(f"/{review}/report.{kind}")
        assert saved.status_code == 200
        assert saved.content.startswith(start)
        assert f".{kind}" in saved.headers["content-disposition"]
        assert saved.headers["content-disposition"].startswith("attachment")
    assert "word/document.xml" in ZipFile(BytesIO(ana.get(f"/{review}/report.docx").content)).namelist()
    refused = ana.get(f"/{review}/report.exe")
    assert refused.status_code == 422


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf", "md", "json"])
def test_the_report_tells_who_changed_what_and_when(ana, ben, review, kind):
    ana.answer(review, "1.1", value="Both sites", maturity=1)
    ana.answer(review, "1.1", version=1, value="Only one site", maturity=2)
    saved = ana.get(f"/{review}/report.{kind}").content
    if kind == "json":
        brought = ben.send("POST", "/import", json.loads(saved)).json()["id"]
        told = ben.get(f"/{brought}/changes").json()
        assert [(one["by"], one["text"]) for one in told[-3:-1]] == [
            ("Ana", "answered 1.1 (Scope and loss limits)"),
            ("Ana", "changed 1.1 (Scope and loss limits)"),
        ]
        assert told[-2]["before"]["value"] == "Both sites"
        return
    text = {"docx": word_text, "pdf": pdf_text, "md": lambda held: markdown_text(held.decode()), "xlsx": sheet_text}
    found = text[kind](saved)
    changed = "changed 1.1 (Scope and loss limits)"
    for words in (changed, "Both sites; level 1", "Only one site; level 2", "began the review"):
        assert plain(words) in found, words
    assert plain(f"{datetime.now(UTC):%Y-%m-%d}") in found


def sheet_text(content):
    rows = openpyxl.load_workbook(BytesIO(content))["History"].iter_rows(values_only=True)
    return plain(" ".join(str(cell) for row in rows for cell in row))


def test_a_saved_review_is_brought_in_again(ana, ben):
    example = example_review()
    review = ana.send("POST", "/example", {}).json()["review"]["id"]
    text = ana.get(f"/{review}/report.json").text
    brought = ben.send("POST", "/import", json.loads(text))
    assert brought.status_code == 201
    view = ben.open(brought.json()["id"])
    assert brought.json()["id"] != review
    assert view["review"]["title"] == example.title
    assert len(view["review"]["answers"]) == len(example.answers)
    assert view["latest"][-1]["text"] == "brought the review in from a file"


def test_limits_are_read_as_people_write_them(ana, review):
    typed = {"loss_limit": "1.5 million", "stockout_limit_days": "3 weeks", "country_limit": "60 %", "period": "2027"}
    kept = ana.send("PUT", f"/{review}/scope", {"scope": typed, "version": 1}).json()["scope"]
    assert (kept["loss_limit"], kept["stockout_limit_days"], kept["country_limit"]) == (1.5e6, 21, 0.6)
    again = ana.send("PUT", f"/{review}/scope", {"scope": kept, "version": 2}).json()
    assert again["scope"] == kept
    assert again["version"] == 2  # what is read once is no change


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("loss_limit", "-5", 'Unacceptable loss in one event: "-5" is negative; enter 0 or more'),
        ("country_limit", "140 %", 'Highest share of one country: "140 %" is above the highest possible, 100 %'),
        ("concentration_limit", "12,000", "above the highest possible, 10000"),
        ("weekly_margin", "lots", "is not a number"),
        ("period", "x" * 301, "Period has more than 300 characters: shorten it."),
    ],
)
def test_limits_that_cannot_be_right_are_told_in_words(ana, review, field, value, said):
    refused = ana.send("PUT", f"/{review}/scope", {"scope": {field: value}, "version": 1})
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["wrong"]] == [field]
    assert said in refused.json()["detail"]
    assert ana.open(review)["review"]["version"] == 1

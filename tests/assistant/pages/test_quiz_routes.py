"""The routes below /quizzes: what a browser gets and sends while it takes a quiz, and what they refuse."""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from assistant.learning import Quizzes
from assistant.learning.running import Running
from assistant.learning.store import QUIZZES
from assistant.pages.conversations import COOKIE
from assistant.pages.quizzing.page import QuizPage
from assistant.pages.quizzing.routes import quizzes_router
from assistant.pages.quizzing.sources import MARK, asked_for
from assistant.pages.reviewing.page import NOTE_GONE
from assistant.shield import OPEN
from knowledge.vault import Vault
from tools.risk.store import StoreError


@dataclass
class Learner:
    """Somebody's browser; JSON in and out."""

    client: TestClient

    def get(self, path: str = "") -> Any:
        return self.client.get(f"/quizzes{path}")

    def post(self, path: str = "", **body: Any) -> Any:
        return self.client.post(f"/quizzes{path}", json=body)

    def begin(self, **wish: Any) -> dict[str, Any]:
        answer = self.post("", **{"area": "inventory", "count": 5, **wish})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def answer(self, quiz: dict[str, Any], text: str, number: int | None = None) -> dict[str, Any]:
        answer = self.post(f"/{quiz['id']}/answer", number=number or quiz["asked"]["number"], text=text)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def quizzes(vault: Vault, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quizzes]:
    made = Quizzes.in_folder(vault, tmp_path_factory.mktemp("quizzes"))
    yield made
    made.close()


@pytest.fixture
def learner(quizzes: Quizzes, vault: Vault) -> Iterator[Callable[..., Learner]]:
    """Make browsers, each with its own cookie unless it is given one or is to have none."""
    app = FastAPI()
    app.include_router(quizzes_router(quizzes, vault))
    made = []

    def come(token: str | None = "") -> Learner:
        client = TestClient(app, raise_server_exceptions=False)
        if token is not None:
            client.cookies.set(COOKIE, token or secrets.token_hex(32))
        made.append(client)
        return Learner(client)

    yield come
    for client in made:
        client.close()


def right_answer(quizzes: Quizzes, quiz: dict[str, Any]) -> str:
    """Return the right answer of the question that a quiz asks, from the store."""
    with quizzes._database.read() as connection:
        kept = Running.read(connection.scalar(select(QUIZZES.c.content).where(QUIZZES.c.id == quiz["id"])))
    return kept.turns[quiz["asked"]["number"] - 1].question.answer


def test_the_overview_has_topics_progress_and_what_was_left(learner):
    ana = learner()
    before = ana.get().json()
    assert {"due", "everything", "inventory"} <= {topic["id"] for topic in before["topics"]}
    assert before["current"] is None
    assert before["progress"]["answered"] == 0
    quiz = ana.begin()
    assert ana.get().json()["current"]["id"] == quiz["id"]


@pytest.mark.parametrize("asked", ["safety-stock", "Safety stock", "buffer stock"])
def test_a_concept_of_a_deep_link_is_found_by_slug_title_or_alias(learner, asked):
    assert learner().get(f"?concept={asked}").json()["concept"] == "Safety stock"


def test_a_concept_that_is_none_is_told_by_its_absence(learner):
    assert learner().get("?concept=flux-capacitor").json()["concept"] == ""


def test_a_question_comes_rendered_and_without_its_answer(learner, quizzes):
    quiz = learner().begin(kinds=["choice"])
    asked = quiz["asked"]
    assert asked["html"].startswith("<p>")
    assert asked["options"]
    assert all(one["html"] for one in asked["options"])
    assert right_answer(quizzes, quiz) in [one["value"] for one in asked["options"]]
    assert not {"answer", "explanation", "right_answer", "citations"} & set(asked)
    assert quiz["last"] is None


def test_a_right_answer_is_explained_with_sources_that_open(learner, quizzes):
    ana = learner()
    quiz = ana.begin(kinds=["choice"])
    found = ana.answer(quiz, right_answer(quizzes, quiz))
    marked = found["marked"]
    assert marked["outcome"] == "right"
    assert marked["next_due"]
    assert found["late"] is False
    assert found["quiz"]["asked"]["number"] == 2
    assert 'class="cite"' in marked["explanation_html"]
    source = marked["sources"][0]
    assert source["href"] in marked["explanation_html"]
    opened = asked_for(source["href"].removeprefix(MARK))
    assert opened is not None
    assert (opened.title, opened.section) == (source["title"], source["section"])
    assert opened.quote


def test_a_second_answer_to_the_same_question_changes_nothing_and_says_so(learner, quizzes):
    ana = learner()
    quiz = ana.begin(kinds=["true_false"])
    right = right_answer(quizzes, quiz)
    first = ana.answer(quiz, right)
    second = ana.answer(quiz, {"True": "False", "False": "True"}[right])
    assert second["late"] is True
    assert second["marked"]["outcome"] == "right"
    assert (second["quiz"]["done"], second["quiz"]["right"]) == (1, 1)
    assert second["marked"]["next_due"] == first["marked"]["next_due"]


def test_a_number_that_cannot_be_read_is_not_marked(learner):
    ana = learner()
    quiz = ana.begin(kinds=["number"])
    found = ana.answer(quiz, "abc")
    assert found["marked"]["outcome"] == "unread"
    assert "number" in found["marked"]["explanation"]
    assert found["quiz"]["done"] == 0


def test_an_open_question_is_compared_then_graded_by_the_person(learner):
    ana = learner()
    quiz = ana.begin(kinds=["recall"])
    compared = ana.answer(quiz, "some words of mine")
    assert compared["quiz"]["asked"]["awaits_grade"] is True
    assert compared["marked"]["right_html"]
    assert compared["quiz"]["last"]["given"] == "some words of mine"
    graded = ana.post(f"/{quiz['id']}/grade", number=1, knew=False).json()
    assert graded["marked"]["outcome"] == "wrong"
    assert graded["quiz"]["asked"]["number"] == 2


def test_hints_only_never_tells_the_answer(learner, quizzes):
    ana = learner()
    quiz = ana.begin(kinds=["true_false"], hints_only=True)
    right = right_answer(quizzes, quiz)
    found = ana.answer(quiz, {"True": "False", "False": "True"}[right])
    assert found["marked"]["may_retry"] is True
    assert found["marked"]["right_html"] == ""
    assert len(found["quiz"]["asked"]["hints_html"]) == 1
    assert found["quiz"]["asked"]["number"] == 1
    assert ana.answer(quiz, right)["marked"]["outcome"] == "right"


def test_a_hint_is_shown_and_a_question_skipped_and_a_quiz_stopped(learner):
    ana = learner()
    quiz = ana.begin()
    left = quiz["asked"]["hints_left"]
    hinted = ana.post(f"/{quiz['id']}/hint", number=1).json()
    assert (len(hinted["asked"]["hints_html"]), hinted["asked"]["hints_left"]) == (1, left - 1)
    skipped = ana.post(f"/{quiz['id']}/skip", number=1).json()
    assert (skipped["skipped"], skipped["asked"]["number"]) == (1, 2)
    assert skipped["results"][0]["slug"]
    stopped = ana.post(f"/{quiz['id']}/stop").json()
    assert stopped["asked"] is None
    assert stopped["finished"] is True
    assert ana.get().json()["current"] is None


def test_what_was_not_right_is_asked_again(learner, quizzes):
    ana = learner()
    quiz = ana.begin(kinds=["choice"], count=2)
    quiz = ana.answer(quiz, right_answer(quizzes, quiz))["quiz"]
    none = ana.post("", again=quiz["id"])
    assert (none.status_code, none.json()["detail"].endswith(".")) == (422, True)
    ana.answer(quiz, "I don't know")
    again = ana.begin(again=quiz["id"])
    assert (again["of"], again["id"] != quiz["id"]) == (1, True)
    assert learner().post("", again=quiz["id"]).status_code == 404


def test_progress_counts_what_was_answered_and_is_forgotten_on_demand(learner, quizzes):
    ana = learner()
    quiz = ana.begin(kinds=["choice"])
    ana.answer(quiz, "I don't know")
    progress = ana.get().json()["progress"]
    assert (progress["answered"], progress["right"], progress["days_in_a_row"]) == (1, 0, 1)
    assert sum(count for _, count in progress["due_by_day"]) == 1
    assert ana.client.delete("/quizzes").status_code == 204
    assert ana.get().json()["progress"]["answered"] == 0
    assert ana.get(f"/{quiz['id']}").status_code == 404


def test_nobody_sees_or_answers_the_quiz_of_another(learner):
    quiz = learner().begin()
    other = learner()
    for refused in (
        other.get(f"/{quiz['id']}"),
        other.post(f"/{quiz['id']}/answer", number=1, text="a"),
        other.post(f"/{quiz['id']}/hint", number=1),
        other.post(f"/{quiz['id']}/stop"),
    ):
        assert refused.status_code == 404
        assert "belongs to another browser" in refused.json()["detail"]
    assert other.get().json()["current"] is None


def test_a_browser_without_cookie_is_told_so(learner):
    refused = learner(None).get()
    assert refused.status_code == 401
    assert "allow cookies" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ({"area": "astrology"}, "astrology"),
        ({"concept": "flux capacitor"}, "flux capacitor"),
        ({"count": 0}, "count"),
        ({"count": 51}, "count"),
        ({"kinds": ["essay"]}, "kinds"),
        ({"colour": "red"}, "colour"),
        ({"due": True}, "Nothing is due"),
        ({"area": "x" * 201}, "area"),
    ],
)
def test_a_quiz_that_cannot_be_is_refused_in_words(learner, wish, named):
    refused = learner().post("", **wish)
    assert refused.status_code == 422
    assert named in refused.json()["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("answer", {"number": 4, "text": "a"}),
        ("answer", {"number": 99, "text": "a"}),
        ("answer", {"number": 1, "text": "x" * 4001}),
        ("answer", {"number": 1, "text": "a\u0000b"}),
        ("answer", {"text": "a"}),
        ("grade", {"number": 1, "knew": True}),
        ("hint", {"number": 3}),
        ("skip", {"number": 0}),
    ],
)
def test_what_does_not_fit_the_question_is_refused_and_changes_nothing(learner, path, body):
    ana = learner()
    quiz = ana.begin(kinds=["choice"])
    refused = ana.post(f"/{quiz['id']}/{path}", **body)
    assert refused.status_code == 422, refused.text
    assert refused.json()["detail"].endswith(".")
    assert ana.get(f"/{quiz['id']}").json()["done"] == 0


def test_what_is_no_json_is_refused(learner):
    refused = learner().client.post("/quizzes", content=b"{", headers={"Content-Type": "application/json"})
    assert (refused.status_code, refused.json()["detail"]) == (400, "What was sent is not JSON.")


def test_a_store_that_fails_is_told_in_a_sentence(learner, quizzes, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise StoreError("The database cannot be written: the disk is full.")

    monkeypatch.setattr(quizzes, "begin", fail)
    refused = learner().post("", area="inventory")
    assert (refused.status_code, refused.json()["detail"]) == (503, "The database cannot be written: the disk is full.")


@pytest.mark.parametrize("told", ["", "a/b", "a/b/c/d", "%00", "Safety%20stock"])
def test_a_link_that_is_none_of_the_page_opens_nothing(told):
    assert asked_for(told) is None


def test_the_link_of_a_source_opens_its_section_with_the_passage_marked(learner, quizzes, vault):
    ana = learner()
    quiz = ana.begin(concept="Safety stock", area="", kinds=["choice"])
    source = ana.answer(quiz, right_answer(quizzes, quiz))["marked"]["sources"][0]
    page = QuizPage(SimpleNamespace(vault=vault))  # type: ignore[arg-type]
    shown = page.source(json.dumps({"value": source["href"].removeprefix(MARK), "at": 1}))
    assert f"## {source['section']}" in shown
    assert "<mark>" in shown or 'class="passage"' in shown
    assert page.source("not what the page sends") == NOTE_GONE


@pytest.mark.parametrize("path", ["/quiz", "/quizzes", "/quizzes/1/answer"])
def test_the_way_to_the_page_and_its_routes_is_open(path):
    assert OPEN.match(path)


@pytest.mark.parametrize("path", ["/quizx", "/quiz/x", "/quizzesx"])
def test_ways_beside_them_are_shut(path):
    assert not OPEN.match(path)

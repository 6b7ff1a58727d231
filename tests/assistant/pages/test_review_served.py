"""The review page as the whole server gives it: behind the shield, with an owner cookie, and a store that opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.chat import Chat
from assistant.pages.bridge import NOTE_GONE, text_told
from assistant.pages.conversations import COOKIE
from assistant.pages.reviewing.page import ReviewPage
from assistant.settings import Settings
from tests.fakes import FakeChat, served


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeChat]:
    made = FakeChat.at(tmp_path_factory.mktemp("served"))
    yield made
    made.history.close()
    made.reviews.close()


@pytest.fixture(scope="module")
def browser(chat: FakeChat) -> TestClient:
    client = TestClient(served(chat))
    assert COOKIE in client.get("/review").headers["set-cookie"]
    return client


def test_the_page_comes_framed_with_tight_headers_and_no_scripts_of_its_own(browser):
    answer = browser.get("/review")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"  # the address of an invitation is a secret
    assert answer.headers["cache-control"] == "no-store"
    assert 'aria-current="page">Risk<span> review</span>' in answer.text
    assert "onclick" not in answer.text.partition("<gradio-app")[0]


@pytest.mark.parametrize("path", ["/", "/metrics", "/classify", "/review"])
def test_every_page_leads_to_the_others(browser, path):
    nav = browser.get(path).text.partition('<nav id="pages"')[2].partition("</nav>")[0]
    assert [f'href="{one}"' in nav for one in ("/", "/metrics", "/classify", "/review")] == [True] * 4
    assert nav.count("aria-current") == 1


def test_a_review_is_kept_for_the_owner_of_the_cookie(browser, chat):
    made = browser.post("/reviews", json={"title": "Pumps"})
    assert made.status_code == 201
    assert made.headers["x-content-type-options"] == "nosniff"
    assert [one["title"] for one in browser.get("/reviews").json()] == ["Pumps"]
    stranger = TestClient(browser.app)
    assert stranger.get("/reviews").status_code == 401
    stranger.get("/review")
    assert stranger.get("/reviews").json() == []
    assert stranger.get(f"/reviews/{made.json()['review']['id']}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_another_site_cannot_write_for_a_visitor(browser, method):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert browser.request(method, "/reviews", headers=headers, json={"title": "Theirs"}).status_code == 403
    form = browser.post("/reviews", data={"title": "Theirs"})
    assert form.status_code == 415
    assert "Theirs" not in browser.get("/reviews").text


@pytest.mark.parametrize("path", ["/reviewsx", "/review/x", "/reviewing", "/pages/../reviewing/door.py"])
def test_only_the_routes_of_reviews_are_open(browser, path):
    assert browser.get(path).status_code == 404


def test_a_term_leads_to_its_note(chat):
    page = ReviewPage(chat)
    assert "Safety stock" in page.source('{"value": "Safety%20stock"}')
    for told in ('{"value": "No such note"}', '{"value": 3}', "[]", "{", "[" * 100_000):
        assert page.source(told) == NOTE_GONE
    assert text_told('{"value": "x"}') == "x"


def test_a_store_that_cannot_be_opened_is_told_and_replaced_for_the_time_being(tmp_path: Path):
    (tmp_path / "reviews.sqlite").write_bytes(b"this is no database, and long enough to be sure of it" * 100)
    chat = Chat(Settings(data_dir=tmp_path))
    try:
        notices = [one for one in chat.status().notices if one.startswith("Risk reviews are not kept")]
        assert len(notices) == 1
        assert "reviews.sqlite" in notices[0]
        from tools.risk.store import Actor

        assert chat.reviews.begin(Actor("a" * 64, "Ana"), "Pumps").title == "Pumps"
        assert (tmp_path / "reviews.sqlite").read_bytes().startswith(b"this is no database")
    finally:
        chat.close()

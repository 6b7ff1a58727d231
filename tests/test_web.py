"""The web server without a browser: headers, owners, closed doors, and what its handlers refuse."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from starlette.testclient import TestClient

from assistant.pages.chat import ChatPage
from assistant.pages.conversations import COOKIE, owner_of
from assistant.pages.frame import PAGES, Frame, FrameError, Page
from assistant.pages.runs import BusyError, Runs
from assistant.shield import content_policy
from assistant.web import STATIC
from tests.fakes import FakeChat, served


@pytest.fixture(scope="module")
def site_and_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, FakeChat]]:
    made = FakeChat.at(tmp_path_factory.mktemp("web"))
    yield served(made), made
    made.history.close()
    made.reviews.close()


@pytest.fixture
def chat(site_and_chat: tuple[Any, FakeChat]) -> Iterator[FakeChat]:
    yield site_and_chat[1]
    site_and_chat[1].gate.set()
    site_and_chat[1].ready, site_and_chat[1].notices = True, []


@pytest.fixture
def stranger(site_and_chat: tuple[Any, FakeChat]) -> TestClient:
    """A browser that has not been here."""
    return TestClient(site_and_chat[0])


@pytest.fixture
def site(stranger: TestClient) -> TestClient:
    """A browser that has its cookie."""
    stranger.get("/")
    return stranger


@pytest.fixture
def page(chat: FakeChat) -> ChatPage:
    return ChatPage(chat, Runs(chat, 1))


def request_of(client: TestClient | None = None, token: str = "a" * 64, **query: str) -> Any:
    cookies = dict(client.cookies) if client else {COOKIE: token}
    return SimpleNamespace(cookies=cookies, query_params=query)


def test_the_page_comes_with_tight_headers(site):
    answer = site.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    scripts = re.search(r"script-src ([^;]*)", policy)[1]
    assert "unsafe" not in scripts
    assert re.sub(r"'sha256-[^']+'", "", scripts).split() == ["'self'"]
    assert not re.search(r"https?:|\*", policy)
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in answer.headers["permissions-policy"]


@pytest.mark.parametrize("path", ["/status", "/pages/base.css", "/config", "/conversations", "/nothing-here"])
def test_every_other_answer_has_them_too(site, path):
    answer = site.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_page_names_no_other_host(site):
    page = site.get("/").text
    assert "SCM Assistant" in page
    named = set(re.findall(r"https?://[\w.-]+", page))
    assert named <= {"http://testserver", "http://www.w3.org"}


def test_the_owner_cookie_is_secret_lasting_and_given_once(stranger, site_and_chat):
    cookie = stranger.get("/").headers["set-cookie"]
    assert re.match(rf"{COOKIE}=[0-9a-f]{{64}};", cookie)
    for part in ("HttpOnly", "SameSite=Lax", "Max-Age=31536000", "Path=/"):
        assert part in cookie
    assert "Secure" not in cookie
    assert "set-cookie" not in stranger.get("/").headers
    over_https = TestClient(site_and_chat[0], base_url="https://testserver")
    assert "; Secure" in over_https.get("/").headers["set-cookie"]


def test_a_made_up_cookie_is_replaced(stranger):
    stranger.cookies.set(COOKIE, "guess")
    assert COOKIE in stranger.get("/").headers["set-cookie"]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/info",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://outside.example",
        "/gradio_api/upload_progress",
        "/monitoring",
        "/monitoring/summary",
        "/docs",
        "/openapi.json",
        "/manifest.json",
        "/gradio_api/openapi.json",
        "/pages/../web.py",
        "/pages/%2e%2e/chat.py",
    ],
)
def test_what_the_page_does_not_need_is_shut(site, path):
    assert site.get(path).status_code == 404


def test_uploads_and_direct_calls_are_shut(site):
    assert site.post("/gradio_api/upload", files={"files": ("a.txt", b"x")}).status_code == 404
    assert site.post("/gradio_api/call/ask", json={"data": []}).status_code == 404
    assert site.post("/gradio_api/run/ask", json={"data": []}).status_code == 404


def test_another_site_cannot_act_for_the_visitor(site):
    foreign = {"sec-fetch-site": "cross-site"}
    assert site.delete("/conversations/x", headers=foreign).status_code == 403
    assert site.post("/gradio_api/queue/join", json={}, headers=foreign).status_code == 403


def test_the_status_tells_how_far_the_start_has_come(site, chat):
    chat.ready, chat.notices = False, ["Mind the gap."]
    told = site.get("/status").json()
    assert (told["ready"], told["message"], told["done"], told["total"], told["notices"]) == (
        False,
        "Building the index: 12 of 94 notes",
        12,
        94,
        ["Mind the gap."],
    )


def test_conversations_are_listed_renamed_and_deleted(site, chat):
    kept = chat.history.begin(owner_of(site.cookies), "Lead time")
    assert [one["title"] for one in site.get("/conversations").json()] == ["Lead time"]
    assert site.get("/conversations?search=nothing").json() == []
    assert site.patch(f"/conversations/{kept.id}", json={"title": " Transit "}).json() == {"title": "Transit"}
    blank = site.patch(f"/conversations/{kept.id}", json={"title": "  "})
    assert blank.status_code == 400
    assert "needs a title" in blank.json()["detail"]
    assert site.delete(f"/conversations/{kept.id}").status_code == 204
    assert site.get("/conversations").json() == []


def test_nobody_touches_the_conversation_of_another(site, chat):
    theirs = chat.history.begin("b" * 64, "Theirs")
    address = f"/conversations/{theirs.id}"
    answers = [
        site.patch(address, json={"title": "Mine"}),
        site.delete(address),
        site.get(f"{address}/export"),
        site.get(f"{address}/answers/0"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert all("another browser" in answer.json()["detail"] for answer in answers)
    assert chat.history.conversation("b" * 64, theirs.id).title == "Theirs"


def test_without_the_cookie_nothing_is_shown(stranger):
    answer = stranger.get("/conversations")
    assert answer.status_code == 401
    assert "allow cookies" in answer.json()["detail"]


def test_the_store_knows_no_browser_s_token(site):
    assert owner_of(site.cookies) != site.cookies[COOKIE]


def test_an_export_is_named_after_the_conversation_even_in_other_scripts(site, chat):
    kept = chat.history.begin(owner_of(site.cookies), 'Lieferkette \u4f9b\u5e94\u94fe "x"\n')
    answer = site.get(f"/conversations/{kept.id}/export")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "filename*=UTF-8''lieferkette-" in answer.headers["content-disposition"]


@pytest.mark.parametrize("act", ["ask", "retry", "stop", "source", "rate", "add_comment"])
def test_handlers_refuse_the_conversation_of_another(page, chat, act):
    theirs = chat.history.begin("b" * 64, "Theirs")
    turn = chat.history.ask("b" * 64, theirs.id, "secret?")
    me = request_of()
    like = SimpleNamespace(index=0, liked=True)
    calls = {
        "ask": lambda: page.ask("hello", theirs.id, me),
        "retry": lambda: page.retry(theirs.id, me),
        "stop": lambda: page.stop(theirs.id, me),
        "source": lambda: page.source(f'{{"value": "{turn.id}-1"}}', theirs.id, me),
        "rate": lambda: page.rate(theirs.id, me, like),
        "add_comment": lambda: page.add_comment(f"{turn.id} liked", "mine now", me),
    }
    if act == "stop":
        calls[act]()  # there is nothing of mine to stop
    else:
        with pytest.raises(gr.Error, match="another browser"):
            calls[act]()
    assert [one.state for one in chat.history.turns("b" * 64, theirs.id)] == ["pending"]
    assert chat.history.rating("b" * 64, turn.id) is None


def test_a_broken_handler_tells_no_secret(page, chat, caplog, monkeypatch):
    def broken(*_args: Any) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(chat.history, "turns", broken)
    kept = chat.history.begin(owner_of({COOKIE: "a" * 64}))
    with pytest.raises(gr.Error) as told:
        page.ask("hello", kept.id, request_of())
    assert "secret" not in str(told.value.message)
    assert "/secret/path" in caplog.text


def test_a_conversation_answers_one_question_at_a_time(chat):
    chat.gate.clear()
    runs = Runs(chat, 2)
    kept = chat.history.begin("me")
    runs.start("me", kept.id, "first", 0)
    with pytest.raises(BusyError):
        runs.start("me", kept.id, "second", 1)
    runs.stop("me", kept.id)
    runs.start("me", kept.id, "third", 1)
    runs.close()


def test_the_policy_follows_the_page_s_own_scripts_only():
    policy = content_policy("<script>let a = 1</script><script src='/x.js'></script>")
    assert policy.count("sha256-") == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_every_page_leads_to_all_pages_and_says_which_one_it_is(page: Page, site: TestClient):
    nav = re.findall(r'<nav id="pages".*?</nav>', site.get(page.address).text)
    assert len(nav) == 1
    assert re.findall(r'href="([^"]*)"', nav[0]) == [other.address for other in PAGES]
    assert re.findall(r'href="([^"]*)" aria-current="page"', nav[0]) == [page.address]


def test_the_page_says_where_questions_go():
    gradio_page = "<html><head></head><body><gradio-app></gradio-app></body></html>"
    assert "works offline" in Frame(STATIC).around(gradio_page)
    online = Frame(STATIC, "openai:gpt-5-mini").around(gradio_page)
    assert "works offline" not in online
    assert "questions are sent to openai:gpt-5-mini" in online


def test_another_make_of_gradio_is_told_not_shown_broken():
    with pytest.raises(FrameError, match=r"constraints\.txt"):
        Frame(STATIC).around("<html><body>changed</body></html>")

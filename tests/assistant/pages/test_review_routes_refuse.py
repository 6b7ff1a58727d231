"""What the routes of reviews refuse, and that it changes nothing: bad bodies, strangers, harm in every text."""

import json

import pytest

from tools.risk.store import StoreError

HARM = '<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" [a](javascript:alert(3)) =1+1'
ROUTES = [
    ("GET", "", None),
    ("GET", "/revision", None),
    ("GET", "/changes", None),
    ("GET", "/invitation", None),
    ("POST", "/invitation", {}),
    ("PUT", "/me", {"name": "Eve"}),
    ("PUT", "/me/position", {"question": "1.2"}),
    ("POST", "/comments", {"about": "1.1", "text": "Hello"}),
    ("PUT", "/title", {"title": "Mine now", "version": 1}),
    ("PUT", "/scope", {"scope": {"sites": "Mine"}, "version": 1}),
    ("PUT", "/status", {"status": "finished", "version": 1}),
    ("POST", "/questions", {"question": {"ask": "Why?", "kind": "text"}, "step": 1, "version": 1}),
    ("PUT", "/questions/own.1", {"question": {"ask": "Why?", "kind": "text"}, "version": 1}),
    ("DELETE", "/questions/own.1?version=1", None),
    ("PUT", "/lead", {}),
    ("GET", "/make-or-buy", None),
    ("PUT", "/answers/1.1", {"given": {"value": "Mine"}, "version": 0}),
    ("DELETE", "/answers/1.1?version=1", None),
    ("GET", "/report", None),
    *(("GET", f"/report.{kind}", None) for kind in ("docx", "xlsx", "pdf", "md", "json")),
    ("POST", "/copies", {"title": "A copy"}),
    ("DELETE", "", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_a_stranger_finds_nothing(ana, ben, review, method, path, body):
    before = ana.open(review)
    refused = ben.send(method, f"/{review}{path}", body)
    assert refused.status_code == 404
    assert "not here" in refused.json()["detail"]
    missing = ben.send(method, f"/{'0' * 32}{path}", body)
    assert (missing.status_code, missing.json()) == (404, refused.json())
    assert ana.open(review) == before


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_a_browser_without_cookies_is_told_so(visitor, review, method, path, body):
    refused = visitor(cookie=None).send(method, f"/{review}{path}", body)
    assert refused.status_code == 401
    assert "allow cookies" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("POST", "/example"), ("POST", "/invited"), ("POST", "/join")]
)
def test_the_list_needs_a_cookie_too(visitor, method, path):
    body = {"": {"title": "x"}, "/invited": {"token": "x"}, "/join": {"token": "x"}}.get(path, {})
    assert visitor(cookie="guess").send(method, path, body if method == "POST" else None).status_code == 401


@pytest.mark.parametrize(("method", "path", "body"), [route for route in ROUTES if route[2] is not None])
def test_an_unknown_field_is_refused_by_name(ana, review, method, path, body):
    before = ana.open(review)
    refused = ana.send(method, f"/{review}{path}", {**body, "admin": True})
    assert refused.status_code == 422
    assert refused.json()["wrong"] == [{"field": "admin", "reason": "admin is not known here; leave it out."}]
    assert ana.open(review) == before


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("POST", "", {"title": "   "}, "needs a title"),
        ("POST", "", {"title": "x" * 301}, "longer than 300"),
        ("POST", "", {"name": "Ana"}, "title is missing"),
        ("POST", "", {"title": "x", "name": "n" * 301}, "300"),
        ("PUT", "/{id}/title", {"title": "\n", "version": 1}, "needs a title"),
        ("PUT", "/{id}/title", {"title": "x", "version": "one"}, "version"),
        ("PUT", "/{id}/me", {"name": " "}, "Type a name"),
        ("PUT", "/{id}/me", {"name": "n" * 301}, "longer than 300"),
        ("PUT", "/{id}/me/position", {"question": "99.9"}, "99.9"),
        ("POST", "/{id}/comments", {"about": "1.1", "text": " "}, "blank"),
        ("POST", "/{id}/comments", {"about": "1.1", "text": "x" * 4001}, "4,000"),
        ("PUT", "/{id}/status", {"status": "burnt", "version": 1}, "status"),
        ("PUT", "/{id}/scope", {"scope": {"loss_limit": -5}, "version": 1}, "Unacceptable loss"),
        ("PUT", "/{id}/scope", {"scope": {"country_limit": 1.5}, "version": 1}, "above the highest"),
        ("PUT", "/{id}/scope", {"scope": {"colour": "red"}, "version": 1}, "colour"),
        ("PUT", "/{id}/answers/1.1", {"given": {"maturity": 4}, "version": 0}, "maturity"),
        ("PUT", "/{id}/answers/1.1", {"given": {"evidence": "x" * 4001}, "version": 0}, "evidence"),
        ("PUT", "/{id}/answers/1.1", {"given": {"value": "x"}, "version": -1}, "version"),
        ("PUT", "/{id}/answers/99.9", {"given": {"value": "x"}, "version": 0}, "99.9"),
        ("PUT", "/{id}/answers/1.4", {"given": {"value": "no such choice"}, "version": 0}, "no such choice"),
        ("POST", "/{id}/copies", {"title": ""}, "needs a title"),
        ("POST", "/import", {"no": "review"}, ""),
        ("POST", "/import", [1, 2, 3], ""),
    ],
)
def test_bad_input_is_named_and_changes_nothing(ana, review, method, path, body, said):
    before = ana.open(review)
    refused = ana.send(method, path.format(id=review), body)
    assert refused.status_code == 422
    assert said in refused.json()["detail"]
    assert refused.json()["wrong"]
    assert ana.open(review) == before
    assert len(ana.get().json()) == 1


@pytest.mark.parametrize("token", ["", "x", "a" * 10_000, "../..", "' OR 1=1 --"])
def test_a_made_up_invitation_leads_nowhere(ana, ben, review, token):
    assert ben.send("POST", "/join", {"token": token}).status_code == 404
    assert len(ana.open(review)["review"]["participants"]) == 1


def test_bodies_are_limited(ana, review):
    before = ana.open(review)
    huge = ana.send("PUT", f"/{review}/answers/1.1", {"given": {"value": "x" * 2_000_001}, "version": 0})
    assert huge.status_code == 413
    assert "2 MB" in huge.json()["detail"]
    file = ana.send("POST", "/import", {"title": "x" * 20_000_001})
    assert file.status_code == 413
    assert "20 MB" in file.json()["detail"]
    assert ana.open(review) == before


def test_a_body_that_comes_in_pieces_is_limited_too(ana, review):
    def pieces():
        for _ in range(30):
            yield b" " * 100_000

    sent = ana.client.put(f"/reviews/{review}/title", content=pieces(), headers={"Content-Type": "application/json"})
    assert sent.status_code == 413


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"title": "x"}', "text/plain", 415),
        (b"title=x", "application/x-www-form-urlencoded", 415),
        (b'{"title": "x"}', "", 415),
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"title": 1' + b"0" * 5000 + b"}", "application/json", 400),
        (b'{"title": "a\\u0000b"}', "application/json", 422),
        (b'{"title": "a\\ud800b"}', "application/json", 422),
        (b"null", "application/json", 422),
        (b'"text"', "application/json", 422),
    ],
)
def test_what_is_no_json_of_a_review_is_refused(ana, content, kind, status):
    answer = ana.client.post("/reviews", content=content, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert ana.get().json() == []


def test_a_backslash_before_u0000_is_only_text(ana):
    assert ana.begin(title="a\\u0000b")["review"]["title"] == "a\\u0000b"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(ana, review, number):
    def put(path: str, text: str):
        return ana.client.put(f"/reviews/{review}/{path}", content=text, headers={"Content-Type": "application/json"})

    assert put("scope", f'{{"scope": {{"loss_limit": {number}}}, "version": 1}}').status_code == 422
    assert put("answers/2.2", f'{{"given": {{"value": {number}}}, "version": 0}}').status_code == 422
    assert ana.open(review)["review"]["answers"] == []


def test_harm_in_every_text_comes_back_as_text(ana, invited, review):
    scope = {"product_lines": HARM, "sites": HARM, "period": HARM, "currency": "<b>", "other_limits": HARM}
    assert ana.send("PUT", f"/{review}/title", {"title": HARM, "version": 1}).status_code == 200
    assert ana.send("PUT", f"/{review}/scope", {"scope": scope, "version": 2}).status_code == 200
    assert ana.send("PUT", f"/{review}/me", {"name": HARM}).status_code == 200
    assert ana.send("POST", f"/{review}/comments", {"about": "1.1", "text": HARM}).status_code == 201
    assert ana.answer(review, "1.1", value=HARM, evidence=HARM, comment=HARM).status_code == 200
    question = {
        "ask": HARM,
        "short": "<b>short</b>",
        "kind": "choice",
        "why": HARM,
        "evidence": HARM,
        "options": [HARM, "other"],
        "anchors": [HARM, "1", "2", "3"],
    }
    added = ana.send("POST", f"/{review}/questions", {"question": question, "step": 1, "version": 3})
    assert added.status_code == 201
    assert ana.answer(review, "own.1", value=HARM).status_code == 200
    answer = invited.get(f"/{review}")
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()["review"]
    assert (found["title"], found["scope"]["sites"], found["participants"][0]["name"]) == (HARM, HARM, HARM)
    assert found["comments"][0]["text"] == HARM
    kept = {one["question"]: one for one in found["answers"]}
    assert (kept["1.1"]["value"], kept["1.1"]["evidence"], kept["1.1"]["comment"]) == (HARM, HARM, HARM)
    assert kept["own.1"]["value"] == HARM
    assert invited.get().json()[0]["title"] == HARM
    assert any(HARM in one["text"] for one in invited.get(f"/{review}/changes").json())
    shown = invited.get(f"/{review}/report").json()["html"]
    for tag in ("<script", "<img", "<a ", "<b>short"):
        assert tag not in shown
    assert "&lt;script&gt;" in shown
    assert json.loads(invited.get(f"/{review}/report.json").text)


def test_a_store_that_fails_says_why(ana, review, reviews, monkeypatch):
    def full(*_args, **_options):
        raise StoreError("There is no space left: free some on the disk, then send the change again.")

    monkeypatch.setattr(type(reviews), "answer", full)
    refused = ana.answer(review, "1.1", value="x")
    assert refused.status_code == 503
    assert "free some on the disk" in refused.json()["detail"]


def test_an_error_of_the_program_tells_nothing_of_its_inside(ana, review, reviews, monkeypatch, caplog):
    def broken(*_args, **_options):
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(type(reviews), "open", broken)
    refused = ana.get(f"/{review}")
    assert refused.status_code == 500
    assert "secret" not in refused.text
    assert "a route failed" in caplog.text

"""A small server with only the routes of reviews, and browsers that ask it."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.pages.conversations import COOKIE
from assistant.pages.reviewing.router import reviews_router
from tools.risk.store import Reviews


@dataclass
class Browser:
    """Somebody's browser; JSON in and out."""

    client: TestClient

    def get(self, path: str = "") -> Any:
        return self.client.get(f"/reviews{path}")

    def send(self, method: str, path: str = "", body: Any = None) -> Any:
        return self.client.request(method, f"/reviews{path}", json=body)

    def begin(self, title: str = "Pump factory 2027", name: str = "Ana") -> dict[str, Any]:
        answer = self.send("POST", "", {"title": title, "name": name})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def open(self, review_id: str) -> dict[str, Any]:
        answer = self.get(f"/{review_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def answer(self, review_id: str, question: str, version: int = 0, team: bool = False, **given: Any) -> Any:
        return self.send("PUT", f"/{review_id}/answers/{question}", {"given": given, "version": version, "team": team})


@pytest.fixture(scope="module")
def reviews(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviews]:
    """One store for all tests of a file; each test has browsers of its own, which see nothing of the others."""
    made = Reviews.in_folder(tmp_path_factory.mktemp("reviews"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(reviews: Reviews) -> FastAPI:
    """The server."""
    made = FastAPI()
    made.include_router(reviews_router(reviews))
    return made


@pytest.fixture
def visitor(app: FastAPI) -> Iterator[Callable[..., Browser]]:
    """Make browsers, each with a cookie of its own unless it has none."""
    clients = []

    def make(cookie: str | None = "") -> Browser:
        cookies = {} if cookie is None else {COOKIE: cookie or secrets.token_hex(32)}
        clients.append(TestClient(app, cookies=cookies))
        return Browser(clients[-1])

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def ana(visitor: Callable[..., Browser]) -> Browser:
    """The one who leads."""
    return visitor()


@pytest.fixture
def ben(visitor: Callable[..., Browser]) -> Browser:
    """Another one, who takes no part until invited."""
    return visitor()


@pytest.fixture
def review(ana: Browser) -> str:
    """The id of a review that Ana began."""
    return str(ana.begin()["review"]["id"])


@pytest.fixture
def invited(ana: Browser, ben: Browser, review: str) -> Browser:
    """Ben, who takes part."""
    token = ana.get(f"/{review}/invitation").json()["token"]
    answer = ben.send("POST", "/join", {"token": token, "name": "Ben"})
    assert answer.status_code == 200, answer.text
    return ben

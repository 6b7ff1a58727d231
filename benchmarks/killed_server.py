"""Kills the web server of reviews while people answer, and looks whether an acknowledged answer is missing."""

import hashlib
import multiprocessing.connection
import random
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import uvicorn
from fastapi import FastAPI

from assistant.pages.conversations import COOKIE
from assistant.pages.reviewing.router import reviews_router
from benchmarks.killed import QUESTIONS, Acknowledged, Killed, kill_again, started
from tools.risk.review import TEAM, Review
from tools.risk.store import Actor, Reviews

PEOPLE = 6


def kill_server(url: str, times: int, seed: int = 1, longest: float = 0.25) -> Killed:
    """Let six browsers answer and kill the server; again, `times` times."""
    tokens = [hashlib.sha256(f"browser {number}".encode()).hexdigest() for number in range(PEOPLE)]
    people = [Actor(hashlib.sha256(token.encode()).hexdigest(), f"Writer {n}") for n, token in enumerate(tokens)]

    @contextmanager
    def answering(
        store: Reviews, review_id: str, known: dict[str, int]
    ) -> Iterator[tuple[int, Callable[[], Acknowledged]]]:
        now = store.open(people[0], review_id)
        with started(serve, url) as (process, pipe), ThreadPoolExecutor(PEOPLE) as pool:
            assert pipe.poll(60), "the server did not start"
            address = f"http://127.0.0.1:{pipe.recv()}"
            began = threading.Event()
            running = [
                pool.submit(_answer_on, address, token, now, place, dict(known), began)
                for place, token in enumerate(tokens)
            ]
            assert began.wait(60), "the server answered nothing"
            yield process, lambda: [one for person in running for one in person.result()]

    return kill_again(url, "Served until killed", people, answering, times, seed, longest)


def _answer_on(
    address: str, token: str, review: Review, place: int, numbers: dict[str, int], began: threading.Event
) -> Acknowledged:
    """Count up one person's answers until the server is gone; return what the server said is kept."""
    name = f"Writer {place}"
    me = next(one.id for one in review.participants if one.name == name)
    versions = {(one.question, one.person): one.version for one in review.answers}
    chance = random.Random(place)  # noqa: S311
    kept: Acknowledged = []
    with httpx.Client(base_url=address, cookies={COOKIE: token}, timeout=30, trust_env=False) as browser:
        while True:
            team = place < len(QUESTIONS) and chance.random() < 0.3
            question = QUESTIONS[place] if team else chance.choice(QUESTIONS)
            key, seen = f"{question} {'team' if team else name}", (question, TEAM if team else me)
            numbers[key] = numbers.get(key, 0) + 1
            body = {"given": {"value": str(numbers[key])}, "version": versions.get(seen, 0), "team": team}
            try:
                reply = browser.put(f"/reviews/{review.id}/answers/{question}", json=body)
            except httpx.TransportError:
                return kept
            assert reply.status_code == 200, reply.text
            versions[seen] = reply.json()["version"]
            kept.append((key, numbers[key]))
            began.set()


def serve(url: str, pipe: multiprocessing.connection.Connection) -> None:
    """Serve the routes of reviews on a free port, whose number goes into the pipe."""
    app = FastAPI()
    app.include_router(reviews_router(Reviews(url)))
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    pipe.send(listening.getsockname()[1])
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])

"""Kills the web server of reviews while people answer, and looks whether an acknowledged answer is missing."""

import hashlib
import multiprocessing.connection
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import uvicorn
from fastapi import FastAPI

from assistant.pages.conversations import COOKIE
from assistant.pages.reviewing.router import reviews_router
from benchmarks.forked import forked
from benchmarks.killed_writers import Killed, compare
from tools.risk.review import TEAM, Review
from tools.risk.store import Actor, Reviews

PEOPLE = 6
_QUESTIONS = ("1.1", "4.2", "6.3")


def kill_server(url: str, times: int, seed: int = 1, longest: float = 0.25) -> Killed:
    """Let six browsers answer, kill the server up to `longest` seconds after its first answer; again, `times` times.

    Values count up, so what is there afterwards must be the last that a browser was told is kept, or the one after it.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    tokens = [hashlib.sha256(f"browser {number}".encode()).hexdigest() for number in range(PEOPLE)]
    people = [Actor(hashlib.sha256(token.encode()).hexdigest(), f"Writer {n}") for n, token in enumerate(tokens)]
    found = Killed()
    store = Reviews(url)
    try:
        review = store.begin(people[0], "Served until killed")
        for person in people[1:]:
            store.join(person, store.invitation(people[0], review.id))
        known: dict[str, int] = {}
        for _ in range(times):
            now = store.open(people[0], review.id)
            with _server(url) as (process, address), ThreadPoolExecutor(PEOPLE) as pool:
                began = threading.Event()
                running = [
                    pool.submit(_answer_on, address, token, now, place, dict(known), began)
                    for place, token in enumerate(tokens)
                ]
                assert began.wait(60), "the server answered nothing"
                time.sleep(chance.uniform(0, longest))
                os.kill(process, signal.SIGKILL)
                told = [one for person in running for one in person.result()]
            found.kills += 1
            found.acknowledged += len(told)
            for name, number in told:
                known[name] = max(number, known.get(name, 0))
            compare(store, people, review.id, known, found)
    finally:
        store.close()
    return found


def _answer_on(
    address: str, token: str, review: Review, place: int, numbers: dict[str, int], began: threading.Event
) -> list[tuple[str, int]]:
    """Count up one person's answers until the server is gone; return what the server said is kept."""
    name = f"Writer {place}"
    me = next(one.id for one in review.participants if one.name == name)
    versions = {(one.question, one.person): one.version for one in review.answers}
    chance = random.Random(place)  # noqa: S311
    kept: list[tuple[str, int]] = []
    with httpx.Client(base_url=address, cookies={COOKIE: token}, timeout=30, trust_env=False) as browser:
        while True:
            team = place < len(_QUESTIONS) and chance.random() < 0.3
            question = _QUESTIONS[place] if team else chance.choice(_QUESTIONS)
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


@contextmanager
def _server(url: str) -> Iterator[tuple[int, str]]:
    context = forked()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(url, theirs), daemon=True)
    process.start()
    theirs.close()
    assert process.pid
    try:
        assert ours.poll(60), "the server did not start"
        yield process.pid, f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def serve(url: str, pipe: multiprocessing.connection.Connection) -> None:
    """Serve the routes of reviews on a free port, whose number goes into the pipe."""
    app = FastAPI()
    app.include_router(reviews_router(Reviews(url)))
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    pipe.send(listening.getsockname()[1])
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])

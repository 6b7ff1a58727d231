"""Kills a process that writes reviews at random moments, and looks whether anything that it acknowledged is missing."""

import json
import multiprocessing.connection
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from benchmarks.killed import QUESTIONS, Acknowledged, Killed, kill_again, started
from tools.risk.review import Given, Node
from tools.risk.store import Actor, Reviews

WRITERS = 3
"""Each writer has own answers to the questions, and the team's answer to one of them."""


def kill_while_writing(url: str, times: int, seed: int = 1, longest: float = 0.08) -> Killed:
    """Let a process of several threads write to a review and kill it; again, `times` times."""
    people = [Actor(f"writer {number}", f"Writer {number}") for number in range(WRITERS)]

    @contextmanager
    def writing(
        _store: Reviews, review_id: str, known: dict[str, int]
    ) -> Iterator[tuple[int, Callable[[], Acknowledged]]]:
        with started(write_on, url, review_id, known) as (process, pipe):
            assert pipe.poll(60), "the writing process did not start"
            yield process, lambda: _read(pipe)

    return kill_again(url, "Written until killed", people, writing, times, seed, longest)


def _read(pipe: multiprocessing.connection.Connection) -> Acknowledged:
    """Return what arrived before the end; a message that was cut off was never sent whole, so never acknowledged."""
    found = []
    while True:
        try:
            found.append(tuple(json.loads(pipe.recv_bytes())))
        except (EOFError, OSError):
            return found  # type: ignore[return-value]


def write_on(url: str, review_id: str, known: dict[str, int], pipe: multiprocessing.connection.Connection) -> None:
    """Count up answers and nodes without end, and say of each when the store has said that it is kept."""
    store = Reviews(url)

    def write(place: int) -> None:
        actor = Actor(f"writer {place}")
        review = store.open(actor, review_id)
        name = store.me(actor, review_id).name
        node = next(
            (one for one in review.nodes if one.name == f"node {place}"), Node(name=f"node {place}", margin_per_week=0)
        )
        versions = {(one.question, one.person): one.version for one in review.answers}
        numbers = dict(known)
        chance = random.Random()  # noqa: S311
        me = store.me(actor, review_id).id
        while True:
            question, team = QUESTIONS[chance.randrange(3)], False
            if chance.random() < 0.3:
                question, team = QUESTIONS[place], True
            if chance.random() < 0.2:
                counted = (node.margin_per_week or 0) + 1  # a figure without an upper bound
                node = store.save(actor, review_id, node.model_copy(update={"margin_per_week": counted}))
                _acknowledge(pipe, node.name, int(node.margin_per_week or 0))
                continue
            key = f"{question} {'team' if team else name}"
            seen = (question, "" if team else me)
            numbers[key] = numbers.get(key, 0) + 1
            given = Given(value=str(numbers[key]), evidence="e" * chance.randrange(2000))
            versions[seen] = store.answer(actor, review_id, question, given, versions.get(seen, 0), team).version
            _acknowledge(pipe, key, numbers[key])

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write, place) for place in range(WRITERS)]:
            done.result()


def _acknowledge(pipe: multiprocessing.connection.Connection, name: str, number: int) -> None:
    with _SENDING:
        pipe.send_bytes(json.dumps([name, number]).encode())


_SENDING = threading.Lock()

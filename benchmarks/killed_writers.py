"""Kills a process that writes reviews at random moments, and looks whether anything that it acknowledged is missing."""

import json
import multiprocessing.connection
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks.forked import forked
from tools.risk.review import Given, Node, Review
from tools.risk.store import Actor, Reviews

WRITERS = 3
_QUESTIONS = ("1.1", "4.2", "6.3")
"""Questions of kind text; each writer has own answers to them, and the team's answer to one of them."""


@dataclass
class Killed:
    """What was found after all kills; nothing may stand in `lost`."""

    kills: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    lost: list[str] = field(default_factory=list)


def kill_while_writing(url: str, times: int, seed: int = 1, longest: float = 0.08) -> Killed:
    """Begin a review, let a process of several threads write to it, kill that process; again, `times` times.

    A kill comes up to `longest` seconds after the first acknowledgement. Values count up, so what is there afterwards
    must be the last that was acknowledged or the one after it, which was on its way.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    people = [Actor(f"writer {number}", f"Writer {number}") for number in range(WRITERS)]
    found = Killed()
    store = Reviews(url)
    try:
        review = store.begin(people[0], "Written until killed")
        for person in people[1:]:
            store.join(person, store.invitation(people[0], review.id))
        known: dict[str, int] = {}
        for _ in range(times):
            with _writer(url, review.id, known) as (process, pipe):
                assert pipe.poll(60), "the writing process did not start"
                time.sleep(chance.uniform(0, longest))
                os.kill(process, signal.SIGKILL)
                acknowledged = _read(pipe)
            found.kills += 1
            found.acknowledged += len(acknowledged)
            for name, number in acknowledged:
                known[name] = max(number, known.get(name, 0))
            compare(store, people, review.id, known, found)
    finally:
        store.close()
    return found


def compare(store: Reviews, people: list[Actor], review_id: str, known: dict[str, int], found: Killed) -> None:
    """Look at the review through a store that was open all the time; note what is missing, take over what is there."""
    review = store.open(people[-1], review_id)
    there = counted(review)
    for name, number in known.items():
        now = there.get(name, 0)
        found.in_flight += now == number + 1
        if now not in (number, number + 1):
            found.lost.append(f"kill {found.kills}, {name}: {number} was acknowledged, {now} is there")
    known.update(there)
    numbers = [change.number for change in store.changes(people[0], review_id)]
    if numbers != list(range(1, review.revision + 1)):
        found.lost.append(f"kill {found.kills}: the log has {len(numbers)} changes, the revision is {review.revision}")


def counted(review: Review) -> dict[str, int]:
    """Return of everything that the writers count up its name and number."""
    names = {one.id: one.name for one in review.participants}
    found = {f"{one.question} {names.get(one.person, 'team')}": int(str(one.value)) for one in review.answers}
    return found | {node.name: int(node.ttr_weeks or 0) for node in review.nodes}


@contextmanager
def _writer(
    url: str, review_id: str, known: dict[str, int]
) -> Iterator[tuple[int, multiprocessing.connection.Connection]]:
    """Start a process that writes; it is forked from one that has imported everything and opened nothing."""
    context = forked()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=write_on, args=(url, review_id, known, theirs), daemon=True)
    process.start()
    theirs.close()
    assert process.pid
    try:
        yield process.pid, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _read(pipe: multiprocessing.connection.Connection) -> list[tuple[str, int]]:
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
            (one for one in review.nodes if one.name == f"node {place}"), Node(name=f"node {place}", ttr_weeks=0)
        )
        versions = {(one.question, one.person): one.version for one in review.answers}
        numbers = dict(known)
        chance = random.Random()  # noqa: S311
        me = store.me(actor, review_id).id
        while True:
            question, team = _QUESTIONS[chance.randrange(3)], False
            if chance.random() < 0.3:
                question, team = _QUESTIONS[place], True
            if chance.random() < 0.2:
                node = store.save(actor, review_id, node.model_copy(update={"ttr_weeks": ((node.ttr_weeks or 0) + 1)}))
                _acknowledge(pipe, node.name, int(node.ttr_weeks or 0))
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

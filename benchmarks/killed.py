"""Kills processes that work on one review at random moments, and looks whether anything acknowledged is missing."""

import multiprocessing.connection
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from benchmarks.forked import forked
from tools.risk.review import Review
from tools.risk.store import Actor, Reviews

QUESTIONS = ("1.1", "4.2", "6.3")
"""Questions of kind text, whose answers are counted up."""
Acknowledged = list[tuple[str, int]]
"""Names of what was counted up, each with a number that was said to be kept."""
Work = Callable[[Reviews, str, dict[str, int]], AbstractContextManager[tuple[int, Callable[[], Acknowledged]]]]
"""Begins to work on a review, given by its id, from the numbers that are there.

Once something was acknowledged it gives the process to kill, and what tells after that all that was acknowledged.
"""


@dataclass
class Killed:
    """What was found after all kills; nothing may stand in `lost`."""

    kills: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    lost: list[str] = field(default_factory=list)


def kill_again(
    url: str, title: str, people: Sequence[Actor], work: Work, times: int, seed: int, longest: float
) -> Killed:
    """Begin a review of these people, let them work on it, kill the process that does it; again, `times` times.

    A kill comes up to `longest` seconds after the first acknowledgement. Values count up, so what is there afterwards
    must be the last that was acknowledged or the one after it, which was on its way.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    found = Killed()
    store = Reviews(url)
    try:
        review = store.begin(people[0], title)
        for person in people[1:]:
            store.join(person, store.invitation(people[0], review.id))
        known: dict[str, int] = {}
        for _ in range(times):
            with work(store, review.id, dict(known)) as (process, told):
                time.sleep(chance.uniform(0, longest))
                os.kill(process, signal.SIGKILL)
                acknowledged = told()
            found.kills += 1
            found.acknowledged += len(acknowledged)
            for name, number in acknowledged:
                known[name] = max(number, known.get(name, 0))
            compare(store, people, review.id, known, found)
    finally:
        store.close()
    return found


def compare(store: Reviews, people: Sequence[Actor], review_id: str, known: dict[str, int], found: Killed) -> None:
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
    return found | {node.name: int(node.margin_per_week or 0) for node in review.nodes}


@contextmanager
def started(target: Callable[..., None], *args: object) -> Iterator[tuple[int, multiprocessing.connection.Connection]]:
    """Start a process, forked from one that has imported everything and opened nothing.

    It gets a pipe as its last argument; its id and the other end of the pipe are given. It is killed in the end.
    """
    context = forked()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*args, theirs), daemon=True)
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

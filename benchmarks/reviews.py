"""Measures reviews under load and under kill -9, on SQLite and PostgreSQL: python -m benchmarks.reviews.

Answers a second, p50 and p95 of one acknowledged answer, and updates that were lost, of which there may be none.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier

from benchmarks.figures import percentile
from benchmarks.forked import PRELOADED
from benchmarks.killed import Killed
from benchmarks.killed_server import kill_server
from benchmarks.killed_writers import kill_while_writing
from tests.tools.risk.store.postgresql import NoPostgresError, private_server
from tools.risk.review import Answer, Given, Review
from tools.risk.store import Actor, ConflictError, Reviews

DATABASES = ("sqlite", "postgresql")
SHARED = "6.3"
"""The question whose one answer, the team's, all participants of a review write to."""


@dataclass
class Load:
    """What a load was answered with: seconds of each acknowledged answer, conflicts that were told, lost updates."""

    seconds: float = 0.0
    answers: list[float] = field(default_factory=list)
    conflicts: int = 0
    lost: int = 0


def main() -> int:
    """Measure and print a table; the exit status is 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--only", choices=DATABASES, action="append", help="measure on this database only")
    chosen = parser.parse_args()
    share = 10 if chosen.quick else 1
    lost = 0
    PRELOADED.append("benchmarks.killed_server")
    print("| Load | Answers a second | p50 | p95 | Conflicts told | Lost |\n|---|--:|--:|--:|--:|--:|")
    for name in chosen.only or DATABASES:
        try:
            with database(name) as url:
                lost += _show(f"{name}, {50 // share} people, one review", together(url, 50 // share, rounds=4))
                lost += _show(f"{name}, {500 // share} reviews in parallel", in_parallel(url, 500 // share, answers=10))
                lost += _show_killed(f"{name}, a writing process", kill_while_writing(url, 200 // share))
                lost += _show_killed(f"{name}, the server", kill_server(url, 200 // share))
        except NoPostgresError as error:
            print(f"{name}: not measured: {error}", file=sys.stderr)
    return 1 if lost else 0


def _show(title: str, load: Load) -> int:
    p50, p95 = (f"{1000 * percentile(load.answers, part):.1f} ms" for part in (0.5, 0.95))
    rate = len(load.answers) / load.seconds
    print(f"| {title} | {rate:,.0f} | {p50} | {p95} | {load.conflicts:,} | {load.lost} |", flush=True)
    return load.lost


def _show_killed(title: str, killed: Killed) -> int:
    print("\n".join(killed.lost), file=sys.stderr, end="\n" if killed.lost else "")
    what = f"{title} killed {killed.kills} times, {killed.acknowledged:,} answers"
    print(f"| {what} | | | | | {len(killed.lost)} |", flush=True)
    return len(killed.lost)


@contextmanager
def database(name: str) -> Iterator[str]:
    """Yield the address of an empty database that waits for the disk, as it does in use."""
    if name == "postgresql":
        with private_server("max_connections=100") as server:
            yield server.new_database()
    else:
        with tempfile.TemporaryDirectory(prefix="reviews-") as folder:
            yield f"sqlite:///{Path(folder) / 'reviews.sqlite'}"


def together(url: str, people: int, rounds: int) -> Load:
    """Let people answer questions of one review at once, and all of them change one answer of the team's.

    In each round a person gives an own answer and adds a word to the team's; when told that it was changed meanwhile,
    they add theirs to what is there now.
    """
    actors = [Actor(f"person {number}", f"Person {number}") for number in range(people)]
    load = Load()
    store = Reviews(url)
    review = store.begin(actors[0], "Everybody at once")
    token = store.invitation(actors[0], review.id)
    for actor in actors[1:]:
        store.join(actor, token)
    texts = [one.id for one in review.checklist.questions if one.kind == "text" and one.id != SHARED]

    def take_part(place: int) -> None:
        actor, versions, version, words = actors[place], dict.fromkeys(texts, 0), 0, ""
        for number in range(rounds):
            own = texts[number % len(texts)]
            given = Given(value=f"{place}.{number}")
            versions[own] = _timed(
                load, lambda g=given, q=own: store.answer(actor, review.id, q, g, versions[q])
            ).version
            while True:
                given = Given(value=f"{words} {place}.{number}".strip())
                try:
                    kept = _timed(
                        load, lambda g=given, v=version: store.answer(actor, review.id, SHARED, g, v, team=True)
                    )
                    version, words = kept.version, str(kept.value)
                    break
                except ConflictError as error:
                    current = Answer.model_validate(error.current)
                    version, words = current.version, str(current.value)
                    load.conflicts += 1

    _all_at_once(load, people, take_part)
    load.lost = _missing(store.open(actors[-1], review.id), people, rounds, texts)
    store.close()
    return load


def _missing(review: Review, people: int, rounds: int, texts: list[str]) -> int:
    """Count what was acknowledged and is not there."""
    (team,) = [one for one in review.answers_to(SHARED) if not one.person]
    wanted = {f"{place}.{number}" for place in range(people) for number in range(rounds)}
    lost = len(wanted - set(str(team.value).split()))
    own = {(one.question, one.by): one.value for one in review.answers if one.person}
    for place in range(people):
        for spot, question in enumerate(texts[:rounds]):
            last = max(number for number in range(rounds) if number % len(texts) == spot)
            lost += own.get((question, f"Person {place}")) != f"{place}.{last}"
    return lost


def in_parallel(url: str, reviews: int, answers: int) -> Load:
    """Let as many people as there are reviews answer, each in a review of their own."""
    load = Load()
    store = Reviews(url)
    actors = [Actor(f"lead {number}", f"Lead {number}") for number in range(reviews)]
    begun = [store.begin(actor, f"Review of {actor.name}") for actor in actors]
    texts = [one.id for one in begun[0].checklist.questions if one.kind == "text"]

    def take_part(place: int) -> None:
        versions = dict.fromkeys(texts, 0)
        for number in range(answers):
            question, given = texts[number % len(texts)], Given(value=str(number))
            made = _timed(
                load, lambda q=question, g=given: store.answer(actors[place], begun[place].id, q, g, versions[q])
            )
            versions[question] = made.version

    _all_at_once(load, reviews, take_part)
    for actor, review in zip(actors, begun, strict=True):
        seen = store.open(actor, review.id)
        numbers = {int(str(one.value)) for one in seen.answers}
        load.lost += len(set(range(max(0, answers - len(texts)), answers)) - numbers)
        load.lost += seen.revision != review.revision + answers
    store.close()
    return load


def _timed(load: Load, call: Callable[[], Answer]) -> Answer:
    began = time.perf_counter()
    made = call()
    load.answers.append(time.perf_counter() - began)
    return made


def _all_at_once(load: Load, people: int, take_part: Callable[[int], None]) -> None:
    start = Barrier(people + 1)

    def wait_and_take_part(place: int) -> None:
        start.wait()
        take_part(place)

    with ThreadPoolExecutor(people) as pool:
        running = [pool.submit(wait_and_take_part, place) for place in range(people)]
        start.wait()
        began = time.perf_counter()
        for one in running:
            one.result()
        load.seconds = time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())

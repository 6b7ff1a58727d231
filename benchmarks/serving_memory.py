"""Measures the memory of the serving process after a number of turns, with the web page and without it."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx

from benchmarks.figures import Row
from benchmarks.page import Page
from benchmarks.plan import Plan
from benchmarks.processes import ROOT, MeasureError, environment, memory, participants, stop
from benchmarks.questions import TURNS_A_CONVERSATION, conversation_of

MEGABYTE = 1_000_000
LONGEST_START = 180.0


def measure(plan: Plan) -> list[Row]:
    """Ask the same questions of both web servers over HTTP, and of both without a page."""
    questions = plan.questions[: plan.served_turns]
    turns = f"after {len(questions)} turns"
    web = _served(plan, questions)
    with participants({"web chat": plan.ours, "recipe": plan.recipe}, plan.work) as running:
        for place, question in enumerate(questions):
            for participant in running.values():
                participant.turn(conversation_of(place), question)
        bare = {name: participant.memory() / MEGABYTE for name, participant in running.items()}
    return [
        Row("Memory of the web server", "MB", web["ours"], web["recipe"], goal=0.6, note=turns),
        Row("Memory without Gradio", "MB", bare["web chat"], bare["recipe"], note=turns),
    ]


def _served(plan: Plan, questions: list[str]) -> dict[str, float]:
    held = {}
    port = _free_port()
    with _server(["app.py"], port, plan.work / "app.log", SCM_DATA_DIR=str(plan.ours), SCM_PORT=str(port)) as process:
        _until(lambda: httpx.get(f"http://127.0.0.1:{port}/status").json()["ready"], process)
        _ask_pages(port, questions, _ask_ours)
        held["ours"] = memory(process.pid) / MEGABYTE
    port = _free_port()
    recipe = ["-m", "benchmarks.recipe", "serve", str(plan.recipe), str(port)]
    with _server(recipe, port, plan.work / "recipe.log") as process:
        _ask_pages(port, questions, _ask_recipe)
        held["recipe"] = memory(process.pid) / MEGABYTE
    return held


def _ask_pages(port: int, questions: list[str], ask: Callable[[Page, list[str]], None]) -> None:
    """Ask all questions, a new page for each conversation."""
    for start in range(0, len(questions), TURNS_A_CONVERSATION):
        page = Page(f"http://127.0.0.1:{port}")
        ask(page, questions[start : start + TURNS_A_CONVERSATION])
        page.close()


def _ask_ours(page: Page, questions: list[str]) -> None:
    begin, follow = page.submitted("question")
    for question in questions:
        page.call(begin, question)
        page.call(follow)


def _ask_recipe(page: Page, questions: list[str]) -> None:
    for question in questions:
        page.call(page.handler("chat"), question)


@contextmanager
def _server(arguments: list[str], port: int, log: Path, **more: str) -> "Iterator[subprocess.Popen[str]]":
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment(**more), stdout=said, stderr=said, text=True
        )
    try:
        _until(lambda: httpx.get(f"http://127.0.0.1:{port}/").status_code == 200, process)
        yield process
    finally:
        stop(process)


def _until(ready: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Wait until something is ready.

    Raises:
        MeasureError: when the server ends, or takes too long.
    """
    latest = monotonic() + LONGEST_START
    while monotonic() < latest and process.poll() is None:
        try:
            if ready():
                return
        except httpx.HTTPError:
            pass
        sleep(0.2)
    raise MeasureError(f"the web server is not ready after {LONGEST_START:.0f} s, or has ended")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

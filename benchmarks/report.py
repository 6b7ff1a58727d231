"""Writes the page on benchmarks from its template, report.md."""

import platform
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.figures import Row, table
from benchmarks.plan import Plan
from benchmarks.questions import TURNS_A_CONVERSATION

COMPARED = ("langchain", "langgraph", "langchain-chroma", "langchain-huggingface", "chromadb", "sentence-transformers")
PAGE = Path(__file__).with_name("report.md")


def report(rows: list[Row], plan: Plan) -> str:
    """Return the page."""
    judged = [row for row in rows if row.goal is not None]
    return PAGE.read_text("utf-8").format(
        table=table(rows),
        met=sum(bool(row.met) for row in judged),
        all=len(judged),
        questions=len(plan.questions),
        turns=TURNS_A_CONVERSATION,
        rounds=plan.rounds,
        one_shots=plan.one_shots,
        served=plan.served_turns,
        builds=plan.builds,
        restarts=plan.restarts,
        people=plan.people,
        cores=psutil.cpu_count(),
        memory=round(psutil.virtual_memory().total / 2**30),
        system=platform.system(),
        python=platform.python_version(),
        versions=", ".join(f"{name} {version(name)}" for name in COMPARED),
    )

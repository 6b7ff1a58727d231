"""Measures many people who talk at once to one process, each through a conversation of their own."""

from typing import Any

from benchmarks.figures import Row, percentile
from benchmarks.plan import Plan
from benchmarks.processes import participants
from benchmarks.questions import TURNS_A_CONVERSATION, WARM_UP


def measure(plan: Plan) -> list[Row]:
    """Let the same people ask the same questions of ours and then of the recipe, which is idle meanwhile."""
    people = shared_out(plan.questions, plan.people)
    results: dict[str, dict[str, Any]] = {}
    for name, data in {"web chat": plan.ours, "recipe": plan.recipe}.items():
        with participants({name: data}, plan.work) as running:
            for question in WARM_UP:
                running[name].turn("warm-up", question)
            results[name] = running[name].together(people)
    ours, recipe = results["web chat"], results["recipe"]
    first = next(iter(ours["errors"]), "")
    who = f"{plan.people} people at once"
    return [
        Row(f"{who}: errors", "", len(ours["errors"]), len(recipe["errors"]), goal=0, absolute=True, note=first),
        Row(f"{who}: p50", "ms", _percentile(ours, 0.5), _percentile(recipe, 0.5)),
        Row(f"{who}: p95", "ms", _percentile(ours, 0.95), _percentile(recipe, 0.95)),
        Row(f"{who}: answers a second", "", _rate(ours), _rate(recipe), note="more is better"),
    ]


def shared_out(questions: list[str], people: int) -> list[list[str]]:
    """Give each person the questions of one conversation, beginning again where they run out."""
    needed = people * TURNS_A_CONVERSATION
    asked = [questions[place % len(questions)] for place in range(needed)]
    return [asked[start : start + TURNS_A_CONVERSATION] for start in range(0, needed, TURNS_A_CONVERSATION)]


def _percentile(result: dict[str, Any], share: float) -> float | None:
    return 1000 * percentile(result["turns"], share) if result["turns"] else None


def _rate(result: dict[str, Any]) -> float:
    return float(len(result["turns"]) / result["seconds"])

"""Measures one question asked of a new process, from its start to its end."""

from statistics import median

from benchmarks.figures import Row
from benchmarks.plan import Plan
from benchmarks.processes import MeasureError, whole_process

NAME = "One question to a new process"


def measure(plan: Plan) -> list[Row]:
    """Ask by turns; the first of each is not counted, for it writes and reads what later ones find cached."""
    ours, recipe = [], []
    try:
        for question in plan.questions[: plan.one_shots + 1]:
            ours.append(whole_process(["-m", "assistant", "ask", question], SCM_DATA_DIR=str(plan.ours)))
            recipe.append(whole_process(["-m", "benchmarks.recipe", "ask", str(plan.recipe), question]))
    except MeasureError as error:
        return [Row(NAME, "s", None, goal=0.5, note=f"failed: {error}")]
    return [Row(NAME, "s", median(ours[1:]), median(recipe[1:]), goal=0.5)]

"""Measures building the index from nothing and starting again on an unchanged vault, as whole processes."""

import shutil
from operator import add
from pathlib import Path
from statistics import median

from benchmarks.figures import Row
from benchmarks.plan import Plan
from benchmarks.processes import whole_process

OURS = ("-m", "benchmarks.ours")
RECIPE = ("-m", "benchmarks.recipe")


def measure(plan: Plan) -> list[Row]:
    """Build both indexes, `plan.builds` times by turns, and leave the last ones for the other measurements."""
    export, index, recipe = [], [], []
    for _ in range(plan.builds):
        for folder in (plan.ours, plan.recipe):
            shutil.rmtree(folder, ignore_errors=True)
        export.append(_run(*OURS, "export", folder=plan.ours))
        index.append(_run(*OURS, "build", folder=plan.ours))
        recipe.append(_run(*RECIPE, "build", folder=plan.recipe))
    ours_again, recipe_again = [], []
    for _ in range(plan.restarts):
        ours_again.append(_run(*OURS, "build", folder=plan.ours))
        recipe_again.append(_run(*RECIPE, "open", folder=plan.recipe))
    built = median(recipe)
    return [
        Row(
            "Index from nothing", "s", median(map(add, export, index)), built, goal=1.0, note="with the export to ONNX"
        ),
        Row("Index from nothing, the model exported before", "s", median(index), built),
        Row("The export alone, once a machine", "s", median(export)),
        Row("Start on an unchanged vault", "s", median(ours_again), median(recipe_again), note="to the first search"),
    ]


def _run(*arguments: str, folder: Path) -> float:
    return whole_process([*arguments, str(folder)])

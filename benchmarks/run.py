"""Runs every measurement, prints a table, and writes docs/benchmarks.md."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import building, classify_items, many_people, one_shot, serving_memory, stress, warm_turn
from benchmarks.figures import Row, table
from benchmarks.plan import Plan, full, quick
from benchmarks.processes import ROOT, MeasureError
from benchmarks.questions import tuning_questions
from benchmarks.report import report

REPORT = ROOT / "docs" / "benchmarks.md"
MEASUREMENTS: dict[str, Callable[[Plan], list[Row]]] = {
    "building": building.measure,  # first: the others use what it built
    "warm_turn": warm_turn.measure,
    "one_shot": one_shot.measure,
    "serving_memory": serving_memory.measure,
    "many_people": many_people.measure,
    "classify_items": classify_items.measure,
    "stress": stress.measure,
}


def main() -> int:
    """Measure; a missed goal is a figure to read, not a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run, whose report is printed and not kept")
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", help="measure only this (and what it needs)")
    parser.add_argument("--work", type=Path, help="keep the data in this folder, and use an index that is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scm-bench-") as scratch:
        work = chosen.work.resolve() if chosen.work else Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        plan = (quick if chosen.quick else full)(work, tuning_questions())
        rows = _measure(plan, chosen.only or list(MEASUREMENTS))
    print(table(rows))
    if not chosen.quick and not chosen.only:
        REPORT.write_text(report(rows, plan), encoding="utf-8")
        print(f"\nwritten to {REPORT.relative_to(ROOT)}")
    return 0


def _measure(plan: Plan, names: list[str]) -> list[Row]:
    if not plan.ours.exists() or not plan.recipe.exists():
        names = list(dict.fromkeys(["building", *names]))
    rows: list[Row] = []
    for name in names:
        print(f"measuring {name.replace('_', ' ')} ...", file=sys.stderr, flush=True)
        try:
            rows += MEASUREMENTS[name](plan)
        except MeasureError as error:
            rows.append(Row(name.replace("_", " "), "", None, note=f"failed: {error}"))
    return rows


if __name__ == "__main__":
    sys.exit(main())

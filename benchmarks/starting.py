"""Measures a start on an unchanged vault with all notes and with the first 60 of them: python -m benchmarks.starting.

A start is a whole process from nothing to the first search. With --work the indexes are kept and used again.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from assistant.settings import NOTES
from benchmarks.figures import Row, table
from benchmarks.processes import whole_process

FEW = 60
STARTS = 9


def main() -> int:
    """Build both indexes where they are missing, start by turns, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=STARTS)
    parser.add_argument("--work", type=Path, help="keep the indexes in this folder, and use what is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scm-starting-") as scratch:
        work = chosen.work.resolve() if chosen.work else Path(scratch)
        print(table(measure(work, chosen.starts), ours="All notes", other=f"{FEW} notes"))
    return 0


def measure(work: Path, starts: int) -> list[Row]:
    """Start with all notes and with few by turns; the first of each is not counted, for it may have to build."""
    folders = {"all": NOTES, "few": some_notes(NOTES, work / f"notes-{FEW}", FEW)}
    took: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(starts + 1):
        for name, notes in folders.items():
            took[name].append(whole_process(["-m", "benchmarks.ours", "build", str(work / name), str(notes)]))
    every, few = (took[name][1:] for name in folders)
    return [
        Row("Start on an unchanged vault", "s", median(every), median(few), goal=1.0, note=f"median of {starts}"),
        Row("The fastest of them", "s", min(every), min(few)),
    ]


def some_notes(notes: Path, folder: Path, count: int) -> Path:
    """Copy the first notes by name into a folder; links to others lead nowhere then, which is only reported."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(notes.rglob("*.md"), key=lambda path: path.name)[:count]:
        copy = folder / path.relative_to(notes)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return folder


if __name__ == "__main__":
    sys.exit(main())

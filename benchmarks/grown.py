"""Measures search before and after 100,000 passages on anything but the field: python -m benchmarks.grown.

The passages are those of made-up notes that lie beside the real ones and enter as theirs do. The index takes long to
build; with --work it is kept, and one that was interrupted goes on.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter

from tqdm import tqdm

from assistant.evaluation.sets import Case, own_sets
from assistant.settings import NOTES
from benchmarks.figures import Row, medians, percentile, table
from benchmarks.foreign import PASSAGES_A_NOTE, write_notes
from knowledge.embedding import Embedder, Vectors
from knowledge.library import Library, open_library
from knowledge.retriever import NoteSearch

PASSAGES = 100_000
ROUNDS = 5
LOST = 2.0  # points of hit@1
SLOWER = 2.0


class Forgetful:
    """An embedding model that keeps no vectors of recent questions, so that each round embeds them anew."""

    def __init__(self, model: Embedder):
        self._model = model

    @property
    def identity(self) -> str:
        """Name of the weights."""
        return self._model.identity

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        return self._model.vectors(texts)

    def query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return self._model.vectors([text])[0]


@dataclass
class Searched:
    """What a library found: how often a right note came first, how often a made-up one, and the seconds by round."""

    search: NoteSearch
    right: int = 0
    foreign: int = 0
    rounds: list[list[float]] = field(default_factory=list)


def main() -> int:
    """Build both indexes where they are missing, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=PASSAGES, help="by how many the index is grown")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--work", type=Path, help="keep the indexes in this folder, and use what is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scm-grown-") as scratch:
        work = chosen.work.resolve() if chosen.work else Path(scratch)
        before, after = libraries(NOTES, work, chosen.passages)
        rows = measure(before, after, questions(), chosen.rounds)
        print(table(rows, ours="Grown", other="As it is"))
    return 0


def libraries(notes: Path, work: Path, passages: int) -> tuple[Library, Library]:
    """Open the notes as they are, and a copy of them beside as many made-up notes as make up `passages`."""
    before = _opened(notes, work / "before")
    grown = work / f"notes-{passages}"
    if not grown.exists():
        half = grown.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(notes, half / "real")
        write_notes(half / "foreign", passages // PASSAGES_A_NOTE)
        half.rename(grown)
    data = work / f"grown-{passages}"
    if not data.exists():
        shutil.copytree(work / "before", data)  # so that only what is new is embedded
    return before, _opened(grown, data)


def questions() -> list[Case]:
    """Return the questions of one turn in the tuning half of the project's own sets on concepts."""
    found = [case for name, cases in own_sets().items() if name.startswith("concepts") for case in cases]
    return [case for case in found if case.split == "tune" and len(case.turns) == 1 and _gold(case)]


def measure(before: Library, after: Library, cases: Sequence[Case], rounds: int) -> list[Row]:
    """Ask everything of both by turns, once to warm up and to see what is found, then `rounds` times by the clock."""
    known = set(before.vault.notes)
    both = (Searched(_search(before)), Searched(_search(after)))
    for one in both:
        for case in cases:
            first = one.search.search(case.turns[0]).notes[:1]
            one.right += any(note.title in _gold(case) for note in first)
            one.foreign += any(note.title not in known for note in first)
    for number in range(rounds):
        for one in both:
            one.rounds.append([])
        for place, case in enumerate(cases):
            for one in both if (place + number) % 2 else both[::-1]:
                begun = perf_counter()
                one.search.search(case.turns[0])
                one.rounds[-1].append(perf_counter() - begun)
    return _rows(*both, len(cases), after.refresh.passages - before.refresh.passages)


def _search(library: Library) -> NoteSearch:
    index = copy(library.index)
    index.embedder = Forgetful(library.embedder)
    return NoteSearch(replace(library, index=index))


def _rows(before: Searched, after: Searched, asked: int, more: int) -> list[Row]:
    points = [100 * one.right / asked for one in (after, before)]
    times = [[1000 * value for value in medians(one.rounds)] for one in (after, before)]
    p50, p95 = ([percentile(values, share) for values in times] for share in (0.5, 0.95))
    of_rounds = [median(1000 * percentile(values, 0.95) for values in one.rounds) for one in (after, before)]
    return [
        Row("hit@1", "%", *points, note=f"{asked} questions, {more:,} passages more"),
        Row("Points of hit@1 that are lost", "", points[1] - points[0], goal=LOST, absolute=True),
        Row("A made-up note comes first", "", after.foreign, before.foreign),
        Row("Warm search, p50", "ms", *p50, note="of the medians by question"),
        Row("Warm search, p95", "ms", *p95, goal=SLOWER, note="of the medians by question"),
        Row("Warm search, p95 of a round", "ms", *of_rounds, note="the median of the rounds"),
    ]


def _gold(case: Case) -> list[str]:
    return case.expect[0].gold_concepts if case.expect[0] else []


def _opened(notes: Path, data: Path) -> Library:
    with tqdm(desc=data.name, unit=" notes") as bar:

        def report(_message: str, done: int, total: int) -> None:
            bar.total = total or None
            bar.update(done - bar.n)

        return open_library(notes, data, report=report)


if __name__ == "__main__":
    sys.exit(main())

"""How well each signal, and all of them together, rank notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.sets import Case
from knowledge.retriever import NoteSearch
from knowledge.signals import Signals, read, signals

CHUNK = 1000
OVERLAP = 200
Ranker = Callable[[str], list[str]]


@dataclass(frozen=True)
class Figures:
    """hit@1, recall@5, MRR and nDCG@10 of one way of ranking."""

    name: str
    hit1: float
    recall5: float
    mrr: float
    ndcg10: float


def figures(name: str, rank: Ranker, cases: Sequence[Case]) -> Figures:
    """Score one way of ranking on single-turn questions that name the right notes."""
    rows = []
    for case in cases:
        gold = set(case.expect[0].gold_concepts) if case.expect[0] else set()
        if not gold:
            continue
        ranked = rank(case.turns[0])[:10]
        hits = [title in gold for title in ranked]
        first = next((place for place, hit in enumerate(hits, 1) if hit), 0)
        gain = sum(1 / np.log2(place + 1) for place, hit in enumerate(hits, 1) if hit)
        best = sum(1 / np.log2(place + 1) for place in range(1, min(len(gold), 10) + 1))
        rows.append((first == 1, sum(hits[:5]) / len(gold), 1 / first if first else 0.0, gain / best))
    hit1, recall5, mrr, ndcg = (float(value) for value in np.mean(rows, axis=0))
    return Figures(name, hit1, recall5, mrr, ndcg)


def rankers(search: NoteSearch) -> dict[str, Ranker]:
    """Return each way of ranking notes, by its name in the report."""

    def by(score: Callable[[Signals], float]) -> Ranker:
        def rank(question: str) -> list[str]:
            found = _signals(search, question)
            return [entry.title for entry in sorted(found, key=lambda entry: -score(entry)) if score(entry) > 0]

        return rank

    return {
        "usual recipe (chunks, dense only)": recipe(search),
        "titles and aliases": by(lambda entry: entry.name + entry.named / 10),
        "BM25": by(lambda entry: entry.words + entry.wordsum / 10),
        "dense": by(lambda entry: entry.near),
        "learned examples": by(lambda entry: entry.learned),
        "fused": by(search.score),
    }


def recipe(search: NoteSearch) -> Ranker:
    """Rank as the usual recipe does: notes cut into chunks of 1,000 characters, nearest vectors first."""
    titles, chunks = [], []
    for note in search.library.vault.notes.values():
        text = note.source
        for start in range(0, max(1, len(text) - OVERLAP), CHUNK - OVERLAP):
            titles.append(note.title)
            chunks.append(text[start : start + CHUNK])
    vectors = search.library.embedder.vectors(chunks)

    def rank(question: str) -> list[str]:
        order = np.argsort(-(vectors @ search.library.embedder.query(question)))
        return list(dict.fromkeys(titles[place] for place in order))

    return rank


def _signals(search: NoteSearch, question: str) -> list[Signals]:
    library = search.library
    reading = read(question, library.names, library.index)
    return list(signals(reading, library).values())

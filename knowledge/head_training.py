"""Learns heads of the reader anew where their examples changed, with the trained layers as they are."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding import OnnxEmbedder, Vectors
from knowledge.lesson import Lesson, lessons_hash
from knowledge.reader import HEADS, LAYERS, Head, Reader, save_heads
from knowledge.softmax import fit_softmax

INVERSE_PENALTY = 0.3


def train_heads(
    lessons: Sequence[Lesson], embedder: OnnxEmbedder, layers: Path = LAYERS, heads: Path = HEADS
) -> list[str]:
    """Fit the heads whose examples are others than they were learned from, and write them all; return their names.

    It takes minutes where training the layers takes half an hour. After many changes the layers are worth it.
    """
    reader = Reader(embedder, layers, heads)
    named = sorted({head for lesson in lessons for head in (*lesson.labels, *lesson.parts)})
    changed = [
        name for name in named if name not in reader.heads or reader.heads[name].source != lessons_hash(lessons, name)
    ]
    kept = {name: reader.heads[name] for name in named if name not in changed}
    save_heads(kept | {name: _fitted(name, lessons, reader) for name in changed}, embedder.identity, heads)
    return changed


def _fitted(name: str, lessons: Sequence[Lesson], reader: Reader) -> Head:
    from scipy.sparse import csr_matrix

    seen = [pair for lesson in lessons for pair in _seen(name, lesson, reader)]
    labels, targets = np.unique([label for _, label in seen], return_inverse=True)
    dense = np.array([features for features, _ in seen], np.float32)
    weights, offsets = fit_softmax(dense, csr_matrix((len(seen), 0)), targets, len(labels), INVERSE_PENALTY)
    return Head(tuple(map(str, labels)), weights, offsets, lessons_hash(lessons, name))


def _seen(name: str, lesson: Lesson, reader: Reader) -> Iterator[tuple[Vectors, str]]:
    """Yield what the reader sees of a text, or of its parts, with the label under a head."""
    if name in lesson.labels:
        yield reader.read(lesson.text).whole, lesson.labels[name]
    for start, end, label in lesson.parts.get(name, ()):
        found = reader.read(lesson.text).part(start, end)
        if found is not None:
            yield found, label

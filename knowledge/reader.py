"""Reads what people type with upper layers of the embedding model that were trained anew on examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.embedding import EmbeddingError, OnnxEmbedder, Vectors, open_session
from knowledge.once import Once
from knowledge.softmax import shares

LAYERS = Path(__file__).with_name("reader.onnx")
HEADS = Path(__file__).with_name("reader.npz")
LENGTH = 8.0
"""Length that the vector of a text is brought to before the heads see it."""
KEPT = 64
STATES = "states"
IDENTITY = "identity"


class ReaderError(EmbeddingError):
    """What the reader learned cannot be used; the message names the file and the remedy."""


@dataclass(frozen=True)
class Head:
    """What tells labels apart: `weights` of shape (features, labels), `offsets` of shape (labels,)."""

    labels: tuple[str, ...]
    weights: Vectors
    offsets: Vectors
    source: str

    def probabilities(self, seen: Vectors) -> dict[str, float]:
        """Return the probability of each label for what was seen of a text: shape (features,)."""
        return shares(self.labels, seen @ self.weights + self.offsets)


@dataclass(frozen=True)
class ReadText:
    """A text as the reader sees it: `tokens` of shape (tokens, dimension), and where each stands in the text."""

    tokens: Vectors
    spans: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> Vectors:
        """What is seen of the text: shape (dimension,)."""
        mean = self.tokens.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean) * LENGTH)

    def part(self, start: int, end: int) -> Vectors | None:
        """Return what is seen of a part of the text, shape (2 x dimension,); None if the reader did not come so far."""
        inside = tokens_of(self.spans, start, end)
        if not inside:
            return None
        return np.concatenate([self.tokens[inside].mean(axis=0), self.tokens.mean(axis=0)])


def tokens_of(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """Return the places of the tokens that a part of a text is made of."""
    return [place for place, (first, last) in enumerate(spans) if first < last and first < end and start < last]


class Reader:
    """The upper layers and a head for each thing that is told from a text, or from a part of one."""

    def __init__(self, embedder: OnnxEmbedder, layers: Path = LAYERS, heads: Path = HEADS):
        """Open what was learned.

        Raises:
            ReaderError: when it is missing, damaged, or was learned with another embedding model.
        """
        try:
            self.heads, identity = _read_heads(heads)
            self._session = open_session(layers)
        except Exception as error:  # onnxruntime raises errors of its own
            raise ReaderError(
                f"what was learned in {layers.name} and {heads.name} is damaged ({error}): restore them, "
                "or learn them again with `python -m assistant train reader`."
            ) from error
        if identity != embedder.identity:
            raise ReaderError(f"{heads} was learned with the embedding model {identity}, not {embedder.identity}.")
        self._embedder = embedder
        self.read = Once(self._read_anew, KEPT)

    def _read_anew(self, text: str) -> ReadText:
        """Return a text as the layers see it; a turn asks several times."""
        halfway = self._embedder.halfway(text)
        tokens = self._session.run(None, {STATES: halfway.states[None].astype(np.float32)})[0]
        return ReadText(np.asarray(tokens[0], dtype=np.float32), halfway.spans)

    def of_text(self, head: str, text: str) -> dict[str, float]:
        """Return the probability of each label of a head for a text."""
        return self.heads[head].probabilities(self.read(text).whole)

    def of_parts(self, head: str, text: str, parts: Sequence[tuple[int, int]]) -> list[dict[str, float]]:
        """Return the probability of each label of a head for parts of a text; none for those it did not come to."""
        read, told = self.read(text), self.heads[head]
        seen = [read.part(start, end) for start, end in parts]
        return [{} if one is None else told.probabilities(one) for one in seen]


def open_reader(embedder: object) -> Reader | None:
    """Return the reader that is shipped, None for an embedding model that it was not trained with.

    Raises:
        ReaderError: when what is shipped is missing or damaged.
    """
    return Reader(embedder) if isinstance(embedder, OnnxEmbedder) else None


def save_heads(heads: Mapping[str, Head], identity: str, path: Path = HEADS) -> None:
    """Keep heads as plain arrays."""
    arrays = {IDENTITY: np.array([identity])}
    for name, head in heads.items():
        arrays |= {
            f"{name}.labels": np.array(head.labels),
            f"{name}.weights": head.weights.astype(np.float16),
            f"{name}.offsets": head.offsets.astype(np.float32),
            f"{name}.source": np.array([head.source]),
        }
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def _read_heads(path: Path) -> tuple[dict[str, Head], str]:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        names = sorted({key.partition(".")[0] for key in kept} - {IDENTITY})
        heads = {
            name: Head(
                tuple(map(str, kept[f"{name}.labels"])),
                kept[f"{name}.weights"].astype(np.float32),
                kept[f"{name}.offsets"],
                str(kept[f"{name}.source"][0]),
            )
            for name in names
        }
        return heads, str(kept[IDENTITY][0])

"""A small linear classifier of texts, learned from examples kept as data and stored as plain arrays."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.embedding import Embedder, Vectors
from knowledge.features import Style, features, vocabulary
from knowledge.softmax import fit_softmax, shares

INVERSE_PENALTY = 6.0
Pairs = Sequence[tuple[str, str]]
_log = logging.getLogger(__name__)


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Classifier:
    """Logistic regression over sentence vectors and telling words: one column of weights a label.

    `identity` names the embedding model it was learned with, `source` the examples.
    """

    labels: tuple[str, ...]
    grams: tuple[str, ...]
    rarity: Vectors
    weights: Vectors
    offsets: Vectors
    style: Style
    identity: str
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {gram: place for place, gram in enumerate(self.grams)})

    @property
    def places(self) -> Mapping[str, int]:
        """Where each gram stands among the features."""
        found: Mapping[str, int] = self._places  # type: ignore[attr-defined]
        return found

    def probabilities(self, text: str, vector: Vectors) -> dict[str, float]:
        """Return the probability of each label for a text and its unit vector."""
        found, grams = features(text, self.places, self.rarity, self.style)  # a few dozen of many thousands
        size = len(self.weights) - len(self.grams)
        rows = np.concatenate([self.weights[:size], self.weights[size:][found]]).astype(np.float32)
        # Not @, whose threads go on spinning for some milliseconds after each call.
        raw = np.einsum("i,ij->j", np.concatenate([vector, grams]), rows) + self.offsets
        return shares(self.labels, raw)


def source_hash(pairs: Pairs) -> str:
    """Return the hash of examples; it tells whether a classifier was learned from them."""
    return hashlib.sha256("\n".join(f"{label}\t{text}" for label, text in sorted(pairs)).encode()).hexdigest()


def learn(
    pairs: Pairs,
    embedder: Embedder,
    style: Style,
    prepare: Callable[[str], str] = _as_it_is,
    penalty: float = INVERSE_PENALTY,
) -> Classifier:
    """Fit a classifier to pairs of label and example (multinomial logistic regression)."""
    from scipy.sparse import csr_matrix

    texts = [prepare(text) for _, text in pairs]
    rarity = vocabulary(texts, style)
    places = {gram: place for place, gram in enumerate(rarity)}
    weights = np.array(list(rarity.values()), np.float32)
    vectors = embedder.vectors([text for _, text in pairs]).astype(np.float32)
    rows = [features(text, places, weights, style) for text in texts]
    ends = np.cumsum([0, *(len(found) for found, _ in rows)])
    values, found = np.concatenate([held for _, held in rows]), np.concatenate([found for found, _ in rows])
    grams = csr_matrix((values, found.astype(np.int32), ends), shape=(len(texts), len(places)))
    labels, targets = np.unique([label for label, _ in pairs], return_inverse=True)
    coefficients, offsets = fit_softmax(vectors, grams, targets, len(labels), penalty)
    return Classifier(
        tuple(map(str, labels)),
        tuple(rarity),
        weights,
        coefficients,
        offsets,
        style,
        embedder.identity,
        source_hash(pairs),
    )


def save(classifier: Classifier, path: Path) -> None:
    """Keep a classifier as plain arrays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".new.npz")
    np.savez_compressed(
        scratch,
        labels=np.array(classifier.labels),
        grams=np.array(classifier.grams),
        rarity=classifier.rarity.astype(np.float16),
        weights=classifier.weights.astype(np.float16),
        offsets=classifier.offsets,
        about=np.array([classifier.style, classifier.identity, classifier.source]),
    )
    scratch.replace(path)


def load(path: Path, identity: str) -> Classifier | None:
    """Read a classifier that was learned with an embedding model; None where there is none that can be read."""
    try:
        return _read(path, identity)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        _log.warning("what was learned in %s is damaged (%s); it is learned again", path, error)
        return None


def _read(path: Path, identity: str) -> Classifier | None:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        style, learned_with, source = map(str, kept["about"])
        if learned_with != identity:
            return None
        return Classifier(
            tuple(map(str, kept["labels"])),
            tuple(map(str, kept["grams"])),
            kept["rarity"].astype(np.float32),
            kept["weights"],  # in half precision, which takes half the memory: few rows are needed for a text
            kept["offsets"],
            "subject" if style == "subject" else "wording",
            learned_with,
            source,
        )


def load_or_learn(shipped: Path, kept: Path, identity: str, learn_now: Callable[[], Classifier]) -> Classifier:
    """Return the classifier that is shipped, or for another embedding model the one that was, or now is, learned."""
    found = load(shipped, identity) or load(kept, identity)
    if found is None:
        found = learn_now()
        save(found, kept)
    return found

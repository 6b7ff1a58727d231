"""Tells labels from two sides at once: a linear classifier over words and vector, and a head of the reader."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.classifier import Classifier
from knowledge.embedding import Vectors
from knowledge.reader import Reader
from knowledge.softmax import shares

READER_SHARE = 0.5
LEAST = 1e-9


@dataclass(frozen=True)
class Blend:
    """The weighed geometric mean of both; the classifier alone where there is no reader."""

    classifier: Classifier
    reader: Reader | None
    head: str

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be told."""
        return self.classifier.labels

    def probabilities(self, text: str, vector: Vectors, read: str = "") -> dict[str, float]:
        """Return the probability of each label for a text and its unit vector; the reader sees `read`, if given."""
        likely = self.classifier.probabilities(text, vector)
        if self.reader is None or self.head not in self.reader.heads:
            return likely
        return blended(likely, self.reader.of_text(self.head, read or text))


def blended(words: Mapping[str, float], read: Mapping[str, float]) -> dict[str, float]:
    """Return the weighed geometric mean of two distributions, over the labels of the first."""
    pairs = np.array([(likely, read.get(label, 0.0)) for label, likely in words.items()])
    return shares(words, np.log(pairs + LEAST) @ (1 - READER_SHARE, READER_SHARE))

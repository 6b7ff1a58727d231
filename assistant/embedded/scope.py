"""Says whether a message is to be answered: a calibrated model over what was understood and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from assistant.embedded.material import Found
from assistant.embedded.understand import Understanding

SETTINGS = Path(__file__).with_name("data") / "scope.yaml"
FEATURES = ("outside", "confidence", "named", "dependent", "uncovered", "short")


@dataclass(frozen=True)
class Scope:
    """Weights of a logistic model, and the probability from which a message is answered."""

    weights: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, path: Path = SETTINGS) -> "Scope":
        """Read the weights."""
        data = yaml.safe_load(path.read_text("utf-8"))
        return cls(data["weights"], data["threshold"])

    def probability(self, read: Understanding, found: Found) -> float:
        """Return the probability that the notes answer the message and that it may be answered."""
        features = scope_features(read, found)
        total = self.weights["intercept"] + sum(self.weights[name] * features[name] for name in FEATURES)
        return float(1 / (1 + np.exp(-total)))

    def answers(self, read: Understanding, found: Found) -> bool:
        """Say whether the message is to be answered."""
        return self.probability(read, found) >= self.threshold


def scope_features(read: Understanding, found: Found) -> dict[str, float]:
    """Return what the decision is reckoned from, by the names in FEATURES."""
    words = len(read.question.split())
    covered = sum(mention.words for mention in read.mentions if mention.titles)
    return {
        "outside": float(np.log((read.outside + 0.01) / (1.01 - read.outside))),
        "confidence": float(np.log((found.confidence + 0.01) / (1.01 - found.confidence))),
        "named": min(1.0, covered / max(1, min(words, 8))),
        "dependent": float(read.dependent),
        "uncovered": float(bool(found.missing)),
        "short": float(words <= 2),
    }

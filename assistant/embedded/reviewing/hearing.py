"""What a message wants of a guided review: learned from examples, weighed by whether a review is under way."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from assistant.embedded.intents import open_classifier, read_examples
from knowledge.features import masked
from knowledge.library import Library

OTHER, ANSWER = "other", "answer"
UNSURE = "unsure"
SURE, HALF = 0.3, 0.5
EXPECTED = {ANSWER: 0.22, OTHER: 0.27}
"""How often a message of a running review answers, or speaks of something else; all other wishes share the rest."""


@dataclass(frozen=True)
class Heard:
    """How likely a message wants each thing."""

    odds: dict[str, float]

    @property
    def wish(self) -> str:
        """The likeliest wish."""
        return max(self.odds, key=lambda name: self.odds[name])

    @property
    def own(self) -> str:
        """The likeliest wish that concerns the review."""
        return max((name for name in self.odds if name != OTHER), key=lambda name: self.odds[name])


class Hearer:
    """Hears with one learned classifier."""

    def __init__(self, library: Library):
        self._library = library
        self._classifier = open_classifier("reviewing", library)

    def hear(self, text: str, *, running: bool) -> Heard:
        """Return what a message wants; while a review runs, most messages are meant for it."""
        names = self._library.names
        vector = self._library.embedder.query(names.correct(text))
        odds = self._classifier.probabilities(masked(text, list(names.find(text))), vector)
        if running:
            odds = _shifted(odds, _shares())
        return Heard(odds)


@cache
def _shares() -> dict[str, float]:
    """Return the share of each wish among the examples that the classifier was learned from."""
    counts = Counter(label for label, _ in read_examples("reviewing"))
    return {label: count / counts.total() for label, count in counts.items()}


def _shifted(odds: dict[str, float], shares: dict[str, float]) -> dict[str, float]:
    """Return probabilities for other shares of the wishes than those among the examples (Bayes' rule)."""
    rest = (1 - sum(EXPECTED.values())) / max(1, len(odds) - len(EXPECTED))
    weighed = {name: value * EXPECTED.get(name, rest) / shares.get(name, rest) for name, value in odds.items()}
    total = sum(weighed.values())
    return {name: value / total for name, value in weighed.items()}

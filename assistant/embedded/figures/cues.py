"""Which of several metrics a message's words speak for: the telling words of their names."""

import math
from collections import Counter
from collections.abc import Mapping

from assistant.embedded.figures.wording import folded
from tools.metrics import METRICS, Metric

MOST = 2.4
WEIGHT = 0.3
_COMMON = """
a an and are at be by can cost do does for from get have how i if in is it long many me much need of on or order our per
rate should that the to we what when which will with would you
"""
COMMON = frozenset(_COMMON.split())


class Cues:
    """Weighs words by how few metrics they name."""

    def __init__(self, metrics: Mapping[str, Metric] = METRICS):
        self._words = {entry.id: self._of(entry) for entry in metrics.values()}
        self._own = {entry.id: set(folded(entry.name)) - COMMON for entry in metrics.values()}
        self._inputs = {entry.id: _of_inputs(entry) for entry in metrics.values()}
        counts = Counter(word for words in self._words.values() for word in words)
        self._weights = {word: math.log(len(metrics) / count) for word, count in counts.items()}

    def bonus(self, metric: str, words: frozenset[str]) -> float:
        """Return how much the words of a message speak for a metric: 0 for not at all, at most MOST."""
        shared = self._words[metric] & words
        return min(MOST, WEIGHT * sum(self._weights[word] for word in shared))

    def telling(self, metric: str, base: str, words: frozenset[str]) -> bool:
        """Say whether words speak for a metric that name neither its base nor an input of the base."""
        return bool((self._own[metric] - self._words[base] - self._inputs[base]) & words)

    def likely(self, words: frozenset[str], least: float = 1.2) -> list[str]:
        """Return the metrics whose names a message's words recall, the likeliest first."""
        found = {metric: self.bonus(metric, words) for metric in self._words}
        return sorted((metric for metric, bonus in found.items() if bonus >= least), key=lambda m: -found[m])

    def _of(self, entry: Metric) -> set[str]:
        names = (entry.name, entry.id.replace("_", " "), *entry.aliases)
        return {word for name in names for word in folded(name) if len(word) > 1 and word not in COMMON}


def _of_inputs(entry: Metric) -> set[str]:
    names = (name for declared in entry.declared.values() for name in (declared.said.label, *declared.said.words))
    return {word for name in names for word in folded(name)}


def siblings(metric: str) -> list[str]:
    """Return the variants of a metric: those that the same note explains, or whose id it begins or ends."""
    entry = METRICS[metric]
    return [
        other.id
        for other in METRICS.values()
        if other.id != metric and (other.note == entry.note or other.id.startswith(metric) or other.id.endswith(metric))
    ]

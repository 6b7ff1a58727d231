"""Finds concepts by the beginning of a name while it is typed, typing errors forgiven."""

from collections import defaultdict

from rapidfuzz.distance import OSA

from knowledge.vault import Vault, normal

MOST_FOUND = 20
MOST_WORDS = 8
ALIAS = 0.5  # what a match in another name than the title costs
REST = 0.05  # what each word of a name costs that was not typed


class Lookup:
    """The names of a vault, cut into words once."""

    def __init__(self, vault: Vault):
        self._titles = {normal(title): title for title in vault.notes}
        self._owners: dict[str, set[str]] = defaultdict(set)
        for name, title in vault.names.items():
            self._owners[name].add(title)
        for name, entry in vault.ambiguous.items():
            self._owners[name] |= {one.note for one in entry.meanings if one.note in vault.notes}
        self._names = {name: name.split() for name in self._owners}

    def find(self, text: str) -> list[str]:
        """Return the titles that a text may begin to name, the likeliest first."""
        words = normal(text).split()[:MOST_WORDS]
        costs: dict[str, float] = {}
        known: dict[tuple[str, str], float | None] = {}
        for name, parts in self._names.items():
            cost = _cost(words, parts, known)
            if cost is None:
                continue
            for title in self._owners[name]:
                here = cost + (0 if self._titles.get(name) == title else ALIAS)
                costs[title] = min(here, costs.get(title, here))
        return sorted(costs, key=lambda title: (costs[title], title))[:MOST_FOUND]


def _cost(words: list[str], parts: list[str], known: dict[tuple[str, str], float | None]) -> float | None:
    """Return how far words are from a name's, each of which may stand for one of them; None where one fits none."""
    left = list(parts)
    total = 0.0
    for word in words:
        best: tuple[float, str] | None = None
        for part in left:
            if (word, part) not in known:
                known[word, part] = _distance(word, part)
            distance = known[word, part]
            if distance is not None and (best is None or distance < best[0]):
                best = distance, part
        if best is None:
            return None
        total += best[0]
        left.remove(best[1])
    return total + REST * len(left) if words else None


def _distance(word: str, part: str) -> float | None:
    """Return how far a typed word is from a word of a name or its beginning; None where it is another word."""
    if part.startswith(word):
        return 0.0 if part == word else 0.1
    allowed = 0 if len(word) < 3 else 1 if len(word) < 8 else 2
    if not allowed or word[0] != part[0]:
        return None
    # Of three letters, one may have been left out ("tme"): other changes make one short word of another.
    least = len(word) + 1 if len(word) == 3 else max(1, len(word) - allowed)
    lengths = range(least, min(len(part), len(word) + allowed) + 1)
    found = min((OSA.distance(word, part[:length]) for length in lengths), default=allowed + 1)
    return float(found) if found <= allowed else None

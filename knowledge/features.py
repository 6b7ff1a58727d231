"""What a classifier sees of a text: its vector, and which telling words stand in it."""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from knowledge.embedding import Vectors
from knowledge.names import Mention

Style = Literal["wording", "subject"]
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d|[?:;%$]")
_WORD = re.compile(r"[a-z]+")
_stemming = threading.Lock()


def masked(text: str, mentions: Sequence[Mention]) -> str:
    """Replace the names of concepts by one word, so that what is learned of a wording holds for every concept."""
    pieces, last = [], 0
    for mention in mentions:
        pieces += [text[last : mention.start], " conceptname "]
        last = mention.end
    return "".join([*pieces, text[last:]])


def wording(text: str) -> list[str]:
    """Return words, pairs and triples as they stand, with marks where a text begins and ends: how it is said."""
    words = ["<s>", *_TOKEN.findall(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")), "</s>"]
    pairs = [" ".join(words[i : i + 2]) for i in range(len(words) - 1)]
    triples = [" ".join(words[i : i + 3]) for i in range(len(words) - 2)]
    return [*words[1:-1], *pairs, *triples, f"<length {min(len(words) - 2, 30) // 3}>"]


def subject(text: str) -> list[str]:
    """Return the stems of words and pairs of them: what a text speaks of."""
    with _stemming:  # a stemmer keeps a cache and must not be shared by running threads
        stems = _stemmer().stemWords(_WORD.findall(text.casefold()))
    return [*stems, *(" ".join(stems[i : i + 2]) for i in range(len(stems) - 1))]


GRAMS: Mapping[Style, Callable[[str], list[str]]] = {"wording": wording, "subject": subject}
WEIGHT: Mapping[Style, float] = {"wording": 0.7, "subject": 1.0}
MIN_COUNT: Mapping[Style, int] = {"wording": 2, "subject": 3}


def vocabulary(texts: Iterable[str], style: Style) -> dict[str, float]:
    """Return the grams that stand in enough of the texts, with their inverse document frequency."""
    held = [set(GRAMS[style](text)) for text in texts]
    counts = Counter(gram for grams in held for gram in grams)
    kept = sorted(gram for gram, count in counts.items() if count >= MIN_COUNT[style])
    rare = {gram: float(np.log((1 + len(held)) / (1 + counts[gram])) + 1) for gram in kept}
    return rare if style == "subject" else dict.fromkeys(kept, 1.0)


def features(text: str, places: Mapping[str, int], rarity: Vectors, style: Style) -> tuple[list[int], Vectors]:
    """Return where the grams of a text stand among those that are known, in order, and their weights there."""
    found = sorted({places[gram] for gram in GRAMS[style](text) if gram in places})
    weights = rarity[found].astype(np.float32)
    length = float(np.linalg.norm(weights))
    return found, weights * np.float32(WEIGHT[style] / length) if length else weights


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")

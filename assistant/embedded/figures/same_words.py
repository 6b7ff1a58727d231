"""Folds phrases to what they mean: other words for the same thing made one, and words that add nothing left out."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

LEAST = 2
LONGEST = 3


class _Data(BaseModel):
    """The file of words that mean the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    same: dict[str, tuple[str, ...]]
    dropped: tuple[str, ...]


@lru_cache(maxsize=1)
def _data() -> tuple[dict[tuple[str, ...], tuple[str, ...]], frozenset[str]]:
    text = Path(__file__).with_name("same_words.yaml").read_text("utf-8")
    data = _Data.model_validate(yaml.safe_load(text))
    same = {
        tuple(form.replace("-", " ").split()): tuple(meant.split())
        for meant, forms in data.same.items()
        for form in forms
    }
    return same, frozenset(data.dropped)


def bag(words: Sequence[str]) -> tuple[str, ...]:
    """Return what folded words mean whatever their order, or () if too little is left to tell one thing from another.

    A phrase has to begin and end with words that count, so that a shorter phrase does not claim its neighbours.
    """
    same, dropped = _data()
    if words[0] in dropped or words[-1] in dropped:
        return ()
    found: list[str] = []
    place = 0
    while place < len(words):
        size = next((n for n in range(LONGEST, 0, -1) if tuple(words[place : place + n]) in same), 0)
        if size:
            found += same[tuple(words[place : place + size])]
        elif words[place] not in dropped:
            found.append(words[place])
        place += size or 1
    return tuple(sorted(set(found))) if len(set(found)) >= LEAST else ()

"""The fixed sentences of guided reviews, read from data."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[1] / "data"


class Sentences:
    """Fixed sentences by name; one that is missing is found out at once."""

    def __init__(self, said: dict[str, Any]):
        self._said = said

    def say(self, sentence: str, /, **parts: object) -> str:
        """Return a sentence with its parts filled in."""
        return str(self._said[sentence]).format(**parts)

    def button(self, kind: str, /, **parts: object) -> str:
        """Return the words of a button."""
        return str(self._said["buttons"][kind]).format(**parts)

    def words(self, kind: str) -> tuple[str, ...]:
        """Return a list of words."""
        return tuple(self._said[kind])


@lru_cache(maxsize=1)
def sentences() -> Sentences:
    """Return the fixed sentences of reviews."""
    return Sentences(yaml.safe_load((DATA / "review_phrases.yaml").read_text("utf-8")))

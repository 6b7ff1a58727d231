"""What one can be quizzed on: areas, learning paths, single concepts, everything, and what is due."""

from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.learning.bank import Bank
from assistant.learning.models import QuizError, Topic
from knowledge.areas import area_of
from knowledge.vault import normal

EVERYTHING, DUE = "everything", "due"
WHAT_IS_DUE = "What is due"


class Topics:
    """The topics of a bank of questions; `paths` are learning paths by id: a name and the titles of their concepts."""

    def __init__(self, bank: Bank, paths: Mapping[str, tuple[str, Sequence[str]]]):
        self._bank = bank
        self._paths = dict(paths)

    def all(self) -> list[Topic]:
        """Return every topic, "due" and "everything" first, then areas and paths."""
        everything = list(self._bank.by_concept)
        return [
            Topic(id=DUE, name=WHAT_IS_DUE, concepts=len(everything), questions=0, kind="due"),
            self._topic(EVERYTHING, "Everything", everything, "everything"),
            *(self._topic(area, area_of(area).name, titles, "area") for area, titles in self._bank.areas.items()),
            *(self._topic(key, name, titles, "path") for key, (name, titles) in self._paths.items()),
        ]

    def find(self, area: str, concept: str) -> tuple[str, list[str]]:
        """Return the name and the concepts of a concept by any of its names, or of an area or path by id or name.

        Raises:
            QuizError: when there is none of that name.
        """
        return self._concept(concept) if concept.strip() else self._area(area)

    def named(self, words: str) -> tuple[str, str]:
        """Return the area or path, and the concept, that words name: areas come first, nothing means everything.

        Raises:
            QuizError: when they name neither.
        """
        if not words.strip():
            return "", ""
        wanted = normal(words.replace("-", " "))
        for area in self._bank.areas:
            parts = {normal(part) for name in (area_of(area).name, area.replace("-", " ")) for part in _parts(name)}
            if wanted in parts:
                return area, ""
        try:
            self._area(words)
        except QuizError:
            title, _ = self._concept(words)
            return "", title
        return words, ""

    def _concept(self, concept: str) -> tuple[str, list[str]]:
        vault = self._bank.vault
        note = vault.note(concept) or vault.note(concept.replace("-", " "))
        title = note.title if note else self._by_slug(concept)
        if title is None:
            raise QuizError(f"There is no concept {concept[:60]!r} to be quizzed on: choose an area or a concept.")
        return title, [title]

    def _by_slug(self, concept: str) -> str | None:
        wanted = normal(concept.replace("-", " "))
        return next((title for title in self._bank.vault.notes if normal(title.replace("-", " ")) == wanted), None)

    def _area(self, area: str) -> tuple[str, list[str]]:
        wanted = normal(area.replace("-", " "))
        if wanted in ("", EVERYTHING):
            return "Everything", list(self._bank.by_concept)
        for key, titles in self._bank.areas.items():
            if wanted in (normal(key.replace("-", " ")), normal(area_of(key).name.replace("-", " "))):
                return area_of(key).name, titles
        for key, (name, path) in self._paths.items():
            if wanted in (normal(key.replace("-", " ")), normal(name.replace("-", " "))):
                return name, [title for title in path if title in self._bank.by_concept]
        names = ", ".join(area_of(key).name for key in self._bank.areas)
        raise QuizError(f"There is no area {area[:60]!r} to be quizzed on: choose one of {names}.")

    def _topic(self, key: str, name: str, titles: Sequence[str], kind: Literal["area", "path", "everything"]) -> Topic:
        drafts = self._bank.drafts(titles)
        return Topic(id=key, name=name, concepts=len(titles), questions=len(drafts), kind=kind)


def _parts(name: str) -> list[str]:
    """Return a name and the two sides of its "and": "Risk and resilience" is also called "risk"."""
    return [name, *name.split(" and ")]

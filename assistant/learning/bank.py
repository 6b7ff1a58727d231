"""Every question that the notes and the metrics give, by concept, area and what identifies it."""

from collections.abc import Iterable
from functools import cached_property

from assistant.learning.making.choices import choice_drafts
from assistant.learning.making.field import Field
from assistant.learning.making.numbers import number_drafts
from assistant.learning.making.recalls import recall_drafts
from assistant.learning.making.statements import difference_drafts, statement_drafts
from assistant.learning.making.terms import term_drafts
from assistant.learning.question import Draft
from knowledge.areas import in_order
from knowledge.vault import Vault

MAKERS = (choice_drafts, statement_drafts, term_drafts, difference_drafts, number_drafts, recall_drafts)


class Bank:
    """The questions of a vault; safe to use from several threads, as it only reads."""

    def __init__(self, vault: Vault):
        self.vault = vault
        self._field = Field(vault)

    @cached_property
    def by_concept(self) -> dict[str, list[Draft]]:
        """The drafts of each concept, by its title."""
        found = {}
        for title, note in self.vault.notes.items():
            drafts = {draft.key: draft for make in MAKERS for draft in make(self._field, note)}
            found[title] = list(drafts.values())
        return found

    @cached_property
    def by_key(self) -> dict[str, Draft]:
        """Every draft by what identifies it."""
        return {draft.key: draft for drafts in self.by_concept.values() for draft in drafts}

    @cached_property
    def areas(self) -> dict[str, list[str]]:
        """The concepts of each area, in the order of the list of areas."""
        found: dict[str, list[str]] = {}
        for title, note in self.vault.notes.items():
            found.setdefault(note.front.area, []).append(title)
        return {area.id: found[area.id] for area in in_order(set(found))}

    def drafts(self, concepts: Iterable[str]) -> list[Draft]:
        """Return the drafts of several concepts."""
        return [draft for title in concepts for draft in self.by_concept.get(title, [])]

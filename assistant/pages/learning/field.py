"""The field as the Learn page needs it, made once from a vault: areas, links, names, paths."""

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.areas import Area, in_order
from knowledge.links import Links, links_of
from knowledge.lookup import Lookup
from knowledge.paths import LearningPaths, load_paths

if TYPE_CHECKING:
    from knowledge.vault import Vault

log = logging.getLogger(__name__)


class LearningField:
    """What can be learned from a vault."""

    def __init__(self, vault: "Vault"):
        self.vault = vault

    @cached_property
    def areas(self) -> list[Area]:
        """The areas that have notes, in order."""
        return in_order({note.front.area for note in self.vault.notes.values()})

    @cached_property
    def links(self) -> dict[str, Links]:
        """The links of every note."""
        return links_of(self.vault)

    @cached_property
    def lookup(self) -> Lookup:
        """The names to search."""
        return Lookup(self.vault)

    @cached_property
    def paths(self) -> LearningPaths:
        """The learning paths; a vault of one's own may lack some of their concepts."""
        found = load_paths(self.vault)
        for problem in found.problems:
            log.warning("left out of a learning path: %s", problem)
        return found

    def in_area(self, area_id: str) -> list[str]:
        """Return the titles of an area in alphabetical order."""
        titles = [title for title, note in self.vault.notes.items() if note.front.area == area_id]
        return sorted(titles, key=str.casefold)


class Fields:
    """Gives the field of the vault that a chat has now; a vault that was loaded anew gets a field of its own."""

    def __init__(self) -> None:
        self._now: LearningField | None = None

    def of(self, vault: "Vault") -> LearningField:
        """Return the field of a vault."""
        now = self._now
        if now is None or now.vault is not vault:
            self._now = now = LearningField(vault)
        return now

"""How notes hang together: what each compares itself with and mentions, and which others do so with it."""

from collections import defaultdict
from dataclasses import dataclass, field

from knowledge.vault import Vault


@dataclass(frozen=True)
class Links:
    """The links of one note in both directions, by title; comparisons with what they say.

    A title stands in one of `compared` and `mentioned`, and in one of `compared_by` and `mentioned_by`.
    """

    compared: dict[str, str] = field(default_factory=dict)
    mentioned: tuple[str, ...] = ()
    compared_by: dict[str, str] = field(default_factory=dict)
    mentioned_by: tuple[str, ...] = ()

    @property
    def near(self) -> tuple[str, ...]:
        """Every note one step away, each once: comparisons first."""
        return tuple(dict.fromkeys([*self.compared, *self.compared_by, *self.mentioned, *self.mentioned_by]))

    def is_compared(self, title: str) -> bool:
        """Whether this note and another are compared, by either of them."""
        return title in self.compared or title in self.compared_by


def links_of(vault: Vault) -> dict[str, Links]:
    """Return the links of every note; what leads nowhere, or to the note itself, is left out."""
    compared: dict[str, dict[str, str]] = {}
    mentioned: dict[str, tuple[str, ...]] = {}
    compared_by: dict[str, dict[str, str]] = defaultdict(dict)
    mentioned_by: dict[str, list[str]] = defaultdict(list)
    for title, note in vault.notes.items():
        others = [other for other in vault.related(title) if other != title]
        compared[title] = {other: note.comparisons[other] for other in others if other in note.comparisons}
        mentioned[title] = tuple(other for other in others if other not in note.comparisons)
        for other, words in compared[title].items():
            compared_by[other][title] = words
        for other in mentioned[title]:
            mentioned_by[other].append(title)
    return {
        title: Links(compared[title], mentioned[title], compared_by[title], tuple(mentioned_by[title]))
        for title in vault.notes
    }

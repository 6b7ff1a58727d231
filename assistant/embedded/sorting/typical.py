"""Knows the usual profit impact and supply risk of about 150 bought items, by their names."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.embedded.products.phrases import Found, Word, find
from assistant.embedded.sorting.spoken import Kept, Side, read_data

LEAST_LETTERS = 5
_BEHIND = re.compile(r"\s+(?:for|from|of|in|with|für|aus|von)\s+")
AXES = ("profit_impact", "supply_risk")


class _Group(Kept):
    impact: Side
    risk: Side
    because: str
    items: tuple[tuple[str, ...], ...]


class _Items(Kept):
    groups: tuple[_Group, ...]


@dataclass(frozen=True)
class TypicalItem:
    """An item with the usual level of each axis, and what that is judged from."""

    name: str
    levels: dict[str, Side]
    because: str


@cache
def typical_items() -> dict[str, TypicalItem]:
    """Return the items by every name of theirs, in lower case."""
    data = _Items.model_validate(read_data("purchase_items"))
    found: dict[str, TypicalItem] = {}
    for group in data.groups:
        for names in group.items:
            item = TypicalItem(names[0], dict(zip(AXES, (group.impact, group.risk), strict=True)), group.because)
            found |= {form: item for name in names for form in _forms(name.casefold())}
    return found


def find_items(words: tuple[Word, ...]) -> list[Found]:
    """Return where names of typical items stand among words."""
    return find(typical_items(), words)


def typical(name: str) -> TypicalItem | None:
    """Return the typical item that a name, or the end of it, calls; None if there is none.

    The end counts, as "printed paper cups" are paper cups, and what it is for does not: "chairs for the office".
    """
    items = typical_items()
    for said in dict.fromkeys((name.casefold(), _BEHIND.split(name.casefold())[0])):
        words = said.split()
        found = [item for start in range(len(words)) if (item := items.get(" ".join(words[start:]))) is not None]
        if found:
            return found[0]
    return None


def _forms(name: str) -> list[str]:
    """Return a name in singular and plural, as far as the last word shows it."""
    if name.endswith(("ches", "shes", "sses", "xes")):
        return [name, name[:-2]]
    if len(name) >= LEAST_LETTERS and name.endswith("s") and not name.endswith(("ss", "us", "ics", "gas", "glass")):
        return [name, name[:-1]]
    return [name]

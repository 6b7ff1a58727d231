"""Reads the words in cells of a pasted table of nodes: yes or no, kinds of node, what a figure rests on, nothing."""

from collections.abc import Mapping
from typing import TypeVar

from tools.risk.amounts import AmountError
from tools.risk.review import NodeKind, TtrBasis

Name = TypeVar("Name", bound=str)
EMPTY = frozenset(
    {
        "", "-", "–", "—", "?", "??", "n/a", "na", "n.a.", "nan", "null", "none", "#n/a", "unknown", "not known", "tbd",
        "tbc", "k.a.", "unbekannt", "#value!", "#ref!", "#div/0!",
    }
)  # fmt: skip
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "ja", "j", "critical", "high", "wahr"})
NO = frozenset({"no", "n", "false", "0", "nein", "not critical", "non-critical", "low", "falsch"})
KINDS: dict[NodeKind, tuple[str, ...]] = {
    "part": ("part", "component", "material", "item", "product", "raw material", "teil", "bauteil", "rohstoff"),
    "supplier": ("supplier", "vendor", "manufacturer", "lieferant"),
    "site": ("site", "plant", "factory", "warehouse", "facility", "dc", "werk", "lager", "standort"),
    "lane": ("lane", "route", "port", "transport", "carrier", "logistics", "strecke", "hafen"),
    "system": ("system", "it", "it system", "software", "erp", "service", "utility"),
}
BASES: dict[TtrBasis, tuple[str, ...]] = {
    "own guess": ("own guess", "guess", "estimate", "own estimate", "estimated", "assumption", "schätzung"),
    "supplier figure": ("supplier figure", "supplier", "supplier statement", "stated by supplier", "vendor", "quote"),
    "tested": ("tested", "test", "exercise", "past event", "measured", "proven", "getestet"),
}


def yes(cell: str) -> bool:
    """Return whether a cell says yes.

    Raises:
        AmountError: when it says neither yes nor no.
    """
    plain = cell.casefold().strip(" .!").removesuffix(".0")
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise AmountError("is neither yes nor no; enter yes or no")


def kind(cell: str) -> NodeKind:
    """Return the kind of node that a cell names.

    Raises:
        AmountError: when it names none.
    """
    found = _named(cell, KINDS)
    if found is None:
        raise AmountError(f"is no kind of node; enter {', '.join(KINDS)}")
    return found


def basis(cell: str) -> TtrBasis:
    """Return what a time to recover rests on, as a cell names it.

    Raises:
        AmountError: when it names nothing of the kind.
    """
    found = _named(cell, BASES)
    if found is None:
        raise AmountError(f"does not say what the TTR rests on; enter {', '.join(BASES)}")
    return found


def is_empty(cell: str) -> bool:
    """Say whether a cell holds nothing, or that it is not known."""
    return cell.casefold() in EMPTY


def _named(cell: str, names: Mapping[Name, tuple[str, ...]]) -> Name | None:
    plain = cell.casefold().strip(" .")
    return next((name for name, said in names.items() if plain in said or plain.removesuffix("s") in said), None)

"""What classifying a list of items returns: columns of classes, their sums, and what could not be classified."""

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

Cell = TypeVar("Cell")


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class WrongItem(_Kept):
    """An item, or a line of a table, that cannot be right: its line (None if it has none), the input and why."""

    line: int | None
    item: str
    input: str
    reason: str


class ItemRow(_Kept):
    """One item with its classes; "" and None stand for what could not be told."""

    item: str
    line: int | None
    value: float | None
    share: float | None
    cumulative: float | None
    abc: str
    variation: float | None
    xyz: str
    interval: float | None
    squared_variation: float | None
    pattern: str


class ClassRow(_Kept):
    """A class with its number of items, its shares of items and value (0 to 1), and the policy for it."""

    name: str
    items: int
    item_share: float
    value_share: float | None
    policy: str


class Curve(_Kept):
    """The ABC curve, thinned for drawing: cumulative share of items and of value (0 to 1), from 0 to 1."""

    items: list[float]
    value: list[float]


class ItemsResult(_Kept):
    """Classes of a list of items, column by column in the order given; `rows` gives them item by item.

    `abc`, `xyz` and `pattern` hold "" for an item that could not be classed; columns that nothing was given for are
    empty. `limits_abc` is in percent of cumulative value, `limits_xyz` in coefficients of variation. `invalid` names
    every item left out, with its line.
    """

    items: list[str]
    lines: list[int]
    values: list[float | None]
    shares: list[float | None]
    cumulative: list[float | None]
    abc: list[str]
    variation: list[float | None]
    xyz: list[str]
    interval: list[float | None]
    squared_variation: list[float | None]
    pattern: list[str]
    order: list[int]
    total_value: float | None
    classes: list[ClassRow]
    matrix: list[ClassRow]
    patterns: list[ClassRow]
    curve: Curve | None
    limits_abc: tuple[float, float]
    limits_xyz: tuple[float, float]
    invalid: list[WrongItem]
    warnings: list[str]
    assumptions: list[str]
    notes: list[str]
    sources: list[str]

    def rows(self, most: int | None = None) -> Iterator[ItemRow]:
        """Yield items with their classes, the most valuable first (as given where no values are)."""
        for place in self.order[:most]:
            yield ItemRow(
                item=self.items[place],
                line=_at(self.lines, place),
                value=_at(self.values, place),
                share=_at(self.shares, place),
                cumulative=_at(self.cumulative, place),
                abc=_at(self.abc, place) or "",
                variation=_at(self.variation, place),
                xyz=_at(self.xyz, place) or "",
                interval=_at(self.interval, place),
                squared_variation=_at(self.squared_variation, place),
                pattern=_at(self.pattern, place) or "",
            )


def _at(column: list[Cell], place: int) -> Cell | None:
    return column[place] if column else None

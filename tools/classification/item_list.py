"""A list of items as arrays: names, and value, unit cost or demand by period of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from tools.classification.facts import checked
from tools.classification.product_result import ClassificationError, Wrong

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Item(BaseModel):
    """One item: its value in a year (money), or its unit cost, and its demand by period (units)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    value: float | None = Field(None, description="the value as a number, in one currency")
    unit_cost: float | None = Field(None, description="the unit cost as a number, in one currency")
    demand: tuple[float, ...] = Field((), description="the demand by period as numbers")


@dataclass(frozen=True, eq=False)
class ItemList:
    """Items as arrays of one length; NaN stands for what is not given.

    Attributes:
        names: the items.
        values: value of each in a year, in one currency.
        unit_cost: cost of one unit, in the same currency.
        demand: units of each item (line) in each period (column).
        lines: the line of each item in the text that it was read from.
        periods: names of the periods, if they have any.
    """

    names: Sequence[str]
    values: "NDArray[np.float64] | None" = None
    unit_cost: "NDArray[np.float64] | None" = None
    demand: "NDArray[np.float64] | None" = None
    lines: Sequence[int] = ()
    periods: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("values", "unit_cost", "demand", "lines"):
            column = getattr(self, name)
            if column is not None and len(column) not in ((0, len(self.names)) if name == "lines" else (len(self),)):
                reason = f"{name} has {len(column)} entries for {len(self.names)} items; give one for each."
                raise ClassificationError([Wrong(input=name, reason=reason)])

    def __len__(self) -> int:
        return len(self.names)

    def place(self, index: int) -> str:
        """Return how an error calls an item: with its line, if it has one."""
        return f"Line {self.lines[index]} ({self.names[index]})" if len(self.lines) else f"Item {self.names[index]}"


def item_list(items: "ItemList | Sequence[Item | Mapping[str, Any]]") -> ItemList:
    """Return items as arrays.

    Raises:
        ClassificationError: for an item that is none, or items whose demand covers different numbers of periods.
    """
    import numpy as np

    if isinstance(items, ItemList):
        return items
    read = [_item(place, item) for place, item in enumerate(items, 1)]
    widths = {len(item.demand) for item in read if item.demand}
    if len(widths) > 1:
        least, most = min(widths), max(widths)
        odd = next(item.name for item in read if len(item.demand) == least)
        reason = f"{odd} has demand of {least} periods and others of {most}; give all the same periods, 0 for none."
        raise ClassificationError([Wrong(input="demand", reason=reason)])
    width = widths.pop() if widths else 0
    none = (np.nan,) * width
    return ItemList(
        names=[item.name for item in read],
        values=_column([item.value for item in read]),
        unit_cost=_column([item.unit_cost for item in read]),
        demand=np.array([item.demand or none for item in read], dtype=float) if width else None,
    )


def _item(place: int, item: Item | Mapping[str, Any]) -> Item:
    try:
        return checked(Item, item)
    except ClassificationError as error:
        name = item.get("name", "") if isinstance(item, Mapping) else ""
        called = f"Item {place}{f' ({name})' if name else ''}"
        wrong = [Wrong(input=one.input, reason=f"{called}: {one.reason}") for one in error.invalid]
        raise ClassificationError(wrong) from None


def _column(column: list[float | None]) -> "NDArray[np.float64] | None":
    import numpy as np

    given = any(value is not None for value in column)
    return np.array([np.nan if value is None else value for value in column], dtype=float) if given else None

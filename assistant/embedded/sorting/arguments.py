"""The arguments of the classifications that a message asks for."""

import math
from typing import TYPE_CHECKING, Any

from assistant.embedded.products.reader import SpokenProduct
from assistant.embedded.sorting.lists import SpokenItems
from assistant.embedded.sorting.purchases import SpokenPurchase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Args = dict[str, Any]


def merged(args: Args, more: SpokenProduct) -> Args:
    """Return a call with what a later message adds: its numbers replace those before, its words come after them."""
    description = ". ".join(part.rstrip(". ") for part in (args.get("description", ""), more.text) if part.strip())
    facts = {**args.get("facts", {}), **more.facts, **more.impossible}
    return filled({**args, "description": description, "facts": facts})


def product_args(spoken: SpokenProduct) -> Args:
    """Return the call for a product as it was described."""
    args: Args = {"product": spoken.name, "description": spoken.text, "facts": {**spoken.facts, **spoken.impossible}}
    if spoken.parts:
        args["parts"] = [product_args(part) for part in spoken.parts]
    return filled(args)


def purchase_args(spoken: SpokenPurchase) -> Args:
    """Return the call for a bought item as it was described."""
    return filled({"item": spoken.name, "facts": dict(spoken.facts), "assumed": list(spoken.assumptions)})


def item_args(found: SpokenItems) -> Args:
    """Return the call for a list of stock items."""
    table = found.table.items
    items = [
        filled(
            {
                "name": name,
                "value": _number(table.values, place),
                "unit_cost": _number(table.unit_cost, place),
                "demand": [] if table.demand is None else table.demand[place].tolist(),
            }
        )
        for place, name in enumerate(table.names)
    ]
    limits = {"abc_limits": found.abc, "xyz_limits": found.xyz}
    return {"items": items} | {name: list(stated) for name, stated in limits.items() if stated}


def _number(column: "NDArray[np.float64] | None", place: int) -> float | None:
    return None if column is None or math.isnan(column[place]) else float(column[place])


def filled(args: Args) -> Args:
    """Leave out what is empty."""
    return {name: value for name, value in args.items() if value not in (None, "", [], {})}

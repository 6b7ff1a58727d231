"""Takes lists of numbers apart, for what takes single numbers."""

import re
from dataclasses import replace

from assistant.embedded.quantities import Quantity

NUMBERS = re.compile(r"\d(?:[\d.,']*\d)?")


def taken_apart(quantity: Quantity, text: str) -> list[Quantity]:
    """Return the numbers of a list as quantities of their own, and what is no list as it is."""
    if not quantity.is_list:
        return [quantity]
    places = [
        (quantity.start + match.start(), quantity.start + match.end())
        for match in NUMBERS.finditer(text[quantity.start : quantity.end])
    ]
    if len(places) != len(quantity.values):
        places = [(quantity.start, quantity.end)] * len(quantity.values)
    return [
        replace(
            quantity,
            start=start,
            end=end,
            text=f"{value:g}",
            value=value,
            is_list=False,
            values=(),
            labels=(),
        )
        for (start, end), value in zip(places, quantity.values, strict=True)
    ]

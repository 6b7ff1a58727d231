"""Reads messages for the tests of quantities, and says what was found."""

from typing import Any

import pytest

from assistant.embedded.quantities import Quantity, read_quantities

DEFAULTS: dict[str, Any] = {
    "unit": "", "per": (), "currency": "", "percent": False, "others": (), "approximate": False, "change": "",
    "is_list": False, "values": (), "labels": (), "bound": "",
}  # fmt: skip


def only(text: str) -> Quantity:
    found = read_quantities(text).quantities
    assert len(found) == 1, f"{text!r}: {[quantity.text for quantity in found]}"
    return found[0]


def said(quantity: Quantity) -> dict[str, Any]:
    return {name: getattr(quantity, name) for name in DEFAULTS if getattr(quantity, name) != DEFAULTS[name]}


def assert_read(text: str, value: float, **expected: Any) -> None:
    """Assert that a text holds one quantity of that value, and of what is expected and nothing else."""
    quantity = only(text)
    assert (quantity.value, said(quantity)) == (pytest.approx(value), expected)


def values(text: str) -> list[float]:
    return [quantity.value for quantity in read_quantities(text).quantities]

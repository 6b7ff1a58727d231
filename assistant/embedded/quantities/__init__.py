"""Finds every quantity in a message as people type it: place, value, unit, currency, and what is unclear."""

from assistant.embedded.quantities.quantity import Group, Quantity, Reading
from assistant.embedded.quantities.reading import read_quantities
from assistant.embedded.quantities.tables import Table

__all__ = ["Group", "Quantity", "Reading", "Table", "read_quantities"]

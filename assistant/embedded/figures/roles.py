"""Tells from the words around a number which input it is, as learned from examples in data/typed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from assistant.embedded.figures.apart import NUMBERS, taken_apart
from assistant.embedded.quantities import Quantity, read_quantities
from knowledge.classifier import Pairs
from knowledge.embedding import Vectors
from knowledge.reader import Reader

Roles = Callable[[str, Sequence[Quantity]], Sequence[Mapping[str, float]]]
"""Says, for each quantity of a text, how likely it is each input, by the input's name; NOTHING is no input at all."""

METRIC, INPUT = "metric", "input"
"""The reader's heads that tell what is asked for, and what a number is."""
NOTHING = "-"
NUMBER = "thenumber"
OTHER = "someothers"
REACH = 90
MOST_NUMBERS = 16
"""Messages with more numbers are lists and tables, which headings explain."""

_FACTORS = (1.0, 0.01, 100.0)
DOZEN = 12


def window(text: str, quantity: Quantity, quantities: Sequence[Quantity]) -> str:
    """Return the words around a number, up to its neighbours, with words for its unit in the place of the number."""
    start = max((other.end for other in quantities if other.end <= quantity.start), default=0)
    end = min((other.start for other in quantities if other.start >= quantity.end), default=len(text))
    left = text[max(start, quantity.start - REACH) : quantity.start]
    right = text[quantity.end : min(end, quantity.end + REACH)]
    own = f" {NUMBER} {' '.join(_units(quantity))} "
    first, last = (f"{OTHER} " if start else ""), (f" {OTHER}" if end < len(text) else "")
    return NUMBERS.sub(" ", f"{first}{left}{own}{right}{last}")


def _units(quantity: Quantity) -> list[str]:
    """Return words for what a number is measured in, the same however it was typed."""
    plain = not (quantity.unit or quantity.currency or quantity.percent)
    words = ["listof" if quantity.is_list else "", "money" if quantity.currency else "", quantity.unit]
    words += [
        "percent" if quantity.percent else "",
        "plain" if plain else "",
        *(f"per {unit}" for unit in quantity.per),
    ]
    return [re.sub(r"[^a-z ]+", "", word.casefold()) for word in words if word]


def input_examples(rows: Iterable[Mapping[str, Any]]) -> Pairs:
    """Return pairs of input and words around a number, from the messages among some rows whose inputs are known.

    In a row that says which of its numbers are inputs (`"all": true`), the others are examples of no input at all.
    """
    return [pair for row in rows if row.get("inputs") for pair in _labelled(row)]


def _labelled(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    quantities = read_quantities(row["text"]).quantities
    return [(name, window(row["text"], one, quantities)) for one, name in labelled_numbers(row, quantities)]


def labelled_numbers(row: Mapping[str, Any], quantities: Sequence[Quantity]) -> list[tuple[Quantity, str]]:
    """Return the numbers of a message of which is known what input they are, and that, NOTHING included.

    A number is known to be no input where the row names all of them, and each was found.
    """
    inputs = row.get("inputs", {})
    found = [one for quantity in quantities for one in _numbers(quantity, inputs, row["text"])]
    named = [(one, inputs_with(one, inputs) or _lists_with(one, inputs)) for one in found]
    told = {name for _, names in named for name in names}
    whole = row.get("all") and all(name in told for name, value in inputs.items() if isinstance(value, int | float))
    return [(one, names[0] if names else NOTHING) for one, names in named if len(names) == 1 or (not names and whole)]


def _numbers(quantity: Quantity, inputs: Mapping[str, Any], text: str) -> list[Quantity]:
    """Return a list as one, if it is an input, or as the numbers that it holds, if some of them are."""
    if not quantity.is_list or inputs_with(quantity, inputs):
        return [quantity]
    single = taken_apart(quantity, text)
    return single if any(inputs_with(one, inputs) or _lists_with(one, inputs) for one in single) else [quantity]


def _lists_with(quantity: Quantity, inputs: Mapping[str, Any]) -> list[str]:
    """Return the inputs that are lists or tables in which a number stands."""
    lists = {name: value for name, value in inputs.items() if isinstance(value, list | Mapping)}
    held = {name: value.values() if isinstance(value, Mapping) else value for name, value in lists.items()}
    return [name for name, values in held.items() if any(_is(quantity, value, 1.0) for value in values)]


def inputs_with(quantity: Quantity, inputs: Mapping[str, Any]) -> list[str]:
    """Return the inputs whose value a quantity is; as typed, or else as a percentage or a fraction of it."""
    for factor in _FACTORS:
        names = [name for name, value in inputs.items() if _is(quantity, value, factor)]
        if names:
            return names
    return []


def _is(quantity: Quantity, value: object, factor: float) -> bool:
    values = list(value.values()) if isinstance(value, Mapping) else value
    if isinstance(values, list):
        numbers = all(isinstance(one, int | float) for one in values)  # dates are none
        return numbers and quantity.is_list and values == list(quantity.values)
    if quantity.is_list or not isinstance(values, int | float):
        return False
    value = quantity.value * (DOZEN if quantity.unit == "dozen" else 1)
    return abs(value * factor - values) <= 1e-9 * max(1.0, abs(values))


def learned_roles(
    probabilities: Callable[[str, Vectors], Mapping[str, float]], vectors: Callable[[Sequence[str]], Vectors]
) -> Roles:
    """Return what tells inputs apart, from a classifier and an embedding model."""

    def roles(text: str, quantities: Sequence[Quantity]) -> Sequence[Mapping[str, float]]:
        if not quantities or len(quantities) > MOST_NUMBERS:
            return [{} for _ in quantities]
        windows = [window(text, quantity, quantities) for quantity in quantities]
        return [probabilities(*pair) for pair in zip(windows, vectors(windows), strict=True)]

    return roles


def read_roles(reader: Reader) -> Roles:
    """Return what tells inputs apart, from the reader."""

    def roles(text: str, quantities: Sequence[Quantity]) -> Sequence[Mapping[str, float]]:
        return reader.of_parts(INPUT, text, [(quantity.start, quantity.end) for quantity in quantities])

    return roles


class RolesByPlace(Mapping[int, Mapping[str, float]]):
    """How likely each quantity of a text is each input, by where it starts; worked out once, when first asked for."""

    def __init__(self, text: str, quantities: Sequence[Quantity], roles: Roles):
        self._text = text
        within = [one for listed in quantities for one in taken_apart(listed, text)]
        self._quantities = _each_place([*quantities, *within])
        self._roles = roles

    @cached_property
    def _found(self) -> dict[int, Mapping[str, float]]:
        likely = self._roles(self._text, self._quantities)
        return {quantity.start: one for quantity, one in zip(self._quantities, likely, strict=True)}

    def __getitem__(self, place: int) -> Mapping[str, float]:
        """Return how likely the quantity that starts at a place is each input."""
        return self._found[place]

    def __iter__(self) -> Iterator[int]:
        """Yield the places."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many quantities there are."""
        return len(self._found)


def _each_place(quantities: Iterable[Quantity]) -> list[Quantity]:
    """Return the quantities by where they start; of several that start at one place the first."""
    found: dict[int, Quantity] = {}
    for quantity in quantities:
        found.setdefault(quantity.start, quantity)
    return [found[start] for start in sorted(found)]


def shares_among(likely: Mapping[str, float], names: Iterable[str]) -> dict[str, float]:
    """Return how likely a number is each input among those that it can be, or none; without what was not learned."""
    known = {one: likely[one] for one in {*names, NOTHING} if one in likely}
    whole = sum(known.values())
    return {one: share / whole for one, share in known.items()} if whole > 0 else {}

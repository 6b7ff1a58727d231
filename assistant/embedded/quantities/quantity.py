"""What a message says in numbers."""

from dataclasses import dataclass

from assistant.embedded.quantities.tables import Table


@dataclass(frozen=True)
class Quantity:
    """A number in a message, with everything that is said with it."""

    start: int
    end: int
    text: str
    value: float
    unit: str = ""
    per: tuple[str, ...] = ()
    currency: str = ""
    percent: bool = False
    others: tuple[float, ...] = ()  # other readings of the same digits; of "100,120" the two numbers of a list
    approximate: bool = False
    change: str = ""  # "times": value is a factor; "plus", "minus": value is the signed difference
    is_list: bool = False
    values: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    bound: str = ""


@dataclass(frozen=True)
class Group:
    """Names that stand at quantities of one kind, and where these are among the quantities of the reading.

    If there is one index, the quantity is a list that was made, with these labels. Otherwise there is one for each
    label: the quantities were kept apart, as they may be different things, and are a map for whoever wants one.
    """

    labels: tuple[str, ...]
    indices: tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """What was read in a message; quantities in the order of their places, those in tables left to the tables."""

    quantities: tuple[Quantity, ...]
    tables: tuple[Table, ...] = ()
    decimal: str = ""  # "," or "." if the message clearly uses it
    groups: tuple[Group, ...] = ()

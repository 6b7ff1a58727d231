"""A number and an amount while they are read."""

from dataclasses import dataclass
from typing import NamedTuple

NOISE = 2  # digits that a product has too many, at least


class Number(NamedTuple):
    """A number with the token after it; `kind` says how it was typed."""

    value: float
    after: int
    others: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    kind: str = "figure"


@dataclass
class Amount:
    """A quantity while it is read; `first` and `after` are tokens."""

    first: int
    after: int
    value: float
    unit: str = ""
    per: tuple[str, ...] = ()
    currency: str = ""
    percent: bool = False
    others: tuple[float, ...] = ()
    approximate: bool = False
    change: str = ""
    values: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    bound: str = ""
    scale: float = 1.0  # of the magnitude, as in 300k
    share: bool = False  # a fraction in words: a third
    nothing: bool = False  # said in a word: worthless
    extra: int = 0  # the direction of a word inside: "three more days", "two fewer"

    @property
    def single(self) -> bool:
        """Whether it is one number that could stand in a list."""
        return not (self.values or self.change or self.nothing)

    def scaled(self, factor: float) -> None:
        """Multiply every reading."""
        if factor != 1:
            self.value = times(self.value, factor)
            self.others = tuple(times(other, factor) for other in self.others)
            self.values = tuple(times(value, factor) for value in self.values)


def times(value: float, factor: float) -> float:
    """Multiply without the noise of binary fractions: 2.4 million is 2,400,000, and 30 cents are 0.3."""
    exact = value * factor
    short = float(f"{exact:.15g}")
    noisy = abs(factor) != 1 and len(repr(short)) < len(repr(exact)) - NOISE
    return short if noisy else exact

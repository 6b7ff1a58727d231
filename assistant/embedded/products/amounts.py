"""The numbers of a description with the words they cover, and how far these stand from other words."""

from dataclasses import dataclass

from assistant.embedded.products.phrases import Found, Word
from assistant.embedded.quantities import Quantity

CLAUSE_ENDS = (",", ";", ".", "\n", "!", "?", ":", "(", ")", " / ")


@dataclass(frozen=True)
class Amount:
    """A number with the words it covers.

    `kind` is percent, share (a fraction, in percent), time (in months), rate (times a year), counted or plain.
    """

    value: float
    kind: str
    first: int
    last: int


def gap(amount: Amount, found: Found) -> int:
    """Return how many words stand between an amount and a phrase."""
    return distance(Found("", amount.first, amount.last), found)


def distance(one: Found, other: Found) -> int:
    """Return how many words stand between two phrases."""
    return max(0, other.first - one.last - 1, one.first - other.last - 1)


def parted(text: str, words: tuple[Word, ...], one: Found, other: Found) -> bool:
    """Say whether a clause ends between two places."""
    first, second = sorted((one, other), key=lambda found: found.first)
    between = text[words[first.last].end : words[second.first].start] if first.last < second.first else ""
    return any(end in between for end in CLAUSE_ENDS)


def covered(words: tuple[Word, ...], start: int, end: int) -> tuple[int, int]:
    """Return the first and the last word in a range of characters; (1, 0) if there is none."""
    places = [place for place, word in enumerate(words) if word.end > start and word.start < end]
    return (places[0], places[-1]) if places else (1, 0)


def ranges(quantities: list[Quantity]) -> list[tuple[Quantity, float]]:
    """Return each quantity with its value; the ends of a range as their mean."""
    found: list[tuple[Quantity, float]] = []
    for place, quantity in enumerate(quantities):
        before = quantities[place - 1] if place else None
        if before is not None and before.bound == "low" and quantity.bound == "high":
            found[-1] = (quantity, (before.value + quantity.value) / 2)
        else:
            found.append((quantity, quantity.value))
    return found


def is_past(text: str, words: tuple[Word, ...], past: list[Found], place: int) -> bool:
    """Say whether a number belongs to what was: "margin used to be 5%"."""
    here = Found("", place, place)
    return any(distance(found, here) <= 3 and not parted(text, words, found, here) for found in past)

"""Finds the numbers of a message with the words that they cover: shares, times, scores, money, counts of suppliers."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.embedded.products.phrases import Found, Word, find
from assistant.embedded.quantities import Quantity, read_quantities
from assistant.embedded.sorting.spoken import amount_words

Kind = Literal["percent", "weeks", "score", "money", "suppliers", "plain"]

PERCENT = 100
LEAST_MONEY = 1000
SUPPLIER = "supplier"
CLAUSE_ENDS = re.compile(r"[,;.\n!?()]")
_OF = re.compile(r"\s*(?:/|of|out of|von|aus)\s*(?:a\s+|our\s+|total\s+)*(?:[$€£]|eur|usd)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A number and the words from `first` to `last` that it covers.

    A percent is 0 to 100, a time is in weeks, a score of any scale is brought to 0 to 100.
    """

    value: float
    kind: Kind
    first: int
    last: int


def read_amounts(text: str, words: tuple[Word, ...]) -> list[Amount]:
    """Return the amounts of a text in the order of their places."""
    read = [one for one in read_quantities(text).quantities if not one.change]
    amounts = [amount for one in _joined_ranges(read) for amount in _amounts(words, *one)]
    taken = {place for amount in amounts for place in range(amount.first, amount.last + 1)}
    spoken = [one for one in _spoken(words) if not taken & set(range(one.first, one.last + 1))]
    shares = [one for one in _shares(words) if not taken & set(range(one.first, one.last + 1))]
    amounts = sorted([*amounts, *shares, *spoken], key=lambda amount: amount.first)
    return _linked(text, words, amounts)


def distance(one: Found | Amount, other: Found | Amount) -> int:
    """Return how many words stand between two places."""
    return max(0, other.first - one.last - 1, one.first - other.last - 1)


def is_parted(text: str, words: tuple[Word, ...], one: Found | Amount, other: Found | Amount) -> bool:
    """Say whether a clause ends between two places."""
    return bool(CLAUSE_ENDS.search(between(text, words, one, other)))


def between(text: str, words: tuple[Word, ...], one: Found | Amount, other: Found | Amount) -> str:
    """Return the text between two places."""
    first, second = sorted((one, other), key=lambda place: place.first)
    return text[words[first.last].end : words[second.first].start] if first.last < second.first else ""


def _joined_ranges(read: list[Quantity]) -> list[tuple[Quantity, float, int]]:
    """Return quantities with value and start; the two ends of a range as their mean."""
    found: list[tuple[Quantity, float, int]] = []
    for place, quantity in enumerate(read):
        before = read[place - 1] if place else None
        if before is not None and before.bound == "low" and quantity.bound == "high":
            found[-1] = (quantity, (before.value + quantity.value) / 2, before.start)
        else:
            found.append((quantity, quantity.value, quantity.start))
    return found


def _amounts(words: tuple[Word, ...], quantity: Quantity, value: float, start: int) -> list[Amount]:
    places = [place for place, word in enumerate(words) if word.end > start and word.start < quantity.end]
    if not places:
        return []
    first, last = places[0], places[-1]
    data = amount_words()
    if quantity.is_list:
        return []
    if quantity.percent:
        return [Amount(value, "percent", first, last)]
    if quantity.unit in data.weeks and not quantity.per:
        return [Amount(value * data.weeks[quantity.unit], "weeks", first, last)]
    if quantity.unit == SUPPLIER:
        return [Amount(value, "suppliers", first, last)]
    if quantity.currency:
        return [Amount(value, "money", first, last)]
    if quantity.unit:
        return []
    covered = tuple(word.text for word in words[first : last + 1])
    if 0 < value < 1 and "/" in quantity.text:
        return [Amount(PERCENT * value, "score", first, last)]
    if 0 < value < 1 and not any(sign.isdigit() for word in covered for sign in word):
        return [Amount(PERCENT * value, "percent", first, last)]
    return [Amount(value, "plain", first, last)]


def _spoken(words: tuple[Word, ...]) -> list[Amount]:
    """Return numbers in words before a unit of time, "a year", and those that may count suppliers, "three mills"."""
    data = amount_words()
    found = []
    for number in find(data.numbers, words):
        value, following = data.numbers[number.phrase], number.last + 1
        unit = data.weeks.get(words[following].text) if following < len(words) else None
        if unit is not None:
            found.append(Amount(value * unit, "weeks", number.first, following))
        elif number.phrase not in ("a", "an", "both"):
            found.append(Amount(value, "plain", number.first, number.last))
    return found


def _shares(words: tuple[Word, ...]) -> list[Amount]:
    data = amount_words()
    return [
        Amount(data.shares[share.phrase], "percent", share.first, share.last)
        for share in find(data.shares, words)
        if share.last + 1 >= len(words) or words[share.last + 1].text not in data.weeks
    ]


def _linked(text: str, words: tuple[Word, ...], amounts: list[Amount]) -> list[Amount]:
    """Join "7 out of 10" to a score, "3 million of 20 million" to a share, and drop what overlaps."""
    joined: list[Amount] = []
    for amount in amounts:
        before = joined[-1] if joined else None
        if before is not None and amount.first <= before.last:
            continue
        link = between(text, words, before, amount) if before is not None else ""
        if before is None or not _OF.fullmatch(link) or not 0 <= before.value <= amount.value or not amount.value:
            joined.append(amount)
        elif min(before.value, amount.value) >= LEAST_MONEY and {before.kind, amount.kind} <= {"money", "plain"}:
            share = PERCENT * before.value / amount.value
            joined[-1] = Amount(share, "percent", before.first, amount.last)
        elif before.kind == amount.kind == "plain" and amount.value in amount_words().scales:
            joined[-1] = Amount(PERCENT * before.value / amount.value, "score", before.first, amount.last)
        else:
            joined += [] if before.kind == "suppliers" == amount.kind else [amount]
    return [replace(one, value=round(one.value, 4)) for one in joined]

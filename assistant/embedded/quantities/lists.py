"""Joins neighbouring amounts: ranges, plain lists and, by their names, labelled ones."""

from itertools import pairwise

from assistant.embedded.quantities.amount import Amount
from assistant.embedded.quantities.chains import alike, made
from assistant.embedded.quantities.labelled import Found, Labeller
from assistant.embedded.quantities.message import Message

PAIR = 2
LIST = 3


class Joiner:
    """Joins the amounts of a message, each step in one pass."""

    def __init__(self, message: Message):
        self.labeller = Labeller(message)
        self.tokens = message.tokens
        self.words = message.words
        self.data = message.words.data

    def join(self, amounts: list[Amount]) -> tuple[list[Amount], list[Found]]:
        """Return the amounts with ranges marked and lists made one, and the groups that have names."""
        amounts = self._signed(amounts)
        for low, high in pairwise(amounts):
            self._range(low, high)
        amounts, groups = self.labeller.label(amounts)
        return self._plain(amounts), groups

    # Ranges

    def _range(self, low: Amount, high: Amount) -> None:
        """Mark the ends of "80-120 days" and "between 80 and 120"."""
        if low.bound or low.values or high.values or low.change or high.change:
            return
        before = self.tokens[low.first - 1].key
        between = before in self.data.ranges.between
        mark = self.tokens[low.after].key
        if high.first != low.after + 1 or mark not in (self.data.ranges.and_ if between else self.data.ranges.marks):
            return
        self._share(low, high)
        if low.value < high.value and before not in self.data.ranges.not_after:
            low.bound, high.bound = "low", "high"

    @staticmethod
    def _share(low: Amount, high: Amount) -> None:
        """Give the first end the unit and the magnitude that only the second one says."""
        if low.currency and not high.currency and not high.unit and not high.percent:
            high.currency = low.currency
        if low.unit or low.percent or low.per:
            return
        if not low.currency or low.currency == high.currency:
            low.unit, low.per, low.currency, low.percent = high.unit, high.per, high.currency, high.percent
        if low.scale == 1 and high.scale != 1 and low.value * high.scale < high.value:
            low.scaled(high.scale)
            low.scale = high.scale

    # Signed lists

    def _signed(self, amounts: list[Amount]) -> list[Amount]:
        """Make lists of "+41, -36, +18", whose signs are no changes."""
        joined: list[Amount] = []
        chain: list[Amount] = []
        for amount in amounts:
            if not self._has_sign(amount) or (chain and not self._goes_on_signed(chain[-1], amount)):
                joined += self._as_signed(chain)
                chain = []
            (chain if self._has_sign(amount) else joined).append(amount)
        return joined + self._as_signed(chain)

    def _sign_at(self, amount: Amount) -> int:
        """Return the token of the sign of a number, or that of the number if it has none."""
        before = amount.first - 1
        return before if self.tokens[before].text == "+" and self.tokens[amount.first].glued else amount.first

    def _has_sign(self, amount: Amount) -> bool:
        plain = not (amount.values or amount.bound or amount.currency or amount.change == "times")
        return plain and self.tokens[self._sign_at(amount)].text in ("+", *self.data.signs.minus)

    def _goes_on_signed(self, last: Amount, amount: Amount) -> bool:
        between = range(last.after, self._sign_at(amount))
        return len(between) <= PAIR and all(self.tokens[place].key in self.data.lists.joins for place in between)

    def _as_signed(self, chain: list[Amount]) -> list[Amount]:
        """Return numbers with signs as one list, if one is a plus: only then are the signs those of a list."""
        if len(chain) < LIST or not any(self.tokens[self._sign_at(one)].text == "+" for one in chain):
            return chain
        for one in chain:
            one.change = ""
        return [made(chain, self._sign_at(chain[0]))]

    # Lists

    def _plain(self, amounts: list[Amount]) -> list[Amount]:
        joined: list[Amount] = []
        chain: list[Amount] = []
        for amount in amounts:
            if chain and not self._belongs(chain, amount):
                joined += self._closed(chain)
                chain = []
            chain.append(amount)
        return joined + (self._closed(chain) if chain else [])

    def _belongs(self, chain: list[Amount], amount: Amount) -> bool:
        last = chain[-1]
        if any(not one.single or one.bound for one in (last, amount)):
            return False
        if amount.percent and not last.percent and not self._and(last, amount):
            return False
        return self._joined(last, amount) and alike(chain, amount)

    def _joined(self, last: Amount, amount: Amount) -> bool:
        """Say whether nothing but a comma, a slash, an "and" or space stands between."""
        return amount.first - last.after <= PAIR and all(
            self.tokens[place].key in self.data.lists.joins for place in range(last.after, amount.first)
        )

    def _and(self, last: Amount, amount: Amount) -> bool:
        """Say whether an "and" stands between: the percent of "50, 30 and 20 percent" is meant for all."""
        return any(self.tokens[place].key in self.data.ranges.and_ for place in range(last.after, amount.first))

    def _closed(self, chain: list[Amount]) -> list[Amount]:
        """Return a chain as one list, or as it is if it is too short for one."""
        opened = self.tokens[chain[0].first - 1].text in self.data.lists.opens
        bracketed = opened and self.tokens[chain[-1].after].text in self.data.lists.closes
        return [made(chain)] if len(chain) >= (PAIR if bracketed else LIST) else chain

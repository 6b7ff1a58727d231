"""Lists whose numbers have names: months, letters, "Acme 50%, Bolt 30%", and groups that could be such a list."""

import math
from collections.abc import Callable
from typing import NamedTuple

from assistant.embedded.quantities.amount import Amount
from assistant.embedded.quantities.chains import alike, made
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.names import Name, NameReader

PAIR = 2
LIST = 3
WHOLE = 100.0


class Found(NamedTuple):
    """Amounts that have names: one list that was made, or each by itself."""

    labels: tuple[str, ...]
    amounts: tuple[Amount, ...]


Chain = list[tuple[Amount, Name]]


class Labeller:
    """Makes lists of amounts with names, in one pass for each way to name them."""

    def __init__(self, message: Message):
        self.tokens = message.tokens
        self.data = message.words.data
        self.names = NameReader(message)
        self.groups: list[Found] = []

    def label(self, amounts: list[Amount]) -> tuple[list[Amount], list[Found]]:
        """Return the amounts with lists made one, and the groups of those with names."""
        amounts = self._chains(amounts, self.names.label_after, self._goes_on_after, self._closed_after)
        amounts = self._chains(amounts, self.names.label_before, self._goes_on, self._closed)
        return self._named(amounts), self.groups

    @staticmethod
    def _chains(
        amounts: list[Amount],
        name_of: Callable[[Amount], Name | None],
        goes_on: Callable[[Chain, Amount, Name], bool],
        closed: Callable[[Chain], list[Amount]],
    ) -> list[Amount]:
        joined: list[Amount] = []
        chain: Chain = []
        for amount in amounts:
            name = name_of(amount) if amount.single else None
            if chain and not (name and goes_on(chain, amount, name)):
                joined += closed(chain)
                chain = []
            if name:
                chain.append((amount, name))
            else:
                joined.append(amount)
        return joined + closed(chain)

    def _list(self, chain: Chain, first: int, after: int) -> list[Amount]:
        labels = tuple(name.text for _, name in chain)
        if not _differ(labels):
            return [made([amount for amount, _ in chain], first, after)]
        one = made([amount for amount, _ in chain], first, after, labels)
        self.groups.append(Found(labels, (one,)))
        return [one]

    def _only_joins(self, first: int, after: int) -> bool:
        return 0 <= after - first <= PAIR and all(
            self.tokens[place].key in self.data.lists.joins for place in range(first, after)
        )

    # Labels before

    def _closed(self, chain: Chain) -> list[Amount]:
        amounts = [amount for amount, _ in chain]
        letters = bool(chain) and chain[0][1].kind == "letter"
        marked = letters and self.tokens[amounts[0].first - 1].text == "="
        if len(chain) < PAIR or (marked and chain[0][1].text != "A"):
            return amounts
        return self._list(chain, chain[0][1].first, amounts[-1].after)

    def _goes_on(self, chain: Chain, amount: Amount, name: Name) -> bool:
        last, before = chain[-1]
        if not self._next_in_kind(before, name) or not self._only_joins(last.after, name.first):
            return False
        return alike([one for one, _ in chain[:1]] + [last], amount)

    @staticmethod
    def _next_in_kind(before: Name, name: Name) -> bool:
        letters = name.kind != "letter" or ord(name.text) == ord(before.text[:1]) + 1
        return name.kind == before.kind and letters

    # Labels after

    def _closed_after(self, chain: Chain) -> list[Amount]:
        if len(chain) < PAIR:
            return [amount for amount, _ in chain]
        return self._list(chain, chain[0][0].first, chain[-1][1].after)

    def _goes_on_after(self, chain: Chain, amount: Amount, name: Name) -> bool:
        """Say whether "120 in Feb" goes on with "100 units in Jan"."""
        first, (last, before) = chain[0][0], chain[-1]
        if not self._next_in_kind(before, name) or not self._only_joins(before.after, amount.first):
            return False
        bare = not amount.unit and not amount.per and amount.percent == first.percent
        return alike([first, last], amount) or (bare and amount.currency == first.currency)

    # Names that could be words for inputs too

    def _named(self, amounts: list[Amount]) -> list[Amount]:
        joined: list[Amount] = []
        chain: Chain = []
        last: Amount | None = None
        for place, amount in enumerate(amounts):
            name = self._next(chain, amount)
            if name is None:
                joined += self._decided(chain)
                chain = []
                name = self._first(amounts, place, last)
            if name:
                chain.append((amount, name))
            else:
                joined.append(amount)
            last = amount
        return joined + self._decided(chain)

    def _next(self, chain: Chain, amount: Amount) -> Name | None:
        if not chain or not amount.single or amount.bound:
            return None
        last = chain[-1][0]
        fits = alike([chain[0][0], last], amount) or (len(chain) == 1 and _without_unit(amount, last))
        return self.names.next_name(last, amount) if fits else None

    def _first(self, amounts: list[Amount], place: int, last: Amount | None) -> Name | None:
        """Return the name of the first amount of a list, if another with a name follows it."""
        amount, following = amounts[place], amounts[place + 1 : place + PAIR]
        if not amount.single or amount.bound or not following:
            return None
        name = self.names.next_name(amount, following[0])
        return self.names.first_name(last, amount, len(name.text.split())) if name else None

    def _decided(self, chain: Chain) -> list[Amount]:
        """Make one list of names that can be nothing else; otherwise keep the amounts and say that they have names."""
        amounts = [amount for amount, _ in chain]
        fewest = LIST if amounts and amounts[0].unit and len(chain) > 1 and not amounts[1].unit else PAIR
        if len(chain) < fewest or not _differ(tuple(name.text for _, name in chain)):
            return amounts
        proper = [(amounts[0], self.names.last_word(chain[0][1])), *chain[1:]]
        if all(name.kind == "proper" or (place and self.names.is_rest(name)) for place, (_, name) in enumerate(proper)):
            return self._list(proper, proper[0][1].first, amounts[-1].after)
        head = chain[0][1].head
        plain = all(self.names.is_plain(name) for _, name in chain)
        if self.names.takes_any(head) or (self.names.takes_items(head) and plain) or _makes_a_whole(amounts):
            return self._list(chain, chain[0][1].first, amounts[-1].after)
        self.groups.append(Found(tuple(name.text for _, name in chain), tuple(amounts)))
        return amounts


def _differ(labels: tuple[str, ...]) -> bool:
    """Say whether no two labels are the same; months that come again make a list without labels."""
    return len({label.casefold() for label in labels}) == len(labels)


def _without_unit(amount: Amount, first: Amount) -> bool:
    """Say whether only the first of a list says its unit: "shell 3 days, electronics 14"."""
    return not (amount.unit or amount.per or amount.currency) and amount.percent == first.percent


def _makes_a_whole(amounts: list[Amount]) -> bool:
    """Say whether three or more percentages add up to a hundred."""
    total = math.fsum(amount.value for amount in amounts)
    return len(amounts) >= LIST and all(one.percent and one.value > 0 for one in amounts) and math.isclose(total, WHOLE)

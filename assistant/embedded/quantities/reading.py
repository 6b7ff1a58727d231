"""Finds every quantity in a message as people type it: place, value, unit, currency, and what is unclear."""

import math
import re

from assistant.embedded.quantities.amount import Amount
from assistant.embedded.quantities.amounts import AmountReader
from assistant.embedded.quantities.changes import ChangeReader
from assistant.embedded.quantities.digits import find_run, read_figure
from assistant.embedded.quantities.form_lines import part_form_lines
from assistant.embedded.quantities.labelled import Found
from assistant.embedded.quantities.lists import Joiner
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.not_amounts import code_end
from assistant.embedded.quantities.quantity import Group, Quantity, Reading
from assistant.embedded.quantities.tables import Table, find_tables
from assistant.embedded.quantities.zeros import ZeroReader

DIMENSIONS = 3
PLUS_MINUS = re.compile(r"\bplus[\s/-]*(?:or\s+)?minus\b|\bgive\s+or\s+take\b|\+\s?/\s?-", re.I)
PERCENT = 100


def read_quantities(text: str) -> Reading:
    """Read the quantities and tables of a message; every value is finite."""
    original, text = text, PLUS_MINUS.sub(lambda found: "\N{PLUS-MINUS SIGN}".ljust(len(found[0])), text)
    message = Message.of(text)
    decimal = message.decimal
    tables = find_tables(text, lambda cell: _cell(cell, decimal))
    parted = part_form_lines(_blanked(text, tables))
    if parted != text:
        message = Message.of(parted)
        message.decimal = decimal
    amounts, found = Joiner(message).join(_Pass(message).amounts())
    amounts = [amount for amount in amounts if _finite(amount)]
    quantities = tuple(_quantity(amount, message, original) for amount in amounts)
    return Reading(quantities, tables, decimal, _groups(found, amounts))


def _groups(found: list[Found], amounts: list[Amount]) -> tuple[Group, ...]:
    """Return the groups in the order of their places."""
    places = {id(amount): place for place, amount in enumerate(amounts)}
    groups = [
        Group(labels, tuple(places[id(one)] for one in members))
        for labels, members in found
        if all(id(one) in places for one in members)
    ]
    return tuple(sorted(groups, key=lambda group: group.indices))


def _blanked(text: str, tables: tuple[Table, ...]) -> str:
    """Replace the tables by signs that end whatever stands before them."""
    pieces, last = [], 0
    for table in tables:
        pieces += [text[last : table.start], "." * (table.end - table.start)]
        last = table.end
    return "".join([*pieces, text[last:]])


def _cell(cell: str, decimal: str) -> tuple[float | None, tuple[float, ...]]:
    """Return the number that fills a cell and its other readings; none if it is a name, a date or two numbers."""
    if not any(sign.isdigit() for sign in cell):
        return None, ()
    message = Message.of(cell)
    message.decimal = decimal
    amounts = _Pass(message).amounts()
    filled = len(amounts) == 1 and amounts[0].first <= 1 and amounts[0].after >= message.tokens.size - 1
    if not filled or amounts[0].values or amounts[0].change or not _finite(amounts[0]):
        return None, ()
    return amounts[0].value, amounts[0].others


def _finite(amount: Amount) -> bool:
    return all(math.isfinite(value) for value in (amount.value, *amount.others, *amount.values))


def _quantity(amount: Amount, message: Message, text: str) -> Quantity:
    start, end = message.tokens[amount.first].start, message.tokens[amount.after - 1].end
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        value=amount.value,
        unit=amount.unit,
        per=amount.per,
        currency=amount.currency,
        percent=amount.percent,
        others=tuple(other for other in amount.others if other != amount.value or amount.values),
        approximate=amount.approximate,
        change=amount.change,
        is_list=bool(amount.values),
        values=amount.values,
        labels=amount.labels,
        bound=amount.bound,
    )


class _Pass:
    """One pass over the tokens of a message."""

    def __init__(self, message: Message):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.reader = AmountReader(message)
        self.changes = ChangeReader(self.reader)
        self.zeros = ZeroReader(message)

    def amounts(self) -> list[Amount]:
        """Return the amounts in order."""
        found: list[Amount] = []
        index = 0
        while index < self.tokens.size:
            if index in self.message.skips:
                index = self.message.skips[index]
                continue
            amounts = self._at(index)
            found += amounts
            index = max(index + 1, amounts[-1].after) if amounts else self._passed(index)
        return found

    def _passed(self, index: int) -> int:
        """Return the token to go on with after one that starts no amount; a code such as 3PL is passed as a whole."""
        run = find_run(self.tokens, index)
        if run is None:
            return index + 1
        return max(run.after, code_end(self.tokens, run.after - 1))

    def _at(self, index: int) -> list[Amount]:
        token = self.tokens[index]
        if token.kind == "digits" and (amount := self._in_a_row(index)):
            return [amount]
        if token.kind not in ("digits", "part") and token.key not in self.words.starts:
            return []
        if terms := self._terms(index):
            return terms
        if nothing := self.zeros.read(index):
            return [nothing]
        about = self.words.approximate.find(self.tokens, index)
        amount = self._amount(about[1] if about else index)
        if amount is None:
            return []
        after = self.words.approximate_after.find(self.tokens, amount.after)
        amount.approximate = bool(about or after)
        amount.after = after[1] if after else amount.after
        return [amount]

    def _in_a_row(self, index: int) -> Amount | None:
        """Read a whole number between others, which nothing around it can make anything else: 100 120 110."""
        before, following = self.tokens[index - 1], self.tokens[index + 1]
        if before.kind != "digits" or following.kind != "digits" or self.tokens[index].glued:
            return None
        run = find_run(self.tokens, index)
        if run is None or run.after != index + 1 or self.tokens[index + 2].kind != "digits":
            return None
        figure = read_figure(run, self.message.decimal)
        return Amount(index, run.after, figure.value) if figure else None

    def _amount(self, index: int) -> Amount | None:
        if index in self.message.skips:
            return None
        signed = self.tokens[index].text == "+" and not self.tokens[index + 1].gap
        opened = self.tokens[index].text == "("
        amount = self.changes.whole(index) or self.reader.read(index + 1 if signed or opened else index)
        if amount is None:
            return None
        if opened:
            return self._in_parentheses(amount, index)
        if signed and self.tokens[index - 1].kind not in ("digits", "part"):
            amount.first = index
        if not amount.change:
            self._dimensions(amount)
            self.changes.apply(amount)
        return amount

    def _in_parentheses(self, amount: Amount, index: int) -> Amount | None:
        """Read (50k) as money owed where nothing but a sign of accounts stands before it."""
        if self.tokens[amount.after].text != ")" or amount.values or amount.change or amount.percent or amount.unit:
            return None
        before = self.tokens[index - 1]
        if before.kind == "end" or before.key in self.words.data.signs.money_opens:
            amount.first, amount.after = index, amount.after + 1
            if amount.currency:
                amount.scaled(-1)
            elif amount.scale != 1:
                amount.others = (*amount.others, -amount.value)
        return amount

    def _dimensions(self, amount: Amount) -> None:
        """Take in the rest of 60x40x50 cm."""
        if amount.values or amount.currency or amount.percent or amount.per:
            return
        lengths = self.words.data.lengths
        parts, place = [amount], amount.after
        while len(parts) < DIMENSIONS and self.tokens[place].text in self.words.data.lists.times:
            part = self.reader.read(place + 1)
            if part is None or part.values or (part.unit and part.unit not in lengths) or part.currency or part.percent:
                return
            parts.append(part)
            place = part.after
        unit = parts[-1].unit
        if len(parts) == 1 or (len(parts) < DIMENSIONS and not unit) or (amount.unit and amount.unit not in lengths):
            return
        if any(part.unit not in ("", unit) for part in parts):
            return
        amount.values = tuple(part.value for part in parts)
        amount.others = next((part.others for part in parts if part.others), ())
        amount.unit, amount.after = unit, place

    def _terms(self, index: int) -> list[Amount]:
        """Read payment terms: 2/10 net 30 is two percent within ten days, else thirty days."""
        terms, tokens = self.words.data.terms, self.tokens
        run = find_run(tokens, index)
        if run is None or tokens[run.after].text != terms.sign or not tokens.glued(run.after + 1, "digits"):
            return []
        discount, place = read_figure(run, self.message.decimal), run.after + 2
        place += tokens[place].text == ","
        if discount is None or discount.values or tokens[place].key not in terms.net:
            return []
        place += 1
        place += tokens[place].text == terms.sign
        if tokens[place].kind != "digits":
            return []
        first = Amount(index, run.after, discount.value, percent=True, others=discount.others)
        within = Amount(run.after + 1, run.after + 2, float(tokens[run.after + 1].text), unit="day")
        due = Amount(place, place + 1, float(tokens[place].text), unit="day")
        return [first, within, due]

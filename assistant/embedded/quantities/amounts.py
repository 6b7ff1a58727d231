"""Reads one amount at a place of a message: sign, currency, number, magnitude, unit and denominators."""

from assistant.embedded.quantities.amount import Amount
from assistant.embedded.quantities.denominators import DenominatorReader
from assistant.embedded.quantities.endings import EndingReader
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.numbers import NumberReader


class AmountReader:
    """Reads the amount that starts at a token of a message."""

    def __init__(self, message: Message):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.data = message.words.data
        self.numbers = NumberReader(message)
        self.endings = EndingReader(message)
        self.denominators = DenominatorReader(message, self.numbers)

    def read(self, index: int) -> Amount | None:
        """Return the amount that starts at a token."""
        place, negative = self._sign(index)
        currency = self.words.money.find(self.tokens, place) if self.tokens[place].kind != "digits" else None
        if currency:
            place = currency[1]
            if not negative:
                place, negative = self._sign(place)
        number = self.numbers.read(place, money=bool(currency))
        if number is None:
            return None
        amount = Amount(index, number.after, number.value, others=number.others, values=number.values)
        amount.share = number.kind in ("fraction", "half")
        if currency:
            amount.currency = currency[0][0]
            amount.scaled(currency[0][1])
        if not self._complete(amount) or not self.numbers.counting.may_stand(amount, number, place):
            return None
        if number.kind == "half":
            amount.share = not amount.unit and not amount.percent and amount.scale == 1
        if negative:
            self._negate(amount)
        return amount

    def _sign(self, index: int) -> tuple[int, bool]:
        token, before = self.tokens[index], self.tokens[index - 1]
        if token.kind == "digits":
            return index, False
        if token.key in self.data.signs.minus_words:
            return index + 1, True
        follows = self.tokens[index + 1]
        if token.text not in self.data.signs.minus or not follows.glued:
            return index, False
        if token.glued and (before.kind in ("digits", "word", "part") or before.text in ")%]"):
            return index, False
        return index + 1, True

    def _negate(self, amount: Amount) -> None:
        if self.tokens[amount.first].kind == "mark" and self.tokens[amount.first - 1].kind in ("digits", "part"):
            amount.others = (*amount.others, amount.value)
        amount.scaled(-1)

    def _complete(self, amount: Amount) -> bool:
        """Read what follows the number; False if it turns out to be a code such as 3PL."""
        if not self.endings.read(amount):
            return False
        if not amount.percent and not amount.unit:
            self.denominators.after_noun(amount)
        self.denominators.read(amount)
        return True

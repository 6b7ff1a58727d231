"""What follows a number and makes it an amount: magnitude, currency, percent sign, unit."""

from assistant.embedded.quantities.amount import Amount, times
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.units_data import Scaled

PAIR = 2
LOOK_BACK = 4


class EndingReader:
    """Reads what follows the number of an amount, but for its denominators."""

    def __init__(self, message: Message):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.data = message.words.data

    def read(self, amount: Amount) -> bool:
        """Take in what follows the number; False if it turns out to be a code such as 3PL."""
        following = self.tokens[amount.after]
        if following.kind in ("digits", "end") and not following.glued:
            return True
        self._magnitude(amount)
        self._money(amount)
        self._percent(amount)
        if not amount.percent:
            self._between(amount)
            if not self._unit(amount):
                return False
        self._half_more(amount)
        return True

    def _magnitude(self, amount: Amount) -> None:
        for _ in range(PAIR):
            found = self.words.magnitudes.find(self.tokens, amount.after)
            if not found or (self.tokens[amount.after].gap and self.message.is_symbol(amount.after)):
                break
            self._apply(amount, found[0])
            amount.after = found[1]
        place = amount.after
        if not self.words.million_or_metre.find(self.tokens, place) or self.tokens[place + 1].text in ("^", "²", "³"):
            return
        if self.tokens.glued(place + 1, "digits") or (self.tokens[place].gap and self.message.is_symbol(place)):
            return
        self._million_or_metre(amount)

    def _apply(self, amount: Amount, magnitude: Scaled) -> None:
        value = amount.value
        amount.scaled(magnitude.scale)
        amount.scale *= magnitude.scale
        if magnitude.other:
            amount.others = (*amount.others, times(value, magnitude.other))

    def _million_or_metre(self, amount: Amount) -> None:
        times_marks = self.data.lists.times
        sided = self.tokens[amount.first - 1].text in times_marks or self.tokens[amount.after + 1].text in times_marks
        if sided or (not amount.currency and self.message.lengths and not self.message.money):
            amount.unit = "m"
        else:
            value = amount.value
            amount.scaled(1_000_000)
            amount.scale = 1_000_000
            if not amount.currency and (self.message.lengths or not self.message.money):
                amount.others = (*amount.others, value)
        amount.after += 1

    def _money(self, amount: Amount) -> None:
        place = self.message.dot(amount.after)
        found = self.words.money.find(self.tokens, place) or self.words.money.find(self.tokens, amount.after)
        if not found:
            pounds = self.words.pounds.find(self.tokens, amount.after)
            if pounds and not amount.unit:
                self._pounds(amount, pounds[1])
            return
        (currency, scale), after = found
        belongs_to_next = self.tokens.glued(after, "digits") or (
            amount.currency and scale == 1 and self.tokens[place].gap == ""
        )
        if belongs_to_next or (amount.currency and currency == "money" and scale != 1):
            return
        amount.currency = currency
        amount.scaled(scale)
        amount.after = after

    def _pounds(self, amount: Amount, after: int) -> None:
        """Read pounds as money where the message names the currency, but for "weighs 5 pounds" and "pounds of"."""
        pounds = self.data.pounds
        near = range(max(0, amount.first - LOOK_BACK), amount.first)
        weighed = self.tokens[after].key in pounds.of or any(self.tokens[at].key in pounds.weights for at in near)
        if weighed or not self.message.pounds:
            amount.unit = pounds.unit
        else:
            amount.currency = pounds.currency
        amount.after = after

    def _percent(self, amount: Amount) -> None:
        hyphen = self.tokens[amount.after].text == "-" and self.tokens[amount.after].glued
        place = amount.after + 1 if hyphen else amount.after
        if points := self.words.percentage_points.find(self.tokens, place):
            amount.unit, amount.percent, amount.after = "point", True, points[1]
        elif found := self.words.percents.find(self.tokens, place):
            amount.percent = True
            amount.scaled(found[0])
            amount.after = found[1]

    def _between(self, amount: Amount) -> None:
        direction = self.message.direction(amount.after)
        follows = amount.after + 1
        if direction and self.tokens[follows].key not in (*self.data.changes.to, *self.data.changes.not_after_before):
            amount.extra = direction
            amount.after = follows

    def _unit(self, amount: Amount) -> bool:
        if amount.unit:
            return True
        dash = self.tokens[amount.after]
        hyphen = dash.text == "-" and dash.glued and self.tokens.glued(amount.after + 1, "word")
        place = amount.after + 1 if hyphen else amount.after
        behind = self.message.dot(place)
        found = self.words.units.find(self.tokens, place)
        if not found and not self._new_sentence(place, behind):
            found = self.words.units.find(self.tokens, behind)
        glued_word = self.tokens[amount.after].kind == "word" and self.tokens[amount.after].glued
        if not found or not self._is_unit(amount, place, found):
            if hyphen and self.tokens[place].key in self.data.numbers.hyphened:
                amount.after = place + 1
                return True
            multiplied = self.tokens[amount.after].key == "x"
            return not (hyphen or glued_word) or multiplied or bool(self.words.fold.find(self.tokens, amount.after))
        amount.unit, amount.after = found
        self._period_of_period(amount)
        return True

    def _new_sentence(self, place: int, behind: int) -> bool:
        """Say whether a point after "2.2m" ends the sentence instead of an abbreviation."""
        shortened = self.tokens[place - 1].key in ("mio", "mrd", "tsd")
        capital = bool(self.tokens[behind].gap) and self.tokens[behind].text[:1].isupper()
        return behind > place and capital and not shortened

    def _is_unit(self, amount: Amount, index: int, found: tuple[str, int]) -> bool:
        name, after = found
        token, following = self.tokens[index], self.tokens[after]
        if token.gap and len(token.text) == 1 and after == index + 1 and self.message.is_symbol(index):
            return False
        if name in self.data.at_the_end:
            return self.message.ends_here(after)
        hyphen = index > amount.after
        describes = token.key in self.data.describing and following.kind == "word" and not hyphen and amount.value != 1
        return not describes or self.message.goes_on(after)

    def _period_of_period(self, amount: Amount) -> None:
        """Read the second period of "5-day week"."""
        place = amount.after
        if self.tokens[place].text == "-" and self.tokens[place].glued:
            place += 1
        found = self.words.units.find(self.tokens, place)
        if found and len(self.tokens[place].text) > 1 and self.words.longer(found[0], amount.unit):
            amount.per, amount.after = (found[0],), found[1]

    def _half_more(self, amount: Amount) -> None:
        """Read "a week and a half"."""
        if amount.unit in self.data.periods and (found := self.words.and_half.find(self.tokens, amount.after)):
            amount.value += 0.5
            amount.after = found[1]

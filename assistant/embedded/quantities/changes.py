"""Tells amounts from changes: doubles, 20% more, up a third, three days longer, twice a week."""

from assistant.embedded.quantities.amount import Amount, times
from assistant.embedded.quantities.amounts import AmountReader
from assistant.embedded.quantities.digits import find_run, read_figure
from assistant.embedded.quantities.number_words import read_words

LOOK_BACK = 8
PERCENT = 100
TIMES = "times"


class ChangeReader:
    """Reads the changes of a message."""

    def __init__(self, reader: AmountReader):
        self.reader = reader
        self.tokens = reader.tokens
        self.words = reader.words
        self.changes = reader.data.changes

    def whole(self, index: int) -> Amount | None:
        """Return the change or frequency that a word alone says at a token: doubles, x2, twice a week."""
        if self.tokens[index].kind == "digits":
            return None
        if found := self.words.factors.find(self.tokens, index):
            return Amount(index, found[1], found[0], change=TIMES)
        if count := self.changes.frequency.get(self.tokens[index].key):
            return self._frequency(index, float(count))
        return self._multiplied(index)

    def _frequency(self, index: int, count: float) -> Amount | None:
        amount = Amount(index, index + 1, count, unit="time")
        self.reader.denominators.read(amount)
        return amount if amount.per else None

    def _multiplied(self, index: int) -> Amount | None:
        """Read x2, times two, by a factor of 3."""
        before = self.tokens[index - 1]
        if before.kind in ("digits", "part"):
            return None
        token, place = self.tokens[index], index + 1
        joined = token.key == "x" and self.tokens.glued(place, "digits") and not token.glued
        phrase = self.words.by_factor.find(self.tokens, index)
        if phrase:
            place = phrase[1]
        elif not joined and not (token.key in self.changes.times_before and before.kind == "word"):
            return None
        run = find_run(self.tokens, place)
        figure = read_figure(run, self.reader.message.decimal) if run else None
        worded = read_words(self.tokens, place)
        if run and figure and not figure.values:
            value, after, others = figure.value, run.after, figure.others
        elif worded and worded.kind == "number":
            value, after, others = worded.value, worded.after, ()
        else:
            return None
        amount = Amount(index, after, value, others=others, change=TIMES)
        if phrase and value and self._verb_before(index) < 0:
            amount.value, amount.others = 1 / value, tuple(1 / other for other in others if other)
        return amount

    def apply(self, amount: Amount) -> None:
        """Make an amount a change if the words around it say so."""
        if amount.values or self._as_times(amount):
            return
        speed = self._speed(amount)
        direction = amount.extra or self._after(amount) or self._before(amount) or speed
        if direction:
            self._change(amount, direction, speed=bool(speed))

    def _as_times(self, amount: Amount) -> bool:
        """Read 2x, threefold, "three times as much", and leave "3 times a year" as it is."""
        place = amount.after
        if self.tokens[place].key == "x" and self.tokens[place].glued and not amount.unit and not amount.currency:
            amount.after += 1
            amount.unit = "time"
            self.reader.denominators.read(amount)
            if amount.per:
                return True
        elif found := self.words.fold.find(self.tokens, place):
            amount.after = found[1]
        elif amount.unit != "time" or amount.per:
            return False
        elif compared := self.words.as_much.find(self.tokens, place):
            amount.after = compared[1]
        else:
            return False
        amount.unit, amount.change = "", TIMES
        return True

    def _speed(self, amount: Amount) -> int:
        key = self.tokens[amount.after].key
        direction = (key in self.changes.speeds.up) - (key in self.changes.speeds.down)
        if not direction or not (amount.percent or amount.share or amount.unit):
            return 0
        amount.after += 1
        return direction

    def _after(self, amount: Amount) -> int:
        """Return the direction of a word after the amount, and take the word in."""
        place = amount.after
        if self.tokens[place].text == "'":
            place += 1
        key = self.tokens[place].key
        direction = (key in self.changes.up.after) - (key in self.changes.down.after)
        if not direction or self.tokens[place + 1].key in self.changes.not_after_before:
            return 0
        part = amount.percent or amount.share
        period = amount.unit in self.reader.data.periods
        if key in self.changes.needs_share and (not part or self.tokens[place + 1].key in self.changes.to):
            return 0
        if key in self.changes.needs_period and not (part or period or amount.unit in self.reader.data.lengths):
            return 0
        amount.after = place + 1
        return direction

    def _before(self, amount: Amount) -> int:
        """Return the direction of the words before: up 10%, increase of 5, cut the lead time by 3 days."""
        if self.tokens[amount.first].text == "+":
            return 1
        place = amount.first - 1
        while self.tokens[place].key in self.reader.data.articles and place >= amount.first - 2:
            place -= 1
        key = self.tokens[place].key
        if self.words.approximate.find(self.tokens, place):
            place -= 1
            key = self.tokens[place].key
        if key in self.changes.by:
            return self._verb_before(place)
        if key in self.changes.of:
            return self._direct(place - 1)
        return 0 if self._names_a_step(amount) else self._direct(place)

    def _names_a_step(self, amount: Amount) -> bool:
        """Say whether names and numbers take turns, so that "cut 30 bend 24" cuts nothing."""
        if amount.percent or (amount.unit and not amount.per):
            return False
        place = amount.after + (self.tokens[amount.after].key in self.reader.data.lists.joins)
        return self.tokens[place].kind == "word" and self.tokens[place + 1].kind == "digits"

    def _direct(self, place: int) -> int:
        key, before = self.tokens[place].key, self.tokens[place - 1]
        direction = (key in self.changes.up.before) - (key in self.changes.down.before)
        return 0 if before.key in self.changes.not_up_after or before.kind == "digits" else direction

    def _verb_before(self, place: int) -> int:
        """Return the direction of the nearest verb in the clause before "by"."""
        for back in range(place - 1, max(-1, place - 1 - LOOK_BACK), -1):
            token = self.tokens[back]
            if token.kind == "digits" or token.text in ".;:!?":
                return 0
            for direction, words in ((1, self.changes.up), (-1, self.changes.down)):
                if token.key in words.before or token.key in words.after:
                    return direction
        return 0

    def _change(self, amount: Amount, direction: int, *, speed: bool) -> None:
        if amount.unit == "time":
            amount.others = (*amount.others, amount.value + 1) if direction > 0 else ()
            amount.unit, amount.change = "", TIMES
        elif (amount.percent and not amount.unit) or amount.share:
            self._part(amount, direction, speed=speed)
        else:
            amount.change = "plus" if direction > 0 else "minus"
            if direction < 0:
                amount.scaled(-1)

    def _part(self, amount: Amount, direction: int, *, speed: bool) -> None:
        step = PERCENT if amount.percent else 1
        others = [_grown(other / step, direction) for other in amount.others]
        part = amount.value / step
        if speed and 1 - direction * part > 0:
            others.append(1 / (1 - direction * part))
        amount.value, amount.others = _grown(part, direction), tuple(others)
        amount.percent, amount.share, amount.change = False, False, TIMES


def _grown(part: float, direction: int) -> float:
    return times(1 + direction * part, 1.0)

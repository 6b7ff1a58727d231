"""The number of an amount: digits, fractions and number words, with every reading."""

from dataclasses import replace

from assistant.embedded.quantities.amount import Number
from assistant.embedded.quantities.counting import Counting
from assistant.embedded.quantities.digits import Run, find_run, read_figure
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.not_amounts import is_counted
from assistant.embedded.quantities.number_words import fraction_word, read_words

MOST_IN_FRACTION = 16
PAIR = 2


class NumberReader:
    """Reads the number that starts at a token of a message."""

    def __init__(self, message: Message):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.data = message.words.data
        self.counting = Counting(message)

    def read(self, index: int, *, money: bool) -> Number | None:
        """Return the number at a token; `money` says that a currency stands before it."""
        token = self.tokens[index]
        if token.kind == "part":
            return Number(self.data.fractions.marks.get(token.text, 0.0), index + 1)
        run = find_run(self.tokens, index)
        if run:
            return self.figures(run, money=money)
        worded = read_words(self.tokens, index) if token.kind == "word" else None
        if worded is None or not self.counting.counts(worded, index):
            return None
        return Number(worded.value, worded.after, kind=worded.kind)

    def figures(self, run: Run, *, money: bool) -> Number | None:
        """Return the number that digits and what belongs to them are."""
        if run.plain:
            special = self._slashes(run) or self._mixed(run)
            if special:
                return special
        figure = self._figure(run, money=money)
        if figure is None:
            return None
        after = figure.after
        if found := self.words.and_half.find(self.tokens, after):
            return figure._replace(value=figure.value + 0.5, after=found[1])
        share = (
            fraction_word(self.tokens, after, int(figure.value))
            if run.plain and figure.value < MOST_IN_FRACTION
            else None
        )
        if share and not self.words.units.find(self.tokens, after):
            return Number(share[0], share[1], kind="fraction")
        return figure

    def _figure(self, run: Run, *, money: bool) -> Number | None:
        found = self.words.money.find(self.tokens, run.after)
        counted = money or is_counted(self.tokens, run.after, self.words)
        figure = read_figure(
            replace(run, money=True) if money or found else run,
            self.message.decimal,
            comma_groups=self.message.comma_groups,
            counted=counted,
        )
        if figure is None:
            return None
        others = figure.others
        if self.message.open_comma and run.marks == (",",) and not others and not figure.values and figure.value >= 1:
            others = (float(".".join(run.groups)),) if figure.value != float(".".join(run.groups)) else ()
        return Number(figure.value, run.after, others, figure.values)

    def _mixed(self, run: Run) -> Number | None:
        """Read 1½ and 1 1/2."""
        whole, after = float(run.groups[0]), run.after
        if self.tokens[after].kind == "part":
            return Number(whole + self.data.fractions.marks.get(self.tokens[after].text, 0.0), after + 1)
        next_run = find_run(self.tokens, after) if self.tokens[after].gap == " " else None
        if next_run and next_run.plain and whole:
            part = self._slashes(next_run)
            if part and not part.values:
                return Number(whole + part.value, part.after)
        return None

    def _slashes(self, run: Run) -> Number | None:
        """Read 1/2 and the list 100/120/110."""
        values, after = [float(run.groups[0])], run.after
        while self.tokens[after].text == "/" and self.tokens[after].glued and self.tokens.glued(after + 1, "digits"):
            following = find_run(self.tokens, after + 1)
            figure = read_figure(following, self.message.decimal) if following else None
            if following is None or figure is None or figure.values:
                break
            values.append(figure.value)
            after = following.after
        if len(values) == 1:
            return None
        first, second = values[:PAIR]
        if len(values) == PAIR and first < second <= MOST_IN_FRACTION:
            return Number(first / second, after)
        ratio = (first / second,) if len(values) == PAIR and second else ()
        return Number(first, after, ratio, tuple(values))

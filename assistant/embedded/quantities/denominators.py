"""What an amount is per: "a day", "/unit/year", "per 1,000 pcs"."""

import math
import re

from assistant.embedded.quantities.amount import Amount, Number
from assistant.embedded.quantities.digits import find_run
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.number_words import read_words
from assistant.embedded.quantities.numbers import NumberReader

MOST_DENOMINATORS = 3
COUNTED = ("s", "ed", "sold", "made", "gone", "eaten", "taken", "drawn")  # "hinges a day", "125 used a day"
_LABEL = re.compile(r"[^\n\d:=]{1,40}[:=]")


class DenominatorReader:
    """Reads the denominators that follow an amount."""

    def __init__(self, message: Message, numbers: NumberReader):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.data = message.words.data
        self.numbers = numbers

    def read(self, amount: Amount) -> None:
        """Take in the denominators that follow an amount."""
        if self.tokens[amount.after].kind in ("digits", "end"):
            return
        for _ in range(MOST_DENOMINATORS):
            if not (self._adverb(amount) or self._denominator(amount) or self._joined(amount) or self._each(amount)):
                return

    def _adverb(self, amount: Amount) -> bool:
        for place in (amount.after, self.message.dot(amount.after)):
            found = self.words.per_adverbs.find(self.tokens, place)
            if found:
                amount.per, amount.after = (*amount.per, found[0]), found[1]
                return True
        return False

    def _each(self, amount: Amount) -> bool:
        found = self.words.per_item.find(self.tokens, amount.after)
        if found and amount.scale == 1 and (amount.share or amount.percent) and not amount.per:
            amount.after = found[1]
            return False
        if not found or amount.per or not (amount.currency or not amount.unit):
            return False
        amount.per, amount.after = ("item",), found[1]
        return True

    def _joined(self, amount: Amount) -> bool:
        if not amount.per or self.tokens[amount.after].key not in self.data.per.joined:
            return False
        found = self.words.units.find(self.tokens, amount.after + 1)
        if not found or found[0] not in self.data.periods or len(self.tokens[amount.after + 1].text) == 1:
            return False
        amount.per, amount.after = (*amount.per, found[0]), found[1]
        return True

    def _denominator(self, amount: Amount) -> bool:
        opens = self.words.per.find(self.tokens, amount.after) or self.words.per.find(
            self.tokens, self.message.dot(amount.after)
        )
        if not opens or self._begins_a_label(amount.after):
            return False
        word, place = opens
        count = self._count_of(word, place)
        unit_at = count.after if count else place
        found = self.words.units.find(self.tokens, unit_at)
        if found and self._denominates(word, unit_at, found, slash=word == "/"):
            amount.per, amount.after = (*amount.per, found[0]), found[1]
        elif count and word in self.data.per.before_unit and word != "/":
            amount.after = count.after
        elif not count and self._is_other_noun(word, place):
            amount.per, amount.after = (*amount.per, self.tokens[place].key), place + 1
        else:
            return False
        if count and count.value:
            amount.scaled(1 / count.value)
        return True

    def _begins_a_label(self, index: int) -> bool:
        """Say whether a line begins here with words and a colon: "330 h" and below it "per head: 7.8 h"."""
        token = self.tokens[index]
        return "\n" in token.gap and bool(_LABEL.match(self.tokens.text, token.start))

    def _count_of(self, word: str, index: int) -> Number | None:
        """Read the number of "per 1,000 pcs" and "every 2 weeks"."""
        if word not in self.data.per.before_unit and word not in self.data.per.periods_only[:1]:
            return None
        run = find_run(self.tokens, index)
        if run:
            number = self.numbers.figures(run, money=False)
            apart = word == "/" and self.tokens[index].gap and number and not _is_round(number.value)
            if (
                number is None
                or apart  # 2,845 / 47,300 bins
                or number.values
                or number.others
                or (word == "/" and self.tokens[index].glued and not run.marks)
            ):
                return None
        else:
            worded = read_words(self.tokens, index)
            plain = worded is not None and worded.kind == "number"
            number = Number(worded.value, worded.after) if worded and plain else Number(1.0, index)
        magnitude = self.words.magnitudes.find(self.tokens, number.after)
        if magnitude and not (self.tokens[number.after].gap and self.message.is_symbol(number.after)):
            number = number._replace(value=number.value * magnitude[0].scale, after=magnitude[1])
        return number if number.after > index else None

    def _denominates(self, word: str, index: int, found: tuple[str, int], *, slash: bool) -> bool:
        name, after = found
        if len(self.tokens[index].text) == 1 and after == index + 1 and not slash and name != "item":
            return False
        if word in self.data.per.periods_only and name not in self.data.periods:
            return False
        article = word in self.data.per.articles
        return not (article and self.tokens[after].key in self.data.per.none_before)

    def _is_other_noun(self, word: str, index: int) -> bool:
        """Say whether an unknown noun is the denominator: per head, /widget."""
        token = self.tokens[index]
        if token.kind != "word":
            return False
        return word == self.data.per.before_unit[0] or (word == "/" and token.glued and not self.tokens[index - 1].gap)

    def after_noun(self, amount: Amount) -> None:
        """Pass a noun that is no unit here, if a denominator follows: 40 widgets per week."""
        noun, place = self.tokens[amount.after], amount.after + 1
        opens = self.words.per.find(self.tokens, place)
        if noun.kind != "word" or noun.glued or not opens or self.message.goes_on(amount.after):
            return
        if noun.key in self.data.changes.frequency or noun.key in self.data.years.cues:
            return
        if opens[0] in self.data.per.articles:
            period = self.words.units.find(self.tokens, opens[1])
            if not noun.key.endswith(COUNTED) or not period or period[0] not in self.data.periods:
                return
        before = amount.after
        amount.after = place
        if not self._denominator(amount):
            amount.after = before


def _is_round(value: float) -> bool:
    """Say whether something may well be given by so many: 1, 100, 1,000."""
    return value > 0 and math.log10(value).is_integer()

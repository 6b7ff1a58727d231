"""Number words only where they count something: "one week", not "one of the"."""

from assistant.embedded.quantities.amount import Amount, Number
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.not_amounts import is_counted
from assistant.embedded.quantities.number_words import Worded

INTO = ("into", "to")
SURELY_A_NUMBER = 13
"""Words from thirteen on are hardly ever said but to count: "fifty-seven went on backorder"."""


class Counting:
    """Says whether number words of a message count something."""

    def __init__(self, message: Message):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.data = message.words.data

    def counts(self, worded: Worded, index: int) -> bool:
        """Say whether the number word at a token counts something."""
        after = worded.after
        if worded.kind == "number" and (self._compound(after) or worded.value >= SURELY_A_NUMBER):
            return True
        if worded.kind == "one" and self.message.stops(after) and self.tokens[index - 1].key in INTO:
            return True
        if worded.kind in ("one", "article"):
            return self._one_counts(worded, index)
        if worded.kind == "half":
            return self._half_counts(index, after)
        if worded.kind == "fraction":
            return self._fraction_counts(worded, index)
        hyphen = after + 1 if self.tokens[after].text == "-" and self.tokens[after].glued else after
        if hyphen > after and self.tokens[hyphen].key in self.data.numbers.hyphened:
            return True
        if is_counted(self.tokens, hyphen, self.words) or self._more(after) or self.words.fold.find(self.tokens, after):
            return True
        return self._alone(index, after) or self._of_them(after) or self._beside_figures(index, after)

    def _compound(self, after: int) -> bool:
        """Say whether what is counted has a number of its own: "two 8-hour shifts"."""
        return (
            self.tokens[after].kind == "digits" and self.tokens[after + 1].text == "-" and self.tokens[after + 1].glued
        )

    def _alone(self, index: int, after: int) -> bool:
        """Say whether a number word stands by itself: "reduce it to four."."""
        return self.tokens[index - 1].key in self.data.numbers.cues and self.message.stops(after)

    def _of_them(self, after: int) -> bool:
        """Say whether a number word counts some of what was said: "nine of them were late"."""
        numbers = self.data.numbers
        return self.tokens[after].key in numbers.of and self.tokens[after + 1].key in numbers.whole

    def _beside_figures(self, index: int, after: int) -> bool:
        """Say whether a number word is hardly but an amount, as figures stand in the message too: "nine were late"."""
        numbers = self.data.numbers
        if not self.message.figures or self.tokens[index - 1].key in numbers.not_counted_after:
            return False
        follows = self.tokens[after]
        return follows.kind == "word" and follows.key not in numbers.not_counted_before

    def _more(self, index: int) -> bool:
        """Say whether "more" or "fewer" follows, and then what it counts or nothing."""
        if not self.message.direction(index):
            return False
        return self.message.stops(index + 1) or is_counted(self.tokens, index + 1, self.words)

    def _one_counts(self, worded: Worded, index: int) -> bool:
        after = worded.after
        magnitude = self.words.magnitudes.find(self.tokens, after)
        if magnitude and len(self.tokens[after].text) > len("mio") - 1:
            return not self.tokens[after].glued
        unit_at = after + 1 if self.message.direction(after) else after
        if self.tokens[after].text == "-" and self.tokens[after].glued:
            unit_at = after + 1
        unit = self.words.units.find(self.tokens, unit_at)
        if not unit or len(self.tokens[unit_at].text) == 1:
            return False
        name, end = unit
        if unit_at == after + 1 and worded.kind == "one":
            return True
        if name in self.data.at_the_end:
            return self.message.ends_here(end)
        cue = self.tokens[index - 1].key in self.data.numbers.article_cues
        if name in self.data.counted_after_cue:
            return worded.kind == "one" and (cue or self.tokens[index - 1].key in self.data.numbers.place_cues)
        if name not in self.data.counted_by_one and name != "quarter":
            return False
        follows = self.tokens[end].key
        if name in ("dozen", "kg", "t", "pallet") and (worded.kind == "one" or name == "dozen"):
            return True
        measured = self._is_measured(end) or cue
        return (worded.kind == "one" and follows not in self.data.numbers.not_before) or measured

    def _is_measured(self, index: int) -> bool:
        """Say whether what follows "a week" makes it an amount: longer, and a half, of supply."""
        changes, key = self.data.changes, self.tokens[index].key
        if key in changes.up.after or key in changes.down.after or self.words.and_half.find(self.tokens, index):
            return True
        return key in self.data.changes.of and self.tokens[index + 1].key in self.data.numbers.of_supply

    def _half_counts(self, index: int, after: int) -> bool:
        before = self.tokens[index - 1].key
        if before in self.data.fractions.not_halves_after:
            return False
        if self.words.per_item.find(self.tokens, after):
            return True
        unit = self.words.units.find(self.tokens, after)
        if unit and len(self.tokens[after].text) > 1:
            return unit[0] in self.data.counted_by_one or unit[0] in self.data.periods
        if self.words.magnitudes.find(self.tokens, after) or self.words.percents.find(self.tokens, after):
            return True
        articled = self.tokens[after - 1].key in self.data.articles and after - index > 1
        if articled and self.tokens[index].key in self.data.numbers.half:
            return False
        return self.tokens[after].key in self.data.fractions.halves_before or before in self.data.changes.by

    def _fraction_counts(self, worded: Worded, index: int) -> bool:
        changes, before, follows = self.data.changes, self.tokens[index - 1].key, self.tokens[worded.after]
        period = self.words.units.find(self.tokens, worded.after - 1)
        directed = before in changes.by or before in changes.up.before or before in changes.down.before
        compared = any(follows.key in side for side in (changes.up.after, changes.down.after))
        if follows.text == "-" and follows.glued:
            return False
        if follows.key in self.data.fractions.after[:4] or directed:
            return True
        if self.words.per_item.find(self.tokens, worded.after):
            return True
        if period:
            return True
        return compared or (self.message.stops(worded.after) and before in self.data.numbers.cues)

    def may_stand(self, amount: Amount, number: Number, index: int) -> bool:
        """Refuse "a quarter" that is neither a share nor a length of time, and settle the one it is."""
        if number.kind != "fraction" or not (period := self.words.units.find(self.tokens, number.after - 1)):
            return True
        if number.after - 1 == index or period[0] not in self.data.periods:
            return True
        changes, key, before = self.data.changes, self.tokens[number.after].key, self.tokens[index - 1].key
        each = self.words.per_item.find(self.tokens, number.after)
        if key in self.data.fractions.after[:4] or before in changes.by or each:
            return True
        if before in changes.up.before or before in changes.down.before:
            return True
        if key in changes.needs_period:
            amount.value, amount.unit, amount.share = 1.0, period[0], False
            return True
        count = round(number.value * self.data.fractions.singular.get("quarter", 1))
        article = self.tokens[index].key in self.data.articles
        amount.value, amount.unit, amount.share, amount.others = float(count), period[0], False, (number.value,)
        return not article or before in self.data.numbers.article_cues

"""The words of units.yaml, ready to be looked up token by token."""

from collections.abc import Iterable
from functools import lru_cache

from assistant.embedded.quantities.tokens import Forms
from assistant.embedded.quantities.units_data import Numbers, UnitsData, read_units


def _all(words: Iterable[str]) -> Forms[str]:
    return Forms.of((word, word) for word in words)


def _small_numbers(words: Numbers) -> dict[str, int]:
    """Return the words for the numbers below a hundred that are one word."""
    german = {
        f"{one}und{ten}": value + units
        for ten, value in words.german_tens.items()
        for one, units in words.german_ones.items()
    }
    return {**german, **words.german_tens, **words.teens, **words.tens, **words.ones}


class Lexicon:
    """The data, ready to be looked up token by token."""

    def __init__(self, data: UnitsData):
        self.data = data
        self.units = Forms.named(data.units)
        self.percents = Forms.of((form, entry.scale) for entry in data.percents for form in entry.forms)
        self.percentage_points = _all(data.percentage_points)
        self.magnitudes = Forms.of((form, entry) for entry in data.magnitudes for form in entry.forms)
        self.million_or_metre = _all(data.million_or_metre)
        self.money = Forms.of(
            [(form, (name, 1.0)) for name, forms in data.currencies.items() for form in forms]
            + [(form, (entry.currency, entry.scale)) for entry in data.scaled_money for form in entry.forms]
        )
        self.pounds = _all(data.pounds.forms)
        self.per = _all((*data.per.before_unit, *data.per.articles))
        self.per_item = _all(data.per.item)
        self.per_adverbs = Forms.named(data.per.adverbs)
        self.approximate = _all(data.approximate.before)
        self.approximate_after = _all(data.approximate.after)
        self.factors = Forms.of((form, entry.factor) for entry in data.changes.factors for form in entry.forms)
        self.by_factor = _all(data.changes.by_factor)
        self.fold = _all(data.changes.fold)
        self.as_much = _all(data.changes.as_much)
        self.and_half = _all(data.numbers.and_half)
        self.about = Forms.of(data.numbers.about.items())
        self.months = _all(data.labels["month"])
        self.labels = Forms.named(data.labels)
        self.names = _all(data.names)
        self.clock = _all(data.clock)
        self.fixed = _all(data.fixed)
        self.grids = _all(data.grids)
        self.common = frozenset((*data.lists.common, *data.money_words, *data.lists.heads_of_items))
        self.free_of = _all(data.zeros.free_of)
        self.amounts_lacked = _all(data.zeros.amounts)
        self.small_numbers = _small_numbers(data.numbers)
        self.counting = (self.units, self.percents, self.magnitudes, self.money, self.million_or_metre)
        self.counting_starts = frozenset(key for forms in self.counting for key in forms.by_first)
        self.starts = self._starts()

    def _starts(self) -> frozenset[str]:
        """Return the words and marks that may open an amount or a change."""
        data, numbers = self.data, self.data.numbers
        zeros = (*data.zeros.alone, *data.zeros.nothing, *data.zeros.free, *data.zeros.no)
        forms = (self.money, self.approximate, self.factors, self.by_factor, self.about)
        return frozenset(
            [key for form in forms for key in form.by_first]
            + [*data.changes.frequency, *data.changes.times_before, *data.signs.minus, *data.signs.minus_words]
            + [*self.small_numbers, *numbers.with_half, *numbers.half, *data.articles, *zeros, "x", "+", "(", "."]
        )

    def longer(self, period: str, than: str) -> bool:
        """Say whether a unit is a period longer than another one."""
        periods = self.data.periods
        return period in periods and than in periods and periods[period] > periods[than]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words that are shipped."""
    return Lexicon(read_units())

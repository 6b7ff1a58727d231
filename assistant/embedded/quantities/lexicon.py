"""The words for units, periods, currencies and magnitudes, read from units.yaml and checked."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assistant.embedded.quantities.tokens import Forms

UNITS = Path(__file__).with_name("units.yaml")


def _no_blank(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words or not all(word.strip() for word in words):
        raise ValueError("an empty list or word: write at least one word, or take the entry out")
    return words


Words = Annotated[tuple[str, ...], AfterValidator(_no_blank)]
Named = dict[str, Words]
Scale = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scaled(_Data):
    """Words that multiply a number; `other` is what else they may multiply it by."""

    scale: Scale
    forms: Words
    other: float = 0.0


class ScaledMoney(_Data):
    """Words for money in another step than one."""

    currency: str
    scale: Scale
    forms: Words


class Pounds(_Data):
    """Words for a weight that is also a currency; `weights` before and `of` after make it a weight."""

    forms: Words
    weights: Words
    of: Words
    unit: str
    currency: str


class Per(_Data):
    """Words that open a denominator."""

    before_unit: Words
    articles: Words
    periods_only: Words
    joined: Words
    none_before: Words
    item: Words
    adverbs: Named


class Approximate(_Data):
    """Words that make a number approximate."""

    before: Words
    after: Words


class Signs(_Data):
    """What makes a number negative."""

    minus: Words
    minus_words: Words
    money_opens: Words


class Numbers(_Data):
    """Number words, and what must stand around them."""

    ones: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    german_ones: dict[str, int]
    german_tens: dict[str, int]
    with_half: dict[str, float]
    about: dict[str, float]
    half: Words
    and_half: Words
    cues: Words
    article_cues: Words
    of_supply: Words
    not_before: Words


class Fractions(_Data):
    """Fractions in words and signs."""

    singular: dict[str, int]
    plural: dict[str, int]
    after: Words
    halves_before: Words
    not_halves_after: Words
    marks: dict[str, float]


class Factor(_Data):
    """Words that multiply what was said before."""

    factor: Scale
    forms: Words


class Direction(_Data):
    """Words that say that a number is added or taken away."""

    before: Words
    after: Words
    between: Words


class Speeds(_Data):
    """Words for less or more time that leave open of what the percentage is taken."""

    up: Words
    down: Words


class Changes(_Data):
    """Words that make a number a change."""

    factors: tuple[Factor, ...]
    frequency: dict[str, int]
    fold: Words
    as_much: Words
    times_before: Words
    by_factor: Words
    up: Direction
    down: Direction
    speeds: Speeds
    needs_period: Words
    needs_share: Words
    by: Words
    of: Words
    to: Words
    not_up_after: Words
    not_after_before: Words


class Lists(_Data):
    """What stands between numbers that belong together."""

    joins: Words
    opens: Words
    closes: Words
    label_marks: Words
    before_labels: Words
    heads_of_any: Words
    heads_of_items: Words
    not_in_names: Words
    common: Words
    rest: Words
    times: Words


class Ranges(_Data):
    """What stands between the ends of a range."""

    marks: Words
    not_after: Words
    between: Words
    and_: Words = Field(alias="and")


class Zeros(_Data):
    """Words that say that an amount is zero."""

    alone: Words
    nothing: Words
    nothing_after: Words
    free: Words
    free_of: Words
    free_after: Words
    free_nouns: Words
    are: Words
    not_after: Words
    no: Words
    amounts: Words
    before: Words


class Terms(_Data):
    """How payment terms are written: 2/10 net 30."""

    net: Words
    sign: str


class Years(_Data):
    """What makes a number a year."""

    cues: Words
    determiners: Words


class UnitsData(_Data):
    """The whole of units.yaml."""

    units: Named
    periods: dict[str, Scale]
    lengths: Words
    length_words: Words
    counted_by_one: Words
    counted_after_cue: Words
    describing: Words
    at_the_end: Words
    at_the_end_before: Words
    percents: tuple[Scaled, ...]
    percentage_points: Words
    magnitudes: tuple[Scaled, ...]
    million_or_metre: Words
    money_words: Words
    currencies: Named
    scaled_money: tuple[ScaledMoney, ...]
    pounds: Pounds
    per: Per
    approximate: Approximate
    signs: Signs
    articles: Words
    numbers: Numbers
    fractions: Fractions
    changes: Changes
    lists: Lists
    ranges: Ranges
    terms: Terms
    zeros: Zeros
    labels: Named
    names: Words
    numbered: dict[str, int]
    long_codes: int
    not_names_after: Words
    years: Years
    clock: Words
    ordinals: Words
    fixed: Words
    decimal_comma_words: Words

    @model_validator(mode="after")
    def _check_names(self) -> "UnitsData":
        lists = (self.lengths, self.counted_by_one, self.counted_after_cue, self.at_the_end, tuple(self.periods))
        unknown = {name for names in lists for name in names} - set(self.units)
        if unknown:
            raise ValueError(f"not among the units: {', '.join(sorted(unknown))}")
        seen: dict[str, str] = {}
        for group in (self.units, self.currencies):
            for name, forms in group.items():
                for form in forms:
                    if seen.setdefault(form, name) != name:
                        raise ValueError(f"{form!r} stands both under {seen[form]} and under {name}")
        return self


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


def read_units(path: Path = UNITS) -> UnitsData:
    """Read the words; a mistake in the file is refused with the place and what is wrong."""
    return UnitsData.model_validate(yaml.safe_load(path.read_text("utf-8")))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words that are shipped."""
    return Lexicon(read_units())

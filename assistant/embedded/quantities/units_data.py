"""What units.yaml holds, the words for units, periods, currencies and magnitudes; read and checked."""

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

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
    of: Words
    whole: Words
    article_cues: Words
    place_cues: Words
    hyphened: Words
    not_counted_after: Words
    not_counted_before: Words
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
    links: Words
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
    of: Words
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
    names_counted_after: Words
    shortened: Words
    long_codes: int
    not_names_after: Words
    years: Years
    clock: Words
    day_cues: Words
    ordinals: Words
    grids: Words
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


def read_units(path: Path = UNITS) -> UnitsData:
    """Read the words; a mistake in the file is refused with the place and what is wrong."""
    return UnitsData.model_validate(yaml.safe_load(path.read_text("utf-8")))

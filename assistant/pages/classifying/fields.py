"""The fields of the classification forms, as the thresholds declare them, and the reading of what is typed in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.pages.metric_fields import UnreadableError, read_number
from tools.classification import default_thresholds
from tools.classification.facts import shown
from tools.classification.thresholds import Characteristic, Factor

View = Literal["product", "supply", "purchase", "items"]
DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}
YES_OR_NO = (("yes", "yes"), ("no", "no"))
LOW_OR_HIGH = (("low", "low"), ("high", "high"))
LONGEST_TYPED = 200
OTHER_UNIT = "this is given in {unit}, but {wanted} wanted here"
STATED = "As you judge it"


@dataclass(frozen=True)
class Slide:
    """What a slider reaches; more can be typed. A logarithmic one has hundred steps."""

    least: float
    most: float
    step: float = 1
    logarithmic: bool = False


@dataclass(frozen=True)
class Field:
    """A field: its label, unit and hint, and its slider or its choices; `group` is the heading that it stands under."""

    name: str
    label: str
    unit: str = ""
    hint: str = ""
    group: str = ""
    slide: Slide | None = None
    choices: tuple[tuple[str, str], ...] = ()


SLIDES = {
    "life_cycle_months": Slide(1, 120, logarithmic=True),
    "contribution_margin": Slide(0, 80),
    "variants": Slide(1, 10_000, logarithmic=True),
    "forecast_error": Slide(0, 150),
    "stockout_rate": Slide(0, 50, 0.5),
    "markdown": Slide(0, 60),
    "made_to_order_lead_time_days": Slide(1, 365, logarithmic=True),
    "replenishment_lead_time_days": Slide(1, 365, logarithmic=True),
    "orders_a_year": Slide(1, 365, logarithmic=True),
}


@cache
def fields(view: View) -> tuple[Field, ...]:
    """Return the fields of a form, in order."""
    using = default_thresholds()
    if view == "product":
        criteria = using.fisher.criteria.values()
        return (
            *(
                Field(
                    one.input,
                    one.label,
                    one.unit,
                    f"functional: {one.functional_shown}; innovative: {one.innovative_shown}",
                    "Fisher's seven criteria",
                    SLIDES[one.input],
                )
                for one in criteria
            ),
            *(
                Field(
                    name,
                    _capital(one.label),
                    one.unit,
                    f"efficient: {_bound(one.efficient, one.responsive)} {_amount(one.efficient, one.unit)}; "
                    f"responsive: {_bound(one.responsive, one.efficient)} {_amount(one.responsive, one.unit)}",
                    "The chain you have",
                    SLIDES[name],
                )
                for name, one in using.fisher.present.items()
            ),
        )
    if view == "supply":
        sides = (("Demand", using.lee.demand), ("Supply", using.lee.supply))
        told = [
            Field(name.lower(), f"{name} uncertainty", group=STATED, choices=LOW_OR_HIGH, hint=hint)
            for name, hint in (
                ("Demand", "low for functional products, high for innovative ones"),
                ("Supply", "low for a stable process, high for an evolving one"),
            )
        ]
        rest = [_of_characteristic(one, f"{side} characteristics") for side, listed in sides for one in listed]
        return (*told, *rest)
    if view == "purchase":
        axes = {"profit_impact": "Profit impact", "supply_risk": "Supply risk"}
        line = f"high from {using.kraljic.line:g} of 100 points on; leave it out to have it worked out below"
        told = [Field(name, label, "points", line, STATED, Slide(0, 100)) for name, label in axes.items()]
        facts = [_of_factor(one, axes[one.axis]) for one in using.kraljic.factors]
        return (*told, *sorted(facts, key=lambda one: one.group))
    return ()


def read_fields(view: View, texts: Mapping[str, str]) -> tuple[dict[str, float | str | bool], dict[str, str]]:
    """Return what is given in a form's fields by name, and for each that cannot be read why."""
    facts: dict[str, float | str | bool] = {}
    errors: dict[str, str] = {}
    for field in fields(view):
        text = texts.get(field.name, "").strip()
        if not text:
            continue
        if field.choices:
            if text in dict(field.choices):
                facts[field.name] = text == "yes" if field.choices == YES_OR_NO else text
            continue
        try:
            facts[field.name] = read_amount(text, field.unit)
        except UnreadableError as error:
            errors[field.name] = f"{str(error)[:1].upper()}{str(error)[1:]}."
    return facts, errors


def read_amount(text: str, unit: str) -> float:
    """Return an amount in the unit of its field; times and rates may be typed in other units.

    Raises:
        UnreadableError: when the text is not one number, or its unit is of another kind.
    """
    if len(text) > LONGEST_TYPED:
        raise UnreadableError(f"this is longer than {LONGEST_TYPED} characters")
    value, typed = read_number(text)
    head, _, per = typed.partition("/")
    own = unit.removesuffix("s")
    if own in DAYS and head in DAYS and not per:
        return value * DAYS[head] / DAYS[own]
    if unit.endswith("a year") and per in DAYS:
        return value * DAYS["year"] / DAYS[per]
    if unit == "ratio" and typed == "%":
        return value / 100
    if typed == "%" and unit in ("%", "percent"):
        return value
    if typed and (typed == "%" or per or head in DAYS or head.isupper()):
        wanted = (
            "a plain number is"
            if unit in ("", "ratio")
            else f"{unit_shown(unit)} {'is' if unit_shown(unit) == '%' else 'are'}"
        )
        raise UnreadableError(OTHER_UNIT.format(unit=typed, wanted=wanted))
    return value


def unit_shown(unit: str) -> str:
    """Return a unit as it stands behind a field."""
    return {"percent": "%", "ratio": "", "yes or no": ""}.get(unit, unit)


def _of_characteristic(one: Characteristic, group: str) -> Field:
    if one.low is None or one.high is None:
        return Field(
            one.id, _capital(one.label), group=group, choices=YES_OR_NO, hint=f"yes speaks for high: {one.says_high}"
        )
    hint = (
        f"low: {_bound(one.low, one.high)} {shown(one.low, one.unit)}; "
        f"high: {_bound(one.high, one.low)} {shown(one.high, one.unit)}"
    )
    return Field(one.id, _capital(one.label), one.unit, hint, group)


def _of_factor(one: Factor, axis: str) -> Field:
    group = f"{axis}: the facts behind it"
    if one.unit == "yes or no":
        return Field(one.id, _capital(one.label), group=group, choices=YES_OR_NO, hint=one.question)
    return Field(one.id, _capital(one.label), one.unit, one.question, group)


def _bound(value: float, other: float) -> str:
    return "at most" if value < other else "at least"


def _amount(value: float, unit: str) -> str:
    return f"{value:g}" if unit.endswith("a year") else shown(value, unit)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"

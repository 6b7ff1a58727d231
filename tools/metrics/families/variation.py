"""How much values vary relative to their mean: the coefficient of variation."""

from typing import Literal

from tools.metrics.families.variability import BASIS, FAMILY, RATE, SAMPLE, variance
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.sequences import MOST, MaybeNumbers, few, not_negative
from tools.metrics.shown import number, percent, series

LOW, HIGH = 0.75, 1.33

VALUES = Spoken(
    "series of values",
    RATE,
    words=("series of values", "values", "series", "demand", "sales", "observations", "data", "demand history",
           "weekly demand", "monthly demand", "Monatsbedarf", "Bedarf", "Absatz", "Nachfrage", "Werte", "Verbrauch"),
)  # fmt: skip
MEAN = Spoken(
    "mean",
    RATE,
    words=("mean", "mu", "averages", "average", "average demand", "mean demand", "avg", "on average", "per week",
           "Mittelwert", "Durchschnitt", "mittlere Nachfrage"),
    symbols=("μ", "x̄"),
    because="variation relative to a mean of zero has no meaning",
)  # fmt: skip
DEVIATION = Spoken(
    "standard deviation",
    RATE,
    words=(
        "standard deviation",
        "std dev",
        "stdev",
        "std",
        "sd",
        "sigma",
        "deviation",
        "varies by",
        "Standardabweichung",
        "Streuung",
    ),
    symbols=("σ", "s"),
)


class VariationInputs(Given):
    """A series of values, or their mean and standard deviation."""

    either = (either("values", ("mean", "standard_deviation")),)

    values: MaybeNumbers = quantity(VALUES, default=None, min_length=2, max_length=MOST)
    mean: float | None = quantity(MEAN.also("mean of", "mean demand of", "averages", "mean value",
        "durchschnittlich", "Erwartungswert", "Durchschnittsbedarf"), default=None, gt=0)  # fmt: skip
    standard_deviation: float | None = quantity(DEVIATION.also("std deviation", "stdev of", "spread",
        "Stabw"), default=None, ge=0)  # fmt: skip
    basis: Literal["sample", "population"] = quantity(BASIS, default=SAMPLE, max_length=20)


@metric(
    id="coefficient_of_variation",
    name="Coefficient of variation",
    aliases=(
        "CV",
        "CoV",
        "COV",
        "variation coefficient",
        "relative standard deviation",
        "RSD",
        "relative variability",
        "Variationskoeffizient",
    ),
    family=FAMILY,
    unit="",
    formula=r"CV = \frac{\sigma}{\mu}",
    source="Hopp, W. J. & Spearman, M. L. (2011). Factory Physics, 3rd ed., ch. 8. Waveland Press.",
    note="Coefficient of variation",
    published=(
        Published(
            "Wikipedia, Coefficient of variation, second example", {"values": [90.0, 100.0, 110.0]}, {"value": 0.1}
        ),
        Published(
            "Wikipedia, Coefficient of variation, third example",
            {"values": [1.0, 5.0, 6.0, 8.0, 10.0, 40.0, 65.0, 88.0]},
            {"value": 1.18, "standard_deviation": 32.9, "mean": 27.9},
            within=0.05,
            absolute=True,
        ),
    ),
)
def coefficient_of_variation(given: VariationInputs) -> Outcome:
    """Return the standard deviation over the mean, of a series or as given; its square is a further result.

    Refuses a series with negative values or a mean of zero. The meaning uses the bounds of Hopp & Spearman
    (low below 0.75, high above 1.33).
    """
    import numpy as np

    steps, warnings, assumptions = [], [], []
    if given.values is not None:
        not_negative("values", "values", given.values)
        data = np.array(given.values)
        mean, deviation = float(data.mean()), variance(data, given.basis) ** 0.5
        if mean == 0:
            raise Refusal("values", "values are all 0, and variation relative to a mean of zero has no meaning")
        divisor = "n - 1" if given.basis == SAMPLE else "n"
        steps.append(
            f"values: {series(given.values)}; mean = {number(mean)}, standard deviation (by {divisor}) = "
            f"{number(deviation)}"
        )
        warnings = few(len(data), "value")
        assumptions.append(f"the standard deviation is divided by {divisor}")
    else:
        mean, deviation = given.mean or 1.0, given.standard_deviation or 0.0
    ratio = deviation / mean
    steps.append(f"CV = standard deviation / mean = {number(deviation)} / {number(mean)} = {number(ratio)}")
    level = "low" if ratio < LOW else "high" if ratio > HIGH else "moderate"
    need = {"low": "a forecast and modest safety stock cope", "moderate": "safety stock has to be sizeable"}
    return Outcome(
        value=ratio,
        steps=steps,
        meaning=f"The usual swing is {percent(ratio)} of the mean, {level} variability: "
        f"{need.get(level, 'stock alone gets expensive')}.",
        also={"squared": ratio**2, "mean": mean, "standard_deviation": deviation},
        units={"mean": RATE, "standard_deviation": RATE},
        warnings=warnings,
        assumptions=assumptions,
    )

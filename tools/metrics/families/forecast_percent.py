"""How large forecast errors are as shares of what was sold: MAPE, symmetric MAPE and WAPE."""

from typing import TYPE_CHECKING

from tools.metrics.forecast_pairs import (
    ACTUALS,
    BALTIMORE,
    FAMILY,
    FORECASTS,
    HYNDMAN,
    PORT,
    RATE,
    TOTAL_ABSOLUTE,
    OneInputs,
    PairInputs,
    deviations,
    error_chart,
    listed,
    paired,
)
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.sequences import MOST, MaybeNumbers, Numbers, few, not_negative, same_length
from tools.metrics.shown import number, percent, series
from tools.metrics.vocabulary import UNIT_COST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PRICES = UNIT_COST.also(
    "prices",
    "unit prices",
    "value weights",
    "weights",
    "Preise",
    label="unit prices",
    because="a weight cannot be negative",
)
SHARES = Spoken(
    "percentage errors",
    "fraction",
    words=("percentage errors", "percent errors", "absolute percentage errors", "APE", "relative errors", "errors",
           "error", "% errors", "errors in percent", "percentage deviations", "prozentuale Fehler", "Abweichungen"),
)  # fmt: skip
TOTAL_ACTUAL = Spoken(
    "sum of actual values",
    "item",
    words=("sum of actual values", "total actual", "total demand", "total sales", "total actual demand",
           "total actual sales", "sum of actuals", "sum of demand", "actual", "sold", "we sold", "really sold",
           "sold in total", "actual demand", "sales", "demand", "total volume", "Gesamtabsatz", "Gesamtnachfrage",
           "Summe der Istwerte"),
)  # fmt: skip


class MapeInputs(OneInputs):
    """Actual values with forecasts or errors, or the percentage errors themselves."""

    either = (
        either(("actual", "forecast"), ("actual", "errors"), "percentage_errors", ("actual_value", "forecast_value")),
    )

    percentage_errors: MaybeNumbers = quantity(SHARES, default=None, min_length=1, max_length=MOST)


def _shares(given: MapeInputs) -> "tuple[NDArray[np.float64], list[str]]":
    """Return each absolute error as a share of its actual value, and what is odd about the actual values."""
    import numpy as np

    both = _with_actual(given)
    if both is None:
        return abs(np.array(given.percentage_errors, dtype=np.float64)), []
    errors, actual = both
    if (actual == 0).any():
        place = int((actual == 0).argmax()) + 1
        raise Refusal(
            "actual", f"actual value {place} is 0, and MAPE divides by it; WAPE works with zeros", instead="wape"
        )
    return abs(errors) / abs(actual), _negative(actual)


@metric(
    id="mape",
    name="Mean absolute percentage error (MAPE)",
    aliases=("MAPE", "mean absolute percentage error", "mean absolute percent error", "average percentage error",
             "average percent error", "percentage forecast error", "mittlerer absoluter prozentualer Fehler"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{MAPE} = \frac{1}{n} \sum_{t=1}^{n} \left| \frac{A_t - F_t}{A_t} \right|",
    source=HYNDMAN,
    note="MAPE",
    published=(Published(PORT, BALTIMORE, {"value": 0.0559}, within=1e-4, absolute=True),),
    chart=error_chart,
)  # fmt: skip
def mape(given: MapeInputs) -> Outcome:
    """Return the mean of the absolute errors, each as a share of its actual value; refuses an actual value of zero."""
    shares, warnings = _shares(listed(given))
    value = float(shares.mean())
    warnings = few(len(shares)) + warnings
    if shares.max() > 1:
        warnings.append(
            f"The largest single error is {percent(float(shares.max()))} and pulls the mean up; WAPE weighs by volume."
        )
    return Outcome(
        value=value,
        steps=[
            f"absolute errors / actual: {series(100 * shares)} (in %)",
            f"MAPE = mean of these = {number(100 * float(shares.sum()))} % / {len(shares)} = {percent(value)}",
        ],
        meaning=f"Forecasts miss by {percent(value)} of the actual value on average, small and large values counting "
        f"alike.",
        also={"accuracy": max(0.0, 1 - value), "errors": shares.tolist(), "median": _median(shares)},
        units={"accuracy": "fraction", "errors": "fraction", "median": "fraction"},
        warnings=warnings,
    )


def _median(values: "NDArray[np.float64]") -> float:
    import numpy as np

    return float(np.median(values))


class ErrorInputs(PairInputs):
    """Actual values and the forecasts made for them, both of them needed."""

    actual: Numbers = quantity(ACTUALS, min_length=1, max_length=MOST)
    forecast: Numbers = quantity(FORECASTS, min_length=1, max_length=MOST)


@metric(
    id="smape",
    name="Symmetric MAPE (sMAPE)",
    aliases=("sMAPE", "symmetric mean absolute percentage error", "symmetric MAPE", "symmetrischer MAPE"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{sMAPE} = \frac{1}{n} \sum_{t=1}^{n} \frac{2 \left| A_t - F_t \right|}{|A_t| + |F_t|}",
    source="Makridakis, S. (1993). Accuracy measures: theoretical and practical concerns. International Journal of "
    "Forecasting 9(4), 527-529.",
    note="MAPE",
    chart=error_chart,
    published=(
        Published(
            "Wikipedia, Symmetric mean absolute percentage error, form with the sum below",
            {"actual": [100.0], "forecast": [110.0]},
            {"with_the_sum_below": 0.0476},
            within=5e-5,
            absolute=True,
        ),
        Published(
            "Wikipedia, Symmetric mean absolute percentage error, form with the sum below",
            {"actual": [100.0], "forecast": [90.0]},
            {"with_the_sum_below": 0.0526},
            within=5e-5,
            absolute=True,
        ),
    ),
)
def smape(given: ErrorInputs) -> Outcome:
    """Return the mean of the absolute errors, each divided by the mean of its actual and forecast; between 0 and 2.

    Where both are zero the error is zero.
    """
    import numpy as np

    actual, forecast = paired(given)
    size = (abs(actual) + abs(forecast)) / 2
    shares = np.divide(abs(actual - forecast), size, out=np.zeros_like(size), where=size > 0)
    value = float(shares.mean())
    return Outcome(
        value=value,
        steps=[
            f"absolute errors / mean of actual and forecast: {series(100 * shares)} (in %)",
            f"sMAPE = mean of these = {percent(value)}",
        ],
        meaning=f"Forecasts miss by {percent(value)} of the middle between actual and forecast on average; the scale "
        f"ends at 200 %.",
        also={"errors": shares.tolist(), "with_the_sum_below": value / 2},
        units={"errors": "fraction", "with_the_sum_below": "fraction"},
        warnings=few(len(shares)),
        assumptions=[
            "the form that runs from 0 to 200 %; the form with the sum of both below, up to 100 %, is half of it"
        ],
    )


class WapeInputs(OneInputs):
    """Actual values with forecasts or errors of periods or items, or the sums of absolute errors and actual values.

    Prices may be added where value is to be weighed instead of units.
    """

    either = (
        either(
            ("actual", "forecast"),
            ("actual", "errors"),
            ("actual_value", "forecast_value"),
            ("total_absolute_error", "total_actual"),
        ),
    )

    total_absolute_error: float | None = quantity(TOTAL_ABSOLUTE, default=None, ge=0)
    total_actual: float | None = quantity(TOTAL_ACTUAL, default=None, gt=0)
    prices: MaybeNumbers = quantity(PRICES, default=None, min_length=1, max_length=MOST)


@metric(
    id="wape",
    name="Weighted absolute percentage error (WAPE)",
    aliases=("WAPE", "WMAPE", "wMAPE", "weighted MAPE", "weighted absolute percentage error", "MAD/mean ratio",
             "volume-weighted MAPE", "forecast accuracy", "Prognosegenauigkeit", "gewichteter MAPE"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{WAPE} = \frac{\sum_t \left| A_t - F_t \right|}{\sum_t \left| A_t \right|}",
    source="Kolassa, S. & Schütz, W. (2007). Advantages of the MAD/Mean ratio over the MAPE. Foresight 6, 40-43.",
    note="WAPE",
    published=(
        Published(
            "M5 forecasting test suite, basic weighted MAPE",
            {"actual": [100.0, 200.0, 300.0], "forecast": [110.0, 190.0, 310.0]},
            {"value": 0.05},
        ),
    ),
    chart=error_chart,
)  # fmt: skip
def wape(given: WapeInputs) -> Outcome:
    """Return the sum of absolute errors over the sum of actual values, both weighed by prices if there are any.

    Refuses actual values that are all zero, and negative prices.
    """
    error, base, steps, warnings = _weighed(listed(given))
    value = error / base
    kind = " in value" if given.prices is not None else ""
    return Outcome(
        value=value,
        steps=[
            *steps,
            f"WAPE = sum of absolute errors{kind} / sum of actual values{kind} = {number(error)} / {number(base)} = "
            f"{number(value)}",
        ],
        meaning=f"All misses together are {percent(value)} of what was really sold; forecast accuracy is "
        f"{percent(max(0.0, 1 - value))}.",
        also={"accuracy": max(0.0, 1 - value), "total_absolute_error": error},
        units={"accuracy": "fraction", "total_absolute_error": "" if kind else RATE},
        warnings=warnings,
    )


def _weighed(given: WapeInputs) -> tuple[float, float, list[str], list[str]]:
    """Return the sums of absolute errors and of actual values, weighed by prices, with steps and warnings."""
    import numpy as np

    both = _with_actual(given)
    if both is None:
        if given.prices is not None:
            raise Refusal("prices", "prices weigh single values, but only sums are given; give the lists, or no prices")
        return given.total_absolute_error or 0.0, given.total_actual or 1.0, [], []
    errors, actual = both
    weights = np.ones_like(actual)
    if given.prices is not None:
        same_length("prices", given.prices, "actual values", actual.tolist(), "prices")
        not_negative("prices", "prices", given.prices)
        weights = np.array(given.prices)
    error, base = float((weights * abs(errors)).sum()), float((weights * abs(actual)).sum())
    if base == 0:
        raise Refusal(
            "actual", "actual values add up to 0, so there is nothing to set the error against", instead="mae"
        )
    return error, base, [f"absolute errors: {series(abs(errors))}"], few(len(actual)) + _negative(actual)


def _with_actual(given: OneInputs) -> "tuple[NDArray[np.float64], NDArray[np.float64]] | None":
    """Return the errors and the actual values that each is set against, or None where either is not given."""
    import numpy as np

    if given.actual is None or (given.forecast is None and given.errors is None):
        return None
    errors = deviations(given)
    same_length("errors", errors.tolist(), "actual values", given.actual, "errors")
    return errors, np.array(given.actual, dtype=np.float64)


def _negative(actual: "NDArray[np.float64]") -> list[str]:
    if not (actual < 0).any():
        return []
    return ["Some actual values are negative (returns?); the error is set against their absolute size."]

"""Which way forecasts lean: the mean error with its sign."""

from typing import Literal

from tools.metrics.forecast_pairs import (
    CARLSON,
    COUNTED,
    FAMILY,
    GILLILAND,
    RATE,
    OneInputs,
    deviations,
    error_chart,
    listed,
)
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome
from tools.metrics.sequences import few
from tools.metrics.shown import number, percent, series

OVER = "forecast minus actual"
UNDER = "actual minus forecast"

CONVENTION = Spoken(
    "sign convention",
    words=(
        "sign convention",
        "convention",
        "error defined as",
        "forecast minus actual",
        "actual minus forecast",
        "Vorzeichen",
    ),
)
TOTAL_ERROR = Spoken(
    "sum of errors",
    "item",
    words=("sum of errors", "sum of forecast errors", "total error", "total bias", "cumulative error",
           "errors add up to",
           "errors sum to", "running sum of errors", "RSFE", "cumulative forecast error", "CFE", "total forecast error",
           "Summe der Fehler", "Fehlersumme", "Summe der Prognosefehler"),
)  # fmt: skip


class BiasInputs(OneInputs):
    """Actual values and forecasts, the errors, or their sum and number; and which way round the error is taken."""

    either = (either(("actual", "forecast"), "errors", ("total_error", "periods"), ("actual_value", "forecast_value")),)

    total_error: float | None = quantity(TOTAL_ERROR, default=None)
    periods: float | None = quantity(COUNTED, default=None, ge=1)
    convention: Literal["forecast minus actual", "actual minus forecast"] = quantity(
        CONVENTION, default=OVER, assumed=f"bias is {OVER}, so above 0 means forecasts that are too high", max_length=30
    )


@metric(
    id="forecast_bias",
    name="Forecast bias",
    aliases=("bias", "mean forecast error", "mean error", "MFE", "forecast lean", "systematic forecast error",
             "over-forecasting", "under-forecasting", "percent bias", "Prognoseverzerrung", "Bias der Prognose",
             "systematischer Prognosefehler"),
    family=FAMILY,
    unit=RATE,
    formula=r"\text{bias} = \frac{1}{n} \sum_{t=1}^{n} \left( F_t - A_t \right)",
    source=GILLILAND,
    note="Forecast bias",
    published=(
        Published(
            "Heizer & Render, Operations Management, ch. 4: Carlson's Bakery, error taken as actual minus forecast",
            {**CARLSON, "convention": UNDER},
            {"total_bias": 35.0},
        ),
    ),
    chart=error_chart,
)  # fmt: skip
def forecast_bias(given: BiasInputs) -> Outcome:
    """Return the mean error, forecast minus actual unless the other convention is asked for, in units.

    Errors that are given themselves, or their sum, are taken to be of that convention. The total, and the total as a
    share of what was sold (if that is known and above zero), are further results.
    """
    given = listed(given)
    sign = 1.0 if given.convention == OVER else -1.0
    total, count, steps = _total(given, sign)
    sold = 0.0 if given.actual is None else float(sum(given.actual))
    mean = total / count
    also: dict[str, float] = {"total_bias": total, "mean_error_the_other_way": -mean}
    steps.append(f"mean bias = total bias / count = {number(total)} / {number(count)} = {number(mean)}")
    portion = ""
    if sold > 0 and given.forecast is not None:
        also["bias_of_actual"] = total / sold
        steps.append(f"bias in percent of actual = {number(total)} / {number(sold)} = {percent(total / sold)}")
        portion = f", {percent(abs(total / sold))} of what was sold"
    lean = "exactly balanced" if total == 0 else "too high" if sign * total > 0 else "too low"
    cost = {"too high": "stock piles up", "too low": "shortages repeat"}.get(lean, "misses up and down cancel")
    return Outcome(
        value=mean,
        steps=steps,
        meaning=f"Forecasts are {lean} by {number(abs(mean))} units a {given.period} on average{portion}: {cost}."
        if total
        else f"Forecasts are balanced: {cost}, which does not make each one accurate.",
        also=dict(also),
        units={"total_bias": RATE, "mean_error_the_other_way": RATE, "bias_of_actual": "fraction"},
        warnings=few(round(count)),
    )


def _total(given: BiasInputs, sign: float) -> tuple[float, float, list[str]]:
    """Return the sum of errors, their number, and the steps to it."""
    if given.actual is not None and given.forecast is not None:
        errors = -sign * deviations(given)
    elif given.errors is not None:
        errors = deviations(given)
    else:
        return given.total_error or 0.0, given.periods or 1.0, []
    total = float(errors.sum())
    steps = [f"errors, {given.convention}: {series(errors)}", f"total bias = sum of errors = {number(total)}"]
    return total, float(len(errors)), steps

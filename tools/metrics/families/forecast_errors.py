"""How large forecast errors are: MAPE, symmetric MAPE, WAPE, MAE and RMSE."""

from typing import TYPE_CHECKING, Any, TypeVar

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal
from tools.metrics.sequences import MOST, MaybeNumbers, Numbers, drawn, few, not_negative, same_length
from tools.metrics.shown import number, percent, series
from tools.metrics.vocabulary import ACTUAL, FORECAST, UNIT_COST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FAMILY = "Forecasting"
TEXTBOOK = "Heizer, J., Render, B. & Munson, C. (2017). Operations Management, 12th ed., ch. 4."
HYNDMAN = (
    "Hyndman, R. J. & Koehler, A. B. (2006). Another look at measures of forecast accuracy. International "
    "Journal of Forecasting 22(4), 679-688."
)
RATE = "item/period"
BALTIMORE: dict[str, Any] = {
    "actual": [180.0, 168.0, 159.0, 175.0, 190.0, 205.0, 180.0, 182.0],
    "forecast": [175.0, 175.5, 174.75, 173.18, 173.36, 175.02, 178.02, 178.22],
}
ROUNDED = 0.01
PORT = "Heizer & Render, Operations Management, ch. 4: Port of Baltimore, exponential smoothing with 0.10"

ACTUALS = ACTUAL.also(
    "actual values",
    "real demand",
    "real sales",
    "observed",
    "we sold",
    "actually sold",
    "tatsächlich",
    "Istwerte",
    "Verkäufe",
    "Absatz",
    "Nachfrage",
    "Bedarf",
    "Verbrauch",
    "tatsächliche Nachfrage",
    unit=RATE,
)
FORECASTS = FORECAST.also(
    "forecast values",
    "forecasted",
    "predictions",
    "planned",
    "expected",
    "we planned",
    "we expected",
    "projected",
    "estimates",
    "estimated",
    "Prognosewerte",
    "Planwerte",
    "geplant",
    unit=RATE,
)
PRICES = UNIT_COST.also(
    "prices",
    "unit prices",
    "value weights",
    "weights",
    "Preise",
    label="unit prices",
    because="a weight cannot be negative",
)


ERRORS = Spoken(
    "forecast errors",
    RATE,
    words=("forecast errors", "errors", "error", "deviations", "residuals", "misses", "differences", "error list",
           "forecast deviations", "Abweichungen", "Fehler", "Prognosefehler"),
    symbols=("e",),
)  # fmt: skip
SHARES = Spoken(
    "percentage errors",
    "fraction",
    words=("percentage errors", "percent errors", "absolute percentage errors", "APE", "relative errors", "errors",
           "error", "% errors", "errors in percent", "percentage deviations", "prozentuale Fehler", "Abweichungen"),
)  # fmt: skip
COUNTED = Spoken(
    "number of periods",
    "period",
    words=("number of periods", "periods", "over", "number of forecasts", "forecasts", "observations", "months",
           "weeks",
           "days", "number of errors", "n", "count", "Perioden", "Monate", "Wochen", "Anzahl Perioden"),
    symbols=("n", "N"),
)  # fmt: skip
TOTAL_ABSOLUTE = Spoken(
    "sum of absolute errors",
    "item",
    words=("sum of absolute errors", "total absolute error", "sum of the absolute errors", "absolute errors sum to",
           "absolute errors add up to", "absolute errors total", "absolute error", "sum of absolute deviations",
           "total absolute deviation", "absolute deviations", "total error", "sum of errors",
           "Summe der absoluten Fehler", "Summe der absoluten Abweichungen"),
)  # fmt: skip
TOTAL_ACTUAL = Spoken(
    "sum of actual values",
    "item",
    words=("sum of actual values", "total actual", "total demand", "total sales", "total actual demand",
           "total actual sales", "sum of actuals", "sum of demand", "actual", "sold", "we sold", "really sold",
           "sold in total", "actual demand", "sales", "demand", "total volume", "Gesamtabsatz", "Gesamtnachfrage",
           "Summe der Istwerte"),
)  # fmt: skip
TOTAL_SQUARED = Spoken(
    "sum of squared errors",
    "",
    words=("sum of squared errors", "squared errors sum to", "total squared error", "sum of the squared errors",
           "squared errors add up to", "squared errors", "SSE", "sum of squares", "Summe der quadrierten Fehler",
           "Summe der Fehlerquadrate", "Fehlerquadratsumme"),
    symbols=("SSE",),
)  # fmt: skip
MEAN_SQUARED = Spoken(
    "mean squared error",
    "",
    words=("mean squared error", "MSE", "mean square error", "average squared error", "mean of squared errors",
           "mittlerer quadratischer Fehler", "mittleres Fehlerquadrat"),
    symbols=("MSE",),
)  # fmt: skip


ONE_ACTUAL = Spoken(
    "single actual value",
    "item",
    words=("single actual value", "actual", "actual value", "actual demand", "actual sales", "sold", "we sold", "sales",
           "demand", "demand was", "real demand", "came in at", "turned out", "tatsächlich", "verkauft", "Ist",
           "Absatz", "Istwert"),
    symbols=("A",),
)  # fmt: skip
ONE_FORECAST = Spoken(
    "single forecast value",
    "item",
    words=("single forecast value", "forecast", "we forecast", "forecast was", "forecasted", "predicted", "planned",
           "expected", "plan", "projected", "estimated", "Prognose", "prognostiziert", "geplant", "Plan"),
    symbols=("F",),
)  # fmt: skip


class PairInputs(Given):
    """Actual values and the forecasts made for them, in the same order."""

    actual: MaybeNumbers = quantity(ACTUALS, default=None, min_length=1, max_length=MOST)
    forecast: MaybeNumbers = quantity(FORECASTS, default=None, min_length=1, max_length=MOST)


class ErrorInputs(PairInputs):
    """Actual values and the forecasts made for them, both of them needed."""

    actual: Numbers = quantity(ACTUALS, min_length=1, max_length=MOST)
    forecast: Numbers = quantity(FORECASTS, min_length=1, max_length=MOST)


class DeviationInputs(PairInputs):
    """Actual values and forecasts, or the errors themselves."""

    either = (either(("actual", "forecast"), "errors"),)

    errors: MaybeNumbers = quantity(ERRORS.also("errors of").also("forecast error",
        "the errors"), default=None, min_length=1, max_length=MOST)  # fmt: skip


class OneInputs(DeviationInputs):
    """As before, or the actual value and the forecast of a single period."""

    actual_value: float | None = quantity(ONE_ACTUAL, default=None)
    forecast_value: float | None = quantity(ONE_FORECAST, default=None)


AnyErrors = TypeVar("AnyErrors", bound=PairInputs)
AnyOne = TypeVar("AnyOne", bound=OneInputs)


def listed(given: AnyOne) -> AnyOne:
    """Return the inputs with a single actual value and its forecast as lists of one; refuse them beside lists."""
    if given.actual_value is None or given.forecast_value is None:
        return given
    if given.actual is not None or given.forecast is not None or given.errors is not None:
        raise Refusal("forecast_value", "give either lists or a single value and its forecast, not both")
    return given.model_copy(update={"actual": [given.actual_value], "forecast": [given.forecast_value]})


def paired(given: PairInputs) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Return actual and forecast values as arrays of one length; refuse lists that do not pair up."""
    import numpy as np

    actual, forecast = given.actual or [], given.forecast or []
    same_length("forecast", forecast, "actual values", actual, "forecasts")
    return np.array(actual, dtype=np.float64), np.array(forecast, dtype=np.float64)


def deviations(given: DeviationInputs) -> "NDArray[np.float64]":
    """Return the errors, actual minus forecast, or else as they are given; refuse errors that contradict the lists."""
    import numpy as np

    if given.actual is None or given.forecast is None:
        return np.array(given.errors, dtype=np.float64)
    actual, forecast = paired(given)
    errors = actual - forecast
    if given.errors is not None:
        same_length("errors", given.errors, "actual values", given.actual, "errors")
        size = np.maximum(np.maximum(abs(actual), abs(forecast)), 1.0)
        if (abs(abs(errors) - abs(np.array(given.errors))) > ROUNDED * size).any():
            raise Refusal("errors", "the errors are not the differences of actual values and forecasts; leave one out")
    return errors


def _per_period(total: float | None, count: float | None) -> float:
    return (total or 0.0) / (count or 1.0)


def error_chart(given: AnyErrors, outcome: Outcome) -> Chart | None:
    """Draw actual and forecast values over the last forty periods, if there are several."""
    if given.actual is None or given.forecast is None or len(given.actual) == 1:
        return None
    return Chart(
        kind="line",
        title="Actual and forecast",
        x_label=given.period,
        y_label="units",
        series=drawn(actual=given.actual, forecast=given.forecast),
        summary=f"Actual values and their forecasts over {len(given.actual)} periods. {outcome.meaning}",
    )


def _negative(actual: "NDArray[np.float64]") -> list[str]:
    if not (actual < 0).any():
        return []
    return ["Some actual values are negative (returns?); the error is set against their absolute size."]


class MapeInputs(OneInputs):
    """Actual values with forecasts or errors, or the percentage errors themselves."""

    either = (
        either(("actual", "forecast"), ("actual", "errors"), "percentage_errors", ("actual_value", "forecast_value")),
    )

    percentage_errors: MaybeNumbers = quantity(SHARES, default=None, min_length=1, max_length=MOST)


def _shares(given: MapeInputs) -> "tuple[NDArray[np.float64], list[str]]":
    """Return each absolute error as a share of its actual value, and what is odd about the actual values."""
    import numpy as np

    if given.actual is None or (given.forecast is None and given.errors is None):
        return abs(np.array(given.percentage_errors, dtype=np.float64)), []
    errors = deviations(given)
    same_length("errors", errors.tolist(), "actual values", given.actual, "errors")
    actual = np.array(given.actual, dtype=np.float64)
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

    if given.actual is None or (given.forecast is None and given.errors is None):
        if given.prices is not None:
            raise Refusal("prices", "prices weigh single values, but only sums are given; give the lists, or no prices")
        return given.total_absolute_error or 0.0, given.total_actual or 1.0, [], []
    errors = deviations(given)
    same_length("errors", errors.tolist(), "actual values", given.actual, "errors")
    actual = np.array(given.actual, dtype=np.float64)
    weights = np.ones_like(actual)
    if given.prices is not None:
        same_length("prices", given.prices, "actual values", given.actual, "prices")
        not_negative("prices", "prices", given.prices)
        weights = np.array(given.prices)
    error, base = float((weights * abs(errors)).sum()), float((weights * abs(actual)).sum())
    if base == 0:
        raise Refusal(
            "actual", "actual values add up to 0, so there is nothing to set the error against", instead="mae"
        )
    return error, base, [f"absolute errors: {series(abs(errors))}"], few(len(actual)) + _negative(actual)


class MaeInputs(OneInputs):
    """Actual values and forecasts, the errors, or the sum of absolute errors and the number of periods."""

    either = (
        either(
            ("actual", "forecast"),
            "errors",
            ("total_absolute_error", "periods"),
            ("actual_value", "forecast_value"),
        ),
    )

    total_absolute_error: float | None = quantity(TOTAL_ABSOLUTE, default=None, ge=0)
    periods: float | None = quantity(COUNTED, default=None, ge=1)


@metric(
    id="mae",
    name="Mean absolute error (MAE, MAD)",
    aliases=("MAE", "MAD", "mean absolute error", "mean absolute deviation", "average absolute error",
             "mittlerer absoluter Fehler", "mittlere absolute Abweichung"),
    family=FAMILY,
    unit=RATE,
    formula=r"\text{MAD} = \frac{1}{n} \sum_{t=1}^{n} \left| A_t - F_t \right|",
    source=TEXTBOOK,
    note="MAD and RMSE",
    published=(Published(PORT, BALTIMORE, {"value": 10.31}, within=0.005, absolute=True),),
    chart=error_chart,
)  # fmt: skip
def mae(given: MaeInputs) -> Outcome:
    """Return the mean of the absolute errors in units; normal errors have a standard deviation of 1.25 times that."""
    given = listed(given)
    if given.errors is None and (given.actual is None or given.forecast is None):
        total, count = given.total_absolute_error or 0.0, given.periods or 1.0
        value = _per_period(total, count)
        return Outcome(
            value=value,
            steps=[f"MAE = sum of absolute errors / count = {number(total)} / {number(count)} = {number(value)}"],
            meaning=f"A forecast misses by {number(value)} units on average, up or down.",
            also={"estimated_sigma": 1.25 * value},
            units={"estimated_sigma": RATE},
            warnings=few(round(count)),
        )
    errors = abs(deviations(given))
    value = float(errors.mean())
    return Outcome(
        value=value,
        steps=[
            f"absolute errors: {series(errors)}",
            f"MAE = sum of absolute errors / count = {number(float(errors.sum()))} / {len(errors)} = {number(value)}",
        ],
        meaning=f"A forecast misses by {number(value)} units on average, up or down.",
        also={
            "total_absolute_error": float(errors.sum()),
            "estimated_sigma": 1.25 * value,
            "mse": float((errors**2).mean()),
        },
        units={"total_absolute_error": RATE, "estimated_sigma": RATE},
        warnings=few(len(errors)),
    )


class RmseInputs(DeviationInputs):
    """Actual values and forecasts, the errors, their mean square, or the sum of their squares and their number."""

    either = (either(("actual", "forecast"), "errors", "mean_squared_error", ("total_squared_error", "periods")),)

    mean_squared_error: float | None = quantity(MEAN_SQUARED, default=None, ge=0)
    total_squared_error: float | None = quantity(TOTAL_SQUARED, default=None, ge=0)
    periods: float | None = quantity(COUNTED, default=None, ge=1)


@metric(
    id="rmse",
    name="Root mean squared error (RMSE)",
    aliases=("RMSE", "root mean squared error", "root mean square error", "MSE", "mean squared error",
             "mean square error", "mittlerer quadratischer Fehler", "Wurzel des mittleren quadratischen Fehlers"),
    family=FAMILY,
    unit=RATE,
    formula=r"\text{RMSE} = \sqrt{\frac{1}{n} \sum_{t=1}^{n} \left( A_t - F_t \right)^2}",
    source=HYNDMAN,
    note="MAD and RMSE",
    published=(Published(PORT, BALTIMORE, {"mse": 190.82}, within=0.005, absolute=True),),
    chart=error_chart,
)  # fmt: skip
def rmse(given: RmseInputs) -> Outcome:
    """Return the root of the mean squared error in units; the mean squared error (divided by n) is a further result."""
    import numpy as np

    if given.errors is None and (given.actual is None or given.forecast is None):
        return _root(given)
    errors = deviations(given)
    largest = float(abs(errors).max()) or 1.0
    value = largest * float(np.sqrt(((errors / largest) ** 2).mean()))
    mse = value**2
    typical = float(abs(errors).mean())
    return Outcome(
        value=value,
        steps=[
            f"errors: {series(errors)}",
            f"MSE = sum of squared errors / count = {number(mse * len(errors))} / {len(errors)} = {number(mse)}",
            f"RMSE = √MSE = √{number(mse)} = {number(value)}",
        ],
        meaning=f"The typical miss is {number(value)} units when large misses weigh more; the plain mean is "
        f"{number(typical)}.",
        also={"mse": mse, "mae": typical},
        units={"mae": RATE},
        warnings=few(len(errors)),
    )


def _root(given: RmseInputs) -> Outcome:
    """Return the root of a mean squared error, or of squared errors over their number."""
    steps, mse = [], given.mean_squared_error
    if mse is None:
        total, count = given.total_squared_error or 0.0, given.periods or 1.0
        mse = _per_period(total, count)
        steps.append(f"MSE = sum of squared errors / count = {number(total)} / {number(count)} = {number(mse)}")
    value: float = mse**0.5
    return Outcome(
        value=value,
        steps=[*steps, f"RMSE = √MSE = √{number(mse)} = {number(value)}"],
        meaning=f"The typical miss is {number(value)} units when large misses weigh more.",
        also={"mse": mse},
    )

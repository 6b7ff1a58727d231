"""What measures of forecasts share: actual values beside forecasts, or their errors, and how they are drawn."""

from typing import TYPE_CHECKING, Any, TypeVar

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.result import Chart, Outcome, Refusal
from tools.metrics.sequences import MOST, MaybeNumbers, drawn, same_length
from tools.metrics.vocabulary import ACTUAL, FORECAST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FAMILY = "Forecasting"
GILLILAND = "Gilliland, M. (2010). The Business Forecasting Deal. Wiley."
HYNDMAN = (
    "Hyndman, R. J. & Koehler, A. B. (2006). Another look at measures of forecast accuracy. International "
    "Journal of Forecasting 22(4), 679-688."
)
RATE = "item/period"
ROUNDED = 0.01
PORT = "Heizer & Render, Operations Management, ch. 4: Port of Baltimore, exponential smoothing with 0.10"
BALTIMORE: dict[str, Any] = {
    "actual": [180.0, 168.0, 159.0, 175.0, 190.0, 205.0, 180.0, 182.0],
    "forecast": [175.0, 175.5, 174.75, 173.18, 173.36, 175.02, 178.02, 178.22],
}
CARLSON: dict[str, Any] = {
    "actual": [90.0, 95.0, 115.0, 100.0, 125.0, 140.0],
    "forecast": [100.0, 100.0, 100.0, 110.0, 110.0, 110.0],
}

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
ERRORS = Spoken(
    "forecast errors",
    RATE,
    words=("forecast errors", "errors", "error", "deviations", "residuals", "misses", "differences", "error list",
           "forecast deviations", "Abweichungen", "Fehler", "Prognosefehler"),
    symbols=("e",),
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


def by_sums(given: DeviationInputs) -> bool:
    """Say whether there are neither lists nor errors, so that what is asked for follows from sums or means of them."""
    return given.errors is None and (given.actual is None or given.forecast is None)


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

"""What forecasting is worth: the error that it takes off a naive forecast's."""

from tools.metrics.forecast_pairs import FAMILY, GILLILAND, RATE, PairInputs
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.sequences import MOST, MaybeNumbers, few, same_length
from tools.metrics.shown import number, percent

NAIVE = Spoken(
    "naive forecasts",
    RATE,
    words=("naive forecasts", "naive forecast", "naive", "naïve", "benchmark forecast", "benchmark",
           "statistical forecast", "system forecast", "naive Prognose"),
)  # fmt: skip
FORECAST_RATE = Spoken(
    "error rate of the forecast",
    "fraction",
    words=("error rate of the forecast", "forecast MAPE", "forecast WAPE", "MAPE of the forecast", "our MAPE",
           "our error", "forecast error", "consensus MAPE", "planner MAPE", "Prognosefehler"),
)  # fmt: skip
NAIVE_RATE = Spoken(
    "error rate of the naive forecast",
    "fraction",
    words=("error rate of the naive forecast", "naive MAPE", "naive WAPE", "MAPE of the naive forecast", "naive error",
           "naive forecast error", "benchmark MAPE", "Fehler der naiven Prognose"),
)  # fmt: skip


class ValueAddedInputs(PairInputs):
    """Actual values with the forecasts and, if it is not the value before, the naive forecast; or both error rates."""

    either = (either(("actual", "forecast"), ("forecast_error_rate", "naive_error_rate")),)

    naive: MaybeNumbers = quantity(NAIVE, default=None, min_length=1, max_length=MOST)
    forecast_error_rate: float | None = quantity(FORECAST_RATE.also("afterwards", "after the override",
        "after override", "with the override", "after adjustment", "adjusted forecast", "final forecast",
        "final MAPE", "planner", "planners", "with planners", "our forecast", "our WAPE", "consensus", "team",
        "nachher", "nach der Anpassung"), default=None, ge=0, le=100)  # fmt: skip
    naive_error_rate: float | None = quantity(NAIVE_RATE.also("before", "before the override",
        "before override", "before adjustment", "statistical", "statistical MAPE", "statistical forecast",
        "baseline", "system", "system MAPE", "without the override", "benchmark", "naive", "naïve",
        "naive forecast", "vorher", "vor der Anpassung"), default=None, ge=0, le=100)  # fmt: skip


@metric(
    id="forecast_value_added",
    name="Forecast value added",
    aliases=(
        "FVA",
        "forecast value add",
        "value added over naive",
        "improvement over naive",
        "Prognosemehrwert",
        "Mehrwert der Prognose",
    ),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{FVA} = \text{error}_{\text{naive}} - \text{error}_{\text{forecast}}",
    source=GILLILAND,
    note="Forecast value added",
    published=(
        Published(
            "Forecast value added dashboard of Inphronesys: executive step, rates rounded to 0.1 %",
            {"forecast_error_rate": 0.153, "naive_error_rate": 0.146},
            {"value": -0.006},
            within=0.0011,
            absolute=True,
        ),
    ),
)
def forecast_value_added(given: ValueAddedInputs) -> Outcome:
    """Return by how many points the forecast's error rate is below the naive one's; of lists, the rates are WAPE.

    Without naive forecasts, each period's is the actual value before, and the first period is left out for both.
    Refuses lists that do not pair up and actual values that add up to zero.
    """
    import numpy as np

    assumptions, warnings = [], []
    if given.actual is not None and given.forecast is not None:
        same_length("forecast", given.forecast, "actual values", given.actual, "forecasts")
        actual, forecast = np.array(given.actual), np.array(given.forecast)
        if given.naive is not None:
            same_length("naive", given.naive, "actual values", given.actual, "naive forecasts")
            naive = np.array(given.naive)
        else:
            if len(actual) < 2:
                raise Refusal(
                    "actual", "the naive forecast is the value before, so at least two actual values are needed"
                )
            actual, forecast, naive = actual[1:], forecast[1:], actual[:-1]
            assumptions.append(
                "the naive forecast is the actual value of the period before, so the first period is left out"
            )
        base = float(abs(actual).sum())
        if base == 0:
            raise Refusal("actual", "actual values add up to 0, so there is no error rate", instead="mae")
        ours, theirs = float(abs(actual - forecast).sum()) / base, float(abs(actual - naive).sum()) / base
        assumptions.append("error rates are WAPE: sum of absolute errors over sum of actual values")
        warnings = few(len(actual))
    else:
        ours, theirs = given.forecast_error_rate or 0.0, given.naive_error_rate or 0.0
        assumptions.append("both error rates are the same measure over the same items and periods")
    value = theirs - ours
    also = {"forecast_error_rate": ours, "naive_error_rate": theirs}
    if theirs > 0:
        also["relative_improvement"] = value / theirs
    verdict = "adds" if value > 0 else "destroys" if value < 0 else "adds no"
    return Outcome(
        value=value,
        steps=[
            f"FVA = naive error rate - forecast error rate = {percent(theirs)} - {percent(ours)} = "
            f"{number(100 * value)} percentage points"
        ],
        meaning=f"The forecast {verdict} value: its error is {percent(ours)}, and simply repeating the last value "
        f"gives {percent(theirs)}.",
        also=dict(also),
        units=dict.fromkeys(also, "fraction"),
        warnings=warnings,
        assumptions=assumptions,
    )

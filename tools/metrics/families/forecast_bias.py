"""Which way forecasts lean and what they are worth: bias, tracking signal, forecast value added."""

from typing import Literal

from tools.metrics.families.forecast_errors import (
    ACTUALS,
    COUNTED,
    FAMILY,
    FORECASTS,
    RATE,
    TEXTBOOK,
    DeviationInputs,
    OneInputs,
    deviations,
    error_chart,
    listed,
)
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series
from tools.metrics.sequences import DRAWN, MOST, MaybeNumbers, few, same_length
from tools.metrics.shown import number, percent, series

OVER = "forecast minus actual"
UNDER = "actual minus forecast"
GILLILAND = "Gilliland, M. (2010). The Business Forecasting Deal. Wiley."
USUAL_LIMIT = 4.0

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
LIMIT = Spoken(
    "control limit",
    "",
    words=(
        "control limit",
        "limit",
        "limits",
        "threshold",
        "plus minus",
        "+/-",
        "within",
        "MADs",
        "Grenze",
        "Kontrollgrenze",
    ),
)
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


RUNNING_SUM = Spoken(
    "running sum of errors",
    "item",
    words=("running sum of errors", "running sum of forecast errors", "RSFE", "cumulative error", "sum of errors",
           "sum of forecast errors", "cumulative forecast error", "total error", "cumulated error", "CFE",
           "algebraic sum of errors", "errors add up to", "errors sum to", "running sum", "kumulierter Fehler",
           "Summe der Fehler", "Fehlersumme", "Summe der Prognosefehler"),
    symbols=("RSFE", "CFE"),
)  # fmt: skip
MAD = Spoken(
    "mean absolute deviation",
    "item",
    words=("mean absolute deviation", "MAD", "MAE", "mean absolute error", "average absolute error",
           "average absolute deviation", "mittlere absolute Abweichung", "mittlerer absoluter Fehler"),
    because="a tracking signal is counted in MADs",
)  # fmt: skip
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
            {
                "actual": [90.0, 95.0, 115.0, 100.0, 125.0, 140.0],
                "forecast": [100.0, 100.0, 100.0, 110.0, 110.0, 110.0],
                "convention": UNDER,
            },
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


class TrackingInputs(DeviationInputs):
    """Actual values and forecasts, the errors, or their running sum and MAD; and the limit of the signal."""

    either = (either(("actual", "forecast"), "errors", ("running_sum", "mad")),)

    running_sum: float | None = quantity(RUNNING_SUM, default=None)
    mad: float | None = quantity(MAD, default=None, gt=0)
    limit: float = quantity(LIMIT, default=USUAL_LIMIT, assumed="control limits of plus and minus 4 MADs", gt=0)


def _by_sums(given: TrackingInputs) -> bool:
    return given.errors is None and (given.actual is None or given.forecast is None)


def _running(given: TrackingInputs) -> tuple[list[float], list[float], list[float]]:
    """Return running sums of errors (actual minus forecast), running MADs, and their ratios (0 where MAD is 0).

    Of a sum and a MAD that are given themselves, these are the only ones.
    """
    import numpy as np

    if _by_sums(given):
        total, typical = given.running_sum or 0.0, given.mad or 1.0
        return [total], [typical], [total / typical]
    errors = deviations(given)
    sums = errors.cumsum()
    mads = abs(errors).cumsum() / np.arange(1, len(errors) + 1)
    signals = np.divide(sums, mads, out=np.zeros_like(sums), where=mads > 0)
    return sums.tolist(), mads.tolist(), signals.tolist()


def _tracking_chart(given: TrackingInputs, outcome: Outcome) -> Chart | None:
    if _by_sums(given):
        return None
    signals = _running(given)[2]
    first = max(0, len(signals) - DRAWN)
    x = [float(place + 1) for place in range(first, len(signals))]
    ends = [x[0], x[-1]]
    return Chart(
        kind="line",
        title="Tracking signal",
        x_label=given.period,
        y_label="MADs",
        series=[
            Series(name="tracking signal", x=x, y=signals[first:]),
            Series(name="upper limit", x=ends, y=[given.limit] * 2, style="dashed"),
            Series(name="lower limit", x=ends, y=[-given.limit] * 2, style="dashed"),
        ],
        marks=[Mark(x=x[-1], y=outcome.value, text=f"now: {number(outcome.value)}")],
        summary=f"The tracking signal ends at {number(outcome.value)}; limits are plus and minus "
        f"{number(given.limit)}.",
    )


@metric(
    id="tracking_signal",
    name="Tracking signal",
    aliases=("TS", "tracking signals", "running tracking signal", "sum of errors in deviations",
             "Trackingsignal", "Abweichungssignal"),
    family=FAMILY,
    unit="",
    formula=r"\text{TS} = \frac{\sum_{t=1}^{n} \left( A_t - F_t \right)}{\frac{1}{n} \sum_{t=1}^{n} \left| A_t - F_t "
            r"\right|}",
    source=TEXTBOOK,
    note="Tracking signal",
    published=(
        Published(
            "Heizer & Render, Operations Management, ch. 4: Carlson's Bakery",
            {
                "actual": [90.0, 95.0, 115.0, 100.0, 125.0, 140.0],
                "forecast": [100.0, 100.0, 100.0, 110.0, 110.0, 110.0],
            },
            {
                "value": 2.5,
                "running_sum": [-10.0, -15.0, 0.0, -10.0, 5.0, 35.0],
                "running_mad": [10.0, 7.5, 10.0, 10.0, 11.0, 14.2],
                "running_signal": [-1.0, -2.0, 0.0, -1.0, 0.5, 2.5],
            },
            within=0.05,
            absolute=True,
        ),
        Published(
            "Lecture notes on forecast errors and MAD, four periods",
            {"actual": [8.0, 11.0, 12.0, 14.0], "forecast": [10.0, 10.0, 10.0, 10.0]},
            {"value": 2.22, "running_sum": [-2.0, -1.0, 1.0, 5.0], "running_mad": [2.0, 1.5, 1.6667, 2.25]},
            within=0.01,
            absolute=True,
        ),
    ),
    chart=_tracking_chart,
)  # fmt: skip
def tracking_signal(given: TrackingInputs) -> Outcome:
    """Return the running sum of errors (actual minus forecast) over the mean absolute error, final and for each period.

    Errors or sums that are given themselves are taken to be actual minus forecast. Refuses forecasts that were all
    exact, which leave nothing to divide by.
    """
    sums, mads, signals = _running(given)
    if mads[-1] == 0:
        raise Refusal(
            "errors" if given.forecast is None else "forecast",
            "every forecast was exact, so there is no mean absolute error to divide by",
            instead="forecast_bias",
        )
    value = signals[-1]
    outside = [place for place, signal in enumerate(signals, start=1) if abs(signal) > given.limit]
    lean = "forecasts run too low" if value > 0 else "forecasts run too high" if value < 0 else "errors cancel"
    verdict = "beyond" if abs(value) > given.limit else "within"
    advice = "correct the method or its inputs" if abs(value) > given.limit else "no sign of a steady lean"
    warnings = [] if _by_sums(given) else few(len(signals))
    if outside and verdict == "within":
        warnings.append(f"The signal was beyond the limits earlier, first in {given.period} {outside[0]}.")
    running = [
        f"running sum of errors (actual - forecast): {series(sums)}",
        f"running MAD: {series(mads)}",
        f"tracking signal, running: {series(signals)}",
    ]
    return Outcome(
        value=value,
        steps=[
            *([] if _by_sums(given) else running),
            f"tracking signal = sum of errors / MAD = {number(sums[-1])} / {number(mads[-1])} = {number(value)}",
        ],
        meaning=f"At {number(value)} MADs ({lean}) the signal is {verdict} plus and minus {number(given.limit)}: "
        f"{advice}.",
        also={
            "running_sum": sums,
            "running_mad": mads,
            "running_signal": signals,
            "periods_beyond_limit": float(len(outside)),
        },
        units={"running_sum": RATE, "running_mad": RATE},
        warnings=warnings,
        assumptions=[f"errors are {UNDER}, so a signal above 0 means forecasts that are too low"],
    )


class ValueAddedInputs(Given):
    """Actual values with the forecasts and, if it is not the value before, the naive forecast; or both error rates."""

    either = (either(("actual", "forecast"), ("forecast_error_rate", "naive_error_rate")),)

    actual: MaybeNumbers = quantity(ACTUALS, default=None, min_length=1, max_length=MOST)
    forecast: MaybeNumbers = quantity(FORECASTS, default=None, min_length=1, max_length=MOST)
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

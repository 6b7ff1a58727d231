"""Forecasts for the next period: moving average, weighted moving average and simple exponential smoothing."""

from typing import Literal, TypeVar

from tools.metrics.books import HEIZER
from tools.metrics.forecast_pairs import ACTUALS, BALTIMORE, FAMILY, RATE
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series
from tools.metrics.sequences import DRAWN, MOST, MaybeNumbers, Numbers, not_negative, whole
from tools.metrics.shown import number, plural, series

SHED = [10.0, 12.0, 13.0, 16.0, 19.0, 23.0, 26.0, 30.0, 28.0, 18.0, 16.0, 14.0]
DONNA = "Heizer & Render, Operations Management, ch. 4: Donna's Garden Supply"
WIDE = 0.5
OLDEST = "oldest first"

PAST = ACTUALS.also(
    "past demand",
    "past values",
    "demand history",
    "history",
    "last months",
    "demand of the last periods",
    "monthly demand",
    "weekly demand",
    "Vergangenheitswerte",
    "Monatsbedarf",
    label="past values",
)
LATEST = Spoken(
    "last actual value",
    RATE,
    words=("last actual value", "last actual", "actual demand", "actual", "actual sales", "latest demand", "demand was",
           "actual value", "sold", "sales", "real demand", "demand", "last demand", "we sold", "came in at",
           "demand turned out", "tatsächlich", "tatsächliche Nachfrage", "Istwert", "Absatz", "Nachfrage"),
    symbols=("A", "D", "A_t", "D_t", "At", "Dt"),
)  # fmt: skip
WINDOW = Spoken(
    "number of periods averaged",
    "period",
    words=("number of periods averaged", "periods averaged", "window", "moving average of", "period moving average",
           "month moving average", "week moving average", "day moving average", "quarter moving average", "n", "last",
           "average of the last", "months average", "moving average with", "moving average over", "over",
           "gleitender Durchschnitt über", "Anzahl Perioden"),
    symbols=("n", "k", "N"),
)  # fmt: skip
WEIGHTS = Spoken(
    "weights",
    "",
    words=("weights", "weighted", "weighting", "weights of", "weight", "Gewichte", "Gewichtung", "gewichtet mit"),
    symbols=("w",),
)
ORDER = Spoken(
    "order of the weights",
    words=("order of the weights", "weights order", "most recent first", "oldest first", "newest first"),
)
SMOOTHING = Spoken(
    "smoothing constant",
    "fraction",
    words=("smoothing constant", "alpha", "smoothing factor", "smoothing parameter", "smoothing", "Glättungsfaktor",
           "Glättungsparameter", "Alpha"),
    symbols=("α", "a"),
    because="at 0 the forecast would never learn, above 1 it would overshoot",
)  # fmt: skip
START = Spoken(
    "previous forecast",
    RATE,
    words=("previous forecast", "last forecast", "old forecast", "forecast", "forecast was", "initial forecast",
           "starting forecast", "first forecast", "forecast for the first period", "we forecast", "letzte Prognose",
           "Startwert", "Anfangsprognose"),
    symbols=("F", "F1", "F0"),
)  # fmt: skip


class MovingAverageInputs(Given):
    """Past values, oldest first, and how many of the latest are averaged."""

    actual: Numbers = quantity(PAST, min_length=1, max_length=MOST)
    window: float = quantity(WINDOW.also("-period", "-month", "-week", "-day", "periods", "Perioden", "Monate",
        "Wochen", "-Monats", "letzten"), ge=1, le=MOST)  # fmt: skip


class WeightedInputs(Given):
    """Past values, oldest first, and the weights of the latest of them."""

    actual: Numbers = quantity(PAST, min_length=1, max_length=MOST)
    weights: Numbers = quantity(WEIGHTS, min_length=1, max_length=MOST)
    weights_order: Literal["oldest first", "newest first"] = quantity(
        ORDER, default=OLDEST, assumed="the first weight is for the oldest of the periods", max_length=20
    )


class SmoothingInputs(Given):
    """Past values, oldest first, or the last one; the smoothing constant, and the forecast made for the first value."""

    either = (either("actual", "last_actual"),)

    actual: MaybeNumbers = quantity(PAST, default=None, min_length=1, max_length=MOST)
    last_actual: float | None = quantity(LATEST.also("actual was", "actual value", "actual figure",
        "actual consumption", "new demand", "new actual", "latest actual", "realised demand", "current demand",
        "observed demand", "this month's demand", "tatsächlicher Verbrauch", "tatsächlicher Bedarf",
        "tatsächlicher Absatz", "Ist-Nachfrage", "letzter Istwert", "Verbrauch", "Bedarf"), default=None)  # fmt: skip
    smoothing_constant: float = quantity(SMOOTHING.also("weight", "smoothing coefficient", "damping factor",
        "Glättungskonstante", "Glättungswert"), gt=0, le=1)  # fmt: skip
    previous_forecast: float | None = quantity(
        START.also("old forecast", "prior forecast", "former forecast", "forecast for last month", "previous",
            "old", "forecasted", "we forecasted", "we had forecast", "current forecast", "alte Prognose",
            "vorige Prognose", "bisherige Prognose", "vorherige Prognose", "Prognose war",
            "alter Prognosewert"), default=None, assumed="the forecast for the first period is its actual value"
    )  # fmt: skip

    def history(self) -> list[float]:
        """Return the past values, of which the last one may be the only one."""
        return self.actual if self.actual is not None else [self.last_actual or 0.0]


AnyHistory = TypeVar("AnyHistory", MovingAverageInputs, WeightedInputs, SmoothingInputs)


def _chart(given: AnyHistory, outcome: Outcome) -> Chart:
    made = outcome.also.get("forecasts")
    forecasts: list[float] = list(made) if isinstance(made, list) else []
    values = given.history() if isinstance(given, SmoothingInputs) else given.actual
    count: int = len(values)
    first = max(0, count - DRAWN + 1)
    start: int = max(first, count - len(forecasts))
    return Chart(
        kind="line",
        title="Past values and the forecasts made for them",
        x_label=given.period,
        y_label="units",
        series=[
            Series(name="actual", x=[float(place + 1) for place in range(first, count)], y=values[first:]),
            Series(
                name="forecast",
                x=[float(place + 1) for place in range(start, count + 1)],
                y=[*forecasts[len(forecasts) - (count - start) :], outcome.value],
                style="dashed",
            ),
        ],
        marks=[Mark(x=float(count + 1), y=outcome.value, text=f"next: {number(outcome.value)}")],
        summary=f"After {plural(count, 'past value')} the next {given.period}'s forecast is {number(outcome.value)}.",
    )


def _outcome(actual: list[float], forecasts: list[float], value: float, steps: list[str], period: str) -> Outcome:
    """Return a forecast with those that the method would have made before, and how far they were off."""
    also: dict[str, list[float] | float] = {"forecasts": forecasts}
    warnings = []
    tail = ""
    if forecasts:
        errors = [abs(real - made) for real, made in zip(actual[-len(forecasts) :], forecasts, strict=True)]
        also["mae"] = miss = sum(errors) / len(errors)
        steps = [*steps, f"its forecasts for past periods missed by {number(miss)} on average (mean absolute error)"]
        tail = f", give or take about {number(miss)}"
        if value > 0 and miss > WIDE * value:
            warnings.append(
                "Past forecasts of this method missed by more than half of the value; look for trend, season or odd "
                "values."
            )
    if value < 0:
        warnings.append("The forecast is negative, which demand cannot be.")
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"Expect about {number(value)} units in the next {period}{tail}, if there is no trend and no season.",
        also=dict(also),
        units={"forecasts": RATE, "mae": RATE},
        warnings=warnings,
    )


@metric(
    id="moving_average",
    name="Moving average forecast",
    aliases=("moving average", "simple moving average", "SMA", "rolling average", "moving-average forecast",
             "gleitender Durchschnitt", "gleitender Mittelwert"),
    family=FAMILY,
    unit=RATE,
    formula=r"F_{t+1} = \frac{1}{n} \sum_{i=0}^{n-1} A_{t-i}",
    source=f"{HEIZER}, ch. 4.",
    note="Moving average",
    published=(
        Published(DONNA, {"actual": SHED, "window": 3.0}, {"value": 16.0}),
        Published(DONNA, {"actual": SHED[:3], "window": 3.0}, {"value": 35 / 3}),
        Published(DONNA, {"actual": SHED[:6], "window": 3.0}, {"value": 58 / 3}),
    ),
    chart=_chart,
)  # fmt: skip
def moving_average(given: MovingAverageInputs) -> Outcome:
    """Return the mean of the latest values as the forecast for the next period, with those it would have made before.

    Refuses a window longer than the history, or one that is not whole.
    """
    import numpy as np

    window = whole("window", "number of periods averaged", given.window)
    if window > len(given.actual):
        raise Refusal(
            "window",
            f"averaging {window} periods needs as many past values, but there are {plural(len(given.actual), 'value')}",
        )
    means = np.lib.stride_tricks.sliding_window_view(np.array(given.actual), window).mean(axis=1)
    latest = given.actual[-window:]
    steps = [
        f"latest {plural(window, 'value')}: {series(latest)}",
        f"forecast = sum of the latest values / count = {number(sum(latest))} / {window} = {number(float(means[-1]))}",
    ]
    return _outcome(given.actual, means[:-1].tolist(), float(means[-1]), steps, given.period)


@metric(
    id="weighted_moving_average",
    name="Weighted moving average forecast",
    aliases=("weighted moving average", "WMA", "weighted average forecast", "gewichteter gleitender Durchschnitt"),
    family=FAMILY,
    unit=RATE,
    formula=r"F_{t+1} = \frac{\sum_{i=1}^{n} w_i \, A_{t-n+i}}{\sum_{i=1}^{n} w_i}",
    source=f"{HEIZER}, ch. 4.",
    note="Moving average",
    published=(
        Published(DONNA, {"actual": SHED[:3], "weights": [1.0, 2.0, 3.0]}, {"value": 73 / 6}),
        Published(
            DONNA, {"actual": SHED[:4], "weights": [3.0, 2.0, 1.0], "weights_order": "newest first"}, {"value": 86 / 6}
        ),
        Published(DONNA, {"actual": SHED[:6], "weights": [1.0, 2.0, 3.0]}, {"value": 20.5}),
    ),
    chart=_chart,
)
def weighted_moving_average(given: WeightedInputs) -> Outcome:
    """Return the weighted mean of the latest values; weights need not add up to 1, they are divided by their sum.

    Refuses more weights than past values, negative weights, and weights that are all zero.
    """
    import numpy as np

    not_negative("weights", "weights", given.weights)
    total = sum(given.weights)
    count = len(given.weights)
    if total <= 0:
        raise Refusal("weights", "weights are all 0, so nothing would be averaged")
    if count > len(given.actual):
        had = plural(len(given.actual), "past value")
        raise Refusal("weights", f"{plural(count, 'weight')} need as many past values, but there is only {had}")
    weights = given.weights if given.weights_order == OLDEST else given.weights[::-1]
    forecasts = np.correlate(np.array(given.actual), np.array(weights), mode="valid") / total
    latest, value = given.actual[-count:], float(forecasts[-1])
    steps = [
        f"latest {plural(count, 'value')}: {series(latest)}; weights: {series(weights)}",
        f"forecast = sum of weight × value / sum of weights = {number(value * total)} / {number(total)} = "
        f"{number(value)}",
    ]
    outcome = _outcome(given.actual, forecasts[:-1].tolist(), value, steps, given.period)
    if count > 1 and weights[0] > weights[-1]:
        outcome.warnings.append(
            "The oldest value has the largest weight; usually the newest has. Check the order of the weights."
        )
    return outcome


@metric(
    id="exponential_smoothing",
    name="Exponential smoothing forecast",
    aliases=("exponential smoothing", "exp smoothing", "simple exponential smoothing", "SES",
             "single exponential smoothing",
             "new forecast", "next forecast", "smoothed forecast", "exponentielle Glättung",
             "exponentielle Glättung erster Ordnung", "neue Prognose", "einfache exponentielle Glättung"),
    family=FAMILY,
    unit=RATE,
    formula=r"F_{t+1} = \alpha A_t + (1 - \alpha) F_t",
    source="Brown, R. G. (1959). Statistical Forecasting for Inventory Control. McGraw-Hill.",
    note="Exponential smoothing",
    published=(
        Published(
            "Heizer & Render, Operations Management, ch. 4: demand of 153 cars after a forecast of 142, smoothing "
            "constant 0.20",
            {"actual": [153.0], "smoothing_constant": 0.2, "previous_forecast": 142.0},
            {"value": 144.2},
        ),
        Published(
            "Heizer & Render, Operations Management, ch. 4: Port of Baltimore, first forecast 175",
            {
                "actual": BALTIMORE["actual"],
                "smoothing_constant": 0.1,
                "previous_forecast": 175.0,
            },
            {"value": 178.59},
            within=0.02,
            absolute=True,
        ),
    ),
    chart=_chart,
)  # fmt: skip
def exponential_smoothing(given: SmoothingInputs) -> Outcome:
    """Return the forecast for the period after the last value, with those made for each period before.

    Without a previous forecast the first value starts the series. Refuses a single value without a previous forecast,
    and a last value that is not the last of the list.
    """
    actual = given.history()
    if given.actual is not None and given.last_actual is not None and given.actual[-1] != given.last_actual:
        raise Refusal(
            "last_actual",
            f"the last of the past values is {number(given.actual[-1])}, but the last actual value is given as "
            f"{number(given.last_actual)}; leave it out",
        )
    if given.previous_forecast is None and len(actual) == 1:
        raise Refusal(
            "previous_forecast", "with a single past value, the forecast that had been made for it is needed too"
        )
    alpha = given.smoothing_constant
    forecasts = [given.previous_forecast if given.previous_forecast is not None else actual[0]]
    for value in actual:
        forecasts.append(alpha * value + (1 - alpha) * forecasts[-1])
    made, latest = forecasts[:-1], actual[-1]
    steps = [f"forecasts of the periods before: {series(made)}"] if len(made) > 1 else []
    steps.append(
        "next forecast = alpha × last actual + (1 - alpha) × last forecast = "
        f"{number(alpha)} × {number(latest)} + {number(1 - alpha)} × {number(made[-1])} = {number(forecasts[-1])}"
    )
    return _outcome(actual, made, forecasts[-1], steps, given.period)

"""Whether forecasts have begun to lean: the tracking signal and its limits."""

from tools.metrics.books import HEIZER
from tools.metrics.forecast_pairs import CARLSON, FAMILY, RATE, DeviationInputs, by_sums, deviations
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series
from tools.metrics.sequences import DRAWN, few
from tools.metrics.shown import number, series

USUAL_LIMIT = 4.0

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


class TrackingInputs(DeviationInputs):
    """Actual values and forecasts, the errors, or their running sum and MAD; and the limit of the signal."""

    either = (either(("actual", "forecast"), "errors", ("running_sum", "mad")),)

    running_sum: float | None = quantity(RUNNING_SUM, default=None)
    mad: float | None = quantity(MAD, default=None, gt=0)
    limit: float = quantity(LIMIT, default=USUAL_LIMIT, assumed="control limits of plus and minus 4 MADs", gt=0)


def _running(given: TrackingInputs) -> tuple[list[float], list[float], list[float]]:
    """Return running sums of errors (actual minus forecast), running MADs, and their ratios (0 where MAD is 0).

    Of a sum and a MAD that are given themselves, these are the only ones.
    """
    import numpy as np

    if by_sums(given):
        total, typical = given.running_sum or 0.0, given.mad or 1.0
        return [total], [typical], [total / typical]
    errors = deviations(given)
    sums = errors.cumsum()
    mads = abs(errors).cumsum() / np.arange(1, len(errors) + 1)
    signals = np.divide(sums, mads, out=np.zeros_like(sums), where=mads > 0)
    return sums.tolist(), mads.tolist(), signals.tolist()


def _tracking_chart(given: TrackingInputs, outcome: Outcome) -> Chart | None:
    if by_sums(given):
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
    source=f"{HEIZER}, ch. 4.",
    note="Tracking signal",
    published=(
        Published(
            "Heizer & Render, Operations Management, ch. 4: Carlson's Bakery",
            CARLSON,
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
    warnings = [] if by_sums(given) else few(len(signals))
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
            *([] if by_sums(given) else running),
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
        assumptions=["errors are actual minus forecast, so a signal above 0 means forecasts that are too low"],
    )

"""Forecast errors on a scale that items share: MASE, the error against that of a naive forecast."""

from tools.metrics.forecast_pairs import FAMILY, HYNDMAN, RATE, PairInputs, error_chart, paired
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.sequences import MOST, MaybeNumbers, few, whole
from tools.metrics.shown import number, series

TRAINING = Spoken(
    "training values",
    RATE,
    words=("training values", "training", "history", "in-sample", "training data", "past values", "past demand",
           "historic demand", "training set", "Vergangenheitswerte", "Historie", "Trainingsdaten"),
)  # fmt: skip
SEASON = Spoken(
    "length of the season",
    "",
    words=(
        "length of the season",
        "seasonality",
        "season",
        "season length",
        "seasonal period",
        "periods per season",
        "Saisonlänge",
        "Saison",
    ),
    symbols=("m",),
    because="1 means no season",
)


OUR_MAE = Spoken(
    "mean absolute error of the forecast",
    "item",
    words=("mean absolute error of the forecast", "forecast MAE", "MAE of the forecast", "our MAE", "model MAE", "MAE",
           "MAD", "mean absolute error", "model error", "our error", "MAE der Prognose"),
)  # fmt: skip
NAIVE_MAE = Spoken(
    "mean absolute error of the naive forecast",
    "item",
    words=("mean absolute error of the naive forecast", "naive MAE", "MAE of the naive forecast",
           "naive forecast MAE", "MAE of naive", "naive forecast has an MAE", "naive has an MAE", "naive error",
           "naive", "naive forecast", "benchmark MAE", "seasonal naive MAE", "MAE der naiven Prognose"),
    because="there must be an error to scale by",
)  # fmt: skip


class MaseInputs(PairInputs):
    """Actual values, forecasts, and the history that the naive forecast's error is taken from; or both errors."""

    either = (either(("actual", "forecast"), ("mae", "naive_mae")),)

    mae: float | None = quantity(OUR_MAE, default=None, ge=0)
    naive_mae: float | None = quantity(NAIVE_MAE, default=None, gt=0)
    training: MaybeNumbers = quantity(TRAINING, default=None, min_length=2, max_length=MOST)
    season: float | None = quantity(SEASON, default=None, ge=1, le=MOST)


@metric(
    id="mase",
    name="Mean absolute scaled error (MASE)",
    aliases=("MASE", "mean absolute scaled error", "scaled error", "skalierter absoluter Fehler"),
    family=FAMILY,
    unit="",
    formula=r"\text{MASE} = \frac{\frac{1}{n} \sum_t \left| A_t - F_t \right|}{\frac{1}{T - m} \sum_{t=m+1}^{T} "
    r"\left| Y_t - Y_{t-m} \right|}",
    source=HYNDMAN,
    note="MASE",
    published=(
        Published(
            "Documentation of the mase measure in the evaluate library, with training values",
            {
                "actual": [3.0, -0.5, 2.0, 7.0],
                "forecast": [2.5, 0.0, 2.0, 8.0],
                "training": [5.0, 0.5, 4.0, 6.0, 3.0, 5.0, 2.0],
            },
            {"value": 1 / 6},
        ),
    ),
    chart=error_chart,
)
def mase(given: MaseInputs) -> Outcome:
    """Return the mean absolute error over the in-sample mean absolute error of the (seasonal) naive forecast.

    Root mean squared scaled error (RMSSE) is a further result. Refuses a history no longer than the season, and one
    that repeats itself exactly, since its naive forecast has no error.
    """
    import numpy as np

    if given.actual is None or given.forecast is None:
        return _of_errors(given.mae or 0.0, given.naive_mae or 1.0)
    actual, forecast = paired(given)
    assumptions = []
    if given.training is None:
        assumptions.append(
            "the naive forecast's error is taken from the actual values themselves, as no training values are given"
        )
    if given.season is None:
        assumptions.append("no season: the naive forecast is the value before")
    season = whole("season", "length of the season", given.season or 1.0)
    name = "actual" if given.training is None else "training"
    history = actual if given.training is None else np.array(given.training)
    if len(history) <= season:
        raise Refusal(
            name, f"scaling needs more than {season} values of history, but there are {len(history)}", instead="mae"
        )
    steps_between = history[season:] - history[:-season]
    naive, error = float(abs(steps_between).mean()), float(abs(actual - forecast).mean())
    if naive == 0:
        raise Refusal(name, "the history repeats itself, so the naive forecast has no error to scale by", instead="mae")
    value = error / naive
    squared = float(np.sqrt(((actual - forecast) ** 2).mean() / (steps_between**2).mean()))
    return Outcome(
        value=value,
        steps=[
            f"MAE of the forecast = {number(error)}",
            f"MAE of the naive forecast in the history = mean of {series(abs(steps_between))} = {number(naive)}",
            f"MASE = MAE / naive MAE = {number(error)} / {number(naive)} = {number(value)}",
        ],
        meaning=_meaning(value),
        also={"mae": error, "naive_mae": naive, "rmsse": squared},
        units={"mae": RATE, "naive_mae": RATE},
        warnings=few(len(actual)),
        assumptions=assumptions,
    )


def _of_errors(error: float, naive: float) -> Outcome:
    value = error / naive
    return Outcome(
        value=value,
        steps=[f"MASE = MAE / naive MAE = {number(error)} / {number(naive)} = {number(value)}"],
        meaning=_meaning(value),
    )


def _meaning(value: float) -> str:
    verdict = "smaller than" if value < 1 else "larger than" if value > 1 else "the same as"
    return (
        f"The forecast's error is {number(value)} times that of simply repeating the last value, so it is {verdict} "
        f"the naive one."
    )

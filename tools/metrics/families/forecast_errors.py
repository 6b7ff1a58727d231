"""How large forecast errors are in units: MAE (MAD) and RMSE."""

from tools.metrics.books import HEIZER
from tools.metrics.forecast_pairs import (
    BALTIMORE,
    COUNTED,
    FAMILY,
    HYNDMAN,
    PORT,
    RATE,
    TOTAL_ABSOLUTE,
    DeviationInputs,
    OneInputs,
    by_sums,
    deviations,
    error_chart,
    listed,
)
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome
from tools.metrics.sequences import few
from tools.metrics.shown import number, series

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
    source=f"{HEIZER}, ch. 4.",
    note="MAD and RMSE",
    published=(Published(PORT, BALTIMORE, {"value": 10.31}, within=0.005, absolute=True),),
    chart=error_chart,
)  # fmt: skip
def mae(given: MaeInputs) -> Outcome:
    """Return the mean of the absolute errors in units; normal errors have a standard deviation of 1.25 times that."""
    given = listed(given)
    if by_sums(given):
        total, count = given.total_absolute_error or 0.0, given.periods or 1.0
        value = total / count
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

    if by_sums(given):
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
        mse = total / count
        steps.append(f"MSE = sum of squared errors / count = {number(total)} / {number(count)} = {number(mse)}")
    value: float = mse**0.5
    return Outcome(
        value=value,
        steps=[*steps, f"RMSE = √MSE = √{number(mse)} = {number(value)}"],
        meaning=f"The typical miss is {number(value)} units when large misses weigh more.",
        also={"mse": mse},
    )

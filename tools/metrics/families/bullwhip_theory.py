"""Bullwhip from theory: what an order-up-to policy does to variance through its forecast and lead time."""

from collections.abc import Callable
from typing import Literal

from tools.metrics.families.variability import CHEN, FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series
from tools.metrics.sequences import whole
from tools.metrics.shown import number
from tools.metrics.vocabulary import LEAD_TIME

AVERAGE, SMOOTHING, LEAST_SQUARES = "moving average", "exponential smoothing", "minimum mean square error"
LONGEST = 1000
SMOOTHED = (
    "Chen, F., Ryan, J. K. & Simchi-Levi, D. (2000). The impact of exponential smoothing forecasts on the "
    "bullwhip effect. Naval Research Logistics 47(4), 269-286."
)
ZHANG = (
    "Zhang, X. (2004). The impact of forecasting methods on the bullwhip effect. International Journal of "
    "Production Economics 88(1), 15-27."
)

LEAD = LEAD_TIME.also(because="it counts periods, with the review period included")
PERIODS = Spoken(
    "periods averaged",
    "period",
    words=("periods averaged", "periods in the moving average", "moving average of", "moving average over",
           "moving average", "period moving average", "periods averaged", "moving average with", "we average",
           "averaging", "observations", "window", "gleitender Durchschnitt über"),
    symbols=("p", "n"),
)  # fmt: skip
ALPHA = Spoken(
    "smoothing constant",
    "fraction",
    words=(
        "smoothing constant",
        "alpha",
        "smoothing factor",
        "smoothing parameter",
        "exponential smoothing",
        "Glättungsfaktor",
    ),
    symbols=("α", "a"),
)
CORRELATION = Spoken(
    "correlation of demand from period to period",
    "",
    words=("correlation of demand", "autocorrelation", "serial correlation", "correlation", "phi", "rho",
           "AR(1) coefficient", "AR coefficient", "autoregressive parameter", "Autokorrelation"),
    symbols=("φ", "ϕ", "ρ"),
    because="demand must settle around a mean",
)  # fmt: skip
METHOD = Spoken(
    "forecast method",
    words=("forecast method", "forecast", "forecasting method", "moving average", "exponential smoothing", "MMSE",
           "minimum mean square error", "optimal forecast", "Prognoseverfahren"),
)  # fmt: skip
INDEPENDENT = "demand of one period says nothing about the next (correlation 0)"


def averaged(lead: float, periods: float, correlation: float) -> float:
    """Return the variance ratio with a moving average: 1 + (2L/p + 2L²/p²)(1 - φ**p)."""
    share = lead / periods
    return 1 + 2 * share * (1 + share) * (1 - correlation ** round(periods))


def smoothed(lead: float, alpha: float, correlation: float) -> float:
    """Return the variance ratio with exponential smoothing: 1 + (2Lα + 2L²α²/(2 - α))(1 - φ)/(1 - (1 - α)φ)."""
    gain = lead * alpha
    return 1 + (2 * gain + 2 * gain**2 / (2 - alpha)) * (1 - correlation) / (1 - (1 - alpha) * correlation)


def least_squares(lead: float, correlation: float) -> float:
    """Return the variance ratio with the best possible forecast: 1 + 2φ(1 - φ**L)(1 - φ**(L + 1))/(1 - φ)."""
    power = correlation**lead if correlation > 0 else correlation ** round(lead)
    return 1 + 2 * correlation * (1 - power) * (1 - power * correlation) / (1 - correlation)


def _by_lead(ratio: Callable[[float], float], lead: float, period: str) -> Chart:
    most = max(4, min(round(2 * lead), 40))
    stride = max(1, most // 20)
    leads = [float(step) for step in range(1, most + 1, stride)]
    ratios = [ratio(step) for step in leads]
    return Chart(
        kind="line",
        title="Bullwhip at other lead times",
        x_label=f"lead time ({period}s)",
        y_label="variance of orders / variance of demand",
        series=[Series(name="bullwhip ratio", x=leads, y=ratios)],
        marks=[Mark(x=lead, y=ratio(lead), text=f"now: {number(ratio(lead))}")],
        summary=f"The ratio goes from {number(ratios[0])} at a lead time of {number(leads[0])} to "
        f"{number(ratios[-1])} at {number(leads[-1])}.",
    )


class BoundInputs(Given):
    """Lead time with the forecast's memory: periods averaged or a smoothing constant, and demand's correlation."""

    either = (either("periods_averaged", "smoothing_constant"),)

    lead_time: float = quantity(LEAD, ge=0, le=LONGEST)
    periods_averaged: float | None = quantity(PERIODS, default=None, ge=1, le=LONGEST)
    smoothing_constant: float | None = quantity(ALPHA, default=None, gt=0, le=1)
    correlation: float = quantity(CORRELATION, default=0.0, assumed=INDEPENDENT, gt=-1, lt=1)


def _ratio(given: BoundInputs, lead: float) -> float:
    if given.periods_averaged is not None:
        return averaged(lead, given.periods_averaged, given.correlation)
    return smoothed(lead, given.smoothing_constant or 1.0, given.correlation)


def _bound_chart(given: BoundInputs, _: Outcome) -> Chart:
    return _by_lead(lambda lead: _ratio(given, lead), given.lead_time, given.period)


@metric(
    id="bullwhip_lower_bound",
    name="Least bullwhip of an order-up-to policy",
    aliases=("bullwhip lower bound", "lower bound of the bullwhip effect", "minimum bullwhip", "least bullwhip",
             "Chen bound", "theoretical minimum bullwhip", "untere Schranke des Peitscheneffekts"),
    family=FAMILY,
    unit="",
    formula=r"B \ge 1 + \left( \frac{2L}{p} + \frac{2L^2}{p^2} \right) \left( 1 - \rho^p \right) "
    r"\quad \text{or} \quad B \ge 1 + \left( 2L\alpha + \frac{2L^2\alpha^2}{2 - \alpha} \right) \frac{1 - \rho}{1 - "
    r"(1 - \alpha)\rho}",
    source=f"{CHEN} {SMOOTHED}",
    note="Bullwhip effect",
    chart=_bound_chart,
)  # fmt: skip
def bullwhip_lower_bound(given: BoundInputs) -> Outcome:
    """Return the least variance ratio of orders to demand under an order-up-to policy with a forecast from past demand.

    It is for a moving average over p periods (Chen, Drezner, Ryan & Simchi-Levi 2000), or exponential smoothing
    (Chen, Ryan & Simchi-Levi 2000). Refuses both at once, and a number of periods that is not whole.
    """
    lead, memory, alpha, correlation = (
        given.lead_time,
        given.periods_averaged,
        given.smoothing_constant,
        given.correlation,
    )
    if memory is not None and alpha is not None:
        raise Refusal(
            "smoothing_constant", "give either the periods of a moving average or a smoothing constant, not both"
        )
    if memory is not None:
        whole("periods_averaged", "periods averaged", memory)
        step = (
            f"1 + (2 × L / p + 2 × L ** 2 / p ** 2) × (1 - rho ** p) = 1 + (2 × {number(lead)} / {number(memory)} + "
            f"2 × {number(lead)} ** 2 / {number(memory)} ** 2) × (1 - {number(correlation)} ** {number(memory)})"
        )
    else:
        shown = number(alpha or 1.0)
        step = (
            "1 + (2 × L × alpha + 2 × (L × alpha) ** 2 / (2 - alpha)) × (1 - rho) / (1 - (1 - alpha) × rho) = "
            f"1 + (2 × {number(lead)} × {shown} + 2 × ({number(lead)} × {shown}) ** 2 / (2 - {shown})) × "
            f"(1 - {number(correlation)}) / (1 - (1 - {shown}) × {number(correlation)})"
        )
    value, half = _ratio(given, lead), _ratio(given, lead / 2)
    return Outcome(
        value=value,
        steps=[f"least bullwhip ratio = {step} = {number(value)}"],
        meaning=f"Orders will vary at least {number(value)} times as much as demand; with half the lead time it is "
        f"{number(half)}.",
        also={"with_half_the_lead_time": half},
        assumptions=["an order-up-to policy that renews its forecast each period, and orders that may be negative"],
    )


class OrderUpToInputs(Given):
    """Lead time, demand's correlation, and the forecast by moving average, smoothing, or the best possible."""

    lead_time: float = quantity(LEAD, ge=0, le=LONGEST)
    correlation: float | None = quantity(CORRELATION, default=None, gt=-1, lt=1)
    forecast_method: Literal["moving average", "exponential smoothing", "minimum mean square error"] | None = quantity(
        METHOD, default=None, max_length=40
    )
    periods_averaged: float | None = quantity(PERIODS, default=None, ge=1, le=LONGEST)
    smoothing_constant: float | None = quantity(ALPHA, default=None, gt=0, le=1)

    def method(self) -> str:
        """Return the forecast method as said, or as the other inputs imply."""
        if self.forecast_method is not None:
            return self.forecast_method
        if self.periods_averaged is not None:
            return AVERAGE
        return SMOOTHING if self.smoothing_constant is not None else LEAST_SQUARES

    def ratio(self, lead: float) -> float:
        """Return the variance ratio at a lead time."""
        method = self.method()
        if method == AVERAGE:
            return averaged(lead, self.periods_averaged or 1.0, self.correlation or 0.0)
        if method == SMOOTHING:
            return smoothed(lead, self.smoothing_constant or 1.0, self.correlation or 0.0)
        return least_squares(lead, self.correlation or 0.0)


def _order_up_to_chart(given: OrderUpToInputs, _: Outcome) -> Chart:
    return _by_lead(given.ratio, given.lead_time, given.period)


@metric(
    id="bullwhip_order_up_to",
    name="Bullwhip of an order-up-to policy with correlated demand",
    aliases=("theoretical bullwhip", "bullwhip of order-up-to policy", "bullwhip AR(1)", "AR(1) bullwhip",
             "bullwhip order up to", "bullwhip for autocorrelated demand", "bullwhip with MMSE forecast",
             "theoretischer Peitscheneffekt"),
    family=FAMILY,
    unit="",
    formula=r"B_{\text{MMSE}} = 1 + \frac{2\phi \left(1 - \phi^{L}\right)\left(1 - \phi^{L+1}\right)}{1 - \phi}, \quad "
    r"B_{\text{SMA}} = 1 + 2 \left(1 - \phi^p\right) \left( \frac{L}{p} + \frac{L^2}{p^2} \right), \quad "
    r"B_{\text{ES}} = 1 + \left( 2L\alpha + \frac{2L^2\alpha^2}{2 - \alpha} \right) \frac{1 - \phi}{1 - (1 - "
    r"\alpha)\phi}",
    source=f"{ZHANG} {SMOOTHED}",
    note="Bullwhip effect",
    published=(
        Published(
            "R package SCperf, example of bullwhip with exponential smoothing (its own form of the formula, see the "
            "function's notes)",
            {"lead_time": 2.0, "correlation": 0.9, "smoothing_constant": 0.6},
            {"scperf_value": 1.9375},
        ),
    ),
    chart=_order_up_to_chart,
)  # fmt: skip
def bullwhip_order_up_to(given: OrderUpToInputs) -> Outcome:
    """Return the variance ratio of orders to demand that is AR(1), under an order-up-to policy.

    The lead time includes the review period. Without a forecast method, the one that the other inputs belong to is
    taken, or else the forecast with least mean square error, which needs the correlation. For exponential smoothing
    the R package SCperf divides the squared term by 1 - α where the derivation, and Chen, Ryan & Simchi-Levi
    (2000), have (2 - α)/2; its number is the further result `scperf_value`. Refuses a method without its parameter,
    and a fractional lead time or window where a negative correlation would be raised to it.
    """
    lead, correlation, method = given.lead_time, given.correlation or 0.0, given.method()
    if given.correlation is None and method == LEAST_SQUARES:
        raise Refusal(
            "correlation",
            "give the correlation of demand from one period to the next, or what the forecast is made with (periods of "
            "a moving average, or a smoothing constant)",
        )
    alpha = given.smoothing_constant
    also: dict[str, float | str] = {"forecast_method": method}
    warnings = []
    assumptions = ["an order-up-to policy that renews its forecast each period, and orders that may be negative"]
    if given.correlation is None:
        assumptions.append(INDEPENDENT)
    if given.forecast_method is None:
        assumptions.append(f"the forecast is by {method}")
    if method == AVERAGE:
        if given.periods_averaged is None:
            raise Refusal("periods_averaged", "a moving average needs the number of periods averaged")
        whole("periods_averaged", "periods averaged", given.periods_averaged)
        step = "1 + 2 × (1 - phi ** p) × (L / p + (L / p) ** 2)"
        memory = f"{number(lead)} / {number(given.periods_averaged)}"
        power = f"{number(correlation)} ** {number(given.periods_averaged)}"
        put = f"1 + 2 × (1 - {power}) × ({memory} + ({memory}) ** 2)"
    elif method == SMOOTHING:
        if alpha is None:
            raise Refusal("smoothing_constant", "exponential smoothing needs its smoothing constant")
        step = "1 + (2 × L × alpha + 2 × (L × alpha) ** 2 / (2 - alpha)) × (1 - phi) / (1 - (1 - alpha) × phi)"
        gain = f"{number(lead)} × {number(alpha)}"
        put = (
            f"1 + (2 × {gain} + 2 × ({gain}) ** 2 / (2 - {number(alpha)})) × "
            f"(1 - {number(correlation)}) / (1 - {number(1 - alpha)} × {number(correlation)})"
        )
        if alpha < 1:
            damping = (1 - correlation) / (1 - (1 - alpha) * correlation)
            also["scperf_value"] = other = 1 + damping * (2 * lead * alpha + (lead * alpha) ** 2 / (1 - alpha))
            warnings.append(
                f"The R package SCperf prints {number(other, 6)} for these inputs: it divides the squared term by 1 - "
                f"alpha, "
                "where the derivation has (2 - alpha) / 2."
            )
    else:
        if correlation < 0:
            whole("lead_time", "lead time with a negative correlation", lead)
        step = "1 + 2 × phi × (1 - phi ** L) × (1 - phi ** (L + 1)) / (1 - phi)"
        phi = number(correlation)
        put = f"1 + 2 × {phi} × (1 - {phi} ** {number(lead)}) × (1 - {phi} ** {number(lead + 1)}) / (1 - {phi})"
    value = given.ratio(lead)
    effect = "more than" if value > 1 else "less than" if value < 1 else "as much as"
    return Outcome(
        value=value,
        steps=[f"bullwhip ratio = {step} = {put} = {number(value)}"],
        meaning=f"With this forecast and lead time, orders vary {number(value)} times as much as demand, {effect} the "
        f"market does.",
        also=dict(also),
        warnings=warnings,
        assumptions=assumptions,
    )

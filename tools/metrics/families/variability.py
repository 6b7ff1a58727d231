"""How much more orders vary than demand: the bullwhip ratio from series or from variances."""

from typing import TYPE_CHECKING, Literal

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal
from tools.metrics.sequences import MOST, Numbers, drawn, few
from tools.metrics.shown import number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FAMILY = "Variability"
LEE = (
    "Lee, H. L., Padmanabhan, V. & Whang, S. (1997). Information distortion in a supply chain: the bullwhip effect. "
    "Management Science 43(4), 546-558."
)
CHEN = (
    "Chen, F., Drezner, Z., Ryan, J. K. & Simchi-Levi, D. (2000). Quantifying the bullwhip effect in a simple "
    "supply chain. Management Science 46(3), 436-443."
)
RATE = "item/period"
SAMPLE = "sample"
TOTALS_APART = 0.1

DEMAND_SERIES = Spoken(
    "demand series",
    RATE,
    words=("demand series", "demand", "customer demand", "sales", "consumer demand", "received orders",
           "incoming orders", "weekly demand", "demand received", "Nachfrage", "Absatz", "Bedarf", "Kundennachfrage"),
    symbols=("D",),
)  # fmt: skip
ORDER_SERIES = Spoken(
    "order series",
    RATE,
    words=("order series", "orders", "orders placed", "order quantities", "outgoing orders", "weekly orders",
           "our orders", "purchase orders", "production orders", "Bestellungen", "Bestellmengen", "Aufträge"),
    symbols=("O", "Q"),
)  # fmt: skip
BASIS = Spoken(
    "kind of variance",
    words=(
        "kind of variance",
        "sample variance",
        "population variance",
        "sample",
        "population",
        "n-1",
        "Stichprobe",
        "Grundgesamtheit",
    ),
)
VAR_DEMAND = Spoken(
    "variance of demand",
    "",
    words=("variance of demand", "demand variance", "variance in demand", "var demand", "demand has a variance",
           "variance of sales", "variance of customer demand", "Var(D)", "Varianz der Nachfrage"),
    because="a variance ratio needs demand that varies",
)  # fmt: skip
VAR_ORDERS = Spoken(
    "variance of orders",
    "",
    words=("variance of orders", "order variance", "variance in orders", "var orders", "orders variance",
           "orders have a variance", "variance of purchases", "Var(O)", "Varianz der Bestellungen"),
)  # fmt: skip
SD_DEMAND = Spoken(
    "standard deviation of demand",
    RATE,
    words=("standard deviation of demand", "demand standard deviation", "demand sd", "sd of demand",
           "sigma of demand", "demand std dev", "std dev of demand", "demand stdev",
           "Standardabweichung der Nachfrage"),
    symbols=("σ_D", "σd"),
    because="a variance ratio needs demand that varies",
)  # fmt: skip
SD_ORDERS = Spoken(
    "standard deviation of orders",
    RATE,
    words=("standard deviation of orders", "order standard deviation", "orders sd", "sd of orders", "sigma of orders",
           "order std dev", "std dev of orders", "order stdev", "Standardabweichung der Bestellungen"),
    symbols=("σ_O", "σo"),
)  # fmt: skip
MEAN_DEMAND = Spoken(
    "mean demand",
    RATE,
    words=("mean demand", "average demand", "demand mean", "mean of demand", "avg demand", "mittlere Nachfrage"),
)
MEAN_ORDERS = Spoken(
    "mean orders",
    RATE,
    words=("mean orders", "average orders", "mean order", "average order", "mean of orders", "mittlere Bestellung"),
)


def variance(values: "NDArray[np.float64]", basis: str) -> float:
    """Return the variance, of a sample (divided by n - 1) or a population (by n)."""
    return float(values.var(ddof=1 if basis == SAMPLE else 0))


class BullwhipInputs(Given):
    """The demand that a stage receives and the orders that it places, in the same time buckets."""

    demand: Numbers = quantity(DEMAND_SERIES, min_length=2, max_length=MOST)
    orders: Numbers = quantity(ORDER_SERIES, min_length=2, max_length=MOST)
    basis: Literal["sample", "population"] = quantity(
        BASIS, default=SAMPLE, assumed="variances are those of samples (divided by n - 1)", max_length=20
    )


def _bullwhip_chart(given: BullwhipInputs, outcome: Outcome) -> Chart:
    return Chart(
        kind="line",
        title="Demand received and orders placed",
        x_label=given.period,
        y_label="units",
        series=drawn(demand=given.demand, orders=given.orders),
        summary=f"Orders placed against demand received; the variance of orders is {number(outcome.value)} times that "
        f"of demand.",
    )


def _verdict(ratio: float) -> str:
    if ratio > 1:
        return f"orders vary {number(ratio)} times as much as demand: the stage amplifies what it passes upstream"
    return (
        "orders vary exactly as demand does"
        if ratio == 1
        else f"orders vary only {number(ratio)} times as much as demand: the stage smooths"
    )


@metric(
    id="bullwhip_ratio",
    name="Bullwhip ratio",
    aliases=("bullwhip", "bullwhip measure", "bullwhip effect ratio", "variance amplification", "demand amplification",
             "amplification ratio", "order variance ratio", "Peitscheneffekt", "Bullwhip-Effekt", "Bullwhip-Kennzahl"),
    family=FAMILY,
    unit="",
    formula=r"B = \frac{\operatorname{Var}(O)}{\operatorname{Var}(D)}",
    source=LEE,
    note="Bullwhip effect",
    published=(
        Published(
            "Heizer & Render, Operations Management, supplement to ch. 11: Michael's Metals, eight weeks",
            {
                "demand": [140.0, 230.0, 100.0, 175.0, 165.0, 220.0, 200.0, 178.0],
                "orders": [140.0, 250.0, 90.0, 190.0, 140.0, 240.0, 190.0, 168.0],
            },
            {"value": 1.5853, "variance_of_demand": 1803.7143, "variance_of_orders": 2859.4286},
            within=0.0005,
            absolute=True,
        ),
    ),
    chart=_bullwhip_chart,
)  # fmt: skip
def bullwhip_ratio(given: BullwhipInputs) -> Outcome:
    """Return the variance of orders placed over the variance of demand received, from both series.

    The ratio of the coefficients of variation is a further result. Refuses demand that does not vary.
    """
    import numpy as np

    demand, orders = np.array(given.demand), np.array(given.orders)
    varies, ordered = variance(demand, given.basis), variance(orders, given.basis)
    if varies <= (1e-12 * float(abs(demand).max())) ** 2:
        raise Refusal("demand", "demand does not vary at all, so there is no variance to compare the orders with")
    ratio = ordered / varies
    warnings = few(min(len(demand), len(orders)))
    also = {
        "variance_of_demand": varies,
        "variance_of_orders": ordered,
        "sd_of_demand": varies**0.5,
        "sd_of_orders": ordered**0.5,
        "mean_demand": float(demand.mean()),
        "mean_orders": float(orders.mean()),
    }
    if also["mean_demand"] > 0 and also["mean_orders"] > 0:
        also["ratio_of_cvs"] = also["sd_of_orders"] / also["mean_orders"] / (also["sd_of_demand"] / also["mean_demand"])
    if len(demand) != len(orders):
        warnings.append(
            f"There are {len(demand)} values of demand but {len(orders)} of orders; compare the same periods."
        )
    if abs(also["mean_orders"] - also["mean_demand"]) > TOTALS_APART * abs(also["mean_demand"]):
        warnings.append(
            "Mean orders and mean demand differ by more than a tenth; check that both cover the same item, unit and "
            "periods."
        )
    divisor = "n - 1" if given.basis == SAMPLE else "n"
    return Outcome(
        value=ratio,
        steps=[
            f"variance of demand (divided by {divisor}) = {number(varies)}; mean {number(also['mean_demand'])}",
            f"variance of orders (divided by {divisor}) = {number(ordered)}; mean {number(also['mean_orders'])}",
            f"bullwhip ratio = variance of orders / variance of demand = {number(ordered)} / {number(varies)} = "
            f"{number(ratio)}",
        ],
        meaning=f"By variance, {_verdict(ratio)}.",
        also=dict(also),
        units={"sd_of_demand": RATE, "sd_of_orders": RATE, "mean_demand": RATE, "mean_orders": RATE},
        warnings=warnings,
    )


class VariancesInputs(Given):
    """Variances or standard deviations of orders and of demand, and their means if relative variation is wanted."""

    either = (either("variance_of_orders", "sd_of_orders"), either("variance_of_demand", "sd_of_demand"))

    variance_of_orders: float | None = quantity(VAR_ORDERS.also("orders variance", "purchase variance",
        "variance of our orders", "upstream variance", "order var", "var of orders",
        "variance of replenishment orders", "Bestellvarianz", "Varianz der Aufträge"), default=None, ge=0)  # fmt: skip
    variance_of_demand: float | None = quantity(VAR_DEMAND.also("sales variance", "variance of sales",
        "demand var", "var of demand", "downstream variance", "variance of customer orders", "variance of pos",
        "Nachfragevarianz", "Varianz des Absatzes", "Absatzvarianz"), default=None, gt=0)  # fmt: skip
    sd_of_orders: float | None = quantity(SD_ORDERS.also("order sd", "order std", "orders std",
        "order deviation", "purchases sd", "standard deviation of purchases",
        "standard deviation of our orders", "Standardabweichung der Bestellmengen",
        "Bestellungen Standardabweichung"), default=None, ge=0)  # fmt: skip
    sd_of_demand: float | None = quantity(SD_DEMAND.also("sales sd", "demand std", "sd of sales",
        "standard deviation of sales", "sales std", "consumer demand sd", "Standardabweichung des Absatzes",
        "Nachfrage Standardabweichung", "of the demand", "demand"), default=None, gt=0)  # fmt: skip
    mean_orders: float | None = quantity(MEAN_ORDERS.also("orders mean", "orders average",
        "avg orders"), default=None, gt=0)  # fmt: skip
    mean_demand: float | None = quantity(MEAN_DEMAND.also("demand average", "sales average", "mean sales",
        "average sales"), default=None, gt=0)  # fmt: skip


@metric(
    id="bullwhip_from_variances",
    name="Bullwhip ratio from variances",
    aliases=(
        "bullwhip from variances",
        "bullwhip from standard deviations",
        "ratio of variances",
        "bullwhip ratio",
        "bullwhip",
        "bullwhip effect",
        "variance ratio",
        "Varianzverhältnis",
    ),
    family=FAMILY,
    unit="",
    formula=r"B = \frac{\sigma_O^2}{\sigma_D^2}",
    source=LEE,
    note="Bullwhip effect",
    published=(
        Published(
            "Heizer & Render, Operations Management, supplement to ch. 11: Michael's Metals, eight weeks",
            {"variance_of_orders": 2859.4286, "variance_of_demand": 1803.7143},
            {"value": 1.5853},
            within=5e-5,
            absolute=True,
        ),
    ),
)
def bullwhip_from_variances(given: VariancesInputs) -> Outcome:
    """Return the variance of orders over the variance of demand, each from a variance or a standard deviation.

    With both means, the ratio of the coefficients of variation is a further result.
    """
    steps = []
    ordered, varies = given.variance_of_orders, given.variance_of_demand
    if ordered is None:
        deviation = given.sd_of_orders or 0.0
        ordered = deviation**2
        steps.append(f"variance of orders = standard deviation squared = {number(deviation)} ** 2 = {number(ordered)}")
    if varies is None:
        deviation = given.sd_of_demand or 1.0
        varies = deviation**2
        steps.append(f"variance of demand = standard deviation squared = {number(deviation)} ** 2 = {number(varies)}")
    ratio = ordered / varies
    steps.append(
        f"bullwhip ratio = variance of orders / variance of demand = {number(ordered)} / {number(varies)} = "
        f"{number(ratio)}"
    )
    also = {"ratio_of_standard_deviations": ratio**0.5}
    if given.mean_orders is not None and given.mean_demand is not None:
        also["ratio_of_cvs"] = ratio**0.5 * given.mean_demand / given.mean_orders
        steps.append(f"ratio of the coefficients of variation = {number(also['ratio_of_cvs'])}")
    return Outcome(value=ratio, steps=steps, meaning=f"By variance, {_verdict(ratio)}.", also=dict(also))

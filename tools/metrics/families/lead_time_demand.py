"""Demand over the time that a stock must last: its mean and standard deviation, from rates or from past demand."""

import math
from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tools.metrics.books import SILVER
from tools.metrics.given import LARGEST, Either, Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent, series
from tools.metrics.vocabulary import DEMAND, DEMAND_SD, LEAD_TIME, LEAD_TIME_SD, SERVICE_LEVEL, Z_VALUE

FAMILY = "Safety stock and service level"
WIDE = 0.5
FEW = 6
FARTHEST_Z = 10.0
AGREED = 0.005

MEAN = DEMAND.also(
    "average demand", "mean demand", "averages", "averaging", "we sell on average", "sell", "sells", "use", "uses",
    "selling", "using", "Durchschnittsbedarf", label="average demand", symbols=("D", "d", "μ", "mu", "μ_d", "d_bar",
    "λ"),
)  # fmt: skip
HISTORY = Spoken(
    "past demand",
    "item/period",
    words=("demand history", "past demand", "demand of the last periods", "monthly demands", "weekly demands",
           "historical demand", "past sales",
           "demand was", "demands", "demand", "sales", "bisheriger Bedarf", "Verbrauchshistorie"),
)  # fmt: skip
SPREAD = Spoken(
    "kind of standard deviation",
    "",
    words=(
        "sample standard deviation",
        "population standard deviation",
        "sample",
        "population",
        "Stichprobe",
        "Grundgesamtheit",
    ),
)
LEAD_TIME_DEMAND = Spoken(
    "average demand over the lead time",
    "item",
    words=("lead time demand", "demand during lead time", "demand over the lead time", "average lead time demand",
           "expected lead time demand",
           "mean lead time demand", "average demand during lead time", "mean demand during lead time",
           "mean of lead time demand", "average demand over the lead time", "demand during the lead time",
           "demand in the lead time",
           "Bedarf in der Wiederbeschaffungszeit",
           "Bedarf während der Lieferzeit"),
    symbols=("μ_L", "DDLT", "LTD", "d_L"),
)  # fmt: skip
LEAD_TIME_DEMAND_SD = Spoken(
    "standard deviation of demand over the lead time",
    "item",
    words=("standard deviation of lead time demand", "standard deviation of demand during lead time",
           "sd of lead time demand", "std dev of lead time demand", "stdev of lead time demand",
           "sigma of lead time demand", "lead time demand sd", "lead time demand std dev", "lead time demand sigma",
           "lead time demand standard deviation", "lead time demand varies by", "deviation of lead time demand",
           "sd of demand during lead time", "sigma of demand during lead time", "sd of demand over lead time",
           "sd over the lead time", "sd during lead time", "sigma over the lead time", "sigma during lead time",
           "standard deviation of demand over lead time", "standard deviation during lead time",
           "standard deviation over lead time", "standard deviation during the lead time",
           "standard deviation over the lead time", "sigma LTD", "sigma_LTD", "sigma_dLT", "sigma_DLT", "sigma DLT",
           "sigma_DDLT",
           "Standardabweichung des Bedarfs in der Wiederbeschaffungszeit",
           "Standardabweichung während der Lieferzeit"),
    symbols=("σ_LTD", "σ_dL", "σ_DLT", "σ_dLT", "σ_DDLT"),
)  # fmt: skip
Count = Annotated[float, Field(ge=0, le=LARGEST)]


class UncertainGiven(Given):
    """Uncertain demand over a lead time; metrics that need it derive from it."""

    demand_mean: float | None = quantity(MEAN, default=None, ge=0)
    demand_sd: float | None = quantity(DEMAND_SD, default=None, ge=0)
    lead_time: float | None = quantity(LEAD_TIME, default=None, ge=0)
    lead_time_sd: float | None = quantity(LEAD_TIME_SD, default=None, ge=0)
    demand_history: list[Count] | None = quantity(HISTORY, default=None, min_length=2, max_length=10_000)
    spread: Literal["sample", "population"] | None = quantity(SPREAD, default=None, min_length=1)
    lead_time_demand_mean: float | None = quantity(LEAD_TIME_DEMAND.also("average during lead time",
        "average over the lead time", "mean over the lead time", "mean during lead time", "demand in lead time",
        "Bedarf während der Wiederbeschaffungszeit",
        "Verbrauch in der Wiederbeschaffungszeit"), default=None, ge=0)  # fmt: skip
    lead_time_demand_sd: float | None = quantity(LEAD_TIME_DEMAND_SD.also("std of demand during lead time",
        "std during lead time", "sd of demand over the lead time", "sigma of demand over lead time",
        "standard deviation over the lead time", "standard deviation during lead time", "lead-time sd",
        "lead time demand std", "sigma during the lead time", "Standardabweichung in der Lieferzeit",
        "Standardabweichung während der Lieferzeit",
        "Streuung in der Wiederbeschaffungszeit"), default=None, ge=0)  # fmt: skip


SIGMA_NEEDED = either("lead_time_demand_sd", ("demand_sd", "lead_time"), ("demand_history", "lead_time"))


@dataclass(frozen=True)
class Exposure:
    """Demand over the time that a stock must last, in items; `mean` is None where no rate of demand is known."""

    mean: float | None
    sigma: float | None
    time: float | None
    rate: float | None
    steps: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)

    @property
    def spread(self) -> float:
        """The standard deviation, which must be known."""
        if self.sigma is None:
            raise Refusal("demand_sd", "the standard deviation of demand is needed to know how much demand varies")
        return self.sigma


def exposure(given: UncertainGiven, review: float = 0.0) -> Exposure:
    """Work out mean and standard deviation of demand over the lead time (and a review period, if there is one).

    The variance is that of demand over the time plus the squared rate of demand times the variance of the time.

    Raises:
        Refusal: when something is given twice, or the lead time varies and no rate of demand is known.
    """
    steps: list[str] = []
    assumptions: list[str] = []
    warnings: list[str] = []
    rate, sd = given.demand_mean, given.demand_sd
    if given.demand_history is not None:
        if sd is not None or rate is not None:
            label = "standard deviation" if sd is not None else "average"
            raise Refusal("demand_history", f"past demand and the {label} of demand are both given; leave one out")
        rate, sd = _of_history(given.demand_history, given.spread or "sample", steps, assumptions, warnings)
    _check_given_once(given, rate, sd, review)
    if given.lead_time_demand_sd is not None:
        mean = _mean(given, rate, given.lead_time, steps)
        return Exposure(mean, given.lead_time_demand_sd, given.lead_time, rate, steps, warnings, assumptions)
    time = None if given.lead_time is None else given.lead_time + review
    name = "lead time" if not review else "lead time + review period"
    if time is not None and review:
        steps.append(
            f"time to cover = lead time + review period = {number(given.lead_time or 0)} + {number(review)} = "
            f"{number(time)}"
        )
    mean = _mean(given, rate, time, steps, name)
    sigma = None
    if sd is not None and time is not None:
        sigma = _sigma(given, rate, sd, time, name, steps)
        assumptions.append(
            "demand of one period does not depend on that of another"
            + (" or on the lead time" if given.lead_time_sd else "")
        )
        if rate and sd > WIDE * rate:
            warnings.append(
                f"Demand varies by {percent(sd / rate)} of its mean; a normal curve fits such demand badly when "
                "the lead time is short."
            )
    return Exposure(mean, sigma, time, rate, steps, warnings, assumptions)


def _check_given_once(given: UncertainGiven, rate: float | None, sd: float | None, review: float) -> None:
    """Refuse figures of the whole lead time beside figures that say the same in another way."""
    total, spread = given.lead_time_demand_mean, given.lead_time_demand_sd
    if review and (total is not None or spread is not None):
        name = "lead_time_demand_sd" if total is None else "lead_time_demand_mean"
        raise Refusal(
            name,
            "with a review period demand must be covered for longer than the lead time; "
            "give demand and its deviation a period",
        )
    if spread is not None and sd is not None:
        raise Refusal(
            "lead_time_demand_sd",
            f"the standard deviation is given over the lead time, {number(spread)}, and a {given.period}, "
            f"{number(sd)}; leave one out",
        )
    if spread is not None and given.lead_time_sd:
        raise Refusal(
            "lead_time_sd",
            "the standard deviation of demand over the lead time already holds that of the lead time; leave one out",
        )
    if total is not None and rate is not None and given.lead_time is not None:
        product = rate * given.lead_time
        if abs(product - total) > AGREED * max(product, total):
            raise Refusal(
                "lead_time_demand_mean",
                f"demand times lead time is {number(product)}, but demand over the lead time is given as "
                f"{number(total)}; leave one out",
            )


def _of_history(
    history: list[float], spread: str, steps: list[str], assumptions: list[str], warnings: list[str]
) -> tuple[float, float]:
    count = len(history)
    mean = math.fsum(history) / count
    divisor = count if spread == "population" else count - 1
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in history) / divisor)
    steps.append(f"average demand of {series(history)} = {number(mean)}; {spread} standard deviation = {number(sd)}")
    assumptions.append(f"the {spread} standard deviation of past demand (divisor {number(divisor)})")
    if count < FEW:
        warnings.append(f"{count} past values say little about how much demand varies.")
    return mean, sd


def _mean(
    given: UncertainGiven, rate: float | None, time: float | None, steps: list[str], name: str = "lead time"
) -> float | None:
    if given.lead_time_demand_mean is not None:
        return given.lead_time_demand_mean
    if rate is None or time is None:
        return None
    steps.append(
        f"average demand over {name} = demand × {name} = {number(rate)} × {number(time)} = {number(rate * time)}"
    )
    return rate * time


def _sigma(given: UncertainGiven, rate: float | None, sd: float, time: float, name: str, steps: list[str]) -> float:
    if not given.lead_time_sd:
        sigma = sd * math.sqrt(time)
        steps.append(f"σ of demand over {name} = sd × √({name}) = {number(sd)} × √{number(time)} = {number(sigma)}")
        return sigma
    if rate is None:
        raise Refusal(
            "demand_mean",
            (
                f"the lead time varies by {number(given.lead_time_sd)} (standard deviation), so the average demand is "
                "needed as well"
            ),
        )
    sigma = math.hypot(sd * math.sqrt(time), rate * given.lead_time_sd)
    steps.append(
        f"σ of demand over {name} = √({name} × sd² + demand² × lead time sd²) = √({number(time)} × {number(sd)}² + "
        f"{number(rate)}² × {number(given.lead_time_sd)}²) = {number(sigma)}"
    )
    return sigma


STOCKOUT_RISK = Spoken(
    "probability of a stockout",
    "fraction",
    words=("probability of a stockout", "stockout probability", "probability of stockout", "stockout risk",
           "risk of a stockout", "risk of stockout", "risk of stocking out", "risk of running out",
           "chance of a stockout", "chance of stockout", "chance of running out", "chance of stocking out",
           "run out in only", "run out in", "stock out in", "run short in", "stockouts in", "accept a stockout in",
           "Fehlmengenwahrscheinlichkeit", "Fehlmengenrisiko"),
    because="more than every other cycle would run out, which takes less stock than average demand",
)  # fmt: skip
WANTED = either("service_level", "z", "stockout_probability")


class ServiceGiven(UncertainGiven):
    """Uncertain demand and the service that is wanted, as a probability (of none or of a stockout) or a z value."""

    service_level: float | None = quantity(SERVICE_LEVEL, default=None, gt=0, lt=1)
    z: float | None = quantity(Z_VALUE, default=None, ge=-FARTHEST_Z, le=FARTHEST_Z)
    stockout_probability: float | None = quantity(STOCKOUT_RISK.also("stockout risk of", "stockout risk may be",
        "risk of a shortage", "shortage risk", "probability of running out", "may stock out in", "stock out",
        "risk of", "Fehlmengenrisiko von", "Ausfallrisiko"), default=None, gt=0, le=0.5)  # fmt: skip

    @property
    def service(self) -> float | None:
        """The cycle service level, as given or as what the probability of a stockout leaves.

        Raises:
            Refusal: when both are given and disagree.
        """
        if self.stockout_probability is None:
            return self.service_level
        left = 1 - self.stockout_probability
        if self.service_level is not None and abs(left - self.service_level) > AGREED:
            raise Refusal(
                "stockout_probability",
                f"a stockout in {percent(self.stockout_probability)} of cycles is a service level of {percent(left)}, "
                f"not {percent(self.service_level)}; leave one out",
            )
        return left


def z_wanted(given: ServiceGiven) -> tuple[float, list[str], list[str]]:
    """Return z, how it comes about, and warnings.

    Raises:
        Refusal: when service level, stockout probability and z disagree, or none is given.
    """
    from tools.metrics.loss import below, z_of

    level = given.service
    if given.z is None and level is None:
        raise Refusal("service_level", "a service level (or a z value) is needed to turn variation into safety stock")
    if level is None:
        z = given.z or 0.0
        steps = [f"z = {number(z)}, which is a cycle service level of {percent(below(z))}"]
    else:
        z = z_of(level)
        if given.z is not None and abs(below(given.z) - level) > AGREED:
            raise Refusal(
                "z",
                (
                    f"z = {number(given.z)} is a service level of {percent(below(given.z))}, not "
                    f"{percent(level)}; leave one out"
                ),
            )
        steps = [f"z = normal quantile of {percent(level)} = {number(z)}"]
    warnings = (
        ["A service level below 50 % gives negative safety stock: less than average demand would be held."]
        if z < 0
        else []
    )
    return z, steps, warnings


KNOWN_SD = replace(
    LEAD_TIME_DEMAND_SD,
    words=("known sigma LTD", "known sigma DLT", "known standard deviation of lead time demand",
           "stated standard deviation of lead time demand", "lead time demand sd known"),
    symbols=(),
)  # fmt: skip


class LeadTimeDemandInputs(UncertainGiven):
    """Demand per period, its standard deviation, and a lead time that may vary."""

    either: ClassVar[tuple[Either, ...]] = (either(("demand_sd", "lead_time"), ("demand_history", "lead_time")),)

    lead_time_demand_sd: float | None = quantity(KNOWN_SD, default=None, ge=0)


@metric(
    id="lead_time_demand",
    name="Standard deviation of lead-time demand",
    aliases=("lead time demand standard deviation", "sigma of lead time demand",
             "standard deviation of demand during lead time",
             "demand variability over the lead time", "lead time demand variability", "sd of lead time demand",
             "std dev of lead time demand", "variability of lead time demand", "sd of demand over the lead time",
             "how much does lead time demand vary", "sigma LTD", "sigma DLT",
             "Standardabweichung des Bedarfs in der Wiederbeschaffungszeit"),
    family=FAMILY,
    unit="item",
    formula=r"\sigma_L = \sqrt{L\,\sigma_d^2 + d^2\,\sigma_{LT}^2}, \qquad \mu_L = d\,L",
    source=f"{SILVER} Ch. 6.",
    note="Safety stock",
    published=(
        Published(
            "inventorize (R package), dl.sigmadl example",
            {"demand_mean": 100.0, "demand_sd": 22.0, "lead_time": 12.0, "lead_time_sd": 3.0},
            {"value": 309.528674, "lead_time_demand_mean": 1200.0},
        ),
    ),
)  # fmt: skip
def lead_time_demand(given: LeadTimeDemandInputs) -> Outcome:
    """Return the standard deviation, in units, of demand over the lead time; its mean and variance beside it.

    A lead time that varies needs the average demand.
    """
    known = exposure(given)
    sigma = known.spread
    also: dict[str, float] = {"variance": sigma * sigma}
    meaning = f"Demand over one lead time varies by about {number(sigma)} units either way in two cases of three"
    if known.mean is not None:
        also["lead_time_demand_mean"] = known.mean
        meaning += f", around an average of {number(known.mean)}"
    if known.rate is not None and given.lead_time_sd and sigma > 0:
        share = (known.rate * given.lead_time_sd / sigma) ** 2
        also["share_from_lead_time"] = share
        meaning += f"; {percent(share, 3)} of the variance comes from the lead time, not from demand"
    return Outcome(
        value=sigma,
        steps=known.steps,
        meaning=meaning + ".",
        also={**also},
        units={"lead_time_demand_mean": "item", "share_from_lead_time": "fraction"},
        warnings=known.warnings,
        assumptions=known.assumptions,
    )

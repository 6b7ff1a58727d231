"""The safety factor z: from a service level, and back."""

from typing import ClassVar

from tools.metrics.books import SILVER
from tools.metrics.families.lead_time_demand import AGREED, FARTHEST_Z, STOCKOUT_RISK
from tools.metrics.families.service_level import FAMILY
from tools.metrics.given import Either, Given, either, quantity
from tools.metrics.loss import above, below, unit_loss, z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import SERVICE_LEVEL, Z_VALUE


class ServiceWanted(Given):
    """A service level, or the probability of a stockout that it leaves."""

    either: ClassVar[tuple[Either, ...]] = (either("service_level", "stockout_probability"),)

    service_level: float | None = quantity(SERVICE_LEVEL, default=None, gt=0, lt=1)
    stockout_probability: float | None = quantity(STOCKOUT_RISK, default=None, gt=0, le=0.5)


def _level(given: ServiceWanted) -> float:
    if given.stockout_probability is None:
        return given.service_level or 0.0
    level = 1 - given.stockout_probability
    if given.service_level is not None and abs(level - given.service_level) > AGREED:
        raise Refusal(
            "stockout_probability",
            f"a stockout in {percent(given.stockout_probability)} of cycles is a service level of {percent(level)}, "
            f"not {percent(given.service_level)}; leave one out",
        )
    return level


@metric(
    id="z_value",
    name="Safety factor (z)",
    aliases=("z value", "z score", "z-score", "safety factor", "service factor", "normal quantile",
             "safety stock factor",
             "Sicherheitsfaktor", "z-Wert"),
    family=FAMILY,
    unit="",
    formula=r"z = \Phi^{-1}(CSL)",
    source=f"{SILVER} Ch. 6.",
    note="Safety factor",
    published=(
        Published("Table of the standard normal distribution: 95 %", {"service_level": 0.95}, {"value": 1.645},
        within=5e-4, absolute=True),
        Published("Table of the standard normal distribution: 99 %", {"service_level": 0.99}, {"value": 2.326},
        within=5e-4, absolute=True),
    ),
)  # fmt: skip
def z_value(given: ServiceWanted) -> Outcome:
    """Return how many standard deviations of lead-time demand a cycle service level takes as safety stock.

    A service level and a probability of a stockout that disagree are refused.
    """
    level = _level(given)
    z = z_of(level)
    return Outcome(
        value=z,
        steps=[f"z = Φ⁻¹(service level) = Φ⁻¹({number(level)}) = {number(z)}"],
        meaning=(
            f"A service level of {percent(level)} takes a safety stock of {number(z)} standard "
            "deviations of lead-time demand."
        ),
        also={"unit_loss": unit_loss(z)},
        warnings=["Below 50 % the factor is negative: less than average demand would be held."] if z < 0 else [],
    )


class ZGiven(Given):
    """A safety factor."""

    z: float = quantity(Z_VALUE, ge=-FARTHEST_Z, le=FARTHEST_Z)


@metric(
    id="service_level_from_z",
    name="Service level of a safety factor",
    aliases=("service level for a z score", "probability of z",
             "Servicegrad zum Sicherheitsfaktor", "service level for a z", "service level for z",
             "service level of z", "service level at z", "cycle service level for z",
             "which service level is z", "Servicegrad zu z", "Servicegrad bei z"),
    family=FAMILY,
    unit="fraction",
    formula=r"CSL = \Phi(z)",
    source=f"{SILVER} Ch. 6.",
    note="Safety factor",
    published=(Published("Table of the standard normal distribution: z = 1.65", {"z": 1.65}, {"value": 0.9505},
               within=5e-5, absolute=True),),
)  # fmt: skip
def service_level_from_z(given: ZGiven) -> Outcome:
    """Return the cycle service level that a safety factor gives with normal demand."""
    level = below(given.z)
    return Outcome(
        value=level,
        steps=[f"service level = Φ(z) = Φ({number(given.z)}) = {percent(level)}"],
        meaning=(
            f"A safety stock of {number(given.z)} standard deviations lets {percent(level)} of cycles end "
            "without a stockout."
        ),
        also={"stockout_probability": above(given.z), "unit_loss": unit_loss(given.z)},
        units={"stockout_probability": "fraction"},
    )

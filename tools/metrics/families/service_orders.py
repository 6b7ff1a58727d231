"""Orders as the customer sees them: on time and in full (OTIF), counted, or estimated from two rates."""

from tools.metrics.families.service_fill_rates import FAMILY, ORDERS
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import counted_part, share, small
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent, plural

NOVACK = (
    "Novack, R. A. & Thomas, D. J. (2004). The challenges of implementing the perfect order concept. "
    "Transportation Journal 43(1), 5-16."
)

BOTH = Spoken(
    "orders both on time and in full",
    "order/period",
    words=("orders both on time and in full", "on time and in full", "on-time in-full", "both on time and in full",
           "on time in full", "both", "OTIF orders", "met both", "passed both", "did both", "perfect deliveries",
           "ok", "on time & in full", "pünktlich und vollständig", "rechtzeitig und vollständig", "beides"),
)  # fmt: skip
FAILED = Spoken(
    "orders late or incomplete",
    "order/period",
    words=("orders late or incomplete", "late or incomplete", "late or short", "late and/or incomplete",
           "late or not complete", "incomplete or late", "short or late", "failed orders", "failed", "missed OTIF",
           "failed OTIF", "OTIF failures", "not OTIF", "OTIF misses", "missed", "late or partial",
           "verspätet oder unvollständig", "zu spät oder unvollständig"),
)  # fmt: skip
ON_TIME = Spoken(
    "orders on time",
    "order/period",
    words=("orders on time", "on time", "on-time", "arrived on time", "delivered on time", "punctual", "on schedule",
           "OT", "pünktlich", "termingerecht", "rechtzeitig"),
)  # fmt: skip
IN_FULL = Spoken(
    "orders in full",
    "order/period",
    words=("orders in full", "in full", "in-full", "complete", "delivered in full", "arrived complete", "full quantity",
           "IF", "vollständig", "komplett"),
)  # fmt: skip
ON_TIME_RATE = Spoken(
    "on-time rate",
    "fraction",
    words=("on-time rate", "on time rate", "on time", "on-time", "on-time delivery", "OTD", "punctuality",
           "delivery on time", "Termintreue", "pünktlich"),
    because="it is a share of orders",
)  # fmt: skip
IN_FULL_RATE = Spoken(
    "in-full rate",
    "fraction",
    words=("in-full rate", "in full rate", "in full", "in-full", "complete", "completeness", "fill rate",
           "order completeness", "vollständig", "Vollständigkeit"),
    because="it is a share of orders",
)  # fmt: skip

LATE = Spoken(
    "orders late",
    "order/period",
    words=("orders late", "late", "too late", "came late", "arrived late", "were late", "delayed", "overdue",
           "verspätet", "zu spät"),
)  # fmt: skip
INCOMPLETE = Spoken(
    "orders incomplete",
    "order/period",
    words=("orders incomplete", "incomplete", "short", "were short", "came short", "short-shipped", "short shipped",
           "not complete", "partial", "unvollständig", "zu wenig"),
)  # fmt: skip
LATE_AND_INCOMPLETE = Spoken(
    "orders both late and incomplete",
    "order/period",
    words=("orders both late and incomplete", "both late and incomplete", "late and incomplete", "both late and short",
           "late and short", "in both groups", "both groups", "both problems", "both faults", "both", "beides"),
)  # fmt: skip


class OtifInputs(Given):
    """Orders due, and those on time and in full, or those that were not; the counts of each alone are checked.

    Those that were not can also be given as those late, those incomplete, and those that are counted in both.
    """

    either = (either("on_time_in_full", "failed", ("late", "incomplete", "late_and_incomplete")),)

    orders: float = quantity(ORDERS, gt=0)
    on_time_in_full: float | None = quantity(BOTH.also("on time and complete", "arrived on time and complete",
        "complete and on time", "in full and on time", "in full on time", "on time and full", "perfect",
        "met both targets", "successful", "fulfilled on time and in full", "correct", "pünktlich und komplett",
        "pünktlich und in voller Menge", "vollständig und pünktlich", "komplett und pünktlich",
        "termin- und mengentreu"), default=None, ge=0)  # fmt: skip
    failed: float | None = quantity(FAILED.also("failed on time or in full", "late or incomplete orders",
        "problems", "with problems", "had a problem", "not on time in full", "not on time or not in full",
        "did not meet", "failures", "nicht OTIF",
        "verspätet oder unvollständig geliefert"), default=None, ge=0)  # fmt: skip
    on_time: float | None = quantity(ON_TIME, default=None, ge=0)
    in_full: float | None = quantity(IN_FULL, default=None, ge=0)
    late: float | None = quantity(LATE, default=None, ge=0)
    incomplete: float | None = quantity(INCOMPLETE, default=None, ge=0)
    late_and_incomplete: float | None = quantity(LATE_AND_INCOMPLETE, default=None, ge=0)


@metric(
    id="otif",
    name="On time in full (OTIF)",
    aliases=("OTIF", "on time in full", "on-time in-full", "on-time-in-full", "DIFOT", "delivered in full on time",
             "OTIF rate", "OTIF score", "on time and in full rate", "Liefertreue", "pünktlich und vollständig Quote"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{OTIF} = \frac{N_{\text{on time and in full}}}{N_{\text{orders due}}}",
    source="Davies, A., Lal, S., Perez, F. & Potdar, S. (2019). Defining 'on-time, in-full' in the consumer sector. "
           "McKinsey & Company.",
    note="OTIF",
    published=(
        Published(
            "calcsimpler.com, OTIF delivery rate, first example",
            {"orders": 1_200.0, "on_time_in_full": 1_080.0},
            {"value": 0.9, "orders_failed": 120.0},
        ),
        Published(
            "calcsimpler.com, OTIF delivery rate, second example",
            {"orders": 450.0, "on_time_in_full": 440.0},
            {"value": 0.9778},
            within=5e-5,
            absolute=True,
        ),
    ),
)  # fmt: skip
def otif(given: OtifInputs) -> Outcome:
    """Return the share of orders due (or lines, cases) that came on time and also in full, counted order by order.

    Orders late and orders incomplete add up less those that are counted in both. The counts of orders on time, and of
    orders in full, are optional; with both, the product of their rates is returned to show how far it is off. Refuses
    counts that contradict one another.
    """
    orders = given.orders
    names = ("on_time_in_full", "failed", "orders")
    labels = ("orders both on time and in full", "orders late or incomplete", "orders")
    failed, steps = _failed(given)
    both = counted_part(given.on_time_in_full, failed, orders, names, labels)
    rate = both / orders
    steps += [f"OTIF = orders on time and in full / orders due = {number(both)} / {number(orders)} = {number(rate)}"]
    also: dict[str, float] = {"orders_failed": orders - both}
    for name, count, label in (
        ("on_time", given.on_time, "orders on time"),
        ("in_full", given.in_full, "orders in full"),
    ):
        if count is None:
            continue
        also[f"{name}_rate"] = share(count, orders, name, (label, "orders"))
        if both > count:
            raise Refusal(
                "on_time_in_full",
                f"orders both on time and in full ({number(both)}) cannot exceed {label} ({number(count)})",
            )
        steps.append(
            f"{name.replace('_', '-')} rate = {label} / orders due = {number(count)} / {number(orders)} = "
            f"{number(also[f'{name}_rate'])}"
        )
    if given.on_time is not None and given.in_full is not None:
        least = given.on_time + given.in_full - orders
        if both < least:
            raise Refusal(
                "on_time_in_full",
                f"with {number(given.on_time)} orders on time and {number(given.in_full)} in full out of "
                f"{number(orders)}, at least "
                f"{number(least)} must be both, but only {number(both)} are given",
            )
        product = also["on_time_rate"] * also["in_full_rate"]
        also |= {"late_and_short": both - least, "product_of_rates": product}
        steps.append(
            f"product of the rates, for comparison = {number(also['on_time_rate'])} × {number(also['in_full_rate'])} "
            f"= {number(product)}"
        )
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"{percent(rate)} of orders came on time and complete; {plural(orders - both, 'order')} failed on at "
        f"least one of the two.",
        also=dict(also),
        units={name: "order/period" if name in ("orders_failed", "late_and_short") else "fraction" for name in also},
        warnings=small(orders, "orders"),
    )


def _failed(given: OtifInputs) -> tuple[float | None, list[str]]:
    """Return the orders late or incomplete, with the step that counts them, as far as they are given.

    Raises:
        Refusal: when more are counted in both than in one of the two, or the count contradicts one that is given.
    """
    late, short, both = given.late, given.incomplete, given.late_and_incomplete
    if late is None or short is None or both is None:
        return given.failed, []
    if both > min(late, short):
        raise Refusal(
            "late_and_incomplete",
            f"orders both late and incomplete ({number(both)}) cannot exceed those late ({number(late)}) or those "
            f"incomplete ({number(short)})",
        )
    failed = late + short - both
    if given.failed is not None and given.failed != failed:
        raise Refusal(
            "failed",
            f"{number(late)} late and {number(short)} incomplete, {number(both)} of them both, make {number(failed)} "
            f"orders late or incomplete, not {number(given.failed)}; leave one of them out",
        )
    step = f"late or incomplete = {number(late)} + {number(short)} - {number(both)} = {number(failed)}"
    return failed, [step]


class OtifEstimateInputs(Given):
    """The on-time rate and the in-full rate, or the counts they come from."""

    either = (either("on_time_rate", ("on_time", "orders")), either("in_full_rate", ("in_full", "orders")))

    on_time_rate: float | None = quantity(ON_TIME_RATE, default=None, ge=0, le=1)
    in_full_rate: float | None = quantity(IN_FULL_RATE, default=None, ge=0, le=1)
    on_time: float | None = quantity(ON_TIME, default=None, ge=0)
    in_full: float | None = quantity(IN_FULL, default=None, ge=0)
    orders: float | None = quantity(ORDERS, default=None, gt=0)


@metric(
    id="otif_estimate",
    name="OTIF estimated from two rates",
    aliases=("estimated OTIF", "OTIF estimate", "OTIF from rates", "OTIF as a product", "approximate OTIF",
             "geschätzte Liefertreue"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{OTIF} \approx r_{\text{on time}} \, r_{\text{in full}}",
    source=NOVACK,
    note="OTIF",
    published=(
        Published(
            "Logistics dashboard of Balutech: 95 % on time, 90 % in full",
            {"on_time_rate": 0.95, "in_full_rate": 0.9},
            {"value": 0.855},
        ),
    ),
)  # fmt: skip
def otif_estimate(given: OtifEstimateInputs) -> Outcome:
    """Return the product of the on-time and in-full rates, which is OTIF only if lateness and shortage are independent.

    The bounds between which OTIF must lie whatever their dependence are further results (Fréchet's inequalities).
    """
    on_time = _rate(given.on_time_rate, given.on_time, given.orders, "on_time", "orders on time")
    in_full = _rate(given.in_full_rate, given.in_full, given.orders, "in_full", "orders in full")
    low, high, estimate = max(0.0, on_time + in_full - 1), min(on_time, in_full), on_time * in_full
    return Outcome(
        value=estimate,
        steps=[
            f"OTIF estimate = on-time rate × in-full rate = {number(on_time)} × {number(in_full)} = {number(estimate)}",
            f"least possible OTIF = on-time rate + in-full rate - 1, at least 0 = {number(low)}",
            f"largest possible OTIF = the smaller of the two rates = {number(high)}",
        ],
        meaning=f"OTIF is near {percent(estimate)} if late and short orders fall at random, and surely from "
        f"{percent(low)} to {percent(high)}.",
        also={"lowest_possible": low, "highest_possible": high},
        units={"lowest_possible": "fraction", "highest_possible": "fraction"},
        warnings=[
            "This is an estimate: OTIF is counted order by order. Multiplying is right only if late and short orders "
            "are unrelated; "
            "give the number of orders that were both on time and in full for the real figure."
        ],
    )


def _rate(rate: float | None, count: float | None, orders: float | None, name: str, label: str) -> float:
    if rate is not None:
        return rate
    return share(count or 0.0, orders or 1.0, name, (label, "orders"))

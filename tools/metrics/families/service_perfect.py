"""Perfect orders: counted, or estimated as the product of component rates."""

from math import prod

from tools.metrics.checks import agree
from tools.metrics.families.service_fill_rates import FAMILY, ORDERS
from tools.metrics.families.service_orders import IN_FULL_RATE, NOVACK, ON_TIME_RATE
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, Scor, metric
from tools.metrics.parts import share, small
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.sequences import Number
from tools.metrics.shown import number, percent, plural

DAMAGE_FREE = Spoken(
    "damage-free rate",
    "fraction",
    words=("damage-free rate", "damage free", "damage-free", "undamaged", "without damage", "perfect condition",
           "in good condition", "no damage", "defect free", "unbeschädigt", "schadensfrei"),
    because="it is a share of orders",
)  # fmt: skip
DOCUMENTS = Spoken(
    "documentation accuracy",
    "fraction",
    words=("documentation accuracy", "documentation accurate", "correct documents", "documentation",
           "accurate documentation", "paperwork", "invoice accuracy", "correct invoice", "accurate invoice",
           "documents", "richtige Papiere", "fehlerfreie Dokumente"),
    because="it is a share of orders",
)  # fmt: skip
DAMAGED = Spoken(
    "damage rate",
    "fraction",
    words=("damage rate", "damaged", "with damage", "broken", "arrived damaged", "orders damaged", "beschädigt",
           "Schadensquote", "Bruchquote"),
    because="it is a share of orders",
)  # fmt: skip
OTHER_RATES = Spoken(
    "rates of further components",
    "fraction",
    words=("further components", "other components", "other rates", "components", "order entry accuracy",
           "pick accuracy", "billing accuracy", "weitere Komponenten"),
    because="each is a share of orders",
)  # fmt: skip
PERFECT = Spoken(
    "perfect orders",
    "order/period",
    words=("perfect orders", "perfect", "faultless orders", "orders without any fault", "without fault",
           "error-free orders", "error-free", "error free", "flawless", "without error", "without any problem",
           "fehlerfreie Aufträge", "perfekte Aufträge", "fehlerfrei"),
)  # fmt: skip
IMPERFECT = Spoken(
    "orders with a fault",
    "order/period",
    words=("orders with a fault", "imperfect orders", "faulty orders", "orders with errors",
           "orders with at least one fault", "had a fault", "failed orders", "failures", "failed",
           "had a problem", "something wrong",
           "had something wrong", "went wrong", "had an error", "had an issue", "complaints", "imperfect", "faulty",
           "fehlerhafte Aufträge"),
)  # fmt: skip


class PerfectOrderInputs(Given):
    """Orders of a period, and those without any fault, or those with at least one."""

    either = (either("perfect_orders", "imperfect_orders"),)

    orders: float = quantity(ORDERS, gt=0)
    perfect_orders: float | None = quantity(PERFECT, default=None, ge=0)
    imperfect_orders: float | None = quantity(IMPERFECT.also("defect", "some defect", "had some defect",
        "had an issue", "with a problem", "with problems", "with an error", "with errors", "with a defect",
        "fault", "faults", "not perfect", "had errors", "problems", "flawed", "complaint", "returned",
        "Beanstandungen", "mit Fehler", "mit Fehlern", "reklamiert"), default=None, ge=0)  # fmt: skip


@metric(
    id="perfect_order",
    name="Perfect order rate",
    aliases=("perfect order fulfillment", "perfect order fulfilment", "perfect order percentage", "POF", "POR",
             "share of perfect orders", "perfect customer order fulfillment", "counted perfect orders",
             "Anteil fehlerfreier Aufträge", "Quote perfekter Aufträge"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{POR} = \frac{N_{\text{perfect}}}{N_{\text{orders}}}",
    source="ASCM (2022). SCOR Digital Standard, RL.1.1 Perfect Customer Order Fulfillment.",
    note="Perfect order",
    scor=Scor("RL.1.1", "exact"),
    published=(
        Published(
            "supplychainpedia.com, perfect order rate",
            {"orders": 500.0, "perfect_orders": 475.0},
            {"value": 0.95},
        ),
    ),
)  # fmt: skip
def perfect_order(given: PerfectOrderInputs) -> Outcome:
    """Return the share of orders without any fault (late, short, damaged, wrong documents), counted order by order.

    Refuses more perfect or imperfect orders than orders, and both if they do not add up.
    """
    orders = given.orders
    if given.perfect_orders is not None:
        perfect = given.perfect_orders
        if given.imperfect_orders is not None and abs(perfect + given.imperfect_orders - orders) > 1e-6 * orders:
            total = number(perfect + given.imperfect_orders)
            reason = f"perfect orders and orders with a fault add up to {total}, but there are {number(orders)} orders"
            raise Refusal("imperfect_orders", reason)
        rate = share(perfect, orders, "perfect_orders", ("perfect orders", "orders"))
        step = f"perfect order rate = perfect orders / orders = {number(perfect)} / {number(orders)} = {number(rate)}"
    else:
        faulty = given.imperfect_orders or 0.0
        rate = 1 - share(faulty, orders, "imperfect_orders", ("orders with a fault", "orders"))
        perfect = orders - faulty
        shown = f"{number(faulty)} / {number(orders)}"
        step = f"perfect order rate = 1 - orders with a fault / orders = 1 - {shown} = {number(rate)}"
    return Outcome(
        value=rate,
        steps=[step],
        meaning=f"{percent(rate)} of orders went without any fault; {plural(orders - perfect, 'order')} cost somebody "
        f"extra work.",
        also={"orders_with_a_fault": orders - perfect},
        units={"orders_with_a_fault": "order/period"},
        warnings=small(orders, "orders"),
    )


class PerfectOrderIndexInputs(Given):
    """The share of orders that pass each component of a perfect order; of damage, the share that had some will do."""

    on_time: float = quantity(ON_TIME_RATE, ge=0, le=1)
    in_full: float = quantity(IN_FULL_RATE.also("in full", "full", "quantity correct", "order fill",
        "right quantity"), ge=0, le=1)  # fmt: skip
    damage_free: float | None = quantity(DAMAGE_FREE, default=None, ge=0, le=1)
    damaged: float | None = quantity(DAMAGED, default=None, ge=0, le=1)
    documentation_accurate: float | None = quantity(
        DOCUMENTS.also("correct invoices", "right invoice", "invoices correct", "correct docs", "docs correct",
            "accurate invoices", "correctly invoiced", "invoice correct", "right paperwork", "clean documents",
            "error-free documents", "korrekte Rechnung",
            "korrekte Papiere"), default=None, assumed="every order had correct documents", ge=0, le=1
    )  # fmt: skip
    other: dict[str, Number] | None = quantity(OTHER_RATES, default=None, max_length=20)

    def rates(self) -> dict[str, float]:
        """Return the rates that were given by name."""
        named = {"on time": self.on_time, "in full": self.in_full}
        if self.damage_free is not None:
            named["damage-free"] = self.damage_free
        elif self.damaged is not None:
            named["damage-free"] = 1 - self.damaged
        if self.documentation_accurate is not None:
            named["documentation accurate"] = self.documentation_accurate
        return named | (self.other or {})


def _components_chart(given: PerfectOrderIndexInputs, outcome: Outcome) -> Chart:
    rates = given.rates()
    worst = min(rates, key=lambda name: rates[name])
    return Chart(
        kind="bar",
        title="Perfect order index and its components",
        x_label="component",
        y_label="share of orders (%)",
        series=[
            Series(
                name="share", x=[*rates, "all together"], y=[100 * rate for rate in (*rates.values(), outcome.value)]
            )
        ],
        summary=f"All components together pass {percent(outcome.value)} of orders; the weakest one, {worst}, passes "
        f"{percent(rates[worst])}.",
    )


@metric(
    id="perfect_order_index",
    name="Perfect order index",
    aliases=("POI", "perfect order product", "multiplied perfect order rate", "perfect order from component rates",
             "perfect order score", "estimated perfect order rate", "Perfect-Order-Index"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{POI} = r_{\text{on time}} \, r_{\text{in full}} \, r_{\text{undamaged}} \, r_{\text{documents}}",
    source=NOVACK,
    note="Perfect order",
    scor=Scor("RL.1.1", "partial"),
    published=(
        Published(
            "MBA course notes on logistics: 95 % on time, 98 % in full, 99 % undamaged, 97 % documents right (exact "
            "product)",
            {"on_time": 0.95, "in_full": 0.98, "damage_free": 0.99, "documentation_accurate": 0.97},
            {"value": 0.8940},
            within=1e-4,
            absolute=True,
        ),
        Published(
            "APQC Open Standards Benchmarking, perfect order performance",
            {"on_time": 0.98, "in_full": 0.97, "damage_free": 0.99, "documentation_accurate": 0.82},
            {"value": 0.7716},
            within=1e-4,
            absolute=True,
        ),
    ),
    chart=_components_chart,
)  # fmt: skip
def perfect_order_index(given: PerfectOrderIndexInputs) -> Outcome:
    """Return the product of the component rates: the perfect order rate if faults are independent of one another.

    The bounds of the true rate without that assumption, and the component that costs most, are further results.
    """
    rates = given.rates()
    if given.damage_free is not None and given.damaged is not None:
        agree("damaged", 1 - given.damaged, given.damage_free, "damage rate", "the damage-free rate")
    for name, rate in rates.items():
        if not 0 <= rate <= 1:
            raise Refusal("other", f"{name} must be between 0 and 1 (a share of orders), but it is {number(rate)}")
    index = prod(rates.values())
    low, high = max(0.0, 1 - sum(1 - rate for rate in rates.values())), min(rates.values())
    weakest = min(rates, key=lambda name: rates[name])
    factors = " × ".join(number(rate) for rate in rates.values())
    return Outcome(
        value=index,
        steps=[
            f"perfect order index = {' × '.join(rates)} = {factors} = {number(index)}",
            f"least possible = 1 - sum of all failure rates, at least 0 = {number(low)}; largest possible = weakest "
            f"rate = {number(high)}",
        ],
        meaning=f"About {percent(index)} of orders pass every test if faults are unrelated; most is lost by "
        f"'{weakest}' ({percent(high)}).",
        also={"lowest_possible": low, "highest_possible": high, "weakest_component": weakest},
        units={"lowest_possible": "fraction", "highest_possible": "fraction"},
        assumptions=[] if "damage-free" in rates else ["no order was damaged"],
        warnings=[
            "The product takes faults to be independent; counting the orders without any fault gives the real rate."
        ],
    )

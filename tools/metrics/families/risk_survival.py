"""How long supply lasts when a node is lost."""

from dataclasses import dataclass

from tools.metrics.given import DAYS, Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, plural
from tools.metrics.vocabulary import DEMAND

FAMILY = "Risk and resilience"
SIMCHI_2015 = (
    "Simchi-Levi, D., Schmidt, W., Wei, Y., Zhang, P. Y., Combs, K. et al. (2015). Identifying risks and mitigating "
    "disruptions in the automotive supply chain. Interfaces 45(5), 375-390."
)
EXAMPLE = "Worked example made from the definition of time to survive in Simchi-Levi et al. (2015)"

BUFFER = {"stock": 4200.0, "demand": 300.0, "alternate_capacity": 100.0}
SEALS = {"stock": 4800.0, "demand": 1200.0, "alternate_capacity": 240.0}

STOCK = Spoken(
    "usable stock",
    "item",
    words=("usable stock", "stock", "inventory", "on hand", "in stock", "we hold", "stock on hand", "buffer",
           "buffer stock", "inventory plus pipeline", "finished goods", "we have", "units left", "left in stock",
           "how long will", "how long do", "how long does", "Bestand", "Lagerbestand", "Vorrat"),
    symbols=("S", "I"),
)  # fmt: skip
PIPELINE = Spoken(
    "stock on its way",
    "item",
    words=("stock on its way", "pipeline", "pipeline stock", "in transit", "on order", "on the water",
           "already shipped", "goods in transit", "unterwegs", "Transitbestand"),
)  # fmt: skip
COVER = Spoken(
    "stock cover",
    "period",
    words=("stock cover", "cover", "coverage", "weeks of stock", "days of stock", "weeks of supply",
           "weeks of cover", "stock lasts", "lasts", "stock for", "buffer of", "Reichweite", "Bestandsreichweite",
           "Vorrat reicht"),
)  # fmt: skip
USE = DEMAND.also("usage", "consumption", "we use", "we consume", "need", "last at", "lasts at", "demand rate")
ALTERNATE = Spoken(
    "capacity of alternates",
    "item/period",
    words=("alternate capacity", "alternative capacity", "capacity of alternates", "backup capacity",
           "second source", "second supplier", "second source supplies", "second supplier delivers",
           "other supplier can deliver", "alternates can supply", "backup supplier", "other sources", "can deliver",
           "Ausweichkapazität", "Zweitlieferant", "Ersatzkapazität"),
)  # fmt: skip
ALTERNATE_SHARE = Spoken(
    "share of demand that alternates supply",
    "fraction",
    words=("alternate share", "share of alternates", "share from alternates", "alternates cover",
           "second source covers", "backup covers", "second supplier covers", "covered by others",
           "of demand from alternates", "Anteil der Alternativen", "Zweitlieferant deckt"),
    symbols=("a",),
)  # fmt: skip
DELAY = Spoken(
    "time until alternates start",
    "period",
    words=("time until alternates start", "start-up time", "switch time", "switching time",
           "alternates start after", "ramp-up of the alternate", "second source ready in", "qualification takes",
           "Umschaltzeit", "Anlaufzeit"),
)  # fmt: skip


class SurvivalInputs(Given):
    """Stock and demand, or the time that the stock covers, and what alternates supply."""

    either = (either("stock_cover", ("stock", "demand")),)

    stock: float | None = quantity(STOCK.also("inventory of", "stock of", "hold", "holds", "we still have",
        "remaining stock", "units of stock", "on site", "supply", "parts in stock", "in the warehouse",
        "Vorrat von", "Lagerbestand von", "auf Lager", "vorrätig"), default=None, ge=0)  # fmt: skip
    pipeline: float = quantity(PIPELINE.also("on the way", "plus in transit", "on water", "incoming",
        "underway", "auf dem Weg", "im Zulauf", "Transit"), default=0.0, ge=0)  # fmt: skip
    demand: float | None = quantity(USE.also("use", "uses", "used", "consumes", "consume", "burn", "burns",
        "burn rate", "daily use", "daily usage", "weekly use", "run rate", "goes out", "production needs",
        "line needs", "Tagesbedarf", "verbrauchen", "brauchen", "verbraucht"), default=None, gt=0)  # fmt: skip
    stock_cover: float | None = quantity(COVER.also("days of cover", "weeks of cover", "days cover",
        "weeks cover", "days of inventory", "covers", "cover of", "days of supply", "lasts for",
        "stock lasts for", "we have stock for", "Tage Reichweite", "reicht",
        "reicht für"), default=None, ge=0)  # fmt: skip
    alternate_capacity: float | None = quantity(ALTERNATE, default=None, ge=0)
    alternate_share: float | None = quantity(ALTERNATE_SHARE, default=None, ge=0, le=1)
    alternate_delay: float = quantity(DELAY, default=0.0, ge=0)


@dataclass(frozen=True)
class Supply:
    """What is left when a node is lost: in units, or, with `counted` false, in periods of demand."""

    held: float
    demand: float
    alternates: float
    delay: float
    counted: bool
    steps: tuple[str, ...]

    @property
    def drain(self) -> float:
        """What stock loses a period once alternates supply."""
        return max(0.0, self.demand - self.alternates)

    @property
    def lasts(self) -> float | None:
        """Periods until supply falls short; None if it never does."""
        if self.held < self.demand * self.delay:
            return self.held / self.demand
        return self.delay + (self.held - self.demand * self.delay) / self.drain if self.drain > 0 else None

    def lost(self, recover: float) -> float:
        """Return what demand is not served until the node is back."""
        before = max(0.0, self.demand * min(self.delay, recover) - self.held)
        left = max(0.0, self.held - self.demand * self.delay)
        return before + max(0.0, self.drain * max(0.0, recover - self.delay) - left)

    def step(self, lasts: float) -> str:
        """Return the line that shows how long supply lasts."""
        held, drawn, other = (
            ("stock", "demand", "alternate capacity") if self.counted else ("cover", "1", "alternate share")
        )
        words, shown = drawn, number(self.demand)
        if self.alternates:
            words, shown = f"({drawn} - {other})", f"({shown} - {number(self.alternates)})"
        if self.held < self.demand * self.delay:
            return (
                f"time to survive = {held} / demand = {number(lasts)}, as alternates start only after "
                f"{number(self.delay)}"
            )
        if self.delay:
            return (
                f"time to survive = delay + ({held} - demand · delay) / {words} = {number(self.delay)} + "
                f"({number(self.held)} - {number(self.demand)} · {number(self.delay)}) / {shown} = {number(lasts)}"
            )
        if not self.counted and not self.alternates:
            return f"time to survive = cover = {number(lasts)}"
        return f"time to survive = {held} / {words} = {number(self.held)} / {shown} = {number(lasts)}"


def supply_of(given: SurvivalInputs) -> Supply:
    """Return what is left when a node is lost; refuses numbers of units without a demand."""
    if given.alternate_capacity is not None and given.alternate_share is not None:
        raise Refusal(
            "alternate_share", "alternates are given both as a capacity and as a share of demand; give one of them"
        )
    if given.demand is None:
        needing = {
            "stock": given.stock,
            "pipeline": given.pipeline or None,
            "alternate_capacity": given.alternate_capacity,
        }
        for name, amount in needing.items():
            if amount is not None:
                raise Refusal(
                    "demand",
                    f"{name.replace('_', ' ')} of {number(amount)} units is compared with demand; give the demand",
                )
        return Supply(given.stock_cover or 0.0, 1.0, given.alternate_share or 0.0, given.alternate_delay, False, ())
    steps = []
    stock = given.stock
    if stock is None:
        stock = (given.stock_cover or 0.0) * given.demand
        steps.append(
            f"stock = cover · demand = {number(given.stock_cover or 0)} · {number(given.demand)} = {number(stock)}"
        )
    held = stock + given.pipeline
    if given.pipeline:
        steps.append(f"stock with pipeline = {number(stock)} + {number(given.pipeline)} = {number(held)}")
    alternates = given.alternate_capacity or 0.0
    if given.alternate_share is not None:
        alternates = given.alternate_share * given.demand
        steps.append(
            f"alternate capacity = share · demand = {number(given.alternate_share)} · {number(given.demand)} = "
            f"{number(alternates)}"
        )
    return Supply(held, given.demand, alternates, given.alternate_delay, True, tuple(steps))


@metric(
    id="time_to_survive",
    name="Time to survive",
    aliases=("TTS", "survival time", "how long can we survive", "how long can we keep supplying",
             "how long does stock last without the supplier", "time until we run out", "run-out time",
             "Überlebenszeit", "Durchhaltezeit", "Time-to-Survive"),
    family=FAMILY,
    unit="period",
    formula=(r"\text{TTS} = \frac{\text{stock} + \text{pipeline}}{\text{demand} - \text{alternate capacity}} = "
        r"\frac{S}{1 - a}"),
    source=SIMCHI_2015,
    note="Time to survive",
    period="demand",
    published=(
        Published(
            EXAMPLE,
            BUFFER,
            {"value": 21.0},
        ),
        Published(
            "Knowledge note on time to survive: shaft seals, 4,800 in stock, 1,200 a week used, 240 a week from a "
            "second supplier",
            SEALS,
            {"value": 5.0},
        ),
    ),
)  # fmt: skip
def time_to_survive(given: SurvivalInputs) -> Outcome:
    """Return how long demand can be served from stock and alternates after a node is lost, in periods.

    Alternates may start late. Refuses alternates that supply all of demand, since supply then never runs out.
    """
    supply = supply_of(given)
    result = supply.lasts
    if result is None:
        name = "alternate_capacity" if given.alternate_capacity is not None else "alternate_share"
        amount = (
            f"{number(given.alternate_capacity)} against a demand of {number(given.demand or 0)}"
            if given.alternate_capacity
            else "100 %"
        )
        raise Refusal(
            name, f"alternates cover all of demand ({amount}), so supply never runs out and there is no time to survive"
        )
    also = {"stock_cover": supply.held / supply.demand, "alternate_share": supply.alternates / supply.demand}
    units = {"stock_cover": "period", "alternate_share": "fraction"}
    if given.period in DAYS and given.period != "day":
        also["days"] = result * DAYS[given.period]
        units["days"] = "day"
    meaning = (
        f"Without this source, demand can be served for {plural(result, given.period)}; recovery must be "
        f"faster, or sales are lost."
    )
    assumptions = ["demand stays as it is, and all of the stock is usable"]
    if supply.alternates and not given.alternate_delay:
        assumptions.append("alternates start at once")
    return Outcome(
        value=result,
        steps=[*supply.steps, supply.step(result)],
        meaning=meaning,
        also={**also},
        units=units,
        assumptions=assumptions,
    )

"""Stock that is not needed: excess and obsolete stock, dead stock."""

from tools.metrics.books import RICHARDS
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import part_of
from tools.metrics.result import Outcome
from tools.metrics.shown import number, percent

FAMILY = "Warehouse"
EXCESS_HIGH = 0.3

TOTAL = Spoken(
    "total stock",
    "",
    words=("total stock", "total inventory", "inventory", "stock", "total", "out of", "inventory value", "stock value",
           "whole stock", "stock in total", "all stock", "in stock", "in inventory", "overall inventory",
           "on the books", "entire inventory", "total inventory value", "worth of stock", "in total", "altogether",
           "Gesamtbestand", "Bestand", "Lagerbestand", "Lagerwert", "insgesamt"),
)  # fmt: skip


class ExcessInputs(Given):
    """Stock in total, and what of it is excess, obsolete or both, or what is usable; in money or units."""

    either = (either(("excess", "obsolete"), "excess", "obsolete", "excess_and_obsolete", "usable"),)

    total_stock: float = quantity(TOTAL, gt=0)
    excess: float | None = quantity(
        Spoken(
            "excess stock",
            "",
            words=("excess stock", "excess", "surplus", "overstock", "too much", "excess inventory", "surplus stock",
                   "overstocked", "Überbestand", "Überbestände"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    obsolete: float | None = quantity(
        Spoken(
            "obsolete stock",
            "",
            words=("obsolete stock", "obsolete", "obsolescence", "outdated", "expired", "obsolete inventory",
                   "superseded", "phased out", "no longer sellable", "veraltet", "obsolet", "überaltert"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    excess_and_obsolete: float | None = quantity(
        Spoken(
            "excess and obsolete stock",
            "",
            words=("excess and obsolete stock", "excess and obsolete", "E&O", "excess or obsolete", "E and O",
                   "excess & obsolete", "EO stock", "E&O stock", "slow and obsolete", "SLOB", "SLOB stock",
                   "slow-moving and obsolete", "Überbestand und veraltet"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    usable: float | None = quantity(
        Spoken(
            "usable stock",
            "",
            words=(
                "usable stock",
                "usable",
                "healthy",
                "active",
                "good stock",
                "current",
                "needed",
                "active stock",
                "healthy stock",
                "gängig",
                "nutzbar",
            ),
        ),
        default=None,
        ge=0,
    )


@metric(
    id="excess_obsolete_share",
    name="Share of excess and obsolete stock",
    aliases=("excess and obsolete share", "E&O share", "E&O percentage", "E&O ratio", "excess and obsolete ratio",
             "excess and obsolete percentage", "share of excess and obsolete inventory",
             "obsolete inventory percentage",
             "obsolete stock percentage", "share of obsolete stock", "excess inventory percentage",
             "excess stock share",
             "obsolescence rate", "excess stock percentage", "SLOB percentage", "inventory obsolescence rate",
             "Anteil überalterter Bestände", "Überbestandsquote", "Obsoleszenzquote"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{share} = \frac{\text{excess} + \text{obsolete}}{\text{total stock}}",
    source="APQC, Open Standards Benchmarking: value of inventory obsolescence as a percentage of total inventory "
           "value (2026).",
    note="Excess and obsolete inventory",
    published=(
        Published(
            "SuperfastCPA, obsolete inventory percentage: 50,000 of 500,000, 10 %",
            {"total_stock": 500_000.0, "obsolete": 50_000.0},
            {"value": 0.1},
        ),
    ),
)  # fmt: skip
def excess_obsolete_share(given: ExcessInputs) -> Outcome:
    """Return the share of stock that is excess, obsolete, or both together; refuses more of it than there is stock."""
    steps = []
    name, part = "excess_and_obsolete", given.excess_and_obsolete
    if part is None and (given.excess is not None or given.obsolete is not None):
        name = "excess" if given.excess is not None else "obsolete"
        part = (given.excess or 0.0) + (given.obsolete or 0.0)
        if given.excess is not None and given.obsolete is not None:
            steps.append(f"excess and obsolete = {number(given.excess)} + {number(given.obsolete)} = {number(part)}")
    kind = "excess and obsolete" if steps or name == "excess_and_obsolete" else name
    labels = (f"{kind} stock", "usable stock", "total stock")
    bad = part_of(part, given.usable, given.total_stock, (name, "usable", "total_stock"), labels)
    rate = bad / given.total_stock
    steps.append(f"share = {kind} / total stock = {number(bad)} / {number(given.total_stock)} = {number(rate)}")
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"{percent(rate)} of stock is {kind}, {number(bad)} of {number(given.total_stock)}; "
        f"{number(given.total_stock - bad)} is not.",
        also={"usable_share": 1 - rate, "excess_and_obsolete": bad, "usable": given.total_stock - bad},
        units={"usable_share": "fraction"},
        warnings=[f"Above {percent(EXCESS_HIGH)} is unusual: check how much cover counts as excess."]
        if rate > EXCESS_HIGH
        else [],
    )  # fmt: skip


class DeadStockInputs(Given):
    """Stock in total, and what of it has not moved for long, or what has; in money, units or items."""

    either = (either("dead_stock", "moving_stock"),)

    total_stock: float = quantity(TOTAL.also("SKUs", "articles", "items", "Artikel"), gt=0)
    dead_stock: float | None = quantity(
        Spoken(
            "dead stock",
            "",
            words=("dead stock", "dead", "deadstock", "not moved", "has not moved", "hasn't moved", "did not move",
                   "unsold", "non-moving", "no movement", "without movement", "not sold", "has not sold", "never moved",
                   "dead inventory", "without a sale", "no sales", "sitting there", "have not moved", "gathers dust",
                   "Ladenhüter", "tot", "toter Bestand", "nicht bewegt", "ohne Bewegung"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    moving_stock: float | None = quantity(
        Spoken(
            "moving stock",
            "",
            words=("moving stock", "moving", "moved", "active", "still sells", "selling", "bewegt", "gängig"),
        ),
        default=None,
        ge=0,
    )


@metric(
    id="dead_stock_share",
    name="Dead stock share",
    aliases=("dead stock ratio", "dead stock percentage", "share of dead stock", "dead stock rate", "deadstock share",
             "dead inventory share", "dead inventory percentage", "non-moving stock share",
             "non-moving inventory ratio",
             "Anteil Ladenhüter", "Ladenhüterquote", "Anteil toter Bestand"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{dead stock share} = \frac{\text{dead stock}}{\text{total stock}}",
    source=RICHARDS,
    note="Excess and obsolete inventory",
    published=(
        Published(
            "koi.app, dead stock percentage: 10,000 of 100,000, 10 %",
            {"total_stock": 100_000.0, "dead_stock": 10_000.0},
            {"value": 0.1},
        ),
    ),
)  # fmt: skip
def dead_stock_share(given: DeadStockInputs) -> Outcome:
    """Return the share of stock that has not moved for a stated time; refuses more dead or moving stock than stock."""
    names = ("dead_stock", "moving_stock", "total_stock")
    dead = part_of(given.dead_stock, given.moving_stock, given.total_stock, names, ("dead stock", "moving stock",
                                                                                    "total stock"))  # fmt: skip
    rate = dead / given.total_stock
    return Outcome(
        value=rate,
        steps=[f"dead stock share = dead stock / total stock = {number(dead)} / {number(given.total_stock)} = "
               f"{number(rate)}"],
        meaning=f"{percent(rate)} of stock has not moved, {number(dead)} of {number(given.total_stock)}; it takes "
        f"money and space and earns nothing.",
        also={"moving_share": 1 - rate, "moving_stock": given.total_stock - dead},
        units={"moving_share": "fraction"},
        warnings=[f"Above {percent(EXCESS_HIGH)} is unusual: check how long a rest counts as dead."]
        if rate > EXCESS_HIGH
        else [],
    )  # fmt: skip

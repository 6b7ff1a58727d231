"""People and money for a workload: headcount needed, cost of a unit shipped."""

import math

from tools.metrics.books import HEIZER, RICHARDS
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Value
from tools.metrics.shown import number, percent, plural

FAMILY = "Warehouse"
LONG_WEEK, LOW_USE = 60.0, 0.4


class HeadcountInputs(Given):
    """The workload in hours, or in units with the time of each or the rate of a person, and the hours of a person."""

    either = (either("workload_hours", ("workload", "time_per_unit"), ("workload", "rate")),)

    workload_hours: float | None = quantity(
        Spoken(
            "hours of work",
            "hour/period",
            words=("hours of work", "work hours", "workload", "labour hours", "labor hours", "hours of workload",
                   "man-hours", "total hours", "hours needed", "hours required", "standard hours", "person hours",
                   "Arbeitsstunden", "Stundenbedarf", "Arbeitsaufwand"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    workload: float | None = quantity(
        Spoken(
            "units of work",
            "item/period",
            words=("units of work", "workload", "orders", "lines", "units", "picks", "pallets", "pieces",
                   "orders to pick",
                   "to handle", "to process", "to pick", "volume", "parcels", "order lines", "we process", "we handle",
                   "demand", "Aufträge", "Stück", "Positionen", "Pakete"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    time_per_unit: float | None = quantity(
        Spoken(
            "time per unit",
            "hour/item",
            words=("time per unit", "minutes per order", "takes", "each takes", "per order", "minutes each", "each",
                   "minutes per unit", "minutes per line", "standard time", "minutes a piece", "time per order",
                   "seconds per unit", "an order takes", "per piece", "per line", "handling time", "Minuten je",
                   "pro Auftrag", "Zeit je Stück", "Vorgabezeit"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    rate: float | None = quantity(
        Spoken(
            "units per person and hour",
            "item/hour",
            words=("units per person and hour", "an hour", "per hour", "per person per hour", "pick rate", "rate",
                   "a person picks", "one person does", "per labour hour", "per man-hour", "productivity", "each hour",
                   "a picker does", "pro Stunde", "je Stunde", "Leistung"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    hours_per_person: float = quantity(
        Spoken(
            "hours per person",
            "hour/item/period",
            words=("hours per person", "per person", "per worker", "hours a person", "working hours",
                   "hours per employee", "hour shift",
                   "hours per shift", "each works", "a person works", "shift", "hours available per person",
                   "hours per FTE", "hours a week", "hours a day", "per employee", "per FTE", "full-time week",
                   "productive hours", "full time", "Stunden pro Mitarbeiter", "Arbeitszeit", "Wochenstunden"),
            because="somebody who works no hours does no work",
        ),
        gt=0,
    )  # fmt: skip
    productive_share: float = quantity(
        Spoken(
            "productive share of hours",
            "fraction",
            words=("productive share of hours", "productivity", "utilization", "utilisation", "productive",
                   "efficiency",
                   "productive time", "net of breaks", "productivity factor", "effective", "Auslastung", "produktiv",
                   "Nutzungsgrad"),
            because="it is a share of the hours paid",
        ),
        default=1.0,
        assumed="all hours are productive",
        gt=0,
        le=1,
    )  # fmt: skip
    absence: float = quantity(
        Spoken(
            "absence",
            "fraction",
            words=("absence", "absenteeism", "sickness", "sick leave", "holidays and sickness", "shrinkage",
                   "absence rate", "absent", "Fehlzeiten", "Krankenstand", "Abwesenheit"),
            because="if all were absent, nobody would work",
        ),
        default=0.0,
        assumed="nobody is absent",
        ge=0,
        lt=1,
    )  # fmt: skip


@metric(
    id="headcount_needed",
    name="Headcount needed",
    aliases=("headcount from workload", "FTE needed", "FTEs needed", "staff needed", "people needed", "workers needed",
             "how many people do we need", "number of workers", "how many workers", "how many pickers",
             "how many people", "required headcount", "labour requirement", "labor requirement", "staffing need",
             "FTE requirement", "manpower requirement", "required staff", "pickers needed", "headcount", "FTE",
             "Personalbedarf", "benötigte Mitarbeiter", "Mitarbeiterbedarf", "Mitarbeiterzahl"),
    family=FAMILY,
    unit="item",
    formula=r"FTE = \frac{W \cdot t}{h \cdot p \cdot (1 - a)}",
    source=f"{HEIZER}, supplement 7.",
    note="Capacity planning",
    published=(
        Published(
            "FTE required based on volume: 4,000 labor hours a week at 40 hours each, 100 FTE",
            {"workload_hours": 4_000.0, "hours_per_person": 40.0},
            {"value": 100.0},
        ),
    ),
)  # fmt: skip
def headcount_needed(given: HeadcountInputs) -> Outcome:
    """Return how many full-time people a workload takes; `people` among the further results is rounded up.

    A rate or time of each unit turns units into hours. Hours, workload and absence must be of the same period.
    """
    steps = []
    if given.workload_hours is not None:
        hours = given.workload_hours
    elif given.time_per_unit is not None:
        hours = (given.workload or 0.0) * given.time_per_unit
        steps.append(
            f"hours of work = units × time each = {number(given.workload or 0)} × {number(given.time_per_unit)} h = "
            f"{number(hours)}"
        )
    else:
        hours = (given.workload or 0.0) / (given.rate or 1.0)
        steps.append(
            f"hours of work = units / rate = {number(given.workload or 0)} / {number(given.rate or 1)} = "
            f"{number(hours)}"
        )
    net = given.hours_per_person * given.productive_share * (1 - given.absence)
    if net != given.hours_per_person:
        steps.append(
            f"productive hours of a person = {number(given.hours_per_person)} × {number(given.productive_share)} × "
            f"(1 - {number(given.absence)}) = {number(net)}"
        )
    value = hours / net
    people = float(math.ceil(value - 1e-9))
    steps.append(f"people = hours of work / hours of a person = {number(hours)} / {number(net)} = {number(value)}")
    also: dict[str, Value] = {"people": people, "hours_of_work": hours}
    meaning = (
        f"The work takes {number(value)} full-time people, so {plural(people, 'person').replace('persons', 'people')}"
    )
    if people:
        also["load_of_a_person"] = value / people
        meaning += f", each busy {percent(value / people, 3)} of the productive time"
    warnings = []
    if given.productive_share < LOW_USE:
        warnings.append("Less than 40 % of hours productive is unusual; check that it is not the share that is lost.")
    if given.period in ("day", "week") and given.hours_per_person > {"day": 24.0, "week": 168.0}[given.period]:
        warnings.append(f"{number(given.hours_per_person)} hours a {given.period} are more than there are.")
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{meaning}.",
        also=also,
        units={"people": "item", "hours_of_work": "hour/period", "load_of_a_person": "fraction"},
        warnings=warnings,
    )


class ShippedCostInputs(Given):
    """What the warehouse, fulfilment or logistics cost, and the units shipped."""

    cost: float = quantity(
        Spoken(
            "cost",
            "money/period",
            words=("cost", "total cost", "costs", "warehouse cost", "warehousing cost", "warehouse costs",
                   "operating cost",
                   "fulfilment cost", "fulfillment cost", "logistics cost", "distribution cost", "spent", "we spend",
                   "cost us", "expenses", "warehouse spend", "runs at", "Kosten", "Lagerkosten", "Logistikkosten"),
        ),
        ge=0,
    )  # fmt: skip
    units_shipped: float = quantity(
        Spoken(
            "units shipped",
            "item/period",
            words=("units shipped", "shipped", "units", "pieces", "pieces shipped", "cases shipped", "parcels",
                   "cartons shipped", "items shipped", "dispatched", "sent out", "throughput", "we ship",
                   "pallets shipped",
                   "cases", "items", "versandte Stück", "Stück", "versandt"),
            because="the cost is spread over the units",
        ),
        gt=0,
    )  # fmt: skip


@metric(
    id="cost_per_unit_shipped",
    name="Cost per unit shipped",
    aliases=("warehouse cost per unit", "warehousing cost per unit", "fulfilment cost per unit",
             "cost per case shipped",
             "fulfillment cost per unit", "distribution cost per unit", "handling cost per unit shipped",
             "cost per unit handled", "cost per piece shipped", "cost per carton shipped", "logistics cost per unit",
             "cost per parcel shipped", "Kosten je versandtes Stück", "Logistikkosten je Stück",
             "Logistikkosten pro Stück"),
    family=FAMILY,
    unit="money/item",
    formula=r"\text{cost per unit} = \frac{\text{cost}}{\text{units shipped}}",
    source=RICHARDS,
    note="Warehouse",
)  # fmt: skip
def cost_per_unit_shipped(given: ShippedCostInputs) -> Outcome:
    """Return what the warehouse or logistics cost for each unit shipped, in money a unit."""
    value = given.cost / given.units_shipped
    return Outcome(
        value=value,
        steps=[f"cost per unit = cost / units shipped = {number(given.cost)} / {number(given.units_shipped)} = "
               f"{number(value)}"],
        meaning=f"Each unit shipped costs {number(value)} {given.money}; with fixed costs in it, the figure falls as "
        f"volume rises, whether or not the work got better.",
        also={"per_thousand": 1000 * value},
        units={"per_thousand": "money"},
    )  # fmt: skip

"""How much room goods take: use of storage space, pallet positions needed."""

import math

from tools.metrics.books import RICHARDS
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import part_of
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent, plural

FAMILY = "Warehouse"
CROWDED, HALF_EMPTY = 0.9, 0.5


class StorageInputs(Given):
    """Storage places (or volume, or area) that there are, and those used, or those free."""

    either = (either("space_used", "space_free"),)

    space: float = quantity(
        Spoken(
            "storage space",
            "",
            words=("storage space", "pallet positions", "positions", "pallet places", "locations", "storage capacity",
                   "capacity", "out of", "total space", "available space", "racking of", "bins", "rack positions",
                   "slots", "total positions", "storage locations", "places", "warehouse volume", "usable volume",
                   "cube available", "cubic metres available", "floor space", "square metres", "room for", "holds",
                   "Stellplätze", "Lagerplätze", "Palettenplätze", "Lagerfläche", "Lagervolumen", "Kapazität"),
        ),
        gt=0,
    )  # fmt: skip
    space_used: float | None = quantity(
        Spoken(
            "space used",
            "",
            words=("space used", "used", "occupied", "filled", "full", "taken", "in use", "pallets stored", "stored",
                   "occupied positions", "positions used", "taken up", "cube used", "volume of goods", "volume stored",
                   "goods take", "belegt", "belegte Plätze", "belegte Stellplätze", "genutzt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    space_free: float | None = quantity(
        Spoken(
            "space free",
            "",
            words=("space free", "free", "empty", "unused", "vacant", "open", "still free", "empty slots",
                   "left", "unoccupied", "frei", "freie Plätze", "leer"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="storage_utilization",
    name="Storage space utilization",
    aliases=("storage utilization", "storage utilisation", "warehouse utilization", "warehouse utilisation",
             "space utilization", "space utilisation", "warehouse space utilization", "warehouse fill rate",
             "warehouse cube utilization", "storage cube utilization", "warehouse occupancy", "rack occupancy",
             "warehouse cube utilisation", "rack utilization", "storage occupancy", "occupancy rate of the warehouse",
             "warehouse capacity utilization", "bin occupancy", "occupancy rate", "slot utilization",
             "storage space utilisation", "Lagerauslastung", "Lagerfüllgrad", "Stellplatzauslastung",
             "Flächennutzungsgrad", "Raumnutzungsgrad", "Lagernutzungsgrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"U = \frac{\text{space used}}{\text{storage space}}",
    source=RICHARDS,
    note="Warehouse",
    published=(
        Published(
            "mfgcalcs.com, warehouse space utilization: 32,000 of 45,000 square feet, 71.11 %",
            {"space": 45_000.0, "space_used": 32_000.0},
            {"value": 0.7111},
            0.00005,
            absolute=True,
        ),
    ),
)  # fmt: skip
def storage_utilization(given: StorageInputs) -> Outcome:
    """Return the share of storage places, volume or area that is used; both must be in the same unit.

    Refuses more used or free space than there is.
    """
    names, labels = ("space_used", "space_free", "space"), ("space used", "space free", "storage space")
    used = part_of(given.space_used, given.space_free, given.space, names, labels)
    rate, free = used / given.space, given.space - used
    warnings = []
    if rate > CROWDED:
        warnings.append("Above 90 % put-away slows down: goods wait for a place, and are moved twice.")
    elif rate < HALF_EMPTY:
        warnings.append("Less than half is used; check that both numbers count the same kind of space.")
    return Outcome(
        value=rate,
        steps=[f"utilization = space used / storage space = {number(used)} / {number(given.space)} = {number(rate)}"],
        meaning=f"{percent(rate)} of the storage space is used; {number(free)} of {number(given.space)} is free.",
        also={"free": free, "free_share": 1 - rate},
        units={"free_share": "fraction"},
        warnings=warnings,
        assumptions=["both are counted in the same unit: places, volume or area"],
    )


class PalletInputs(Given):
    """Units to store and units on a pallet, or pallets; and the share of places that cannot be filled or stays free."""

    either = (either(("units", "units_per_pallet"), "pallets"),)

    units: float | None = quantity(
        Spoken(
            "units to store",
            "item",
            words=("units to store", "units", "to store", "cases to store", "stock of", "pieces", "cartons", "cases",
                   "boxes", "items", "inventory of", "store", "maximum stock", "Stück",
                   "Einheiten", "Kartons", "einlagern", "Bestand"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    units_per_pallet: float | None = quantity(
        Spoken(
            "units per pallet",
            "item/pallet",
            words=("units per pallet", "per pallet", "a pallet", "pallet holds", "on a pallet", "on each pallet",
                   "cases per pallet", "each pallet", "cartons per pallet", "fit on a pallet", "boxes per pallet",
                   "pieces per pallet", "to a pallet", "pallet takes", "pro Palette", "je Palette", "auf einer Palette",
                   "auf eine Palette"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    pallets: float | None = quantity(
        Spoken(
            "pallets to store",
            "item",
            words=("pallets to store", "full pallets", "pallet loads", "volle Paletten", "Paletten einlagern"),
        ),
        default=None,
        ge=0,
    )
    honeycombing: float = quantity(
        Spoken(
            "honeycombing loss",
            "fraction",
            words=("honeycombing loss", "honeycombing", "honeycomb loss", "honeycomb", "honeycombing factor",
                   "loss of space", "lost to honeycombing", "unusable", "Wabenverlust"),
            because="if all places were lost, none would be left",
        ),
        default=0.0,
        assumed="no honeycombing",
        ge=0,
        lt=1,
    )  # fmt: skip
    occupancy: float = quantity(
        Spoken(
            "highest occupancy",
            "fraction",
            words=("highest occupancy", "target occupancy", "occupancy", "maximum occupancy", "at most full",
                   "target utilization", "target utilisation", "planned utilization", "fill the racks", "Auslastung",
                   "Zielauslastung", "maximal belegt"),
            because="it is the share of places that may be filled",
        ),
        default=1.0,
        assumed="every place may be filled",
        gt=0,
        le=1,
    )  # fmt: skip


@metric(
    id="pallet_positions",
    name="Pallet positions needed",
    aliases=("pallet positions", "pallet places needed", "pallet spaces needed", "storage positions needed",
             "number of pallet positions", "pallet slots needed", "pallet locations needed", "positions needed",
             "rack positions needed", "required pallet positions", "benötigte Palettenstellplätze",
             "Palettenstellplatzbedarf", "benötigte Stellplätze", "Stellplatzbedarf"),
    family=FAMILY,
    unit="item",
    formula=r"P = \frac{\lceil U / u \rceil}{(1 - h) \cdot o}",
    source="Bartholdi, J. J. & Hackman, S. T. (2019). Warehouse & Distribution Science, release 0.98.1, chapter on "
           "pallet storage.",
    note="Warehouse",
    published=(
        Published(
            "Worked by hand: 10,000 units at 48 to a pallet are 209 pallets; with 20 % lost, 209 / 0.8 = 261.25",
            {"units": 10_000.0, "units_per_pallet": 48.0, "honeycombing": 0.2},
            {"value": 262.0, "pallets": 209.0},
        ),
    ),
)  # fmt: skip
def pallet_positions(given: PalletInputs) -> Outcome:
    """Return the pallet places that units need: full pallets, rounded up, over the share of places that can be filled.

    Honeycombing is the share of places that stay empty because their lane or stack holds another item.
    """
    steps = []
    if given.units is not None and given.units_per_pallet is not None:
        pallets = float(math.ceil(given.units / given.units_per_pallet - 1e-9))
        steps.append(
            f"pallets = units / units per pallet, rounded up = {number(given.units)} / "
            f"{number(given.units_per_pallet)} = {number(pallets)}"
        )
        if given.pallets is not None and given.pallets != pallets:
            reason = f"pallets are {number(given.pallets)}, but the units fill {number(pallets)}; give only one of them"
            raise Refusal("pallets", reason)
    else:
        pallets = given.pallets or 0.0
    usable = (1 - given.honeycombing) * given.occupancy
    value = float(math.ceil(pallets / usable - 1e-9))
    also: dict[str, Value] = {"pallets": pallets, "spare_positions": value - pallets}
    if usable < 1:
        steps.append(
            f"share of places that can be filled = (1 - {number(given.honeycombing)}) × {number(given.occupancy)} = "
            f"{number(usable)}"
        )
    steps.append(
        f"positions = pallets / that share, rounded up = {number(pallets)} / {number(usable)} = {number(value)}"
    )
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{plural(pallets, 'pallet')} need {number(value)} places; {number(value - pallets)} of them stay "
        f"empty.",
        also=also,
        units={"pallets": "item", "spare_positions": "item"},
        warnings=["Items do not share pallets: with several items, round up for each and add, or this is too low."],
    )

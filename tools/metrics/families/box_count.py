"""How many boxes of one size fit a container, a truck, a pallet or a carton."""

import itertools
import math
from collections.abc import Sequence

from tools.metrics.books import BOWERSOX
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent

FAMILY = "Freight"
SIDES = 3
SLACK = 1e-9


class BoxCountInputs(Given):
    """The sides of a box and of the space, or their volumes; and weights, where they limit the load."""

    either = (
        either(("box", "space"), ("box", "space_volume"), ("box_volume", "space_volume"), ("box_volume", "space")),
    )

    box: list[float] | None = quantity(
        Spoken(
            "sides of a box",
            "metre",
            words=("sides of a box", "box", "boxes", "boxes of", "box size", "carton", "cartons", "cartons of",
                   "carton size", "case", "cases", "packages of", "package", "parcels", "crates", "crate", "item size",
                   "Karton", "Kartons", "Kiste", "Kisten", "Pakete"),
        ),
        default=None,
        min_length=SIDES,
        max_length=SIDES,
    )  # fmt: skip
    space: list[float] | None = quantity(
        Spoken(
            "sides of the space",
            "metre",
            words=("sides of the space", "container", "container of", "into", "in a container", "truck", "trailer",
                   "space of", "pallet", "inner dimensions", "inside dimensions", "fit into", "outer carton",
                   "loading space", "master carton", "trailer of", "internal dimensions", "Container",
                   "Laderaum", "Innenmaße", "Lkw"),
        ),
        default=None,
        min_length=SIDES,
        max_length=SIDES,
    )  # fmt: skip
    box_volume: float | None = quantity(
        Spoken(
            "volume of a box",
            "m**3",
            words=("volume of a box", "with a volume of", "volume each", "box volume", "each box", "per box",
                   "a box of", "carton volume", "per carton",
                   "boxes of", "cartons of", "each carton", "a carton", "each", "boxes", "cartons",
                   "Kartonvolumen", "pro Karton", "je Karton"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    space_volume: float | None = quantity(
        Spoken(
            "volume of the space",
            "m**3",
            words=("volume of the space", "fit in", "fit into", "container", "container of", "container volume",
                   "trailer", "truck",
                   "loading volume", "volume", "trailer volume", "space of", "capacity", "room for",
                   "Containervolumen", "Laderaum", "fasst"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    box_weight: float | None = quantity(
        Spoken(
            "weight of a box",
            "kg",
            words=("weight of a box", "box weighs", "each weighs", "box weight", "carton weighs", "weighing", "per box",
                   "each", "weighs", "Gewicht je Karton", "wiegt"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    payload: float | None = quantity(
        Spoken(
            "payload",
            "kg",
            words=("payload", "maximum payload", "max payload", "weight limit", "can carry", "maximum weight",
                   "max weight", "payload of", "Nutzlast", "Zuladung"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="box_count",
    name="Boxes that fit a space",
    aliases=("boxes that fit", "cartons that fit", "how many boxes fit", "how many cartons fit", "boxes per container",
             "cartons per container", "container count by volume", "cartons in a container", "boxes in a container",
             "container loading quantity", "number of boxes", "number of cartons", "how many cases fit", "carton count",
             "how many boxes", "how many cartons", "load plan by orientation", "box count", "boxes in the truck",
             "Kartons pro Container", "Anzahl Kartons",
             "wie viele Kartons passen", "Kartons je Container", "Lademenge Container"),
    family=FAMILY,
    unit="item",
    formula=r"n = \max_{\text{orientations}} \left\lfloor \frac{L}{l} \right\rfloor \left\lfloor \frac{W}{w} "
            r"\right\rfloor \left\lfloor \frac{H}{h} \right\rfloor \le \left\lfloor \frac{V}{v} \right\rfloor",
    source=BOWERSOX,
    note="FCL and LCL",
    published=(
        Published(
            "Worked by hand: 0.4 × 0.3 × 0.2 m boxes in 5.9 × 2.35 × 2.39 m, 29 × 5 × 7 with the sides 0.2, 0.4, 0.3",
            {"box": [0.4, 0.3, 0.2], "space": [5.9, 2.35, 2.39]},
            {"value": 1078.0, "by_volume": 1380.0},
        ),
    ),
)  # fmt: skip
def box_count(given: BoxCountInputs) -> Outcome:
    """Return how many equal boxes fit a space: all turned the same way, the best of six ways; or by volume alone.

    By volume it is an upper bound that no real load reaches. A payload may limit the count. Refuses boxes that do not
    fit at all.
    """
    for name, sides in (("box", given.box), ("space", given.space)):
        if sides is not None and min(sides) <= 0:
            raise Refusal(name, f"sides must be above 0, but one is {number(min(sides))}")
    volume = math.prod(given.box) if given.box else given.box_volume or 1.0
    room = math.prod(given.space) if given.space else given.space_volume or 0.0
    bound = float(math.floor(room / volume + SLACK))
    steps = [f"by volume = {number(room)} m³ / {number(volume)} m³, rounded down = {number(bound)}"]
    also: dict[str, Value] = {"by_volume": bound}
    value, warnings = bound, []
    if given.box and given.space:
        counts = {way: _stacked(way, given.space) for way in dict.fromkeys(itertools.permutations(given.box))}
        best = max(counts, key=lambda way: counts[way])
        value = float(counts[best])
        along = " × ".join(number(_along(side, room_side)) for side, room_side in zip(best, given.space, strict=True))
        steps.append(f"best way round, sides {' × '.join(number(side) for side in best)} m: {along} = {number(value)}")
        also["worst_orientation"] = float(min(counts.values()))
        upright = [count for way, count in counts.items() if way[-1] == given.box[-1]]
        also["kept_upright"] = float(max(upright))
        warnings.append("Boxes turned in different ways may fit a few more; gaps, pallets and the door take some away.")
        if not value:
            reason = "the box does not fit the space in any way round; check that both are in the same unit"
            raise Refusal("box", reason)
    else:
        warnings.append("By volume alone it is an upper bound: give the sides of both to see how many really fit.")
        if not bound:
            raise Refusal("box_volume", "the box is larger than the space; check that both are in the same unit")
    if given.box_weight is not None and given.payload is not None:
        heavy = float(math.floor(given.payload / given.box_weight + SLACK))
        also["by_weight"] = heavy
        steps.append(
            f"by weight = {number(given.payload)} / {number(given.box_weight)}, rounded down = {number(heavy)}"
        )
        if heavy < value:
            value = heavy
            warnings.append("Weight is the limit: the space will not be full.")
    filled = value * volume / room
    also["volume_filled"] = filled
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"At most {number(value)} boxes fit, which fill {percent(filled)} of the volume.",
        also=also,
        units=dict.fromkeys(also, "item") | {"volume_filled": "fraction"},
        warnings=warnings,
    )


def _along(side: float, room: float) -> int:
    """Return how many sides fit along a side of the space."""
    return math.floor(room / side + SLACK)


def _stacked(way: Sequence[float], space: Sequence[float]) -> int:
    return math.prod(_along(side, room) for side, room in zip(way, space, strict=True))

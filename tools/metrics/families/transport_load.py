"""How well vehicles are loaded over the distance that they run: the load factor in tonne-kilometres."""

from tools.metrics.books import MCKINNON
from tools.metrics.checks import agree
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent

FAMILY = "Freight"
HALF = 0.5


class TonneKmInputs(Given):
    """Tonne-kilometres carried and possible; or load and payload with the distances."""

    either = (
        either(
            ("tonne_km", "possible_tonne_km"),
            ("tonne_km", "payload", "distance"),
            ("load", "payload", "loaded_distance"),
            ("load", "payload", "loaded_distance", "distance"),
        ),
    )

    tonne_km: float | None = quantity(
        Spoken(
            "tonne-kilometres carried",
            "tkm",
            words=("tonne-kilometres carried", "tonne-kilometres", "tonne-km", "tkm", "ton-km", "tonne km", "ton-miles",
                   "tonne-km carried", "tonne-km moved", "carried", "moved", "performed", "actual tonne-km",
                   "Tonnenkilometer", "geleistete Tonnenkilometer"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    possible_tonne_km: float | None = quantity(
        Spoken(
            "tonne-kilometres possible",
            "tkm",
            words=("tonne-kilometres possible", "possible", "capacity", "capacity tonne-km", "tonne-km capacity",
                   "available tonne-km", "maximum tonne-km", "out of", "could have carried", "offered", "tkm possible",
                   "potential", "angeboten", "möglich", "mögliche Tonnenkilometer"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    load: float | None = quantity(
        Spoken(
            "average load",
            "tonne",
            words=("average load", "load", "carrying", "loaded with", "tonnes on board", "with a load of", "carries",
                   "loaded", "freight of", "Ladung", "beladen mit"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    payload: float | None = quantity(
        Spoken(
            "payload",
            "tonne",
            words=("payload", "payload capacity", "maximum payload", "max payload", "can carry", "capacity", "truck of",
                   "Nutzlast"),
            because="there must be some payload to use",
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    loaded_distance: float | None = quantity(
        Spoken(
            "loaded distance",
            "kilometre",
            words=("loaded distance", "loaded for", "loaded km", "with load for", "km loaded", "out loaded", "over",
                   "Lastkilometer"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    distance: float | None = quantity(
        Spoken(
            "total distance",
            "kilometre",
            words=("total distance", "total km", "drove", "driven", "km in total", "in total", "round trip", "tour of",
                   "distance", "insgesamt", "Gesamtstrecke"),
            because="there must be some distance to use",
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="tonne_km_load_factor",
    name="Load factor in tonne-kilometres",
    aliases=("tonne-km load factor", "tonne-kilometre load factor", "ton-mile load factor",
             "load factor by tonne-km", "load factor over the tour", "lading factor",
             "tonne-km utilisation", "tkm load factor", "load factor in tkm",
             "tonne-km utilization", "load factor in tonne-km",
             "Auslastung in Tonnenkilometern", "Ladefaktor in Tonnenkilometern"),
    family=FAMILY,
    unit="fraction",
    formula=r"LF = \frac{\sum_i w_i d_i}{W \cdot D}",
    source=MCKINNON,
    note="Truckload and less-than-truckload",
    published=(
        Published(
            "Worked by hand: 20 t of a payload of 25 t out, empty back over the same distance, half of 0.8",
            {"load": 20.0, "payload": 25.0, "loaded_distance": 300.0, "distance": 600.0},
            {"value": 0.4, "tonne_km": 6000.0, "possible_tonne_km": 15000.0},
        ),
    ),
)  # fmt: skip
def tonne_km_load_factor(given: TonneKmInputs) -> Outcome:
    """Return tonne-kilometres carried over those that the payload allowed on the whole distance, empty runs included.

    Refuses more carried than possible.
    """
    steps = []
    carried, possible = given.tonne_km, given.possible_tonne_km
    if given.load is not None and given.loaded_distance is not None:
        made = given.load * given.loaded_distance
        steps.append(f"carried = load × loaded distance = {number(given.load)} × {number(given.loaded_distance)} = "
                     f"{number(made)} tkm")  # fmt: skip
        if carried is not None:
            agree("tonne_km", carried, made, "tonne-kilometres carried", "load times distance")
        carried = made
    distance = given.distance if given.distance is not None else given.loaded_distance
    if given.payload is not None and distance:
        made = given.payload * distance
        steps.append(
            f"possible = payload × distance = {number(given.payload)} × {number(distance)} = {number(made)} tkm"
        )
        if possible is not None:
            agree("possible_tonne_km", possible, made, "tonne-kilometres possible", "payload times distance")
        possible = made
    if not possible:
        raise Refusal("loaded_distance", "without any distance no tonne-kilometres are possible")
    done = carried or 0.0
    if done > possible * (1 + 1e-9):
        reason = (
            f"tonne-kilometres carried ({number(done)}) cannot exceed those possible ({number(possible)}); the two may "
            f"be swapped, or the load is above the payload"
        )
        raise Refusal("tonne_km" if given.tonne_km is not None else "load", reason)
    value = done / possible
    steps.append(f"load factor = carried / possible = {number(done)} / {number(possible)} = {number(value)}")
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{percent(value)} of what the vehicles could carry over this distance was carried; "
        f"{percent(1 - value)} was empty room or empty running.",
        units=dict.fromkeys(("tonne_km", "possible_tonne_km", "unused_tonne_km"), "tkm"),
        also={"tonne_km": done, "possible_tonne_km": possible, "unused_tonne_km": possible - done},
        warnings=["By weight, bulky goods never fill a vehicle; look at volume or pallet places too."]
        if value < HALF
        else [],
        assumptions=["no distance is driven empty"] if given.distance is None and given.load is not None else [],
    )

"""Greenhouse gases of a transport: mass times distance times an emission factor."""

from tools.metrics.checks import agree
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number

FAMILY = "Freight"
HIGHEST_FACTOR = 10.0  # kg per tonne-kilometre; air freight over short distances stays well below
AIR, GRAMS = 0.4, 1000.0


class EmissionInputs(Given):
    """Mass and distance, or tonne-kilometres, and what a tonne-kilometre emits."""

    either = (either(("mass", "distance"), "tonne_km"),)

    mass: float | None = quantity(
        Spoken(
            "mass of goods",
            "tonne",
            words=("mass of goods", "mass", "weight", "load", "tonnes of goods", "shipment", "cargo", "goods", "tonnes",
                   "shipment weight", "Masse", "Gewicht",
                   "Ladung", "Sendung", "Tonnen"),
            symbols=("m", "M"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    distance: float | None = quantity(
        Spoken(
            "distance",
            "kilometre",
            words=("distance", "over", "route", "km", "kilometres", "for", "trip of", "leg of", "distance of", "miles",
                   "Entfernung", "Strecke", "Distanz", "über"),
            symbols=("d",),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    tonne_km: float | None = quantity(
        Spoken(
            "tonne-kilometres",
            "tkm",
            words=("tonne-kilometres", "tonne-km", "tkm", "ton-km", "tonne km", "transport activity", "tonnekilometres",
                   "Tonnenkilometer"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    emission_factor: float = quantity(
        Spoken(
            "emission factor",
            "kilogram/tkm",
            words=("emission factor", "emissions factor", "factor", "emission intensity", "carbon intensity",
                   "intensity",
                   "per tonne-km", "per tonne-kilometre", "per tkm", "CO2e per tonne-km", "per tonne km", "per ton-km",
                   "CO2 per tonne-km", "CO2e per tkm", "CO2 per tkm", "g CO2", "g CO2e", "kg CO2e", "kg CO2",
                   "GLEC factor", "a tonne-km", "emits", "Emissionsfaktor", "Faktor", "pro tkm", "je tkm",
                   "pro Tonnenkilometer", "je Tonnenkilometer"),
            symbols=("EF", "e"),
        ),
        ge=0,
    )  # fmt: skip


@metric(
    id="transport_emissions",
    name="Transport emissions",
    aliases=("freight emissions", "transport CO2", "CO2 of a transport", "carbon footprint of a shipment",
             "shipment emissions", "emissions of a shipment", "transport carbon footprint", "freight carbon footprint",
             "CO2 emissions of transport", "GHG emissions of transport", "logistics emissions", "freight CO2",
             "tonne-km emissions", "emissions of the transport", "CO2 of the shipment", "CO2e of the transport",
             "GLEC calculation", "transport greenhouse gas emissions", "emissions from freight", "truck emissions",
             "Transportemissionen", "CO2-Emissionen des Transports", "Emissionen des Transports", "Fracht-CO2"),
    family=FAMILY,
    unit="kilogram",
    formula=r"E = m \cdot d \cdot e",
    source="ISO 14083:2023, Quantification and reporting of greenhouse gas emissions arising from transport chain "
           "operations; Smart Freight Centre, GLEC Framework v3 (2023).",
    note="Transport emissions accounting",
    published=(
        Published(
            "Hello Carbo, tonne-kilometre method: 2 t over 50 km at 0.002 kg, 0.2 kg",
            {"mass": 2.0, "distance": 50.0, "emission_factor": 0.002},
            {"value": 0.2, "tonne_km": 100.0},
        ),
    ),
)  # fmt: skip
def transport_emissions(given: EmissionInputs) -> Outcome:
    """Return the greenhouse gases of a transport, in kilograms of CO2 equivalent: mass times distance times a factor.

    The factor is that of vehicle, fuel and load, from the carrier or a published table; none is assumed. Refuses
    factors above 10 kg per tonne-kilometre, which are grams.
    """
    factor = given.emission_factor
    if factor > HIGHEST_FACTOR:
        reason = (
            f"an emission factor of {number(factor)} kg per tonne-kilometre is too high for any transport; if it is in "
            f"grams, write {number(factor)} g/tkm"
        )
        raise Refusal("emission_factor", reason)
    steps = []
    activity = given.tonne_km
    if given.mass is not None and given.distance is not None:
        made = given.mass * given.distance
        steps.append(f"tonne-kilometres = mass × distance = {number(given.mass)} t × {number(given.distance)} km = "
                     f"{number(made)}")  # fmt: skip
        if activity is not None:
            agree("tonne_km", activity, made, "tonne-kilometres", "mass times distance")
        activity = made
    moved = activity or 0.0
    value = moved * factor
    steps.append(f"emissions = tonne-kilometres × factor = {number(moved)} × {number(factor)} kg = {number(value)} kg")
    warnings = []
    if factor > AIR:
        warnings.append(
            f"{number(GRAMS * factor)} g per tonne-kilometre is as much as vans or aircraft emit; check the factor."
        )
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"The transport emits {number(value)} kg of CO2 equivalent, {number(value / GRAMS)} t; half the "
        f"distance, mass or factor would halve it.",
        also={"tonnes_co2e": value / GRAMS, "tonne_km": moved, "grams_per_tonne_km": GRAMS * factor},
        units={"tonnes_co2e": "tonne", "tonne_km": "tkm"},
        warnings=warnings,
        assumptions=["the factor covers fuel supply and empty runs, as ISO 14083 asks; distance is the planned or the "
                     "shortest feasible one"],
    )  # fmt: skip

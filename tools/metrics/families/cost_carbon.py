"""What emissions cost at the price of a tonne."""

from tools.metrics.amounts import priced
from tools.metrics.families.cost import FAMILY
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import metric
from tools.metrics.result import Outcome
from tools.metrics.shown import number

EMISSIONS = Spoken(
    "emissions",
    "tonne",
    words=("emissions", "CO2", "CO2e", "carbon emissions", "emissions of", "tonnes of CO2", "tons of CO2", "tCO2e",
           "carbon footprint", "footprint", "greenhouse gas", "emit", "we emit", "trucks emit", "Emissionen",
           "Tonnen CO2", "CO2-Ausstoß"),
    symbols=("E",),
)  # fmt: skip
CARBON_PRICE = Spoken(
    "carbon price",
    "money/tonne",
    words=("carbon price", "CO2 price", "price per tonne", "price per ton", "allowance price", "EUA price",
           "certificate price", "allowances cost", "carbon tax", "internal carbon price", "CBAM certificate",
           "a tonne", "per tonne", "CO2-Preis", "Zertifikatspreis", "CO2-Steuer"),
    symbols=("p", "P"),
)  # fmt: skip
FREE_SHARE = Spoken(
    "share that is free of charge",
    "fraction",
    words=("free allocation", "free share", "exempt share", "free allowances", "allocated free", "free of charge",
           "kostenlose Zuteilung", "freier Anteil"),
)  # fmt: skip


class CarbonCostInputs(Given):
    """Emissions and the price of a tonne, and over how many units they spread."""

    emissions: float = quantity(EMISSIONS, ge=0)
    carbon_price: float = quantity(CARBON_PRICE, ge=0)
    free_share: float = quantity(FREE_SHARE, default=0.0, ge=0, le=1)
    units: float | None = quantity(
        Spoken(
            "number of units", "item", words=("spread over", "quantity", "pieces", "units made", "Menge", "Stückzahl")
        ),
        default=None,
        gt=0,
    )


@metric(
    id="carbon_cost",
    name="Carbon cost",
    aliases=("cost of carbon", "cost of emissions", "CO2 cost", "carbon charge", "emissions cost",
             "carbon tax cost", "CBAM cost", "CO2-Kosten", "Kosten der Emissionen"),
    family=FAMILY,
    unit="money",
    formula=r"\text{carbon cost} = E \cdot (1 - f) \cdot p",
    source=("Regulation (EU) 2023/956 (CBAM), articles 20-22: certificates for embedded emissions at the price of a "
        "tonne of CO2e."),
    note="CBAM",
)  # fmt: skip
def carbon_cost(given: CarbonCostInputs) -> Outcome:
    """Return emissions in tonnes of CO2 equivalent times the price of a tonne, less a share that is free, in money."""
    charged = given.emissions * (1 - given.free_share)
    result = charged * given.carbon_price
    steps = []
    if given.free_share:
        steps.append(
            f"charged emissions = emissions · (1 - free share) = {number(given.emissions)} · (1 - "
            f"{number(given.free_share)}) = {number(charged)} t"
        )
    steps.append(
        f"carbon cost = emissions · price = {number(charged)} · {number(given.carbon_price)} = {number(result)}"
    )
    also: dict[str, float] = {}
    if given.units is not None:
        also["cost_per_unit"] = result / given.units
        steps.append(f"cost per unit = {number(result)} / {number(given.units)} = {priced(result / given.units)}")
    return Outcome(
        value=result,
        steps=steps,
        meaning=(
            f"The emissions cost {number(result)} {given.money}; each tonne avoided saves {number(given.carbon_price)}."
        ),
        also={**also},
        units=dict.fromkeys(also, "money/item"),
        assumptions=["emissions are in tonnes of CO2 equivalent"],
    )

"""What losing each supplier of a network would cost, with stock and capacity used as well as they can be."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.metrics.amounts import Amount, added, matched
from tools.metrics.checks import each
from tools.metrics.families.risk_gap import RECOVER
from tools.metrics.families.risk_survival import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.shown import number, percent, plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_LINKS = 300
MOST_SUPPLIERS = 30
MOST_BARS = 20
NONE = ("none", "no disruption", "nothing", "keiner", "keine", "-")
TINY = 1e-9
UNLIMITED = 1e-6
CASE = "HEC Montreal teaching case on disruption risk analytics after Simchi-Levi et al. (2015), problem 1"

NETWORK: dict[str, Any] = {
    "supplier_capacity": {"S1": 30.0, "S2": 45.0, "S3": 60.0},
    "product_demand": {"P1": 75.0, "P2": 50.0},
    "inventory": {"P1": 20.0, "P2": 25.0},
    "profit_per_unit": {"P1": 5000.0, "P2": 6500.0},
    "time_to_recover": 2.0,
}

CAPACITY = Spoken(
    "capacity of each supplier",
    "item/period",
    words=("supplier capacity", "supplier capacities", "capacity of suppliers", "capacities", "plant capacity",
           "capacity", "can make", "Kapazität der Lieferanten", "Kapazitäten"),
    symbols=("c", "c_i"),
)  # fmt: skip
DEMAND_OF = Spoken(
    "demand for each product",
    "item/period",
    words=("product demand", "demand by product", "demands", "demand", "demand per product", "Nachfrage je Produkt",
           "Bedarf je Produkt"),
    symbols=("d", "d_j"),
)  # fmt: skip
STOCK_OF = Spoken(
    "stock of each product",
    "item",
    words=("inventory by product", "stock by product", "inventory", "stock", "inventories", "stocks",
           "Bestand je Produkt", "Bestände"),
    symbols=("s", "s_j"),
)  # fmt: skip
PROFIT_OF = Spoken(
    "profit of a unit of each product",
    "money/item",
    words=("profit per unit", "profits", "unit profit", "margin per unit", "profit by product", "margins",
           "Gewinn pro Stück", "Stückgewinn"),
    symbols=("f", "f_j"),
)  # fmt: skip
NODE = Spoken(
    "supplier that is lost",
    words=("disrupted supplier", "disrupted node", "supplier down", "lost supplier", "supplier fails",
           "failed node", "ausgefallener Lieferant"),
)  # fmt: skip
RECOVER_OF = Spoken(
    "time to recover of each supplier",
    "period",
    words=("times to recover", "TTR by supplier", "recovery times", "time to recover of each", "Wiederanlaufzeiten"),
)
LINKS = Spoken(
    "capacity from a supplier to a product",
    "item/period",
    words=("links", "which supplier makes which product", "supplier to product", "link capacity",
           "Lieferbeziehungen"),
)  # fmt: skip


class ExposureInputs(Given):
    """A network of suppliers and products, and how long a lost supplier stays away.

    Every supplier can make every product, unless `links` names the pairs that exist as "supplier>product", each with
    what can flow along it in a period.
    """

    either = (either("time_to_recover", "recovery_times"),)

    supplier_capacity: dict[str, Amount] = quantity(CAPACITY, min_length=1, max_length=MOST_SUPPLIERS)
    product_demand: dict[str, Amount] = quantity(DEMAND_OF, min_length=1, max_length=MOST_LINKS)
    profit_per_unit: dict[str, Amount] = quantity(PROFIT_OF, min_length=1, max_length=MOST_LINKS)
    inventory: dict[str, Amount] | None = quantity(
        STOCK_OF, default=None, min_length=1, max_length=MOST_LINKS, assumed="no stock"
    )
    time_to_recover: float | None = quantity(RECOVER, default=None, gt=0)
    recovery_times: dict[str, Amount] | None = quantity(
        RECOVER_OF, default=None, min_length=1, max_length=MOST_SUPPLIERS
    )
    disrupted_supplier: str | None = quantity(NODE, default=None, max_length=200)
    links: dict[str, Amount] | None = quantity(LINKS, default=None, min_length=1, max_length=MOST_LINKS)


@dataclass(frozen=True)
class _Loss:
    """What losing one supplier does until it is back: units lost by product, profit, and how long supply lasts."""

    units: dict[str, float]
    profit: float
    recover: float
    lasts: float | None  # None: for good

    @property
    def gap(self) -> float:
        """Periods without full supply."""
        return max(0.0, self.recover - self.lasts) if self.lasts is not None else 0.0


class _Network:
    """The network as arrays, scaled so that the largest demand and profit are 1, for the solver's tolerances."""

    def __init__(self, given: ExposureInputs):
        import numpy as np

        self.suppliers, self.products = list(given.supplier_capacity), list(given.product_demand)
        stock = given.inventory if given.inventory is not None else dict.fromkeys(self.products, 0.0)
        stock = matched("inventory", stock, "stock", self.products, "demand")
        profit = matched("profit_per_unit", given.profit_per_unit, "profit", self.products, "demand")
        self.unit, self.money = max(given.product_demand.values()), max(profit.values())
        self.capacity: NDArray[np.float64] = np.array(list(given.supplier_capacity.values())) / self.unit
        self.demand: NDArray[np.float64] = np.array(list(given.product_demand.values())) / self.unit
        self.stock: NDArray[np.float64] = np.array(list(stock.values())) / self.unit
        self.profit: NDArray[np.float64] = np.array(list(profit.values())) / self.money
        self.links = self._linked(given.links) if given.links is not None else None

    def _linked(self, links: dict[str, float]) -> tuple[list[int], list[int], list[float]]:
        """Return the supplier, the product and the capacity of each link."""
        suppliers, products, capacities = [], [], []
        for key, most in links.items():
            supplier, _, product = (part.strip() for part in key.partition(">"))
            if supplier not in self.suppliers or product not in self.products:
                example = f"{self.suppliers[0]}>{self.products[0]}"
                raise Refusal("links", f"{key!r} does not join a supplier to a product; write it like {example}")
            suppliers.append(self.suppliers.index(supplier))
            products.append(self.products.index(product))
            capacities.append(most / self.unit)
        return suppliers, products, capacities

    def without(self, supplier: str, recover: float) -> _Loss:
        """Return what losing a supplier does; "" loses none."""
        import numpy as np

        count = len(self.products)
        capacity = self.capacity * np.array([name != supplier for name in self.suppliers])
        if self.links is None:  # suppliers that can all make everything are as good as one that has their capacity
            capacity = capacity.sum(keepdims=True)
        sources, targets, most = self.links or ([0] * count, list(range(count)), [float(capacity[0])] * count)
        # Rates rather than totals are the unknowns: what flows along each link a period.
        of_product, of_supplier = np.eye(count)[:, targets], np.eye(len(capacity))[:, sources]
        bounds = [(0.0, flow) for flow in most]
        short = _solved(
            np.concatenate([np.zeros(len(most)), self.profit + TINY]),
            np.block([[-of_product, -np.eye(count)], [of_supplier, np.zeros((len(capacity), count))]]),
            np.concatenate([self.stock / recover - self.demand, capacity]),
            [*bounds, *[(0.0, None)] * count],
        )
        if short is None:
            raise ArithmeticError
        lost = np.maximum(short[len(most) :], 0.0) * recover
        lost[lost < TINY * recover] = 0.0
        drained = _solved(
            np.concatenate([np.zeros(len(most)), [1.0]]),
            np.block([[-of_product, -(self.stock / recover)[:, None]], [of_supplier, np.zeros((len(capacity), 1))]]),
            np.concatenate([-self.demand, capacity]),
            [*bounds, (0.0, None)],
        )
        share = float(drained[-1]) if drained is not None else None  # of the time to recover, inverted
        lasts = 0.0 if share is None else recover / share if share > UNLIMITED else None
        units = {name: _rounded(amount * self.unit) for name, amount in zip(self.products, lost, strict=True)}
        profit = _rounded(lost @ self.profit * self.unit * self.money)
        return _Loss(units, profit, recover, _rounded(lasts) if lasts is not None else None)


def _rounded(value: float) -> float:
    """Return a number without the last digits, which the solver leaves uncertain."""
    return float(f"{value:.12g}")


def _solved(costs: Any, rows: Any, most: Any, bounds: list[tuple[float, float | None]]) -> Any:
    """Return the cheapest solution of a linear program, or None if it has none."""
    from scipy.optimize import linprog

    found = linprog(costs, A_ub=rows, b_ub=most, bounds=bounds, method="highs")
    return found.x if found.success else None


def _checked(given: ExposureInputs) -> None:
    of = {"supplier_capacity": CAPACITY, "inventory": STOCK_OF, "profit_per_unit": PROFIT_OF, "links": LINKS}
    for name, said in of.items():
        each(name, said.label, getattr(given, name) or {})
    each("product_demand", DEMAND_OF.label, given.product_demand, open_=True)
    each("recovery_times", RECOVER_OF.label, given.recovery_times or {}, open_=True)
    suppliers, products = len(given.supplier_capacity), len(given.product_demand)
    if suppliers * products > MOST_LINKS:
        reason = (
            f"{suppliers} suppliers and {products} products make more than {MOST_LINKS} pairs, too many to solve at "
            f"once; group "
            "products or look at a part of the network"
        )
        raise Refusal("supplier_capacity", reason)
    if not any(given.profit_per_unit.values()):
        raise Refusal("profit_per_unit", "profits must not all be 0, since then nothing is lost")


def _lost_supplier(given: ExposureInputs) -> str | None:
    """Return the supplier that is asked about, "" for none, None where it is not said."""
    said = given.disrupted_supplier
    if said is None or not said.strip():
        return None
    if said.casefold().strip() in NONE:
        return ""
    for supplier in given.supplier_capacity:
        if supplier.casefold().strip() == said.casefold().strip():
            return supplier
    known = ", ".join(list(given.supplier_capacity)[:20])
    raise Refusal("disrupted_supplier", f"there is no supplier {said!r}; there are {known}, or none")


def _exposure_chart(given: ExposureInputs, outcome: Outcome) -> Chart:
    losses: dict[str, float] = outcome.also["lost_profit_by_supplier"]  # type: ignore[assignment]
    shown = sorted(losses.items(), key=lambda pair: -pair[1])[:MOST_BARS]
    return Chart(
        kind="bar",
        title="Profit lost without each supplier",
        x_label="supplier",
        y_label=given.money,
        series=[Series(name="lost profit", x=[name for name, _ in shown], y=[loss for _, loss in shown])],
        summary=f"Losing {shown[0][0]} costs most: {number(shown[0][1])} {given.money}.",
    )


@metric(
    id="risk_exposure_index",
    name="Risk exposure index",
    aliases=("REI", "risk exposure", "financial impact of losing a supplier", "performance impact",
             "performance impact of a node", "exposure index", "lost profit of a disruption", "disruption impact",
             "which supplier hurts most", "Risikoexpositionsindex", "Ausfallwirkung"),
    family=FAMILY,
    unit="",
    formula=r"\text{REI}_n = \frac{PI_n}{\max_k PI_k}, \qquad PI_n = \min_{y,\, l \ge 0} \sum_j f_j l_j, \quad "
            r"\sum_{i \ne n} y_{ij} + l_j \ge d_j t_n - s_j, \quad \sum_j y_{ij} \le c_i t_n",
    source="Simchi-Levi, D., Schmidt, W. & Wei, Y. (2014). From superstorms to factory fires: managing unpredictable "
           "supply-chain disruptions. Harvard Business Review 92(1-2), 96-101.",
    note="Risk exposure index",
    chart=_exposure_chart,
    costly=True,
    period="time_to_recover",
    published=tuple(
        Published(f"{CASE}, {lost}", {**NETWORK, "disrupted_supplier": lost}, expected, within=0.0005, absolute=True)
        for lost, expected in (
            ("none", {"value": 0.0, "lost_profit": 0.0, "lost_units": 0.0, "gap": 0.0}),
            ("S1", {"value": 0.0, "lost_profit": 0.0, "lost_units": 0.0, "time_to_survive": 2.25, "gap": 0.0}),
            ("S2", {"value": 0.455, "lost_profit": 125_000.0, "lost_units": 25.0, "time_to_survive": 1.286,
                    "gap": 0.714}),
            ("S3", {"value": 1.0, "lost_profit": 275_000.0, "lost_units": 55.0, "time_to_survive": 0.9, "gap": 1.1}),
        )
    ),
)  # fmt: skip
def risk_exposure_index(given: ExposureInputs) -> Outcome:
    """Return the profit lost without one supplier as a share of the worst supplier's loss, from 0 to 1.

    For every supplier two linear programs share out what is left: one loses the least profit until the supplier is
    back, one serves all demand for as long as possible. Where no supplier is named, the worst one is reported. Refuses
    networks of more than 300 pairs of supplier and product.
    """
    _checked(given)
    network = _Network(given)
    asked = _lost_supplier(given)
    times = dict.fromkeys(network.suppliers, given.time_to_recover or 0.0)
    if given.recovery_times is not None:
        times = matched("recovery_times", given.recovery_times, "time to recover", network.suppliers, "capacity")
    losses = {supplier: network.without(supplier, times[supplier]) for supplier in network.suppliers}
    nothing = network.without("", max(times.values()))
    worst = max(losses, key=lambda supplier: losses[supplier].profit)
    most = max(losses[worst].profit, nothing.profit)
    node = worst if asked is None else asked
    loss = losses[node] if node else nothing
    index = loss.profit / most if most > 0 else 0.0
    units_lost = sum(loss.units.values())
    also: dict[str, Any] = {
        "lost_profit": loss.profit,
        "lost_units": units_lost,
        "gap": loss.gap,
        "supplier": node or "none",
        "worst_supplier": worst if most > 0 else "none",
        "lost_profit_by_supplier": {name: each_loss.profit for name, each_loss in losses.items()},
        "index_by_supplier": {name: each_loss.profit / most if most > 0 else 0.0 for name, each_loss in losses.items()},
    }
    units = {"lost_profit": "money", "lost_units": "item", "gap": "period", "lost_profit_by_supplier": "money"}
    lasting = {name: each_loss.lasts for name, each_loss in losses.items() if each_loss.lasts is not None}
    if lasting:
        also["time_to_survive_by_supplier"] = lasting
        units["time_to_survive_by_supplier"] = "period"
    if loss.lasts is not None:
        also["time_to_survive"] = loss.lasts
        units["time_to_survive"] = "period"
    warnings = []
    if nothing.profit > 0:
        also["lost_profit_without_disruption"] = nothing.profit
        units["lost_profit_without_disruption"] = "money"
        warnings.append(
            "Even with every supplier running, demand is above capacity and stock, so part of the loss is not due to "
            "a disruption."
        )
    return Outcome(
        value=index,
        steps=_exposure_steps(given, node, loss, index, most),
        meaning=_exposure_meaning(given, node, loss, worst, losses[worst].profit),
        also=also,
        units=units,
        warnings=warnings,
        assumptions=[] if given.links is not None else ["every supplier can make every product"],
    )


def _exposure_steps(given: ExposureInputs, node: str, loss: _Loss, index: float, most: float) -> list[str]:
    left = [capacity for name, capacity in given.supplier_capacity.items() if name != node]
    demand, stock = given.product_demand.values(), (given.inventory or {}).values()
    recover = number(loss.recover)
    profits = {name.casefold().strip(): profit for name, profit in given.profit_per_unit.items()}
    lost = {name: units for name, units in loss.units.items() if units > 0}
    steps = [
        f"demand until recovery = total demand · time to recover = ({added(demand)}) · {recover} = "
        f"{number(sum(demand) * loss.recover)}",
        f"stock and capacity left = stock + capacity{f' without {node}' if node else ''} · time to recover = "
        f"{number(sum(stock))} + ({added(left)}) · {recover} = {number(sum(stock) + sum(left) * loss.recover)}",
    ]
    if lost:
        shown = list(lost.items())[:8]
        terms = " + ".join(
            f"{number(units)} {name} · {number(profits[name.casefold().strip()])}" for name, units in shown
        )
        steps.append(
            f"least lost profit = units lost · profit = {terms}{' + ...' if len(lost) > len(shown) else ''} = "
            f"{number(loss.profit)}"
        )
    else:
        steps.append("least lost profit = 0, as stock and capacity left serve all demand")
    steps.append(
        f"time to survive = {number(loss.lasts)}, gap = max(0, {recover} - {number(loss.lasts)}) = {number(loss.gap)}"
        if loss.lasts is not None
        else "time to survive = without end, as the capacity left serves all demand"
    )
    if most > 0:
        steps.append(
            f"index = lost profit / largest lost profit = {number(loss.profit)} / {number(most)} = {number(index)}"
        )
    return steps


def _exposure_meaning(given: ExposureInputs, node: str, loss: _Loss, worst: str, largest: float) -> str:
    if not node:
        start = "With every supplier running, "
        start += f"{number(loss.profit)} {given.money} of profit are lost" if loss.profit else "no profit is lost"
        return (
            f"{start}; losing {worst} would cost most, {number(largest)}."
            if largest
            else f"{start}, and no single loss changes that."
        )
    if not loss.profit:
        return (
            f"Losing {node} for {plural(loss.recover, given.period)} costs no profit: stock and the other "
            f"suppliers serve all demand."
        )
    rank = (
        "the largest loss of all suppliers"
        if node == worst
        else f"{percent(loss.profit / largest, 3)} of what losing {worst} would cost"
    )
    return (
        f"Losing {node} for {plural(loss.recover, given.period)} costs {number(loss.profit)} {given.money} of "
        f"profit, {rank}."
    )

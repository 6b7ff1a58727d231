"""How the published numeric cases on inventory, lot sizing, flow and freight call the metrics."""

from collections.abc import Callable
from typing import Any

from tools.metrics import Frame, MetricError, MetricResult, compute

Inputs = dict[str, Any]
Found = dict[str, Any]
REJECTED = {"outcome": "rejected_with_explanation"}
SHORTEST_REASON = 20
YEAR = Frame("year")
ORDER_COST = ("fixed_cost_per_order", "setup_cost", "order_cost", "ordering_cost", "fixed_cost")
DEMAND = ("demand_rate", "annual_demand", "demand")
RATE = ("holding_cost_rate", "carrying_rate", "holding_rate")
QUANTITY = ("order_quantity", "quantity", "production_quantity")


def first(inputs: Inputs, *names: str) -> Any:
    """Return the first of the names' values that is among the inputs."""
    return next((inputs[name] for name in names if name in inputs), None)


def call(metric: str, **inputs: Any) -> MetricResult:
    """Compute a metric from the inputs that there are."""
    return compute(metric, frame=YEAR, **{name: value for name, value in inputs.items() if value is not None})


def costs(inputs: Inputs) -> dict[str, Any]:
    """Return what every lot size needs, under the metrics' names."""
    return {
        "order_cost": first(inputs, *ORDER_COST),
        "demand": first(inputs, *DEMAND),
        "holding_cost": first(inputs, "holding_cost", "holding_cost_per_unit"),
        "carrying_rate": first(inputs, *RATE),
        "unit_cost": first(inputs, "unit_cost", "unit_price", "price"),
    }


def eoq(inputs: Inputs) -> Found:
    days = first(inputs, "working_days", "days_per_year")
    lead_time = first(inputs, "lead_time")
    if lead_time is not None:
        lead_time /= days or 365
    lot = first(inputs, *QUANTITY)
    result = call(
        "economic_order_quantity", **costs(inputs), lead_time=lead_time, days_in_period=days, order_quantity=lot
    )
    also = result.also
    total = also["total_cost"] if lot is None else also["cost_of_order_quantity"]
    return {
        "order_quantity": result.value if lot is None else lot,
        "eoq": result.value,
        "annual_order_plus_holding_cost": total,
        "annual_cost": total,
        "total_cost": total,
        "orders_per_year": also["orders"],
        "cycle_days": also["days_between_orders"],
        "cycle_days_365": also["days_between_orders"],
        "cycle_time_years": also["cycle_time"],
        "annual_ordering_cost": also["ordering_cost"],
        "annual_holding_cost": also["holding_cost_total"],
        "average_inventory": also["average_inventory"],
        "reorder_point_no_safety_stock": also.get("reorder_point"),
        "reorder_point": also.get("reorder_point"),
    }


def sensitivity(inputs: Inputs) -> Found:
    result = call(
        "eoq_sensitivity",
        order_quantity=first(inputs, "quantity", "order_quantity"),
        optimal_quantity=first(inputs, "optimal_quantity", "eoq"),
        quantity_ratio=first(inputs, "quantity_ratio", "ratio"),
    )
    return {"cost_ratio_to_optimal": result.value, "cost_ratio": result.value, "cost_increase": result.also["excess"]}


def backorders(inputs: Inputs) -> Found:
    lot, share = first(inputs, *QUANTITY), first(inputs, "stockout_fraction", "backorder_fraction")
    result = call(
        "eoq_with_backorders",
        **costs(inputs),
        backorder_cost=first(inputs, "backorder_cost", "stockout_cost", "penalty_cost"),
        order_quantity=lot,
        stockout_fraction=share,
    )
    cost = result.also["total_cost"] if lot is None and share is None else result.also["cost_of_order_quantity"]
    return {
        "order_quantity": result.value if lot is None else lot,
        "max_backorder": result.also["max_backorder"],
        "stockout_fraction": result.also["stockout_fraction"] if share is None else share,
        "max_inventory": result.also["max_inventory"],
        "cost_per_month": cost,
        "annual_cost": cost,
        "cost": cost,
    }


def production(inputs: Inputs) -> Found:
    demand, rate = first(inputs, *DEMAND), first(inputs, "production_rate")
    if rate is None:
        rate = first(inputs, "daily_production") * demand / first(inputs, "daily_demand")
    lot = first(inputs, *QUANTITY)
    result = call("economic_production_quantity", **costs(inputs), production_rate=rate, order_quantity=lot)
    cost = result.also["total_cost"] if lot is None else result.also["cost_of_order_quantity"]
    return {
        "production_quantity": result.value if lot is None else lot,
        "order_quantity": result.value if lot is None else lot,
        "annual_cost": cost,
        "annual_setup_plus_holding_cost": cost,
        "max_inventory": result.also["max_inventory"],
        "runs_per_year": result.also["runs"],
    }


def discount(kind: str) -> Callable[[Inputs], Found]:
    def found(inputs: Inputs) -> Found:
        result = call(
            f"quantity_discount_{kind}",
            **costs(inputs),
            breakpoints=first(inputs, "breakpoints"),
            unit_costs=first(inputs, "unit_costs", "unit_prices"),
        )
        return {
            "order_quantity": result.value,
            "tier_index": result.also["tier_index"],
            "annual_total_cost_incl_purchase": result.also["total_cost"],
            "unit_cost": result.also["unit_cost"],
        }

    return found


def dynamic(inputs: Inputs) -> Found:
    given = costs(inputs) | {"demand": first(inputs, "demand", "demands")}
    given.pop("carrying_rate")
    prices = first(inputs, "unit_cost", "purchase_cost")
    given.pop("unit_cost")
    for name in ("order_cost", "holding_cost"):
        if isinstance(given[name], list):
            given[f"{name}s"] = given.pop(name)
    if isinstance(prices, int | float):
        prices = [prices] * len(given["demand"])
    result = call("wagner_whitin", **given, unit_costs=prices)
    return {
        "order_quantities": result.also["order_quantities"],
        "total_cost": result.value,
        "number_of_orders": result.also["orders"],
    }


def abc(inputs: Inputs) -> Found:
    result = call(
        "abc_analysis",
        annual_demand=first(inputs, "annual_demand"),
        unit_cost=first(inputs, "unit_cost"),
        values=first(inputs, "annual_value", "values"),
        cutoffs=first(inputs, "cutoffs"),
    )
    share: dict[str, float] = result.also["value_share"]  # type: ignore[assignment]
    return {
        "annual_value": result.also["annual_value"],
        "classes": result.also["classes"],
        "total_value": result.also["total_value"],
        **{f"{kind}_value_share": part for kind, part in share.items()},
    }


def turnover(inputs: Inputs) -> Found:
    days = first(inputs, "period", "days_in_period", "days")
    turns = first(inputs, "turnover", "turns", "inventory_turns")
    cogs, stock = first(inputs, "cogs"), first(inputs, "average_inventory", "inventory")
    cover = first(inputs, "days_of_supply")
    if cogs is not None and stock is None and (turns is not None or cover is not None):
        result = call("average_inventory", cogs=cogs, inventory_turns=turns, days_of_supply=cover, days_in_period=days)
        return {
            "average_inventory": result.value,
            "days_of_supply": result.also["days_of_supply"],
            "turnover": result.also["turns"],
        }
    if cogs is None and first(inputs, "sales") is None:
        demand = first(inputs, "demand", "demand_rate", "daily_demand")
        if demand is not None and "daily_demand" in inputs:
            days = 1
        result = call("days_of_supply", stock=stock, demand=demand, inventory_turns=turns, days_in_period=days)
        return {"days_of_supply": result.value, "turnover": result.also.get("turns")}
    result = call(
        "inventory_turnover",
        cogs=cogs,
        sales=None if cogs is not None else first(inputs, "sales"),
        average_inventory=stock,
        opening_inventory=first(inputs, "opening_inventory", "beginning_inventory"),
        closing_inventory=first(inputs, "closing_inventory", "ending_inventory"),
        days_in_period=days,
    )
    cover = result.also.get("days_of_supply")
    return {
        "turnover": result.value,
        "days_of_supply": cover,
        "weeks_of_supply": None if cover is None else cover / 7,
        "average_inventory": result.also["average_inventory"],
    }


def gmroi(inputs: Inputs) -> Found:
    result = call(
        "gmroi",
        gross_margin=first(inputs, "gross_margin", "gross_profit"),
        sales=first(inputs, "sales", "revenue"),
        cogs=first(inputs, "cogs"),
        margin_rate=first(inputs, "margin_rate", "gross_margin_rate", "gross_margin_pct"),
        average_inventory=first(inputs, "average_inventory_at_cost", "average_inventory"),
    )
    return {"gmroi": result.value, "gross_margin": result.also["gross_margin"]}


def little(inputs: Inputs) -> Found:
    wip, time = (
        first(inputs, "wip", "inventory", "work_in_process"),
        first(inputs, "flow_time", "lead_time", "cycle_time"),
    )
    rate = first(inputs, "throughput", "arrival_rate")
    if wip is None:
        return {"wip": call("littles_law", throughput=rate, flow_time=time).value}
    if time is None:
        found = call("littles_law_flow_time", work_in_process=wip, throughput=rate).value
        return {"flow_time": found, "lead_time": found, "cycle_time": found}
    return {"throughput": call("littles_law_throughput", work_in_process=wip, flow_time=time).value}


def queue(inputs: Inputs) -> Found:
    time = first(inputs, "service_time")
    minutes_for_hours = time is not None and time * first(inputs, "arrival_rate") >= 1
    scale = 60 if minutes_for_hours else 1
    result = call(
        "mm1_queue",
        arrival_rate=first(inputs, "arrival_rate"),
        service_rate=first(inputs, "service_rate"),
        service_time=None if time is None else time / scale,
    )
    also = result.also
    return {
        "utilisation": also["utilization"],
        "utilization": also["utilization"],
        "Lq": also["average_queue_length"],
        "Wq": result.value * scale,
        "L": also["average_in_system"],
        "W": also["time_in_system"] * scale,  # type: ignore[operator]
        "P0": also["probability_empty"],
    }


def takt(inputs: Inputs) -> Found:
    result = call("takt_time", available_time=first(inputs, "available_time"), demand=first(inputs, "demand"))
    return {"takt_time": result.value}


def oee(inputs: Inputs) -> Found:
    result = call("oee", **inputs)
    return {"oee": result.value, **{name: result.also[name] for name in ("availability", "performance", "quality")}}


def kanban(inputs: Inputs) -> Found:
    result = call(
        "kanban_count",
        demand=first(inputs, *DEMAND),
        lead_time=first(inputs, "lead_time"),
        container_size=first(inputs, "container_size", "container_capacity"),
        safety_share=first(inputs, "safety_factor", "safety_share"),
        safety_stock=first(inputs, "safety_stock"),
    )
    return {"kanbans": result.value, "number_of_kanbans": result.value, "exact": result.also["exact"]}


def chargeable(inputs: Inputs) -> Found:
    result = call("chargeable_weight", **inputs)
    return {"chargeable_weight": result.value, "volumetric_weight": result.also["volumetric_weight"]}


def guarded(found: Callable[[Inputs], Found]) -> Callable[[Inputs], Found]:
    """Return the function with a refusal that names its reason as a result."""

    def checked(inputs: Inputs) -> Found:
        try:
            return {name: value for name, value in found(inputs).items() if value is not None}
        except MetricError as error:
            return REJECTED if len(str(error)) > SHORTEST_REASON else {}

    return checked


CASES: dict[str, Callable[[Inputs], Found]] = {
    topic: guarded(found)
    for topic, found in {
        "eoq": eoq,
        "eoq_input_validation": eoq,
        "eoq_sensitivity": sensitivity,
        "eoq_backorders": backorders,
        "epq": production,
        "quantity_discount_all_units": discount("all_units"),
        "quantity_discount_incremental": discount("incremental"),
        "dynamic_lot_sizing_wagner_whitin": dynamic,
        "abc_analysis": abc,
        "inventory_turnover_days_of_supply": turnover,
        "gmroi": gmroi,
        "littles_law": little,
        "mm1_queue": queue,
        "takt_time": takt,
        "oee": oee,
        "kanban_count": kanban,
        "chargeable_weight": chargeable,
    }.items()
}

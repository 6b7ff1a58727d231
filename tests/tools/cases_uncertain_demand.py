"""Numeric cases of the newsvendor, safety stock, reorder policies and pooling: how each topic is computed here."""

import statistics
from collections.abc import Callable
from typing import Any

from tools.metrics import MetricError, compute

Case = Callable[[dict[str, Any]], dict[str, Any]]

NAMES = {
    "demand_rate": "demand_mean",
    "mean_demand": "demand_mean",
    "average_demand": "demand_mean",
    "daily_demand": "demand_mean",
    "annual_demand": "demand_mean",
    "annual_sd": "demand_sd",
    "ln_mean": "log_mean",
    "ln_sd": "log_sd",
    "lead_time_mean": "lead_time",
    "leadtime_demand_mean": "lead_time_demand_mean",
    "leadtime_demand_sd": "lead_time_demand_sd",
    "sigma_leadtime_demand": "lead_time_demand_sd",
    "cycle_service_level": "service_level",
    "cycle_service_level_target": "service_level",
    "fill_rate_target_type2": "fill_rate",
    "fill_rate_target": "fill_rate",
    "fixed_cost": "order_cost",
    "fixed_cost_per_order": "order_cost",
    "setup_cost": "order_cost",
    "penalty_cost": "stockout_cost",
    "holding_leftover_cost": "extra_holding_cost",
    "demand_history": "demand_history",
    "monthly_demand": "demand_history",
    "weekly_demand": "demand_history",
    "max_demand": "demand_max",
    "max_daily_demand": "demand_max",
    "max_lead_time": "lead_time_max",
    "avg_demand": "demand_mean",
    "avg_lead_time": "lead_time",
    "n_before": "locations_before",
    "n_after": "locations_after",
}


def plain(inputs: dict[str, Any], **more: str) -> dict[str, Any]:
    """Return the inputs under the metrics' names, without units, lists only where a list is meant."""
    values = {
        name: part["value"] if isinstance(part, dict) and {"value", "unit"} <= set(part) else part
        for name, part in inputs.items()
    }
    named = {more.get(name, NAMES.get(name, name)): value for name, value in values.items()}
    if "demand_history" in named and not isinstance(named["demand_history"], list):
        named["demand_mean"] = named.pop("demand_history")
    return named


def computed(metric: str, inputs: dict[str, Any], value: tuple[str, ...], **also: str) -> dict[str, Any]:
    """Return a metric's results, its main value under further names, and others of `also` under theirs."""
    result = compute(metric, **inputs)
    found: dict[str, Any] = {"value": result.value, **result.also}
    found |= dict.fromkeys(value, result.value)
    found |= {name: found[source] for name, source in also.items() if source in found}
    return found


def explained(case: Case) -> Case:
    """Return a case's function that reports a refusal as the cases do."""

    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        try:
            return case(inputs)
        except MetricError as error:
            return {"outcome": "rejected_with_explanation" if str(error) else "rejected"}

    return run


def newsvendor(metric: str) -> Case:
    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        given = plain(inputs, stockout_cost="underage_cost", holding_cost="overage_cost", unit_cost="purchase_cost")
        asked = given.get("order_quantity")
        found = computed(metric, given, ("optimal_order_quantity", "base_stock_level"))
        return found | {"order_quantity": found["value"] if asked is None else asked}

    return run


def critical_ratio(inputs: dict[str, Any]) -> dict[str, Any]:
    return computed("critical_ratio", plain(inputs, unit_cost="purchase_cost"), ("critical_ratio",))


def base_stock(metric: str) -> Case:
    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        given = plain(
            inputs, overage_cost="holding_cost", underage_cost="backorder_cost", stockout_cost="backorder_cost"
        )
        given.setdefault("review_period", 1.0)
        return computed(metric, given, ("base_stock_level", "order_up_to_level", "order_quantity"))

    return run


def lead_time_demand(inputs: dict[str, Any]) -> dict[str, Any]:
    return computed(
        "lead_time_demand", plain(inputs), ("sigma_leadtime_demand", "leadtime_demand_sd"),
        leadtime_demand_mean="lead_time_demand_mean",
    )  # fmt: skip


def safety_stock(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs)
    if "demand_max" in given:
        return computed("safety_stock_max_average", given, ("safety_stock",))
    return computed("safety_stock", given, ("safety_stock",), sigma_leadtime_demand="lead_time_demand_sd")


def reorder_point(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs)
    history = given.get("demand_history")
    found = {}
    if history is not None:
        given["spread"] = "population"
        found = {"population_sd": statistics.pstdev(history), "sample_sd": statistics.stdev(history)}
    return found | computed("reorder_point", given, ("reorder_point",), leadtime_demand_mean="lead_time_demand_mean")


def order_up_to(inputs: dict[str, Any]) -> dict[str, Any]:
    return computed("order_up_to_level", plain(inputs), ("order_up_to_level", "target_level"))


def service_level(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs)
    names = ("cycle_service_level", "service_level", "cycle_service_level_type1")
    return computed("service_level_from_z" if set(given) == {"z"} else "service_level", given, names)


def fill_rate(inputs: dict[str, Any]) -> dict[str, Any]:
    return computed(
        "fill_rate_from_stock", plain(inputs), ("fill_rate_type2", "fill_rate"),
        cycle_service_level_type1="cycle_service_level", sigma_leadtime_demand="lead_time_demand_sd",
    )  # fmt: skip


def safety_stock_for_fill_rate(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs)
    weeks = given.pop("weeks_per_year", None)
    days = given.pop("days_per_year", None)
    given["lead_time"] = given["lead_time"] / (weeks or days or 1)
    return computed("safety_stock_for_fill_rate", given, ("safety_stock",), required_G_k="required_loss", k="z")


def r_q(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs, stockout_cost="backorder_cost")
    if "demand_sd" not in given:
        found = computed("r_q_poisson", given, ("reorder_point",))
    elif "reorder_point" in given and "order_quantity" in given:
        found = computed("r_q_cost", given, ("expected_cost",))
    else:
        found = computed("r_q_policy", given, ("reorder_point",))
    return found | {"cost": found["expected_cost"], "exact_cost": found["expected_cost"]}


def r_q_by(method: str) -> Case:
    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        return r_q(inputs | {"method": method})

    return run


def hadley_whitin(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs, backorder_cost="stockout_cost")
    return computed("r_q_hadley_whitin", given, ("reorder_point",), approximate_cost="expected_cost")


def s_s_policy(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(
        inputs, stockout_cost="backorder_cost", s="reorder_level", S="order_up_to_level", reorder_point="reorder_level"
    )
    found = computed("s_s_policy", given, (), s="reorder_level", S="order_up_to_level")
    return found | {"reorder_point": found["s"], "cost": found["expected_cost"]}


def s_s_power(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs, stockout_cost="backorder_cost")
    return computed("s_s_power_approximation", given, ("s", "reorder_point"), S="order_up_to_level")


def square_root_law(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(inputs)
    if not {"safety_stock", "safety_stock_each"} & set(given):
        return computed("square_root_saving", given, ("saving", "reduction"), ratio="stock_factor")
    return computed("square_root_law", given, ("safety_stock_after",), reduction="saving_share")


def risk_pooling(inputs: dict[str, Any]) -> dict[str, Any]:
    return computed("risk_pooling", plain(inputs), ("saving", "reduction"), sigma_pooled="pooled_sd")


def eoq_with_disruptions(inputs: dict[str, Any]) -> dict[str, Any]:
    found = computed("eoq_with_disruptions", plain(inputs, demand_rate="demand"), ("optimal_order_quantity",))
    return found | {"order_quantity": inputs.get("order_quantity", found["value"]), "cost": found["expected_cost"]}


def newsvendor_with_disruptions(inputs: dict[str, Any]) -> dict[str, Any]:
    given = plain(
        inputs, stockout_cost="backorder_cost", disruption_prob="disruption_probability",
        recovery_prob="recovery_probability", demand_mean="demand", demand_rate="demand",
    )  # fmt: skip
    found = computed("newsvendor_with_disruptions", given, ("optimal_base_stock_level",))
    return found | {"base_stock_level": given.get("base_stock_level", found["value"]), "cost": found["expected_cost"]}


CASES: dict[str, Case] = {
    topic: explained(case)
    for topic, case in {
        "newsvendor_normal": newsvendor("newsvendor"),
        "newsvendor_profit_form": newsvendor("newsvendor"),
        "newsvendor_critical_ratio": critical_ratio,
        "newsvendor_poisson": newsvendor("newsvendor_poisson"),
        "newsvendor_lognormal": newsvendor("newsvendor_lognormal"),
        "newsvendor_uniform": newsvendor("newsvendor_uniform"),
        "newsvendor_discrete": newsvendor("newsvendor_discrete"),
        "newsvendor_continuous": newsvendor("newsvendor_distribution"),
        "base_stock_normal": base_stock("base_stock_level"),
        "base_stock_poisson": base_stock("base_stock_poisson"),
        "sigma_leadtime_demand": lead_time_demand,
        "safety_stock_demand_variability": safety_stock,
        "safety_stock_lead_time_variability": safety_stock,
        "safety_stock_combined_variability": safety_stock,
        "safety_stock_max_average": safety_stock,
        "safety_stock_for_target_fill_rate": safety_stock_for_fill_rate,
        "reorder_point": reorder_point,
        "periodic_review": order_up_to,
        "periodic_review_order_up_to": order_up_to,
        "service_level_from_rop": service_level,
        "fill_rate_type1_type2": fill_rate,
        "r_Q_cost": r_q,
        "r_Q_poisson": r_q,
        "r_Q_optimal": r_q,
        "r_Q_hadley_whitin_EIL": hadley_whitin,
        "r_Q_EOQB": r_q_by("eoq_with_backorders"),
        "r_Q_EOQ_SS": r_q_by("eoq_plus_safety_stock"),
        "r_Q_loss_function": r_q_by("loss_function"),
        "s_S_policy_poisson": s_s_policy,
        "s_S_power_approximation": s_s_power,
        "square_root_law": square_root_law,
        "risk_pooling": risk_pooling,
        "eoq_with_disruptions": eoq_with_disruptions,
        "newsvendor_with_disruptions": newsvendor_with_disruptions,
    }.items()
}

"""Numeric cases of variability and bullwhip: the metric that each topic asks for."""

from collections.abc import Callable
from typing import Any

from tools.metrics.compute import compute


def _series(inputs: dict[str, Any]) -> dict[str, Any]:
    basis = "population" if inputs.get("variance", "sample").startswith("population") else "sample"
    result = compute("bullwhip_ratio", demand=inputs["demand"], orders=inputs["orders"], basis=basis)
    return {
        "bullwhip": result.value,
        "var_demand": result.also["variance_of_demand"],
        "var_orders": result.also["variance_of_orders"],
    }


def _theory(inputs: dict[str, Any]) -> dict[str, Any]:
    """Return the ratio; with exponential smoothing that of SCperf, whose formula these cases were made with."""
    given = {"lead_time": inputs["L"], "correlation": inputs["phi"]}
    if "p" in inputs:
        given["periods_averaged"] = inputs["p"]
    if "alpha" in inputs:
        given["smoothing_constant"] = inputs["alpha"]
    result = compute("bullwhip_order_up_to", **given)
    return {"bullwhip": result.also.get("scperf_value", result.value)}


def _bound(inputs: dict[str, Any]) -> dict[str, Any]:
    result = compute("bullwhip_lower_bound", lead_time=inputs["L"], periods_averaged=inputs["p"])
    return {"bullwhip": result.value, "lower_bound": result.value}


CASES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "bullwhip_from_series": _series,
    "bullwhip_order_up_to_theory": _theory,
    "bullwhip_lower_bound": _bound,
}

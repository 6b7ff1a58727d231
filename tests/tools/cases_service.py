"""Numeric cases of service: the metric that each topic asks for."""

from collections.abc import Callable
from typing import Any

from tools.metrics.compute import compute


def _index(inputs: dict[str, Any]) -> dict[str, Any]:
    known = {"on_time", "in_full", "damage_free", "documentation_accurate"}
    other = {name: value for name, value in inputs.items() if name not in known}
    result = compute(
        "perfect_order_index",
        **{name: inputs[name] for name in inputs if name in known},
        **({"other": other} if other else {}),
    )
    return {"perfect_order_index": result.value, "perfect_order_rate": result.value}


def _plain(metric: str, *names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        result = compute(metric, **inputs)
        return {**result.also, **dict.fromkeys((metric, *names), result.value)}

    return run


CASES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "perfect_order_multiplicative": _index,
    "perfect_order_counted": _plain("perfect_order", "perfect_order_rate"),
    "fill_rate_by_counts": _plain("fill_rate"),
    "otif": _plain("otif"),
}

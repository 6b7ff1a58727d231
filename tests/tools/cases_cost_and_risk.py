"""Numeric cases of cash, cost, suppliers and risk: how each topic's inputs are computed here."""

from collections.abc import Callable
from typing import Any

from tools.metrics import MetricError, compute

UNLIMITED = 999
Case = Callable[[dict[str, Any]], dict[str, Any]]


def explained(case: Case) -> Case:
    """Return a case's function that takes inputs with or without their unit, and reports a refusal as the cases do."""

    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        plain = {
            name: part["value"] if isinstance(part, dict) and {"value", "unit"} <= set(part) else part
            for name, part in inputs.items()
        }
        try:
            return case(plain)
        except MetricError as error:
            return {"outcome": "rejected_with_explanation" if str(error) else "rejected"}

    return run


def renamed(inputs: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in inputs.items()}


def cash_to_cash(inputs: dict[str, Any]) -> dict[str, Any]:
    names = {
        "inventory": "average_inventory",
        "revenue": "sales",
        "credit_sales": "sales",
        "accounts_receivable": "receivables",
        "accounts_payable": "payables",
        "period": "days_in_period",
        "days": "days_in_period",
        "dio": "inventory_days",
        "dso": "receivable_days",
        "dpo": "payable_days",
    }
    result = compute("cash_to_cash", **renamed(inputs, names))
    days = {name: result.also[name] for name in ("days_inventory", "days_receivable", "days_payable")}
    short = dict(zip(("DIO", "DSO", "DPO"), days.values(), strict=True))
    stated = dict(zip(("inventory_days", "receivable_days", "payable_days"), days.values(), strict=True))
    return {"cash_to_cash": result.value, **result.also, **short, **stated}


def landed_cost(inputs: dict[str, Any]) -> dict[str, Any]:
    names = {"landed_cost_per_unit": "unit_price", "duty_freight_inclusion": "uplift"}
    result = compute("total_landed_cost", **renamed(inputs, names))
    total = {"baseline_total_at_100pct": result.also.get("total_without_uplift")}
    return {"per_unit": result.value, **result.also, **total}


def concentration(inputs: dict[str, Any]) -> dict[str, Any]:
    amounts = inputs["spend_or_share"]
    result = compute("hhi", **{"spend_by_supplier" if isinstance(amounts, dict) else "spend": amounts})
    return {"hhi_points": result.value, **result.also, "effective_number": result.also["effective_suppliers"]}


def exposure(inputs: dict[str, Any]) -> dict[str, Any]:
    result = compute("risk_exposure_index", **renamed(inputs, {"TTR": "time_to_recover"}))
    return {
        "lost_profit_during_TTR": result.also["lost_profit"],
        "lost_units": result.also["lost_units"],
        "risk_exposure_index_vs_worst": result.value,
        "TTS": result.also.get("time_to_survive", UNLIMITED),
        "TTR_minus_TTS_gap": result.also["gap"],
    }


def single_node(inputs: dict[str, Any]) -> dict[str, Any]:
    names = {"inventory_plus_pipeline": "stock", "TTR": "time_to_recover"}
    result = compute("ttr_gap", **renamed(inputs, names))
    return {
        "TTS": result.also.get("time_to_survive", UNLIMITED),
        "gap_days": result.value,
        "lost_units": result.also["lost_units"],
        "performance_impact": result.also.get("lost_margin"),
    }


def scorecard(inputs: dict[str, Any]) -> dict[str, Any]:
    result = compute("supplier_scorecard", **inputs)
    return {"weighted_score": result.value, **result.also}


CASES: dict[str, Case] = {
    "cash_to_cash": explained(cash_to_cash),
    "landed_cost": explained(landed_cost),
    "supplier_concentration_hhi": explained(concentration),
    "ttr_tts_risk_exposure": explained(exposure),
    "tts_single_node": explained(single_node),
    "supplier_scorecard": explained(scorecard),
}

"""Numeric cases of forecasts and their errors: the metric that each topic asks for."""

from collections.abc import Callable
from typing import Any

from tools.metrics.compute import compute

Case = Callable[[dict[str, Any]], dict[str, Any]]


def _plain(metric: str, *names: str) -> Case:
    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        result = compute(metric, **inputs)
        return {**result.also, **dict.fromkeys(names, result.value)}

    return run


def _mase(inputs: dict[str, Any]) -> dict[str, Any]:
    renamed = {"season" if name == "seasonality" else name: value for name, value in inputs.items()}
    return {"MASE": compute("mase", **renamed).value}


def _tracking(inputs: dict[str, Any]) -> dict[str, Any]:
    result = compute("tracking_signal", **inputs)
    return {
        "RSFE": result.also["running_sum"],
        "MAD": result.also["running_mad"],
        "tracking_signal": result.also["running_signal"],
    }


CASES: dict[str, Case] = {
    "mase_training_scaled": _mase,
    "wape_wmape": _plain("wape", "WAPE", "WMAPE"),
    "mape": _plain("mape", "MAPE"),
    "smape": _plain("smape", "sMAPE"),
    "rmse": _plain("rmse", "RMSE"),
    "mae": _plain("mae", "MAE", "MAD"),
    "forecast_bias": _plain("forecast_bias", "bias"),
    "tracking_signal": _tracking,
    "moving_average": _plain("moving_average", "forecast"),
    "weighted_moving_average": _plain("weighted_moving_average", "forecast"),
    "exponential_smoothing": _plain("exponential_smoothing", "forecast"),
}

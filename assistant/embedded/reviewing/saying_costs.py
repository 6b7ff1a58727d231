"""Writes the comparison of making and buying: what was read, what is lacking, or the result with its working."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.embedded.reviewing.phrases import sentences
from tools.metrics.shown import listed, number, percent, plural

Output = Mapping[str, Any]
NAMES = {
    "price": "{} a unit",
    "fixed": "{} fixed a year",
    "freight": "freight {} a unit",
    "duty": "duty {}",
    "other": "other cost {} a unit",
    "stock_weeks": "{} of stock",
    "holding_rate": "holding {} a year",
    "defect_share": "{} defective",
    "defect_cost": "{} a defect",
    "disruption_chance": "outage {} a year",
    "disruption_loss": "loss {} if it comes",
}
SHARES = ("duty", "holding_rate", "defect_share", "disruption_chance")


def compared(output: Output, unplaced: Sequence[str] = ()) -> str:
    """Return what the comparison of an output says, what of the message had no place, and where it is kept."""
    said, found = sentences(), output["comparison"]
    page = output["link"]
    parts = []
    inputs = _inputs(found["inputs"])
    if inputs:
        parts.append(said.say("make_or_buy_inputs", inputs=inputs))
    if found["lacking"]:
        parts.append(
            said.say("make_or_buy_lacking", name=found["name"], lacking=listed(list(found["lacking"])), page=page)
        )
    else:
        even = found["break_even"]
        turning = "" if even is None else said.say("make_or_buy_turning", volume=number(even))
        parts.append(said.say("make_or_buy_result", name=found["name"], meaning=found["meaning"], turning=turning))
        parts.append(f"$${found['formula']}$$")
        parts.append("\n".join(f"- {step}" for step in found["steps"]))
        parts.append(said.say("assumed", assumed="; ".join(found["assumptions"])))
        parts += [said.say("careful", warning=warning) for warning in found["warnings"]]
        if found["missing"]:
            parts.append(
                said.say("make_or_buy_missing", missing="; ".join(one.split(";")[0] for one in found["missing"]))
            )
    if unplaced:
        parts.append(said.say("make_or_buy_unplaced", amounts=listed(list(unplaced))))
    if inputs and not found["lacking"]:
        parts.append(said.say("make_or_buy_kept", page=page) if found["kept"] else said.say("make_or_buy_not_kept"))
    return "\n\n".join(part.strip() for part in parts)


def _inputs(inputs: Output) -> str:
    parts = []
    for side, word in (("make", "making"), ("buy", "buying")):
        figures = [NAMES[name].format(_shown(name, value)) for name, value in inputs[side].items()]
        if figures:
            parts.append(f"{word} {', '.join(figures)}")
    if inputs["volume"] is not None:
        parts.append(f"{number(inputs['volume'])} units a year")
    return "; ".join(parts)


def _shown(name: str, value: float) -> str:
    if name in SHARES:
        return percent(value)
    return plural(value, "week") if name == "stock_weeks" else number(value)

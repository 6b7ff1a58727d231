"""Which supply chain suits a product, whether the present one does, and the ways out: texts from chains.yaml."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools.classification.fisher import Fisher, shown
from tools.classification.product_result import Chain, Label, PresentChain, Sign, Supply, WayOut

FILE = Path(__file__).with_name("chains.yaml")
TYPES = {"efficient_chain": "physically efficient", "responsive_chain": "market-responsive"}
SUITS = {"functional": "physically efficient", "innovative": "market-responsive"}
MANY_VARIANTS = 10
NOTES = {
    "functional": ("Functional product", "Physically efficient supply chain"),
    "innovative": ("Innovative product", "Market-responsive supply chain", "Accurate response"),
    "hybrid": ("Functional product", "Innovative product", "Postponement"),
    "unknown": ("Functional product", "Innovative product"),
}


@cache
def texts() -> Any:
    """Return the texts of chains.yaml."""
    return yaml.safe_load(FILE.read_text("utf-8"))


def needed_chain(label: Label, *, surge: bool = False) -> Chain | None:
    """Return the chain that suits a label; None for an unknown product."""
    if label == "unknown":
        return None
    parts = texts()["hybrid_parts"]["surge" if surge else "layers"] if label == "hybrid" else []
    return Chain(**texts()["chains"][label], parts=parts)


def present_chain(values: Mapping[str, float], signs: Sequence[Sign], thresholds: Fisher) -> PresentChain | None:
    """Return the chain a company has, from its figures and words; None where they say nothing.

    Where they disagree, it is "mixed".
    """
    told = [sign for sign in signs if sign.says in TYPES]
    for name, bands in thresholds.present.items():
        if name in values and (says := bands.says(values[name])) != "between":
            quote = shown(values[name], bands.unit)
            why = f"{bands.label} of {quote}"
            told.append(Sign(sign=name, label=bands.label, says=says, quote=quote, why=why, source=thresholds.source))
    if not told:
        return None
    kinds = {sign.says for sign in told}
    return PresentChain(type=TYPES[kinds.pop()] if len(kinds) == 1 else "mixed", signs=told)


def judged(label: Label, present: PresentChain | None, values: Mapping[str, float]) -> tuple[bool | None, str]:
    """Return whether the present chain is a mismatch, with what it costs; None where that cannot be said."""
    if present is None or label == "unknown" or present.type == "mixed":
        return None, ""
    if label == "hybrid":
        efficient = present.type == SUITS["functional"]
        text: str = texts()["mismatches"]["hybrid_efficient" if efficient else "hybrid_responsive"]
        return None, text
    if present.type == SUITS[label]:
        matched: str = texts()["matches"][label]
        return False, matched
    return True, " ".join([texts()["mismatches"][label], *_cost(label, values)])


def _cost(label: Label, values: Mapping[str, float]) -> list[str]:
    """Return what the mismatch loses where margin and stockouts are known (Fisher 1997: margin times stockouts)."""
    margin, stockouts = values.get("contribution_margin"), values.get("stockout_rate")
    if label != "innovative" or margin is None or stockouts is None or margin <= 0:
        return []
    lost = shown(margin * stockouts / 100, "%")
    return [
        f"Stockouts alone lose {shown(margin, '%')} margin x {shown(stockouts, '%')} stockouts = {lost} of "
        "potential sales in contribution."
    ]


def ways_out(
    label: Label, mismatch: bool | None, values: Mapping[str, float], *, self_made: bool, surge: bool, partly: bool
) -> list[WayOut]:
    """Return the ways out that apply, the one to begin with first; none where the chain suits the product.

    `partly` says that a hybrid's chain suits only a part of it.
    """
    keys: list[str] = ["self_made"] if self_made else []
    if label == "functional" and mismatch:
        keys += ["efficient", "move_innovative"]
    elif label == "innovative" and mismatch:
        keys += _for_innovative(values)
    elif label == "hybrid":
        keys += ["split", "hold", "shorten"] if surge else ["split", "postpone", "shorten"]
        keys += ["move_functional"] if partly and not surge else []
    return [WayOut(**texts()["ways_out"][key], first=place == 0) for place, key in enumerate(keys)]


def _for_innovative(values: Mapping[str, float]) -> list[str]:
    """Return Fisher's three ways to respond, and the way back where the margin does not pay for them."""
    keys = ["shorten", "predictable"]
    if values.get("variants", MANY_VARIANTS) >= MANY_VARIANTS:
        keys.append("postpone")
    keys.append("hold")
    margin = values.get("contribution_margin")
    if margin is not None and margin < 20:
        return ["move_functional", *keys]
    return [*keys, "move_functional"] if margin is None else keys


def supply_position(label: Label, signs: Sequence[Sign]) -> Supply | None:
    """Return Lee's position if something was said of supply; without a strategy for hybrid and unknown products."""
    told = {sign.says for sign in signs} & {"stable_supply", "evolving_supply"}
    if len(told) != 1:
        return None
    level = "high" if "evolving_supply" in told else "low"
    strategy = texts()["supply"].get(label, {}).get(level, "")
    return Supply(uncertainty="high" if level == "high" else "low", strategy=strategy)


def self_made_text(signs: Sequence[Sign]) -> str:
    """Return what self-made swings mean, "" if none were told."""
    labels = dict.fromkeys(sign.label for sign in signs if sign.says == "self_made")
    return texts()["self_made"].format(signs=", ".join(labels)) if labels else ""


def notes(label: Label, *, supply: bool, mismatch: bool | None) -> list[str]:
    """Return the titles of the notes that explain a verdict."""
    found = ["Fisher framework", *NOTES[label]]
    found += ["Strategic fit"] if mismatch is not None else []
    return [*found, "Lee uncertainty framework"] if supply else found

"""Lists and maps of amounts: names matched between maps, sums and prices shown."""

import math
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field

from tools.metrics.given import LARGEST
from tools.metrics.result import Refusal
from tools.metrics.shown import number

Amount = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]


def matched(name: str, amounts: Mapping[str, float], noun: str, wanted: Iterable[str], other: str) -> dict[str, float]:
    """Return amounts in the order of the wanted names, whatever the case of letters they are written in.

    Refuses the input `name` when names differ or come twice: "delivery has a weight but no score", where `noun` is what
    an amount is (score) and `other` what the wanted names have (weight).
    """
    folded = {_folded(key): amount for key, amount in amounts.items()}
    if len(folded) < len(amounts):
        raise Refusal(
            name, f"a name has two {noun}s ({', '.join(list(amounts)[:10])}); names must differ in more than case"
        )
    names = {_folded(key): key for key in wanted}
    for fold, key in names.items():
        if fold not in folded:
            raise Refusal(name, f"{key} has a {other} but no {noun}")
    for key in amounts:
        if _folded(key) not in names:
            raise Refusal(name, f"{key} has a {noun} but no {other}")
    return {key: folded[fold] for fold, key in names.items()}


def _folded(key: str) -> str:
    return key.casefold().strip()


def added(amounts: Iterable[float]) -> str:
    """Return a sum as it is written out: "3 + 4 + 5", shortened in the middle when it is long."""
    texts = [number(amount) for amount in amounts]
    most = 8
    if len(texts) > most:
        texts = [*texts[: most - 2], "...", texts[-1]]
    return " + ".join(texts) or "0"


def priced(amount: float) -> str:
    """Return an amount of money with cents, where it is 1 or more: 155.8789 is "155.88"."""
    whole = math.floor(math.log10(abs(amount))) + 1 if abs(amount) >= 1 else 0
    return number(amount, max(4, whole + 2))

"""Reads what was typed into the form of the scope, and says of each value why it cannot be taken."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from tools.risk.amounts import AmountError, read_amount
from tools.risk.errors import ReviewError, Wrong
from tools.risk.review import Scope

HIGHEST_INDEX = 10_000.0
WORDS = {
    "product_lines": "Product lines",
    "sites": "Sites",
    "period": "Period",
    "currency": "Currency",
    "weekly_margin": "Margin a week",
    "loss_limit": "Unacceptable loss in one event",
    "stockout_limit_days": "Longest time without delivery",
    "concentration_limit": "Highest concentration of a critical category",
    "country_limit": "Highest share of one country",
    "other_limits": "Other limits",
}
NUMBERS: Mapping[str, tuple[str, float | None]] = {
    "weekly_margin": ("money", None),
    "loss_limit": ("money", None),
    "stockout_limit_days": ("days", None),
    "concentration_limit": ("", HIGHEST_INDEX),
    "country_limit": ("%", None),
}
"""The unit of each number, and the highest that can be right where the unit does not say it."""


def read_scope(typed: Mapping[str, Any]) -> Scope:
    """Return a scope; numbers may be typed as people write them, a share in percent or sent as a fraction of 1.

    Raises:
        ReviewError: with one sentence for each value that cannot be taken.
    """
    values, wrong = dict(typed), []
    for name, (unit, most) in NUMBERS.items():
        raw = values.get(name)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            values[name] = None
            continue
        share = name == "country_limit"
        try:
            read = read_amount(100 * raw if share and isinstance(raw, int | float) else raw, unit, least=0, most=most)
            values[name] = read / 100 if share else read
        except AmountError as error:
            wrong.append(Wrong(field=name, reason=f"{WORDS[name]}: {error}, or leave it blank where none is agreed."))
    if wrong:
        raise ReviewError(wrong)
    try:
        return Scope.model_validate(values)
    except ValidationError as error:
        raise ReviewError([_told(dict(one)) for one in error.errors(include_url=False)]) from error


def _told(error: Mapping[str, Any]) -> Wrong:
    name = str(error["loc"][0]) if error["loc"] else "scope"
    longest = error.get("ctx", {}).get("max_length")
    if longest:
        reason = f"{WORDS.get(name, name)} has more than {longest:,} characters: shorten it."
    elif name in WORDS:
        reason = f"{WORDS[name]}: {error['msg']}."
    else:
        reason = f"A scope has no field {name[:60]!r}: leave it out."
    return Wrong(field=name, reason=reason)

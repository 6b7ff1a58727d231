"""Wrong amounts beside a right one, in its own words: what other ways of reckoning would give."""

import re
from random import Random

_AMOUNT = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
_FACTORS = (0.5, 2.0, 0.75, 1.25, 1.5, 0.8, 0.1, 10.0, 1.2, 0.9)
MOST = 3


def other_amounts(answer: str, claim: str, rng: Random) -> tuple[str, list[str]] | None:
    """Return the result that an answer names and three wrong ones, the people's usual mistake first.

    None where the answer does not end in one number that stands for it.
    """
    right = _result(answer)
    if right is None:
        return None
    figure = _AMOUNT.search(right)
    if figure is None:
        return None
    value = float(figure[0].replace(",", "").replace("−", "-"))
    decimals = len(figure[0].partition(".")[2])
    wrong = []
    said = _result(claim)
    seen = {round(value, 6)}
    if said is not None and (theirs := _AMOUNT.search(said)):
        amount = float(theirs[0].replace(",", "").replace("−", "-"))
        if round(amount, 6) in seen:
            return None
        seen.add(round(amount, 6))
        wrong.append(right.replace(figure[0], theirs[0], 1))
    else:
        return None
    for factor in rng.sample(_FACTORS, len(_FACTORS)):
        other = round(value * factor, decimals)
        if other and not any(abs(other - one) < 0.04 * abs(one) + 1e-9 for one in seen):
            if "%" in right and other > 100 > value:
                continue
            seen.add(other)
            wrong.append(right.replace(figure[0], f"{other:,.{decimals}f}", 1))
        if len(wrong) == MOST:
            break
    return right, wrong


def _result(text: str) -> str | None:
    """Return the amount that a short answer states, with its unit: what stands behind the last equals sign."""
    part = text.rsplit("=", maxsplit=1)[-1].strip() if "=" in text else text
    part = re.split(r"; |, (?=[a-z])|\. |: | - ", part)[0].strip().rstrip(".")
    found = _AMOUNT.findall(part)
    if len(found) != 1 or len(part.split()) > 7 or "$" in part.replace("$" + found[0], ""):
        return None
    return part.replace("about ", "").replace("About ", "")

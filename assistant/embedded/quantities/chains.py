"""Amounts in a row: which go on with a list, and the list that they make."""

from dataclasses import replace

from assistant.embedded.quantities.amount import Amount

PAIR = 2
LIST = 3
WHOLE = 100.0
ALIKE = 30.0
MILLIONS = 100_000.0  # lakhs and more


def alike(chain: list[Amount], amount: Amount) -> bool:
    """Say whether an amount can go on with a list: same unit, or a unit at the end only; currency first only."""
    first, last = chain[0], chain[-1]
    if amount.percent and not last.percent:
        return all(one.value <= WHOLE and not (one.unit or one.per or one.currency) for one in chain)
    if amount.percent != first.percent or last.percent != first.percent:
        return False
    if amount.currency not in (last.currency, "") and (last.currency or (len(chain) == 1 and last.unit)):
        return False
    if last.unit or last.per:
        return (amount.unit, amount.per) == (last.unit, last.per)
    return not (amount.currency and any(one.currency not in ("", amount.currency) for one in chain[:1]))


def made(
    chain: list[Amount], first: int | None = None, after: int | None = None, labels: tuple[str, ...] = ()
) -> Amount:
    """Return amounts as one list, from a token up to before another if labels stand around them."""
    last = chain[-1]
    currency = next((one.currency for one in chain if one.currency), "")
    others = next((one.others for one in chain if one.others), ())
    values = [one.value for one in chain]
    if [one for one in chain if one.scale != 1] == [last] and all(_alike_in_size(one, last) for one in chain[:-1]):
        if last.scale >= MILLIONS:
            values = [*(one.value * last.scale for one in chain[:-1]), last.value]
        else:  # "10, 12, 11k" may be meant as it stands
            others = (*others, chain[0].value * last.scale)
    return replace(
        chain[0],
        first=chain[0].first if first is None else first,
        after=last.after if after is None else after,
        unit=last.unit or chain[0].unit,
        per=last.per or chain[0].per,
        currency=currency,
        percent=last.percent,
        others=others,
        approximate=any(one.approximate for one in chain),
        value=values[0],
        values=tuple(values),
        labels=labels,
    )


def _alike_in_size(one: Amount, scaled: Amount) -> bool:
    """Say whether an amount is as large as another without its "million": then both are meant in millions."""
    bare = abs(scaled.value / scaled.scale)
    return bare / ALIKE <= abs(one.value) <= bare * ALIKE

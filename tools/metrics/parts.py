"""Parts of a whole, counted from either side, and what makes a share of few things doubtful."""

from tools.metrics.result import Refusal
from tools.metrics.shown import number, percent

SAMPLE = 30
MILLION = 1_000_000
THREE = 3.0  # none in n: the true share is below about 3 / n at 95 % confidence


def share(part: float, whole: float, name: str, labels: tuple[str, str]) -> float:
    """Return a part of a whole between 0 and 1; `name` is the part's input, `labels` are those of part and whole.

    Raises:
        Refusal: when the part is larger than the whole.
    """
    if part > whole:
        raise _too_large(part, whole, name, labels)
    return part / whole


def _too_large(part: float, whole: float, name: str, labels: tuple[str, str]) -> Refusal:
    return Refusal(
        name,
        f"{labels[0]} ({number(part)}) cannot exceed {labels[1]} ({number(whole)}); check whether the two are swapped",
    )


def counted_part(
    part: float | None, rest: float | None, whole: float, names: tuple[str, str, str], labels: tuple[str, str, str]
) -> float:
    """Return a part as `part_of` does, of things that are counted, so that none exceeds the whole even by rounding.

    Raises:
        Refusal: when the part or the rest is larger than the whole, or the two do not add up to it.
    """
    if part is None:
        left = rest or 0.0
        share(left, whole, names[1], labels[1:])
        return whole - left
    share(part, whole, names[0], (labels[0], labels[2]))
    if rest is not None and abs(part + rest - whole) > 1e-6 * whole:
        raise Refusal(
            names[1],
            f"{labels[0]} and {labels[1]} add up to {number(part + rest)}, but there are {number(whole)} {labels[2]}; "
            f"leave one of them out",
        )
    return part


def part_of(
    part: float | None, rest: float | None, whole: float, names: tuple[str, str, str], labels: tuple[str, str, str]
) -> float:
    """Return a part of a whole, as given or as what the rest leaves of it; one of the two must be given.

    `names` and `labels` are those of part, rest and whole.

    Raises:
        Refusal: when part or rest is larger than the whole, or the two do not add up to it.
    """
    for amount, name, label in ((part, names[0], labels[0]), (rest, names[1], labels[1])):
        if amount is not None and amount > whole * (1 + 1e-12):
            raise _too_large(amount, whole, name, (label, labels[2]))
    if part is None:
        return max(0.0, whole - (rest or 0.0))
    if rest is not None and abs(part + rest - whole) > 1e-6 * whole:
        raise Refusal(
            names[1],
            f"{labels[0]} and {labels[1]} add up to {number(part + rest)}, but {labels[2]} are {number(whole)}; leave "
            f"one of them out",
        )
    return min(part, whole)


def small(count: float, noun: str) -> list[str]:
    """Warn when a share is of few things."""
    return [f"Only {number(count)} {noun}: a few more or less would change the figure a lot."] if count < SAMPLE else []


def doubts(part: float, whole: float, noun: str, high: float = 1.0, why: str = "") -> list[str]:
    """Return warnings about a share: of few things, of none seen, or above `high`, which `why` explains."""
    found = []
    if whole < SAMPLE:
        found.append(f"Only {number(whole)} {noun}: one more or less would change the figure a lot.")
    elif part == 0:
        found.append(
            f"None was seen in {number(whole)} {noun}; the true share may still be up to about "
            f"{percent(min(1.0, THREE / whole), 2)}."
        )
    if part > high * whole:
        found.append(f"Above {percent(high)} is unusual: {why}.")
    return found

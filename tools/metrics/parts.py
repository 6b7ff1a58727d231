"""Parts of a whole, counted from either side, and what makes a share of few things doubtful."""

from tools.metrics.result import Refusal
from tools.metrics.shown import number, percent

SAMPLE = 30
MILLION = 1_000_000
THREE = 3.0  # none in n: the true share is below about 3 / n at 95 % confidence


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
            raise Refusal(
                name,
                f"{label} ({number(amount)}) cannot exceed {labels[2]} ({number(whole)}); check whether the two are "
                f"swapped",
            )
    if part is None:
        return max(0.0, whole - (rest or 0.0))
    if rest is not None and abs(part + rest - whole) > 1e-6 * whole:
        raise Refusal(
            names[1],
            f"{labels[0]} and {labels[1]} add up to {number(part + rest)}, but {labels[2]} are {number(whole)}; leave "
            f"one of them out",
        )
    return min(part, whole)


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

"""Rows of figures, their ratios and goals, and the tables in which they are printed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

NOTHING = "not measured"


@dataclass(frozen=True)
class Row:
    """One figure of ours beside the recipe's; `goal` is the largest ratio, or with `absolute` the largest figure."""

    name: str
    unit: str
    ours: float | None
    recipe: float | None = None
    goal: float | None = None
    absolute: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours divided by the recipe's, or None where one of them is missing or zero."""
        if self.ours is None or not self.recipe:
            return None
        return self.ours / self.recipe

    @property
    def met(self) -> bool | None:
        """Whether the goal is met, or None where there is no goal or no figure."""
        figure = self.ours if self.absolute else self.ratio
        return None if self.goal is None or figure is None else figure <= self.goal


def percentile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of all values do not exceed.

    Raises:
        ValueError: when there are no values, or the share is not between 0 and 1.
    """
    ordered = sorted(values)
    if not ordered or not 0 <= share <= 1:
        raise ValueError(f"a percentile needs values and a share from 0 to 1, not {len(ordered)} values and {share}")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Return the median of each place over rounds of equal length, so that one disturbed turn does not count.

    Raises:
        ValueError: when the rounds differ in length.
    """
    return [median(values) for values in zip(*rounds, strict=True)]


def table(rows: Iterable[Row], ours: str = "Ours", other: str = "Usual recipe") -> str:
    """Return rows as a Markdown table; `ours` and `other` head the two columns of figures."""
    lines = [f"| Measured | {ours} | {other} | Ratio | Goal | Met |", "|---|--:|--:|--:|--:|:-:|"]
    for row in rows:
        name = f"{row.name} ({row.note})" if row.note else row.name
        cells = [
            name,
            _figure(row.ours, row.unit) if row.ours is not None else NOTHING,
            _figure(row.recipe, row.unit) if row.recipe is not None else "",
            "" if row.ratio is None else f"{row.ratio:.2f}",
            _goal(row),
            {None: "", True: "yes", False: "**no**"}[row.met],
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return "none" if row.absolute and row.goal == 0 else f"\N{LESS-THAN OR EQUAL TO} {row.goal:.2f}"


def _figure(value: float, unit: str) -> str:
    shown = f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{shown} {unit}".strip()

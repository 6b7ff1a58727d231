"""Puts the classes of items together: columns, sums by class and pattern, the matrix of nine and the curve."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tools.classification.advice import advice
from tools.classification.item_list import ItemList
from tools.classification.items_result import ClassRow, Curve, ItemsResult, WrongItem
from tools.classification.patterns import PATTERNS
from tools.classification.stock import DemandFigures
from tools.classification.thresholds import Thresholds
from tools.pareto import Pareto

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_POINTS = 200
NONE = 255
Limits = tuple[float, float]


@dataclass
class Found:
    """What was worked out: codes by item (255 for none), figures of the items at `valued` and `moving`."""

    items: ItemList
    values: "NDArray[np.float64] | None" = None
    valued: "NDArray[np.intp] | None" = None
    ranking: Pareto | None = None
    moving: "NDArray[np.intp] | None" = None
    figures: DemandFigures | None = None
    abc: "NDArray[np.uint8] | None" = None
    xyz: "NDArray[np.uint8] | None" = None
    pattern: "NDArray[np.uint8] | None" = None
    invalid: list[WrongItem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)


def result_of(
    found: Found, order: "NDArray[np.intp]", limits_abc: Limits, limits_xyz: Limits, using: Thresholds
) -> ItemsResult:
    """Return what was found as columns and sums; `order` is that of the rows for readers."""
    import numpy as np

    items, count = found.items, len(found.items)
    shares = cumulative = total = None
    if found.values is not None and found.ranking is not None and found.valued is not None:
        total = float(found.values[found.valued].sum())
        shares, cumulative = np.full(count, np.nan), np.full(count, np.nan)
        shares[found.valued] = found.values[found.valued] / total
        cumulative[found.valued[found.ranking.order]] = found.ranking.cumulative
    figures, moving = found.figures, found.moving
    # a million lines of columns made here need no check of each cell
    return ItemsResult.model_construct(
        items=list(items.names),
        lines=list(items.lines),
        values=_cells(found.values, None, count),
        shares=_cells(shares, None, count),
        cumulative=_cells(cumulative, None, count),
        abc=_letters(found.abc, "ABC"),
        variation=_cells(figures.variation if figures else None, moving, count),
        xyz=_letters(found.xyz, "XYZ"),
        interval=_cells(figures.interval if figures else None, moving, count),
        squared_variation=_cells(figures.squared_variation if figures else None, moving, count),
        pattern=_letters(found.pattern, PATTERNS),
        order=order.tolist(),
        total_value=total,
        classes=[*_sums(found.abc, "ABC", shares), *_sums(found.xyz, "XYZ", shares)],
        matrix=_matrix(found, shares),
        patterns=_sums(found.pattern, PATTERNS, shares),
        curve=_curve(found.ranking),
        limits_abc=limits_abc,
        limits_xyz=limits_xyz,
        invalid=found.invalid,
        warnings=found.warnings,
        assumptions=found.assumptions,
        notes=["ABC analysis"] if found.ranking else [],
        sources=[
            *([using.abc.source] if found.ranking else []),
            *([using.xyz.source, using.patterns.source] if figures else []),
        ],
    )


def _cells(figures: "NDArray[np.float64] | None", places: "NDArray[np.intp] | None", count: int) -> list[float | None]:
    import numpy as np

    if figures is None:
        return []
    full = figures
    if places is not None and len(places) < count:
        full = np.full(count, np.nan)
        full[places] = figures
    missing = ~np.isfinite(full)
    if not missing.any():
        return list(full.tolist())
    cells = full.astype(object)
    cells[missing] = None
    return list(cells.tolist())


def _letters(codes: "NDArray[np.uint8] | None", names: Sequence[str]) -> list[str]:
    if codes is None:
        return []
    table = [*names, *[""] * (NONE + 1 - len(names))]
    return [table[code] for code in codes.tolist()]


def _sums(
    codes: "NDArray[np.uint8] | None", names: Sequence[str], shares: "NDArray[np.float64] | None"
) -> list[ClassRow]:
    import numpy as np

    if codes is None:
        return []
    counts = np.bincount(codes, minlength=NONE + 1)
    worth = None if shares is None else np.bincount(codes, np.nan_to_num(shares), minlength=NONE + 1)
    classed = max(1, len(codes) - int(counts[NONE]))
    policies = {**advice().stock, **{str(name): text for name, text in advice().patterns.items()}}
    return [
        ClassRow(
            name=name,
            items=int(counts[code]),
            item_share=float(counts[code] / classed),
            value_share=None if worth is None else float(worth[code]),
            policy=policies[name],
        )
        for code, name in enumerate(names)
    ]


def _matrix(found: Found, shares: "NDArray[np.float64] | None") -> list[ClassRow]:
    import numpy as np

    if found.abc is None or found.xyz is None:
        return []
    both = (found.abc != NONE) & (found.xyz != NONE)
    codes = np.where(both, 3 * found.abc.astype(int) + found.xyz, NONE).astype(np.uint8)
    return _sums(codes, [one + other for one in "ABC" for other in "XYZ"], shares)


def _curve(ranking: Pareto | None) -> Curve | None:
    import numpy as np

    if ranking is None:
        return None
    count = len(ranking.cumulative)
    places = np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).round().astype(int))
    if count > MOST_POINTS:
        ends = np.cumsum(np.bincount(ranking.classes, minlength=3)) - 1
        places = np.unique(np.concatenate([places, ends]))
    return Curve(items=[0.0, *((places + 1) / count).tolist()], value=[0.0, *ranking.cumulative[places].tolist()])

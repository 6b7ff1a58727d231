"""The pictures of the classification page as Plotly figures: matrices with what stands in them, and the ABC curve."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.pages.drawing import COLOURS, GRID, QUIET
from tools.classification import Curve, ItemsResult

SYMBOLS = (
    "circle",
    "square",
    "diamond",
    "cross",
    "triangle-up",
    "triangle-down",
    "star",
    "hexagon",
    "pentagon",
    "x",
    "bowtie",
    "hourglass",
)
HEIGHT = 380
MOST_NAMED = 6
LONGEST_NAME = 18
CHARACTER, LINE = 0.02, 0.07  # of a narrow picture's width and height
SIDES = {
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "top center": (0, 1),
    "bottom center": (0, -1),
}
LOW, HIGH = 1 / 6, 5 / 6
"""Middles of the outer rows of a matrix with a band between them."""
MOST_POINTS = 1500
FONT = {"family": 'system-ui, "Segoe UI", Roboto, Arial, sans-serif', "size": 13, "color": QUIET}


@dataclass(frozen=True)
class Mark:
    """One product or item in a matrix: its number on the page and its place, 0 to 1; `sure` of it or open."""

    number: int
    name: str
    x: float
    y: float
    sure: bool = True
    chosen: bool = False


@dataclass(frozen=True)
class Grid:
    """A matrix: names of its cells by column and row from the lower left, and the words along its axes.

    `band` is what a row in the middle is called, for what is not known; `split` is where two rows part.
    """

    cells: Sequence[Sequence[str]]
    x_title: str
    y_title: str
    x_ends: tuple[str, str]
    y_ends: tuple[str, str]
    good: Sequence[tuple[int, int]] = ()
    split: float = 0.5
    band: str = ""


def matrix(grid: Grid, marks: Sequence[Mark]) -> dict[str, Any]:
    """Return a matrix with the marks in it; each has a sign, a number and, while there are few, its name."""
    named = len(marks) <= MOST_NAMED
    labels = [_label(mark, named=named) for mark in marks]
    sides = _sides(marks, labels)
    traces = [_trace(mark, label, side) for mark, label, side in zip(marks, labels, sides, strict=True)]
    shapes, notes = _cells(grid)
    ends = [LOW, HIGH] if grid.band else [0.25, 0.75]
    layout = _layout(grid.x_title, grid.y_title)
    layout["xaxis"] |= {"range": [0, 1], "tickvals": [0.25, 0.75], "ticktext": list(grid.x_ends)}
    layout["yaxis"] |= {"range": [0, 1], "tickvals": ends, "ticktext": list(grid.y_ends), "tickangle": -90}
    # A matrix without a mark is still a picture; Plotly draws none without a trace.
    blank = [] if traces else [{"type": "scatter", "x": [None], "y": [None], "mode": "markers", "hoverinfo": "skip"}]
    return _figure([*traces, *blank], {**layout, "shapes": shapes, "annotations": notes})


def abc_curve(result: ItemsResult, curve: Curve) -> dict[str, Any]:
    """Return the curve of cumulative value over items, with the limits and the classes that they part."""
    x, y = [100 * share for share in curve.items], [100 * share for share in curve.value]
    line = {"color": COLOURS[0], "width": 2.5}
    few = len(x) <= 30
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers" if few else "lines",
            "x": x,
            "y": y,
            "line": line,
            "marker": {"size": 6, "color": COLOURS[0]},
            "hovertemplate": "%{x:.1f} % of items: %{y:.1f} % of value<extra></extra>",
        }
    ]
    layout = _layout("share of items, %", "share of value, %")
    layout["xaxis"] |= {"range": [0, 101], "ticksuffix": ""}
    layout["yaxis"] |= {"range": [0, 104]}
    shapes = [_rule(y0=limit, y1=limit, x0=0, x1=101) for limit in result.limits_abc]
    notes = [
        _note(100, limit, f"{name} up to {limit:g} %", xanchor="right", yanchor="top")
        for name, limit in zip("AB", result.limits_abc, strict=True)
    ]
    from_ = 0.0
    for row in result.classes[:3]:
        to = from_ + 100 * row.item_share
        if row.items:
            shapes.append(_rule(x0=to, x1=to, y0=0, y1=100))
            notes.append(_note((from_ + to) / 2, 3, f"<b>{row.name}</b>", yanchor="bottom"))
        from_ = to
    return _figure(traces, {**layout, "shapes": shapes, "annotations": notes})


def pattern_map(result: ItemsResult, interval: float, squared: float) -> dict[str, Any]:
    """Return items by the interval between demands and the variation of their sizes, with the cut-offs."""
    found = [
        (name, x, y, pattern)
        for name, x, y, pattern in zip(
            result.items, result.interval, result.squared_variation, result.pattern, strict=True
        )
        if pattern and x is not None and y is not None
    ][:MOST_POINTS]
    traces = []
    for place, kind in enumerate(("smooth", "erratic", "intermittent", "lumpy")):
        of_kind = [one for one in found if one[3] == kind]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{kind} ({len(of_kind)})",
                "x": [one[1] for one in of_kind],
                "y": [one[2] for one in of_kind],
                "text": [html.escape(one[0]) for one in of_kind],
                "hoverinfo": "text",
                "marker": {"size": 9, "symbol": SYMBOLS[place], "color": COLOURS[place]},
            }
        )
    layout = _layout("average interval between demands, periods", "squared variation of sizes")
    layout |= {"showlegend": True, "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}}
    right = max([1.5 * interval, *(one[1] for one in found)]) * 1.05
    top = max([1.5 * squared, *(one[2] for one in found)]) * 1.08
    layout["xaxis"] |= {"range": [0.95, right]}
    layout["yaxis"] |= {"range": [-0.03 * top, top]}
    shapes = [
        _rule(x0=interval, x1=interval, y0=-0.03 * top, y1=top),
        _rule(y0=squared, y1=squared, x0=0.95, x1=right),
    ]
    return _figure(traces, {**layout, "shapes": shapes})


def spread(places: Sequence[tuple[float, float]], band: float) -> list[tuple[float, float]]:
    """Part marks that stand at one height so that they can be told apart, within a band of that height."""
    moved = list(places)
    for height in {y for _, y in places}:
        at = sorted((place for place, (_, y) in enumerate(places) if y == height), key=lambda one: places[one][0])
        step = band / (len(at) + 1)
        for row, place in enumerate(at):
            moved[place] = (places[place][0], height + band / 2 - step * (row + 1))
    return moved


def _label(mark: Mark, *, named: bool) -> str:
    if not named:
        return str(mark.number)
    name = mark.name if len(mark.name) <= LONGEST_NAME else f"{mark.name[: LONGEST_NAME - 1]}\N{HORIZONTAL ELLIPSIS}"
    return f"{mark.number} {name}"


def _trace(mark: Mark, label: str, side: str) -> dict[str, Any]:
    symbol, colour = SYMBOLS[(mark.number - 1) % len(SYMBOLS)], COLOURS[(mark.number - 1) % len(COLOURS)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [mark.x],
        "y": [mark.y],
        "text": [f"<b>{html.escape(label)}</b>" if mark.chosen else html.escape(label)],
        "textposition": side,
        "hovertext": [html.escape(f"{mark.number} {mark.name}")],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": 17 if mark.chosen else 12,
            "color": colour,
            "symbol": symbol if mark.sure else f"{symbol}-open",
            "line": {"color": colour if not mark.sure else "#ffffff", "width": 2 if not mark.sure else 1},
        },
    }


def _sides(marks: Sequence[Mark], labels: Sequence[str]) -> list[str]:
    """Choose for each label the side of its mark where it covers no other label or mark and stays in the picture."""
    taken: list[tuple[float, ...]] = [(mark.x - 0.03, mark.y - 0.03, mark.x + 0.03, mark.y + 0.03) for mark in marks]
    chosen = []
    for place, (mark, label) in enumerate(zip(marks, labels, strict=True)):
        width = CHARACTER * len(label) + 0.02
        options: list[tuple[float, int, str, tuple[float, ...]]] = []
        for side, (across, up) in SIDES.items():
            x0 = mark.x + 0.03 if across > 0 else mark.x - 0.03 - width if across < 0 else mark.x - width / 2
            y0 = mark.y + up * LINE - LINE / 2
            box = (x0, y0, x0 + width, y0 + LINE)
            outside = max(0.0, -x0, box[2] - 1) + max(0.0, -y0, box[3] - 1)
            others = (one for at, one in enumerate(taken) if at != place)
            options.append((10 * outside + sum(_overlap(box, one) for one in others), len(options), side, box))
        _, _, best, covered = min(options)
        taken.append(covered)
        chosen.append(best)
    return chosen


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    across, up = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return 1.0 if across > 0 and up > 0 else 0.0


def _cells(grid: Grid) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for column in (0, 1):
        for row in (0, 1):
            x0, x1 = ((0, grid.split), (grid.split, 1))[column]
            y0, y1 = (((0, 1 / 3), (2 / 3, 1)) if grid.band else ((0, grid.split), (grid.split, 1)))[row]
            good = (column, row) in grid.good
            shapes.append(
                {
                    "type": "rect",
                    "layer": "below",
                    "x0": x0,
                    "x1": x1,
                    "y0": y0,
                    "y1": y1,
                    "fillcolor": "rgba(31,147,132,0.13)" if good else "rgba(127,144,160,0.07)",
                    "line": {"color": GRID, "width": 1},
                }
            )
            words = html.escape(grid.cells[column][row])
            notes.append(
                _note(
                    x0 + 0.015 if column == 0 else x1 - 0.015,
                    y1 - 0.015 if row else y0 + 0.015,
                    words,
                    xanchor="left" if column == 0 else "right",
                    yanchor="top" if row else "bottom",
                )
            )
    if grid.band:
        notes.append(_note(0.015, 2 / 3 - 0.015, html.escape(grid.band), xanchor="left", yanchor="top"))
    return shapes, notes


def _rule(**ends: float) -> dict[str, Any]:
    return {"type": "line", "line": {"color": QUIET, "width": 1, "dash": "dot"}, **ends}


def _note(x: float, y: float, text: str, **options: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 12}, **options}


def _layout(x_title: str, y_title: str) -> dict[str, Any]:
    axis = {"gridcolor": GRID, "zeroline": False, "linecolor": QUIET, "automargin": True, "fixedrange": True}

    def titled(text: str) -> dict[str, Any]:
        return {**axis, "title": {"text": text, "standoff": 8, "font": {"size": 13}}, "showgrid": False}

    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 12, "t": 20, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": FONT,
        "showlegend": False,
        "hoverlabel": {"bgcolor": "#1c3347", "bordercolor": "#1c3347", "font": {"color": "#ffffff"}},
        "dragmode": False,
        "xaxis": titled(x_title),
        "yaxis": titled(y_title),
    }


def _figure(data: list[dict[str, Any]], layout: dict[str, Any]) -> dict[str, Any]:
    return {"data": data, "layout": layout, "config": {"displayModeBar": False, "displaylogo": False}}

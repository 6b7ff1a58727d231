"""Draws a metric's chart with Plotly, in colours that can be read on light and on dark.

The figure is written as the JSON that plotly.js takes, so that the page waits for no import; static/figures.css
gives text and grid the colours of the page.
"""

import html
import json
from typing import Any

from tools.metrics.result import Chart, Mark, Series

HEIGHT = 280
COLOURS = ("#2e7bb6", "#e0621f", "#1f9384", "#9068c8")
QUIET = "#7a8a99"  # axes and text, if the style sheet does not say better
GRID = "rgba(127,144,160,0.28)"
DASHES = {"solid": "solid", "dashed": "dash", "dotted": "dot"}
PATTERNS = ("", "/", ".", "x")
EDGE = 0.3  # share of the width in which a label is turned inward
CROWDED = 8  # categories from which on their names stand aslant
LONGEST_TICK = 18
FEW = 12  # points up to which each gets a sign of its own


def figure(chart: Chart) -> dict[str, Any]:
    """Return a chart as a Plotly figure: data, layout and config."""
    return {"data": _traces(chart), "layout": _layout(chart), "config": {"displayModeBar": False, "displaylogo": False}}


def figure_json(chart: Chart) -> str:
    """Return a chart's figure as JSON."""
    return json.dumps(figure(chart), ensure_ascii=False)


def caption(chart: Chart) -> str:
    """Return the sentence below a chart as HTML; static/figures.js makes it the drawing's name too."""
    return f'<p class="chart-caption"><b>{html.escape(chart.title)}.</b> {html.escape(chart.summary)}</p>'


def _traces(chart: Chart) -> list[dict[str, Any]]:
    if chart.kind == "waterfall":
        return [_waterfall(part) for part in chart.series]
    drawn = [_trace(chart.kind, part, place) for place, part in enumerate(chart.series)]
    return [*drawn, _points(chart.marks)] if chart.marks else drawn


def _trace(kind: str, part: Series, place: int) -> dict[str, Any]:
    colour = COLOURS[place % len(COLOURS)]
    common = {"name": part.name, "x": part.x, "y": part.y}
    if kind == "bar" and part.style == "solid":
        pattern = {"shape": PATTERNS[place % len(PATTERNS)], "solidity": 0.25}
        return {**common, "type": "bar", "marker": {"color": colour, "pattern": pattern}}
    line = {"color": colour, "width": 2.5, "dash": DASHES[part.style]}
    few = len(part.x) <= FEW
    signs = {"size": 6, "color": colour, "symbol": ("circle", "square", "diamond", "cross")[place % 4]}
    return {**common, "type": "scatter", "mode": "lines+markers" if few else "lines", "line": line, "marker": signs}


def _waterfall(part: Series) -> dict[str, Any]:
    """Draw steps up and down to a total, which is the last value."""
    return {
        "type": "waterfall",
        "name": part.name,
        "x": part.x,
        "y": part.y,
        "measure": [*["relative"] * (len(part.y) - 1), "total"],
        "text": [f"{value:+,.4g}" for value in part.y[:-1]] + [f"{value:,.4g}" for value in part.y[-1:]],
        "textposition": "outside",
        "cliponaxis": False,
        "increasing": {"marker": {"color": COLOURS[0]}},
        "decreasing": {"marker": {"color": COLOURS[2]}},
        "totals": {"marker": {"color": COLOURS[1]}},
        "connector": {"line": {"color": QUIET, "width": 1, "dash": "dot"}},
    }


def _points(marks: list[Mark]) -> dict[str, Any]:
    signs = {"size": 10, "color": COLOURS[1], "symbol": "diamond", "line": {"color": "#ffffff", "width": 1}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.x for mark in marks],
        "y": [mark.y for mark in marks],
        "text": [mark.text for mark in marks],
        "hoverinfo": "text",
        "marker": signs,
        "showlegend": False,
        "cliponaxis": False,
    }


def _layout(chart: Chart) -> dict[str, Any]:
    names = [str(name) for part in chart.series for name in part.x] if _named(chart) else []
    aslant = len(dict.fromkeys(names)) >= CROWDED or max(map(len, names), default=0) > LONGEST_TICK
    legend = len(chart.series) > 1
    axis = {"gridcolor": GRID, "zerolinecolor": GRID, "linecolor": QUIET, "automargin": True, "fixedrange": True}
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 12, "t": 34 if legend else 22, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": 'system-ui, "Segoe UI", Roboto, Arial, sans-serif', "size": 13, "color": QUIET},
        "showlegend": legend,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "bgcolor": "rgba(0,0,0,0)"},
        "hoverlabel": {"bgcolor": "#1c3347", "bordercolor": "#1c3347", "font": {"color": "#ffffff"}},
        "xaxis": {
            **axis,
            "title": {"text": chart.x_label, "standoff": 8, "font": {"size": 13}},
            "showgrid": False,
            **(
                {"type": "category", **({"tickangle": -35} if aslant else {"autotickangles": [0, -35, -90]})}
                if _named(chart)
                else {"nticks": 7}
            ),
        },
        "yaxis": {
            **axis,
            "title": {"text": chart.y_label, "standoff": 8, "font": {"size": 13}},
            "rangemode": "tozero",
            "nticks": 6,
        },
        "bargap": 0.35,
        "dragmode": False,
        "annotations": _labels(chart),
    }


def _labels(chart: Chart) -> list[dict[str, Any]]:
    """Write each mark's text beside it, turned inward near an edge, at a height of its own where marks are close."""
    labels: list[dict[str, Any]] = []
    names = list(dict.fromkeys(str(name) for part in chart.series for name in part.x)) if _named(chart) else []
    for place, mark in enumerate(chart.marks):
        across, up = _share(chart, mark)
        below = up > 1 - EDGE
        reach = 26 + 22 * (place % 3)
        labels.append(
            {
                # A name that looks like a number would be taken for a place.
                "x": names.index(str(mark.x)) if str(mark.x) in names else mark.x,
                "y": mark.y,
                "bgcolor": "rgba(127,144,160,0.01)",
                "text": html.escape(mark.text),
                "ax": 0 if EDGE <= across <= 1 - EDGE else 18 if across < EDGE else -18,
                "ay": reach if below else -reach,
                "xanchor": "left" if across < EDGE else "right" if across > 1 - EDGE else "center",
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": QUIET,
            }
        )
    return labels


def _share(chart: Chart, mark: Mark) -> tuple[float, float]:
    """Return where a mark stands: its share of the width and of the height."""
    heights = [value for part in chart.series for value in part.y]
    top, bottom = max([*heights, mark.y]), min([*heights, mark.y, 0.0])
    up = (mark.y - bottom) / (top - bottom) if top > bottom else 0.0
    places = chart.series[0].x
    if isinstance(mark.x, str):
        return (places.index(mark.x) / max(1, len(places) - 1) if mark.x in places else 0.5), up  # type: ignore[arg-type]
    numbers = [float(place) for part in chart.series for place in part.x if not isinstance(place, str)]
    low, high = min([*numbers, mark.x]), max([*numbers, mark.x])
    return ((mark.x - low) / (high - low) if high > low else 0.5), up


def _named(chart: Chart) -> bool:
    return any(isinstance(place, str) for part in chart.series for place in part.x)

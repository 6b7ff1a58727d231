"""What the pictures of a review share: a Plotly figure with its caption and, beside it, the same numbers as a table."""

import html
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.pages.drawing import GRID, QUIET

FONT = {"family": 'system-ui, "Segoe UI", Roboto, Arial, sans-serif', "size": 13, "color": QUIET}
DARK = "#2367a0"  # of bars with white text in them
NOT_KNOWN = "not known"
NO_LIMIT = "no limit"
LONGEST_NAME = 22
MOST_LISTED = 200  # rows of the table beside a picture
ROW, HEAD = 30, 110  # pixels of a row of bars, and of axis, title and legend
BILLION, MILLION = 1e9, 1e6


class Picture(BaseModel):
    """A picture: `summary` says in a sentence what it shows; `columns` and `rows` hold its numbers as text."""

    model_config = ConfigDict(frozen=True)

    title: str
    summary: str
    figure: dict[str, Any]
    columns: list[str]
    rows: list[list[str]]


def weeks_shown(weeks: float | None) -> str:
    """Return weeks as they stand in tables: a number, or "not known"."""
    return NOT_KNOWN if weeks is None else f"{weeks:.3g}"


def share_shown(share: float | None) -> str:
    """Return a share as a percentage, or "not known"."""
    return NOT_KNOWN if share is None else f"{100 * share:.3g} %"


def money_shown(amount: float | None, currency: str = "") -> str:
    """Return an amount of money with its currency, or "not known"; large ones in words."""
    if amount is None:
        return NOT_KNOWN
    size = abs(amount)
    text = (
        f"{amount / BILLION:,.4g} billion"
        if size >= BILLION
        else f"{amount / MILLION:,.4g} million"
        if size >= MILLION
        else f"{amount:,.0f}"
        if size >= 100 or amount == int(amount)
        else f"{amount:,.4g}"
    )
    return f"{currency} {text}".strip()


def short(name: str, longest: int = LONGEST_NAME) -> str:
    """Return a name as it fits beside an axis."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def layout(x_title: str, y_title: str, height: int, **more: Any) -> dict[str, Any]:
    """Return a layout in the page's manner; static/figures.css gives text and grid the page's colours."""
    axis = {"gridcolor": GRID, "zeroline": False, "linecolor": QUIET, "automargin": True, "fixedrange": True}

    def titled(text: str) -> dict[str, Any]:
        return {**axis, "title": {"text": text, "standoff": 8, "font": {"size": 13}}}

    return {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 40, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": FONT,
        "showlegend": False,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "bgcolor": "rgba(0,0,0,0)"},
        "hoverlabel": {"bgcolor": "#1c3347", "bordercolor": "#1c3347", "font": {"color": "#ffffff"}},
        "dragmode": False,
        "xaxis": titled(x_title),
        "yaxis": titled(y_title),
        **more,
    }


def rows_axis(names: Sequence[str]) -> dict[str, Any]:
    """Return a vertical axis with a name a row, the first one on top."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [html.escape(short(name)) for name in names],
        "range": [len(names) - 0.4, -0.6],
        "showgrid": False,
    }


def figure(data: list[dict[str, Any]], laid_out: dict[str, Any]) -> dict[str, Any]:
    """Return data and layout as the page draws them."""
    return {"data": data, "layout": laid_out, "config": {"displayModeBar": False, "displaylogo": False}}


def rule(**ends: float) -> dict[str, Any]:
    """Return a dotted line across a picture."""
    return {"type": "line", "line": {"color": QUIET, "width": 1, "dash": "dot"}, **ends}


def note(x: float, y: float, text: str, **options: Any) -> dict[str, Any]:
    """Return words in a picture."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 12}, **options}

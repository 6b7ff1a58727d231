"""The pictures of concentration: categories by HHI, and the largest supplier and country of each."""

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.pages.drawing import COLOURS
from assistant.pages.reviewing.drawn import (
    DARK,
    HEAD,
    MOST_LISTED,
    NOT_KNOWN,
    ROW,
    Picture,
    figure,
    layout,
    note,
    rows_axis,
    rule,
    share_shown,
)

if TYPE_CHECKING:
    from tools.risk.concentration import CategoryConcentration

BANDS = (1500, 2500)
MOST = 10_000
TICKS = (0, 2500, 5000, 7500, MOST)
MOST_CATEGORIES = 20


def concentration_picture(found: Sequence["CategoryConcentration"]) -> Picture:
    """Draw the HHI of each critical category with the bands of 2010, and the policy's cap where there is one."""
    known = [one for one in found if one.hhi is not None][:MOST_CATEGORIES]
    names = [one.category for one in known]
    cap = next((one.hhi_limit for one in found if one.hhi_limit is not None), None)
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "x": [one.hhi for one in known],
            "y": list(range(len(known))),
            "text": [f"{one.hhi:,.0f}" for one in known],
            "textposition": "auto",
            "textangle": 0,
            "cliponaxis": False,
            "insidetextfont": {"color": "#ffffff"},
            "hovertext": [html.escape(f"{one.category}: {one.hhi:,.0f} points, {one.band_2010}") for one in known],
            "hoverinfo": "text",
            "marker": {"color": DARK},
        }
    ]
    laid_out = layout("HHI, points", "", HEAD + ROW * len(known), bargap=0.35)
    ticks = [f"{at:,}" for at in TICKS]
    laid_out["xaxis"] |= {"range": [0, 1.06 * MOST], "tickvals": TICKS, "ticktext": ticks, "tickangle": 0}
    laid_out["xaxis"] |= {"tickfont": {"size": 11}}  # they stand side by side on a phone too
    laid_out["yaxis"] |= rows_axis(names)
    bottom = len(known) - 0.4
    lines = [*BANDS, *([cap] if cap is not None else [])]
    laid_out["shapes"] = [rule(x0=at, x1=at, y0=-0.6, y1=bottom) | {"layer": "below"} for at in lines]
    if cap is not None:
        laid_out["annotations"] = [note(cap, -0.6, f"cap {cap:,.0f}", yanchor="bottom")]
    return Picture(
        title="Concentration of suppliers by category",
        summary=_concentration_words(found),
        figure=figure(data if known else [], laid_out),
        columns=[
            "Category",
            "HHI",
            "Band",
            "Largest supplier",
            "Largest country",
            "Single-sourced nodes",
            "Weighed by",
        ],
        rows=[
            [
                one.category,
                NOT_KNOWN if one.hhi is None else f"{one.hhi:,.0f}",
                one.band_2010 or NOT_KNOWN,
                _named(one.top_supplier, one.top_supplier_share),
                _named(one.top_country, one.top_country_share),
                str(len(one.single_sourced)),
                one.weighted_by,
            ]
            for one in found[:MOST_LISTED]
        ],
    )


def countries_picture(found: Sequence["CategoryConcentration"]) -> Picture:
    """Draw the share of the largest supplier and of the largest country in each critical category."""
    known = [one for one in found if one.hhi is not None][:MOST_CATEGORIES]
    limit = next((one.country_limit for one in found if one.country_limit is not None), None)
    parts = (
        ("largest supplier", [one.top_supplier_share for one in known], COLOURS[0], ""),
        ("largest country", [one.top_country_share for one in known], COLOURS[1], "/"),
        ("country not known", [one.country_unknown or None for one in known], "#8a97a5", "x"),
    )
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": [None if share is None else 100 * share for share in shares],
            "y": list(range(len(known))),
            "hovertext": [
                html.escape(f"{one.category}, {name}: {share_shown(share)}")
                for one, share in zip(known, shares, strict=True)
            ],
            "hoverinfo": "text",
            "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.25}},
        }
        for name, shares, colour, pattern in parts
        if any(share for share in shares)
    ]
    laid_out = layout("share, %", "", HEAD + 44 * len(known), showlegend=True, bargap=0.25)
    laid_out["xaxis"] |= {"range": [0, 104]}
    laid_out["yaxis"] |= rows_axis([one.category for one in known])
    if limit is not None:
        laid_out["shapes"] = [rule(x0=100 * limit, x1=100 * limit, y0=-0.6, y1=len(known) - 0.4)]
        laid_out["annotations"] = [note(100 * limit, len(known) - 0.4, f"cap {100 * limit:g} %", yanchor="bottom")]
    over = [one.category for one in found if one.over_country]
    said = f"One country has more than the cap in {', '.join(over[:5])}." if over else ""
    if not said and limit is not None and known:
        said = "No category with known countries is over the cap for one country."
    return Picture(
        title="Largest supplier and largest country by category",
        summary=said or "Shares are those of each critical category, never of total spend.",
        figure=figure(data if known else [], laid_out),
        columns=["Category", "Largest supplier", "Share", "Largest country", "Share", "Country not known"],
        rows=[
            [
                one.category,
                one.top_supplier or NOT_KNOWN,
                share_shown(one.top_supplier_share),
                one.top_country or NOT_KNOWN,
                share_shown(one.top_country_share),
                share_shown(one.country_unknown),
            ]
            for one in found[:MOST_LISTED]
        ],
    )


def _named(name: str, share: float | None) -> str:
    return f"{name}, {share_shown(share)}" if name and share is not None else NOT_KNOWN


def _concentration_words(found: Sequence["CategoryConcentration"]) -> str:
    if not found:
        return "No critical node has a category or sources yet."
    known = [one for one in found if one.hhi is not None]
    parts = []
    if known:
        top = known[0]
        parts.append(f"Most concentrated is {top.category} with {top.hhi:,.0f} points.")
    if len(found) > len(known):
        parts.append(f"For {len(found) - len(known)} of {len(found)} categories spend or shares are not known.")
    single = sum(len(one.single_sourced) for one in found)
    if single:
        parts.append(f"{single} critical {'node has' if single == 1 else 'nodes have'} a single source.")
    low, high = BANDS
    parts.append(
        f"Dotted lines stand at {low:,} (below is low) and {high:,} (above is high): bands that judge markets and "
        "serve here by analogy; set a cap of your own in the scope."
    )
    return " ".join(parts)

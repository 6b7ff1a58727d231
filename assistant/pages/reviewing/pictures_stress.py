"""The pictures of stress tests: what is lost with each node, and the chance of losing more than an amount."""

import html
from typing import TYPE_CHECKING, Any

from assistant.pages.drawing import COLOURS
from assistant.pages.reviewing.drawn import (
    HEAD,
    MOST_LISTED,
    ROW,
    Picture,
    figure,
    layout,
    money_shown,
    note,
    rows_axis,
    rule,
    share_shown,
    weeks_shown,
)
from tools.metrics.shown import plural

if TYPE_CHECKING:
    from tools.risk.stress.results import EachNode, MonteCarloResult

MOST_NODES = 20
CURVE_HEIGHT = 340
VERDICTS = {"over": "over the limit", "within": "within the limit", "open": "open"}


def each_node_picture(found: "EachNode") -> Picture:
    """Draw what is lost with each node, by rank; nodes without figures are counted and listed."""
    known = [one for one in found.nodes if one.margin_lost is not None or one.network_loss is not None]
    drawn = known[:MOST_NODES]
    parts = (
        ("its own figures", [one.margin_lost for one in drawn], COLOURS[0], ""),
        ("with shared stock (network)", [one.network_loss for one in drawn], COLOURS[1], "/"),
    )
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": losses,
            "y": list(range(len(drawn))),
            "hovertext": [
                html.escape(f"{one.name}, {name}: {money_shown(loss, found.currency)}")
                for one, loss in zip(drawn, losses, strict=True)
            ],
            "hoverinfo": "text",
            "marker": {"color": colour, "pattern": {"shape": pattern, "solidity": 0.25}},
        }
        for name, losses, colour, pattern in parts
        if any(loss is not None for loss in losses)
    ]
    height = HEAD + (ROW if len(data) < 2 else 40) * len(drawn)
    laid_out = layout(f"margin lost, {found.currency}".strip(", "), "", height, bargap=0.3, showlegend=len(data) > 1)
    laid_out["xaxis"] |= {"rangemode": "tozero", "nticks": 5}
    laid_out["yaxis"] |= rows_axis([one.name for one in drawn])
    if found.limit is not None and drawn:
        laid_out["shapes"] = [rule(x0=found.limit, x1=found.limit, y0=-0.6, y1=len(drawn) - 0.4)]
        laid_out["annotations"] = [note(found.limit, -0.6, "limit", yanchor="bottom")]
    worst = [one for one in drawn if one.margin_lost or one.network_loss]
    said = []
    if worst:
        loss = max(worst[0].margin_lost or 0.0, worst[0].network_loss or 0.0)
        said.append(f"The loss of {worst[0].name} costs most: {money_shown(loss, found.currency)}.")
    if found.over_limit is not None:
        said.append(f"Over the limit of {money_shown(found.limit, found.currency)}: {found.over_limit:,} nodes.")
    if found.not_judged:
        said.append(f"{len(found.not_judged):,} could not be judged in full, which says nothing about their safety.")
    return Picture(
        title="Each node removed in turn",
        summary=" ".join(said) or "No node has the figures that a loss follows from.",
        figure=figure(data if drawn else [], laid_out),
        columns=[
            "Rank",
            "Node",
            "TTR, weeks",
            "TTS, weeks",
            "Gap, weeks",
            "Margin lost",
            "In the network",
            "Against limit",
        ],
        rows=[
            [
                str(one.rank or ""),
                one.name,
                weeks_shown(one.ttr),
                one.tts_word or weeks_shown(one.tts),
                weeks_shown(one.gap),
                money_shown(one.margin_lost, found.currency),
                "" if one.network_loss is None else money_shown(one.network_loss, found.currency),
                VERDICTS[one.verdict],
            ]
            for one in found.nodes[:MOST_LISTED]
        ],
    )


def exceedance_picture(found: "MonteCarloResult") -> Picture:
    """Draw the share of simulated years that lose more than an amount."""
    x, y = [point.loss for point in found.curve], [100 * point.share for point in found.curve]
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": COLOURS[0], "width": 2.5},
            "hovertemplate": "%{y:.2f} % lose more than %{x:,.0f}<extra></extra>",
        }
    ]
    figures = found.figures
    unit = f" {found.currency}".rstrip()
    laid_out = layout(f"loss{unit and ','}{unit}", "share that loses more, %", CURVE_HEIGHT)
    laid_out["xaxis"] |= {"rangemode": "tozero", "nticks": 6}
    laid_out["yaxis"] |= {"rangemode": "tozero"}
    top = max([*y, 1.0])
    marks = [(figures.p95, "95 %"), *([(found.limit, "limit")] if found.limit is not None else [])]
    laid_out["shapes"] = [rule(x0=at, x1=at, y0=0, y1=top) for at, _ in marks]
    laid_out["annotations"] = [
        note(at, top, words, yanchor="bottom", yshift=14 * place) for place, (at, words) in enumerate(marks)
    ]
    half, most = (money_shown(loss, found.currency) for loss in (figures.p50, figures.p95))
    said = [
        f"In half of {found.draws:,} simulated draws of {plural(found.years, 'year')} the loss is at most {half}, in "
        f"95 of 100 at most {most}."
    ]
    if figures.over_limit is not None:
        limit = money_shown(found.limit, found.currency)
        said.append(f"{share_shown(figures.over_limit)} of them pass the limit of {limit}.")
    return Picture(
        title="Chance of losing more than an amount",
        summary=" ".join(said),
        figure=figure(data if x else [], laid_out),
        columns=["Loss", "Share of draws that lose more"],
        rows=[[money_shown(point.loss, found.currency), f"{100 * point.share:.3g} %"] for point in _thinned(found)],
    )


def _thinned(found: "MonteCarloResult") -> list[Any]:
    """Return about twenty points of a curve, its ends among them."""
    step = max(1, len(found.curve) // 20)
    return [point for place, point in enumerate(found.curve) if place % step == 0 or place == len(found.curve) - 1]

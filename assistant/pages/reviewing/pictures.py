"""The pictures of nodes and steps: times to recover and survive, what a loss costs, and how far answers reach."""

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.pages.drawing import COLOURS
from assistant.pages.reviewing.drawn import (
    DARK,
    HEAD,
    MOST_LISTED,
    NO_LIMIT,
    NOT_KNOWN,
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
    from tools.risk.exposure import Exposure
    from tools.risk.progress import StepProgress

MOST_NODES = 20
MOST_TIMES = 4  # of the largest loss: a limit that lies farther off is told, not drawn
BEYOND = 1.12  # of the longest time: where "no limit" is drawn
OVERLAY = {"fillmode": "overlay", "fgcolor": "rgba(255,255,255,0.35)", "solidity": 0.15, "size": 7}
STATES = (
    ("with evidence", "#14766a", ""),
    ("without evidence", DARK, "/"),
    ("unknown", "#b0440e", "x"),
    ("not answered", "#5f6d7a", "."),
)


def exposure_picture(found: Sequence["Exposure"], currency: str) -> Picture:
    """Draw TTR against TTS of the most exposed nodes; the gap between them is a thick line.

    Nodes of which one of the two is not known are not drawn, but counted in the summary and listed in the table.
    """
    comparable = [one for one in found if one.ttr is not None and (one.tts is not None or one.tts_no_limit)]
    drawn = comparable[:MOST_NODES]
    places = list(range(len(drawn)))
    beyond = BEYOND * max([end for one in drawn for end in (one.ttr, one.tts) if end is not None], default=1.0)
    beyond = max(beyond, 1.0)
    gap_x: list[float | None] = []
    gap_y: list[float | None] = []
    for place, one in zip(places, drawn, strict=True):
        if one.gap and one.tts is not None:
            gap_x += [one.tts, one.ttr, None]
            gap_y += [place, place, None]
    said = [
        html.escape(
            f"{one.name}: TTR {weeks_shown(one.ttr)}, TTS {tts_shown(one)}, gap {weeks_shown(one.gap)} weeks, margin "
            f"at risk {money_shown(one.margin_at_risk, currency)}"
        )
        for one in drawn
    ]
    line = {"color": COLOURS[1], "width": 6}
    data: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "name": "gap", "x": gap_x, "y": gap_y, "line": line, "hoverinfo": "skip"},
        _signs(
            "survives (TTS)", [beyond if one.tts_no_limit else one.tts for one in drawn], said, "circle", COLOURS[0]
        ),
        _signs("recovers (TTR)", [one.ttr for one in drawn], said, "diamond", COLOURS[1]),
    ]
    laid_out = layout("weeks", "", HEAD + ROW * len(drawn), showlegend=True)
    laid_out["xaxis"] |= {"range": [-0.03 * beyond, 1.1 * beyond]}
    laid_out["yaxis"] |= rows_axis([one.name for one in drawn])
    laid_out["annotations"] = [
        note(beyond, place, "no limit", yshift=13, xanchor="right", font={"size": 11})
        for place, one in zip(places, drawn, strict=True)
        if one.tts_no_limit
    ]
    return Picture(
        title="Time to recover against time to survive",
        summary=_exposure_words(found, len(drawn), len(comparable), currency),
        figure=figure(data if drawn else [], laid_out),
        columns=["Node", "TTR, weeks", "TTS, weeks", "Gap, weeks", "Margin at risk"],
        rows=[
            [
                one.name,
                weeks_shown(one.ttr),
                tts_shown(one),
                weeks_shown(one.gap),
                money_shown(one.margin_at_risk, currency),
            ]
            for one in found[:MOST_LISTED]
        ],
    )


def tts_shown(one: "Exposure") -> str:
    """Return a time to survive as it stands in tables."""
    return NO_LIMIT if one.tts_no_limit else weeks_shown(one.tts)


def _signs(name: str, x: Sequence[float | None], said: list[str], symbol: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": list(x),
        "y": list(range(len(said))),
        "text": said,
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {"size": 12, "color": colour, "symbol": symbol, "line": {"color": "#ffffff", "width": 1}},
    }


def _exposure_words(found: Sequence["Exposure"], drawn: int, comparable: int, currency: str) -> str:
    if not found:
        return "There is no node yet."
    unknown = len(found) - comparable
    exposed = [one for one in found if one.gap]
    parts = []
    if exposed:
        worst = exposed[0]
        of = "1 node takes" if len(exposed) == 1 else f"{len(exposed):,} nodes take"
        parts.append(
            f"{of} longer to recover than stock and alternates last. First comes {worst.name}: a gap of "
            f"{weeks_shown(worst.gap)} weeks, margin at risk {money_shown(worst.margin_at_risk, currency)}."
        )
    elif comparable:
        parts.append("No node with known times takes longer to recover than stock and alternates last.")
    if unknown:
        of = "1 node" if unknown == 1 else f"{unknown:,} nodes"
        parts.append(f"For {of} TTR or TTS is not known; that does not make them safe, and the table has them too.")
    if comparable > drawn:
        parts.append(f"Drawn are the first {drawn} of {comparable:,}.")
    return " ".join(parts)


def loss_picture(found: Sequence["Exposure"], limit: float | None, currency: str) -> Picture:
    """Draw the margin that each node's loss costs once, largest first, with the limit of the scope as a line.

    Nodes that lose nothing and nodes of which it is not known are not drawn, but told apart in summary and table.
    """
    known = [one for one in found if one.margin_at_risk is not None]
    known.sort(key=lambda one: one.margin_at_risk or 0.0, reverse=True)
    losing = [one for one in known if one.margin_at_risk]
    drawn = losing[:MOST_NODES]
    losses = [one.margin_at_risk or 0.0 for one in drawn]
    reach = max(losses, default=0.0)
    shows_limit = limit is not None and limit <= MOST_TIMES * reach
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "x": losses,
            "y": list(range(len(drawn))),
            "text": [money_shown(loss) for loss in losses],
            "textposition": "auto",
            "textangle": 0,
            "cliponaxis": False,
            "insidetextfont": {"color": "#ffffff"},
            "hovertext": [
                html.escape(f"{one.name}: {money_shown(loss, currency)}, {_of_limit(one)}")
                for one, loss in zip(drawn, losses, strict=True)
            ],
            "hoverinfo": "text",
            "marker": {"color": DARK},
        }
    ]
    laid_out = layout(f"margin at risk, {currency}".strip(", "), "", HEAD + ROW * len(drawn), bargap=0.3)
    laid_out["xaxis"] |= {"range": [0, 1.06 * max(reach, limit if shows_limit and limit else 0.0)], "nticks": 5}
    laid_out["yaxis"] |= rows_axis([one.name for one in drawn])
    if shows_limit and limit is not None:
        laid_out["shapes"] = [rule(x0=limit, x1=limit, y0=-0.6, y1=len(drawn) - 0.4) | {"layer": "below"}]
        laid_out["annotations"] = [note(limit, -0.6, "limit", yanchor="bottom")]
    return Picture(
        title="Loss by node",
        summary=_loss_words(found, losing, len(known), limit, currency),
        figure=figure(data if drawn else [], laid_out),
        columns=["Node", "Margin at risk", "Against the limit", "Gap, weeks", "Not known"],
        rows=[
            [
                one.name,
                money_shown(one.margin_at_risk, currency),
                _of_limit(one),
                weeks_shown(one.gap),
                "" if one.margin_at_risk is not None else ", ".join(one.missing),
            ]
            for one in (*known, *(one for one in found if one.margin_at_risk is None))
        ][:MOST_LISTED],
    )


def _of_limit(one: "Exposure") -> str:
    if one.margin_at_risk is None:
        return NOT_KNOWN
    if one.loss_limit is None:
        return "no limit set"
    return "over the limit" if one.share_of_limit is None else f"{share_shown(one.share_of_limit)} of the limit"


def _loss_words(
    found: Sequence["Exposure"], losing: Sequence["Exposure"], known: int, limit: float | None, currency: str
) -> str:
    if not found:
        return "There is no node yet."
    parts = []
    if losing:
        parts.append(
            f"To lose {losing[0].name} once costs most: {money_shown(losing[0].margin_at_risk, currency)} of margin. "
            "Several nodes may cost the same margin, so these amounts do not add up."
        )
        if limit is not None:
            over = sum(bool(one.over_limit) for one in losing)
            said = plural(over, "node") if over else "none"
            parts.append(f"Over the limit of {money_shown(limit, currency)}: {said}.")
    if known > len(losing):
        parts.append(f"{plural(known - len(losing), 'node')} would cost nothing, by what is known of times and stock.")
    if len(found) > known:
        parts.append(f"For {plural(len(found) - known, 'node')} the loss is not known, which does not make it small.")
    if len(losing) > MOST_NODES:
        parts.append(f"Drawn are the first {MOST_NODES} of {len(losing):,}.")
    return " ".join(parts)


def coverage_picture(steps: Sequence["StepProgress"]) -> Picture:
    """Draw how many questions of each step are answered with evidence, without, as unknown, and not at all."""
    names = [f"{one.number} {one.name}" for one in steps]
    counts = [[one.with_evidence, one.answered - one.with_evidence, one.unknown, one.open] for one in steps]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": words,
            "x": [row[place] for row in counts],
            "y": list(range(len(steps))),
            "text": [str(row[place]) if row[place] else "" for row in counts],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "hovertext": [
                html.escape(f"{one.name}: {row[place]} {words}") for one, row in zip(steps, counts, strict=True)
            ],
            "hoverinfo": "text",
            "marker": {"color": colour, "pattern": {**OVERLAY, "shape": pattern}},
        }
        for place, (words, colour, pattern) in enumerate(STATES)
    ]
    laid_out = layout("questions", "", HEAD + 38 * len(steps), barmode="stack", bargap=0.35, showlegend=True)
    laid_out["xaxis"] |= {"dtick": 1 if max(map(sum, counts), default=0) <= 12 else None, "rangemode": "tozero"}
    laid_out["yaxis"] |= rows_axis(names)
    asked = sum(map(sum, counts))
    sure, bare, unknown, left = (sum(row[place] for row in counts) for place in range(4))
    return Picture(
        title="How far the answers reach",
        summary=(
            f"Of {asked} questions, {sure} are answered with evidence, {bare} without, {unknown} are unknown and "
            f"{left} are not answered. Unknown is a gap, not a low risk."
        ),
        figure=figure(data, laid_out),
        columns=["Step", *(words for words, _, _ in STATES), "Coverage", "Score (0 to 3)"],
        rows=[
            [
                f"{one.number} {one.name}",
                *map(str, row),
                share_shown(one.coverage),
                "none yet" if one.score is None else f"{one.score:.1f}",
            ]
            for one, row in zip(steps, counts, strict=True)
        ],
    )

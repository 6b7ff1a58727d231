"""The heat map of the register: risks by the words chosen for likelihood and impact, in the cells of a 5 by 5 grid."""

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.pages.drawing import GRID
from assistant.pages.reviewing.drawn import Picture, figure, layout, note
from tools.risk.judgement import LEVELS, SCALE, Level, Rating, heat_map, inherent, residual
from tools.risk.review import Risk

SIZE = len(SCALE)
HEIGHT = 420
MOST_NAMED = 12  # on hover
NOT_RATED = "not rated"
MOST_NUMBERS = 6  # in a cell
TINTS: dict[Level, str] = {
    "low": "rgba(31,147,132,0.16)",
    "medium": "rgba(217,154,20,0.20)",
    "high": "rgba(224,98,31,0.30)",
    "critical": "rgba(179,38,30,0.42)",
}


def heat_picture(risks: Sequence[Risk], numbers: Mapping[str, str], *, of_residual: bool = False) -> Picture:
    """Draw the risks that have both ratings, by their `numbers`; the others are told and listed.

    A cell tells its level by a word as well as by its colour, and its risks by their numbers in the list below.
    """
    found = heat_map(risks, of_residual=of_residual)
    titles = {risk.id: risk.title for risk in risks}
    filled = [(cell, list(cell.risks)) for cell in found.cells if cell.risks]
    shapes = [
        {
            "type": "rect",
            "layer": "below",
            "x0": cell.likelihood - 0.5,
            "x1": cell.likelihood + 0.5,
            "y0": cell.impact - 0.5,
            "y1": cell.impact + 0.5,
            "fillcolor": TINTS[cell.level],
            "line": {"color": GRID, "width": 1},
        }
        for cell in found.cells
    ]
    notes = [
        note(cell.likelihood, cell.impact + 0.44, cell.level, yanchor="top", font={"size": 11}) for cell in found.cells
    ]
    data: dict[str, Any] = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip"}
    if filled:
        data = {
            "type": "scatter",
            "mode": "text",
            "x": [cell.likelihood for cell, _ in filled],
            "y": [cell.impact - 0.1 for cell, _ in filled],
            "text": [f"<b>{_numbers([numbers[one] for one in listed])}</b>" for _, listed in filled],
            "textfont": {"size": 14},
            "hovertext": [
                "<br>".join(html.escape(f"{numbers[one]} {titles[one]}"[:80]) for one in listed[:MOST_NAMED])
                for _, listed in filled
            ],
            "hoverinfo": "text",
        }
    laid_out = layout("likelihood", "impact", HEIGHT, shapes=shapes, annotations=notes)
    ticks = {"range": [0.5, SIZE + 0.5], "tickvals": list(SCALE), "showgrid": False}
    laid_out["xaxis"] |= ticks
    laid_out["yaxis"] |= ticks
    laid_out["margin"] = {"l": 8, "r": 12, "t": 12, "b": 8}
    return Picture(
        title="Heat map after treatment" if of_residual else "Heat map of the register",
        summary=_words(risks, of_residual),
        figure=figure([data], laid_out),
        columns=["Number", "Risk", "Likelihood", "Impact", "Level"],
        rows=[
            [
                numbers[risk.id],
                risk.title,
                *(str(level or NOT_RATED) for level in pair),
                rating_of(risk).level or NOT_RATED,
            ]
            for risk in risks
            for pair, rating_of in [_pair(risk, of_residual)]
        ],
    )


def _pair(risk: Risk, of_residual: bool) -> tuple[tuple[int | None, int | None], Callable[[Risk], Rating]]:
    if of_residual:
        return (risk.residual_likelihood, risk.residual_impact), residual
    return (risk.likelihood, risk.impact), inherent


def _numbers(numbers: Sequence[str]) -> str:
    more = f" +{len(numbers) - MOST_NUMBERS}" if len(numbers) > MOST_NUMBERS else ""
    shown = list(numbers[:MOST_NUMBERS])
    half = -(-len(shown) // 2) if len(shown) > MOST_NUMBERS // 2 else len(shown)
    lines = [", ".join(shown[:half]), ", ".join(shown[half:])]
    return "<br>".join(line for line in lines if line) + more


def _words(risks: Sequence[Risk], of_residual: bool) -> str:
    if not risks:
        return "There is no risk in the register yet."
    levels = [(residual if of_residual else inherent)(risk).level for risk in risks]
    counted = [f"{levels.count(level)} {level}" for level in reversed(LEVELS) if level in levels]
    when = "after treatment" if of_residual else "as things stand"
    parts = [f"Risks {when}: {', '.join(counted)}." if counted else f"No risk is rated {when} yet."]
    bare = levels.count(None)
    if bare:
        parts.append(f"{bare} {'is' if bare == 1 else 'are'} not rated, which does not make them low.")
    parts.append(
        "Numbers in the cells are those of the list and the report; levels are ordered words without sum or mean."
    )
    return " ".join(parts)

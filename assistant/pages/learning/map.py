"""The map of concepts: the neighbourhood of one, or the whole field, as a drawing and as the list beside it."""

import html
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from assistant.pages.drawing import QUIET
from assistant.pages.learning.layout import Place, graph_of, ring, spread, within
from assistant.pages.learning.signs import Sign, signs_of
from knowledge.vault import slug
from tools.metrics.shown import plural

if TYPE_CHECKING:
    from assistant.pages.learning.field import LearningField
    from knowledge.links import Links

MOST_STEPS = 2
NEAR_LINE, FAR_LINE = "rgba(110,128,145,0.75)", "rgba(127,144,160,0.28)"


class Spot(BaseModel):
    """A concept on the map; `relation` says what ties it to the one in the middle, `weight` how many links it has."""

    model_config = ConfigDict(frozen=True)

    slug: str
    step: int
    relation: str
    x: float
    y: float
    weight: int


class Legend(BaseModel):
    """An area that is on the map, with its sign."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    sign: Sign


class ConceptMap(BaseModel):
    """A map; `centre` is "" where it is that of the whole field."""

    model_config = ConfigDict(frozen=True)

    centre: str
    steps: int
    title: str
    summary: str
    spots: list[Spot]
    areas: list[Legend]
    figure: dict[str, Any]


def neighbourhood(found: "LearningField", centre: str, steps: int) -> ConceptMap:
    """Return the map of the concepts at most so many steps from one, which is the title of a note."""
    away = within(found.links, centre, steps)
    order = {area.id: place for place, area in enumerate(found.areas)}
    others = sorted((title for title in away if title != centre), key=lambda title: (order[_area(found, title)], title))
    places = ring(centre, others) if steps == 1 else spread(graph_of(found.links, away), _areas(found), centre)
    near = found.links[centre]
    compared = sum(near.is_compared(title) for title in near.near)
    summary = (
        f"{plural(len(near.near), 'concept')} one step from {centre}: {compared} compared with it, "
        f"{len(near.near) - compared} mentioned."
    )
    if steps > 1:
        summary += f" {plural(len(away) - 1 - len(near.near), 'concept')} a step further."
    return _drawn(found, away, places, centre, steps, f"Around {centre}", summary)


def whole_field(found: "LearningField") -> ConceptMap:
    """Return the map of all concepts."""
    graph = graph_of(found.links)
    places = spread(graph, _areas(found)) if len(graph) else {}
    summary = (
        f"{plural(len(graph), 'concept')} in {plural(len(found.areas), 'area')}, with {plural(graph.size(), 'link')}. "
        "Concepts that link to each other stand near each other."
    )
    return _drawn(found, dict.fromkeys(graph, 0), places, "", 0, "The whole field", summary)


def _drawn(
    found: "LearningField",
    away: Mapping[str, int],
    places: Mapping[str, Place],
    centre: str,
    steps: int,
    title: str,
    summary: str,
) -> ConceptMap:
    near = found.links.get(centre)
    signs = signs_of([area.id for area in found.areas])
    spots = [
        Spot(
            slug=slug(one),
            step=step,
            relation=_relation(near, one) if near and step == 1 else "",
            x=places[one][0],
            y=places[one][1],
            weight=len(found.links[one].near),
        )
        for one, step in away.items()
    ]
    shown = {_area(found, one) for one in away}
    legend = [Legend(id=area.id, name=area.name, sign=signs[area.id]) for area in found.areas if area.id in shown]
    data = [*_lines(found, away, places, centre), *(_marks(found, away, places, one) for one in legend)]
    return ConceptMap(
        centre=slug(centre),
        steps=steps,
        title=title,
        summary=summary,
        spots=spots,
        areas=legend,
        figure={"data": data, "layout": LAYOUT, "config": CONFIG},
    )


def _relation(links: "Links", other: str) -> str:
    """Say in words what ties a concept to its neighbour."""
    if links.is_compared(other):
        return "compared"
    return "mentioned here" if other in links.mentioned else "mentions this"


def _lines(
    found: "LearningField", away: Mapping[str, int], places: Mapping[str, Place], centre: str
) -> list[dict[str, Any]]:
    """Return the links: those of the centre strong, the others faint; comparisons solid, mentions dotted."""
    drawn: dict[tuple[bool, bool], tuple[list[float | None], list[float | None]]] = {}
    for first, second, compared in graph_of(found.links, away).edges.data("compared"):
        across, up = drawn.setdefault((centre in (first, second), bool(compared)), ([], []))
        across += [places[first][0], places[second][0], None]
        up += [places[first][1], places[second][1], None]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": across,
            "y": up,
            "hoverinfo": "skip",
            "line": {
                "color": NEAR_LINE if near else FAR_LINE,
                "width": 1.6 if near else 1,
                "dash": "solid" if compared else "dot",
            },
        }
        for (near, compared), (across, up) in sorted(drawn.items())
    ]


def _marks(
    found: "LearningField", away: Mapping[str, int], places: Mapping[str, Place], area: Legend
) -> dict[str, Any]:
    titles = [title for title in away if _area(found, title) == area.id]
    notes = found.vault.notes
    return {
        "type": "scatter",
        "mode": "markers",
        "name": html.escape(area.name),
        "x": [places[title][0] for title in titles],
        "y": [places[title][1] for title in titles],
        "customdata": [slug(title) for title in titles],
        "text": [f"<b>{html.escape(title)}</b><br>{_folded(notes[title].front.purpose)}" for title in titles],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": area.sign.colour,
            "symbol": area.sign.shape,
            "size": [_size(len(found.links[title].near)) for title in titles],
            "opacity": 1,
            "line": {"width": 1, "color": "rgba(255,255,255,0.6)"},
        },
        "cliponaxis": False,
    }


def _size(links: int) -> float:
    return round(8 + 1.6 * math.sqrt(min(links, 30)), 1)


def _folded(text: str, longest: int = 46) -> str:
    """Break a sentence into short lines for the box that the pointer opens."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(map(html.escape, lines))


def _area(found: "LearningField", title: str) -> str:
    return found.vault.notes[title].front.area


def _areas(found: "LearningField") -> dict[str, str]:
    return {title: note.front.area for title, note in found.vault.notes.items()}


_AXIS = {"visible": False, "fixedrange": False, "zeroline": False, "showgrid": False}
LAYOUT: dict[str, Any] = {
    "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"family": 'system-ui, "Segoe UI", Roboto, Arial, sans-serif', "size": 13, "color": QUIET},
    "showlegend": False,
    "hovermode": "closest",
    "hoverlabel": {"bgcolor": "#1c3347", "bordercolor": "#1c3347", "align": "left", "font": {"color": "#ffffff"}},
    "dragmode": "pan",
    "xaxis": _AXIS,
    "yaxis": _AXIS,
}
CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": True, "doubleClick": "reset"}

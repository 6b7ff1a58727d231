"""Where concepts stand on the map: a ring around one concept, or the whole field with its areas together.

Places lie within -1 and 1 both ways, and are the same whenever the notes are the same.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

    from knowledge.links import Links

Place = tuple[float, float]
SEED = 7
ROUNDS = 120
TOGETHER = 0.35  # how strongly concepts of one area draw together, beside 1 for a link
INNER = 0.32  # how far from the middle line the topmost and lowest of a ring stand


def graph_of(links: "Mapping[str, Links]", titles: Iterable[str] | None = None) -> "networkx.Graph":
    """Return the links between titles, or between all, as a graph."""
    import networkx

    kept = list(links) if titles is None else list(titles)
    graph = networkx.Graph()
    graph.add_nodes_from(sorted(kept))
    inside = set(kept)
    for title in sorted(kept):
        for other in links[title].near:
            if other in inside:
                graph.add_edge(title, other, compared=links[title].is_compared(other))
    return graph


def within(links: "Mapping[str, Links]", centre: str, steps: int) -> dict[str, int]:
    """Return the concepts at most so many steps away, each with its distance; the centre comes first."""
    found = {centre: 0}
    edge = [centre]
    for step in range(1, steps + 1):
        edge = [other for title in edge for other in links[title].near if other not in found]
        found |= {other: step for other in edge if other not in found}
    return found


def ring(centre: str, others: Sequence[str]) -> dict[str, Place]:
    """Place others in order clockwise around a centre, evenly spaced in height so that each has a line for its name."""
    places = {centre: (0.0, 0.0)}
    right = others[: math.ceil(len(others) / 2)]
    left = others[len(right) :][::-1]
    for side, part in ((1, right), (-1, left)):
        for number, title in enumerate(part):
            height = 1 - 2 * (number + 0.5) / len(part)
            reach = INNER + (1 - INNER) * math.sqrt(max(0.0, 1 - height * height))
            places[title] = (side * reach, height)
    return places


def spread(graph: "networkx.Graph", areas: Mapping[str, str], centre: str = "") -> dict[str, Place]:
    """Place all concepts of a graph so that linked ones, and those of one area, stand near each other."""
    import networkx

    order = sorted(graph)
    drawn = networkx.Graph()
    drawn.add_nodes_from(order)
    for first, second in sorted(graph.edges):
        drawn.add_edge(first, second, weight=1.0)
    by_area: dict[str, list[str]] = {}
    for title in order:
        by_area.setdefault(areas[title], []).append(title)
    for titles in by_area.values():
        pull = TOGETHER * 8 / max(8, len(titles))
        for place, title in enumerate(titles):
            for other in titles[place + 1 :]:
                weight = drawn.get_edge_data(title, other, {"weight": 0.0})["weight"]
                drawn.add_edge(title, other, weight=weight + pull)
    start = _wheel(list(by_area), areas, order)
    held = {"fixed": [centre], "pos": {**start, centre: (0.0, 0.0)}} if centre else {"pos": start}
    found = networkx.spring_layout(
        drawn, seed=SEED, iterations=ROUNDS, k=1.9 / math.sqrt(max(1, len(order))), scale=None, **held
    )
    return _apart({title: (float(x), float(y)) for title, (x, y) in found.items()})


def _wheel(area_ids: list[str], areas: Mapping[str, str], order: list[str]) -> dict[str, Place]:
    """Return a start: each area on a spoke of its own, its concepts around the end of it."""
    angle = {area_id: 2 * math.pi * place / len(area_ids) for place, area_id in enumerate(area_ids)}
    places = {}
    for number, title in enumerate(order):
        turn = 2.399963 * number  # the golden angle: no two concepts start at one point
        at = angle[areas[title]]
        places[title] = (math.cos(at) + 0.2 * math.cos(turn), math.sin(at) + 0.2 * math.sin(turn))
    return places


def _apart(places: dict[str, Place]) -> dict[str, Place]:
    """Spread places evenly over the width and the height: crowded parts get room, empty ones lose it."""
    count = max(1, len(places) - 1)
    even: list[dict[str, float]] = []
    for axis in (0, 1):
        low, high = min(p[axis] for p in places.values()), max(p[axis] for p in places.values())
        order = sorted(places, key=lambda title: (places[title][axis], title))
        rank = {title: 2 * number / count - 1 for number, title in enumerate(order)}
        width = (high - low) or 1.0
        even.append({title: 0.5 * rank[title] + 0.5 * (2 * (places[title][axis] - low) / width - 1) for title in order})
    return {title: (round(even[0][title], 4), round(even[1][title], 4)) for title in places}

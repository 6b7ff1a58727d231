"""Lists that take turns in a message ("visits 8 at 140, parcels 330 at 6.90"), each as one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.embedded.quantities import Quantity

PAIR = 2
FEWEST = 2 * PAIR
MOST_BETWEEN = 20
MOST_NAME = 40
_WORD = re.compile(r"[^\W\d_]+")
Woven = tuple[tuple[Quantity, ...], tuple[Quantity, Quantity]]
"""The numbers that take turns, and the two lists that they make."""

_EDGES = " \t\n,;:.()=-@"


def woven_lists(text: str, quantities: Sequence[Quantity]) -> Woven | None:
    """Return the numbers that take turns and the two lists that they make; None if none do.

    Between the two numbers of a turn the same little stands each time, and before the turn, behind its first or behind
    its second number a name that differs from turn to turn.
    """
    single = [one for one in quantities if not (one.is_list or one.change)]
    best: list[Quantity] = []
    for start in range(len(single)):
        run = _run(text, single, start)
        if len(run) > len(best):
            best = run
    if len(best) < FEWEST:
        return None
    names = _names(text, best)
    if not names:
        return None
    return tuple(best), (_list(best[::PAIR], names), _list(best[1::PAIR], names))


def _run(text: str, quantities: Sequence[Quantity], start: int) -> list[Quantity]:
    """Return the longest even run of numbers from one on whose turns are alike."""
    found: list[Quantity] = []
    for place in range(start, len(quantities) - 1, PAIR):
        first, second = quantities[place], quantities[place + 1]
        link = _link(text[first.end : second.start])
        if link is None or (found and not _goes_on(text, found, (first, second), link)):
            break
        found += [first, second]
    return found


def _link(between: str) -> str | None:
    """Return what joins the numbers of a turn: its last word, or its sign; None if a sentence or a line ends there."""
    if len(between) > MOST_BETWEEN or re.search(r"[\n;]|[.?!]\s", between):
        return None
    words = _WORD.findall(between)
    return words[-1].casefold() if words else between.strip() or None


def _goes_on(text: str, found: Sequence[Quantity], turn: tuple[Quantity, Quantity], link: str) -> bool:
    """Say whether a turn has the link and the kinds of numbers that those before it have, and follows soon."""
    if link != _link(text[found[0].end : found[1].start]) or len(text[found[-1].end : turn[0].start]) > MOST_NAME:
        return False
    return all(
        one.percent == other.percent and (not other.currency or one.currency in ("", other.currency))
        for one, other in zip(found[:PAIR], turn, strict=True)
    )


def _names(text: str, run: Sequence[Quantity]) -> tuple[str, ...]:
    """Return the names of the turns: what stands before each, or behind its first number."""
    ends = [0, *(one.end for one in run[1:-1:PAIR])]
    before = [text[end : first.start] for end, first in zip(ends, run[::PAIR], strict=True)]
    behind = [text[first.end : second.start] for first, second in zip(run[::PAIR], run[1::PAIR], strict=True)]
    for pieces, last in ((behind, False), (before, True)):
        words = [_WORD.findall(piece) for piece in pieces]
        named = [" ".join(found[-2:] if last else found[:-1]) for found in words]
        if all(named) and len({name.casefold() for name in named}) == len(named):
            return tuple(name.strip(_EDGES) for name in named)
    return ()


def _list(parts: Sequence[Quantity], names: tuple[str, ...]) -> Quantity:
    """Return numbers as one list; it stands where the first does, so that the words there name it."""
    values = tuple(one.value for one in parts)
    return replace(parts[0], is_list=True, values=values, labels=names, others=())

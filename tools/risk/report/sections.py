"""Parts the blocks of a report into runs of upright pages and of pages on their side, for wide tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.risk.report.blocks import Block, Heading, Paragraph, Table


@dataclass(frozen=True)
class Section:
    """Blocks on pages of one orientation."""

    wide: bool
    blocks: tuple[Block, ...]


def sections(blocks: Iterable[Block]) -> list[Section]:
    """Return the blocks in order, as runs of one orientation.

    A wide table takes the headings and paragraphs just before it along, so that none is left alone on the page before;
    what follows stays on wide pages until the next part begins.
    """
    runs: list[tuple[bool, list[Block]]] = []
    for part in _parts(blocks):
        turn = _turn(part)
        for wide, run in ((False, part[:turn]), (True, part[turn:])):
            if run and runs and runs[-1][0] == wide:
                runs[-1][1].extend(run)
            elif run:
                runs.append((wide, list(run)))
    return [Section(wide, tuple(run)) for wide, run in runs]


def _parts(blocks: Iterable[Block]) -> Iterable[list[Block]]:
    part: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1 and part:
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _turn(part: Sequence[Block]) -> int:
    """Return where a part turns to wide pages, its length where it does not."""
    turn = next((place for place, block in enumerate(part) if isinstance(block, Table) and block.wide), len(part))
    if turn == len(part):
        return turn
    while turn and isinstance(part[turn - 1], Heading | Paragraph):
        turn -= 1
    return turn

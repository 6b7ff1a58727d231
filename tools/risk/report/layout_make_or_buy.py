"""The report's comparisons of making and buying: a table, and below it how each was worked out."""

from collections.abc import Iterator

from tools.risk.make_or_buy import IN_WORDS
from tools.risk.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tools.risk.report.content import Report
from tools.risk.report.words import UNKNOWN, money


def make_or_buy_blocks(report: Report) -> Iterator[Block]:
    """Yield the comparisons; nothing where none was entered."""
    if not report.make_or_buy:
        return
    unit = f", {report.currency}" if report.currency else ""
    columns = (
        Column("Item", 3),
        Column("Units a year", 1.7, "right"),
        Column(f"Making, a year{unit}", 2, "right"),
        Column(f"Buying, a year{unit}", 2, "right"),
        Column("Result", 5),
    )
    rows = tuple(
        (
            row.name,
            UNKNOWN if row.volume is None else f"{row.volume:,.10g}",
            money(row.make),
            money(row.buy),
            f"{row.meaning} {row.at_which}".strip(),
        )
        for row in report.make_or_buy
    )
    yield Heading("Make or buy", 2)
    yield Paragraph(f"At full cost: {IN_WORDS}.")
    yield Table("Making against buying, at full cost", columns, rows)
    yield Bullets(lines_of(report))


def lines_of(report: Report) -> tuple[str, ...]:
    """Return how each comparison was worked out, and what it takes for granted, a sentence each."""
    return tuple(f"{row.name}: {text}" for row in report.make_or_buy for text in (*row.steps, *row.notes))

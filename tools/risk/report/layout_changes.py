"""Who changed what and when, at the end of part 8 of the report."""

from collections.abc import Iterator
from datetime import UTC

from tools.risk.report.blocks import Block, Column, Heading, Paragraph, Table
from tools.risk.report.content import Report
from tools.risk.report.rows import ChangeRow
from tools.risk.report.untrusted import short as shortened
from tools.risk.report.words import count

LISTED, LONGEST = 60, 140
"""Changes that a text lists, and characters of what stood there; the workbook has all of both."""


def change_blocks(report: Report) -> Iterator[Block]:
    """Yield how many changes each person made, and the latest changes one by one."""
    if not report.changes:
        return
    yield Heading("Who changed what and when", 2)
    people = (Column("", 3), Column("", 9))
    yield Table("Changes by person", people, tuple((one.label, one.text) for one in report.history), heads=False)
    shown = report.changes[:LISTED]
    columns = (
        Column("When, UTC", 2),
        Column("Who", 2.2),
        Column("What", 3.8),
        Column("Before", 3.5),
        Column("After", 3.5),
    )
    rows = tuple(
        (moment(one), one.by, one.did, *(shortened(text, LONGEST) for text in (one.before, one.after))) for one in shown
    )
    yield Table(f"Changes, {len(shown):,} of {len(report.changes):,}, the latest first", columns, rows)
    left = len(report.changes) - len(shown)
    if left:
        text = f"{count(left, 'earlier change')} stand in this report as Excel (sheet History) and JSON."
        yield Paragraph(text, "note")


def moment(row: ChangeRow) -> str:
    """Return when something was changed: "2026-11-23 14:05"."""
    return f"{row.at.astimezone(UTC):%Y-%m-%d %H:%M}"

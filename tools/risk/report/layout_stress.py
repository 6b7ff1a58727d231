"""Part 7 of the report: the stress tests done, what came out, and when the next is due."""

from collections.abc import Iterator

from tools.risk.report import charts
from tools.risk.report.blocks import Block, Bullets, Column, Heading, Paragraph, Picture, Table
from tools.risk.report.content import Report
from tools.risk.report.rows import StressRow
from tools.risk.report.words import count, day, money


def stress_blocks(report: Report) -> Iterator[Block]:
    """Yield the heading and contents of part 7."""
    yield Heading("7. Stress tests")
    if not report.stress:
        yield Paragraph("No stress test has been run yet, so what a shock would cost is unknown.", "note")
    for run in report.stress:
        yield from _run(report, run)
    due = "now" if report.next_stress <= report.on else f"{day(report.next_stress)} at the latest"
    yield Paragraph(f"Next stress test: {due}, and after every change of the nodes or their sources.")


def _run(report: Report, run: StressRow) -> Iterator[Block]:
    yield Heading(run.name, 2)
    who = f" by {run.by}" if run.by else ""
    yield Paragraph(f"{run.kind[0].upper()}{run.kind[1:]}, run on {day(run.on)}{who}.")
    rows = tuple((fact.label, fact.text) for fact in (*run.settings, *run.findings))
    if rows:
        yield Table("Settings and results", (Column("", 4), Column("", 8)), rows, heads=False)
    if run.table:
        amounts = [any(text[:1].isdigit() for text in cells) for cells in zip(*run.table, strict=True)]
        columns = tuple(
            Column(head, 3 if place == 0 else 2, "right" if place and amount else "left")
            for place, (head, amount) in enumerate(zip(run.table_heads, amounts, strict=True))
        )
        yield Table(run.table_title, columns, run.table)
    if run.exceedance:
        columns = (Column("Share of draws", 1, "right"), Column("that lose more than", 1, "right"))
        points = tuple((f"{100 * one.probability:.3g} %", money(one.loss, report.currency)) for one in run.exceedance)
        table = Table("Loss exceedance", columns, points)
        alt = f"Loss exceedance curve of {count(len(points), 'point')}: " + "; ".join(
            f"{probability} lose more than {loss}" for probability, loss in points[:: max(1, len(points) // 4)]
        )
        yield Picture(lambda: charts.exceedance(run, report), f"{alt}.", "Loss exceedance curve", table)
    if run.warnings:
        yield Bullets(run.warnings)
    if run.assumptions:
        yield Paragraph(f"Assumes: {'; '.join(text.rstrip('.') for text in run.assumptions)}.", "note")

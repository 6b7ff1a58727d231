"""What changed since the review before, for the summary."""

from collections.abc import Iterator

from tools.risk.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tools.risk.report.content import Report
from tools.risk.report.words import count, day, money, score, share, weeks


def since_blocks(report: Report) -> Iterator[Block]:
    """Yield what changed, or that there was no review before."""
    yield Heading("Changes since the last review", 2)
    since = report.since
    if since is None:
        yield Paragraph("There is no earlier review to compare with.", "note")
        return
    yield Paragraph(f"Compared with “{since.title}” of {day(since.on)}.")
    moved = [one for one in since.exposures if one.direction != "same"]
    if moved:
        money_in = f", {report.currency}" if report.currency else ""
        columns = (
            Column("Node", 4),
            Column("Change", 2),
            Column("Gap then, weeks", 1.6, "right"),
            Column("Gap now, weeks", 1.6, "right"),
            Column(f"Margin at risk then{money_in}", 2.2, "right"),
            Column(f"Margin at risk now{money_in}", 2.2, "right"),
        )
        rows = tuple(
            (
                one.node,
                one.direction,
                "–" if one.direction == "new" else weeks(one.gap_before, False),
                "–" if one.direction == "gone" else weeks(one.gap_now, False),
                "–" if one.direction == "new" else money(one.at_risk_before),
                "–" if one.direction == "gone" else money(one.at_risk_now),
            )
            for one in moved
        )
        yield Table("Exposures that changed", columns, rows)
    same = len(since.exposures) - len(moved)
    if same:
        yield Paragraph(f"{count(same, 'exposure').capitalize()} did not change.")
    by_step = (
        Column("Step", 5),
        Column("Maturity then", 2, "right"),
        Column("Maturity now", 2, "right"),
        Column("Coverage then", 2, "right"),
        Column("Coverage now", 2, "right"),
    )
    yield Table(
        "Maturity and coverage, then and now",
        by_step,
        tuple(
            (
                one.step,
                score(one.score_before),
                score(one.score_now),
                "–" if one.coverage_before is None else share(one.coverage_before),
                share(one.coverage_now),
            )
            for one in since.maturity
        ),
    )
    yield Heading("Actions closed since then", 3)
    yield Bullets(since.closed or ("None of the actions that were open then is closed.",))
    if since.removed:
        yield Heading("Actions that are no longer in the plan", 3)
        yield Bullets(since.removed)
    yield Paragraph(f"Open then and open still: {count(since.still_open, 'action')}.")

"""The nine parts of the report in order, as building blocks that every text format draws in its own way."""

from collections.abc import Iterator

from tools.risk.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tools.risk.report.content import Report
from tools.risk.report.layout_answers import answer_blocks
from tools.risk.report.layout_changes import change_blocks
from tools.risk.report.layout_exposure import coverage_picture, exposure_blocks, exposure_table
from tools.risk.report.layout_register import action_blocks, register_blocks
from tools.risk.report.layout_since import since_blocks
from tools.risk.report.layout_stress import stress_blocks
from tools.risk.report.rows import Fact
from tools.risk.report.words import ANSWER_WORDS, NOT_NAMED, count, day, score, share

TOP = 10
MOST_UNKNOWNS = 20


def blocks(report: Report) -> list[Block]:
    """Return the whole report but its title."""
    return [
        *_purpose(report),
        *_summary(report),
        *exposure_blocks(report),
        *answer_blocks(report),
        *register_blocks(report),
        *action_blocks(report),
        *stress_blocks(report),
        *_basis(report),
        *_sign_off(report),
    ]


def opening(report: Report) -> tuple[str, ...]:
    """Return the lines under the title."""
    status = {"open": "review under way", "paused": "review paused", "finished": "review finished"}[report.status]
    return (
        f"Supply chain risk review, {day(report.on)}",
        f"{status[0].upper()}{status[1:]}, revision {report.revision:,}",
    )


def facts(caption: str, rows: tuple[Fact, ...]) -> Table:
    """Return a table of labels and what they say."""
    columns = (Column("", 3), Column("", 9))
    return Table(caption, columns, tuple((row.label, row.text) for row in rows), heads=False)


def _purpose(report: Report) -> Iterator[Block]:
    yield Heading("1. Purpose, scope and limits", new_page=True)
    yield Paragraph(report.purpose)
    yield facts("Scope and criteria", report.scope)
    yield facts("People", report.people or (Fact(label="Participants", text=NOT_NAMED),))
    yield Heading("Data used", 2)
    yield Bullets(report.data_used)
    yield Heading("Limits of this review", 2)
    yield Bullets(report.limits)


def _summary(report: Report) -> Iterator[Block]:
    yield Heading("2. Summary", new_page=True)
    yield Bullets(report.findings)
    top = tuple(node for node in report.nodes if node.state in ("over the limit", "gap"))[:TOP]
    if top:
        yield exposure_table(report, f"Largest exposures ({len(top)} of {report.totals.with_gap:,})", top)
    yield coverage_picture(report)
    yield _coverage(report)
    yield Heading("What is still unknown", 2)
    yield Paragraph("What is unknown is a gap in this review, not a low risk.", "note")
    shown = report.unknowns[:MOST_UNKNOWNS]
    left = len(report.unknowns) - len(shown)
    more = (f"And {count(left, 'more unknown', 'more unknowns')}, in parts 3 and 4.",) if left else ()
    yield Bullets((*shown, *more) or ("Every question that applies was answered and no node lacks a figure.",))
    yield from since_blocks(report)


def _coverage(report: Report) -> Table:
    totals = report.totals
    columns = (
        Column("Step", 4.2),
        Column("Asked", 1.35, "right"),
        Column("With evidence", 2, "right"),
        Column("Without", 1.7, "right"),
        Column("Unknown", 1.9, "right"),
        Column("Open", 1.25, "right"),
        Column("Disputed", 1.9, "right"),
        Column("Coverage", 1.9, "right"),
        Column("Maturity", 1.8, "right"),
    )
    rows = [
        (
            f"{step.number}. {step.name}",
            *(
                str(one)
                for one in (
                    step.asked, step.with_evidence, step.without_evidence, step.unknown, step.open, step.disputed
                )
            ),
            share(step.coverage),
            score(step.score),
        )
        for step in report.steps
    ]  # fmt: skip
    whole = (
        "All steps",
        *(
            str(one)
            for one in (
                totals.asked, totals.with_evidence, totals.without_evidence, totals.unknown_answers,
                totals.open_answers, totals.disputed,
            )
        ),
        share(totals.coverage),
        score(totals.score),
    )  # fmt: skip
    return Table("Coverage and maturity by step (questions)", columns, (*rows, whole))


def _basis(report: Report) -> Iterator[Block]:
    yield Heading("8. Assumptions, formulae and sources")
    yield Heading("Assumptions", 2)
    yield Bullets(report.assumptions)
    yield facts("Formulae", report.formulae)
    yield Heading("How states are told", 2)
    yield Bullets(
        (
            f"Answers: {'; '.join(ANSWER_WORDS.values())}. Coverage is the share of the questions asked that have an "
            "answer; unknown and open are not answers.",
            "Maturity is the mean of the answered questions' scores, 0 (none) to 3 (full).",
            "Likelihood and impact are ranks from 1 to 5: they are never added or averaged; an impact of 5 is at "
            "least high, one of 4 at least medium.",
        )
    )
    yield Heading("Sources", 2)
    yield Bullets(report.references)
    yield from change_blocks(report)
    yield Heading("What this report is", 2)
    yield Paragraph(report.guidance)


def _sign_off(report: Report) -> Iterator[Block]:
    yield Heading("9. Sign-off and next review")
    columns = (Column("Role", 3), Column("Name", 3), Column("Signature", 4), Column("Date", 2))
    rows = tuple((row.label, row.text or NOT_NAMED, "\n\n", "") for row in report.sign_off)
    yield Table("Sign-off", columns, rows)
    yield Paragraph(f"Next review: {day(report.next_review)} at the latest. It is due earlier:")
    yield Bullets(report.triggers)

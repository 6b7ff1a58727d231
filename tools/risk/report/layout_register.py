"""Parts 5 and 6 of the report: the risk register and the action plan."""

from collections.abc import Iterator

from tools.risk.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tools.risk.report.content import Report
from tools.risk.report.rows import ActionRow, RiskRow
from tools.risk.report.words import NOT_NAMED, UNKNOWN, count, day, money, rate


def register_blocks(report: Report) -> Iterator[Block]:
    """Yield the heading and contents of part 5."""
    yield Heading("5. Risk register")
    if not report.risks:
        yield Paragraph("No risk has been entered in the register yet.", "note")
        return
    columns = (
        Column("No.", 0.9),
        Column("Risk: cause, event, effect", 5.2),
        Column("Controls", 2.8),
        Column("Likelihood", 1.6, "right"),
        Column("Impact", 1.2, "right"),
        Column("Level", 1.6),
        Column("Treatment", 2),
        Column("Owner", 1.9),
        Column("Residual level", 1.8),
    )
    yield Table("Risk register", columns, tuple(map(_risk, report.risks)), wide=True)
    problems = tuple(f"R{risk.number}: {text}" for risk in report.risks for text in risk.problems)
    if problems:
        yield Heading("What the register lacks", 2)
        yield Bullets(problems)


def _risk(risk: RiskRow) -> tuple[str, ...]:
    told = (("Cause", risk.cause), ("Event", risk.event), ("Effect", risk.effect), ("Nodes", ", ".join(risk.nodes)))
    words = "\n".join([risk.title, *(f"{label}: {text}" for label, text in told if text)])
    treatment = risk.treatment or UNKNOWN
    if risk.treatment == "accept":
        review = f"review on {day(risk.review_date)}" if risk.review_date else "no review date yet"
        treatment = f"accept, approved by {risk.approver or NOT_NAMED}, {review}"
    residual = risk.residual_level
    if risk.residual_likelihood is not None and risk.residual_impact is not None:
        residual = f"{residual} ({risk.residual_likelihood} × {risk.residual_impact})"
    return (
        f"R{risk.number}",
        words,
        risk.controls or UNKNOWN,
        rate(risk.likelihood),
        rate(risk.impact),
        risk.level,
        treatment,
        risk.owner or NOT_NAMED,
        residual,
    )


def action_blocks(report: Report) -> Iterator[Block]:
    """Yield the heading and contents of part 6."""
    yield Heading("6. Action plan")
    if not report.actions:
        yield Paragraph("No action has been agreed or proposed yet.", "note")
        return
    totals = report.totals
    yield Paragraph(
        f"{count(totals.actions_open, 'open action').capitalize()}, {totals.actions_overdue} overdue, "
        f"{totals.actions_without_owner} without an owner, {totals.actions_without_date} without a date; "
        f"{count(totals.actions_done, 'action')} done. Known cost of the open actions: "
        f"{money(totals.cost_open, report.currency)}"
        + (f", with {count(totals.cost_missing, 'cost')} not known." if totals.cost_missing else ".")
    )
    cost = f"Cost, {report.currency}" if report.currency else "Cost"
    columns = (
        Column("No.", 0.9),
        Column("Action", 5),
        Column("Owner", 2),
        Column("Due", 1.7),
        Column("Measure: which number changes", 4),
        Column(cost, 1.5, "right"),
        Column("Status", 1.6),
        Column("From", 1.9),
    )
    yield Table("Action plan", columns, tuple(_action(one) for one in report.actions), wide=True)


def _action(action: ActionRow) -> tuple[str, ...]:
    return (
        f"A{action.number}",
        action.text,
        action.owner or NOT_NAMED,
        f"{day(action.due)}\nOVERDUE" if action.overdue else day(action.due),
        action.measure or "not set yet",
        money(action.cost),
        action.status,
        action.origin or "the team",
    )

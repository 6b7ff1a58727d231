"""The workbook's sheets of risks, actions, questions and changes."""

from tools.risk.report.build_register import NOT_RATED
from tools.risk.report.content import Report
from tools.risk.report.excel_formulas import level
from tools.risk.report.excel_sheet import (
    DAY,
    FIRST_ROW,
    MONEY,
    WHOLE,
    Formula,
    Head,
    Sheet,
    known,
)
from tools.risk.report.layout_changes import moment
from tools.risk.report.words import ANSWER_WORDS, NO_DATE, NOT_NAMED, UNKNOWN, count

LEVELS_TABLE = "Notes!$B$5:$F$9"
STATUSES = ("proposed", "agreed", "in progress", "done", "dropped")
TREATMENTS = ("avoid", "reduce likelihood", "reduce impact", "share", "accept")


def register(sheet: Sheet, report: Report) -> int:
    """Write the risk register with live levels; return the last row."""
    heads = (
        Head("No.", 6),
        Head("Risk", 30),
        Head("Cause", 30),
        Head("Event", 30),
        Head("Effect", 30),
        Head("Controls", 30),
        Head("Nodes", 24),
        Head("Likelihood (1-5)", 11, WHOLE),
        Head("Impact (1-5)", 9, WHOLE),
        Head("Level", 12),
        Head("Treatment", 18),
        Head("Owner", 18),
        Head("Approver", 18),
        Head("Review date", 12, DAY),
        Head("Residual likelihood", 11, WHOLE),
        Head("Residual impact", 11, WHOLE),
        Head("Residual level", 12),
        Head("Lacks", 44),
    )
    rows = [
        (
            f"R{risk.number}",
            risk.title,
            risk.cause,
            risk.event,
            risk.effect,
            risk.controls or UNKNOWN,
            ", ".join(risk.nodes),
            risk.likelihood or NOT_RATED,
            risk.impact or NOT_RATED,
            Formula(level(f"H{row}", f"I{row}", LEVELS_TABLE, NOT_RATED), risk.level),
            risk.treatment or UNKNOWN,
            risk.owner or NOT_NAMED,
            risk.approver or (NOT_NAMED if risk.treatment == "accept" else ""),
            risk.review_date or (NO_DATE if risk.treatment == "accept" else ""),
            risk.residual_likelihood or NOT_RATED,
            risk.residual_impact or NOT_RATED,
            Formula(level(f"O{row}", f"P{row}", LEVELS_TABLE, NOT_RATED), risk.residual_level),
            " ".join(risk.problems),
        )
        for row, risk in enumerate(report.risks, FIRST_ROW)
    ]
    sheet.title(
        "Risk register",
        "Levels are looked up in the table on the sheet Notes; likelihood and impact are ranks, never added.",
    )
    last = sheet.table(heads, rows, frozen=2)
    sheet.listed(f"K{FIRST_ROW}:K{last}", TREATMENTS)
    sheet.listed(f"H{FIRST_ROW}:I{last} O{FIRST_ROW}:P{last}", tuple("12345"))
    return last


def actions(sheet: Sheet, report: Report) -> int:
    """Write the action plan; return the last row."""
    cost = f"Cost ({report.currency})" if report.currency else "Cost"
    heads = (
        Head("No.", 6),
        Head("Action", 50),
        Head("Owner", 20),
        Head("Due", 12, DAY),
        Head("Measure: which number changes", 44),
        Head(cost, 14, MONEY),
        Head("Status", 13),
        Head("Overdue", 10),
        Head("From", 26),
    )
    rows = [
        (
            f"A{action.number}",
            action.text,
            action.owner or NOT_NAMED,
            action.due or NO_DATE,
            action.measure or "not set yet",
            known(action.cost),
            action.status,
            Formula(
                f'=IF(AND(ISNUMBER(D{row}),N(D{row})<Summary!$B$4,G{row}<>"done",G{row}<>"dropped"),"OVERDUE","no")',
                "OVERDUE" if action.overdue else "no",
            ),
            action.origin or "the team",
        )
        for row, action in enumerate(report.actions, FIRST_ROW)
    ]
    sheet.title("Action plan", "Overdue is told against the date of the report on the sheet Summary.")
    last = sheet.table(heads, rows, frozen=2)
    sheet.listed(f"G{FIRST_ROW}:G{last}", STATUSES)
    return last


def questions(sheet: Sheet, report: Report) -> int:
    """Write every question with the answer that counts; return the last row."""
    heads = (
        Head("Step", 6, WHOLE),
        Head("Question", 9),
        Head("What is asked", 50),
        Head("Answer that counts", 44),
        Head("State", 22),
        Head("Maturity (0-3)", 10, WHOLE),
        Head("Means", 26),
        Head("Evidence", 34),
        Head("Comment", 34),
        Head("Agreed", 14),
        Head("Who said what", 40),
        Head("Remarks", 34),
    )
    rows = [
        (
            step.number,
            question.id,
            question.ask,
            question.answer or {"unknown": UNKNOWN, "open": "open"}.get(question.state, ""),
            ANSWER_WORDS[question.state],
            "" if question.maturity is None else question.maturity,
            question.anchor,
            question.evidence,
            question.comment,
            "NOT AGREED" if not question.agreed else "" if question.state == "open" else "yes",
            "; ".join(
                f"{one.person}: {one.answer}{'' if one.maturity is None else f' ({one.maturity} of 3)'}"
                for one in question.said
            ),
            "; ".join(question.remarks),
        )
        for step in report.steps
        for question in step.questions
    ]
    sheet.title("Questions and answers", "An open or unknown answer is a gap, not a low risk.")
    return sheet.table(heads, rows, frozen=2)


def history(sheet: Sheet, report: Report) -> int:
    """Write who changed what and when, the latest first; return the last row."""
    heads = (
        Head("No.", 8, WHOLE),
        Head("When (UTC)", 17),
        Head("Who", 24),
        Head("What", 60),
        Head("Before", 50),
        Head("After", 50),
    )
    rows = [(one.number, moment(one), one.by, one.did, one.before, one.after) for one in report.changes]
    sheet.title("Who changed what and when", f"All {count(len(rows), 'change')} of this review, the latest first.")
    return sheet.table(heads, rows)

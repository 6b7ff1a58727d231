"""Part 4 of the report: each step's questions, the answers that count, and what is a gap."""

from collections.abc import Iterator

from tools.risk.report.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tools.risk.report.content import Report
from tools.risk.report.rows import FlagRow, QuestionRow, StepRow
from tools.risk.report.words import ANSWER_WORDS, UNKNOWN, score, share


def answer_blocks(report: Report) -> Iterator[Block]:
    """Yield the heading and contents of part 4."""
    yield Heading("4. Results by step", new_page=True)
    for step in report.steps:
        yield Heading(f"Step {step.number}. {step.name}", 2)
        yield Paragraph(
            f"{step.purpose}. {step.answered} of {step.asked} answered (coverage {share(step.coverage)}), "
            f"maturity {score(step.score)}.".replace("..", ".")
        )
        if step.questions:
            yield _answers(step)
        gaps = tuple(_gaps(step))
        if gaps:
            yield Heading(f"Gaps in step {step.number}", 3)
            yield Bullets(gaps)
    yield Heading("Red flags", 2)
    if not report.flags:
        yield Paragraph(
            "No red flag is raised by what is known; what is open or unknown raises none by itself.", "note"
        )
        return
    columns = (Column("About", 1.5), Column("Must not stay", 3), Column("Why it is raised", 5), Column("Proposed", 4))
    yield Table("Red flags", columns, tuple(map(_flag, report.flags)))


def _flag(flag: FlagRow) -> tuple[str, ...]:
    proposed = flag.proposed or "answered in the action plan or the register"
    return (flag.about, flag.text, flag.why, f"{proposed}\nMeasure: {flag.measure}" if flag.measure else proposed)


def _answers(step: StepRow) -> Table:
    columns = (
        Column("No.", 0.9),
        Column("Question", 4),
        Column("Answer that counts", 4.2),
        Column("State, maturity", 2),
        Column("Evidence", 2.9),
    )
    return Table(f"Answers of step {step.number}", columns, tuple(_answer(question) for question in step.questions))


def _answer(question: QuestionRow) -> tuple[str, ...]:
    answer = question.answer or {"unknown": UNKNOWN, "open": "open"}.get(
        question.state, "rated only, no answer in words"
    )
    if question.comment:
        answer = f"{answer}\nComment: {question.comment}"
    state = ANSWER_WORDS[question.state]
    if question.maturity is not None:
        state = f"{state}\n{question.maturity} of 3" + (f": {question.anchor}" if question.anchor else "")
    if not question.agreed:
        state = f"{state}\nNOT AGREED"
    return (question.id, question.ask, answer, state, question.evidence or "none given")


def _gaps(step: StepRow) -> Iterator[str]:
    for question in step.questions:
        name = f"{question.id} {question.short}".strip()
        if question.state == "unknown":
            yield f"{name}: unknown. {question.comment}".strip()
        elif question.state == "open":
            yield f"{name}: open, nobody has answered."
        elif question.state == "without evidence":
            yield f"{name}: answered without evidence."
        if not question.agreed:
            said = "; ".join(
                f"{one.person}: {one.answer}" + ("" if one.maturity is None else f" ({one.maturity} of 3)")
                for one in question.said
            )
            yield f"{name}: the answers differ and the most cautious counts until the team agrees. {said}."
        yield from (f"{name}, remark: {remark}" for remark in question.remarks)

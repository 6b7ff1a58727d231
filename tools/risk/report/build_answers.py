"""The report's rows of steps, questions, answers, red flags and unknowns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from tools.risk.checklist import AnswerValue, Question, Step
from tools.risk.counting import Counting, counting, implied_maturity, is_open
from tools.risk.flags import flags, proposals, unknowns
from tools.risk.progress import StepProgress, asked, steps
from tools.risk.report.rows import FlagRow, QuestionRow, SaidRow, StepRow
from tools.risk.review import TEAM, Answer, Review
from tools.risk.tables import shown_row
from tools.risk.values import shown_value


def step_rows(review: Review) -> tuple[StepRow, ...]:
    """Return the results of every step, with the questions that apply or may still apply."""
    applying = {question.id for question in asked(review)}
    waiting = _waiting(review, applying)
    remarks: dict[str, list[str]] = defaultdict(list)
    for comment in review.comments:
        remarks[comment.about].append(f"{comment.by} on {comment.at.date().isoformat()}: {comment.text}")
    names = {one.id: one.name for one in review.participants}
    return tuple(
        _step(review, step, told, [one for one in step.questions if one.id in applying or one.id in waiting], waiting,
              remarks, names)
        for step, told in zip(review.checklist.steps, steps(review), strict=True)
    )  # fmt: skip


def _waiting(review: Review, applying: set[str]) -> dict[str, str]:
    """Return the questions that may still apply, each with the one whose answer decides."""
    waiting: dict[str, str] = {}
    for question in review.checklist.questions:
        needs = question.only_if
        if needs is None or question.id in applying:
            continue
        earlier = counting(review, needs.question)
        by_maturity = needs.maturity_at_least is not None or needs.maturity_at_most is not None
        undecided = earlier.state in ("open", "unknown") or (by_maturity and earlier.maturity is None)
        if needs.question in waiting or (needs.question in applying and undecided):
            waiting[question.id] = needs.question
    return waiting


def _step(
    review: Review,
    step: Step,
    told: StepProgress,
    questions: Sequence[Question],
    waiting: Mapping[str, str],
    remarks: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
) -> StepRow:
    return StepRow(
        number=step.number,
        name=step.name,
        purpose=step.purpose,
        asked=told.asked,
        answered=told.answered,
        with_evidence=told.with_evidence,
        without_evidence=told.answered - told.with_evidence,
        unknown=told.unknown,
        open=told.open,
        disputed=told.disputed,
        coverage=told.coverage,
        score=told.score,
        questions=tuple(
            _question(review, one, waiting.get(one.id, ""), remarks.get(one.id, ()), names) for one in questions
        ),
    )


def _question(
    review: Review, question: Question, waits: str, remarks: Sequence[str], names: Mapping[str, str]
) -> QuestionRow:
    counts = Counting(question=question.id) if waits else counting(review, question.id)
    given = [answer for answer in review.answers_to(question.id) if not is_open(answer)]
    said = () if counts.agreed else tuple(_said(question, answer, names) for answer in given)
    anchored = counts.maturity is not None and counts.maturity < len(question.anchors)
    return QuestionRow(
        id=question.id,
        short=question.short,
        ask=question.ask,
        own=question.own,
        state=counts.state,
        waits=waits,
        answer=_in_words(question, counts.value),
        maturity=counts.maturity,
        anchor=question.anchors[counts.maturity] if anchored and counts.maturity is not None else "",
        evidence=counts.evidence,
        comment=counts.comment,
        by="" if waits else ", ".join(names.get(one, one) if one != TEAM else "the team" for one in counts.persons),
        agreed=counts.agreed,
        said=said,
        remarks=tuple(remarks),
    )


def _said(question: Question, answer: Answer, names: Mapping[str, str]) -> SaidRow:
    person = "the team" if answer.person == TEAM else names.get(answer.person) or answer.by or "somebody"
    words = "unknown" if answer.unknown else _in_words(question, answer.value) or "rated only"
    maturity = implied_maturity(question, answer.value) if answer.maturity is None else answer.maturity
    return SaidRow(person=person, answer=words, maturity=maturity)


def _in_words(question: Question, value: AnswerValue) -> str:
    """Return a value in words, the rows of a table on lines of their own."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n".join(shown_row(question.columns, row) for row in value if isinstance(row, dict))
    return shown_value(question, value)


def flag_rows(review: Review, today: date) -> tuple[FlagRow, ...]:
    """Return the red flags that stand; a proposal stands beside each that no action answers yet."""
    proposed = {action.origin: action for action in proposals(review, today)}
    return tuple(
        FlagRow(
            about=f"Question {flag.question}" if flag.question else flag.kind.capitalize(),
            text=flag.text,
            why=flag.why,
            proposed=proposed[flag.origin].text if flag.origin in proposed else "",
            measure=_first_parts(proposed[flag.origin].measure) if flag.origin in proposed else "",
        )
        for flag in flags(review, today)
    )


def _first_parts(measure: str) -> str:
    """Return the first of several measures; each stands with its node in part 3."""
    first, *others = measure.split("; ")
    return f"{first}; and {len(others)} more" if others else first


def unknown_lines(review: Review) -> tuple[str, ...]:
    """Return a line for everything that is open or not known."""
    lines = []
    for one in unknowns(review):
        match one.kind:
            case "question":
                words = "answered as unknown" if one.state == "unknown" else "open, nobody has answered"
                lines.append(f"Question {one.about}, {one.name}: {words}.")
            case "node":
                lines.append(f"Node {one.name}: {'; '.join(one.missing) or 'its figures'} not known.")
            case _:
                lines.append(f"{one.name}.")
    return tuple(lines)

"""Says which of several answers to a question counts, what it fulfils, and which red flag it raises."""

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tools.risk.checklist import AnswerValue, Condition, Maturity, Question, ValueFlag
from tools.risk.review import TEAM, Answer, Given, Review
from tools.risk.tables import shown_cell, shown_row
from tools.risk.values import shown_value

State = Literal["with evidence", "without evidence", "unknown", "open"]


class Counting(BaseModel):
    """The answer that counts for a question.

    Attributes:
        maturity: as it was given; where none was given, the one that the chosen option stands for.
        persons: ids of those whose answers were weighed; TEAM alone once the team has answered.
        agreed: the team answered, or nobody contradicts; False where people differ and the most cautious answer counts.
    """

    model_config = ConfigDict(frozen=True)

    question: str
    state: State = "open"
    value: AnswerValue = None
    maturity: Maturity | None = None
    evidence: str = ""
    comment: str = ""
    persons: tuple[str, ...] = ()
    agreed: bool = True


def counting(review: Review, question_id: str) -> Counting:
    """Return which answer to a question counts.

    That is the team's; else the only one; else the most cautious of several: unknown before known, then the lowest
    maturity, then one without evidence. People who say the same agree.
    """
    return counted(review, question_id, review.answers_to(question_id))


def state(review: Review, question_id: str) -> State:
    """Return the state of a question, from the answer that counts."""
    return counting(review, question_id).state


def is_open(given: Given) -> bool:
    """Say whether something entered is no answer yet: no value, no maturity and not "unknown"."""
    return not given.unknown and given.maturity is None and given.value in (None, "", [])


def implied_maturity(question: Question | None, value: AnswerValue) -> Maturity | None:
    """Return the maturity that a chosen option stands for; None where options say nothing about it."""
    if question is None or not question.scores or value not in question.options:
        return None
    return question.scores[question.options.index(str(value))]


def flag_by_answer(review: Review, question: Question) -> str:
    """Return why the answer that counts raises the red flag of a question, in words; "" if it does not.

    Only maturity and value are looked at; computed rules are looked at in tools/risk/flags.py.
    """
    flag, counts = question.red_flag, counting(review, question.id)
    if flag is None or counts.state not in ("with evidence", "without evidence"):
        return ""
    if flag.maturity_at_most is not None and counts.maturity is not None and counts.maturity <= flag.maturity_at_most:
        said = question.anchors[counts.maturity] if question.anchors else "answered"
        return f"{said} (maturity {counts.maturity} of 3)"
    if flag.value is None:
        return ""
    return _raised_by_value(question, flag.value, counts.value)


def counted(review: Review, question_id: str, answers: Sequence[Answer]) -> Counting:
    """Return what counts of the answers to a question, all of which are given."""
    question = review.checklist.question(question_id)
    said = [answer for answer in answers if not is_open(answer)]
    said = [answer for answer in said if answer.person == TEAM] or said
    if not said:
        return Counting(question=question_id)
    agreed = all(_same(question, said[0], other) for other in said[1:])
    chosen = min(said, key=lambda answer: _caution(question, answer, agreed))
    known: State = "with evidence" if chosen.evidence.strip() else "without evidence"
    return Counting(
        question=question_id,
        state="unknown" if chosen.unknown else known,
        value=None if chosen.unknown else chosen.value,
        maturity=None if chosen.unknown else _maturity(question, chosen),
        evidence=chosen.evidence,
        comment=chosen.comment,
        persons=tuple(answer.person for answer in said),
        agreed=agreed,
    )


def _raised_by_value(question: Question, flag: ValueFlag, value: AnswerValue) -> str:
    """Return the value that raises a flag, of a table with the row that it stands in; "" if none does."""
    if not flag.column:
        return shown_value(question, value) if _raises(flag, value) else ""
    column = next((one for one in question.columns if one.name == flag.column), None)
    for row in value if column and isinstance(value, list) else []:
        if column and isinstance(row, dict) and _raises(flag, row.get(column.name)):
            name = shown_row(question.columns[:1], row)
            return f"{name}: {column.name} {shown_cell(column, row[column.name])}" if name else column.name
    return ""


def _raises(flag: ValueFlag, value: object) -> bool:
    if isinstance(value, int | float):
        return (flag.over is not None and value > flag.over) or (flag.under is not None and value < flag.under)
    return isinstance(value, str) and flag.equals is not None and value.casefold() == flag.equals.casefold()


def _maturity(question: Question | None, given: Given) -> Maturity | None:
    return given.maturity if given.maturity is not None else implied_maturity(question, given.value)


def _same(question: Question | None, one: Answer, other: Answer) -> bool:
    if one.unknown or other.unknown:
        return one.unknown and other.unknown
    return one.value == other.value and _maturity(question, one) == _maturity(question, other)


def _caution(question: Question | None, answer: Answer, agreed: bool) -> tuple[int, int, bool, str, str]:
    """Order answers, the most cautious first; those who say the same are best quoted with their evidence."""
    maturity = _maturity(question, answer)
    judged = 0 if answer.unknown else 1 if maturity is not None else 2
    evident = bool(answer.evidence.strip())
    return judged, maturity or 0, evident != agreed, answer.at.isoformat(), answer.person


def holds(needs: Condition, earlier: Counting) -> bool:
    """Say whether the answer that counts fulfils all parts of a condition."""
    checks = []
    if needs.equals is not None:
        checks.append(str(earlier.value).strip().casefold() == needs.equals.strip().casefold())
    if needs.includes is not None:
        checks.append(_includes(earlier.value, needs.includes))
    number = earlier.value if isinstance(earlier.value, int | float) else None
    if needs.at_least is not None:
        checks.append(number is not None and number >= needs.at_least)
    if needs.at_most is not None:
        checks.append(number is not None and number <= needs.at_most)
    if needs.maturity_at_least is not None:
        checks.append(earlier.maturity is not None and earlier.maturity >= needs.maturity_at_least)
    if needs.maturity_at_most is not None:
        checks.append(earlier.maturity is not None and earlier.maturity <= needs.maturity_at_most)
    return all(checks)


def _includes(value: AnswerValue, word: str) -> bool:
    if isinstance(value, list):
        cells = [cell for row in value for cell in (row.values() if isinstance(row, dict) else [row])]
        return any(str(cell).strip().casefold() == word.strip().casefold() for cell in cells)
    return bool(re.search(rf"(?<!\w){re.escape(word.strip())}(?!\w)", str(value or ""), re.IGNORECASE))

"""Says where a review stands: which questions apply, which answer counts, how far each step is, what comes next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from tools.risk.checklist import Question
from tools.risk.counting import (
    Counting,
    State,
    counted,
    counting,
    flag_by_answer,
    holds,
    implied_maturity,
    is_open,
    state,
)
from tools.risk.review import TEAM, Answer, Review
from tools.risk.values import ReadValue, read_answer, read_value, shown_value

__all__ = [
    "Counting", "Progress", "ReadValue", "State", "StepProgress", "asked", "counting", "flag_by_answer",
    "implied_maturity", "is_open", "next_question", "previous_question", "progress", "read_answer", "read_value",
    "shown_value", "state", "steps",
]  # fmt: skip


class Progress(BaseModel):
    """How far a review or one of its steps is.

    Attributes:
        asked: questions that apply, with those that may still apply (`waiting`).
        waiting: of these, the ones that depend on an earlier answer which is open, unknown or not yet scored.
        answered: with evidence or without; `with_evidence` of them with.
        unknown: somebody answered that it is not known; a gap.
        open: nobody answered.
        disputed: people differ, and the team has not agreed.
        scored: answers that carry a maturity.
        coverage: answered / asked, from 0 to 1; 0 where nothing is asked.
        score: mean maturity (0 to 3) of the scored answers; None without any.
    """

    model_config = ConfigDict(frozen=True)

    asked: int
    waiting: int
    answered: int
    with_evidence: int
    unknown: int
    open: int
    disputed: int
    scored: int
    coverage: float
    score: float | None


class StepProgress(Progress):
    """How far a step is."""

    number: int
    name: str


@dataclass(frozen=True)
class _Seen:
    """What counts for each question, worked out once, and which questions apply, may apply or do not."""

    counts: dict[str, Counting]
    applying: list[Question]
    waiting: list[Question]


def asked(review: Review) -> list[Question]:
    """Return the questions that apply now, in order: those without a condition, and those whose condition is met."""
    return _seen(review).applying


def steps(review: Review) -> list[StepProgress]:
    """Return how far each step is."""
    seen = _seen(review)
    return [
        StepProgress(number=step.number, name=step.name, **_tally(step.questions, seen).model_dump())
        for step in review.checklist.steps
    ]


def progress(review: Review) -> Progress:
    """Return how far the whole review is; its score is the mean over all scored answers."""
    return _tally(review.checklist.questions, _seen(review))


def next_question(review: Review, after: str = "", person: str | None = None) -> Question | None:
    """Return the next question to ask, or None when nothing is left.

    Looks behind `after` first, then from the beginning, and offers what the person skipped only when nothing else is
    left. A question is done for a person once they or the team answered it ("unknown" is an answer); without a person,
    once anybody did. `after` itself is not offered again.
    """
    order = [question.id for question in review.checklist.questions]
    place = order.index(after) if after in order else -1
    one = next((found for found in review.participants if found.id == person), None)
    done = {
        answer.question
        for answer in review.answers
        if not is_open(answer) and (person is None or answer.person in (person, TEAM))
    }
    left = [question for question in asked(review) if question.id not in done and question.id != after]
    behind = [question for question in left if order.index(question.id) > place]
    around = behind + [question for question in left if order.index(question.id) < place]
    skipped = set(one.skipped) if one else set()
    return next((question for question in around if question.id not in skipped), around[0] if around else None)


def previous_question(review: Review, before: str) -> Question | None:
    """Return the question that is asked before another, answered or not; None before the first."""
    order = [question.id for question in review.checklist.questions]
    if before not in order:
        return None
    earlier = [question for question in asked(review) if order.index(question.id) < order.index(before)]
    return earlier[-1] if earlier else None


def _seen(review: Review) -> _Seen:
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in review.answers:
        answers[answer.question].append(answer)
    counts: dict[str, Counting] = {}
    applying: list[Question] = []
    waiting: list[Question] = []
    for question in review.checklist.questions:
        counts[question.id] = counted(review, question.id, answers.get(question.id, []))
        needs = question.only_if
        if needs is None:
            applying.append(question)
        elif any(needs.question == one.id for one in waiting):
            waiting.append(question)
        elif any(needs.question == one.id for one in applying):
            earlier = counts[needs.question]
            by_maturity = needs.maturity_at_least is not None or needs.maturity_at_most is not None
            if earlier.state in ("open", "unknown") or (by_maturity and earlier.maturity is None):
                waiting.append(question)
            elif holds(needs, earlier):
                applying.append(question)
    return _Seen(counts, applying, waiting)


def _tally(questions: Iterable[Question], seen: _Seen) -> Progress:
    waiting = {question.id for question in seen.waiting}
    applying = {question.id for question in seen.applying}
    here = [question.id for question in questions if question.id in applying or question.id in waiting]
    found = [seen.counts[one] if one in applying else Counting(question=one) for one in here]
    answered = [one for one in found if one.state in ("with evidence", "without evidence")]
    scores = [one.maturity for one in answered if one.maturity is not None]
    return Progress(
        asked=len(here),
        waiting=sum(one in waiting for one in here),
        answered=len(answered),
        with_evidence=sum(one.state == "with evidence" for one in found),
        unknown=sum(one.state == "unknown" for one in found),
        open=sum(one.state == "open" for one in found),
        disputed=sum(not one.agreed for one in found),
        scored=len(scores),
        coverage=len(answered) / len(here) if here else 0.0,
        score=sum(scores) / len(scores) if scores else None,
    )

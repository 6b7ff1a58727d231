"""A quiz as it is kept while it runs: its questions with their answers, and what was done with each."""

from typing import Any

from pydantic import BaseModel, Field

from assistant.learning.marking import Heard
from assistant.learning.models import Asked, Marked, Outcome, Quiz, QuizError, Result
from assistant.learning.question import Question


class Turn(BaseModel):
    """A question of a quiz: hints shown, tries taken, and its mark; `closed` when the quiz has gone on."""

    question: Question
    is_due: bool = False
    hints: int = 0
    tries: int = 0
    marked: Marked | None = None
    closed: bool = False

    @property
    def outcome(self) -> Outcome:
        """How it came out."""
        return self.marked.outcome if self.marked else "skipped"

    @property
    def helped(self) -> bool:
        """Whether it took hints or more than one try."""
        return self.hints > 0 or self.tries > 1


class Running(BaseModel):
    """A quiz with all that is known of it."""

    id: str
    title: str
    hints_only: bool = False
    area: str = ""
    concept: str = ""
    due: bool = False
    stopped: bool = False
    turns: list[Turn] = Field(min_length=1)

    @classmethod
    def read(cls, content: Any) -> "Running":
        """Read a quiz as it was kept."""
        return cls.model_validate(content)

    @property
    def open(self) -> int | None:
        """The place of the question that waits for an answer; None if there is none."""
        if self.stopped:
            return None
        return next((place for place, turn in enumerate(self.turns) if not turn.closed), None)

    def turn(self, number: int) -> Turn:
        """Return a question by its number, from 1.

        Raises:
            QuizError: when there is none.
        """
        if not 1 <= number <= len(self.turns):
            raise QuizError(f"This quiz has no question {number}: it has 1 to {len(self.turns)}.")
        return self.turns[number - 1]

    def check_open(self, number: int) -> None:
        """Refuse what is done to a question that is not asked now.

        Raises:
            QuizError: when another one is asked, or the quiz is finished.
        """
        if self.open is None:
            raise QuizError("This quiz is finished: begin another one.")
        if self.open != number - 1:
            raise QuizError(f"Question {self.open + 1} is asked now, not {number}: answer that one first.")

    @property
    def shown(self) -> Quiz:
        """The quiz as others see it."""
        place = self.open
        closed = [(number, turn) for number, turn in enumerate(self.turns, 1) if turn.closed]
        outcomes = [turn.outcome for _, turn in closed]
        marked = [turn.marked for turn in self.turns if turn.marked]
        return Quiz(
            id=self.id,
            title=self.title,
            hints_only=self.hints_only,
            asked=None if place is None else self._asked(place),
            of=len(self.turns),
            done=len(closed),
            right=outcomes.count("right"),
            wrong=outcomes.count("wrong") + outcomes.count("revealed"),
            skipped=outcomes.count("skipped"),
            results=[
                Result(number=number, concept=turn.question.concept, kind=turn.question.kind, outcome=turn.outcome)
                for number, turn in closed
            ],
            finished=place is None,
            area=self.area,
            concept=self.concept,
            due=self.due,
            last=max(marked, key=lambda one: one.number) if marked else None,
        )

    def _asked(self, place: int) -> Asked:
        turn = self.turns[place]
        question = turn.question
        return Asked(
            number=place + 1,
            of=len(self.turns),
            kind=question.kind,
            concept=question.concept if question.kind not in ("term", "difference") else "",
            area=question.area,
            text=question.text,
            options=question.options,
            unit=question.unit,
            hints_used=question.hints[: turn.hints],
            hints_left=len(question.hints) - turn.hints,
            is_due=turn.is_due,
            awaits_grade=question.kind == "recall" and turn.marked is not None,
        )


def marked(question: Question, number: int, outcome: Outcome, found: Heard) -> Marked:
    """Return the mark of an answer, with everything that explains it."""
    why = question.why.get(found.option, "") if outcome == "wrong" else ""
    return Marked(
        number=number,
        outcome=outcome,
        given=found.said,
        right_answer=question.answer,
        explanation=f"{why} {question.explanation}".strip(),
        citations=question.citations,
        steps=question.steps,
    )

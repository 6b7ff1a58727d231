"""What a quiz shows: a question without its answer, a mark, where a quiz stands, topics and progress."""

from datetime import date, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Citation

Kind = Literal["choice", "true_false", "term", "difference", "number", "recall"]
Outcome = Literal["right", "wrong", "skipped", "revealed", "unread"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NOT_KNOWN = "I don't know"
"""An answer that asks for the right one."""


class QuizError(ValueError):
    """A quiz cannot be done as asked; the message names the value and the remedy."""


class QuizNotFoundError(LookupError):
    """There is no such quiz for this owner; the words do not tell whether it exists for others."""

    def __init__(self) -> None:
        super().__init__("This quiz is not here: it was forgotten, or it belongs to another browser. Begin a new one.")


class Shown(BaseModel):
    """What leaves this package is not changed any more."""

    model_config = ConfigDict(frozen=True)


class Asked(Shown):
    """A question as it is shown; its answer is not in it.

    `text` is Markdown with formulas in $...$; `awaits_grade` says that a recall question was answered, its model
    answer is in the quiz's `last`, and the person is to say whether they knew.
    """

    number: int
    of: int
    kind: Kind
    concept: str
    area: str
    text: str
    options: list[str] = Field(default_factory=list)
    unit: str = ""
    hints_used: list[str] = Field(default_factory=list)
    hints_left: int = 0
    is_due: bool = False
    awaits_grade: bool = False


class Marked(Shown):
    """A mark: `explanation` is Markdown with [n] for `citations`; "unread" marks nothing and says what is expected.

    In a quiz with hints only, a wrong answer leaves the question open: `may_retry` is set, the right answer not said.
    """

    number: int
    outcome: Outcome
    given: str
    right_answer: str = ""
    explanation: str = ""
    citations: list[Citation] = Field(default_factory=list)
    steps: list[str] = Field(default_factory=list)
    next_due: datetime | None = None
    may_retry: bool = False


class Result(Shown):
    """How a question of a quiz came out."""

    number: int
    concept: str
    kind: Kind
    outcome: Outcome


class Quiz(Shown):
    """Where a quiz stands; `asked` is None when it is finished, `last` the latest mark.

    `area`, `concept` and `due` are what it was begun with, so that another like it can be begun.
    """

    id: str
    title: str
    hints_only: bool
    asked: Asked | None
    of: int
    done: int
    right: int
    wrong: int
    skipped: int
    results: list[Result]
    finished: bool
    area: str = ""
    concept: str = ""
    due: bool = False
    last: Marked | None = None


class Topic(Shown):
    """Something to be quizzed on: an area, a learning path, everything, or what is due."""

    id: str
    name: str
    concepts: int
    questions: int
    kind: Literal["area", "path", "everything", "due"]


class AreaProgress(Shown):
    """How far an area has come: concepts asked about, of how many, the share of right answers (None: none yet)."""

    area: str
    name: str
    seen: int
    of: int
    right_share: float | None
    due: int


class WeakConcept(Shown):
    """A concept that is often answered wrong; `share` of its answers are right."""

    title: str
    share: float
    answered: int


class Progress(Shown):
    """What a person has done, and what comes when; days are those of UTC."""

    due_now: int
    due_by_day: list[tuple[date, int]]
    answered: int
    right: int
    days_in_a_row: int
    areas: list[AreaProgress]
    weakest: list[WeakConcept]

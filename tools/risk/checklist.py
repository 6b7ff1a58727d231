"""The shape of a checklist: steps, questions, evidence, anchors, red flags and default actions."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

QuestionKind = Literal["choice", "choices", "number", "text", "table"]
ColumnKind = Literal["text", "number", "share", "weeks", "money", "yes or no", "date"]
Maturity = Annotated[int, Field(ge=0, le=3)]
LONGEST_TEXT = 4000
LONGEST_LINE = 300


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Part):
    """A column of a table question; shares are kept as fractions of 1.

    `parts_of` says what the shares of a column are parts of: the whole "table", one "row" by itself, or the name of
    another column, where rows that name the same thing there add up to at most 1.
    """

    name: str = Field(min_length=1, max_length=LONGEST_LINE)
    kind: ColumnKind = "text"
    parts_of: str = Field("table", max_length=LONGEST_LINE)


class Condition(_Part):
    """When a question is asked: only after another question was answered in a certain way.

    `equals` compares with a choice, `includes` with one of several choices or a word of a text, `at_least` and
    `at_most` with a number, `maturity_at_least` and `maturity_at_most` with the score. All that are given must hold; an
    open or unknown answer fulfils none of them. `answered` alone asks for any answer.
    """

    question: str
    answered: bool = True
    equals: str | None = None
    includes: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    maturity_at_least: Maturity | None = None
    maturity_at_most: Maturity | None = None


class ValueFlag(_Part):
    """A value that raises a flag; of a table, any row whose `column` has it."""

    column: str = ""
    equals: str | None = None
    over: float | None = None
    under: float | None = None


class RedFlag(_Part):
    """What must not stay as it is: in words, with the maturity or value at which it is raised without asking.

    counting.flag_by_answer says whether maturity or value raise it. `rule` names a computed check of
    tools/risk/flags.py, such as "tts_below_ttr"; "" for none.
    """

    text: str = Field(max_length=LONGEST_LINE)
    maturity_at_most: Maturity | None = None
    value: ValueFlag | None = None
    rule: str = ""


class Question(_Part):
    """A question of the checklist; `anchors` says in words what maturity 0, 1, 2 and 3 mean."""

    id: str = Field(pattern=r"^(?:[1-9]\d?|own)\.[1-9]\d{0,2}$")
    ask: str = Field(min_length=1, max_length=1000)
    kind: QuestionKind
    short: str = Field("", max_length=60, description="two to five words for lists, charts and tables")
    why: str = Field("", max_length=1000)
    evidence: str = Field("", max_length=1000)
    anchors: tuple[str, ...] = Field((), max_length=4)
    options: tuple[str, ...] = Field((), max_length=30)
    scores: tuple[Maturity, ...] = Field((), max_length=30, description="maturity that each option stands for")
    unit: str = Field("", max_length=30)
    least: float | None = None
    most: float | None = None
    columns: tuple[Column, ...] = Field((), max_length=12)
    red_flag: RedFlag | None = None
    action: str = Field("", max_length=LONGEST_LINE, description="what is proposed when the flag is raised")
    basis: str = Field("", max_length=LONGEST_LINE)
    terms: tuple[str, ...] = Field((), description="titles of notes that explain the question")
    only_if: Condition | None = None
    own: bool = Field(False, description="added by the team")


class Step(_Part):
    """A step of the checklist."""

    number: int = Field(ge=1, le=99)
    name: str = Field(max_length=LONGEST_LINE)
    purpose: str = Field(max_length=1000)
    note: str = Field("", description="title of the note that explains the step")
    questions: tuple[Question, ...] = ()


class Checklist(_Part):
    """A whole checklist, as it ships or as a team changed its copy."""

    name: str = Field(max_length=LONGEST_LINE)
    version: str = Field(max_length=30)
    scale_note: str = Field("", max_length=1000)
    steps: tuple[Step, ...] = Field(min_length=1)
    next_own: int = Field(1, ge=1, description="number of the team's next own question; numbers are not used again")

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for step in self.steps for question in step.questions)

    def question(self, question_id: str) -> Question | None:
        """Return a question by its id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)

    def step_of(self, question_id: str) -> Step | None:
        """Return the step that a question belongs to, or None."""
        return next((step for step in self.steps if any(one.id == question_id for one in step.questions)), None)


AnswerValue = str | float | list[str] | list[dict[str, Any]] | None
"""A choice or text, a number in the question's unit, several choices, or the rows of a table by column name."""

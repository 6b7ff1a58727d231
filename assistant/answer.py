"""What one turn of the conversation returns."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["answer", "clarify", "decline", "invalid"]


class Citation(BaseModel):
    """A passage that a reply rests on.

    `number` is the [n] in the text, `title` the note's title, `quote` what the passage says,
    and `locator` the file and section where it stands.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    title: str
    section: str
    quote: str
    locator: str


class ToolResult(BaseModel):
    """A tool run in this turn: its name, what it was given, and the JSON it returned."""

    model_config = ConfigDict(frozen=True)

    tool: str
    args: dict[str, Any]
    output: Any


class Answer(BaseModel):
    """One turn: a grounded or computed answer, a question back, a decline, or a refusal of an impossible input."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    text: str
    citations: list[Citation] = Field(default_factory=list)
    results: list[ToolResult] = Field(default_factory=list)
    follow_ups: list[str] = Field(default_factory=list, max_length=3)

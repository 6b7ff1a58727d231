"""What comes out of a pasted table of nodes: the nodes, the cells with problems, and how the table was understood."""

from pydantic import BaseModel, ConfigDict, Field

from tools.risk.review import Node


class Problem(BaseModel):
    """A cell that could not be taken: where it stands, what it holds, and a sentence with the remedy."""

    model_config = ConfigDict(frozen=True)

    row: int
    column: str
    value: str
    node: str = ""
    reason: str


class ColumnRead(BaseModel):
    """What a column was taken for; "" where it is not used."""

    model_config = ConfigDict(frozen=True)

    header: str
    role: str


class Pasted(BaseModel):
    """The nodes that could be read, and everything that was not taken as it stood.

    Attributes:
        nodes: with what could be read of them; a cell with a problem is left unknown.
        problems: cells that cannot be right; at most 500 are listed, `more_problems` counts the rest.
        left_out: rows that are no nodes (totals, headings, transfers, blanks), in sentences.
        notes: how the table was understood: units, periods, percent, columns without use.
        currency: code of the one currency that the table names, or "".
    """

    model_config = ConfigDict(frozen=True)

    nodes: list[Node]
    problems: list[Problem] = Field(default_factory=list)
    more_problems: int = 0
    left_out: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    columns: list[ColumnRead] = Field(default_factory=list)
    currency: str = ""

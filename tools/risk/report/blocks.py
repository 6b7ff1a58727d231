"""The building blocks of a report in text: headings, paragraphs, lists, tables and pictures, whatever the format."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "right"]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a part of the report."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a note is set apart from the text."""

    text: str
    kind: Literal["body", "note", "lead"] = "body"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its share of the table, in whatever unit the other columns use."""

    head: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A table with a caption; wide ones need a page on its side."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False
    heads: bool = True
    """False for a table of labels and values, where the first column is the head of each row."""

    @property
    def small(self) -> bool:
        """Whether it should stay on one page."""
        return len(self.rows) <= 12 and sum(len(text) for row in self.rows for text in row) < 1500


@dataclass(frozen=True)
class Picture:
    """A chart, drawn only by the formats that show it; `alt` says in words what it shows."""

    draw: Callable[[], bytes] = field(repr=False)
    alt: str
    caption: str
    otherwise: Table | None
    """What says the same where there are no pictures; None when a table after it does."""


Block = Heading | Paragraph | Bullets | Table | Picture

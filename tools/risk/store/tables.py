"""The tables in which reviews are kept, all named review_...; migrations/ brings a database to this shape."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

ID = 64
KEY = 128


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept as UTC without a zone (SQLite knows none) and read with it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Take a moment of any zone; one without a zone is UTC."""
        return value if value is None or value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return a moment that says that it is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Named constraints, because a change of a SQLite table has to name what it replaces."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _of_review() -> Mapped[str]:
    return mapped_column(String(ID), ForeignKey("review_reviews.id", ondelete="CASCADE"), primary_key=True)


class ReviewRow(Base):
    """A review; `checklist` is the digest of its checklist, `invitation` the token that lets people join."""

    __tablename__ = "review_reviews"

    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]
    version: Mapped[int]
    created: Mapped[datetime] = mapped_column(UtcTime)
    updated: Mapped[datetime] = mapped_column(UtcTime)
    previous: Mapped[str] = mapped_column(String(ID))
    checklist: Mapped[str] = mapped_column(String(64))
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    invitation: Mapped[str] = mapped_column(String(64), unique=True)


class ChecklistRow(Base):
    """A review's own copy of its checklist: long, so it is not in the row that every change rewrites."""

    __tablename__ = "review_checklists"

    review_id: Mapped[str] = _of_review()
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class ParticipantRow(Base):
    """Somebody who takes part; no `key` means that the seat came from a file and nobody has taken it yet."""

    __tablename__ = "review_participants"
    __table_args__ = (UniqueConstraint("review_id", "key"), Index(None, "key"))

    review_id: Mapped[str] = _of_review()
    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    key: Mapped[str | None] = mapped_column(String(KEY))
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(10))
    joined: Mapped[datetime] = mapped_column(UtcTime)
    position: Mapped[str] = mapped_column(String(ID))
    skipped: Mapped[list[str]] = mapped_column(JSON)


class AnswerRow(Base):
    """An answer of a person, or of the team (""); a withdrawn one stays, so that its versions never begin anew."""

    __tablename__ = "review_answers"

    review_id: Mapped[str] = _of_review()
    question: Mapped[str] = mapped_column(String(ID), primary_key=True)
    person: Mapped[str] = mapped_column(String(ID), primary_key=True)
    version: Mapped[int]
    withdrawn: Mapped[bool]
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    maturity: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(Text)
    comment: Mapped[str] = mapped_column(Text)
    unknown: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(ID))


class ItemRow(Base):
    """A node, line, risk, action, scenario or stress run, in the order in which they were added."""

    __tablename__ = "review_items"

    review_id: Mapped[str] = _of_review()
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    position: Mapped[int]
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(ID))


class CommentRow(Base):
    """A remark."""

    __tablename__ = "review_comments"

    review_id: Mapped[str] = _of_review()
    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    position: Mapped[int]
    about: Mapped[str] = mapped_column(String(ID))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(ID))


class ChangeRow(Base):
    """Who changed what and when; `number` is the review's revision after the change."""

    __tablename__ = "review_changes"

    review_id: Mapped[str] = _of_review()
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    what: Mapped[str] = mapped_column(Text)
    before: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    by: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(ID))


_tables = Base.metadata.tables
REVIEWS = _tables["review_reviews"]
CHECKLISTS = _tables["review_checklists"]
PARTICIPANTS = _tables["review_participants"]
ANSWERS = _tables["review_answers"]
ITEMS = _tables["review_items"]
COMMENTS = _tables["review_comments"]
CHANGES = _tables["review_changes"]
ALL = (REVIEWS, CHECKLISTS, PARTICIPANTS, ANSWERS, ITEMS, COMMENTS, CHANGES)

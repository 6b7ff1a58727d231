"""Where quizzes, answers, schedules and what was read are kept: learning_... tables in SQLite or PostgreSQL."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Connection, Index, Integer, MetaData, String, Table, Text, inspect, select
from sqlalchemy.dialects import postgresql, sqlite

from tools.risk.store.database import Database, file_in
from tools.risk.store.errors import StoreError
from tools.risk.store.migrate import HEAD, SCRIPTS
from tools.risk.store.tables import UtcTime

FILE = "learning.sqlite"
VERSION = 1
"""Of the tables; a program that finds a higher one leaves the database alone."""

_metadata = MetaData()
_KEY = 128

SCHEMA = Table("learning_schema", _metadata, Column("version", Integer, primary_key=True))
CARDS = Table(
    "learning_cards",
    _metadata,
    Column("owner", String(_KEY), primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("concept", Text, nullable=False),
    Column("card", JSON, nullable=False),
    Column("due", UtcTime, nullable=False),
    Index("ix_learning_cards_owner_due", "owner", "due"),
)
ANSWERS = Table(
    "learning_answers",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String(_KEY), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("question", String(64), nullable=False),
    Column("concept", Text, nullable=False),
    Column("outcome", String(10), nullable=False),
)
QUIZZES = Table(
    "learning_quizzes",
    _metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(_KEY), nullable=False, index=True),
    Column("begun", UtcTime, nullable=False),
    Column("finished", Integer, nullable=False),
    Column("content", JSON, nullable=False),
)
READS = Table(
    "learning_reads",
    _metadata,
    Column("owner", String(_KEY), primary_key=True),
    Column("concept", String(200), primary_key=True),
    Column("at", UtcTime, nullable=False),
)


class LearningDatabase(Database):
    """The database of what people learn; the file may be the one that holds conversations and reviews as well."""

    @classmethod
    def in_folder(cls, folder: Path) -> "LearningDatabase":
        """Open, or begin, the SQLite file below a data folder.

        Raises:
            StoreError: when the folder cannot be written.
        """
        return cls(file_in(folder, FILE))

    def bring_up_to_date(self, scripts: Path = SCRIPTS, head: str = HEAD) -> None:  # noqa: ARG002 - those of reviews
        """Make the tables that are missing.

        Raises:
            StoreError: when that fails, or a newer version of the program was here; then nothing is changed.
        """
        with self.read() as connection:
            if self._version(connection) == VERSION:
                return
        with self.write() as connection:
            found = self._version(connection)
            if found > VERSION:
                raise StoreError(
                    f"{self.where} was written by a newer version of this program (quizzes of version {found}, known "
                    f"here up to {VERSION}): update the program, or open a backup from before the update."
                )
            if found < VERSION:
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1396919628)")
                _metadata.create_all(connection)
                put(connection, SCHEMA, {"version": VERSION})

    @staticmethod
    def _version(connection: Connection) -> int:
        if not inspect(connection).has_table(SCHEMA.name):
            return 0
        return connection.scalar(select(SCHEMA.c.version).order_by(SCHEMA.c.version.desc()).limit(1)) or 0


def put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Write a row, in place of the one with the same key if there is one."""
    make: Any = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    keys = [column.name for column in table.primary_key]
    statement = make(table).values(row)
    rest = {name: statement.excluded[name] for name in row if name not in keys}
    if rest:
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=keys))


def due_before(connection: Connection, owner: str, moment: datetime) -> list[str]:
    """Return the questions that are due to an owner at a moment, those that waited longest first."""
    query = select(CARDS.c.question).where(CARDS.c.owner == owner, CARDS.c.due <= moment).order_by(CARDS.c.due)
    return list(connection.scalars(query))

"""A database of reviews: opened, brought up to date, read in one snapshot and written in one transaction."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from tools.risk.store.errors import StoreError, told
from tools.risk.store.migrate import HEAD, SCRIPTS, schema_of, upgrade
from tools.turnstile import Turnstile

WAIT = 20
"""Seconds to wait for another process that writes, or for a server that does not reply."""

CONNECTIONS = 15
"""How many transactions a PostgreSQL server gets at once from this process; more wait their turn."""


class Database:
    """One database, safe to use from many threads and beside other processes."""

    def __init__(self, url: str | URL):
        address = address_of(url)
        self.where = address.render_as_string(hide_password=True)
        self.in_file = address.get_backend_name() == "sqlite"
        if self.in_file:
            self.where = f"the file {address.database}"
        with told(self.where):
            self._engine = _engine(address)
            # SQLite lets one write at a time, and who waits in SQLite itself sleeps ever longer. A server lets many,
            # but connections are few. Both queues are fair: in others, late comers overtake until the first give up.
            self._reading: AbstractContextManager[Any] = nullcontext() if self.in_file else Turnstile(CONNECTIONS)
            self._writing: AbstractContextManager[Any] = Turnstile(1) if self.in_file else self._reading
            # A snapshot of its own for each read; SQLite gives it with any transaction.
            level = {} if self.in_file else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            self._reader = self._engine.execution_options(**level)
            self._writer = self._engine.execution_options(writes=True)
        try:
            self.bring_up_to_date()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Begin a transaction that sees the database as it stands now, whatever others write meanwhile.

        Raises:
            StoreError: when the database cannot be read.
        """
        with told(self.where), self._reading, self._reader.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Begin a transaction; it is on disk when the block has ended, and undone if the block fails.

        Raises:
            StoreError: when the database cannot be written; then nothing of it was.
        """
        with told(self.where), self._writing, self._writer.begin() as connection:
            yield connection

    def bring_up_to_date(self, scripts: Path = SCRIPTS, head: str = HEAD) -> None:
        """Make the tables, or change them to those of version `head`.

        Raises:
            StoreError: when that fails, or a newer version of the program was here; then nothing is changed.
        """
        with self.read() as connection:
            if schema_of(connection) == head:
                return
        migrating = self._engine.execution_options(writes=True, migrates=True)
        with told(self.where), self._writing, migrating.begin() as connection:
            upgrade(connection, self.where, scripts, head)
        self._engine.dispose()  # the connections that know the old tables, and the one that cascaded no deletion


def address_of(url: str | URL) -> URL:
    """Return a database's address with the driver that is used; postgresql:// and postgres:// mean psycopg.

    Raises:
        StoreError: when it is no address, names another kind of database, or none that lasts.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "SCM_DATABASE_URL is no address of a database: "
            "write postgresql://user:password@host/name or sqlite:////folder/file.sqlite."
        ) from error
    if address.drivername in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in ("postgresql", "sqlite"):
        raise StoreError(
            f"reviews cannot be kept in {address.get_backend_name()}: name a PostgreSQL or SQLite database."
        )
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise StoreError("reviews need a file that lasts: write sqlite:////folder/file.sqlite.")
    return address


def file_in(folder: Path, name: str = "reviews.sqlite") -> URL:
    """Return the address of a SQLite file in a folder, which is made if need be.

    Raises:
        StoreError: when the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the data folder {folder} cannot be made ({error.strerror}): set SCM_DATA_DIR to one that can be written."
        ) from error
    return URL.create("sqlite", database=str(folder / name))


def _engine(address: URL) -> Engine:
    options: dict[str, Any] = {"json_serializer": _as_json}
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    waits = {} if "connect_timeout" in address.query else {"connect_timeout": WAIT}
    engine = create_engine(
        address, pool_pre_ping=True, pool_size=CONNECTIONS, max_overflow=0, connect_args=waits, **options
    )
    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # _begin_sqlite begins; the driver would leave reads without a transaction
    for pragma in (f"busy_timeout={WAIT * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("migrates"):  # SQLite changes a table by making it anew: dropping the old one must delete no others
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _set_up_postgresql(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = '{WAIT}s'")
    connection.commit()

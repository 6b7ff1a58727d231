"""Brings a database to the tables that this version of the program knows, once, however many open it together."""

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select, text

from tools.risk.store.errors import StoreError

HEAD = "0001"
"""The version of the tables; a test compares it with the files in migrations/versions."""

VERSION_TABLE = "review_schema"
SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x53434D5F52564557  # any number that no other program locks in the same PostgreSQL database
_versions = Table(VERSION_TABLE, MetaData(), Column("version_num", String(32)))


def schema_of(connection: Connection) -> str:
    """Return the version of a database's review tables, "" if it has none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    return connection.scalar(select(_versions.c.version_num)) or ""


def upgrade(connection: Connection, where: str, scripts: Path = SCRIPTS, head: str = HEAD) -> None:
    """Bring a database to `head` inside the transaction of `connection`, which must be one that writes.

    Raises:
        StoreError: when the database was written by a newer version of the program.
    """
    if connection.dialect.name == "postgresql":  # SQLite's transaction has the file to itself already
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    now = schema_of(connection)
    if now == head:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(scripts)).walk_revisions()}
    if now and now not in known:
        raise StoreError(
            f"{where} was written by a newer version of this program (tables of version {now}, "
            f"known here up to {head}): update the program, or open a backup from before the update."
        )
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    command.upgrade(config, head)
    if connection.dialect.name == "sqlite" and (loose := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise StoreError(
            f"{where} could not be brought to version {head}: {len(loose)} rows would belong to no review."
        )

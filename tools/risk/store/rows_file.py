"""All reviews of a database as a file of JSON lines, and such a file read into any database."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import URL, Connection, Table, insert, select

from tools.risk.checklist import Checklist
from tools.risk.store.database import Database
from tools.risk.store.errors import StoreError
from tools.risk.store.migrate import HEAD
from tools.risk.store.rows import as_change, read_review
from tools.risk.store.tables import ALL, CHANGES, CHECKLISTS, REVIEWS, UtcTime

FORMAT = "scm-assistant reviews"
_AT_ONCE = 500
_TABLES = {table.name: table for table in ALL}


def export_rows(url: str | URL, file: Path) -> int:
    """Write all reviews as they stand at one moment, with keys and invitations, and return how many there are.

    The first line names the format and the version of the tables, the last one the number of rows, so that a file
    that was cut off is known as such. Whoever has the file can enter the reviews: keep it as you keep passwords.

    Raises:
        StoreError: when the database cannot be read.
        OSError: when the file cannot be written.
    """
    database = Database(url)
    rows = reviews = 0
    try:
        with database.read() as connection, file.open("w", encoding="utf-8", newline="\n") as out:
            first = {"format": FORMAT, "tables": HEAD, "written": datetime.now(UTC).isoformat(timespec="seconds")}
            out.write(json.dumps(first) + "\n")
            for table in ALL:
                query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
                for row in connection.execute(query):
                    line = {"table": table.name, "row": row._asdict()}
                    out.write(json.dumps(line, ensure_ascii=False, default=datetime.isoformat) + "\n")
                    rows += 1
                    reviews += table is REVIEWS
            out.write(json.dumps({"rows": rows}) + "\n")
    finally:
        database.close()
    return reviews


def import_rows(url: str | URL, file: Path) -> int:
    """Add the reviews of such a file to a database, all of them or none, and return how many there were.

    Raises:
        StoreError: when the file is not whole or of another version, or one of its reviews is there already.
    """
    _check_whole(file)
    database = Database(url)
    try:
        with database.write() as connection:
            there = set(connection.scalars(select(REVIEWS.c.id)))
            added: set[str] = set()
            batch: list[dict[str, Any]] = []
            last: Table | None = None
            for number, table, row in _rows(file):
                if table is not last or len(batch) == _AT_ONCE:
                    _add(connection, last, batch)
                    last, batch = table, []
                if table is REVIEWS:
                    if row["id"] in there:
                        raise StoreError(
                            f"{file}, line {number}: the review {row['title']!r} is in the database already: "
                            "delete it there first, or restore into an empty database."
                        )
                    added.add(row["id"])
                batch.append(row)
            _add(connection, last, batch)
            _read_all(connection, added, file)
    finally:
        database.close()
    return len(added)


def _check_whole(file: Path) -> None:
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:  # no other sign ends a line of JSON
            count, ends = 0, ["{}", "{}"]
            for line in lines:
                ends = [ends[0] if count else line, line]
                count += 1
        first, last = map(json.loads, ends)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise StoreError(f"{file} is no whole backup of reviews ({error}): use another one.") from error
    if not isinstance(first, dict) or first.get("format") != FORMAT:
        raise StoreError(f"{file} is no backup of reviews: use a .jsonl file that the backup command wrote.")
    if first.get("tables") != HEAD:
        raise StoreError(
            f"{file} holds tables of version {first.get('tables')}, and this program knows {HEAD}: "
            "read it in with the version that wrote it, then update the program."
        )
    if not isinstance(last, dict) or last.get("rows") != count - 2:
        raise StoreError(f"{file} was cut off or changed: it does not hold the rows that it names. Use another backup.")


def _rows(file: Path) -> Iterator[tuple[int, Table, dict[str, Any]]]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        next(lines)
        for number, line in enumerate(lines, 2):
            try:
                kept = json.loads(line)
                if "rows" in kept:
                    return
                table = _TABLES[kept["table"]]
                row = {column.name: kept["row"][column.name] for column in table.columns}
                for column in table.columns:
                    if isinstance(column.type, UtcTime):
                        row[column.name] = datetime.fromisoformat(row[column.name])
            except (ValueError, KeyError, TypeError) as error:
                raise StoreError(
                    f"{file}, line {number} is no row of a review ({error!r}): use another backup."
                ) from error
            yield number, table, row


def _add(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(insert(table), rows)


def _read_all(connection: Connection, added: set[str], file: Path) -> None:
    """Read every added review once, so that a file whose rows do not make reviews is refused now."""
    for row in connection.execute(select(REVIEWS)).all():
        if row.id not in added:
            continue
        try:
            content = connection.scalar(select(CHECKLISTS.c.content).where(CHECKLISTS.c.review_id == row.id))
            read_review(connection, row, Checklist.model_validate(content))
            for change in connection.execute(select(CHANGES).where(CHANGES.c.review_id == row.id)):
                as_change(change)
        except (ValidationError, KeyError) as error:
            raise StoreError(
                f"{file}: the review {row.title!r} cannot be read ({error}): use another backup."
            ) from error

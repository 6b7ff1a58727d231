"""Copies of the SQLite files in one archive, made while they are in use, and put back after they were checked."""

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL

from tools.metrics.shown import listed
from tools.risk.store.database import Database, address_of
from tools.risk.store.errors import StoreError
from tools.risk.store.rows_file import export_rows, import_rows

TABLES = {
    "reviews.sqlite": "review_reviews",
    "conversations.sqlite": "conversations",
    "learning.sqlite": "learning_schema",
}
"""The SQLite files of a data folder, each with a table by which it is known."""

FILES = tuple(TABLES)
ONE_FILE = "database.sqlite"
"""The name in the archive of the file that SCM_DATABASE_URL names, which holds everything."""

_WAIT = 30.0
Made = TypeVar("Made")


def back_up(folder: Path, database_url: str | None, file: Path) -> str:
    """Write a backup and return a sentence that says of what; people may go on working meanwhile.

    `FILE.zip` gets the SQLite files of the data folder (or the one that `database_url` names), `FILE.jsonl` the reviews
    of any database, row by row, so that they can also move from SQLite to PostgreSQL or back.

    Raises:
        StoreError: when there is nothing to back up, or the file is there already or cannot be written.
    """
    if file.exists():
        raise StoreError(f"{file} is there already: name another file, so that no backup is lost.")
    if file.suffix == ".jsonl":
        count = _whole_or_nothing(file, lambda part: export_rows(_url(folder, database_url), part))
        return f"{count} reviews were written to {file}."
    there = {name: path for name, path in _sources(folder, database_url, file).items() if path.exists()}
    if not there:
        raise StoreError(f"there is nothing to back up in {folder}: set SCM_DATA_DIR to the folder that is in use.")
    _whole_or_nothing(file, lambda part: _archive(there, part))
    return f"{listed(list(there))} were written to {file}." if len(there) > 1 else f"{next(iter(there))} is in {file}."


def restore(folder: Path, database_url: str | None, file: Path) -> str:
    """Put a backup back, and return a sentence that says what was.

    Everything in the file is checked first. What a `.zip` replaces is kept beside it as another archive; the reviews
    of a `.jsonl` are added to those that are there.

    Raises:
        StoreError: when the file is no whole backup, or is of a newer version; then nothing was changed.
    """
    if not file.is_file():
        raise StoreError(f"there is no file {file}: name a backup that was written by the backup command.")
    if file.suffix == ".jsonl":
        return f"{import_rows(_url(folder, database_url), file)} reviews were read from {file}."
    targets = _sources(folder, database_url, file)
    try:
        with tempfile.TemporaryDirectory(dir=_made(next(iter(targets.values())).parent)) as scratch:
            found = _unpacked(file, targets, Path(scratch))
            for name, path in found.items():
                _check(name, path)
            kept = _put_aside({name: targets[name] for name in found})
            for name, path in found.items():
                copy_file(path, targets[name])
    except OSError as error:
        raise StoreError(
            f"{file} could not be restored ({error}): free the disk or the folder, then try again."
        ) from error
    said = f"{listed(list(found))} {'were' if len(found) > 1 else 'was'} restored from {file}"
    return f"{said}; what was there before is in {kept}." if kept else f"{said}."


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite file into another, which may be in use: others see the old content or the new, never a mixture.

    Raises:
        StoreError: when one of them cannot be used; the target is then as it was.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT)) as old,
            closing(sqlite3.connect(target, timeout=_WAIT)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise StoreError(f"{source} cannot be copied to {target} ({error}): check the disk and the file.") from error


def _archive(there: dict[str, Path], part: Path) -> None:
    with (
        tempfile.TemporaryDirectory(dir=part.parent) as scratch,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name, path in there.items():
            copied = Path(scratch) / name
            copy_file(path, copied)
            _be_one_file(copied)
            _check_sound(name, copied)
            out.write(copied, name)


def _unpacked(file: Path, targets: dict[str, Path], scratch: Path) -> dict[str, Path]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if not names or not names <= set(targets):
                found, wanted = ", ".join(sorted(names)) or "nothing", listed(list(targets), "or")
                raise StoreError(
                    f"{file} holds {found}, where {wanted} was expected: name a backup of this kind of database."
                )
            for name in sorted(names):
                with archive.open(name) as packed, (scratch / name).open("wb") as out:
                    shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, EOFError) as error:
        raise StoreError(f"{file} is no whole backup ({error}): use another one.") from error
    return {name: scratch / name for name in targets if name in names}


def _check(name: str, path: Path) -> None:
    """Check a file out of an archive, and bring its reviews to the tables of this version."""
    _check_sound(name, path)
    if name in (FILES[0], ONE_FILE):
        Database(URL.create("sqlite", database=str(path))).close()
        _be_one_file(path)


def _check_sound(name: str, path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        said, tables = str(error), {""}
    if said != "ok":
        raise StoreError(f"{name} in the backup is damaged ({said}): use an earlier backup.")
    if name != ONE_FILE and TABLES[name] not in tables:
        raise StoreError(f"{name} in the backup holds no {name.removesuffix('.sqlite')}: use another backup.")


def _be_one_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _put_aside(targets: dict[str, Path]) -> str:
    """Keep what is about to be replaced: in an archive, or under another name where it cannot be read any more."""
    now = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    readable: dict[str, Path] = {}
    kept = []
    for name, path in targets.items():
        if not path.exists() or not path.stat().st_size:
            continue
        try:
            _check_sound(name, path)
            readable[name] = path
        except StoreError:
            for end in ("", "-wal", "-shm"):
                if (beside := path.with_name(path.name + end)).exists():
                    beside.rename(path.with_name(f"{path.name}.damaged-{now}{end}"))
            kept.append(f"{path}.damaged-{now}")
    if readable:
        archive = next(iter(readable.values())).with_name(f"before-restore-{now}.zip")
        _whole_or_nothing(archive, lambda part: _archive(readable, part))
        kept.append(str(archive))
    return " and ".join(kept)


def _whole_or_nothing(file: Path, write: Callable[[Path], Made]) -> Made:
    """Write a file under another name first, so that a file of this name is always a whole one."""
    part = file.with_name(f".{file.name}.part")
    try:
        _made(file.parent)
        made = write(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error}): free the disk, or name a file elsewhere.") from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _sources(folder: Path, database_url: str | None, file: Path) -> dict[str, Path]:
    """Return the SQLite files that are in use, by their names in an archive."""
    if file.suffix != ".zip":
        raise StoreError(
            f"{file.name} says neither .zip nor .jsonl: name a .zip for SQLite, a .jsonl for reviews alone."
        )
    if database_url is None:
        return {name: folder / name for name in FILES}
    address = address_of(database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise StoreError(
            "a PostgreSQL database is backed up with pg_dump and restored with pg_restore (docs/backup.md): "
            "use them, or name a .jsonl file for the reviews alone."
        )
    return {ONE_FILE: Path(address.database)}


def _url(folder: Path, database_url: str | None) -> URL:
    return address_of(database_url or URL.create("sqlite", database=str(_made(folder) / FILES[0])))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder

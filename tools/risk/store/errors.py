"""What can go wrong with kept reviews, told as sentences: changed meanwhile, not there, not to be written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from tools.risk.errors import ReviewError, Wrong
from tools.risk.review import Action, Answer, MakeOrBuyCase, Node, ProductLine, Review, Risk, Scenario, StressRun

Item = Node | ProductLine | Risk | Action | Scenario | StressRun | MakeOrBuyCase

NOT_FOUND = (
    "This review is not here: the link is wrong or was renewed, the review was deleted, or you do not take part."
)


class ConflictError(Exception):
    """Somebody else changed it first, and nothing was overwritten; `current` is how it stands now, None if removed."""

    def __init__(self, message: str, current: Answer | Item | Review | None):
        self.current = current
        super().__init__(message)


class ReviewNotFoundError(LookupError):
    """There is no such review for this actor; the words do not tell whether it exists for others."""

    def __init__(self) -> None:
        super().__init__(NOT_FOUND)


class StoreError(RuntimeError):
    """Reviews cannot be kept or read; the message names cause and remedy, and nothing was half written."""


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what a database reports into a StoreError; `where` is the database without its password.

    Raises:
        StoreError: when the database fails, or its driver is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise StoreError(
            f"PostgreSQL cannot be used without its driver ({error}): "
            "install it with pip install 'scm-assistant[postgres]', or unset SCM_DATABASE_URL."
        ) from error
    except SQLAlchemyError as error:
        raise StoreError(_sentence(error, where)) from error


def as_review_error(error: ValidationError, about: str) -> ReviewError:
    """Return what a model refused as values with reasons; `about` names the thing, such as "node"."""
    wrong = []
    for one in error.errors(include_url=False):
        place = ".".join(str(part) for part in one["loc"]) or about
        shown = repr(one["input"])
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        reason = one["msg"].removeprefix("Value error, ")
        wrong.append(Wrong(field=place, reason=f"{about}, {place}: {shown} cannot be taken: {reason}."))
    return ReviewError(wrong)


_SQLITE = {
    "SQLITE_FULL": "there is no space left for {where}: free some on its disk, then send the change again",
    "SQLITE_READONLY": "{where} may not be written: give the program the right to write the file and its folder",
    "SQLITE_BUSY": "another program holds {where}: try again, or end that program",
    "SQLITE_LOCKED": "another program holds {where}: try again, or end that program",
    "SQLITE_NOTADB": "{where} is not a database of reviews: move the file away, or restore a backup of it",
    "SQLITE_CORRUPT": "{where} is damaged: restore a backup of it (docs/backup.md)",
    "SQLITE_CANTOPEN": "{where} cannot be opened: check that its folder exists and can be read and written",
    "SQLITE_IOERR": "the disk of {where} reports an error: check the disk, then send the change again",
}
_POSTGRESQL = {
    "53": "{where} has no space or connections left: free some on the server, then send the change again",
    "25006": "{where} takes no changes now, only reading: name the main server in SCM_DATABASE_URL",
    "55P03": "another session holds what was to be changed in {where}: try again",
    "40": "{where} gave up a transaction that met another: try again",
    "42501": "the user of {where} lacks a right: let it create and use tables there",
}


def _sentence(error: SQLAlchemyError, where: str) -> str:
    cause = getattr(error, "orig", None)
    detail = " ".join(str(cause or error).split())
    found = None
    if isinstance(error, PoolTimeoutError):
        found, detail = "too many people use {where} at once: try again in a moment", "no connection came free"
    elif isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", None) or ""
        found = next((text for start, text in _SQLITE.items() if name.startswith(start)), None)
    elif state := getattr(cause, "sqlstate", None):
        found = next((text for start, text in _POSTGRESQL.items() if state.startswith(start)), None)
    if found is None and isinstance(error, DBAPIError) and not isinstance(cause, sqlite3.Error) and _unreached(error):
        found = (
            "{where} cannot be reached: start the server, create the database or correct SCM_DATABASE_URL, "
            "then look what was kept"
        )
    sentence = (
        found or "{where} cannot be used: look at the reason, and at docs/backup.md if data are in doubt"
    ).format(where=where)
    first = sentence[0].upper() if sentence.startswith(("the", "there", "another", "too")) else sentence[0]
    return f"{first}{sentence[1:]} ({detail})."


def _unreached(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state.startswith(("08", "57P"))

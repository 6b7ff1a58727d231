"""A review and its changes as a JSON file that is read back without loss, and the refusal of files that are none."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from tools.risk.errors import ReviewError, Wrong, refused
from tools.risk.report.content import Report
from tools.risk.review import Change, Review

FORMAT = "supply chain risk review"
VERSION = 1
LARGEST = 20_000_000
"""Bytes; a file beyond it is refused before it is read."""
MOST_REASONS = 10
_REVIEW, _CHANGES = TypeAdapter(Review), TypeAdapter(list[Change])
_Kind = TypeVar("_Kind")
FIELD = "file"
_NOT_ONE = "Choose a JSON file that was exported from a risk review."
_NUMBERS = {"Infinity": math.inf, "-Infinity": -math.inf, "NaN": math.nan}

# From each older version, what turns a file's contents into those of the next. An entry stays for good: a team reads
# its review of years ago.
_UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def as_json(review: Review, report: Report | None = None, changes: Sequence[Change] = ()) -> str:
    """Return a review as the text of a JSON file, with `changes`: who changed what and when.

    A `report` adds the computed figures for other programs to read; they are left aside on reading, as they follow
    from the review. Of changes that would make the file too large to be read, what stood there is left out.
    """
    file: dict[str, Any] = {"format": FORMAT, "version": VERSION, "review": _review(review)}
    if changes:
        file["changes"] = [_change(one) for one in changes]
    if report is not None:
        file["figures"] = json.loads(report.model_dump_json())
    text = _written(file)
    if changes and len(text.encode()) > LARGEST:
        file["changes"] = [_change(one.model_copy(update={"before": None, "after": None})) for one in changes]
        text = _written(file)
    return text


def read_json(text: str | bytes) -> Review:
    """Return the review of a JSON file.

    Raises:
        ReviewError: as read_file does.
    """
    return read_file(text)[0]


def read_file(text: str | bytes) -> tuple[Review, list[Change]]:
    """Return the review of a JSON file, and who changed what in it and when, in order; none if the file tells none.

    Raises:
        ReviewError: for what is too large, no JSON, no review, of another version, or damaged; the sentence says which
            and what to do. Nothing in a file is run.
    """
    file = _parsed(_decoded(text))
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise refused(FIELD, f"This file is no risk review. {_NOT_ONE}")
    version = file.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise refused(FIELD, f"The file says version {str(version)[:40]!r}, which no program wrote. {_NOT_ONE}")
    if version > VERSION:
        raise refused(
            FIELD,
            f"The file has version {version}, but this program reads versions up to {VERSION}. Update the program, or "
            "export the review again with the one that wrote it.",
        )
    for older in range(version, VERSION):
        file = _UPGRADES[older](file)
    return _held(_REVIEW, file.get("review")), _held(_CHANGES, file.get("changes", []), "changes.")


def _held(kind: TypeAdapter[_Kind], held: Any, within: str = "") -> _Kind:
    try:
        return kind.validate_python(_plain(held))
    except ValidationError as error:
        raise _damaged(error, within) from None
    except RecursionError:
        raise refused(FIELD, f"The file is nested too deeply to be a risk review. {_NOT_ONE}") from None


def _decoded(text: str | bytes) -> str:
    size = len(text) if isinstance(text, bytes) or len(text) > LARGEST else len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        raise refused(
            FIELD,
            f"The file has {size / 1e6:,.1f} MB; a review has at most {LARGEST / 1e6:.0f} MB. {_NOT_ONE}",
        )
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused(FIELD, f"The file is not text in UTF-8, so it is no risk review. {_NOT_ONE}") from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        reason = f"The file is no JSON: line {error.lineno:,}, character {error.colno:,} cannot be read. {_NOT_ONE}"
        raise refused(FIELD, reason) from None
    except RecursionError:
        raise refused(FIELD, f"The file is nested too deeply to be a risk review. {_NOT_ONE}") from None
    except ValueError as error:
        raise refused(FIELD, f"The file holds a number that cannot be read: {str(error)[:80]}. {_NOT_ONE}") from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _damaged(error: ValidationError, within: str = "") -> ReviewError:
    """Return what is wrong with the contents of a file, place by place."""
    wrong = []
    for one in error.errors(include_url=False, include_input=False)[:MOST_REASONS]:
        place = (within + ".".join(str(part) for part in one["loc"]))[:120] or "review"
        wrong.append(Wrong(field=place, reason=f"The file is damaged at {place}: {one['msg'][:200]}."))
    left = error.error_count() - len(wrong)
    more = f" {left:,} more places are wrong." if left > 0 else ""
    wrong.append(Wrong(field=FIELD, reason=f"Nothing was read.{more} {_NOT_ONE}"))
    return ReviewError(wrong)


def _written(file: Mapping[str, Any]) -> str:
    return json.dumps(file, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _change(change: Change) -> dict[str, Any]:
    return {key: _marked(value) for key, value in change.model_dump().items()}


def _review(review: Review) -> dict[str, Any]:
    """Return a review as JSON values; where any value may stand, what JSON has no word for is marked."""
    written: dict[str, Any] = review.model_dump(mode="json")
    for answer, kept in zip(review.answers, written["answers"], strict=True):
        kept["value"] = answer.value
    for run, kept in zip(review.stress_runs, written["stress_runs"], strict=True):
        kept["settings"], kept["result"] = run.settings, run.result
    return {key: _marked(value) for key, value in written.items()}


def _marked(value: Any) -> Any:
    """Return a value with marks: {"$number": "Infinity"}, {"$date": ...}; a key that begins with $ gets one more."""
    match value:
        case dict():
            return {f"${key}" if str(key).startswith("$") else str(key): _marked(one) for key, one in value.items()}
        case list() | tuple():
            return [_marked(one) for one in value]
        case float() if not math.isfinite(value):
            return {"$number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
        case datetime():
            return {"$time": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
    return value


def _plain(value: Any) -> Any:
    """Return a value without marks, as it was before.

    Raises:
        ReviewError: for a mark that is none.
    """
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (key, held), *_ = value.items()
        if key in _MARKS:
            try:
                return _MARKS[key](held)
            except (KeyError, TypeError, ValueError):
                raise refused(
                    FIELD, f"The file is damaged: {str(held)[:40]!r} cannot follow {key}. {_NOT_ONE}"
                ) from None
    return {key[1:] if key.startswith("$$") else key: _plain(one) for key, one in value.items()}


_MARKS: Mapping[str, Callable[[Any], Any]] = {
    "$number": _NUMBERS.__getitem__,
    "$date": date.fromisoformat,
    "$time": datetime.fromisoformat,
}

"""What is looked at before anything is written: limits, titles, names, answers and items."""

import json
import math
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tools.risk.checklist import LONGEST_LINE, LONGEST_TEXT, Checklist, Question
from tools.risk.errors import refused
from tools.risk.progress import is_open, read_value
from tools.risk.review import Given, ItemKind
from tools.risk.store.errors import Item, as_review_error
from tools.risk.store.rows import kind_of, name_of
from tools.risk.store.tables import ID

PARTICIPANTS_AT_MOST = 200
COMMENTS_AT_MOST = 5000
ITEMS_AT_MOST: dict[ItemKind, int] = {
    "node": 5000,
    "line": 1000,
    "risk": 2000,
    "action": 5000,
    "scenario": 500,
    "stress_run": 200,
    "make_or_buy": 200,
}
LARGEST_ITEM = 2_000_000
"""Characters of one item, answer or checklist as JSON; a stress test of 5,000 nodes fits."""

_Model = TypeVar("_Model", bound=BaseModel)


def storable(value: Any) -> Any:
    """Replace what no database takes, anywhere in a value: half characters and NUL."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "?")
    if isinstance(value, dict):
        return {storable(name): storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value


def checked(model: _Model, about: str) -> _Model:
    """Return a model checked again, since its fields may have been set after it was made.

    Raises:
        ReviewError: when a field cannot be taken, or the whole is too long.
    """
    try:
        fresh = type(model).model_validate(storable(model.model_dump(warnings=False)))
    except ValidationError as error:
        raise as_review_error(error, about) from error
    place = _endless(fresh.model_dump(), about)
    if place:
        raise refused(place, f"{about}, {place}: only finite numbers can be kept; leave out what has no limit.")
    length = len(json.dumps(fresh.model_dump(mode="json"), ensure_ascii=False))
    if length > LARGEST_ITEM:
        raise refused(
            about, f"{about} is {length:,} characters long; at most {LARGEST_ITEM:,} can be kept: shorten it."
        )
    return fresh


def checked_answer(question: Question | None, question_id: str, given: Given) -> Given:
    """Return an answer whose value fits its question.

    Raises:
        ReviewError: when there is no such question, the value does not fit, or nothing was answered.
    """
    if question is None:
        raise refused("question", f"There is no question {question_id!r} in this review: take one from its checklist.")
    plain = Given.model_construct(**given.model_dump(include=set(Given.model_fields), warnings=False))
    fresh = checked(plain, f"question {question_id}")
    if fresh.unknown:
        if fresh.value is not None or fresh.maturity is not None:
            raise refused(
                "unknown", "An answer is either known or unknown: leave out value and maturity, or say known."
            )
        return fresh
    if fresh.value is not None:
        fresh = fresh.model_copy(update={"value": read_value(question, fresh.value)})
    if is_open(fresh):
        raise refused("value", "Nothing was answered: give a value or a maturity, or say that it is unknown.")
    return fresh


def checked_item(item: Item) -> Item:
    """Return an item that can be kept.

    Raises:
        ReviewError: when a field cannot be taken.
    """
    fresh = checked(item, name_of(item))
    if len(fresh.id) > ID:
        raise refused("id", f"{name_of(item)}: its id has {len(fresh.id)} characters and may have {ID}.")
    return fresh


def room_for(kind: ItemKind, there: int, more: int) -> None:
    """Check that more items of a kind fit.

    Raises:
        ReviewError: when there would be too many.
    """
    most = ITEMS_AT_MOST[kind]
    if there + more > most:
        called = kind.replace("_", " ")
        plural = "comparisons of making and buying" if kind == "make_or_buy" else f"{called}s"
        raise refused(
            kind,
            f"A review has room for {most:,} {plural}; {there:,} are there, {more:,} would be added: leave out those "
            "that matter least, or remove some first.",
        )


def one_line(text: str, what: str) -> str:
    """Return a title or name on one line.

    Raises:
        ReviewError: when it is blank or too long.
    """
    line = " ".join(storable(text).split())
    if not line:
        raise refused(what, f"A {what} cannot be blank: type one.")
    if len(line) > LONGEST_LINE:
        raise refused(
            what, f"A {what} has at most {LONGEST_LINE} characters, and this one has {len(line)}: shorten it."
        )
    return line


def remark(text: str) -> str:
    """Return a comment's text.

    Raises:
        ReviewError: when it is blank or too long.
    """
    kept: str = storable(text)
    if not kept.strip():
        raise refused("text", "A comment cannot be blank: type one.")
    if len(kept) > LONGEST_TEXT:
        raise refused("text", f"A comment has at most {LONGEST_TEXT:,} characters, and this one has {len(kept):,}.")
    return kept


def known_question(checklist: Checklist, question_id: str) -> str:
    """Return the id of a question, or "" for none.

    Raises:
        ReviewError: when the checklist has no such question.
    """
    if question_id and checklist.question(question_id) is None:
        raise refused("question", f"There is no question {question_id!r} in this review: take one from its checklist.")
    return question_id


def kind_named(item: Item) -> ItemKind:
    """Return the kind of an item.

    Raises:
        ReviewError: when it is of none.
    """
    try:
        return kind_of(item)
    except StopIteration:
        raise refused("item", f"a {type(item).__name__} cannot be kept in a review") from None


def _endless(value: Any, place: str) -> str:
    """Return where a number is infinite or none at all, "" if nowhere."""
    if isinstance(value, float):
        return "" if math.isfinite(value) else place
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    return next((found for name, one in pairs if (found := _endless(one, str(name)))), "")

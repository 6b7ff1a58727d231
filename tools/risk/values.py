"""Reads what is entered as an answer into the kind of its question, and shows it again in words."""

import math
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from tools.risk.amounts import AmountError, read_amount
from tools.risk.checklist import LONGEST_TEXT, AnswerValue, Question
from tools.risk.errors import ReviewError, Wrong, refused
from tools.risk.plain import clean, counted, one_line
from tools.risk.tables import read_rows, shown_row

ALIKE = 85
CLEARER = 8
YES = ("yes", "y", "true", "ja")
NO = ("no", "n", "false", "nein")
_BETWEEN = re.compile(r"[;\n,]|\s+(?:and|und|&)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class ReadValue:
    """A value as read, and in sentences what was left out of it (totals, blank rows)."""

    value: AnswerValue
    left_out: list[str] = field(default_factory=list)


def read_value(question: Question, raw: object) -> AnswerValue:
    """Return what was entered as a value of the question's kind; None where nothing was entered.

    Shares of tables come back as fractions of 1, dates as "2026-05-31" or "2026-05", yes and no as "yes" and "no". A
    value that was read once reads to itself.

    Raises:
        ReviewError: when it cannot be right; its reasons name the value and what to enter.
    """
    return read_answer(question, raw).value


def read_answer(question: Question, raw: object) -> ReadValue:
    """Return the value of an entry together with what was left out of it.

    Raises:
        ReviewError: as read_value does.
    """
    if raw is None or (isinstance(raw, str) and not clean(raw)) or (isinstance(raw, list) and not raw):
        return ReadValue([] if question.kind == "choices" and raw == [] else None)
    if question.kind == "choice":
        return ReadValue(_choice(question, raw))
    if question.kind == "choices":
        return ReadValue(_choices(question, raw))
    if question.kind == "number":
        return ReadValue(_number(question, raw))
    if question.kind == "table":
        rows, left_out, wrong = read_rows(question.columns, raw)
        if wrong:
            raise ReviewError([Wrong(field=f"{question.id}{place}", reason=reason) for place, reason in wrong])
        return ReadValue(rows or None, left_out)
    return ReadValue(_text(question, raw) or None)


def shown_value(question: Question, value: AnswerValue) -> str:
    """Return a value in words, as plain text on one line: "10 weeks", "Loss of a site; Reverse test"."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        rows = [shown_row(question.columns, row) if isinstance(row, dict) else str(row) for row in value]
        return "; ".join(row for row in rows if row)
    if isinstance(value, float | int):
        return counted(value, question.unit)
    return one_line(value)


def _text(question: Question, raw: object) -> str:
    if isinstance(raw, list) and all(isinstance(part, str) for part in raw):
        raw = "; ".join(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise refused(question.id, f"Question {question.id} is answered in words; enter text.")
    text = clean(str(raw))
    if len(text) > LONGEST_TEXT:
        raise refused(
            question.id,
            f"The text for question {question.id} has {len(text):,} characters; shorten it to {LONGEST_TEXT:,}, "
            "or put the rest into a comment.",
        )
    return text


def _number(question: Question, raw: object) -> float:
    try:
        number = read_amount(raw, question.unit, question.least, question.most)
    except AmountError as error:
        raise refused(question.id, f"Question {question.id}: {error}.") from None
    return float(number)


def _choice(question: Question, raw: object) -> str:
    if isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    if isinstance(raw, list):
        raise refused(
            question.id, f"Question {question.id} takes one option, and {len(raw)} were entered. {_offer(question)}"
        )
    found = _option(question, raw)
    if found is None:
        raise refused(question.id, f"{_quoted(raw)} is no option of question {question.id}. {_offer(question)}")
    return found


def _choices(question: Question, raw: object) -> list[str]:
    parts: list[object] = raw if isinstance(raw, list) else [raw]
    found: set[str] = set()
    strange: list[object] = []
    for part in parts:
        whole = _option(question, part)
        pieces = [part] if whole else _BETWEEN.split(part) if isinstance(part, str) else [part]
        for piece in pieces:
            if isinstance(piece, str) and not clean(piece):
                continue
            option = _option(question, piece)
            if option is None:
                strange.append(piece)
            else:
                found.add(option)
    if strange:
        raise ReviewError(
            [
                Wrong(field=question.id, reason=f"{_quoted(one)} is no option of question {question.id}.")
                for one in strange[:10]
            ]
            + [Wrong(field=question.id, reason=_offer(question))]
        )
    return [option for option in question.options if option in found]


def _option(question: Question, raw: object) -> str | None:
    """Return the option that is meant: by name, number, beginning, or name with a typing error; else None."""
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, float) and math.isfinite(raw) and raw.is_integer():
        raw = int(raw)
    if not isinstance(raw, str | int):
        return None
    said = _plain(str(raw))
    options = {_plain(option): option for option in question.options}
    if said in options:
        return options[said]
    for words in (YES, NO):
        spoken = [option for plain, option in options.items() if plain in words]
        if said in words and len(spoken) == 1:
            return spoken[0]
    placed = re.fullmatch(r"(?:option |no\.? |number |#)?(\d{1,2})[.)]?", said)
    if placed and not any(re.match(r"\d", plain) for plain in options):
        place = int(placed[1])
        return question.options[place - 1] if 1 <= place <= len(question.options) else None
    begun = [option for plain, option in options.items() if re.match(rf"{re.escape(said)}(?!\w)", plain)]
    if len(begun) == 1 and said:
        return begun[0]
    best = process.extract(said, list(options), scorer=fuzz.ratio, limit=2)
    if best and best[0][1] >= ALIKE and (len(best) == 1 or best[0][1] - best[1][1] >= CLEARER):
        return options[best[0][0]]
    return None


def _plain(text: str) -> str:
    return one_line(text).casefold().strip(" .\"'").removeprefix("the ")


def _offer(question: Question) -> str:
    return "Choose from: " + "; ".join(question.options) + "."


def _quoted(raw: object) -> str:
    text = one_line(str(raw))
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'

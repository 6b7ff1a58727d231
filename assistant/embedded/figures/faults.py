"""Tells numbers that count what went wrong from those that count what went right."""

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_MARK = re.compile(r"[,;.?!()\n|]|\d|\b(?:and|but|while|und|aber)\b", re.I)
_OF = re.compile(r"\s*(?:(?:out\s+)?of|von|aus|/)\s+(?:(?:the|our|all|den|unseren|insgesamt)\s+){0,2}[\d.,]*\d", re.I)
_NUMBER_BEFORE = re.compile(r"\d[\d.,]*\s*$")


class Faults(BaseModel):
    """The file of words and inputs that count what went right or wrong."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    faults: tuple[str, ...]
    rights: tuple[str, ...]
    free: tuple[str, ...]
    negations: tuple[str, ...]
    right: dict[str, tuple[str, ...]]
    wrong: dict[str, str]
    whole: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def faults() -> Faults:
    """Return the file, read and checked once."""
    data = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))
    return Faults.model_validate(data)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = faults()
    free = "|".join(re.escape(word) for word in sorted(data.free, key=len, reverse=True))
    wrong = rf"{_any(data.faults)}(?!\s*-?\s*(?:{free})\b)"
    right = rf"{_any(data.rights)}|{_any(data.faults)}(?=\s*-?\s*(?:{free})\b)"
    return (re.compile(wrong, re.I), re.compile(right, re.I), re.compile(_any(data.negations), re.I))


def _any(words: tuple[str, ...]) -> str:
    return rf"\b(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})\b"


def went_wrong(text: str, start: int, end: int) -> int:
    """Return 1 if the clause of the number at a place counts what went wrong, -1 if right, 0 if it does not say.

    The words behind a number tell first; those before it only if no other number stands before them.
    """
    while whole := _OF.match(text, end):
        end = whole.end()
    after = _MARK.search(text, end)
    said = _judged(text[end : after.start() if after else len(text)])
    if said:
        return said
    marks = list(_MARK.finditer(text, 0, start))
    opened = marks[-1].end() if marks else 0
    if _NUMBER_BEFORE.search(text[:opened]):
        return 0
    return _judged(text[opened:start])


def _judged(clause: str) -> int:
    wrong, right, turned = _patterns()
    fault, good = wrong.search(clause), right.search(clause)
    if not fault and not good:
        return 0
    if fault and good and not turned.search(clause):
        return 1
    side = 1 if fault else -1
    return -side if turned.search(clause) else side

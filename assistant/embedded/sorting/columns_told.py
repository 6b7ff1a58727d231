"""Finds the columns of a table in the sentences beside it: "sku, annual value, then demand of 12 months"."""

import re
from collections.abc import Sequence

from tools.classification.columns import known_role

FEWEST = 2
MOST_WORDS = 6
_BREAK = re.compile(r"[:.!?()\n]+")
_COLUMN = re.compile(r"\s*[,;|\t]\s*(?:(?:and|then)\s+)*|\s+then\s+")
_PERIODS = re.compile(
    r"\b(?:months?|weeks?|quarters?|days?|periods?|years|monthly|weekly|Monate?|Wochen?)\b", re.IGNORECASE
)


def told_columns(said: str, width: int) -> list[str]:
    """Return as many headers as a table has columns, none where the sentences beside it do not name them.

    A last one that speaks of periods stands for all columns that are left.
    """
    for sentence in _BREAK.split(said):
        pieces = [piece.strip() for piece in _COLUMN.split(sentence) if piece.strip()]
        for start in range(len(pieces) - FEWEST + 1):
            columns = pieces[start:]
            roles = [known_role(column)[0] for column in columns]
            rest = width - len(columns) + 1
            if roles[0] not in ("name", "text") or any(map(_is_long, columns)):
                continue
            if rest > 1 and _PERIODS.search(columns[-1]):
                return [*columns[:-1], *(f"p{place}" for place in range(1, rest + 1))]
            if rest == 1 and sum(role is not None for role in roles) >= FEWEST:
                return columns
    return []


def with_columns(lines: Sequence[str], said: str, marks: Sequence[str]) -> str:
    """Return the lines of a table without headers under those that are told of it, if any are."""
    mark = next((mark for mark in marks if all(mark in line for line in lines)), "")
    widths = {line.count(mark) + 1 for line in lines} if mark else set()
    columns = told_columns(said, widths.pop()) if len(widths) == 1 else []
    return "\n".join([mark.join(columns), *lines] if columns else lines)


def _is_long(column: str) -> bool:
    return len(column.split()) > MOST_WORDS

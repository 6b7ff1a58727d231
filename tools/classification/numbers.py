"""Reads numbers as they stand in the cells of tables: currencies, thousands, decimal points or commas, brackets."""

import re
from collections.abc import Iterable

GROUP = r"[\s\u00a0\u2007\u2009\u202f'\u2019]"
MONEY = r"(?:[$€£¥₹]|US\$|USD|EUR|GBP|CHF|JPY|INR|CNY|RMB|Rs\.?|kr\.?|zł|PLN|SEK|NOK|DKK|CAD|AUD|AU\$|CA\$)"
NUMBER = re.compile(
    rf"^\s*(?P<open>\()?\s*(?P<sign>[-+\u2212\u2013])?\s*(?:{MONEY}\s*)?(?P<inner>[-\u2212])?"
    rf"(?P<digits>\d[\d.,]*(?:{GROUP}\d{{3}}(?!\d)[\d.,]*)*|[.,]\d+)(?P<exponent>[eE][-+]?\d{{1,3}})?"
    rf"\s*(?P<scale>[kKmM])?\s*(?:{MONEY}|%|units?|pcs|pieces|Stück|Stk\.?)?\s*(?P<after>-)?\s*(?P<close>\))?\s*$"
)
SPACES = re.compile(GROUP)
THOUSANDS = {".": re.compile(r"^\d{1,3}(\.\d{3})+$"), ",": re.compile(r"^\d{1,3}(,\d{2,3})*,\d{3}$")}
SCALE = {"k": 1e3, "m": 1e6}
LONGEST = 60


def decimal_marks(cells: Iterable[str]) -> set[str]:
    """Return the decimal marks that cells show beyond doubt: "." or ",", both where they contradict each other."""
    return {mark for cell in cells if (mark := _mark(cell))}


def is_unclear(cell: str) -> bool:
    """Say whether a number can be read in two ways: 1.234 or 1,234."""
    if "." not in cell and "," not in cell:
        return False
    found = NUMBER.match(cell) if len(cell) <= LONGEST else None
    if not found or _mark(cell):
        return False
    return bool(re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", found["digits"]))


def read_number(cell: str, decimal: str) -> float | None:
    """Return the number of a cell, or None if it is none; `decimal` is the decimal mark of its table."""
    if cell.isascii() and cell.isdigit() and len(cell) <= LONGEST:
        return float(cell)
    found = NUMBER.match(cell) if len(cell) <= LONGEST else None
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    digits = SPACES.sub("", found["digits"])
    grouping = "," if decimal == "." else "."
    whole, mark, fraction = digits.partition(decimal)
    if decimal in fraction:
        if not THOUSANDS[decimal].match(digits):
            return None
        whole, mark, fraction = digits.replace(decimal, ""), "", ""
    if grouping in whole and not THOUSANDS[grouping].match(whole):
        return None
    if grouping in fraction:
        return None
    text = f"{whole.replace(grouping, '') or '0'}{'.' if mark else ''}{fraction}{found['exponent'] or ''}"
    value = float(text) * SCALE.get((found["scale"] or "").lower(), 1.0)
    minus = found["sign"] in ("-", "\u2212", "\u2013") or found["inner"] or found["after"] or found["open"]
    return -value if minus else value


def _mark(cell: str) -> str:
    if "." not in cell and "," not in cell:
        return ""
    found = NUMBER.match(cell) if len(cell) <= LONGEST else None
    if not found:
        return ""
    digits = SPACES.sub("", found["digits"])
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark = digits[last]
    other = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return other
    if other in digits:
        return mark
    doubtful = len(digits) - last - 1 == 3 and re.fullmatch(r"[1-9]\d{0,2}", digits[:last])
    return "" if doubtful else mark

"""Owner and due date of an action, as people say them; a date without a year is the next one that comes."""

import calendar
import re
from datetime import date, timedelta

MONTHS = {name.casefold(): place for place, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): place for place, name in enumerate(calendar.month_abbr) if name
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d|\d\d)?(?!\d)")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?({_MONTH})\b\.?(?:,? (20\d\d))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (20\d\d))?", re.IGNORECASE)
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b")
_PART = re.compile(
    r"\b(?:(early|beginning of|start of|mid|middle of|end of|end|late|in|by|until|before)[ -])?"
    rf"({_MONTH})\b(?:,? (20\d\d))?",
    re.IGNORECASE,
)
_IN = re.compile(r"\bin (\d{1,2}) (days?|weeks?)\b", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:end of )?q([1-4])\b(?:,? (20\d\d))?", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?:by|until|on|next|this) ({'|'.join(calendar.day_name)})\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\bend of (?:the |this )?(next )?(week|month|quarter|year)\b|\bnext (week|month|quarter|year)\b", re.IGNORECASE
)
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'-]+(?:\.? [A-Z][\w'-]+)*|[A-Z]\. [A-Z][\w'-]+"
_OWNERS = (
    rf"\b(?:owner|responsible|who|in charge|assigned? to|assign (?:it|this|that|them)? ?to)"
    rf"\s*(?:is|:|=)?\s*({_NAME}|the [a-z]+(?: [a-z]+)?(?: of [a-z]+)?)",
    rf"\b(?:put|note|make|let|have|give (?:it|that|this|the \w+(?: one)?)? ?to|goes to|to|with)\s+({_NAME})",
    rf"^\W*(?:action \w+\s*[:,]?\s*)?({_NAME})\b",
    rf"\b({_NAME})\s+(?:takes?|does|will|should|is|owns?|has|can|handles?|by|until)\b",
    rf"[,;]\s*({_NAME})\s*$",
)
_ROLES = re.compile(
    r"\b(?:let |have )?(?:the )?((?:(?!let\b|have\b)[a-z]+ )?"
    r"(?:manager|director|team|department|purchasing|procurement|logistics|finance|quality|buyer|head of [a-z]+))\b"
    r"(?= (?:takes?|does|do|will|should|is|owns?|has|handles?|that|it|until|by)\b)"
)
_MYSELF = re.compile(r"\b(?:I'?ll|I will|I take|I do|I|put me|me)\b")
_NEVER = {
    "the",
    "action",
    "owner",
    "due",
    "let",
    "put",
    "give",
    "who",
    "by",
    "until",
    "end",
    "make",
    "note",
    "assign",
    "set",
    "please",
    "deadline",
}


def due_in(text: str, today: date) -> date | None:
    """Return the date that a text names; None if it names none, or one that does not exist."""
    try:
        found = _due(text, today)
    except ValueError:
        return None
    return found[1] if found else None


def owner_in(text: str, me: str = "") -> str:
    """Return the person or team that a text puts in charge; "" if it names none. "I" is `me`."""
    for pattern in _OWNERS:
        for found in re.finditer(pattern, text):
            name = found[1].strip(" .,:")
            name = name.removeprefix("the ").removesuffix("'s")
            if _MYSELF.fullmatch(name):
                return me or "me"
            if name.split()[0].casefold().strip(".") not in _NEVER | MONTHS.keys() and not _WEEKDAY.search(
                f"by {name}"
            ):
                return name
    role = _ROLES.search(text.casefold())
    if role:
        return role[1].strip()
    return (me or "me") if _MYSELF.search(text) else ""


def dates_in(text: str, today: date, *, bare: bool = False) -> list[tuple[int, int, date]]:
    """Return where a text names dates, from and until, in their order; with `bare`, by "march" alone as well."""
    found: list[tuple[int, int, date]] = []
    while True:
        try:
            one = _due(text, today, bare=bare)
        except ValueError:
            return sorted(found)
        if one is None:
            return sorted(found)
        start, end = one[0].span()
        found.append((start, end, one[1]))
        text = f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"


def _due(text: str, today: date, *, bare: bool = False) -> "tuple[re.Match[str], date] | None":
    """Return the likeliest date of a text with its place; the surest form comes first."""
    if found := _ISO.search(text):
        return found, date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.search(text):
        year = found[3] and int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return found, _coming(int(found[2]), int(found[1]), year, today)
    if (found := _SLASHED.search(text)) and max(int(found[1]), int(found[2])) > 12:  # else day or month may come first
        day, month = sorted((int(found[1]), int(found[2])), reverse=True)
        return found, date(int(found[3]), month, day)
    if found := _DAY_MONTH.search(text):
        return found, _coming(MONTHS[found[2].casefold()], int(found[1]), found[3] and int(found[3]), today)
    if found := _MONTH_DAY.search(text):
        return found, _coming(MONTHS[found[1].casefold()], int(found[2]), found[3] and int(found[3]), today)
    if found := _QUARTER.search(text):
        month = 3 * int(found[1])
        return found, _coming(month, 0, found[2] and int(found[2]), today)
    if found := _ENDS.search(text):
        return found, _end(found[2] or found[3], today, following=bool(found[1] or found[3]))
    if found := _IN.search(text):
        return found, today + timedelta(days=int(found[1]) * (7 if found[2][0] in "wW" else 1))
    if found := _WEEKDAY.search(text):
        wanted = [name.casefold() for name in calendar.day_name].index(found[1].casefold())
        return found, today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    for found in _PART.finditer(text):
        if bare or (found[2] != "may" and (found[1] or found[2][0].isupper())):
            return found, _part_of_month(found, today)
    return None


def _part_of_month(found: "re.Match[str]", today: date) -> date:
    """Return the day of "mid March", "before June"; the last one of a month that is named alone."""
    part, month = (found[1] or "").casefold(), MONTHS[found[2].casefold()]
    year = found[3] and int(found[3])
    if part == "before":
        return _coming(month, 1, year, today + timedelta(days=1)) - timedelta(days=1)
    day = {"early": 10, "beginning of": 10, "start of": 10, "mid": 15, "middle of": 15}.get(part, 0)
    return _coming(month, day, year, today)


def _coming(month: int, day: int, year: "int | str | None", today: date) -> date:
    """Return a day of a month, its last for day 0, in the year said or the next one in which it lies ahead."""
    for one in [int(year)] if year else [today.year, today.year + 1]:
        when = date(one, month, day or calendar.monthrange(one, month)[1])
        if when >= today or year:
            return when
    raise AssertionError("a day of next year lies ahead")


def _end(period: str, today: date, *, following: bool) -> date:
    name = period.casefold()
    if name == "week":
        return today + timedelta(days=6 - today.weekday() + (7 if following else 0))
    months = {"month": 1, "quarter": 3, "year": 12}[name]
    last = ((today.month - 1) // months + 1 + following) * months
    year, month = today.year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])

"""Who answers for a risk or an action and until when: names that are nobody's or several people's, dates long past."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

from tools.risk.errors import Wrong
from tools.risk.review import CLOSED, Action, Review, Risk

ELSEWHERE = timedelta(days=1)
"""It may be yesterday still where somebody types "today"."""

_NO_NAME = re.compile(
    r"to be \w+|not (?:yet )?(?:agreed|assigned|clear|decided|known|named|set)(?: yet)?|(?:the )?whole team"
    r"|all of (?:us|them|you)|no one|\W*"
)
_ASIDE = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"\s+(?:and|or|und|oder|[&+])\s+|\s*;\s*", re.IGNORECASE)
_BETWEEN_ALIKE = re.compile(r"\s+(?:et|ou|y|o)\s+|\s*/\s*", re.IGNORECASE)  # also within a name, or before a place
_LISTED = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|or|und|oder|et|ou|y|o)\s+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")


def check_owning(item: Risk | Action, review: Review, today: date, typed: Collection[str]) -> list[Wrong]:
    """Return what the fields typed anew say of people and dates that cannot be meant, each with the remedy."""
    wrong = []
    names: Mapping[str, tuple[str, str]] = {"owner": ("Owner", item.owner)}
    if isinstance(item, Risk):
        names = {**names, "approver": ("Accepted by", item.approver)}
    for field, (label, name) in names.items():
        if field in typed and is_nobody(name):
            reason = f"{label}: “{name[:60]}” is nobody's name. Type who it is, or leave it blank until that is known."
            wrong.append(Wrong(field=field, reason=reason))
    several = several_people(item.owner, (one.name for one in review.participants)) if "owner" in typed else ()
    if several:
        reason = (
            f"Owner: {' and '.join(f'“{one[:60]}”' for one in several)} are {len(several)} people, and one answers for "
            f"{'an action' if isinstance(item, Action) else 'a risk'}. Name that one here, the others in the remark."
        )
        wrong.append(Wrong(field="owner", reason=reason))
    dated = item.due if isinstance(item, Action) and "due" in typed and item.status not in CLOSED else None
    if dated and dated < today - ELSEWHERE:
        reason = (
            f"Due is {dated.isoformat()}, which is past: type by when it will be done. What was done by then "
            "takes the status “done”."
        )
        wrong.append(Wrong(field="due", reason=reason))
    return wrong


def is_nobody(name: str) -> bool:
    """Say whether what stands for a name names nobody in particular ("tbd", "all of us"); blank is left open."""
    said = " ".join(name.split()).strip(" .!").casefold()
    return bool(name.strip()) and (said in _words("nobody") or bool(_NO_NAME.fullmatch(said)))


def several_people(name: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the people that a name joins ("jo and tom"); () for one person, a post or a department.

    Commas stand within names and before places too ("Lund, Ana", "Ana Lund, Lyon"): they part people only where each
    part is somebody else among those `known`, by the whole or the first name.
    """
    plain = _ASIDE.sub(" ", name)
    parts = _parted(_BETWEEN, plain)
    if not parts:
        alike = _parted(_BETWEEN_ALIKE, plain)
        parts = alike if len({len(one.split()) for one in alike}) == 1 else ()
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", plain)}
    if parts and not words & _words("posts"):
        return parts
    people = [one.casefold().split() for one in dict.fromkeys(known)]
    listed = _parted(_LISTED, plain)
    meant = [
        {place for place, one in enumerate(people) if one and part.casefold().split() in (one, one[:1])}
        for part in listed
    ]
    return listed if len(listed) > 1 and all(meant) and len(set.union(*meant)) >= len(listed) else ()


def _parted(between: re.Pattern[str], name: str) -> tuple[str, ...]:
    """Return the parts of a name, if there are several and each is long enough to be one ("R&D", "QA/QC" are not)."""
    parts = tuple(one.strip(" .,") for one in between.split(name))
    short = any(not _LETTERS.search(one) or (one.isupper() and len(one) <= 2) for one in parts)
    return () if len(parts) < 2 or short else parts


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of one kind, small."""
    read = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return frozenset(str(read[kind]).split())

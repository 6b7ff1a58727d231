"""Who changed what and when, for the report: each change in words, and how many each person made."""

from collections.abc import Sequence

from tools.risk.changes import in_words, values
from tools.risk.report.rows import ChangeRow, Fact
from tools.risk.report.words import NOT_NAMED, count, day
from tools.risk.review import Change, Review


def change_rows(review: Review, changes: Sequence[Change]) -> tuple[ChangeRow, ...]:
    """Return the changes in words, the latest first."""
    return tuple(_row(review, one) for one in sorted(changes, key=lambda one: -one.number))


def _row(review: Review, change: Change) -> ChangeRow:
    before, after = values(review, change)
    return ChangeRow(
        number=change.number,
        at=change.at,
        by=change.by or NOT_NAMED,
        did=in_words(review, change),
        before=before,
        after=after,
    )


def history(rows: Sequence[ChangeRow]) -> tuple[Fact, ...]:
    """Return how many changes each person made, and their latest; the rows have the latest first."""
    by: dict[str, list[ChangeRow]] = {}
    for row in rows:
        by.setdefault(row.by, []).append(row)
    ordered = sorted(by.items(), key=lambda one: -len(one[1]))
    return tuple(
        Fact(
            label=person,
            text=f"{count(len(made), 'change')}, the latest on {day(made[0].at.date())}: {made[0].did}",
        )
        for person, made in ordered
    )

"""What a person has done: answers, days in a row, areas, weak concepts, and what is due on which day."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from assistant.learning.bank import Bank
from assistant.learning.models import AreaProgress, Progress, WeakConcept
from assistant.learning.store import ANSWERS, CARDS
from knowledge.areas import area_of

DAYS_AHEAD = 14
WEAKEST = 5
WEAK_BELOW = 0.75
LATEST = 10
"""How many answers to a concept tell how well it is known; older ones were before it was learned."""


def progress_of(connection: Connection, owner: str, bank: Bank, now: datetime) -> Progress:
    """Return an owner's progress; questions whose notes are gone are left out of what is due."""
    cards = [
        (row.due, bank.by_key[row.question].concept)
        for row in connection.execute(select(CARDS.c.question, CARDS.c.due).where(CARDS.c.owner == owner))
        if row.question in bank.by_key
    ]
    answers = connection.execute(
        select(ANSWERS.c.concept, ANSWERS.c.outcome, ANSWERS.c.at)
        .where(ANSWERS.c.owner == owner)
        .order_by(ANSWERS.c.id)
    ).all()
    by_concept: dict[str, list[bool]] = {}
    for row in answers:
        by_concept.setdefault(row.concept, []).append(row.outcome == "right")
    return Progress(
        due_now=sum(due <= now for due, _ in cards),
        due_by_day=_due_by_day([due for due, _ in cards], now.date()),
        answered=len(answers),
        right=sum(row.outcome == "right" for row in answers),
        days_in_a_row=_days_in_a_row({row.at.date() for row in answers}, now.date()),
        areas=_areas(bank, by_concept, [title for due, title in cards if due <= now]),
        weakest=_weakest(by_concept, bank),
    )


def _due_by_day(moments: list[datetime], today: date) -> list[tuple[date, int]]:
    """Return how many questions come on each day ahead; what waits already counts for today."""
    counted = Counter(max(moment.date(), today) for moment in moments)
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]
    return [(day, counted[day]) for day in days]


def _days_in_a_row(days: set[date], today: date) -> int:
    """Return for how many days in a row something was answered; today need not be done yet."""
    last = today if today in days else today - timedelta(days=1)
    count = 0
    while last - timedelta(days=count) in days:
        count += 1
    return count


def _areas(bank: Bank, by_concept: dict[str, list[bool]], due: list[str]) -> list[AreaProgress]:
    found = []
    waiting = Counter(bank.vault.notes[title].front.area for title in due)
    for area, titles in bank.areas.items():
        seen = [title for title in titles if title in by_concept]
        marks = [mark for title in seen for mark in by_concept[title][-LATEST:]]
        share = sum(marks) / len(marks) if marks else None
        found.append(
            AreaProgress(
                area=area,
                name=area_of(area).name,
                seen=len(seen),
                of=len(titles),
                right_share=share,
                due=waiting[area],
            )
        )
    return found


def _weakest(by_concept: dict[str, list[bool]], bank: Bank) -> list[WeakConcept]:
    shares = [
        WeakConcept(title=title, share=sum(marks[-LATEST:]) / len(marks[-LATEST:]), answered=len(marks))
        for title, marks in by_concept.items()
        if title in bank.by_concept
    ]
    weak = [one for one in shares if one.share < WEAK_BELOW]
    return sorted(weak, key=lambda one: (one.share, -one.answered, one.title))[:WEAKEST]

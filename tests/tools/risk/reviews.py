"""Builds small reviews for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tools.risk.checklist import Checklist
from tools.risk.checklists import load_checklist
from tools.risk.review import TEAM, Answer, Participant, Review

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def review_of(*answers: Answer, checklist: Checklist | None = None, skipped: tuple[str, ...] = ()) -> Review:
    people = [
        Participant(id="ann", name="Ann", role="lead", joined=START, skipped=list(skipped)),
        Participant(id="bo", name="Bo", joined=START),
    ]
    return Review(
        id="r1",
        title="Pumps",
        created=START,
        updated=START,
        checklist=checklist or load_checklist(),
        participants=people,
        answers=list(answers),
    )


def says(question: str, person: str = TEAM, hour: int = 0, **given: Any) -> Answer:
    return Answer(question=question, person=person, at=START + timedelta(hours=hour), **given)

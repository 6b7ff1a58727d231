"""When a question comes again: the FSRS scheduler, without its random spread."""

from datetime import datetime, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler

from assistant.learning.models import Outcome

SOON = timedelta(minutes=10)
LONGEST_DAYS = 365
_SCHEDULER = Scheduler(
    learning_steps=(SOON,), relearning_steps=(SOON,), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
)


def rating_of(outcome: Outcome, helped: bool) -> Rating | None:
    """Return how well a question was known; None where that is not known. `helped`: hints or another try."""
    if outcome in ("wrong", "revealed"):
        return Rating.Again
    if outcome == "right":
        return Rating.Hard if helped else Rating.Good
    return None


def reviewed(card: dict[str, Any] | None, rating: Rating, now: datetime) -> tuple[dict[str, Any], datetime]:
    """Return the card after an answer, as JSON, and when its question is due again."""
    before = Card.from_dict(card) if card else Card(card_id=1, due=now)  # type: ignore[arg-type]
    after, _ = _SCHEDULER.review_card(before, rating, now)
    return dict(after.to_dict()), after.due

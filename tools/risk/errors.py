"""What can be wrong with something that is entered into a review."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


class Wrong(BaseModel):
    """One value that cannot be taken: where it stands, and a sentence that names it and the remedy."""

    model_config = ConfigDict(frozen=True)

    field: str
    reason: str


class ReviewError(ValueError):
    """Something cannot be entered; nothing was changed. `wrong` says what, value by value."""

    def __init__(self, wrong: Sequence[Wrong]):
        self.wrong = list(wrong)
        super().__init__(" ".join(one.reason for one in wrong))


def refused(field: str, reason: str) -> ReviewError:
    """Return the error for a single value."""
    return ReviewError([Wrong(field=field, reason=reason)])

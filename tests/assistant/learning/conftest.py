"""Quizzes in a folder of their own, with a clock that tests can move."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from assistant.learning import Quizzes
from assistant.learning.bank import Bank
from assistant.learning.store import LearningDatabase
from knowledge.vault import Vault


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def bank(vault: Vault) -> Bank:
    return Bank(vault)


@pytest.fixture
def quizzes(bank: Bank, tmp_path: Path, clock: Clock) -> Iterator[Quizzes]:
    kept = open_quizzes(bank, tmp_path, clock)
    yield kept
    kept.close()


def open_quizzes(bank: Bank, folder: Path, clock: Clock) -> Quizzes:
    """Open the store below a folder; the bank of questions is made once for all tests."""
    paths = {"planner": ("Planner", ("Safety stock", "Gone"))}
    return Quizzes(bank, LearningDatabase.in_folder(folder), paths, clock)


def seeded(seed: int) -> Random:
    """Return chance that is the same in every run."""
    return Random(seed)  # noqa: S311 - no secret hangs on it

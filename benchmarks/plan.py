"""How long a run is: the numbers of questions, rounds and repeats, in full and in short."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """What is measured, how often, and where its data is kept while it runs."""

    work: Path
    questions: list[str] = field(repr=False)
    rounds: int = 3
    one_shots: int = 9
    builds: int = 3
    restarts: int = 5
    served_turns: int = 50
    people: int = 20

    @property
    def ours(self) -> Path:
        """Our data folder, with a finished index."""
        return self.work / "ours"

    @property
    def recipe(self) -> Path:
        """The recipe's data folder, with a finished index."""
        return self.work / "recipe"


def full(work: Path, questions: list[str]) -> Plan:
    """Return the plan whose results are published."""
    return Plan(work, questions)


def quick(work: Path, questions: list[str]) -> Plan:
    """Return a plan that shows in a few minutes that everything runs; its figures are rough."""
    return Plan(work, questions[:30], rounds=1, one_shots=2, builds=1, restarts=1, served_turns=10, people=5)

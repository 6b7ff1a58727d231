"""Question sets: what is asked, and what a right answer cites and says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer
from assistant.evaluation.labels import CLASSIFY, ExpectedLabels, unmet_labels
from assistant.evaluation.numbers import ExpectedNumbers, unmet_numbers

SETS = Path(__file__).with_name("sets")
Split = Literal["tune", "held-out"]


class SetError(ValueError):
    """A question set cannot be read; the message names the file, the line and the reason."""


class Expectation(ExpectedNumbers, ExpectedLabels):
    """What one turn has to do."""

    gold_concepts: list[str] = Field(default_factory=list)
    must_mention: list[str] = Field(default_factory=list)


class Case(BaseModel):
    """A conversation of one or more turns."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    turns: list[str] = Field(min_length=1)
    expect: list[Expectation | None]
    split: Split = "held-out"
    style: str = ""
    category: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the case is about computations."""
        return any(part and (part.type in ("compute", "reject_invalid") or part.missing) for part in self.expect)

    @property
    def classifies(self) -> bool:
        """Whether the case is about products, bought items, supply or stock items."""
        return self.category == "classification"


def read_set(path: Path) -> list[Case]:
    """Read a question set.

    Raises:
        SetError: when the file or one of its lines cannot be used.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{path}: cannot be read ({error})") from error
    cases = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                cases.append(Case.model_validate_json(line))
            except ValidationError as error:
                raise SetError(f"{path}, line {number}: {error.errors()[0]['msg']}") from error
    return cases


def own_sets() -> dict[str, list[Case]]:
    """Return the project's own sets by name."""
    return {path.stem: read_set(path) for path in sorted(SETS.glob("*.jsonl"))}


def first_questions(split: str) -> list[str]:
    """Return what conversations of a half begin with, in the project's own sets on concepts and on what is declined."""
    cases = [case for name, found in own_sets().items() if name.startswith(("concepts", "declines")) for case in found]
    return [case.turns[0] for case in cases if case.split == split]


def mentions(text: str, alternatives: str) -> bool:
    """Say whether one of the alternatives, parted by |, begins a word of a text."""
    plain = re.sub(r"[*_`]", "", text)
    return any(re.search(rf"(?<!\w){re.escape(part.strip())}", plain, re.I) for part in alternatives.split("|"))


def unmet(answer: Answer, expected: Expectation) -> list[str]:
    """Return what is wrong with an answer: "kind", "cited", "cited first", "mention ..."; empty if nothing is."""
    wrong = []
    if not _kind_fits(answer.kind, expected.type):
        wrong.append("kind")
    cited = [citation.title for citation in answer.citations]
    gold = set(expected.gold_concepts)
    if gold and not gold & set(cited):
        wrong.append("cited")
    if gold and not (cited and cited[0] in gold):
        wrong.append("cited first")
    wrong += [f"mention {part}" for part in expected.must_mention if not mentions(answer.text, part)]
    return wrong + unmet_numbers(answer, expected) + unmet_labels(answer, expected)


def _kind_fits(kind: str, wanted: str) -> bool:
    allowed = {
        "answer": {"answer"},
        "decline": {"decline"},
        "ask": {"clarify"},
        "ask_or_decline": {"clarify", "decline"},
        "reject_invalid": {"invalid", "clarify"},
        "compute": {"answer"},
        **{name: {"answer", "clarify", "invalid"} for name in CLASSIFY},
    }
    return kind in allowed.get(wanted, {"answer", "clarify"})


def judged(case: Case) -> Iterator[tuple[int, Expectation]]:
    """Yield the turns of a case that are judged, with what is expected of them."""
    for place, expected in enumerate(case.expect):
        if expected is not None:
            yield place, expected

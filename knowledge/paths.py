"""Learning paths: concepts in an order that suits a kind of reader, with the reason for each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from knowledge.note import NoteError
from knowledge.vault import Vault

PATHS = Path(__file__).with_name("paths.yaml")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]


class Step(BaseModel):
    """A concept of a stage, and why it comes there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    why: Words


class Stage(BaseModel):
    """Concepts that are learned together, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    why: Words
    concepts: tuple[Step, ...] = Field(min_length=1)


class LearningPath(BaseModel):
    """A way through the field for a kind of reader."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    name: Words
    about: Words
    stages: tuple[Stage, ...] = Field(min_length=1)

    @property
    def titles(self) -> tuple[str, ...]:
        """The concepts in order."""
        return tuple(step.title for stage in self.stages for step in stage.concepts)


@dataclass(frozen=True)
class LearningPaths:
    """The paths that a vault can be learned by, and what was left out of them."""

    paths: tuple[LearningPath, ...] = ()
    problems: tuple[NoteError, ...] = ()


def load_paths(vault: Vault, path: Path = PATHS) -> LearningPaths:
    """Read the paths; a concept that the vault lacks, or that a path names twice, is left out and told.

    Raises:
        NoteError: when the file cannot be read or is not a list of paths; it names the line and the remedy.
    """
    lines = _lines(path)
    try:
        found: Any = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise NoteError(path, line, "this is not YAML", "Quote values that hold a colon.") from error
    try:
        declared = TypeAdapter(list[LearningPath]).validate_python(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        remedy = "A path has id, name, about and stages; a stage name, why and concepts; a concept title and why."
        raise NoteError(path, 1, f"{place}: {first['msg'].lower()}", remedy) from error
    ids = [one.id for one in declared]
    for one in ids:
        if ids.count(one) > 1:
            raise NoteError(path, _line(lines, f"id: {one}"), f"two paths have the id '{one}'", "Give one another id.")
    problems: list[NoteError] = []
    kept = [_checked(one, vault, path, lines, problems) for one in declared]
    return LearningPaths(tuple(one for one in kept if one), tuple(problems))


def _checked(
    declared: LearningPath, vault: Vault, path: Path, lines: list[str], problems: list[NoteError]
) -> LearningPath | None:
    """Return a path with the concepts that the vault has, or None where it has none of them."""
    seen: set[str] = set()
    stages = []
    for stage in declared.stages:
        steps = []
        for step in stage.concepts:
            if step.title not in vault.notes:
                problem, remedy = f"there is no note '{step.title}'", "Name the title of a note."
            elif step.title in seen:
                problem, remedy = f"path '{declared.id}' names '{step.title}' twice", "Keep it in one stage."
            else:
                seen.add(step.title)
                steps.append(step)
                continue
            problems.append(NoteError(path, _line(lines, f"title: {step.title},"), problem, remedy))
        if steps:
            stages.append(stage.model_copy(update={"concepts": tuple(steps)}))
    return declared.model_copy(update={"stages": tuple(stages)}) if stages else None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoteError(path, 1, f"the learning paths cannot be read ({error})", "Restore the file.") from error


def _line(lines: list[str], text: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)

"""Judgement where numbers end: worded levels of likelihood and impact, their rating, and what a risk entry lacks."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from tools.risk.errors import Wrong
from tools.risk.review import Risk

FILE = Path(__file__).with_name("judgement.yaml")
Level = Literal["low", "medium", "high", "critical"]
LEVELS: tuple[Level, ...] = get_args(Level)
SCALE = (1, 2, 3, 4, 5)
HIGH = LEVELS.index("high")
MEDIUM = LEVELS.index("medium")


class Anchor(BaseModel):
    """What a level of likelihood or impact means; `begins` is the share of the loss limit where an impact begins."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str
    anchor: str
    begins: float | None = Field(None, alias="from", ge=0)


class Anchors(BaseModel):
    """The worded scales and the level of every pair, as judgement.yaml holds them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    likelihood: dict[int, Anchor]
    impact: dict[int, Anchor]
    levels: dict[int, tuple[Level, Level, Level, Level, Level]]
    meaning: dict[Level, str]

    @model_validator(mode="after")
    def _sound(self) -> "Anchors":
        for name in ("likelihood", "impact", "levels"):
            if tuple(sorted(getattr(self, name))) != SCALE:
                raise ValueError(f"{name} must name the levels 1 to 5, each once")
        if set(self.meaning) != set(LEVELS):
            raise ValueError(f"meaning must say what {', '.join(LEVELS)} mean")
        begins = [self.impact[impact].begins for impact in SCALE]
        known = [one for one in begins if one is not None]
        if len(known) < len(begins) or known[0] != 0 or any(b <= a for a, b in pairwise(known)):
            raise ValueError("impact needs a rising `from` at each level, 0 at the first")
        ranks = [[LEVELS.index(level) for level in self.levels[impact]] for impact in SCALE]
        if any(row != sorted(row) for row in [*ranks, *map(list, zip(*ranks, strict=True))]):
            raise ValueError("a level must not fall where likelihood or impact rises")
        if min(ranks[-1]) < HIGH or min(ranks[-2]) < MEDIUM:
            raise ValueError("severity leads: impact 5 is at least high and impact 4 at least medium")
        return self


class Rating(BaseModel):
    """The level of a risk and why it has it; `level` is None where it cannot be rated yet."""

    model_config = ConfigDict(frozen=True)

    level: Level | None
    why: str
    likelihood: int | None = None
    impact: int | None = None


class Cell(BaseModel):
    """A cell of the heat map: its level, and the ids of the risks in it."""

    model_config = ConfigDict(frozen=True)

    likelihood: int
    impact: int
    level: Level
    risks: list[str] = Field(default_factory=list)


class HeatMap(BaseModel):
    """The 25 cells, impact 5 first and in each row likelihood 1 first; `not_rated` holds the ids of the others."""

    model_config = ConfigDict(frozen=True)

    cells: list[Cell]
    not_rated: list[str]
    residual: bool = False


@cache
def anchors() -> Anchors:
    """Return the scales and levels of judgement.yaml, checked."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return Anchors.model_validate(read)


def impact_of(loss: float | None, limit: float | None) -> int | None:
    """Return the level of impact, 1 to 5, of a loss against the loss that would be unacceptable, both in money.

    None where the loss or the limit is not known. With a limit of 0 any loss is level 5.
    """
    if loss is None or limit is None:
        return None
    if limit <= 0:
        return SCALE[-1] if loss > 0 else SCALE[0]
    share = loss / limit
    highest = anchors().impact[SCALE[-1]].begins or 0.0
    if share > highest:
        return SCALE[-1]
    reached = [level for level in SCALE[:-1] if share >= (anchors().impact[level].begins or 0.0)]
    return reached[-1]


def rating(likelihood: int | None, impact: int | None) -> Rating:
    """Return the level of a pair, looked up in judgement.yaml; severity leads and nothing is calculated.

    An impact of 5 is high even where the likelihood is not known; otherwise both are needed.

    Raises:
        ValueError: for a level that is not 1 to 5.
    """
    for name, value in (("likelihood", likelihood), ("impact", impact)):
        if value is not None and value not in SCALE:
            raise ValueError(f"{name} must be a level from 1 to 5, but it is {value!r}; choose the one that fits")
    scales = anchors()
    if impact is None or (likelihood is None and impact != SCALE[-1]):
        open_ = [name for name, value in (("likelihood", likelihood), ("impact", impact)) if value is None]
        why = f"Not rated: {' and '.join(open_)} still to be judged."
        return Rating(level=None, why=why, likelihood=likelihood, impact=impact)
    if likelihood is None:
        why = f"{_worded('impact', impact)}: at least high whatever the likelihood, which is still to be judged."
        return Rating(level="high", why=why, likelihood=None, impact=impact)
    level = scales.levels[impact][SCALE.index(likelihood)]
    why = f"{_worded('likelihood', likelihood)}; {_worded('impact', impact)}: {level}, so {scales.meaning[level]}."
    if impact == SCALE[-1] and level == "high":
        why += " An impact of 5 is at least high, however rare."
    return Rating(level=level, why=why, likelihood=likelihood, impact=impact)


def inherent(risk: Risk) -> Rating:
    """Return the rating of a risk as it stands, before treatment."""
    return rating(risk.likelihood, risk.impact)


def residual(risk: Risk) -> Rating:
    """Return the rating of a risk after treatment."""
    return rating(risk.residual_likelihood, risk.residual_impact)


def heat_map(risks: Iterable[Risk], *, of_residual: bool = False) -> HeatMap:
    """Return the 25 cells with the risks in them, by their rating before or, with `of_residual`, after treatment."""
    placed: dict[tuple[int, int], list[str]] = {}
    not_rated = []
    for risk in risks:
        pair = (risk.residual_likelihood, risk.residual_impact) if of_residual else (risk.likelihood, risk.impact)
        if pair[0] is None or pair[1] is None:
            not_rated.append(risk.id)
        else:
            placed.setdefault((pair[0], pair[1]), []).append(risk.id)
    cells = [
        Cell(
            likelihood=likelihood,
            impact=impact,
            level=anchors().levels[impact][SCALE.index(likelihood)],
            risks=placed.get((likelihood, impact), []),
        )
        for impact in reversed(SCALE)
        for likelihood in SCALE
    ]
    return HeatMap(cells=cells, not_rated=not_rated, residual=of_residual)


def by_severity(risks: Sequence[Risk]) -> list[Risk]:
    """Return risks by level, then impact, then likelihood, highest first; those not rated come last, by title."""

    def rank(risk: Risk) -> tuple[int, int, int, str]:
        level = inherent(risk).level
        place = LEVELS.index(level) if level else -1
        return -place, -(risk.impact or 0), -(risk.likelihood or 0), risk.title.casefold()

    return sorted(risks, key=rank)


def check_risk(risk: Risk, today: date | None = None) -> list[Wrong]:
    """Return what an entry of the register lacks or contradicts, each with the remedy; empty where it is sound.

    `today` is the date that review dates are compared with, by default the machine's.
    """
    return [*_acceptance(risk, today or date.today()), *_after_treatment(risk)]


def _acceptance(risk: Risk, today: date) -> list[Wrong]:
    if risk.treatment != "accept":
        return []
    wrong = []
    if not risk.approver.strip():
        reason = f"{risk.title!r} is accepted, but nobody is named who accepted it; name the approver."
        wrong.append(Wrong(field="approver", reason=reason))
    if risk.review_date is None:
        reason = f"{risk.title!r} is accepted without a date to look again; set a review date."
        wrong.append(Wrong(field="review_date", reason=reason))
    elif risk.review_date <= today:
        reason = (
            f"{risk.title!r} is accepted until {risk.review_date.isoformat()}, which is not in the future; decide "
            "again, and set a later review date."
        )
        wrong.append(Wrong(field="review_date", reason=reason))
    return wrong


def _after_treatment(risk: Risk) -> list[Wrong]:
    wrong = []
    reasoned = bool(risk.note.strip() or risk.controls.strip())
    pairs = (
        ("likelihood", risk.likelihood, risk.residual_likelihood),
        ("impact", risk.impact, risk.residual_impact),
    )
    for name, before, after in pairs:
        field = f"residual_{name}"
        if after is None:
            continue
        if before is None:
            reason = f"{risk.title!r} has a {name} of {after} after treatment but none before; judge it before as well."
            wrong.append(Wrong(field=field, reason=reason))
        elif after > before and not risk.note.strip():
            reason = (
                f"{risk.title!r} has a higher {name} after treatment ({after}) than before ({before}); correct it, or "
                "say in the note why treatment raises it."
            )
            wrong.append(Wrong(field=field, reason=reason))
        elif after < before and risk.treatment in (None, "accept") and not reasoned:
            what = "is accepted" if risk.treatment else "has no treatment"
            reason = (
                f"{risk.title!r} {what}, yet its {name} falls from {before} to {after}; choose the treatment that "
                "lowers it, or leave the levels as they were."
            )
            wrong.append(Wrong(field=field, reason=reason))
        elif risk.treatment == f"reduce {name}" and after >= before and not risk.note.strip():
            reason = (
                f"{risk.title!r} is treated to reduce its {name}, but that stays at {before}; judge it after "
                "treatment, or choose another treatment."
            )
            wrong.append(Wrong(field=field, reason=reason))
    return wrong


def _worded(name: str, level: int) -> str:
    scale: dict[int, Anchor] = getattr(anchors(), name)
    said = scale[level].anchor
    return f"{name.capitalize()} {level} ({said[0].lower()}{said[1:]})"

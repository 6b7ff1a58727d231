"""Questions with numbers drawn anew each time, from the cases of data/numbers.yaml; a metric works out the answer."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from random import Random
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic import Field as Declared

from assistant.learning.making.field import Field
from assistant.learning.question import Draft, Question, key_of
from knowledge.note import Note
from tools.metrics import METRICS, compute
from tools.metrics.given import Frame
from tools.metrics.shown import in_words, listed, number

_FILE = Path(__file__).parent.parent / "data" / "numbers.yaml"
_RANGE = re.compile(
    r"(?:(?P<count>\d+) of )?(?P<low>-?[\d.]+)\.\.(?P<high>-?[\d.]+) by (?P<step>[\d.]+)(?P<percent> ?%)?"
)
RELATIVE = 0.01
"""How far a typed number may be off, as a share of the right one."""

POINTS = 0.3
"""The same for percentages, in points: near 100 % a share of them would forgive too much."""

DRAWS = 20


class Range(BaseModel):
    """Round numbers to draw from: "200..900 by 50", "90..99 by 1 %", "4 of 80..120 by 5", or the values themselves.

    With `count` or values that are lists, a list is drawn.
    """

    model_config = ConfigDict(frozen=True)

    values: tuple[float | tuple[float, ...], ...]
    count: int = 0
    percent: bool = False

    def draw(self, rng: Random) -> Any:
        """Return a number, or a list of them; shares as fractions."""
        if self.count:
            return [self._plain(rng.choice(self.values)) for _ in range(self.count)]
        drawn = rng.choice(self.values)
        return [self._plain(one) for one in drawn] if isinstance(drawn, tuple) else self._plain(drawn)

    def _plain(self, value: Any) -> float:
        if self.percent:
            return round(float(value) / 100, 9)
        plain = float(value)
        return int(plain) if plain.is_integer() else plain


def _range(said: Any) -> Any:
    if isinstance(said, list):
        percent = "%" in str(said)
        plain = [[_bare(part) for part in one] if isinstance(one, list) else _bare(one) for one in said]
        return Range(values=tuple(tuple(one) if isinstance(one, list) else one for one in plain), percent=percent)
    found = _RANGE.fullmatch(str(said))
    if found is None:
        raise ValueError(f"{said!r} is no range: write '200..900 by 50', '90..99 by 1 %' or a list")
    low, high, step = (float(found[name]) for name in ("low", "high", "step"))
    values = tuple(round(low + step * place, 9) for place in range(round((high - low) / step) + 1))
    return Range(values=values, count=int(found["count"] or 0), percent=bool(found["percent"]))


def _bare(said: Any) -> float:
    return float(str(said).removesuffix("%"))


class Case(BaseModel):
    """A case to work out: who asks what, the inputs to draw, and which result is asked for in which unit.

    `fixed` are inputs that do not change, `only_if` a condition on the drawn inputs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    text: str
    draw: dict[str, Annotated[Range, BeforeValidator(_range)]]
    fixed: dict[str, Any] = Declared(default_factory=dict)
    ask: str = "value"
    unit: str | None = None
    percent: bool = False
    decimals: int = 0
    period: str = "period"
    only_if: tuple[str, str] | None = None
    hint: str = ""


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Return every case, read once."""
    return tuple(Case.model_validate(one) for one in yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _by_note() -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases():
        found.setdefault(METRICS[case.metric].note, []).append(case)
    return found


def number_drafts(field: Field, note: Note) -> Iterator[Draft]:
    """Yield the questions with numbers that belong to a note."""
    alike: dict[str, list[Case]] = {}
    for case in _by_note().get(note.title, []):
        alike.setdefault(key_of(note.title, "number", f"{case.metric} {case.ask}"), []).append(case)
    for key, choices in alike.items():
        yield Draft(key, "number", note.title, note.front.area, partial(_asked, field, note, choices, key))


def _asked(field: Field, note: Note, choices: Sequence[Case], key: str, rng: Random) -> Question:
    case = rng.choice(choices)
    inputs = _inputs(case, rng)
    result = compute(case.metric, frame=Frame(period=case.period, money="USD"), **inputs)
    exact = result.value if case.ask == "value" else float(result.also[case.ask])  # type: ignore[arg-type]
    value = exact * 100 if case.percent else exact
    unit = "%" if case.percent else case.unit if case.unit is not None else in_words(result.unit, case.period, "USD")
    rounding = 10.0**-case.decimals
    shown = f"{value:,.{case.decimals}f}"
    answer = f"{shown}%" if case.percent else f"{shown} {unit}".strip()
    if unit.startswith("USD"):
        answer = f"USD {shown}{unit.removeprefix('USD')}"
    heading = "Formula" if "Formula" in note.sections else "Definition"
    formula = f"$${METRICS[case.metric].formula}$$"
    return Question(
        key=key,
        kind="number",
        concept=note.title,
        area=note.front.area,
        text=f"{_told(case, inputs)} {_rounding(case)}".strip(),
        answer=answer,
        value=value,
        within=max(min(RELATIVE * abs(value), POINTS if case.percent else math.inf), 0.501 * rounding),
        unit=unit,
        explanation=f"{result.name}: {answer}. {note.title} explains it [1].",
        citations=[field.cite(note, heading, note.definition if heading == "Definition" else _words_of(note), 1)],
        steps=result.steps,
        hints=[
            case.hint or f"It is about this concept: {note.title}. {note.front.purpose}",
            f"The formula: {formula}",
            f"It begins so: {_without_result(result.steps[0])}",
        ],
    )


def _inputs(case: Case, rng: Random) -> dict[str, Any]:
    """Draw the inputs, again while they do not fit together."""
    for _ in range(DRAWS):
        drawn = {name: wanted.draw(rng) for name, wanted in case.draw.items()}
        if case.only_if is None or drawn[case.only_if[0]] > drawn[case.only_if[1]]:
            return {**case.fixed, **drawn}
    raise ValueError(f"{case.metric}: {case.only_if} never came out in {DRAWS} draws; widen the ranges")


def _told(case: Case, inputs: dict[str, Any]) -> str:
    shown = {}
    for name, value in inputs.items():
        percent = name in case.draw and case.draw[name].percent
        if isinstance(value, list):
            shown[name] = listed([_figure(one, percent) for one in value])
        else:
            shown[name] = _figure(value, percent) if isinstance(value, int | float) else str(value)
    return " ".join(case.text.format(**shown).split())


def _figure(value: float, percent: bool) -> str:
    return f"{number(100 * value, 6)}%" if percent else number(value, 8)


def _rounding(case: Case) -> str:
    where = "in percent" if case.percent else ""
    if case.decimals:
        return f"(Answer {where + ', ' if where else ''}to {case.decimals} decimal{'s' if case.decimals > 1 else ''}.)"
    return f"(Answer {where}{', ' if where else ''}rounded to a whole number.)"


def _words_of(note: Note) -> str:
    """Return the first passage of the formula section that is words, or its formula."""
    blocks = note.sections["Formula"].blocks
    return next((block for block in blocks if not block.startswith("$$") and len(block) > 40), blocks[0])


def _without_result(step: str) -> str:
    """Return a step up to its last equals sign; a list of figures as it is."""
    if "=" not in step:
        return step
    return f"{step.rpartition('=')[0].strip()} = ?" if step.count("=") > 1 else f"{step.partition('=')[0].strip()} = ?"

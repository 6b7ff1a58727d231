"""What a computation returns: the number with its formula, inputs, steps and warnings, or what is missing or wrong."""

from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.metrics.shown import listed

Value = float | list[float] | dict[str, float] | dict[str, str] | dict[str, list[str]] | str


class Series(BaseModel):
    """One line or row of bars of a chart."""

    model_config = ConfigDict(frozen=True)

    name: str
    x: list[float] | list[str]
    y: list[float]
    style: Literal["solid", "dashed", "dotted"] = "solid"


class Mark(BaseModel):
    """A point of a chart that carries a label."""

    model_config = ConfigDict(frozen=True)

    x: float | str
    y: float
    text: str


class Chart(BaseModel):
    """A drawing of a result; `summary` says in a sentence what it shows, for those who do not see it."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["line", "bar", "waterfall"]
    title: str
    x_label: str
    y_label: str
    series: list[Series]
    marks: list[Mark] = Field(default_factory=list)
    summary: str


@dataclass(frozen=True)
class Outcome:
    """What a metric's function works out.

    Attributes:
        value: the main number, in the metric's unit.
        also: further results by name, in snake_case.
        units: unit of each of `also` that has one, in the notation of `Spoken.unit`.
        steps: the calculation, a line for each step, with the numbers put in.
        meaning: a sentence or two that say what the number means to whoever asked.
        warnings: what makes the number doubtful.
        assumptions: what was taken for granted beyond the defaults of inputs.
    """

    value: float
    steps: list[str]
    meaning: str
    also: dict[str, Value] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)


class InputUsed(BaseModel):
    """An input as it was understood."""

    model_config = ConfigDict(frozen=True)

    label: str
    value: Any
    unit: str = ""
    given: str = ""


class Move(BaseModel):
    """What a result becomes when one input is a tenth larger; `share` is its relative change, None from zero."""

    model_config = ConfigDict(frozen=True)

    input: str
    label: str
    value: float
    share: float | None


class MetricResult(BaseModel):
    """A computed metric. `value` is unrounded; `inputs` shows each input as it was understood."""

    metric: str
    name: str
    value: float
    unit: str
    also: dict[str, Value] = Field(default_factory=dict)
    also_units: dict[str, str] = Field(default_factory=dict)
    inputs: dict[str, InputUsed]
    formula: str
    steps: list[str]
    meaning: str
    assumptions: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    moves: list[Move] = Field(default_factory=list)
    note: str = ""
    chart: Chart | None = None


class Wrong(BaseModel):
    """An input that cannot be right, why, and a metric that would work instead, if there is one."""

    model_config = ConfigDict(frozen=True)

    input: str
    reason: str
    instead: str = ""


class MetricMissing(BaseModel):
    """A metric that lacks inputs: what is missing, by label."""

    metric: str
    name: str
    missing: list[str]
    inputs: dict[str, InputUsed] = Field(default_factory=dict)
    formula: str = ""
    note: str = ""


class MetricInvalid(BaseModel):
    """A metric whose inputs cannot be right."""

    metric: str
    name: str
    invalid: list[Wrong]
    inputs: dict[str, InputUsed] = Field(default_factory=dict)
    note: str = ""


class MetricError(ValueError):
    """A computation is refused; the message tells a manager why, `problem` holds it in parts."""

    def __init__(self, problem: MetricMissing | MetricInvalid):
        self.problem = problem
        super().__init__(told(problem))


def told(problem: MetricMissing | MetricInvalid) -> str:
    """Return a problem in a sentence."""
    if isinstance(problem, MetricMissing):
        return f"{problem.name} needs {listed(problem.missing)}."
    return f"{problem.name}: {'; '.join(wrong.reason for wrong in problem.invalid)}."


class Refusal(Exception):  # noqa: N818 - a refusal, not a failure
    """Raised by a metric's function: inputs that contradict one another or that its formula cannot take."""

    def __init__(self, name: str, reason: str, instead: str = ""):
        self.name, self.reason, self.instead = name, reason, instead
        super().__init__(reason)

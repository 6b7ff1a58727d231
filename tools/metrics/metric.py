"""A metric: its names, inputs, formula, unit, function, source and published checks; `metric` registers one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

from tools.metrics.given import Given, Input, inputs_of
from tools.metrics.result import Chart, Outcome

METRICS: dict[str, "Metric"] = {}
AnyGiven = TypeVar("AnyGiven", bound=Given)


@dataclass(frozen=True)
class Scor:
    """The metric's place in the SCOR Digital Standard: its id, and whether the definitions are the same."""

    id: str
    match: Literal["exact", "partial"]


@dataclass(frozen=True)
class Published:
    """A value that somebody published, to check the function against.

    `expected` holds "value" or names of `also`; `within` is the tolerance that the publication's rounding allows,
    relative, or absolute if `absolute`.
    """

    source: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    within: float = 1e-6
    absolute: bool = False


@dataclass(frozen=True)
class Metric:
    """A metric as registered.

    Attributes:
        id: snake_case, used in calls.
        name: as in a heading.
        aliases: what else people call it, English and German.
        family: heading under which forms and documentation show it.
        inputs: pydantic model of the inputs.
        formula: LaTeX without dollar signs.
        unit: of the main value, in the notation of `Spoken.unit`.
        source: where the formula is published.
        note: title of the concept note that explains it.
        scor: SCOR DS id, if there is one.
        period: name of the input whose period the others are brought to, or "longest".
        published: values to check against.
        chart: draws inputs and outcome, where a drawing helps.
        costly: whether one call takes more than about ten milliseconds.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    family: str
    inputs: type[Given]
    formula: str
    unit: str
    calculate: Callable[[Any], Outcome]
    source: str
    note: str
    scor: Scor | None = None
    period: str = "longest"
    published: tuple[Published, ...] = ()
    chart: Callable[[Any, Outcome], Chart | None] | None = None
    costly: bool = False

    @cached_property
    def declared(self) -> dict[str, Input]:
        """Its inputs by name."""
        return inputs_of(self.inputs)

    @cached_property
    def grouped(self) -> frozenset[str]:
        """Its inputs that are needed in some of the ways to give the same only."""
        return frozenset(name for group in self.inputs.either for part in group.alternatives for name in part)

    @property
    def notes(self) -> str:
        """What the function's docstring says."""
        return self.calculate.__doc__ or ""


def metric(
    *,
    id: str,  # noqa: A002 - the contract's word
    name: str,
    family: str,
    unit: str,
    formula: str,
    source: str,
    note: str,
    aliases: tuple[str, ...] = (),
    scor: Scor | None = None,
    period: str = "longest",
    published: tuple[Published, ...] = (),
    chart: Callable[[AnyGiven, Outcome], Chart | None] | None = None,
    costly: bool = False,
) -> Callable[[Callable[[AnyGiven], Outcome]], Callable[[AnyGiven], Outcome]]:
    """Register the function below it as a metric; its parameter's annotation is the model of the inputs.

    Raises:
        ValueError: when the id is taken.
    """

    def register(function: Callable[[AnyGiven], Outcome]) -> Callable[[AnyGiven], Outcome]:
        if id in METRICS:
            raise ValueError(f"two metrics have the id {id!r}; rename one")
        model = next(kind for place, kind in function.__annotations__.items() if place != "return")
        METRICS[id] = Metric(
            id=id,
            name=name,
            aliases=aliases,
            family=family,
            inputs=model,
            formula=formula,
            unit=unit,
            calculate=function,
            source=source,
            note=note,
            scor=scor,
            period=period,
            published=published,
            chart=chart,
            costly=costly,
        )
        return function

    return register

"""A computation as asked: inputs with their units, brought to one period and currency, computed, or refused."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from tools.metrics.backwards import solve
from tools.metrics.compute import compute, lookup, missing, named
from tools.metrics.given import Frame, Input
from tools.metrics.metric import Metric
from tools.metrics.result import InputUsed, MetricError, MetricInvalid, MetricMissing, MetricResult, Wrong
from tools.metrics.sensitivity import moves
from tools.metrics.shown import in_words, number
from tools.metrics.units import PERIODS, Calendar, Unit, UnitError, convert, factor, parse

MOST_MOVES = 3
LEAST_PERCENT = 2.0  # a bare number from here on is a percentage; 1.2 may be either, and is refused
Answered = MetricResult | MetricMissing | MetricInvalid


class Stated(BaseModel):
    """An input as somebody states it.

    `unit` is written like "item/week", "USD/item/year", "%", "day"; "" where none was said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    value: Any
    unit: str = ""


class Request(BaseModel):
    """A call of a metric by somebody who states units.

    `unit` is the unit that the result is wanted in, "" for the metric's own. With `target`, the value that the metric
    is to have, the input `solve_for` is solved for instead. `before` is an earlier result to compare with. With
    `check`, the inputs are understood and their bounds checked, and no result is given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    inputs: list[Stated]
    unit: str = ""
    solve_for: str = ""
    target: float | None = None
    target_unit: str = ""
    before: float | None = None
    check: bool = False
    days_a_year: float = 365.0
    days_a_week: float = 7.0

    @property
    def calendar(self) -> Calendar:
        """The days that are counted."""
        stated = self.days_a_year != 365.0 and self.days_a_week != 7.0
        weeks = self.days_a_year / self.days_a_week if stated else 52.0
        return Calendar(self.days_a_year, self.days_a_week, weeks)


def answer(request: Request, *, chart: bool = False) -> Answered:
    """Compute what is asked, or say what is missing or wrong.

    Raises:
        KeyError: when there is no such metric.
    """
    entry = lookup(request.metric)
    try:
        return _Call(entry, request).run(chart)
    except _Stop as stop:
        return stop.problem
    except MetricError as error:
        return error.problem
    except UnitError as error:
        wrong = Wrong(input=request.solve_for, reason=str(error))
        return MetricInvalid(metric=entry.id, name=entry.name, invalid=[wrong], note=entry.note)


class _Stop(Exception):  # noqa: N818 - carries an answer
    def __init__(self, problem: MetricMissing | MetricInvalid):
        self.problem = problem


class _Call:
    """One request while it is brought into shape."""

    def __init__(self, entry: Metric, request: Request):
        self.entry, self.request = entry, request
        self.calendar = request.calendar
        self.assumptions: list[str] = []
        self.used: dict[str, InputUsed] = {}
        self.stated = {part.name: part for part in request.inputs if part.value is not None}
        self.units = {part.name: self._unit(part) for part in self.stated.values()}
        self._share_time()

    def run(self, chart: bool) -> Answered:
        frame = Frame(self._period(), self._money(), self.calendar.days_a_year)
        values = {name: self._value(part, frame) for name, part in self.stated.items()}
        if self.request.target is not None and self.request.solve_for in self.entry.declared:
            return self._solved(values, frame)
        lacking = missing(self.entry, values)
        unclear = self._without_time(frame)
        if lacking or unclear:
            self._check_bounds(values)
            return self._without_result([*lacking, *unclear])
        try:
            result = compute(self.entry.id, frame=frame, chart=chart, **values)
        except MetricError as error:
            problem = error.problem
            raise _Stop(problem.model_copy(update={"inputs": self.used})) from None
        if self.request.check:
            return self._without_result([])
        inputs = {name: self.used.get(name, used) for name, used in result.inputs.items()}
        assumptions = [*result.assumptions, *self.assumptions]
        found = moves(result, values, frame)[:MOST_MOVES]
        result = result.model_copy(update={"inputs": inputs, "assumptions": assumptions, "moves": found})
        return self._compared(self._packed(self._wanted(result)))

    def _without_result(self, lacking: list[str]) -> MetricMissing:
        return MetricMissing(
            metric=self.entry.id,
            name=self.entry.name,
            missing=lacking,
            inputs=self.used,
            formula=self.entry.formula,
            note=self.entry.note,
        )

    def _packed(self, result: MetricResult) -> MetricResult:
        """Add the result in the packs (dozens) that the inputs were counted in."""
        packs = {name for unit in self.units.values() for name in unit.powers if factor(name, "item", self.calendar)}
        also = {
            f"in_{name}": result.value / (factor(name, "item", self.calendar) or 1.0)
            for name in packs
            if result.unit == "item" and factor(name, "item", self.calendar) != 1.0
        }
        return result.model_copy(update={"also": {**result.also, **also}}) if also else result

    def _compared(self, result: MetricResult) -> MetricResult:
        """Add what changed against an earlier result, given in the unit that this one has."""
        before = self.request.before
        if before is None or before == result.value:
            return result
        change = result.value - before
        also: dict[str, Any] = {**result.also, "before": before, "change": change}
        if before:
            also["change_share"] = change / abs(before)
        units = {**result.also_units, "before": result.unit, "change": result.unit, "change_share": "fraction"}
        return result.model_copy(update={"also": also, "also_units": units})

    def _solved(self, values: dict[str, Any], frame: Frame) -> Answered:
        said = parse(self.request.target_unit)
        target = float(self.request.target or 0.0)
        if self.entry.unit.startswith("fraction"):
            target = target / 100 if said.percent or LEAST_PERCENT <= target <= 100 else target
        else:
            target, _ = convert(target, said, parse(named(self.entry.unit, frame)), self.calendar)
        result = solve(self.entry.id, self.request.solve_for, target, frame=frame, **values)
        inputs = {name: self.used.get(name, used) for name, used in result.inputs.items() if name in self.stated}
        assumptions = [*result.assumptions, *self.assumptions]
        return self._wanted(result.model_copy(update={"inputs": inputs, "assumptions": assumptions}))

    def _check_bounds(self, values: dict[str, Any]) -> None:
        """Refuse what cannot be right even while something is missing."""
        try:
            compute(self.entry.id, **values)
        except MetricError as error:
            if isinstance(error.problem, MetricInvalid):
                raise _Stop(error.problem.model_copy(update={"inputs": self.used})) from None

    def _unit(self, part: Stated) -> Unit:
        try:
            return parse(part.unit)
        except UnitError as error:
            raise self._stop(part.name, str(error)) from None

    def _share_time(self) -> None:
        """Take a time without a unit to be counted like the other times of the call, if those agree."""
        times = {
            name for name in self.units if name in self.entry.declared and self._declared(name).said.unit == "period"
        }
        said = {self.units[name].time for name in times} - {""}
        for name in times:
            if len(said) == 1 and not self.units[name].time and not self.units[name].powers:
                unit = next(iter(said))
                self.units[name] = parse(unit)
                self._assume(f"{self._declared(name).said.label} is in {unit}s")

    def _stop(self, name: str, reason: str) -> _Stop:
        problem = MetricInvalid(
            metric=self.entry.id,
            name=self.entry.name,
            invalid=[Wrong(input=name, reason=reason)],
            inputs=self.used,
            note=self.entry.note,
        )
        return _Stop(problem)

    def _money(self) -> str:
        said = {unit.currency: name for name, unit in self.units.items() if unit.currency}
        if len(said) > 1:
            listed = " and ".join(sorted(said))
            reason = f"amounts are in {listed}, and no exchange rate is known here; give them in one currency"
            raise self._stop(list(said.values())[-1], reason)
        return next(iter(said), "")

    def _period(self) -> str:
        """Return the period that all rates and times are brought to; "period" if none was said."""
        timed = {
            name: said
            for name, unit in self.units.items()
            if name in self.entry.declared and (said := _said_period(unit, self._declared(name).said.unit))
        }
        if self.entry.period in timed:
            return timed[self.entry.period]
        rates = [period for name, period in timed.items() if "/" in self._declared(name).said.unit]
        of_shares = [timed[name] for name in timed if "fraction" in self._declared(name).said.unit]
        pure = [period for period in rates if period not in of_shares] or rates or list(timed.values())
        if (
            not pure
            and self.entry.unit in PERIODS
            and any("item/period" in self._declared(n).said.unit for n in self.stated if n in self.entry.declared)
        ):
            return "period"
        if not pure and "days_in_period" in self.entry.declared and "days_in_period" not in self.stated:
            self._assume("the figures are for a year")
            return "year"
        return max(pure, key=PERIODS.index, default="period")

    def _declared(self, name: str) -> Input:
        return self.entry.declared[name]

    def _value(self, part: Stated, frame: Frame) -> Any:
        declared = self.entry.declared.get(part.name)
        if declared is None:
            return part.value
        unit = self.units[part.name]
        if declared.shape not in ("number", "series", "map"):
            self.used[part.name] = InputUsed(label=declared.said.label, value=part.value)
            return part.value
        value = self._each(part, declared, unit, frame)
        shown = named(declared.said.unit, frame)
        changed = value != part.value
        given = f"{number(part.value)} {in_words(part.unit)}".strip() if changed and _number(part.value) else ""
        if unit.percent and _number(part.value):
            given = f"{number(part.value)} %"
        self.used[part.name] = InputUsed(label=declared.said.label, value=value, unit=shown, given=given)
        return value

    def _each(self, part: Stated, declared: Input, unit: Unit, frame: Frame) -> Any:
        def one(value: Any) -> Any:
            return self._converted(part, float(value), declared, unit, frame) if _number(value) else value

        if isinstance(part.value, list | tuple):
            values: Any = [one(value) for value in part.value]
        elif isinstance(part.value, dict):
            values = {str(name): one(value) for name, value in part.value.items()}
        else:
            values = one(part.value)
        return values

    def _converted(self, part: Stated, value: float, declared: Input, unit: Unit, frame: Frame) -> float:
        canonical = declared.said.unit
        if canonical.startswith("fraction"):
            value = value / 100 if unit.percent or LEAST_PERCENT <= value <= 100 else value
        elif unit.percent:
            raise self._stop(part.name, f"{declared.said.label} is not a share, but it is given as {number(value)} %")
        wanted = parse(canonical.replace("period", frame.period))
        try:
            converted, unsaid = convert(value, unit, wanted, self.calendar)
        except UnitError as error:
            asked = in_words(canonical, frame.period, frame.money) or "a plain number"
            reason = f"{declared.said.label} is counted in {asked}, but is given in {in_words(part.unit)}: {error}"
            raise self._stop(part.name, reason) from None
        for name in unsaid:
            if name == canonical:
                continue
            if canonical.startswith("fraction"):
                converted *= factor(name, "year", self.calendar) or 1.0
                self._assume(f"{declared.said.label} is a year's")
            elif canonical != "period":
                self._assume(f"{declared.said.label} is per {name}")
        return converted

    def _assume(self, text: str) -> None:
        if text not in self.assumptions:
            self.assumptions.append(text)

    def _without_time(self, frame: Frame) -> list[str]:
        """Return the times whose unit was not said though others have one."""
        if frame.period == "period":
            if self.entry.unit not in (*PERIODS, "period"):
                return []
            return [
                f"the period of {self._declared(name).said.label} ({number(part.value)} a day, week, month or year?)"
                for name, part in self.stated.items()
                if name in self.entry.declared
                and "item/period" in self._declared(name).said.unit
                and _number(part.value)
            ]
        return [
            f"the unit of {self._declared(name).said.label} ({number(part.value)} days, weeks or months?)"
            for name, part in self.stated.items()
            if name in self.entry.declared
            and self._declared(name).said.unit == "period"
            and not self.units[name].period
            and _number(part.value)
            and part.value != 0
        ]

    def _wanted(self, result: MetricResult) -> MetricResult:
        """Bring the result to the unit that was asked for, if it can be."""
        if not self.request.unit or self.request.unit in ("%", result.unit):
            return result
        wanted = parse(self.request.unit)
        others = [name for name in result.also_units if isinstance(result.also.get(name), float)]
        exact = [name for name in others if result.also_units[name] == self.request.unit and "/" in result.unit]
        for name in (*exact, "", *others):
            own = parse(result.also_units[name] if name else result.unit)
            before = result.also[name] if name else result.value
            try:
                value, _ = convert(float(before), own, _completed(wanted, own), self.calendar)  # type: ignore[arg-type]
            except UnitError:
                continue
            return self._converted_result(result, name, value, _written(_completed(wanted, own), own))
        return result

    def _converted_result(self, result: MetricResult, name: str, value: float, unit: str) -> MetricResult:
        """Return a result with another of its numbers, or its own in another unit, in front."""
        if not name and value == result.value:
            return result
        before = float(result.also[name]) if name else result.value  # type: ignore[arg-type]
        before_unit = result.also_units[name] if name else result.unit
        said = name.replace("_", " ") or result.name
        line = f"{said}: {number(before)} {in_words(before_unit)} = {number(value)} {in_words(unit)}"
        scale = value / before if before else 1.0
        moved = [] if name else [move.model_copy(update={"value": move.value * scale}) for move in result.moves]
        return result.model_copy(
            update={
                "value": value,
                "unit": unit,
                "also": {**result.also, result.metric: result.value},
                "also_units": {**result.also_units, result.metric: result.unit},
                "steps": [*result.steps, line] if before != value else result.steps,
                "moves": moved,
            }
        )


def _completed(wanted: Unit, own: Unit) -> Unit:
    """Return the wanted unit with what it leaves unsaid taken from the result's own: a "week" of "item/year"."""
    powers = dict(own.powers)
    for name, power in wanted.powers.items():
        like = next((part for part in powers if factor(part, name, Calendar()) is not None), None)
        if like is None:
            raise UnitError(f"the result is not in {name}")
        sign = 1 if powers[like] > 0 else -1
        powers = {
            name if part == like else part: (sign * abs(power) if part == like else value)
            for part, value in powers.items()
        }
    return Unit(powers, currency=own.currency)


def _written(unit: Unit, own: Unit) -> str:
    names = {"money": own.currency or "money"}
    over = [names.get(name, name) for name, power in unit.powers.items() if power > 0]
    under = [names.get(name, name) for name, power in unit.powers.items() if power < 0]
    return "/".join(["*".join(over) or "1", *under])


def _said_period(unit: Unit, canonical: str) -> str:
    """Return the period that a stated unit gives for the `period` of a canonical one, or ""."""
    if "/period" in canonical:
        return unit.per
    return unit.time if canonical.startswith("period") else ""


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

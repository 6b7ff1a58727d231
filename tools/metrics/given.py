"""What a metric is given: inputs with a label, a unit, bounds and the words that people use for them."""

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, JsonValue, PrivateAttr
from pydantic.fields import FieldInfo

LARGEST = 1e15
NO_CURRENCY = "\N{CURRENCY SIGN}"


@dataclass(frozen=True)
class Spoken:
    """An input as it is called.

    Attributes:
        label: its name in a sentence, without an article ("average inventory").
        unit: canonical unit; factors `item`, `money`, `period`, `order` and those of `units.txt`, joined by / and *,
            `fraction` for a share that people also give in percent, or "" for a plain number. `period` is whatever
            period a call uses throughout (a year, a week).
        words: what people write for it, in English and German, likeliest first.
        symbols: letters of textbooks, told apart by case ("D", "σ").
        because: why its bounds are what they are, to be added to an error.
    """

    label: str
    unit: str = ""
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    because: str = ""

    def also(self, *words: str, **changes: Any) -> "Spoken":
        """Return it with more words before its own, and other attributes changed."""
        return replace(self, words=(*words, *self.words), **changes)


def quantity(said: Spoken, *, default: Any = ..., assumed: str = "", unbounded: bool = False, **bounds: Any) -> Any:
    """Declare an input of a metric.

    `bounds` are pydantic's (gt, ge, lt, le, min_length, max_length). With a `default`, the input may be left out:
    `assumed` then says in words what is taken instead ("365 days a year"), and is shown; without it, nothing is taken.
    Choices and flags are `unbounded`.
    """
    if not ({"min_length", "max_length"} & bounds.keys()) and not unbounded:
        if "lt" not in bounds and "le" not in bounds:
            bounds["le"] = LARGEST
        if "gt" not in bounds and "ge" not in bounds:
            bounds["ge"] = -LARGEST
    extra: dict[str, JsonValue] = {"unit": said.unit}
    if assumed:
        extra["assumed"] = assumed
    shown: FieldInfo = Field(
        default,
        title=said.label,
        description=f"{said.label}, in {said.unit}" if said.unit else said.label,
        json_schema_extra=extra,
        **bounds,
    )
    shown.metadata.append(_Declared(said, assumed))
    return shown


DAYS = {"year": 365.0, "quarter": 365 / 4, "month": 365 / 12, "week": 7.0, "day": 1.0}


@dataclass(frozen=True)
class _Declared:
    """What `quantity` leaves on a field."""

    said: Spoken
    assumed: str


@dataclass(frozen=True)
class Frame:
    """What a call's numbers are counted in.

    Attributes:
        period: the period of rates ("year", "week"), or "period" if none was said.
        money: currency code, or "" if none was said.
        days_a_year: the days that a year is counted with.
    """

    period: str = "period"
    money: str = ""
    days_a_year: float = 365.0


class Given(BaseModel):
    """The inputs of one call; a metric's inputs derive from it."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, strict=True)

    either: ClassVar[tuple["Either", ...]] = ()
    _frame: Frame = PrivateAttr(default_factory=Frame)

    @property
    def period(self) -> str:
        """The period of rates, for sentences: "year", or "period" if none was said."""
        return self._frame.period

    @property
    def money(self) -> str:
        """The currency's code, or the sign of no currency if none was said; results leave that sign out."""
        return self._frame.money or NO_CURRENCY

    def days(self, stated: float | None) -> tuple[float, list[str]]:
        """Return the days of the period, as stated or of its name, and what was assumed for that."""
        if stated is not None:
            return stated, []
        year = self._frame.days_a_year
        days = DAYS.get(self.period, DAYS["year"])
        if self.period not in ("week", "day"):
            days *= year / DAYS["year"]
        return days, [f"{year:g} days a year"]

    def within(self, frame: Frame) -> None:
        """Set what the numbers are counted in."""
        self._frame = frame


@dataclass(frozen=True)
class Either:
    """Inputs of which one alternative is needed, such as the holding cost, or the unit cost and a rate."""

    alternatives: tuple[tuple[str, ...], ...] = field(default=())


def either(*alternatives: str | tuple[str, ...]) -> Either:
    """Declare alternatives: each the name of an input, or of several that are needed together."""
    return Either(tuple((part,) if isinstance(part, str) else part for part in alternatives))


@dataclass(frozen=True)
class Input:
    """An input as declared: for forms, documentation, understanding and errors.

    `shape` is "number", "series" (list of numbers), "map" (name to number), "text" or "flag".
    """

    name: str
    said: Spoken
    shape: str
    required: bool
    assumed: str
    low: float | None
    above: float | None
    high: float | None
    below: float | None
    choices: tuple[str, ...] = ()
    default: Any = None

    @property
    def bound(self) -> str:
        """Its bounds in words ("above 0 and at most 1")."""
        parts = [
            *([f"above {self.above:g}"] if self.above is not None else []),
            *([f"at least {self.low:g}"] if self.low is not None and self.low > -LARGEST else []),
            *([f"below {self.below:g}"] if self.below is not None else []),
            *([f"at most {self.high:g}"] if self.high is not None and self.high < LARGEST else []),
        ]
        return " and ".join(parts) or f"between -{LARGEST:g} and {LARGEST:g}"


def inputs_of(model: type[Given]) -> dict[str, Input]:
    """Return the declared inputs of a model by name."""
    return {name: _input(name, info) for name, info in model.model_fields.items()}


def _input(name: str, info: FieldInfo) -> Input:
    declared = next(part for part in info.metadata if isinstance(part, _Declared))
    bounds = {
        kind: getattr(part, kind) for part in info.metadata for kind in ("ge", "gt", "le", "lt") if hasattr(part, kind)
    }
    shape, choices = _shape(info.annotation)
    return Input(
        name=name,
        said=declared.said,
        shape=shape,
        required=info.is_required(),
        assumed=declared.assumed,
        low=bounds.get("ge"),
        above=bounds.get("gt"),
        high=bounds.get("le"),
        below=bounds.get("lt"),
        choices=choices,
        default=None if info.is_required() else info.default,
    )


def _shape(annotation: Any) -> tuple[str, tuple[str, ...]]:
    options = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is Literal:
        return "text", tuple(str(option) for option in options)
    if type(None) in get_args(annotation) and len(options) == 1:
        return _shape(options[0])
    plain = get_origin(annotation) or annotation
    return {list: "series", dict: "map", bool: "flag", str: "text"}.get(plain, "number"), ()

"""Numbers of the notes beside the calculation they follow from: read from YAML, worked out, compared."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from tests.knowledge.arithmetic import work_out
from tools.metrics import compute

FOLDER = Path(__file__).parent / "examples"
NEAR = 0.05
"""How far off a number may be, as a share, that the note calls "about"."""
FAR = 0.5
"""How far, as a share, a number may lie beyond the bound that the note gives ("under 2%")."""

_DIGITS = r"\d+(?:(?:,|\{,\})\d{3})*(?:\.\d+)?|\.\d+"
_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100, "once": 1, "twice": 2, "double": 2,
    "doubles": 2, "triple": 3, "triples": 3, "half": 0.5, "halves": 0.5, "a third": 1 / 3, "a quarter": 0.25,
    "a fifth": 0.2, "a sixth": 1 / 6, "a tenth": 0.1, "two thirds": 2 / 3, "three quarters": 0.75,
}  # fmt: skip
_COUNTS = frozenset(list(_WORDS)[: list(_WORDS).index("a hundred") + 1])
"""Words that count; the others are ratios, which are checked to half a percent."""
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<minus>minus |[-−](?=[\d.]))?(?P<digits>{_DIGITS})(?P<scale> (?:{'|'.join(_SCALES)})\b)?"
)
_WORD = re.compile(rf"\b(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_UNIT = r"(?:(?:USD|EUR|GBP|CHF|CNY|JPY|INR|a|an|the|only|just) |[$€£\\(]|by )*$"
_ABOUT = re.compile(rf"\b(?:about|almost|nearly|roughly|around|some|close to|approximately) {_UNIT}", re.IGNORECASE)
_UNDER = re.compile(rf"\b(?:under|below|less than|fewer than|up to|at most) {_UNIT}", re.IGNORECASE)
_OVER = re.compile(rf"\b(?:over|above|more than|at least) {_UNIT}", re.IGNORECASE)


def _text(value: Any) -> Any:
    return value if isinstance(value, bool) or not isinstance(value, int | float) else str(value)


Text = Annotated[str, BeforeValidator(_text)]


class Entry(BaseModel):
    """A number of a note, in its words, and the metric or sum that it follows from.

    Attributes:
        note: the note's title.
        shown: words as they stand in the note; the first number in them is checked.
        metric: id of the metric that computes it, with `inputs`; a text that begins with = is a sum.
        output: `value`, or a name of the result's `also`; an item of a list or map follows after a dot.
        sum: the calculation in place of a metric.
        times: a factor from the computed unit to the shown one, 100 for percent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    note: str
    shown: Text
    metric: str | None = None
    inputs: dict[str, Any] = {}
    output: Text = "value"
    sum: Text | None = None
    times: float = 1

    @model_validator(mode="after")
    def _one_calculation(self) -> "Entry":
        if (self.metric is None) == (self.sum is None):
            raise ValueError("give either metric and inputs, or sum")
        if self.sum is not None and (self.inputs or self.output != "value"):
            raise ValueError("inputs and output belong to a metric, not to a sum")
        return self

    def worked_out(self) -> float:
        """Return the number, unrounded.

        Raises:
            ValueError: when the sum or the metric cannot be computed.
            KeyError: when there is no such metric or output.
        """
        if self.sum is not None:
            return self.times * work_out(self.sum)
        result = compute(str(self.metric), **{name: _input(value) for name, value in self.inputs.items()})
        first, *path = self.output.split(".")
        found: Any = result.value if first == "value" else result.also[first]
        for step in path:
            found = found[int(step)] if isinstance(found, list) else found[step]
        return self.times * float(found)


def _input(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("="):
        return work_out(value[1:])
    if isinstance(value, list):
        return [_input(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _input(item) for name, item in value.items()}
    return value


@dataclass(frozen=True)
class Claim:
    """A number as a note shows it: its value, half a unit of its last digit, and the word before it."""

    value: float
    half_digit: float
    hedge: str = ""

    def holds(self, worked_out: float) -> bool:
        """Tell whether a worked out number may be shown like this."""
        above, slack = worked_out - self.value, 1e-9 * abs(self.value) + 1e-12
        if self.hedge == "under":
            return -FAR * abs(self.value) <= above <= slack
        if self.hedge == "over":
            return -slack <= above <= FAR * abs(self.value)
        return abs(above) <= slack + (max(self.half_digit, NEAR * abs(self.value)) if self.hedge else self.half_digit)


def claim(shown: str, before: str = "") -> Claim:
    """Read the first number of some words; `before` is what stands before them in the note.

    Raises:
        ValueError: when there is none.
    """
    text = folded(shown)
    number, word = _NUMBER.search(text), _WORD.search(text)
    found = number or word
    if found is None:
        raise ValueError(f"{shown!r} holds no number")
    leading = folded(f"{before} ")[-60:] + text[: found.start()]
    hedge = next(
        (name for name, cue in {"about": _ABOUT, "under": _UNDER, "over": _OVER}.items() if cue.search(leading)), ""
    )
    if number is None:
        value = float(_WORDS[found["word"].lower()])
        return Claim(value, 0.5 if found["word"].lower() in _COUNTS else 0.005 * value, hedge)
    digits = number["digits"].replace("{,}", "").replace(",", "")
    scale = _SCALES[number["scale"].strip()] if number["scale"] else 1.0
    sign = -1 if number["minus"] else 1
    return Claim(sign * float(digits) * scale, scale * 0.5 * 10.0 ** -len(digits.partition(".")[2]), hedge)


def folded(text: str) -> str:
    """Return a text with each run of white space as one space."""
    return re.sub(r"\s+", " ", text)


def standing(shown: str, text: str) -> list[str]:
    """Return what stands before some words, for each place of a folded text where they stand and cut no number."""
    words = folded(shown).strip()
    start = r"(?<![\w.,])" if words[0].isalnum() else ""
    end = r"(?!\w|[.,]\d)" if words[-1].isalnum() else r"(?!\d)"
    return [text[: found.start()] for found in re.finditer(start + re.escape(words) + end, text)]


def disagreement(entry: Entry, text: str) -> str | None:
    """Return what is wrong with an entry, given the folded text of its note; None when it agrees."""
    places = standing(entry.shown, text)
    if not places:
        return f"{entry.note}: {entry.shown!r} does not stand in the note word by word"
    try:
        worked_out = entry.worked_out()
        claims = [claim(entry.shown, before) for before in places]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        return f"{entry.note}: {entry.shown!r}: {error}"
    if any(one.holds(worked_out) for one in claims):
        return None
    return f"{entry.note}: {entry.shown!r} is {worked_out:.10g} when worked out"


def load_entries(folder: Path = FOLDER) -> tuple[dict[str, list[Entry]], list[str]]:
    """Return the entries by note, and what cannot be read with its file and remedy."""
    entries: dict[str, list[Entry]] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name.startswith("none"):
            continue
        try:
            raw = yaml.safe_load(path.read_text("utf-8")) or []
        except yaml.YAMLError as error:
            problems.append(f"{path.name} is no YAML: {error}")
            continue
        if not isinstance(raw, list):
            problems.append(f"{path.name} must be a list of entries that begin with - note:")
            continue
        for item in raw:
            try:
                entry = Entry.model_validate(item)
            except ValidationError as error:
                problems.append(f"{path.name}, {item!r:.120}: {error.errors()[0]['loc']} {error.errors()[0]['msg']}")
            else:
                entries.setdefault(entry.note, []).append(entry)
    return entries, problems


def load_reasons(folder: Path = FOLDER) -> dict[str, str]:
    """Return the notes without a number that follows from others, and why each has none."""
    reasons: dict[str, str] = {}
    for path in sorted(folder.glob("none*.yaml")):
        reasons |= yaml.safe_load(path.read_text("utf-8")) or {}
    return reasons

"""What the chat shows of a computation beside the answer's text: what ran, its chart, and the way to its form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError

from assistant.pages.runs import ToolRun
from tools.metrics import METRICS, MetricMissing, MetricResult
from tools.metrics.given import Frame
from tools.metrics.request import Answered, Request, answer
from tools.metrics.result import Chart, InputUsed
from tools.metrics.shown import in_words, number, percent
from tools.metrics.units import PERIODS

TOOL = "compute_metric"
MOST_CHARTS = 3
LONGEST_ADDRESS = 4000
MOST_SHOWN = 12
FULL = 15  # significant digits of a value in full
_BOLD = re.compile(r"\*\*([^*\n]{1,28})\*\*")
_OUTCOME = re.compile(r"^\*\*= [^\n]*$", re.MULTILINE)
_PERCENT = re.compile(r"(?<=\d) (?=%)")


@dataclass(frozen=True)
class Computed:
    """A computation of a turn, worked out again to be shown."""

    request: Request
    found: Answered


def computed(tool: ToolRun) -> Computed | None:
    """Return the computation that a tool was asked for; None if it is another tool or cannot be read."""
    if tool.tool != TOOL:
        return None
    try:
        request = Request.model_validate(tool.args)
        return Computed(request, _answered(request.model_dump_json()))
    except (ValidationError, KeyError, ValueError, TypeError):
        return None


@lru_cache(maxsize=256)
def _answered(request: str) -> Answered:
    return answer(Request.model_validate_json(request), chart=True)


def charts(tools: Sequence[ToolRun]) -> list[Chart]:
    """Return the charts of a turn's computations."""
    found = [one.found for one in map(computed, tools) if one]
    drawn = [result.chart for result in found if isinstance(result, MetricResult) and result.chart]
    return drawn[:MOST_CHARTS]


def title(tool: ToolRun) -> str | None:
    """Say what was worked out: 'Worked out inventory turnover'; None if the tool is another one."""
    one = computed(tool)
    if one is None:
        return None
    name = one.found.name[:1].lower() + one.found.name[1:] if one.found.name[1:2].islower() else one.found.name
    if not tool.finished:
        return f"Working out {name}\N{HORIZONTAL ELLIPSIS}"
    if tool.failed:
        return f"Could not work out {name}"
    return f"{'Worked out' if isinstance(one.found, MetricResult) else 'Checked the inputs of'} {name}"


def details(tool: ToolRun) -> list[tuple[str, str]] | None:
    """Return what went in and what came out, as terms and their descriptions; None if the tool is another one."""
    one = computed(tool)
    if one is None:
        return None
    rows = [(used.label, _used(used)) for used in one.found.inputs.values()]
    if isinstance(one.found, MetricResult):
        rows.append(("result", shown_amount(one.found.value, one.found.unit)))
        rows.append(("in full precision", f"{one.found.value:.{FULL}g}"))
    elif isinstance(one.found, MetricMissing):
        rows += [("missing", "; ".join(one.found.missing))] if one.found.missing else []
    else:
        rows += [("cannot be right", wrong.reason) for wrong in one.found.invalid]
    return rows


def form_addresses(tools: Sequence[ToolRun]) -> list[tuple[str, str]]:
    """Return name and address of the form of each metric that was worked out, its inputs filled in; no name twice."""
    found = [one.found for one in map(computed, tools) if one]
    addresses = {
        result.name: form_address(result.metric, result.inputs) for result in found if isinstance(result, MetricResult)
    }
    return list(addresses.items())[:MOST_CHARTS]


def form_address(metric: str, inputs: Mapping[str, InputUsed]) -> str:
    """Return the address of a metric's form with inputs that are in the metric's own units."""
    frame = frame_of(metric, inputs)
    fields = {name: field_text(used) for name, used in inputs.items() if name in METRICS[metric].declared}
    parts = {"metric": metric, "period": frame.period, "money": frame.money or "money", **fields}
    for name, used in inputs.items():
        if METRICS[metric].declared[name].said.unit == "period" and used.unit in PERIODS:
            parts[f"{name}.unit"] = used.unit
    address = f"/metrics?{urlencode(parts)}"
    return address if len(address) <= LONGEST_ADDRESS else f"/metrics?metric={metric}"


def frame_of(metric: str, inputs: Mapping[str, InputUsed]) -> Frame:
    """Return the period and the currency that inputs are counted in, found back from their units."""
    period, money = "period", ""
    for name, used in inputs.items():
        canonical = METRICS[metric].declared[name].said.unit
        for part, said in zip(re.split(r"[/*]", canonical), re.split(r"[/*]", used.unit), strict=False):
            if part == "money" and said != "money":
                money = said
            if part == "period" and said in PERIODS:
                period = said
    return Frame(period, money)


def field_text(used: InputUsed) -> str:
    """Return an input as it stands in a form's box, without rounding."""
    value, share = used.value, used.unit.startswith("fraction")
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {_exact(amount, share)}" for name, amount in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_exact(amount, share) for amount in value)
    return _exact(value, share) if isinstance(value, int | float) else str(value)


def _exact(value: float, share: bool) -> str:
    text = f"{100 * value if share else value:.{FULL}g}"
    plain = text if "e" not in text else repr(float(text))
    return f"{plain}%" if share else plain


def shown_amount(value: Any, unit: str, period: str = "period", money: str = "") -> str:
    """Return a value with its unit for readers: 0.87 of "fraction" is "87 %"."""
    if isinstance(value, Mapping):
        parts = [
            f"{name}: {shown_amount(part, unit, period, money)}" for name, part in list(value.items())[:MOST_SHOWN]
        ]
        return "; ".join([*parts, *(["\N{HORIZONTAL ELLIPSIS}"] if len(value) > MOST_SHOWN else [])])
    if isinstance(value, list | tuple):
        parts = [shown_amount(part, "") for part in value[:MOST_SHOWN]]
        more = ["\N{HORIZONTAL ELLIPSIS}"] if len(value) > MOST_SHOWN else []
        return f"{', '.join([*parts, *more])} {unit_words(unit, period, money)}".strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return str(value)
    if unit.startswith("fraction"):
        return f"{percent(value)} {unit_words(unit.replace('fraction', '1', 1), period, money)}".strip()
    words = unit_words(unit, period, money)
    single = words[:-1] if value == 1 and words.endswith("s") and " " not in words else words
    return f"{number(value)} {single}".strip()


def unit_words(unit: str, period: str = "period", money: str = "") -> str:
    """Return a unit in words; a standard deviation's root of time is that of a period."""
    return in_words(unit.replace("**0.5", ""), period, money)


def worked(text: str) -> str:
    """Set a reply that computes so that its result stands out and no amount is parted from its unit."""
    text = _OUTCOME.sub(lambda found: f'<div class="outcome">\n\n{found[0]}\n\n</div>', text)
    text = _BOLD.sub(lambda found: f"**{found[1].replace(' ', chr(0xA0))}**", text)
    return f'<div class="worked">\n\n{_PERCENT.sub(chr(0xA0), text)}\n\n</div>'


def _used(used: InputUsed) -> str:
    shown = shown_amount(used.value, used.unit)
    return f"{shown} (given as {used.given})" if used.given and used.given != shown else shown

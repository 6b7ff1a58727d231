"""Works out what stands in a metric's form, and writes the result, or what is missing or wrong, as Markdown."""

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assistant.pages.computed import FULL, shown_amount
from assistant.pages.markup import literal
from assistant.pages.metric_fields import Typed, UnreadableError, read
from tools.metrics import Metric, MetricInvalid, MetricResult
from tools.metrics.request import Answered, Request, Stated, answer
from tools.metrics.result import Chart
from tools.metrics.shown import percent

MOST_ALSO = 12
LONGEST_STEP = 600
CORRECT = "Correct what is marked in the form."


@dataclass(frozen=True)
class Worked:
    """A form worked out: what the page says of each input, the answer, and the inputs as stated."""

    entry: Metric
    errors: dict[str, str]
    stated: tuple[Stated, ...] = ()
    found: Answered | None = None
    reads: dict[str, str] = field(default_factory=dict)

    @property
    def chart(self) -> Chart | None:
        """The drawing, if there is a result with one."""
        return self.found.chart if isinstance(self.found, MetricResult) else None


def work_out(entry: Metric, typed: Typed) -> Worked:
    """Read a form and compute it, so far as it can be."""
    errors: dict[str, str] = {}
    stated: list[Stated] = []
    for name, declared in entry.declared.items():
        try:
            part = read(declared, typed)
        except UnreadableError as error:
            errors[name] = str(error)
            continue
        if part is not None:
            stated.append(part)
    if errors:
        return Worked(entry, errors, tuple(stated))
    found = answer(Request(metric=entry.id, inputs=stated), chart=True)
    if isinstance(found, MetricInvalid):
        errors = {wrong.input or "": wrong.reason for wrong in found.invalid}
    reads = {
        name: shown_amount(used.value, used.unit)
        for name, used in found.inputs.items()
        if isinstance(used.value, int | float) and not isinstance(used.value, bool)
    }
    return Worked(entry, errors, tuple(stated), found, reads)


def result_markdown(worked: Worked, what_if: str = "") -> str:
    """Return the result with its formula, and hidden below it what the page's script says at the inputs."""
    found = worked.found
    if isinstance(found, MetricResult):
        parts = list(_result(found))
    else:
        parts = [f"$${worked.entry.formula}$$".replace("$$", "\\[", 1).replace("$$", "\\]", 1), _lack(worked)]
    return "\n\n".join([*parts, _told(worked, what_if)])


def _result(found: MetricResult) -> Iterator[str]:
    yield (
        f'<p class="result-value"><b>{html.escape(shown_amount(found.value, found.unit))}</b> '
        f'<span class="result-full">{html.escape(f"{found.value:.{FULL}g}")} in full precision</span></p>'
    )
    yield f'<p class="result-meaning">{literal(found.meaning)}</p>'
    yield from (f'<p class="aside"><b>Careful:</b> {literal(warning)}</p>' for warning in found.warnings)
    yield f"\\[{html.escape(found.formula, quote=False)}\\]"
    steps = "".join(f"<li>{literal(_shortened(step))}</li>" for step in found.steps)
    yield f'<ul class="steps">{steps}</ul>'
    also = [(name, value) for name, value in found.also.items() if name != "percent"][:MOST_ALSO]
    if also:
        rows = "".join(
            f"<div><dt>{html.escape(name.replace('_', ' '))}</dt>"
            f"<dd>{literal(_shortened(_also(value, found.also_units.get(name, ''))))}</dd></div>"
            for name, value in also
        )
        yield f'<dl class="also">{rows}</dl>'
    if found.assumptions:
        yield f'<p class="assumed"><b>Assumed:</b> {literal("; ".join(found.assumptions))}.</p>'


def _also(value: object, unit: str) -> str:
    if isinstance(value, Mapping) and any(isinstance(part, list) for part in value.values()):
        return "; ".join(f"{name}: {', '.join(map(str, part))}" for name, part in value.items())
    return shown_amount(value, unit)


def _lack(worked: Worked) -> str:
    if worked.errors:
        general = worked.errors.get("", "")
        return f'<p class="lacking">{literal(general) if general else CORRECT}</p>'
    missing = getattr(worked.found, "missing", [])
    listed = "".join(f"<li>{literal(label)}</li>" for label in missing)
    return f'<div class="lacking"><p>Still needed:</p><ul>{listed}</ul></div>'


def _told(worked: Worked, what_if: str) -> str:
    """Return what the script puts beside the inputs, reads out and hands to the chat."""
    errors = "".join(f'<i data-error="{html.escape(name)}">{literal(said)}</i>' for name, said in worked.errors.items())
    reads = "".join(f'<i data-read="{html.escape(name)}">{literal(said)}</i>' for name, said in worked.reads.items())
    done = isinstance(worked.found, MetricResult)
    question = question_of(worked) if done else ""
    return (
        f'<div id="told" hidden data-metric="{worked.entry.id}" data-done="{"yes" if done else ""}">{errors}{reads}'
        f'<i data-headline="">{literal(headline(worked))}</i><i data-question="">{literal(question)}</i>'
        f'<i data-what-if="">{literal(what_if)}</i></div>'
    )


def headline(worked: Worked) -> str:
    """Return a result in one sentence, for those who hear the page."""
    found = worked.found
    if isinstance(found, MetricResult):
        return f"{found.name}: {shown_amount(found.value, found.unit)}."
    if worked.errors:
        labels = {name: one.said.label for name, one in worked.entry.declared.items()}
        return " ".join(_sentence(said, labels.get(name, "")) for name, said in worked.errors.items())
    return ""


def _sentence(said: str, label: str) -> str:
    text = said if not label or said.startswith(label) else f"{label}: {said}"
    return f"{text[:1].upper()}{text[1:]}."


def what_if_text(worked: Worked, name: str, change: float) -> str:
    """Return what a result becomes when one input is `change` percent larger, and by how much that is more or less."""
    found, entry = worked.found, worked.entry
    part = next((one for one in worked.stated if one.name == name), None)
    if not isinstance(found, MetricResult) or part is None or not isinstance(part.value, int | float):
        return ""
    label = entry.declared[name].said.label
    changed = part.model_copy(update={"value": part.value * (1 + change / 100)})
    stated = [changed if one.name == name else one for one in worked.stated]
    other = answer(Request(metric=entry.id, inputs=stated))
    said = f"{abs(change):g} % {'more' if change >= 0 else 'less'} {label}"
    if not isinstance(other, MetricResult):
        reason = other.invalid[0].reason if isinstance(other, MetricInvalid) else "something is missing"
        return f"With {said}: cannot be worked out, {reason}."
    used = other.inputs[name]
    amount = shown_amount(used.value, used.unit)
    moved = ""
    if found.value:
        share = (other.value - found.value) / abs(found.value)
        moved = f", {'+' if share >= 0 else chr(0x2212)}{percent(abs(share), 3)}"
    before, after = (shown_amount(one.value, one.unit) for one in (found, other))
    return f"With {said} ({amount}): {after} instead of {before}{moved}."


def question_of(worked: Worked) -> str:
    """Return a form as a question in words, for the chat."""
    parts = [f"{worked.entry.declared[one.name].said.label} {_stated(one)}" for one in worked.stated]
    listed = any(isinstance(one.value, list | dict) for one in worked.stated)
    return f"{worked.entry.name}: {('; ' if listed else ', ').join(parts)}"


def _stated(part: Stated) -> str:
    value = part.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        text = ", ".join(f"{name}: {_exactly(amount, part.unit)}" for name, amount in value.items())
    else:
        text = ", ".join(_exactly(amount, part.unit) for amount in (value if isinstance(value, list) else [value]))
    return f"{text}{_unit_said(part.unit)}"


def _exactly(amount: float, unit: str) -> str:
    return f"{amount:,.{FULL}g}{'%' if unit.startswith('%') else ''}"


def _unit_said(unit: str) -> str:
    """Return a unit as it is said behind a number: " units/week", " USD/unit/year", " per year"."""
    head, *per = unit.replace("**0.5", "").split("/")
    below = ["unit" if name == "item" else name for name in per if name != "period"]
    shown = {"item": "units", "money": "", "%": "", "1": "", "period": ""}.get(head, head)
    return f" {'/'.join([shown, *below])}" if shown else "".join(f" per {name}" for name in below)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_STEP else f"{text[: LONGEST_STEP - 1]}\N{HORIZONTAL ELLIPSIS}"

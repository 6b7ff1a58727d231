"""The HTML of the metrics page that is the same for every visitor: the list of metrics, and each metric's form."""

import html
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from assistant.pages.computed import field_text, shown_amount
from assistant.pages.metric_fields import Typed
from tools.metrics import METRICS, Metric
from tools.metrics.compute import compute
from tools.metrics.given import Either, Frame, Input
from tools.metrics.result import InputUsed, MetricError
from tools.metrics.shown import in_words, number

PERIODS = ("day", "week", "month", "quarter", "year")
CURRENCIES = ("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR")
YEARLY = ("fraction/period", "money/period", "money/item/period", "turn/period", "order/period")
UNIT_HINT = "Numbers may be typed like 1,200.50, 2.4M or 98%, and with a unit of their own: 50 a week, 14 days."
FURTHEST = 50  # percent that the slider reaches to either side


def metric_list() -> str:
    """Return the metrics as links by family; each carries the words it is found by."""
    entries = sorted(METRICS.values(), key=lambda entry: entry.family)
    parts = []
    for place, (family, group) in enumerate(groupby(entries, key=lambda entry: entry.family)):
        items = "".join(_item(entry) for entry in sorted(group, key=lambda entry: entry.name.lower()))
        parts.append(
            f'<section aria-labelledby="family-{place}"><h2 id="family-{place}">{html.escape(family)}</h2>'
            f"<ul>{items}</ul></section>"
        )
    return "".join(parts)


def _item(entry: Metric) -> str:
    words = html.escape(" ".join([entry.name, entry.id.replace("_", " "), *entry.aliases]).casefold())
    return (
        f'<li data-words="{words}"><a href="/metrics?metric={entry.id}" data-metric="{entry.id}">'
        f"{html.escape(entry.name)}</a></li>"
    )


def default_frame(entry: Metric) -> Frame:
    """Return what a fresh form counts in: years where money or rates are involved, weeks otherwise."""
    units = [declared.said.unit for declared in entry.declared.values()]
    yearly = any(unit in YEARLY for unit in units)
    return Frame("year" if yearly else "week", "USD" if any("money" in unit for unit in units) else "")


def form_html(entry: Metric, typed: Typed) -> str:
    """Return a metric's form with what is typed in it. It holds no line break, which would end it in Markdown."""
    needed, optional = _ordered(entry)
    fields = "".join(_field(declared, typed) for declared in needed)
    fields += _more([(declared, _field(declared, typed)) for declared in optional], typed)
    return (
        f'<form id="metric-form" data-metric="{entry.id}" autocomplete="off" novalidate aria-labelledby="metric-name">'
        f'<h1 id="metric-name" tabindex="-1">{html.escape(entry.name)}</h1>'
        f'<p class="metric-about">{html.escape(_about(entry))}</p>'
        f"{_frame_boxes(entry, typed.frame)}{_groups(entry)}{fields}"
        f'<p class="form-hint">{UNIT_HINT}</p></form>'
    )


@lru_cache(maxsize=512)
def after_html(metric: str) -> str:
    """Return what stands below a result: the slider, the way to the chat, the note, the published checks."""
    entry = METRICS[metric]
    numbers = [declared for declared in entry.declared.values() if declared.shape == "number"]
    options = "".join(f'<option value="{one.name}">{html.escape(_label(one))}</option>' for one in numbers)
    slider = (
        '<section id="what-if" aria-labelledby="what-if-title" hidden><h2 id="what-if-title">What if</h2>'
        '<div class="what-if-row"><label for="what-if-input">Input</label>'
        f'<select id="what-if-input">{options}</select></div>'
        '<div class="what-if-row"><label for="what-if-change">Change</label>'
        f'<input id="what-if-change" type="range" min="-{FURTHEST}" max="{FURTHEST}" step="1" value="0" />'
        '<output id="what-if-percent" for="what-if-change">0 %</output></div>'
        '<p id="what-if-result" role="status"></p></section>'
    )
    links = (
        '<p class="metric-links"><button type="button" id="continue-chat" class="button primary" disabled>'
        f'Continue in chat</button> <a class="button" href="#source-{entry.id}" id="concept-note">Read the note: '
        f"{html.escape(entry.note)}</a></p>"
    )
    return f"{slider}{links}{_checks(entry)}"


def _about(entry: Metric) -> str:
    first = " ".join(entry.notes.split("\n\n")[0].replace("`", "").split())
    return f"{first.partition(';')[0].rstrip('.')}.".replace("Return ", "Works out ", 1)


def _more(fields: list[tuple[Input, str]], typed: Typed) -> str:
    """Fold away what may be left out, unless something is typed in there."""
    if not fields:
        return ""
    used = " open" if any(typed.texts.get(declared.name) for declared, _ in fields) else ""
    labels = ", ".join(declared.said.label for declared, _ in fields)
    boxes = "".join(box for _, box in fields)
    return (
        f'<details class="more-fields"{used}><summary>Optional: <span>{html.escape(labels)}</span></summary>'
        f"{boxes}</details>"
    )


def _ordered(entry: Metric) -> tuple[list[Input], list[Input]]:
    """Return the inputs that are needed, alone or instead of others, and those that may be left out."""
    needed = [one for one in entry.declared.values() if one.required or one.name in entry.grouped]
    return needed, [one for one in entry.declared.values() if one not in needed]


def _groups(entry: Metric) -> str:
    lines = "".join(f"<li>{html.escape(_choice(entry, group))}</li>" for group in entry.inputs.either)
    return f'<div class="either"><p>Give one of each line:</p><ul>{lines}</ul></div>' if lines else ""


def _choice(entry: Metric, group: Either) -> str:
    parts = [" and ".join(entry.declared[name].said.label for name in part) for part in group.alternatives]
    return ", or ".join(parts)


def _frame_boxes(entry: Metric, frame: Frame) -> str:
    units = [declared.said.unit for declared in entry.declared.values()]
    boxes = []
    if any("/period" in unit for unit in units):
        options = "".join(_option(name, name, frame.period) for name in PERIODS)
        boxes.append(
            f'<div><label for="form-period">Rates are for a</label><select id="form-period">{options}</select></div>'
        )
    if any("money" in unit for unit in units):
        known = "".join(f'<option value="{code}"></option>' for code in CURRENCIES)
        boxes.append(
            '<div><label for="form-money">Currency</label><input id="form-money" type="text" maxlength="3" size="4" '
            f'list="currencies" value="{html.escape(frame.money)}" /><datalist id="currencies">{known}</datalist></div>'
        )
    return f'<div class="frame-boxes">{"".join(boxes)}</div>' if boxes else ""


def _option(value: str, shown: str, chosen: str) -> str:
    return f'<option value="{value}"{" selected" if value == chosen else ""}>{html.escape(shown)}</option>'


def _field(declared: Input, typed: Typed) -> str:
    box = f"input-{declared.name}"
    text = typed.texts.get(declared.name, "")
    told = f'aria-describedby="{box}-hint {box}-error"'
    label = f'<label for="{box}">{html.escape(_label(declared))}</label>'
    if declared.shape == "flag":
        checked = " checked" if text else ""
        control = f'<input id="{box}" name="{declared.name}" type="checkbox" value="yes" {told}{checked} />'
        return f'<div class="field flag">{control}{label}{_below(declared, box)}</div>'
    if declared.choices:
        empty = '<option value="">not chosen</option>' if declared.default is None else ""
        chosen = text or str(declared.default or "")
        options = "".join(_option(choice, choice, chosen) for choice in declared.choices)
        control = f'<select id="{box}" name="{declared.name}" {told}>{empty}{options}</select>'
    elif declared.shape in ("series", "map"):
        example = "for example 100, 120, 110" if declared.shape == "series" else "for example A 30&#10;B 70"
        safe = html.escape(text).replace("\r", "").replace("\n", "&#10;")
        control = (
            f'<textarea id="{box}" name="{declared.name}" rows="3" {told} placeholder="{example}">{safe}</textarea>'
        )
    else:
        control = (
            f'<input id="{box}" name="{declared.name}" type="text" inputmode="decimal" {told} '
            f'value="{html.escape(" ".join(text.split()), quote=True)}" />{_unit(declared, typed)}'
        )
    return f'<div class="field">{label}<div class="control">{control}</div>{_below(declared, box)}</div>'


def _unit(declared: Input, typed: Typed) -> str:
    """Return what stands behind a box: its unit in words, or a choice of time units."""
    if declared.said.unit == "period":
        options = "".join(_option(name, f"{name}s", typed.units.get(declared.name, "day")) for name in PERIODS)
        label = html.escape(f"unit of {declared.said.label}")
        return f'<select class="time-unit" data-for="{declared.name}" aria-label="{label}">{options}</select>'
    words = unit_label(declared.said.unit, typed.frame)
    return f'<span class="unit" data-unit="{declared.said.unit}">{html.escape(words)}</span>' if words else ""


def unit_label(unit: str, frame: Frame) -> str:
    """Return a unit as it stands behind a box."""
    if unit.startswith("fraction"):
        return f"% {in_words(unit.replace('fraction', '1', 1), frame.period, frame.money)}".strip()
    return in_words(unit.replace("**0.5", ""), frame.period, frame.money)


def _below(declared: Input, box: str) -> str:
    said = []
    if declared.assumed:
        said.append(f"Left out: {declared.assumed}.")
    if declared.shape == "series":
        said.append("Numbers with commas, spaces or line breaks between them.")
    if declared.shape == "map":
        said.append("A name and a number on each line.")
    if declared.shape in ("number", "series", "map") and not declared.bound.startswith("between"):
        said.append(f"{_share_bound(declared)}.")
    hint = f'<p class="field-hint" id="{box}-hint">{html.escape(" ".join(said))}</p>'
    return f'{hint}<p class="field-error" id="{box}-error"></p>'


def _share_bound(declared: Input) -> str:
    """Return an input's bounds as a sentence's beginning, those of a share in percent, as its box is."""
    text = declared.bound
    if declared.said.unit.startswith("fraction"):
        for bound in (declared.above, declared.low, declared.below, declared.high):
            if bound:
                text = text.replace(f" {bound:g}", f" {number(100 * bound)} %")
    return text[:1].upper() + text[1:]


def _label(declared: Input) -> str:
    return declared.said.label[:1].upper() + declared.said.label[1:]


def _checks(entry: Metric) -> str:
    rows = "".join(_check(entry, place) for place in range(len(entry.published)))
    scor = f"<p>SCOR: {html.escape(entry.scor.id)} ({entry.scor.match} match)</p>" if entry.scor else ""
    listed = f"<ul>{rows}</ul>" if rows else "<p>No published example is kept for this metric.</p>"
    return (
        f'<details class="checks"><summary>Checked against</summary>{listed}<p>Formula: {html.escape(entry.source)}</p>'
        f"{scor}</details>"
    )


def _check(entry: Metric, place: int) -> str:
    published = entry.published[place]
    given = "; ".join(f"{entry.declared[name].said.label} {_short(value)}" for name, value in published.inputs.items())
    main = {"value": entry.name, "percent": f"{entry.name} in percent"}
    wanted = "; ".join(
        f"{main.get(name, name.replace('_', ' '))} {shown_amount(value, '')}"
        for name, value in published.expected.items()
    )
    here = "" if entry.costly or "value" not in published.expected else _again(entry, published.inputs)
    return (
        f"<li><b>{html.escape(published.source)}</b><br />{html.escape(given)}<br />"
        f"Published: {html.escape(wanted)}.{html.escape(here)}</li>"
    )


def _again(entry: Metric, inputs: Mapping[str, Any]) -> str:
    try:
        return f" Computed here: {shown_amount(compute(entry.id, **dict(inputs)).value, '')}."
    except MetricError:
        return ""


def _short(value: Any, longest: int = 120) -> str:
    flat = field_text(InputUsed(label="", value=value)).replace("\n", "; ")
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}\N{HORIZONTAL ELLIPSIS}"

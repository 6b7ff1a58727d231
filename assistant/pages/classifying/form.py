"""The HTML of the classification forms, which is the same for every visitor; the page's script fills it in."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from assistant.pages.classifying.fields import STATED, Field, View, fields, unit_shown
from tools.classification import default_thresholds
from tools.metrics.shown import number

NOT_GIVEN = "not given"
MOST_ENTRIES = 12
LISTS: dict[View, tuple[str, str, str]] = {
    "product": (
        "product",
        "Products",
        "Which supply chain does a product need, and does it have it? After Fisher (1997).",
    ),
    "supply": (
        "product",
        "Products",
        "How uncertain are demand and supply, and which strategy do they ask for? After Lee (2002).",
    ),
    "purchase": ("item", "Purchased items", "How should an item be bought? After Kraljic (1983)."),
}
SORTS = (
    ("value", "value"),
    ("abc", "class (AX to CZ)"),
    ("variation", "variation of demand"),
    ("pattern", "demand pattern"),
    ("item", "name"),
    ("line", "line as pasted"),
)
EXAMPLE = "SKU\tValue\tJan\tFeb\tMar\tApr\tMay\tJun"


def forms_html() -> str:
    """Return the forms of all views; the script shows one of them."""
    return "".join([*(_list_form(view) for view in LISTS), _items_form()])


def _list_form(view: View) -> str:
    noun, heading, about = LISTS[view]
    needed, folded = _groups(view)
    words = ""
    if view == "product":
        words = (
            f'<div class="field"><label for="{view}-text">Description in words</label>'
            f'<textarea id="{view}-text" name="text" rows="4" maxlength="4000" aria-describedby="{view}-text-hint '
            f'{view}-text-error" placeholder="Most styles are replaced each season; we buy the whole season in one '
            f'order and mark down what is left."></textarea>'
            f'<p class="field-hint" id="{view}-text-hint">What it is, how long it sells, how it is bought and '
            "delivered. Numbers in it are read too; a field below goes first.</p>"
            f'<p class="field-error" id="{view}-text-error"></p></div>'
        )
    return (
        f'<form id="form-{view}" data-view="{view}" autocomplete="off" novalidate hidden aria-label="{heading}">'
        f'<p class="about">{about}</p>'
        f'<div class="entries"><ul aria-label="{heading} on this page"></ul>'
        f'<p class="entry-tools"><button type="button" class="button" data-do="add">Add {_an(noun)} {noun}</button>'
        f'<button type="button" class="button" data-do="copy">Duplicate</button>'
        f'<button type="button" class="button" data-do="remove">Remove</button></p></div>'
        f'<div class="field"><label for="{view}-name">Name</label><input type="text" id="{view}-name" name="name" '
        f'maxlength="60" placeholder="{noun.capitalize()} 1" /></div>{words}{needed}{folded}</form>'
    )


def _groups(view: View) -> tuple[str, str]:
    """Return the fields by group: those shown at once, and those folded away."""
    needed = folded = ""
    for group, members in groupby(fields(view), key=lambda field: field.group):
        inside = "".join(_field(view, field) for field in members)
        if view == "product" or group == STATED:
            needed += f"<fieldset><legend>{escape(group)}</legend>{inside}</fieldset>"
        else:
            folded += f'<details class="more-fields"><summary>{escape(group)}</summary>{inside}</details>'
    return needed, folded


def _field(view: View, field: Field) -> str:
    key = f"{view}-{field.name}"
    described = f'aria-describedby="{key}-hint {key}-error"'
    if field.choices:
        choices = (("", NOT_GIVEN), *field.choices)
        options = "".join(f'<option value="{value}">{escape(label)}</option>' for value, label in choices)
        control = f'<select id="{key}" name="{field.name}" {described}>{options}</select>'
    else:
        control = "".join(_amount(key, field, described))
    return (
        f'<div class="field"><label for="{key}">{escape(field.label)}</label><div class="control">{control}</div>'
        f'<p class="field-hint" id="{key}-hint">{escape(field.hint)}</p>'
        f'<p class="field-error" id="{key}-error"></p></div>'
    )


def _amount(key: str, field: Field, described: str) -> Iterator[str]:
    label = escape(field.label)
    slide = field.slide
    unit = escape(unit_shown(field.unit))
    if slide:
        least, most, step = (0, 100, 1) if slide.logarithmic else (slide.least, slide.most, slide.step)
        log = f' data-least="{slide.least:g}" data-most="{slide.most:g}"' if slide.logarithmic else ""
        yield (
            f'<input type="range" class="slide" data-for="{key}" data-unit="{unit}" min="{least:g}" max="{most:g}" '
            f'step="{step:g}"{log} aria-label="{label}, slider" />'
        )
    yield (
        f'<input type="text" inputmode="decimal" id="{key}" name="{field.name}" maxlength="200" '
        f'placeholder="{NOT_GIVEN}" {described} />'
    )
    yield f'<span class="unit">{unit}</span>'
    if slide:
        yield (
            f'<button type="button" class="icon-button clear" data-clear="{key}" aria-label="{label}: not given" '
            f'title="Not given"><span class="icon icon-close"></span></button>'
        )


def _items_form() -> str:
    using = default_thresholds()
    limits = (
        ("abc_first", "A up to", f"{number(using.abc.first)}", "% of value"),
        ("abc_second", "B up to", f"{number(using.abc.second)}", "% of value"),
        ("xyz_first", "X up to", f"{number(using.xyz.first)}", "variation"),
        ("xyz_second", "Y up to", f"{number(using.xyz.second)}", "variation"),
    )
    boxes = "".join(
        f'<div class="field"><label for="items-{name}">{label}</label><div class="control"><input type="text" '
        f'inputmode="decimal" id="items-{name}" name="{name}" maxlength="40" placeholder="{usual}" '
        f'aria-describedby="items-limits-hint items-{name}-error" /><span class="unit">{unit}</span></div>'
        f'<p class="field-error" id="items-{name}-error"></p></div>'
        for name, label, usual, unit in limits
    )
    sorts = "".join(f'<option value="{value}">{label}</option>' for value, label in SORTS)
    return (
        '<form id="form-items" data-view="items" autocomplete="off" novalidate hidden aria-label="Stock items">'
        '<p class="about">Which items deserve the attention? ABC by value, XYZ by the variation of demand, and demand '
        "patterns after Syntetos and Boylan.</p>"
        '<div class="field"><label for="items-text">Table of items</label><textarea id="items-text" name="text" '
        'rows="10" spellcheck="false" wrap="off" aria-describedby="items-text-hint items-text-error" '
        f'placeholder="{EXAMPLE}"></textarea>'
        '<p class="field-error" id="items-text-error"></p>'
        '<p class="field-hint" id="items-text-hint">Paste it from a spreadsheet: a line for each item with its value '
        "in a year, or with unit cost and demand, or with demand by period (a column for each). Tabs, commas, "
        "semicolons and bars part the cells.</p></div>"
        '<div class="entry-tools"><label class="button" for="items-file">Open a file</label><input type="file" '
        'id="items-file" class="hidden-text" accept=".csv,.tsv,.txt,text/csv,text/plain" '
        'aria-describedby="items-file-error" /><button type="button" class="button" data-do="example">Put in an '
        'example</button></div><p class="field-error" id="items-file-error" role="status"></p>'
        f'<fieldset><legend>Limits</legend><div class="limits">{boxes}</div><p class="field-hint" '
        'id="items-limits-hint">ABC in percent of cumulative value; XYZ in coefficients of variation. Empty boxes mean '
        "the usual limits.</p></fieldset>"
        '<fieldset><legend>Order of the table</legend><div class="limits"><div class="field"><label for="items-sort">'
        f'Sort by</label><select id="items-sort" name="sort">{sorts}</select></div><div class="field"><label '
        'for="items-order">Order</label><select id="items-order" name="order"><option value="">usual</option>'
        '<option value="back">reversed</option></select></div></div></fieldset></form>'
    )


def _an(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"

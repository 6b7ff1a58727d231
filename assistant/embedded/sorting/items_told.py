"""Writes the classes of a list of stock items."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.embedded.phrases import phrases
from assistant.embedded.sorting.saying import Output, Told, cell, marker
from tools.metrics.shown import number, percent, plural

MOST_ROWS = 25
MOST_REASONS = 3


def _figure(value: float | None) -> str:
    return "" if value is None else number(value, 3)


def _share(value: float | None) -> str:
    return "" if value is None else percent(value)


COLUMNS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("value", "value", lambda value: "" if value is None else number(value)),
    ("share", "share", _share),
    ("cumulative", "cumulative", _share),
    ("ABC", "abc", str),
    ("variation", "variation", _figure),
    ("XYZ", "xyz", str),
    ("ADI", "interval", _figure),
    ("CV\N{SUPERSCRIPT TWO}", "squared_variation", _figure),
    ("pattern", "pattern", str),
)


def items_told(output: Output) -> Told:
    """Return the classes of a list of items as a table, what each class holds, and what was left out."""
    say = phrases().sorting
    rows = output["items"][:MOST_ROWS]
    columns = [column for column in COLUMNS if any(row[column[1]] not in (None, "") for row in rows)]
    table = [f"| item | {' | '.join(title for title, _, _ in columns)} |", "|---" * (len(columns) + 1) + "|"]
    table += [f"| {cell(row['name'])} | {' | '.join(show(row[key]) for _, key, show in columns)} |" for row in rows]
    parts = [f"{say.items.format(count=output['count'])}{marker(output)}", "\n".join(table)]
    if output["count"] > len(rows):
        parts.append(say.items_more.format(shown=len(rows), count=output["count"]))
    classes = output["matrix"] or output["classes"] or output["patterns"]
    parts.append("\n".join(_class_line(row) for row in classes if row["items"]))
    if output["invalid"]:
        parts.append(
            say.left_out.format(reasons=" ".join(wrong["reason"] for wrong in output["invalid"][:MOST_REASONS]))
        )
    if output["assumptions"]:
        parts.append(" ".join(output["assumptions"]))
    parts += [phrases().figures.careful.format(warning=warning) for warning in output["warnings"]]
    return "\n\n".join(part for part in parts if part), "answer"


def _class_line(row: Mapping[str, Any]) -> str:
    value = f", {percent(row['value_share'])} of value" if row["value_share"] is not None else ""
    return phrases().sorting.items_class.format(
        name=row["name"],
        items=plural(row["items"], "item"),
        item_share=percent(row["item_share"]),
        value_share=value,
        policy=row["policy"],
    )

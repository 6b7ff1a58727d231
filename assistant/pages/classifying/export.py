"""What is shown as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from assistant.pages.classifying.fields import fields
from assistant.pages.classifying.positions import Placed, axes_of, label_of
from assistant.pages.classifying.products import Classified
from assistant.pages.classifying.stock import Classes
from tools.classification.purchase import ScoreAxis

Cell = str | float | int | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([[neutral(cell) for cell in row] for row in rows])
    return out.getvalue()


def neutral(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    safe = f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell
    return safe.replace("\r\n", "\n").replace("\r", "\n")  # a lone \r would end the line unquoted


def products_csv(found: Sequence[Classified]) -> str:
    """Return the products with verdict, criteria, chains and what follows."""
    declared = fields("product")
    heads = ["product", "verdict", "confidence", "chain it needs", "chain it has", "fit", "what it costs"]
    heads += [f"{one.label} ({one.unit})" for one in declared]
    heads += [f"{one.label} points to" for one in declared[:7]]
    heads += ["rests on", "speaks against", "would settle it", "ways out", "description", "to be corrected"]
    rows: list[list[Cell]] = [[*heads]]
    for one in found:
        row: list[Cell] = [one.entry.name]
        result = one.result
        if result is None:
            row += ["", None, *[""] * 4, *[None] * len(declared), *[""] * 7, *[""] * 4]
        else:
            says = {criterion.label: criterion.says for criterion in result.criteria}
            row += [
                result.label,
                result.confidence,
                result.chain.type if result.chain else "",
                result.present.type if result.present else "not told",
                {True: "mismatch", False: "match", None: ""}[result.mismatch],
                result.mismatch_text,
                *(one.given.get(field.name) for field in declared),
                *(says.get(field.label, "") for field in declared[:7]),
                result.because,
                " ".join(result.speaks_against),
                " ".join(question.text for question in result.questions),
                " ".join(f"{way.way}: {way.text}" for way in result.ways_out),
            ]
        rows.append([*row, one.entry.text, " ".join(one.errors.values())])
    return to_csv(rows)


def positions_csv(kind: str, found: Sequence[Placed]) -> str:
    """Return supply positions or purchased items with axes, what to do, and the facts given."""
    declared = fields("supply" if kind == "supply" else "purchase")
    axes = ("demand uncertainty", "supply uncertainty") if kind == "supply" else ("supply risk", "profit impact")
    rows: list[list[Cell]] = [
        [
            "name",
            "strategy" if kind == "supply" else "quadrant",
            "confidence",
            *(f"{axis}{part}" for axis in axes for part in ("", " (0 to 1)" if kind == "supply" else " score")),
            "what to do",
            "what to measure",
            *(one.label for one in declared),
            "to be corrected",
        ]
    ]
    for one in found:
        result = one.result
        row: list[Cell] = [one.entry.name]
        if result is None:
            row += ["", None, *[""] * 6]
        else:
            row += [label_of(result), round(result.confidence, 4)]
            for _, axis in axes_of(result):
                row += [axis.level, axis.score if isinstance(axis, ScoreAxis) else axis.position]
            advice = result.advice
            row += [" ".join(advice.actions), ", ".join(advice.measures)] if advice else ["", ""]
        told = [one.entry.fields.get(field.name, "").strip() for field in declared]
        rows.append([*row, *told, " ".join(one.errors.values())])
    return to_csv(rows)


def items_csv(found: Classes) -> str:
    """Return all items with their classes in the order shown, and below them the lines that have none."""
    result = found.result
    if result is None:
        return ""
    heads = ["item", "line", "value", "share", "cumulative", "ABC", "variation", "XYZ", "class"]
    rows: list[list[Cell]] = [[*heads, "interval", "squared variation", "pattern", "policy", "problem"]]
    policies: Mapping[str, str] = {row.name: row.policy for row in [*result.classes, *result.matrix, *result.patterns]}
    problems: dict[int | None, str] = {}
    for wrong in result.invalid:
        problems[wrong.line] = f"{problems.get(wrong.line, '')} {wrong.reason}".strip()

    def cell(column: Sequence[Cell], place: int) -> Cell:
        return column[place] if column else None

    for place in found.order:
        abc, xyz, pattern = (cell(column, place) or "" for column in (result.abc, result.xyz, result.pattern))
        line = cell(result.lines, place)
        rows.append(
            [
                result.items[place],
                line,
                cell(result.values, place),
                cell(result.shares, place),
                cell(result.cumulative, place),
                abc,
                cell(result.variation, place),
                xyz,
                f"{abc}{xyz}",
                cell(result.interval, place),
                cell(result.squared_variation, place),
                pattern,
                policies.get(f"{abc}{xyz}") or policies.get(str(pattern), ""),
                problems.get(line, "") if isinstance(line, int) else "",
            ]
        )
    unread = found.read.invalid if found.read else []
    rows.extend([wrong.item, wrong.line, *[None] * 11, wrong.reason] for wrong in unread)
    return to_csv(rows)

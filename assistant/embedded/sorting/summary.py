"""Writes several verdicts as one table."""

from collections.abc import Sequence

from assistant.embedded.phrases import phrases
from assistant.embedded.sorting.saying import Output, cell, marker, questions, titled
from tools.metrics.shown import percent

AXES = {
    "profit_impact": "profit impact",
    "supply_risk": "supply risk",
    "demand": "demand uncertainty",
    "supply": "supply uncertainty",
}


def summary(outputs: Sequence[Output]) -> str:
    """Return several verdicts as a table."""
    say = phrases().sorting
    lines = [f"| {say.one} | {say.label} | {say.confidence} | {say.decides} |", "|---|---|---|---|"]
    for output in outputs:
        name = output.get("product") or output.get("name") or say.this
        sure = percent(output["confidence"], 2) if output["label"] != "unknown" else ""
        why = output.get("because") or _axes_in_short(output)
        lines.append(f"| {cell(name)} | **{output['label']}**{marker(output)} | {sure} | {cell(why)} |")
    return "\n".join(lines)


def doubts(outputs: Sequence[Output]) -> list[str]:
    """Return, for several verdicts, the refusals and the questions of those that are open."""
    say = phrases().sorting
    found = []
    for output in outputs:
        if output["label"] == "unknown" and output["questions"]:
            name = output.get("product") or output.get("name") or say.this
            found.append(f"**{titled(name)}:** {questions(output)}")
    return found


def _axes_in_short(output: Output) -> str:
    return "; ".join(f"{label} {output[axis]['level']}" for axis, label in AXES.items() if output.get(axis))

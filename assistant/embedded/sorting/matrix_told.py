"""Writes the place of a bought item in Kraljic's matrix, or of a product in Lee's framework."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.embedded.phrases import phrases
from assistant.embedded.sorting.saying import Output, Told, certainty, marker, titled
from tools.classification.advice import Position
from tools.metrics.shown import listed

PURCHASE_AXES = {"profit_impact": "Profit impact", "supply_risk": "Supply risk"}
SUPPLY_AXES = {"demand": "Demand uncertainty", "supply": "Supply uncertainty"}


def purchase_told(output: Output) -> Told:
    """Return the place of a bought item in Kraljic's matrix, with its axes, strategy and tactics."""
    say = phrases().sorting
    return _told(output, PURCHASE_AXES, say.this_item, say.purchase, say.purchase_unknown)


def supply_told(output: Output) -> Told:
    """Return the position of a product in Lee's framework, with what speaks for each side."""
    say = phrases().sorting
    return _told(output, SUPPLY_AXES, say.this, say.position, say.position_unknown)


def _told(output: Output, axes: Mapping[str, str], unnamed: str, settled: str, unsettled: str) -> Told:
    say = phrases().sorting
    name = titled(output["name"] or unnamed)
    lines = [
        say.axis.format(axis=label, level=output[axis]["level"], facts=_facts(output[axis]["rows"]))
        for axis, label in axes.items()
        if output[axis]["level"] != "unknown"
    ]
    if output["label"] == "unknown":
        return _open(unsettled, name, output, lines)
    head = settled.format(name=name, label=output["label"], **certainty(output["confidence"]))
    return _placed(head, output, lines), "answer"


def _open(phrase: str, name: str, output: Output, axes: list[str]) -> Told:
    say = phrases().sorting
    head = f"{phrase.format(name=name, possible=listed(output['possible'], 'or'))}{marker(output)}"
    asked = say.settle.format(questions=" ".join(output["questions"])) if output["questions"] else ""
    return "\n\n".join(part for part in (head, "\n".join(axes), asked) if part), "clarify"


def _placed(head: str, output: Output, axes: list[str]) -> str:
    say = phrases().sorting
    advice = Position.model_validate(output["advice"])
    lines = [say.do, *(say.action.format(text=text) for text in advice.actions)]
    measures = say.measure.format(measures=", ".join(advice.measures))
    parts = [f"{head} {advice.purpose}{marker(output)}", "\n".join(axes), "\n".join([*lines, measures])]
    parts += [advice.move] if advice.move else []
    if output["questions"]:
        parts.append(say.settle.format(questions=" ".join(output["questions"])))
    parts.append(
        say.assumed.format(assumed=" ".join(output["assumptions"]).rstrip(".")) if output["assumptions"] else ""
    )
    parts += [phrases().figures.careful.format(warning=warning) for warning in output["warnings"]]
    return "\n\n".join(part for part in parts if part)


def _facts(rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{row['label']}: {row['shown']}" for row in rows) or phrases().sorting.stated

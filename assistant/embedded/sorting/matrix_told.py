"""Writes the place of a bought item in Kraljic's matrix, or of a product in Lee's framework."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.embedded.phrases import phrases
from assistant.embedded.sorting.saying import Output, Told, certainty, marker, titled
from tools.classification.advice import Position
from tools.metrics.shown import listed


def purchase_told(output: Output) -> Told:
    """Return the place of a bought item in Kraljic's matrix, with its axes, strategy and tactics."""
    say = phrases().sorting
    name = titled(output["name"] or say.this_item)
    axes = [
        say.axis.format(axis=label, level=output[axis]["level"], facts=_facts(output[axis]["rows"]))
        for axis, label in (("profit_impact", "Profit impact"), ("supply_risk", "Supply risk"))
        if output[axis]["score"] is not None
    ]
    if output["label"] == "unknown":
        return _open(say.purchase_unknown, name, output, axes)
    head = say.purchase.format(name=name, label=output["label"], **certainty(output["confidence"]))
    return _placed(head, output, axes), "answer"


def supply_told(output: Output) -> Told:
    """Return the position of a product in Lee's framework, with what speaks for each side."""
    say = phrases().sorting
    name = titled(output["name"] or say.this)
    axes = [
        say.axis.format(axis=label, level=output[axis]["level"], facts=_facts(output[axis]["rows"]))
        for axis, label in (("demand", "Demand uncertainty"), ("supply", "Supply uncertainty"))
        if output[axis]["level"] != "unknown"
    ]
    if output["label"] == "unknown":
        return _open(say.position_unknown, name, output, axes)
    head = say.position.format(name=name, label=output["label"], **certainty(output["confidence"]))
    return _placed(head, output, axes), "answer"


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

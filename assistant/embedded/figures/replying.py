"""Writes the reply of a turn to all that the tool said in it, with questions about what was left out of its calls."""

from collections.abc import Mapping
from typing import Any

from assistant.answer import Kind
from assistant.embedded.context import COMPUTE, Context
from assistant.embedded.figures.calling import call_of
from assistant.embedded.figures.placing import next_call
from assistant.embedded.figures.plan import Planner
from assistant.embedded.figures.solving import backwards
from assistant.embedded.figures.told import lacking, refused, to_confirm, told
from assistant.embedded.phrases import phrases
from tools.metrics import METRICS

SOLVED = "solved for "


def reply_of(context: Context, planner: Planner) -> tuple[str, Kind, tuple[str, ...]]:
    """Return the reply to what the tool said in this turn, its kind, and the answers that it offers."""
    outputs = [output for name, output in context.outputs if name == COMPUTE]
    texts, kinds = [], []
    for output in outputs:
        text, kind = _told(context, output, planner)
        texts.append(text)
        kinds.append(kind)
    order: tuple[Kind, ...] = ("answer", "invalid", "clarify")
    waits = any(isinstance(output, dict) and output.get("missing") == [] for output in outputs)
    offered = (phrases().figures.confirm_button,) if waits else ()
    return "\n\n".join(texts), next(kind for kind in order if kind in kinds), offered


def _told(context: Context, output: Any, planner: Planner) -> tuple[str, Kind]:
    if not isinstance(output, dict):
        return str(output), "invalid"
    if "value" in output:
        unclear = _unclear(context, output, planner)
        return (lacking(output, unclear), "clarify") if unclear else (told(output), "answer")
    if "invalid" in output:
        instead = next(
            (METRICS[wrong["instead"]].name for wrong in output["invalid"] if wrong["instead"] in METRICS), ""
        )
        return refused(output, instead), "invalid"
    return (lacking(output, _unclear(context, output, planner)) if output["missing"] else to_confirm(output)), "clarify"


def _unclear(context: Context, output: Mapping[str, Any], planner: Planner) -> list[str]:
    """Return the questions about what was left out of a call because it could be read in two ways."""
    message = planner.read(context.question)
    if any(step.startswith(SOLVED) for step in output.get("steps", [])):
        solved = backwards(message, planner.fit_of)
        return list(solved.unclear) if solved else []
    past = [call for call in context.computed if call.args.get("metric") == output["metric"]]
    options = [call_of(found, message) for found in planner.fresh(message) if found.metric.id == output["metric"]]
    options += [call for one in past[:1] if (call := next_call(message, one, context.past, planner, surely=True))]
    return next((list(call.unclear) for call in options if call.unclear), [])

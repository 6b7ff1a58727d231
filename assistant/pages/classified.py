"""What the chat shows of a classification beside the answer's text: what ran, what went in and what came out."""

from collections.abc import Mapping
from typing import Any

from assistant.pages.runs import ToolRun
from tools.metrics.shown import number, percent

NOUNS = {
    "classify_product": "product",
    "classify_purchase": "bought item",
    "classify_supply": "demand and supply",
    "classify_items": "list of items",
}
LONGEST = 300


def title(tool: ToolRun) -> str | None:
    """Say what was classified: 'Classified designer swimwear'; None if the tool is another one."""
    noun = NOUNS.get(tool.tool)
    if noun is None:
        return None
    name = str(tool.args.get("product") or tool.args.get("item") or f"the {noun}")[:60]
    if not tool.finished:
        return f"Classifying {name}\N{HORIZONTAL ELLIPSIS}"
    if tool.failed or not isinstance(tool.output, Mapping):
        return f"Could not classify {name}"
    return f"{'Classified' if 'notes' in tool.output else 'Checked what was said of'} {name}"


def details(tool: ToolRun) -> list[tuple[str, str]] | None:
    """Return what went in and what came out, as terms and their descriptions; None if the tool is another one."""
    if tool.tool not in NOUNS or not isinstance(tool.output, Mapping):
        return None
    rows = [("said", str(tool.args["description"])[:LONGEST])] if tool.args.get("description") else []
    rows += [(name.replace("_", " "), _shown(value)) for name, value in _facts(tool.args).items()]
    items = tool.args.get("items")
    if isinstance(items, list):
        rows.append(("items", str(len(items))))
    if "label" in tool.output:
        rows.append(("label", str(tool.output["label"])))
        rows.append(("confidence", percent(float(tool.output["confidence"]), 3)))
    rows += [("cannot be right", str(wrong.get("reason", ""))) for wrong in tool.output.get("invalid", [])]
    return rows


def _facts(args: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = args.get("facts")
    return facts if isinstance(facts, Mapping) else {}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else str(value)

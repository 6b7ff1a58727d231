"""Writes the reply from what classifications returned."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.embedded.phrases import phrases
from assistant.embedded.sorting.items_told import items_told
from assistant.embedded.sorting.matrix_told import purchase_told, supply_told
from assistant.embedded.sorting.product_told import product_told
from assistant.embedded.sorting.saying import Output, Told, titled
from assistant.embedded.sorting.summary import doubts, summary

if TYPE_CHECKING:
    from assistant.answer import Kind

WRITERS: dict[str, Callable[[Output], Told]] = {
    "classify_product": product_told,
    "classify_purchase": purchase_told,
    "classify_supply": supply_told,
    "classify_items": items_told,
}


def told(tool: str, outputs: Sequence[Output]) -> Told:
    """Return the reply to the classifications of a turn, all by one tool, and its kind."""
    found = [_refused(output) if "notes" not in output else WRITERS[tool](output) for output in outputs]
    kinds = [kind for _, kind in found]
    order: tuple[Kind, ...] = ("answer", "invalid", "clarify")
    kind = next(kind for kind in order if kind in kinds)
    if len(outputs) > 1 and all("label" in output for output in outputs):
        return "\n\n".join([summary(outputs), *doubts(outputs)]), kind
    return "\n\n".join(text for text, _ in found), kind


def _refused(output: Output) -> Told:
    say = phrases().sorting
    reasons = " ".join(wrong["reason"] for wrong in output["invalid"])
    return say.refused.format(name=titled(output.get("product") or say.this), reasons=reasons), "invalid"

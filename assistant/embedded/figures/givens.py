"""Which names of metrics a message gives a value for ("our EOQ is 600"), and so does not ask for."""

import re
from collections.abc import Sequence

from assistant.embedded.figures.fitting import Fit
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.unit_costs import kind_of
from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS

_BETWEEN = re.compile(
    r"^\s*(?:\([^()]{1,20}\)\s*)?"
    r"(?:[:=(]|(?:target|value|level|rate|goal|today|now|currently|at cost|ist|von|beträgt)?\s*"
    r"(?:of|is|was|at|are|=|comes? out (?:as|at)|turned out (?:as|at)|should be|target(?: of)?|von|ist|beträgt)?"
    r")\s*"
    r"(?:about|around|ca\.?|roughly)?\s*[$€£]?\s*$",
    re.I,
)
LEAST_LETTERS = 4
_TOUCHES = re.compile(r"\s*(?:of|for|in|as|an?|=|:|is)?\s*", re.I)
_JUST_BEFORE = re.compile(r"^\s*(?:of|for)?\s*$", re.I)


def given_values(message: Message) -> dict[Said, Quantity]:
    """Return the names of metrics that a message gives a value for, with it."""
    return {
        mention: target
        for mention in message.mentions
        if (target := given_value(mention, message.text, message.quantities, message.phrases))
    }


def targets_of(found: Fit, message: Message) -> list[Quantity]:
    """Return the values that metrics are given: not a number behind a colon that completes a fit."""
    targets = list(given_values(message).values())
    if found.lacking or found.left:
        return targets
    return [target for target in targets if not message.text[: target.start].rstrip().endswith(":")]


def given_value(
    mention: Said, text: str, quantities: Sequence[Quantity], phrases: Sequence[Said] = ()
) -> Quantity | None:
    """Return the quantity that stands as the value of a metric's name, None if the name is not given one.

    A number that another of `phrases` names more closely is that one's.
    """
    for quantity in quantities:
        if quantity.is_list or quantity.change or not _could_be(mention, quantity):
            continue
        if _named_otherwise(mention, quantity, text, phrases):
            continue
        within = quantity.unit != "" and quantity.start < mention.start < quantity.end < mention.end
        behind = quantity.start >= mention.end and _BETWEEN.match(text[mention.end : quantity.start])
        before = quantity.end <= mention.start and _JUST_BEFORE.match(text[quantity.end : mention.start])
        if within or behind or (before and (quantity.percent or quantity.unit)):
            return quantity
    return None


def _named_otherwise(mention: Said, quantity: Quantity, text: str, phrases: Sequence[Said]) -> bool:
    """Say whether an input's name touches a number, on the side where the metric's name does not stand."""
    behind = quantity.start >= mention.end
    for said in phrases:
        if (
            not said.inputs
            or len("".join(said.text)) < LEAST_LETTERS
            or (said.start < mention.end and mention.start < said.end)
        ):
            continue
        gap = text[quantity.end : said.start] if behind else text[said.end : quantity.start]
        if (said.start >= quantity.end if behind else said.end <= quantity.start) and _TOUCHES.fullmatch(gap):
            return True
    return False


def _could_be(mention: Said, quantity: Quantity) -> bool:
    """Say whether a quantity's unit is that of one of the metrics."""
    return any(_fits(METRICS[metric].unit, quantity) for metric in mention.metrics)


def _fits(unit: str, quantity: Quantity) -> bool:
    top, *below = unit.split("/")
    if quantity.percent:
        return top == "fraction"
    if quantity.currency:
        return top == "money"
    if quantity.per and not below:
        return False
    if quantity.unit:
        return kind_of(quantity.unit) == kind_of(top) or (kind_of(top) == "item" and quantity.unit == "turn")
    return top != "fraction" or 0 < quantity.value < 1

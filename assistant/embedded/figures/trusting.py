"""How far a reading of numbers can be trusted: whether it is computed with, or is to be confirmed first."""

import math
from functools import cache
from pathlib import Path

import yaml

from assistant.embedded.figures.doubts import is_plain
from assistant.embedded.figures.fitting import Fit, Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.results import result_of_pairs
from assistant.embedded.figures.roles import NOTHING, shares_among
from assistant.embedded.figures.unit_costs import unit_cost
from assistant.embedded.figures.usual import UNTOLD as USUAL
from assistant.embedded.figures.usual import inputs_away, result_away
from assistant.embedded.regression import Regression

FILE = Path(__file__).parents[1] / "data" / "trust.yaml"
LEAST = 1e-3
WIDEST_MARGIN = 2.0
FAR = 2.5
"""How many spreads a result may lie from the usual before that weighs double."""
UNTOLD, UNTOLD_SHARE = 0.1, 0.3
"""Likelihoods of a number about which nothing was learned: as this input among all, and among those it can be."""


class Trust(Regression):
    """How likely a reading with some `signs` is right.

    From `compute` on a reading is computed with, from `confirm` on it is shown to be confirmed first.
    """

    compute: float
    confirm: float


@cache
def learned_trust() -> Trust:
    """Return the regression as it was learned (`python -m assistant train trust`)."""
    return Trust.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def trust_in(found: Fit, message: Message) -> float | None:
    """Return how likely a reading is right; None where nothing was learned that could speak for it or against it."""
    if not message.roles and not message.guess:
        return None
    return learned_trust().of(signs(found, message))


def is_said(found: Fit, message: Message) -> bool:
    """Say whether a message names the metric and every number, leaves none over and can be read in no other way."""
    named = any(found.metric.id in said.metrics for said in message.mentions)
    whole = bool(found.pairs) and found.labelled == len(found.pairs) and not (found.left or found.lacking)
    return named and whole and found.sure and is_plain(found, message)


def signs(found: Fit, message: Message) -> dict[str, float]:
    """Return what speaks for and against a reading: metric, each number as its input, what is left and comes out."""
    count = max(1, len(found.pairs))
    shares = [_among_possible(pair, found, message) for pair in found.pairs] or [UNTOLD_SHARE]
    likely = [message.roles.get(pair.quantity.start, {}).get(pair.input, UNTOLD) for pair in found.pairs] or [UNTOLD]
    idle = [message.roles.get(left.start, {}).get(NOTHING, UNTOLD_SHARE) for left in found.left]
    result = None if found.lacking else result_of_pairs(found.metric, found.pairs, message)
    away, far = inputs_away(found.metric.id, found.pairs) or [USUAL], result_away(found.metric.id, result)
    return {
        "metric": _log(message.guess.get(found.metric.id, 0.0)),
        "other metric": _log(max((p for name, p in message.guess.items() if name != found.metric.id), default=0.0)),
        "named": float(any(found.metric.id in said.metrics for said in message.mentions)),
        "labelled": found.labelled / count,
        "margin": min(found.margin, WIDEST_MARGIN),
        "cost": found.cost / count,
        "least share": _log(min(shares)),
        "mean share": sum(map(_log, shares)) / len(shares),
        "least likely": _log(min(likely)),
        "mean likely": sum(map(_log, likely)) / len(likely),
        "left": float(len(found.left)),
        "least idle": _log(min(idle, default=1.0)),
        "contested": float(sum(pair.contested for pair in found.pairs)),
        "numbers": math.log(1 + len(message.quantities)),
        "lacking": float(len(found.lacking)),
        "refused": float(not found.lacking and result is None),
        "plain": float(is_plain(found, message)),
        "sure": float(found.sure),
        "result away": far,
        "result far away": max(0.0, far - FAR),
        "input away": max(away),
        "inputs away": sum(away) / len(away),
    }


def _among_possible(pair: Pair, found: Fit, message: Message) -> float:
    declared = found.metric.declared
    possible = [name for name, one in declared.items() if unit_cost(pair.quantity, one) is not None]
    share = shares_among(message.roles.get(pair.quantity.start, {}), possible).get(pair.input)
    return UNTOLD_SHARE if share is None else share


def _log(share: float) -> float:
    return math.log(max(share, LEAST))

"""Settles which number is which input where words do not say so, if a metric accepts but one arrangement of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from assistant.embedded.figures.doubts import doubtful
from assistant.embedded.figures.fitting import Fit, Pair, ways_of
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.results import result_of_pairs
from assistant.embedded.figures.unit_costs import unit_cost
from assistant.embedded.quantities import Quantity

KNOWN = 0.3
"""Share of what was learned of messages from which they are taken to ask for a metric."""
MOST_OPEN = 3
MOST_TRIED = 60


def settled(found: Fit, message: Message) -> Fit:
    """Return a fit with its doubtful numbers as the only inputs that the metric accepts them as; else as it is.

    "A trailer may carry 24 tonnes, on average we put 18.6 on it": the load cannot be above what fits. Every number
    must have a place, nothing may lack, messages like this one must ask for the metric, and every other arrangement
    over the inputs that would be enough be refused.
    """
    unsure = _open(found) if message.guess.get(found.metric.id, 0.0) >= KNOWN else []
    if not unsure or len(unsure) > MOST_OPEN or found.lacking or found.left:
        return found
    if any(pair.quantity.is_list or pair.quantity.change or pair.quantity.others for pair in found.pairs):
        return found
    if any(pair.contested for pair in unsure):
        return found
    fixed = tuple(pair for pair in found.pairs if pair not in unsure)
    accepted: list[tuple[Pair, ...]] = []
    for tried, names in enumerate(_arrangements(found, [pair.quantity for pair in unsure], fixed)):
        if tried >= MOST_TRIED:
            return found
        pairs = tuple(replace(pair, input=name) for pair, name in zip(unsure, names, strict=True))
        if result_of_pairs(found.metric, (*fixed, *pairs), message) is not None:
            accepted.append(pairs)
        if len(accepted) > 1:
            return found
    if not accepted or any(_could_be_another(pair, accepted[0], fixed, found) for pair in accepted[0]):
        return found
    pairs = (*fixed, *(replace(pair, settled=True, contested=False) for pair in accepted[0]))
    return replace(found, pairs=pairs, margin=float("inf"), rivals=())


def _open(found: Fit) -> list[Pair]:
    """Return the pairs that nothing but elimination speaks for, and those that another reading takes otherwise."""
    moved = [] if found.sure else [pair.quantity for pair in found.rivals]
    doubted = doubtful(found, (), ())
    return [
        pair
        for pair in found.pairs
        if pair in doubted or (pair.label is None and not found.sure) or pair.quantity in moved
    ]


def _arrangements(found: Fit, quantities: Sequence[Quantity], fixed: Sequence[Pair]) -> Iterator[tuple[str, ...]]:
    """Yield the inputs that the quantities can be, in their order, so that with the others something is whole."""
    taken = {pair.input for pair in fixed}
    declared = found.metric.declared
    ways = ways_of(found.metric)
    free = [name for name in declared if name not in taken]
    for names in permutations(free, len(quantities)):
        present = {*taken, *names}
        whole = any(present >= way and not (present & found.metric.grouped) - way for way in ways)
        if whole and all(
            unit_cost(quantity, declared[name]) is not None for quantity, name in zip(quantities, names, strict=True)
        ):
            yield names


def _could_be_another(pair: Pair, others: Sequence[Pair], fixed: Sequence[Pair], found: Fit) -> bool:
    """Say whether a number may be an input of another way to give the same, of which the rest is not said."""
    taken = {other.input for other in (*others, *fixed)}
    return any(
        unit_cost(pair.quantity, found.metric.declared[name]) is not None for name in found.metric.grouped - taken
    )

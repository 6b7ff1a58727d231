"""What in an assignment is not said plainly enough to be computed with, and the questions that settle it."""

from collections.abc import Collection, Sequence

from assistant.embedded.figures.fitting import Fit, Pair
from assistant.embedded.figures.givens import targets_of
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.unit_costs import unit_cost
from assistant.embedded.quantities import Quantity
from tools.metrics.given import Input
from tools.metrics.shown import listed

TELLING = -0.3
PLAIN = 3.3
MOST_OPTIONS = 4


def doubtful(found: Fit, filled: Collection[str], asked: Collection[str]) -> list[Pair]:
    """Return the pairs that nothing but elimination speaks for.

    A number without a name is accepted where its unit fits one input alone, where it was asked for, or where it is
    the only one left for the only input left.
    """
    bare = [
        pair
        for pair in found.pairs
        if pair.label is None
        and not pair.settled
        and not (pair.input in asked and len(asked) == 1)
        and (pair.contested or _is_spread(pair, found) or not _unit_says_so(pair, found, filled))
    ]
    alone = len(bare) == 1 and not found.left and not found.lacking and not bare[0].quantity.change
    return [] if alone and bare[0].cost < PLAIN and not bare[0].contested and not _is_spread(bare[0], found) else bare


def is_plain(found: Fit, message: Message) -> bool:
    """Say whether a fit is complete and certain, and takes no metric's own value for an input."""
    targets = targets_of(found, message)
    taken = [pair for pair in found.pairs if pair.label is None and pair.quantity in targets]
    return not found.lacking and not taken and not doubtful(found, (), ())


def _is_spread(pair: Pair, found: Fit) -> bool:
    """Say whether an input is a standard deviation: no unit tells it from an average, so a word has to."""
    return found.metric.declared[pair.input].said.label.startswith("standard deviation")


def _unit_says_so(pair: Pair, found: Fit, filled: Collection[str]) -> bool:
    declared = found.metric.declared
    if pair.quantity.is_list:
        return _only_list(pair, found, filled)
    own = unit_cost(pair.quantity, declared[pair.input])
    changes = bool(pair.quantity.change)
    if own is None or (own > TELLING and not changes):
        return False
    labelled = {other.input for other in found.pairs if other.label is not None}
    rivals = [
        name
        for name, other in declared.items()
        if name not in (pair.input, *labelled)
        and (name in filled if changes else name in found.needed and name not in filled)
        and (cost := unit_cost(pair.quantity, other)) is not None
        and cost <= own + 0.15
    ]
    return not rivals


def _only_list(pair: Pair, found: Fit, filled: Collection[str]) -> bool:
    """Say whether no other input takes a list of numbers like this one, so that its shape names it."""
    taken = {other.input for other in found.pairs if other.label is not None}
    return not any(
        (declared.shape == "series" or (declared.shape == "map" and pair.quantity.labels))
        and unit_cost(pair.quantity, declared) is not None
        for name, declared in found.metric.declared.items()
        if name not in (pair.input, *taken, *filled)
    )


def unexplained(found: Fit, used: Collection[Quantity]) -> list[Quantity]:
    """Return the numbers that no input took though one is empty that they could be: they may change the result."""
    taken = {pair.input for pair in found.pairs}
    empty = [declared for name, declared in found.metric.declared.items() if name not in taken]
    return [
        quantity
        for quantity in found.left
        if quantity not in used
        and quantity not in (*found.elsewhere, *found.idle)
        and (quantity.change or _could_be(quantity, empty))
    ]


def _could_be(quantity: Quantity, empty: Sequence[Input]) -> bool:
    """Say whether a number's unit speaks for an empty input, or a number without one could be one."""
    costs = [cost for declared in empty if (cost := unit_cost(quantity, declared)) is not None]
    plain = not quantity.is_list and quantity.unit in ("", "item") and not quantity.approximate
    return any(cost <= TELLING for cost in costs) or (plain and bool(costs))


def what_is(found: Fit, quantity: Quantity) -> str:
    """Return the question which input a number is."""
    labelled = {pair.input for pair in found.pairs if pair.label is not None}
    fitting: list[tuple[float, str]] = []
    for name, declared in found.metric.declared.items():
        cost = unit_cost(quantity, declared)
        if cost is not None and name not in labelled:
            fitting.append((cost - (0.5 if declared.required else 0.0), declared.said.label))
    return which_of([label for _, label in sorted(fitting)][:MOST_OPTIONS], quantity)


def which_of(options: Sequence[str], quantity: Quantity) -> str:
    """Return the question which of some things a number is."""
    said = quantity.text.strip()
    if not options:
        return f"What does {said} stand for?"
    if len(options) == 1:
        return f"Is {said} the {options[0]}?"
    return f"What is {said}: {listed(options, 'or')}?"

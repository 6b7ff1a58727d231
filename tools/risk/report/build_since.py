"""What changed between the review before and this one: exposures, maturity and actions."""

import math
from collections.abc import Sequence
from datetime import date

from tools.risk.exposure import Exposure, exposures
from tools.risk.progress import steps
from tools.risk.report.rows import Direction, ExposureChange, MaturityChange, NodeRow, Since, StepRow
from tools.risk.review import CLOSED, Action, Review
from tools.risk.sources import folded


def year_later(day: date) -> date:
    """Return the same day a year later; the last of February for the leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def since(review: Review, previous: Review, nodes: Sequence[NodeRow], now: Sequence[StepRow]) -> Since:
    """Return what changed; nodes and actions are the same if their ids are, else if their names are.

    Money is compared only where both reviews count in one currency; weeks always are.
    """
    one_money = folded(review.scope.currency) == folded(previous.scope.currency)
    closed, removed, still = _actions(review, previous)
    return Since(
        title=previous.title,
        on=previous.updated.date(),
        exposures=tuple(_exposures(nodes, exposures(previous), one_money)),
        maturity=_maturity(previous, now),
        closed=closed,
        removed=removed,
        still_open=still,
    )


def _exposures(nodes: Sequence[NodeRow], before: Sequence[Exposure], one_money: bool) -> list[ExposureChange]:
    by_id = {one.node: one for one in before if one.node}
    by_name = {folded(one.name): one for one in before}
    known = {node.id for node in nodes}
    met: set[int] = set()
    changes = []
    for node in nodes:
        old = by_id.get(node.id)
        if old is None:
            named = by_name.get(folded(node.name))
            old = named if named is not None and named.node not in known else None
        if old is not None:
            met.add(id(old))
        at_risk = old.margin_at_risk if old is not None and one_money else None
        direction: Direction = "new" if old is None else _direction(old.gap, at_risk, node, one_money)
        changes.append(
            ExposureChange(
                node=node.name,
                direction=direction,
                gap_before=None if old is None else old.gap,
                gap_now=node.gap,
                at_risk_before=at_risk,
                at_risk_now=node.margin_at_risk,
            )
        )
    for one in before:
        if id(one) not in met:
            at_risk = one.margin_at_risk if one_money else None
            changes.append(
                ExposureChange(
                    node=one.name,
                    direction="gone",
                    gap_before=one.gap,
                    gap_now=None,
                    at_risk_before=at_risk,
                    at_risk_now=None,
                )
            )
    return changes


def _direction(gap: float | None, at_risk: float | None, node: NodeRow, one_money: bool) -> Direction:
    pairs = [(gap, node.gap)]
    if one_money and (at_risk is None) == (node.margin_at_risk is None):
        pairs.insert(0, (at_risk, node.margin_at_risk))
    if gap is None and node.gap is None:
        return "same"
    if gap is None or node.gap is None:
        return "now unknown" if node.gap is None else "now known"
    for old, new in pairs:
        if old is not None and new is not None and not math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-9):
            return "up" if new > old else "down"
    if one_money and (at_risk is None) != (node.margin_at_risk is None):
        return "now known" if at_risk is None else "now unknown"
    return "same"


def _maturity(previous: Review, now: Sequence[StepRow]) -> tuple[MaturityChange, ...]:
    before = {step.number: step for step in steps(previous)}
    return tuple(
        MaturityChange(
            step=f"{step.number}. {step.name}",
            score_before=before[step.number].score if step.number in before else None,
            score_now=step.score,
            coverage_before=before[step.number].coverage if step.number in before else None,
            coverage_now=step.coverage,
        )
        for step in now
    )


def _actions(review: Review, previous: Review) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    by_id = {action.id: action for action in review.actions if action.id}
    by_text = {folded(action.text): action for action in review.actions}
    closed, removed, still = [], [], 0
    for old in previous.actions:
        if old.status in CLOSED:
            continue
        new: Action | None = by_id.get(old.id) or by_text.get(folded(old.text))
        if new is None:
            removed.append(old.text)
        elif new.status in CLOSED:
            closed.append(f"{new.text} ({new.status})")
        else:
            still += 1
    return tuple(closed), tuple(removed), still

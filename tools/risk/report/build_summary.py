"""The report's totals, and the sentences of its summary."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tools.metrics.shown import listed, plural
from tools.risk.judgement import LEVELS
from tools.risk.progress import progress
from tools.risk.report.content import Totals
from tools.risk.report.rows import ActionRow, FlagRow, NodeRow, RiskRow, Since, StressRow
from tools.risk.report.words import NOT_NAMED, count, day, money, share, weeks
from tools.risk.report.words import score as out_of_three
from tools.risk.review import CLOSED, Review


def totals(
    nodes: Sequence[NodeRow],
    review: Review,
    risks: Sequence[RiskRow],
    actions: Sequence[ActionRow],
) -> Totals:
    """Return the counts and sums of a report."""
    states = Counter(node.state for node in nodes)
    at_risk = [node.margin_at_risk for node in nodes if node.margin_at_risk is not None]
    unfinished = [action for action in actions if action.status not in CLOSED]
    costs = [action.cost for action in unfinished if action.cost is not None]
    whole = progress(review)
    return Totals(
        nodes=len(nodes),
        over_limit=states["over the limit"],
        with_gap=states["over the limit"] + states["gap"],
        covered=states["covered"],
        unknown=states["unknown"],
        largest_at_risk=max(at_risk, default=None),
        sum_at_risk=sum(at_risk) if at_risk else None,
        at_risk_missing=len(nodes) - len(at_risk),
        asked=whole.asked,
        answered=whole.answered,
        with_evidence=whole.with_evidence,
        without_evidence=whole.answered - whole.with_evidence,
        unknown_answers=whole.unknown,
        open_answers=whole.open,
        disputed=whole.disputed,
        coverage=whole.coverage,
        score=whole.score,
        risks=len(risks),
        risks_not_rated=sum(risk.level not in LEVELS for risk in risks),
        actions=len(actions),
        actions_open=len(unfinished),
        actions_done=sum(action.status == "done" for action in actions),
        actions_overdue=sum(action.overdue for action in actions),
        actions_without_owner=sum(not action.owner for action in unfinished),
        actions_without_date=sum(action.due is None for action in unfinished),
        cost_open=sum(costs) if costs else None,
        cost_missing=len(unfinished) - len(costs),
    )


def findings(
    review: Review,
    nodes: Sequence[NodeRow],
    risks: Sequence[RiskRow],
    flags: Sequence[FlagRow],
    stress: Sequence[StressRow],
    before: Since | None,
    sums: Totals,
) -> tuple[str, ...]:
    """Return the summary, a sentence a finding, exposure first."""
    return (
        *_exposure(review, nodes, sums),
        *_coverage(sums),
        *_register(risks, sums),
        f"{_first(count(len(flags), 'red flag'))} {'stands' if len(flags) == 1 else 'stand'}.",
        *_actions(sums, review.scope.currency.strip()),
        *_stress(stress),
        *(_changes(before) if before is not None else ()),
    )


def _exposure(review: Review, nodes: Sequence[NodeRow], sums: Totals) -> Iterator[str]:
    currency, limit = review.scope.currency.strip(), review.scope.loss_limit
    if not nodes:
        yield "No node has been entered, so exposure is unknown."
        return
    yield (
        f"Of {count(sums.nodes, 'node')}, {sums.with_gap} would be out for longer than customers can be served without "
        f"{'it' if sums.nodes == 1 else 'them'}, {sums.covered} {'is' if sums.covered == 1 else 'are'} covered, and of "
        f"{sums.unknown} it is unknown."
    )
    days = review.scope.stockout_limit_days
    limits = [f"unacceptable loss in one event: {money(limit, currency)}"] if limit is not None else []
    limits += [f"unacceptable stockout: {plural(days, 'day')}"] if days is not None else []
    if not limits:
        yield "No loss limit is stated, so no exposure can be said to be acceptable or not."
    else:
        yield (
            f"{_first(count(sums.over_limit, 'node'))} {'is' if sums.over_limit == 1 else 'are'} over a limit of the "
            f"scope ({'; '.join(limits)})."
        )
    largest = next((node for node in nodes if node.margin_at_risk), None)
    if largest is not None and largest.margin_at_risk is not None:
        times = f", {share(largest.margin_at_risk / limit)} of the limit" if limit else ""
        yield (
            f"Largest exposure: {largest.name}, {weeks(largest.gap)} without supply and "
            f"{money(largest.margin_at_risk, currency)} of margin at risk{times}."
        )
    unpriced = [node.name for node in nodes if node.gap and node.margin_at_risk is None]
    if unpriced:
        yield f"The loss in money is unknown for {count(len(unpriced), 'node')} with a gap: {listed(unpriced[:5])}."


def _coverage(sums: Totals) -> Iterator[str]:
    yield (
        f"{sums.answered} of {count(sums.asked, 'question')} {'is' if sums.answered == 1 else 'are'} answered "
        f"(coverage {share(sums.coverage)}), {sums.with_evidence} with evidence; {sums.unknown_answers} unknown, "
        f"{sums.open_answers} open, {sums.disputed} disputed. Maturity of what is answered: {out_of_three(sums.score)}."
    )


def _register(risks: Sequence[RiskRow], sums: Totals) -> Iterator[str]:
    if not risks:
        yield "The register is empty."
        return
    levels = Counter(risk.level for risk in risks)
    parts = [f"{levels[level]} {level}" for level in reversed(LEVELS) if levels[level]]
    if sums.risks_not_rated:
        parts.append(f"{sums.risks_not_rated} not rated")
    yield f"{_first(count(sums.risks, 'risk'))} in the register: {listed(parts)}."


def _actions(sums: Totals, currency: str) -> Iterator[str]:
    if not sums.actions:
        yield "No action has been agreed or proposed."
        return
    cost = "" if sums.cost_open is None else f", known cost {money(sums.cost_open, currency)}"
    yield (
        f"{_first(count(sums.actions_open, 'open action'))}{cost}: {sums.actions_overdue} overdue, owner "
        f"{NOT_NAMED} for {sums.actions_without_owner}, no date for {sums.actions_without_date}; "
        f"{count(sums.actions_done, 'action')} done."
    )


def _stress(stress: Sequence[StressRow]) -> Iterator[str]:
    if not stress:
        yield "No stress test has been run."
        return
    yield f"{_first(count(len(stress), 'stress test'))} run, the latest on {day(max(run.on for run in stress))}."


def _changes(before: Since) -> Iterator[str]:
    moved = Counter(one.direction for one in before.exposures)
    words = [f"{many} {direction}" for direction, many in sorted(moved.items()) if direction != "same"]
    exposures = f"exposures {listed(words)}" if words else "no exposure changed"
    yield (
        f"Since the review of {day(before.on)}: {exposures}; {count(len(before.closed), 'action')} closed, "
        f"{before.still_open} open still."
    )


def _first(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"

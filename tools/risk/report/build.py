"""Builds the report on a review: everything is computed here once, and the formats only write it down."""

from collections.abc import Sequence
from datetime import date

from tools.risk.report.build_answers import flag_rows, step_rows, unknown_lines
from tools.risk.report.build_changes import change_rows, history
from tools.risk.report.build_exposure import category_rows, node_rows, shared_rows, switch_lines
from tools.risk.report.build_make_or_buy import make_or_buy_rows
from tools.risk.report.build_register import action_rows, risk_rows
from tools.risk.report.build_since import since, year_later
from tools.risk.report.build_stress import next_stress, stress_rows
from tools.risk.report.build_summary import findings, totals
from tools.risk.report.build_texts import (
    GUIDANCE,
    PURPOSE,
    REFERENCES,
    assumptions,
    data_used,
    formulae,
    limits,
    people,
    scope_facts,
    sign_off,
    triggers,
)
from tools.risk.report.content import Report
from tools.risk.review import Change, Review


def build_report(review: Review, today: date, previous: Review | None = None, changes: Sequence[Change] = ()) -> Report:
    """Return the report on a review as it stands.

    Args:
        review: what is reported on; it is not changed.
        today: the day of the report, against which due dates are told overdue.
        previous: the review before, to say what changed since.
        changes: who changed what and when, all of them or as many as are to be told.
    """
    nodes, steps = node_rows(review), step_rows(review)
    risks, actions = risk_rows(review, today), action_rows(review, today)
    flags = flag_rows(review, today)
    sums = totals(nodes, review, risks, actions)
    before = since(review, previous, nodes, steps) if previous is not None else None
    stress, changed = stress_rows(review), change_rows(review, changes)
    reviewed = review.updated.date() if review.status == "finished" else today
    next_review = year_later(reviewed)
    return Report(
        title=review.title,
        review_id=review.id,
        revision=review.revision,
        status=review.status,
        checklist=f"{review.checklist.name}, version {review.checklist.version}",
        on=today,
        currency=review.scope.currency.strip(),
        loss_limit=review.scope.loss_limit,
        stockout_limit_days=review.scope.stockout_limit_days,
        concentration_limit=review.scope.concentration_limit,
        country_limit=review.scope.country_limit,
        purpose=PURPOSE,
        scope=scope_facts(review.scope),
        people=people(review),
        data_used=data_used(review),
        limits=limits(review, nodes, sums),
        findings=findings(review, nodes, risks, flags, stress, before, sums),
        unknowns=unknown_lines(review),
        totals=sums,
        nodes=nodes,
        categories=category_rows(review),
        shared=shared_rows(review),
        switching=switch_lines(review),
        make_or_buy=make_or_buy_rows(review),
        steps=steps,
        flags=flags,
        risks=risks,
        actions=actions,
        stress=stress,
        next_stress=next_stress(review, today),
        since=before,
        history=history(changed),
        changes=changed,
        assumptions=assumptions(nodes),
        formulae=formulae(),
        references=REFERENCES,
        guidance=GUIDANCE,
        sign_off=sign_off(review, risks),
        next_review=next_review,
        triggers=triggers(risks),
    )

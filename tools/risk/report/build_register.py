"""The report's rows of risks and actions."""

from datetime import date

from tools.risk.judgement import Rating, by_severity, check_risk, inherent, residual
from tools.risk.numbering import risk_names
from tools.risk.report.rows import ActionRow, RiskRow
from tools.risk.review import CLOSED, Action, Review, Risk

NOT_RATED = "? not rated"


def risk_rows(review: Review, today: date) -> tuple[RiskRow, ...]:
    """Return the register, highest level first; numbers follow the order of entry, so that they stay."""
    numbers = {id(risk): number for number, risk in enumerate(review.risks, 1)}
    names = {node.id: node.name for node in review.nodes}
    return tuple(_risk(risk, numbers[id(risk)], names, today) for risk in by_severity(review.risks))


def _risk(risk: Risk, number: int, names: dict[str, str], today: date) -> RiskRow:
    rated, left = inherent(risk), residual(risk)
    return RiskRow(
        number=number,
        id=risk.id,
        title=risk.title,
        cause=risk.cause,
        event=risk.event,
        effect=risk.effect,
        controls=risk.controls,
        nodes=tuple(names.get(node, node) for node in risk.nodes),
        likelihood=risk.likelihood,
        impact=risk.impact,
        level=_level(rated),
        why=rated.why,
        treatment=risk.treatment or "",
        owner=risk.owner,
        approver=risk.approver,
        review_date=risk.review_date,
        residual_likelihood=risk.residual_likelihood,
        residual_impact=risk.residual_impact,
        residual_level=_level(left),
        problems=(
            *(wrong.reason for wrong in check_risk(risk, today)),
            *(() if risk.owner.strip() else (f"{risk.title!r} has no owner.",)),
            *(() if risk.treatment else (f"{risk.title!r} has no treatment yet.",)),
        ),
    )


def _level(rating: Rating) -> str:
    return rating.level or NOT_RATED


def action_rows(review: Review, today: date) -> tuple[ActionRow, ...]:
    """Return the plan: open actions by due date, those without one after them, closed ones last."""
    names = {f"exposure {node.id}": f"exposure of {node.name}" for node in review.nodes if node.id}
    names |= {f"risk {risk}": f"risk {name}" for risk, name in risk_names(review.risks).items() if risk}
    rows = [_action(action, number, names, today) for number, action in enumerate(review.actions, 1)]
    return tuple(sorted(rows, key=lambda row: (row.status in CLOSED, row.due is None, row.due or date.max, row.number)))


def _action(action: Action, number: int, names: dict[str, str], today: date) -> ActionRow:
    late = action.due is not None and action.due < today and action.status not in CLOSED
    return ActionRow(
        number=number,
        id=action.id,
        text=action.text,
        origin=names.get(action.origin, action.origin),
        owner=action.owner.strip(),
        due=action.due,
        measure=action.measure,
        cost=action.cost,
        status=action.status,
        overdue=late,
    )

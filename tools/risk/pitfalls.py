"""Mistakes that reviews are known for: figures that look fine and are not, owners and approvals that are missing."""

import re
from datetime import timedelta

from tools.metrics import MetricError, compute
from tools.metrics.families.suppliers import BANDS_2010
from tools.metrics.shown import number
from tools.risk.facts import Facts
from tools.risk.judgement import HIGH, LEVELS, check_risk, inherent
from tools.risk.review import Risk
from tools.risk.rules import Finding, Rule, named
from tools.risk.sources import folded, single_source

LARGEST = 5
YEAR = timedelta(days=365)
_SAFETY = re.compile(r"safety[ -]?stocks?|sicherheitsbest[aä]nd|stock de s[ée]curit[ée]", re.I)


def ttr_own_guess(facts: Facts) -> Finding | None:
    """Find the largest exposures whose time to recover nobody but the team stands for."""
    largest = [one for one in facts.exposures if one.gap][:LARGEST]
    found = [one for one in largest if one.ttr_basis in ("own guess", None)]
    if not found:
        return None
    parts = [f"{one.name} ({number(one.ttr or 0.0)} weeks, {one.ttr_basis or 'basis not said'})" for one in found]
    challenged = len(largest) - len(found)
    return Finding(
        why=f"Among the {len(largest)} largest exposures, the time to recover is not challenged for {named(parts)}.",
        nodes=[one.node for one in found],
        measure=f"largest exposures with a TTR from the supplier or a test: {challenged} -> {len(largest)}",
    )


def safety_stock_as_cover(facts: Facts) -> Finding | None:
    """Find nodes whose cover is said to be safety stock, which is sized for everyday swings and not for a loss."""
    found = [node for node in facts.critical if node.cover_weeks and _SAFETY.search(f"{node.evidence}\n{node.note}")]
    if not found:
        return None
    return Finding(
        why=f"The cover of {named([node.name for node in found])} mentions safety stock; everyday demand uses it up.",
        nodes=[node.id for node in found],
        measure=f"nodes whose cover counts safety stock: {len(found)} -> 0, with TTS computed again",
    )


def hidden_by_total_spend(facts: Facts) -> Finding | None:
    """Find parts with one source that a low concentration over all spend would hide."""
    spend: dict[str, float] = {}
    for sources in facts.sources.values():
        for source in sources.sources:
            if source.spend is None:
                return None
            key = folded(source.supplier) or f"{sources.node.id} {len(spend)}"
            spend[key] = spend.get(key, 0.0) + source.spend
    found = [sources.node for sources in facts.sources.values() if single_source(sources)]
    try:
        index = compute("hhi", spend_by_supplier=spend).value if spend else None
    except MetricError:
        return None
    if not found or index is None or index > BANDS_2010[1]:
        return None
    return Finding(
        why=(
            f"Over all spend the HHI is only {number(index)} points, yet these have one source: "
            f"{named([node.name for node in found])}."
        ),
        nodes=[node.id for node in found],
        measure=f"critical nodes with one source: {len(found)} -> fewer, each decided by name",
    )


def one_country(facts: Facts) -> Finding | None:
    """Find nodes with several suppliers that all sit in one country."""
    names = {node.id: node.name for node in facts.critical}
    found = [
        (dependent.node, shared.name)
        for shared in facts.shared
        if shared.kind == "country"
        for dependent in shared.nodes
        if dependent.false_choice and dependent.all_sources and dependent.node in names
    ]
    if not found:
        return None
    return Finding(
        why=f"All suppliers sit in one country: {named([f'{names[node]} ({country})' for node, country in found])}.",
        nodes=[node for node, _ in found],
        measure=f"nodes with all suppliers in one country: {len(found)} -> 0",
    )


def shares_do_not_add_up(facts: Facts) -> Finding | None:
    """Find nodes whose shares of supply do not make 100 %."""
    found = [sources for sources in facts.sources.values() if sources.warnings]
    if not found:
        return None
    parts = [f"{sources.node.name} ({number(100 * (sources.share_total or 0.0))} %)" for sources in found]
    return Finding(
        why=f"Shares of supply do not add up to 100 %: {named(parts)}.",
        nodes=[sources.node.id for sources in found],
        measure=f"nodes whose shares add up to 100 %: {len(facts.sources) - len(found)} -> {len(facts.sources)}",
    )


def action_without_owner(facts: Facts) -> Finding | None:
    """Find agreed actions that nobody owns or that have no due date."""
    found = [one for one in facts.actions if one.status != "proposed" and (not one.owner.strip() or one.due is None)]
    if not found:
        return None
    parts = []
    for one in found:
        lacking = [*(["no owner"] if not one.owner.strip() else []), *(["no due date"] if one.due is None else [])]
        parts.append(f"{one.text[:60]} ({' and '.join(lacking)})")
    return Finding(why=f"Agreed, but nobody is bound by it: {named(parts)}.", items=[one.id for one in found])


def risk_not_sound(facts: Facts) -> Finding | None:
    """Find entries of the register that lack an approver or a review date, or contradict themselves."""
    found = [(risk, check_risk(risk, facts.today)) for risk in facts.review.risks]
    wrong = [(risk, problems) for risk, problems in found if problems]
    if not wrong:
        return None
    return Finding(
        why=" ".join(problem.reason for _, problems in wrong[:LARGEST] for problem in problems)
        + (f" So it is with {len(wrong) - LARGEST} more." if len(wrong) > LARGEST else ""),
        items=[risk.id for risk, _ in wrong],
    )


def severe_risk_untreated(facts: Facts) -> Finding | None:
    """Find high and critical risks without a treatment or an owner."""
    found = [(risk, lacking) for risk in facts.review.risks if (lacking := _untreated(risk))]
    if not found:
        return None
    parts = [f"{risk.title} ({' and '.join(lacking)})" for risk, lacking in found]
    return Finding(why=f"High or critical, and left as they are: {named(parts)}.", items=[risk.id for risk, _ in found])


def review_done_once(facts: Facts) -> Finding | None:
    """Find that the review was last changed more than a year ago."""
    last = facts.review.updated.date()
    if facts.today - last <= YEAR:
        return None
    return Finding(
        why=f"Nothing was changed since {last.isoformat()}; a review ages like the supply chain it describes.",
        measure=f"last review: {last.isoformat()} -> this year",
    )


PITFALLS: dict[str, tuple[Rule, str, str]] = {
    "ttr_own_guess": (
        ttr_own_guess,
        "The largest exposures rest on a time to recover that nobody challenged",
        "Ask the suppliers for their recovery plans, and test the figure against a past event",
    ),
    "safety_stock_as_cover": (
        safety_stock_as_cover,
        "Safety stock is counted as cover for a disruption",
        "Count only the stock that is left on an ordinary day, and compute TTS again",
    ),
    "hidden_by_total_spend": (
        hidden_by_total_spend,
        "Low concentration over all spend hides parts with one source",
        "Decide part by part where one source is acceptable",
    ),
    "one_country": (
        one_country,
        "Several suppliers of one node sit in the same country",
        "Choose an alternate in another region, with other ports",
    ),
    "shares_do_not_add_up": (
        shares_do_not_add_up,
        "Shares of supply do not add up to 100 %",
        "Correct the shares, or add the source that is missing",
    ),
    "action_without_owner": (action_without_owner, "Agreed actions have no owner or no due date", ""),
    "risk_not_sound": (risk_not_sound, "Entries of the register lack what their treatment needs", ""),
    "severe_risk_untreated": (severe_risk_untreated, "High or critical risks have no treatment or no owner", ""),
    "review_done_once": (
        review_done_once,
        "The review is older than a year",
        "Copy the review for this year and go through it again",
    ),
}
"""Pitfalls by name: the rule, what must not stay, and the action that is proposed ("" for none)."""


def _untreated(risk: Risk) -> list[str]:
    level = inherent(risk).level
    if level is None or LEVELS.index(level) < HIGH:
        return []
    return [*(["no treatment"] if risk.treatment is None else []), *(["no owner"] if not risk.owner.strip() else [])]

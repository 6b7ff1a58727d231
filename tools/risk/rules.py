"""Rules that raise a red flag from numbers: gaps, losses, concentration, shared sub-tiers, tests and due dates."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from pydantic import BaseModel, ConfigDict, Field

from tools.metrics.families.suppliers import BANDS_2010
from tools.metrics.shown import listed, number, percent, plural
from tools.risk.exposure import closing_of
from tools.risk.facts import Facts
from tools.risk.sources import single_source

MOST_NAMED = 5
MARGIN_SHARE = 0.2
COUNTRY_SHARE = 0.6
TEST_AGE = timedelta(days=365)
OPEN_AGE = timedelta(days=183)


class Finding(BaseModel):
    """What a rule found: in words, the ids it concerns, and the number that an action would change."""

    model_config = ConfigDict(frozen=True)

    why: str
    nodes: list[str] = Field(default_factory=list)
    items: list[str] = Field(default_factory=list, description="ids of risks or actions")
    measure: str = ""


Rule = Callable[[Facts], Finding | None]


def named(parts: Sequence[str]) -> str:
    """Return the first few of several parts in a sentence, and how many more there are."""
    shown = list(parts[:MOST_NAMED])
    return listed([*shown, f"{len(parts) - MOST_NAMED} more"] if len(parts) > MOST_NAMED else shown)


def money(amount: float, currency: str) -> str:
    """Return an amount with its currency, if one is said."""
    return f"{number(amount)} {currency}".strip()


def tts_below_ttr(facts: Facts) -> Finding | None:
    """Find critical nodes that survive for a shorter time than they take to recover."""
    found = [one for one in facts.exposures if one.gap]
    if not found:
        return None
    why = named([f"{one.name} (TTS {number(one.tts or 0.0)}, TTR {number(one.ttr or 0.0)} weeks)" for one in found])
    closings = [(one.name, closing) for one in found if (closing := closing_of(one))]
    return Finding(
        why=f"{_count(found, 'critical node')} with a gap: {why}.",
        nodes=[one.node for one in found],
        measure="; ".join(f"{name}: {closing.said}" for name, closing in closings[:MOST_NAMED]),
    )


def loss_above_limit(facts: Facts) -> Finding | None:
    """Find nodes whose loss exceeds the limit of the scope, in money or in days without stock."""
    scope = facts.review.scope
    found = [one for one in facts.exposures if one.over_limit or one.over_stockout_limit]
    if not found:
        return None
    parts = []
    for one in found:
        if one.over_limit and one.margin_at_risk is not None and one.share_of_limit is not None:
            parts.append(f"{one.name} ({percent(one.share_of_limit, 3)} of the limit)")
        elif one.over_limit and one.margin_at_risk is not None:
            parts.append(f"{one.name} ({money(one.margin_at_risk, one.currency)})")
        else:
            parts.append(f"{one.name} ({number((one.gap or 0.0) * 7, 3)} days without stock)")
    limits = [f"{money(scope.loss_limit, scope.currency)} in one event"] if scope.loss_limit is not None else []
    if scope.stockout_limit_days is not None:
        limits.append(f"{plural(scope.stockout_limit_days, 'day')} without stock")
    return Finding(
        why=f"Above the limit of {listed(limits, 'or')}: {named(parts)}.",
        nodes=[one.node for one in found],
        measure=f"nodes above the limit: {len(found)} -> 0",
    )


def no_limit(facts: Facts) -> Finding | None:
    """Find that losses are known, but no limit says which of them is unacceptable."""
    if facts.review.scope.loss_limit is not None or not any(one.margin_at_risk for one in facts.exposures):
        return None
    return Finding(
        why="Margin at risk is known, but no loss is called unacceptable, so nothing can be compared with it.",
        measure="loss limit: not stated -> stated and approved",
    )


def single_source_margin(facts: Facts) -> Finding | None:
    """Find nodes with one source and no alternate that carry more than 20 % of the margin of the scope."""
    whole = facts.review.scope.weekly_margin
    if not whole:
        return None
    found = [
        (node, node.margin_per_week / whole)
        for node in facts.critical
        if node.margin_per_week is not None
        and node.margin_per_week > MARGIN_SHARE * whole
        and single_source(facts.sources[node.id])
        and not node.alternate_share
    ]
    if not found:
        return None
    found.sort(key=lambda one: -one[1])
    why = named([f"{node.name} ({percent(share, 3)})" for node, share in found])
    return Finding(
        why=f"One source, no alternate, and more than {percent(MARGIN_SHARE)} of the margin: {why}.",
        nodes=[node.id for node, _ in found],
        measure=f"nodes with one source and more than {percent(MARGIN_SHARE)} of the margin: {len(found)} -> 0",
    )


def concentration(facts: Facts) -> Finding | None:
    """Find critical categories above the caps of the scope or, without caps, above 2,500 points or 60 %."""
    scope = facts.review.scope
    points = float(BANDS_2010[1]) if scope.concentration_limit is None else scope.concentration_limit
    country = COUNTRY_SHARE if scope.country_limit is None else scope.country_limit
    parts, nodes, over = [], [], 0
    for one in facts.concentration:
        said = []
        if one.hhi is not None and one.hhi > points:
            said.append(f"HHI {number(one.hhi)}")
        if one.top_country_share is not None and one.top_country_share > country + 1e-9:
            said.append(f"{one.top_country} {percent(one.top_country_share, 3)}")
        if said:
            over += 1
            nodes += one.nodes
            parts.append(f"{one.category} ({', '.join(said)})")
    if not parts:
        return None
    own = scope.concentration_limit is not None, scope.country_limit is not None
    whose = "the policy's caps" if all(own) else "caps that are partly a proposal" if any(own) else "the proposed caps"
    return Finding(
        why=f"Above {whose} of {number(points)} points or {percent(country)} in one country: {named(parts)}.",
        nodes=nodes,
        measure=f"critical categories above a cap: {over} -> 0",
    )


def switch_exceeds_tts(facts: Facts) -> Finding | None:
    """Find critical nodes whose volume takes longer to move than they survive."""
    found = [one for one in facts.switches if one.gap]
    if not found:
        return None
    why = named(
        [f"{one.name} (switch {number(one.switch or 0.0)}, TTS {number(one.tts or 0.0)} weeks)" for one in found]
    )
    return Finding(
        why=f"The switch comes too late for {why}.",
        nodes=[one.node for one in found],
        measure=f"longest switch beyond TTS: {plural(found[0].gap or 0.0, 'week')} -> 0",
    )


def shared_sub_tier(facts: Facts) -> Finding | None:
    """Find sub-tiers that several sources of one node depend on."""
    critical = {node.id for node in facts.critical}
    found = [one for one in facts.shared if one.kind == "sub-tier" and critical & set(one.one_node)]
    if not found:
        return None
    nodes = _once(node for one in found for node in one.one_node if node in critical)
    return Finding(
        why=" ".join(one.said for one in found[:MOST_NAMED]),
        nodes=nodes,
        measure=f"nodes whose sources share a sub-tier: {len(nodes)} -> 0",
    )


def old_test(facts: Facts) -> Finding | None:
    """Find that the last stress test, run in the review or reported in an answer, is older than 12 months."""
    if not facts.tests or facts.today - facts.tests[0].day <= TEST_AGE:
        return None
    last = facts.tests[0].day.isoformat()
    return Finding(
        why=f"The last stress test was on {last}, more than 12 months ago.",
        measure=f"last stress test: {last} -> within 12 months",
    )


def action_overdue(facts: Facts) -> Finding | None:
    """Find open actions past their due date, and stress tests that left actions open for more than six months."""
    late = sorted((one for one in facts.actions if one.due and one.due < facts.today), key=lambda one: str(one.due))
    left = [one for one in facts.tests if one.open_actions and facts.today - one.day > OPEN_AGE]
    parts = [f"{_short(one.text)} (due {one.due})" for one in late]
    parts += [f"{plural(one.open_actions or 0.0, 'action')} of the test of {one.day.isoformat()}" for one in left]
    if not parts:
        return None
    return Finding(
        why=f"Still to be done: {named(parts)}.",
        items=[one.id for one in late],
        measure=f"actions past their date: {number(len(late) + sum(one.open_actions or 0.0 for one in left))} -> 0",
    )


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        tts_below_ttr, loss_above_limit, no_limit, single_source_margin, concentration, switch_exceeds_tts,
        shared_sub_tier, old_test, action_overdue,
    )
}  # fmt: skip
"""Rules by the name that a question's red flag may give."""


def _count(found: Sequence[object], noun: str) -> str:
    return plural(len(found), noun)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 3].rstrip()}..."

"""What losing a node costs in weeks and money: time to survive, gap, and margin at risk against the limit."""

from collections.abc import Sequence
from functools import lru_cache

from tools.metrics import Frame, MetricResult, compute
from tools.metrics.given import DAYS, LARGEST
from tools.metrics.shown import number, percent
from tools.risk.exposure_result import (
    COVER_ASKED,
    FORMULA,
    MARGIN_ASKED,
    NO_LIMIT,
    NOT_KNOWN,
    SYMBOLS,
    TTR_ASKED,
    Closing,
    Exposure,
)
from tools.risk.judgement import impact_of
from tools.risk.review import Node, Review, Scope

__all__ = [
    "COVER_ASKED", "FORMULA", "MARGIN_ASKED", "NOT_KNOWN", "NO_LIMIT", "SYMBOLS", "TTR_ASKED", "Closing", "Exposure",
    "closing_of", "exposure_of", "exposures", "known_exposures", "unknown_exposures",
]  # fmt: skip


def exposure_of(node: Node, scope: Scope) -> Exposure:
    """Return what losing a node costs, compared with the limits of the scope.

    Numbers come from the metrics `ttr_gap` and `time_to_survive`, so that they are the same as in the chat. A missing
    TTR or cover leaves the gap unknown; a missing alternate share counts as no alternate, which overstates the gap
    rather than hiding it.
    """
    frame = (scope.currency or "").strip()
    affected = 1.0 if node.share_affected is None else node.share_affected
    margin = None if node.margin_per_week is None else node.margin_per_week * affected
    all_carried = node.alternate_share is not None and node.alternate_share >= 1
    assumptions, warnings, steps = _assumed(node), _doubts(node), _margin_steps(node, margin)
    missing = [TTR_ASKED] if node.ttr_weeks is None else []
    if node.cover_weeks is None and not all_carried:
        missing.append(COVER_ASKED)
    tts = gap = at_risk = None
    if margin is not None and margin > LARGEST:
        warnings.append(f"A margin of {margin:g} a week is too large to be right; check its unit.")
        margin = None
    if node.ttr_weeks is not None and (node.cover_weeks is not None or all_carried):
        result = _gap(node.ttr_weeks, node.cover_weeks or 0.0, node.alternate_share, margin, frame)
        gap, tts = result.value, _number(result, "time_to_survive")
        at_risk = _number(result, "lost_margin") if margin is not None else 0.0 if gap == 0 else None
        steps += result.steps
        warnings += result.warnings
    elif node.cover_weeks is not None and not all_carried:
        survival = _survival(node.cover_weeks, node.alternate_share, frame)
        tts = survival.value
        steps += survival.steps
    elif all_carried:
        steps.append("time to survive = without limit, as alternates cover all of demand")
    if margin is None and gap != 0:
        missing.append(MARGIN_ASKED)
    over = None if at_risk is None or scope.loss_limit is None else at_risk > scope.loss_limit
    days = None if gap is None else gap * DAYS["week"]
    limit_days = scope.stockout_limit_days
    return Exposure(
        node=node.id,
        name=node.name,
        kind=node.kind,
        category=node.category,
        critical=node.critical,
        ttr=node.ttr_weeks,
        ttr_basis=node.ttr_basis,
        cover=node.cover_weeks,
        alternate_share=node.alternate_share,
        share_affected=affected,
        margin_per_week=margin,
        tts=tts,
        tts_no_limit=all_carried,
        gap=gap,
        margin_at_risk=at_risk,
        currency=scope.currency,
        loss_limit=scope.loss_limit,
        share_of_limit=at_risk / scope.loss_limit if at_risk is not None and scope.loss_limit else None,
        over_limit=over,
        over_stockout_limit=None if days is None or limit_days is None else days > limit_days,
        impact=impact_of(at_risk, scope.loss_limit),
        assumptions=assumptions,
        missing=missing,
        warnings=warnings,
        steps=steps,
    )


def exposures(review: Review) -> list[Exposure]:
    """Return the exposures of all nodes, the largest margin at risk first, then the widest gap.

    Those with a gap but no margin follow, widest first, then those whose gap is not known: these are gaps in knowledge,
    never zeros. `unknown_exposures` lists both.
    """
    return sorted((exposure_of(node, review.scope) for node in review.nodes), key=_rank)


def known_exposures(found: Sequence[Exposure]) -> list[Exposure]:
    """Return those whose margin at risk is known, in the order given."""
    return [exposure for exposure in found if exposure.known]


def unknown_exposures(found: Sequence[Exposure]) -> list[Exposure]:
    """Return those whose margin at risk is not known, in the order given; `missing` of each says what to ask for."""
    return [exposure for exposure in found if not exposure.known]


def closing_of(exposure: Exposure) -> Closing | None:
    """Return what would close a gap, or None where there is none or it is not known.

    Each way alone brings the time to survive up to the TTR: cover C' = TTR (1 - a), alternates a' = 1 - C / TTR, or a
    recovery within the time to survive. They follow from TTS = C / (1 - a).
    """
    if not exposure.gap or exposure.ttr is None or exposure.cover is None or exposure.tts is None:
        return None
    alternates = exposure.alternate_share or 0.0
    needed = exposure.ttr * (1 - alternates)
    share = 1 - exposure.cover / exposure.ttr
    ttr, cover = number(exposure.ttr), number(exposure.cover)
    return Closing(
        gap=exposure.gap,
        more_cover=max(0.0, needed - exposure.cover),
        cover_needed=needed,
        alternate_share=share,
        ttr=exposure.tts,
        steps=[
            f"cover needed = TTR · (1 - alternate share) = {ttr} · (1 - {number(alternates)}) = {number(needed)}",
            f"cover to add = {number(needed)} - {cover} = {number(max(0.0, needed - exposure.cover))}",
            f"alternate share needed = 1 - cover / TTR = 1 - {cover} / {ttr} = {number(share)}",
            f"TTR needed = time to survive = {number(exposure.tts)}",
        ],
    )


def _rank(exposure: Exposure) -> tuple[int, float, float, str]:
    if exposure.gap is None:
        return 2, 0.0, 0.0, exposure.name.casefold()
    if exposure.margin_at_risk is None:
        return 1, -exposure.gap, 0.0, exposure.name.casefold()
    return 0, -exposure.margin_at_risk, -exposure.gap, exposure.name.casefold()


def _assumed(node: Node) -> list[str]:
    assumptions = []
    if node.share_affected is None:
        assumptions.append("all of the margin is lost with the node, as no share is stated")
    if node.alternate_share is None:
        assumptions.append("no alternate is counted, as none is stated")
    elif node.alternate_share:
        assumptions.append(
            f"alternates supply {percent(node.alternate_share)} of demand from the first day until the node is back"
        )
    if node.cover_weeks:
        assumptions.append("demand stays as it is, and all of the cover can be used")
    return assumptions


def _doubts(node: Node) -> list[str]:
    if node.share_affected is None or not node.alternate_share or node.alternate_share >= 1:
        return []
    left = 1 - node.alternate_share
    if abs(node.share_affected - left) > 1e-9:
        return []
    return [
        f"The share affected ({percent(node.share_affected)}) is just what alternates leave; if it counts them "
        "already, clear it, or they are counted twice."
    ]


def _margin_steps(node: Node, margin: float | None) -> list[str]:
    if margin is None or node.margin_per_week is None or node.share_affected is None:
        return []
    return [
        f"margin lost a week = margin a week · share affected = {number(node.margin_per_week)} · "
        f"{number(node.share_affected)} = {number(margin)}"
    ]


# Pages ask again and again for the same nodes: a result is kept, which makes a review of 1,000 nodes a matter of
# milliseconds after the first time. Results are read only here and never handed out.
@lru_cache(maxsize=8192)
def _gap(ttr: float, cover: float, alternates: float | None, margin: float | None, currency: str) -> MetricResult:
    return compute(
        "ttr_gap",
        frame=Frame(period="week", money=currency),
        time_to_recover=ttr,
        stock_cover=cover,
        alternate_share=alternates,
        margin=margin,
    )


@lru_cache(maxsize=8192)
def _survival(cover: float, alternates: float | None, currency: str) -> MetricResult:
    return compute(
        "time_to_survive",
        frame=Frame(period="week", money=currency),
        stock_cover=cover,
        alternate_share=alternates,
    )


def _number(result: MetricResult, name: str) -> float | None:
    value = result.also.get(name)
    return value if isinstance(value, float) else None

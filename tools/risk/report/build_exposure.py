"""The report's rows of nodes, concentration, shared sub-tiers and switching times."""

from collections import defaultdict

from tools.risk.concentration import concentration
from tools.risk.countries import country_named
from tools.risk.exposure import Exposure, exposures
from tools.risk.report.rows import CategoryRow, ExposureState, HolderRow, NodeRow, SharedRow, SourceRow
from tools.risk.report.words import weeks
from tools.risk.review import Node, Review
from tools.risk.shared import shared_sub_tiers, switch_gaps
from tools.risk.sources import NodeSources, first_spelling, folded, sources_of


def node_rows(review: Review) -> tuple[NodeRow, ...]:
    """Return the nodes, largest margin at risk first, unknown exposure last."""
    # A file may hold nodes without an id, or two with the same: their place in the review tells them apart.
    keyed = [node.model_copy(update={"id": str(place)}) for place, node in enumerate(review.nodes)]
    found = exposures(review.model_copy(update={"nodes": keyed}))
    return tuple(_row(review.nodes[int(exposure.node)], exposure) for exposure in found)


def exposure_state(exposure: Exposure) -> ExposureState:
    """Return the state of a node; a gap that is not known is never covered."""
    if exposure.gap is None:
        return "unknown"
    if exposure.over_limit or exposure.over_stockout_limit:
        return "over the limit"
    return "gap" if exposure.gap > 0 else "covered"


def _row(node: Node, exposure: Exposure) -> NodeRow:
    found = sources_of(node)
    country, share = _top_country(found)
    unbounded = float("inf") if exposure.tts_no_limit else None
    return NodeRow(
        id=node.id,
        name=node.name,
        kind=node.kind,
        category=node.category,
        critical=node.critical,
        ttr=exposure.ttr,
        ttr_basis=exposure.ttr_basis,
        cover=exposure.cover,
        alternate_share=node.alternate_share,
        tts=unbounded if exposure.tts is None else exposure.tts,
        gap=exposure.gap,
        margin_per_week=node.margin_per_week,
        share_affected=node.share_affected,
        margin_at_risk=exposure.margin_at_risk,
        switch=node.switch_weeks,
        sources=tuple(
            SourceRow(
                supplier=source.supplier,
                country=source.country,
                share=held,
                spend=source.spend,
                sub_tier=tuple(source.sub_tier),
            )
            for source, held in zip(found.sources, found.shares, strict=True)
        ),
        top_country=country,
        top_country_share=share,
        state=exposure_state(exposure),
        missing=tuple(exposure.missing),
        assumptions=tuple(exposure.assumptions),
        warnings=(*exposure.warnings, *found.warnings, *found.left_out),
        evidence=node.evidence,
    )


def _top_country(found: NodeSources) -> tuple[str, float | None]:
    """Return the country with the largest share of a node's supply; the share is None where shares are not stated."""
    names = first_spelling(country_named(source.country) for source in found.sources)
    if not names:
        return "", None
    if found.share_total is None:
        return (next(iter(names.values())), None) if len(names) == 1 else ("", None)
    held: dict[str, float] = defaultdict(float)
    for source, share in zip(found.sources, found.shares, strict=True):
        if folded(source.country):
            held[folded(country_named(source.country))] += share or 0.0
    top = max(held, key=lambda one: held[one])
    return names[top], held[top]


def category_rows(review: Review) -> tuple[CategoryRow, ...]:
    """Return the concentration of each critical category, highest first."""
    names = {node.id: node.name for node in review.nodes}
    return tuple(
        CategoryRow(
            category=one.category,
            weighting=one.weighted_by,
            hhi=one.hhi,
            top_supplier=one.top_supplier,
            top_supplier_share=one.top_supplier_share,
            top_country=one.top_country,
            top_country_share=one.top_country_share,
            single_sourced=tuple(names.get(node, node) for node in one.single_sourced),
            by_spend=one.weighting == "spend",
            whole=max(1.0, total) if one.weighting == "share" else total,
            over=tuple(
                words
                for over, words in (
                    (one.over_hhi, "above the cap on HHI"),
                    (one.over_country, "above the cap on one country"),
                )
                if over
            ),
            holders=tuple(HolderRow(supplier=holder.supplier, weight=holder.weight) for holder in one.holders),
            missing=tuple(f"not known: {lacking}" for lacking in one.missing),
            warnings=tuple(one.warnings),
        )
        for one, total in ((one, sum(holder.weight for holder in one.holders)) for one in concentration(review))
    )


def shared_rows(review: Review) -> tuple[SharedRow, ...]:
    """Return what several sources or nodes depend on, worst first."""
    return tuple(SharedRow(name=one.name, kind=one.kind, depends=one.said) for one in shared_sub_tiers(review))


def switch_lines(review: Review) -> tuple[str, ...]:
    """Return a sentence for each node whose switch to another source comes too late, and one for those not known."""
    gaps = switch_gaps(review)
    late = tuple(
        f"{one.name}: moving the volume takes {weeks(one.switch)}, {weeks(one.gap)} longer than it survives "
        f"({weeks(one.tts)})."
        for one in gaps
        if one.gap
    )
    unknown = [one.name for one in gaps if one.gap is None and one.critical]
    if not unknown:
        return late
    shown = ", ".join(unknown[:8]) + (f" and {len(unknown) - 8} more" if len(unknown) > 8 else "")
    return (*late, f"Not known for {len(unknown)} critical nodes: {shown}.")

"""How much each critical category rests on one supplier or one country, never over total spend alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.metrics import METRICS, MetricError, MetricResult, compute
from tools.metrics.shown import number, percent
from tools.risk.countries import country_named
from tools.risk.review import Node, Review, Scope
from tools.risk.sources import NEAR, NodeSources, first_spelling, folded, single_source, sources_of

FORMULA = METRICS["hhi"].formula
NO_CATEGORY = "without a category"
CAVEAT = (
    "The bands come from US merger guidelines (2010: 1,500 and 2,500 points; 2023: 1,000 and 1,800) and judge markets; "
    "for suppliers they are an analogy, not a rule. Set a cap of your own in the scope."
)
Weighting = Literal["spend", "share", "none"]


class Holder(BaseModel):
    """A supplier's weight in a category: money a year or share of supply, as the category is weighed."""

    model_config = ConfigDict(frozen=True)

    supplier: str
    weight: float


class CategoryConcentration(BaseModel):
    """The concentration of one critical category; HHI in points from 0 to 10,000, shares from 0 to 1, None unknown.

    Attributes:
        weighting: what suppliers are weighed by; `weighted_by` says it in words.
        nodes: ids of its critical nodes; `counted` of them are in the figures.
        single_sourced: ids of nodes with one supplier.
        country_unknown: share of the weight without a country, so that the top country may be larger by it.
        over_hhi, over_country: against the policy's caps of the scope; None without a cap or figure.
        holders: suppliers with their weights, the heaviest first; their shares squared make the HHI.
        complete: all nodes are counted and their shares add up.
    """

    model_config = ConfigDict(frozen=True)

    category: str
    weighting: Weighting
    weighted_by: str
    nodes: list[str]
    counted: int
    suppliers: int
    hhi: float | None = None
    effective_suppliers: float | None = None
    top_supplier: str = ""
    top_supplier_share: float | None = None
    top_country: str = ""
    top_country_share: float | None = None
    country_unknown: float = 0.0
    single_sourced: list[str] = Field(default_factory=list)
    band_2010: str = ""
    band_2023: str = ""
    hhi_limit: float | None = None
    country_limit: float | None = None
    over_hhi: bool | None = None
    over_country: bool | None = None
    holders: list[Holder] = Field(default_factory=list)
    complete: bool = True
    meaning: str = ""
    missing: list[str] = Field(default_factory=list)
    left_out: list[str] = Field(default_factory=list)
    assumptions: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    steps: list[str] = Field(default_factory=list)
    formula: str = FORMULA


def concentration(review: Review) -> list[CategoryConcentration]:
    """Return the concentration of every category with a critical node, over its critical nodes, highest first.

    Suppliers are weighed by spend where all sources of all counted nodes have it, else by their share of each node, all
    nodes alike. Critical nodes without a category are judged one by one. Categories whose figure is not known come
    last.
    """
    groups: dict[str, list[Node]] = defaultdict(list)
    names: dict[str, str] = {}
    for node in review.nodes:
        if not node.critical:
            continue
        key = folded(node.category) or f"\0{node.id or node.name}"
        names.setdefault(key, node.category.strip() or f"{node.name} ({NO_CATEGORY})")
        groups[key].append(node)
    found = [concentration_of(names[key], nodes, review.scope) for key, nodes in groups.items()]
    return sorted(found, key=lambda one: (one.hhi is None, -(one.hhi or 0.0), one.category.casefold()))


def concentration_of(category: str, nodes: Sequence[Node], scope: Scope) -> CategoryConcentration:
    """Return the concentration over the nodes of one category, compared with the caps of the scope."""
    all_sources = [sources_of(node) for node in nodes]
    weighting = _weighting(all_sources)
    counted = [found for found in all_sources if found.sources and (weighting == "spend" or _shared(found))]
    weighed = list(_weighed(counted, weighting))
    warnings = [line for found in all_sources for line in found.warnings]
    if counted and len(counted) < len(nodes):
        warnings.append(
            f"{len(counted)} of {len(nodes)} critical nodes are counted; the figures say nothing about the others."
        )
    base = CategoryConcentration(
        category=category,
        weighting=weighting if counted else "none",
        weighted_by=_weighted_by(weighting, len(counted)),
        nodes=[node.id for node in nodes],
        counted=len(counted),
        suppliers=len({one.supplier for one in weighed}),
        single_sourced=[found.node.id for found in all_sources if single_source(found)],
        hhi_limit=scope.concentration_limit,
        country_limit=scope.country_limit,
        complete=len(counted) == len(nodes) and not warnings,
        missing=_missing(all_sources, weighting),
        left_out=[line for found in all_sources for line in found.left_out],
        assumptions=[line for found in counted for line in found.assumptions],
        warnings=warnings,
    )
    return base.model_copy(update=_figures(base, weighed)) if counted else base


@dataclass(frozen=True)
class _Weighed:
    """A source with its weight: money a year, or share of supply over the counted nodes."""

    supplier: str
    country: str
    weight: float


def _figures(base: CategoryConcentration, weighed: Sequence[_Weighed]) -> dict[str, Any]:
    """Return what changes in the result once suppliers can be weighed."""
    spend = base.weighting == "spend"
    amounts = _added((one.supplier, one.weight) for one in weighed)
    try:
        result = compute("hhi", spend_by_supplier=amounts) if spend else compute("hhi", shares_by_supplier=amounts)
    except MetricError as error:
        return {"warnings": [*base.warnings, str(error)]}
    whole = sum(amounts.values()) if spend else max(1.0, sum(amounts.values()))
    countries = {name: weight / whole for name, weight in _added((one.country, one.weight) for one in weighed).items()}
    unknown = max(0.0, 1 - sum(share for name, share in countries.items() if name))
    top, share = max(
        ((name, share) for name, share in countries.items() if name), key=lambda one: one[1], default=("", None)
    )
    hides_nothing = [line for line in result.warnings if not line.startswith("A low index over all spend")]
    at_least = (
        f"The country of {percent(unknown, 3)} of the {base.weighting} is not known, so one country may hold more of "
        "it than is shown."
    )
    largest = float(str(result.also["largest_share"]))
    return {
        "holders": [
            Holder(supplier=name, weight=amounts[name]) for name in sorted(amounts, key=lambda one: -amounts[one])
        ],
        "hhi": result.value,
        "effective_suppliers": result.also["effective_suppliers"],
        "top_supplier": str(result.also["largest"]),
        "top_supplier_share": largest,
        "top_country": top,
        "top_country_share": share,
        "country_unknown": unknown if unknown > NEAR else 0.0,
        "band_2010": str(result.also["band_2010"]),
        "band_2023": str(result.also["band_2023"]),
        "over_hhi": None if base.hhi_limit is None else result.value > base.hhi_limit,
        "over_country": _over(share, unknown, base.country_limit),
        "steps": result.steps,
        "warnings": [*base.warnings, *hides_nothing, *([at_least] if unknown > NEAR else [])],
        "meaning": _meaning(base, result, largest, top, share),
    }


def _meaning(
    base: CategoryConcentration, result: MetricResult, largest: float, country: str, country_share: float | None
) -> str:
    said = (
        f"{base.category}: HHI {number(result.value)} points {base.weighted_by}, as with "
        f"{number(float(str(result.also['effective_suppliers'])), 3)} suppliers of equal size; "
        f"{result.also['largest']} has {percent(largest, 3)}"
    )
    if country_share is not None:
        said += f", {country} {percent(country_share, 3)}"
    if base.hhi_limit is not None:
        side = "above" if result.value > base.hhi_limit else "within"
        return f"{said}. That is {side} the policy's cap of {number(base.hhi_limit)}."
    return (
        f"{said}. US merger guidelines would say {result.also['band_2010']} (2010) and {result.also['band_2023']} "
        f"(2023). {CAVEAT}"
    )


def _over(share: float | None, unknown: float, limit: float | None) -> bool | None:
    """Say whether a country is above a cap; None where that depends on sources whose country is not known."""
    if limit is None or share is None:
        return None
    if share > limit + 1e-9:
        return True
    return None if share + unknown > limit + 1e-9 and unknown > NEAR else False


def _weighting(all_sources: Sequence[NodeSources]) -> Weighting:
    spends = [source.spend for found in all_sources for source in found.sources]
    known = [spend for spend in spends if spend is not None]
    return "spend" if known and len(known) == len(spends) and sum(known) > 0 else "share"


def _missing(all_sources: Sequence[NodeSources], weighting: Weighting) -> list[str]:
    lacking = []
    for found in all_sources:
        if not found.sources:
            lacking.append(f"sources of {found.node.name}")
        elif weighting == "share" and not _shared(found):
            excess = found.share_total is not None and found.share_total > 1
            lacking.append(f"shares of {found.node.name}{' that add up to at most 100 %' if excess else ''}")
        if any(not folded(source.country) for source in found.sources):
            lacking.append(f"countries of the sources of {found.node.name}")
    return lacking


def _shared(found: NodeSources) -> bool:
    return found.share_total is not None and 0 < found.share_total <= 1 + NEAR


def _weighed(counted: Sequence[NodeSources], weighting: Weighting) -> Iterator[_Weighed]:
    """Yield sources with one spelling of each name and their weight; all nodes weigh the same where shares count."""
    suppliers = first_spelling(source.supplier for found in counted for source in found.sources)
    countries = first_spelling(country_named(source.country) for found in counted for source in found.sources)
    for found in counted:
        for place, (source, share) in enumerate(zip(found.sources, found.shares, strict=True), 1):
            yield _Weighed(
                supplier=suppliers.get(folded(source.supplier), f"unnamed source {place} of {found.node.name}"),
                country=countries.get(folded(country_named(source.country)), ""),
                weight=(source.spend or 0.0) if weighting == "spend" else (share or 0.0) / len(counted),
            )


def _added(weights: Iterable[tuple[str, float]]) -> dict[str, float]:
    added: dict[str, float] = defaultdict(float)
    for name, weight in weights:
        added[name] += weight
    return dict(added)


def _weighted_by(weighting: Weighting, counted: int) -> str:
    if not counted:
        return "not known"
    if weighting == "spend":
        return "by spend"
    return "by share of supply" if counted == 1 else f"by share of supply, {counted} nodes weighing the same"

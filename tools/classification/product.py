"""Classifies a product as functional, innovative or hybrid after Fisher (1997), from numbers, words and likeness."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from tools.classification import chains
from tools.classification.calibration import Calibration, default_calibration
from tools.classification.evidence import Evidence, enough, gather, outdone, probabilities
from tools.classification.facts import checked
from tools.classification.fisher import Fisher
from tools.classification.product_result import ClassificationError, Label, Likeness, ProductResult, Sign, Wrong
from tools.classification.signs import SignEntry, read_signs
from tools.classification.thresholds import Thresholds, default_thresholds
from tools.classification.verdict import against, because, criteria_rows, questions, warnings

SHOWN_EXAMPLES = 3


class ProductFacts(BaseModel):
    """What is known of a product in numbers; all of it is optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    life_cycle_months: float | None = Field(None, description="months from launch until it is replaced")
    contribution_margin: float | None = Field(None, description="price less variable cost, in percent of the price")
    variants: float | None = Field(None, description="number of variants in the category")
    forecast_error: float | None = Field(
        None, description="average forecast error in percent when production is committed"
    )
    stockout_rate: float | None = Field(None, description="share of demand that finds it sold out, in percent")
    markdown: float | None = Field(None, description="forced end-of-season price cut in percent of the full price")
    made_to_order_lead_time_days: float | None = Field(None, description="days from a customer's order to delivery")
    replenishment_lead_time_days: float | None = Field(None, description="days from your order to receipt")
    orders_a_year: float | None = Field(None, description="orders to the supplier or plant in a year")

    def values(self) -> dict[str, float]:
        """Return what is given, by name."""
        return {name: value for name, value in self if value is not None}


class SpokenSign(BaseModel):
    """A sign of signs.yaml that a description shows: the words, and the probability that they mean it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    quote: str = ""
    certainty: float = Field(1.0, ge=0, le=1)


class Words(BaseModel):
    """What was learned makes of a description: the probability of each label, and how many clauses tell anything."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    odds: dict[str, float]
    told: float = Field(0.0, ge=0)


def classify_product(
    facts: ProductFacts | Mapping[str, Any],
    signs: Sequence[SpokenSign] = (),
    nearest: Sequence[Likeness] = (),
    words: Words | None = None,
    name: str = "",
    thresholds: Thresholds | None = None,
    calibration: Calibration | None = None,
) -> ProductResult:
    """Classify a product after Fisher (1997).

    Args:
        facts: what is known in numbers; units stand in ProductFacts.
        signs: what words of a description say.
        nearest: described products that resemble it; the first three are shown.
        words: the learned odds of the labels.
        name: how the product is called.
        thresholds: other thresholds than those of thresholds.yaml.
        calibration: other weights than those of calibration.yaml.

    Raises:
        ClassificationError: for a value that cannot be, an unknown input or an unknown sign.
    """
    bands = (thresholds or default_thresholds()).fisher
    weights = calibration or default_calibration()
    values = _checked_values(checked(ProductFacts, facts), bands)
    pairs = [(spoken, entry) for spoken, entry in _known(signs) if not outdone(entry, values, bands)]
    told = [(entry, spoken.certainty) for spoken, entry in pairs]
    evidence = gather(values, told, nearest, words.odds if words else {}, bands, words.told if words else 0.0)
    odds = probabilities(evidence, weights)
    best = max(odds, key=lambda label: odds[label])
    confidence = weights.confidence(odds[best], evidence)
    label = _label(best, confidence, evidence, bands)
    shown = [
        Sign(
            sign=entry.id,
            label=entry.label,
            says=entry.says,
            quote=spoken.quote,
            why=entry.why,
            source=entry.source,
            certainty=round(spoken.certainty, 3),
        )
        for spoken, entry in pairs
    ]
    rows = criteria_rows(values, bands)
    result = ProductResult(
        product=name,
        label=label,
        confidence=round(min(confidence, bands.verdict.least_confidence) if label == "unknown" else confidence, 3),
        odds={key: round(value, 3) for key, value in odds.items()},
        because=because(label, rows, shown),
        criteria=rows,
        signs=shown,
        nearest=list(nearest[:SHOWN_EXAMPLES]),
        speaks_against=against(label, rows, shown, nearest),
        questions=questions(values, told, evidence, label, confidence, bands, weights),
        warnings=warnings(values, bands, odds, label),
        assumptions=["Thresholds after Fisher (1997); docs/classification.md lists them."],
    )
    return _with_chain(result, values, evidence, bands)


def classify_line(name: str, parts: Sequence[ProductResult]) -> ProductResult:
    """Return a mixed line: a hybrid if its parts differ, else what they all are; each part keeps its own verdict.

    Raises:
        ClassificationError: when there is no part.
    """
    if not parts:
        raise ClassificationError([Wrong(input="parts", reason="there are none; name at least two parts of the line")])
    labels = {part.label for part in parts}
    known = labels - {"unknown"}
    differ = len(known) > 1 or "hybrid" in known
    label: Label = parts[0].label if len(labels) == 1 else "hybrid" if differ else "unknown"
    told = [f"{part.product or f'part {place}'} is {part.label}" for place, part in enumerate(parts, 1)]
    chain = chains.needed_chain(label)
    if chain is not None and label == "hybrid":
        chain = chain.model_copy(
            update={
                "parts": [
                    f"{part.product or f'part {place}'}: {chains.SUITS.get(part.label, 'the chain is open')}"
                    for place, part in enumerate(parts, 1)
                ]
            }
        )
    present = next((part.present for part in parts if part.present), None)
    return ProductResult(
        product=name,
        label=label,
        confidence=min(part.confidence for part in parts),
        because=f"The line has parts that want to be planned apart: {'; '.join(told)}.",
        criteria=parts[0].criteria if len(parts) == 1 else [],
        parts=list(parts),
        chain=chain,
        present=present,
        questions=[question for part in parts for question in part.questions][:2],
        ways_out=chains.ways_out(label, None, {}, self_made=False, surge=False, partly=present is not None),
        assumptions=["Each part is classified by itself; the line is not an average of its parts."],
        notes=chains.notes(label, supply=False, mismatch=None),
    )


def _checked_values(facts: ProductFacts, bands: Fisher) -> dict[str, float]:
    bounds = {bound.input: bound for bound in bands.criteria.values()} | dict(bands.present)
    values = facts.values()
    wrong = [(name, reason) for name, value in values.items() if (reason := bounds[name].wrong(value))]
    if wrong:
        raise ClassificationError([Wrong(input=name, reason=reason) for name, reason in wrong])
    return values


def _known(signs: Sequence[SpokenSign]) -> list[tuple[SpokenSign, SignEntry]]:
    known = read_signs()
    if unknown := [sign.id for sign in signs if sign.id not in known]:
        reason = f"There is no sign {unknown[0]!r}; data/signs.yaml lists them."
        raise ClassificationError([Wrong(input="signs", reason=reason)])
    return [(sign, known[sign.id]) for sign in signs]


def _label(best: str, confidence: float, evidence: Evidence, bands: Fisher) -> Label:
    """Return the likeliest label if enough was told to give it."""
    if not enough(confidence, evidence, bands):
        return "unknown"
    return "functional" if best == "functional" else "innovative" if best == "innovative" else "hybrid"


def _with_chain(result: ProductResult, values: Mapping[str, float], evidence: Evidence, bands: Fisher) -> ProductResult:
    """Add the chain it needs, the one they have, and what follows."""
    surge = evidence.surge > 0
    present = chains.present_chain(values, result.signs, bands)
    mismatch, text = chains.judged(result.label, present, values)
    self_made = chains.self_made_text(result.signs)
    supply = chains.supply_position(result.label, result.signs)
    return result.model_copy(
        update={
            "chain": chains.needed_chain(result.label, surge=surge),
            "present": present,
            "mismatch": mismatch,
            "mismatch_text": text,
            "self_made": self_made,
            "ways_out": chains.ways_out(
                result.label, mismatch, values, self_made=bool(self_made), surge=surge, partly=bool(text)
            ),
            "supply": supply,
            "notes": chains.notes(result.label, supply=supply is not None, mismatch=mismatch),
        }
    )

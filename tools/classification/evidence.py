"""Weighs what is known of a product: numbers, words and likeness as log-odds for each of Fisher's labels."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tools.classification.calibration import LABELS, Calibration
from tools.classification.fisher import Fisher
from tools.classification.product_result import Likeness
from tools.classification.signs import SignEntry

SWINGS = ("forecast_error", "stockouts", "markdown", "demand")
"""Criteria whose figures show self-made swings as much as real uncertainty."""
_SMOOTH = 0.05


@dataclass(frozen=True)
class Evidence:
    """Log-odds by kind: what numbers and signs say for each side, and how far likeness speaks for each label.

    `words` and `nearest` hold for each label 0 for the likeliest and less for the others; `told` is how many clauses,
    numbers or signs tell anything.
    """

    numbers: tuple[float, float] = (0.0, 0.0)
    signs: tuple[float, float] = (0.0, 0.0)
    surge: float = 0.0
    words: Mapping[str, float] = field(default_factory=dict)
    nearest: Mapping[str, float] = field(default_factory=dict)
    told: float = 0.0

    @property
    def amount(self) -> float:
        """Log-odds of all that was told, for whichever side."""
        return sum(self.numbers) + sum(self.signs) + self.surge


Told = Sequence[tuple[SignEntry, float]]
"""Signs with the certainty of each."""


def gather(
    values: Mapping[str, float],
    told: Told,
    nearest: Sequence[Likeness],
    odds: Mapping[str, float],
    thresholds: Fisher,
    clauses_told: float = 0.0,
) -> Evidence:
    """Weigh what is known; `values` are numbers by input, `odds` the learned probability of each label."""
    swings = any(sign.says == "self_made" for sign, _ in told)
    return Evidence(
        _numbers(values, swings, thresholds),
        _signs(values, told, swings, thresholds),
        _surge(told, thresholds),
        _behind(odds or thresholds.likeness.without_words, thresholds.likeness.words_most),
        _behind(votes(nearest, thresholds), thresholds.likeness.nearest_most),
        max(clauses_told, _told(values, told, thresholds)),
    )


def with_number(evidence: Evidence, values: Mapping[str, float], told: Told, thresholds: Fisher) -> Evidence:
    """Return the evidence with other numbers and the same words."""
    swings = any(sign.says == "self_made" for sign, _ in told)
    return replace(
        evidence, numbers=_numbers(values, swings, thresholds), signs=_signs(values, told, swings, thresholds)
    )


def probabilities(evidence: Evidence, calibration: Calibration) -> dict[str, float]:
    """Return the probability of each label before it is calibrated."""
    weights = calibration.weights
    functional, innovative = (
        weights.numbers * number + weights.signs * sign
        for number, sign in zip(evidence.numbers, evidence.signs, strict=True)
    )
    both = min(functional, innovative)
    raw = {
        "functional": weights.functional + functional - weights.against * innovative,
        "innovative": weights.innovative + innovative - weights.against * functional,
        "hybrid": weights.hybrid
        + 2 * weights.both * both
        + weights.surge * evidence.surge
        + weights.surge_on_stable * min(evidence.surge, 1.0) * functional,
    }
    for label in LABELS:
        raw[label] += weights.words * evidence.words.get(label, 0.0)
        raw[label] += weights.nearest * evidence.nearest.get(label, 0.0)
    highest = max(raw.values())
    odds = {label: math.exp(value - highest) for label, value in raw.items()}
    return {label: value / sum(odds.values()) for label, value in odds.items()}


def enough(confidence: float, evidence: Evidence, thresholds: Fisher) -> bool:
    """Say whether a label may be given: by numbers and clear words, or by a description that tells enough."""
    verdict = thresholds.verdict
    if evidence.amount >= verdict.least_evidence:
        return confidence >= verdict.least_confidence
    return evidence.told >= verdict.least_told and confidence >= verdict.least_confidence_by_likeness


def votes(nearest: Sequence[Likeness], thresholds: Fisher) -> dict[str, float]:
    """Return the share of each label among the nearest examples; the nearer, the more; none if none is near."""
    least = thresholds.likeness.nearest_from
    weights = dict.fromkeys(LABELS, 0.0)
    for example in nearest:
        if example.label in weights:
            weights[example.label] += max(0.0, (example.similarity - least) / (1 - least)) ** 2
    total = sum(weights.values())
    return {label: weight / total for label, weight in weights.items()} if total else {}


def _told(values: Mapping[str, float], told: Told, thresholds: Fisher) -> float:
    """Return how many numbers and signs tell of demand; what is told of chain and supply does not."""
    of_demand = [sign for sign, _ in told if not sign.says.endswith(("_chain", "_supply"))]
    return float(len(given_criteria(values, thresholds)) + len(of_demand))


def given_criteria(values: Mapping[str, float], thresholds: Fisher) -> set[str]:
    """Return the criteria for which there is a number."""
    return {name for name, bands in thresholds.criteria.items() if bands.input in values}


def outdone(sign: SignEntry, values: Mapping[str, float], thresholds: Fisher) -> bool:
    """Say whether a number of a sign's criterion says something else: plain numbers win over words."""
    row = thresholds.criteria.get(sign.criterion)
    if row is None or row.input not in values or sign.says not in ("functional", "innovative"):
        return False
    return row.says(values[row.input]) != sign.says


def _numbers(values: Mapping[str, float], swings: bool, thresholds: Fisher) -> tuple[float, float]:
    functional = innovative = 0.0
    for name, bands in thresholds.criteria.items():
        if bands.input in values:
            low, high = bands.evidence(values[bands.input])
            functional += low
            innovative += high * (thresholds.signs.swings_explained if swings and name in SWINGS else 1.0)
    return functional, innovative


def _signs(values: Mapping[str, float], told: Told, swings: bool, thresholds: Fisher) -> tuple[float, float]:
    given = given_criteria(values, thresholds)
    sides = []
    for side in ("functional", "innovative"):
        criteria: dict[str, list[float]] = {}
        for sign, certainty in told:
            if sign.says != side or outdone(sign, values, thresholds):
                continue
            weight = _weight(sign, certainty, thresholds)
            if sign.criterion in given:
                weight *= thresholds.signs.beside_a_number
            if swings and side == "innovative" and sign.criterion in SWINGS:
                weight *= thresholds.signs.swings_explained
            criteria.setdefault(sign.id if sign.criterion == "none" else sign.criterion, []).append(weight)
        sides.append(sum(_together(weights, thresholds) for weights in criteria.values()))
    return sides[0], sides[1]


def _surge(told: Told, thresholds: Fisher) -> float:
    return _together([_weight(sign, sure, thresholds) for sign, sure in told if sign.says == "surge"], thresholds)


def _weight(sign: SignEntry, certainty: float, thresholds: Fisher) -> float:
    """Return the log-odds of a sign; none where it is as likely not meant."""
    least = thresholds.signs.least_certainty
    return thresholds.signs.strength[sign.strength] * max(0.0, certainty - least) / (1 - least)


def _together(weights: Iterable[float], thresholds: Fisher) -> float:
    """Add signs of one criterion: the clearest in full, the others in part, as they say the same again."""
    ranked = sorted(weights, reverse=True)
    return ranked[0] + thresholds.signs.second_on_a_criterion * sum(ranked[1:]) if ranked else 0.0


def _behind(odds: Mapping[str, float], most: float) -> dict[str, float]:
    """Return for each label how far it lies behind the likeliest, in log-odds, at most `most`."""
    if not odds:
        return {}
    best = math.log(max(odds.values()) + _SMOOTH)
    return {label: max(-most, math.log(odds.get(label, 0.0) + _SMOOTH) - best) for label in LABELS}

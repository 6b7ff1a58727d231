"""Says what a verdict rests on: the criteria, what speaks against it, and the questions that would settle it."""

from collections.abc import Mapping, Sequence

from tools.classification.calibration import Calibration
from tools.classification.evidence import Evidence, Told, probabilities, with_number
from tools.classification.fisher import Fisher, shown
from tools.classification.product_result import Criterion, Likeness, Question, Side, Sign

SIDES = ("functional", "innovative")
ASKED = 2
LEAST_MOVE = 0.05
LIKE = 0.6
REASONS = 3
NEAR = 0.15


def criteria_rows(values: Mapping[str, float], bands: Fisher) -> list[Criterion]:
    """Return a row for each criterion: the bands, and where the product stands."""
    return [
        Criterion(
            criterion=name,
            label=row.label,
            value=values.get(row.input),
            shown=shown(values[row.input], row.unit) if row.input in values else "",
            functional=row.functional_shown,
            innovative=row.innovative_shown,
            says=_side(row.says(values[row.input])) if row.input in values else "not given",
            source=bands.source,
        )
        for name, row in bands.criteria.items()
    ]


def _side(says: str) -> Side:
    return "functional" if says == "functional" else "innovative" if says == "innovative" else "between"


def because(label: str, rows: Sequence[Criterion], signs: Sequence[Sign]) -> str:
    """Return in a sentence what the verdict rests on."""
    if label == "unknown":
        return "Too little was told, or too little that tells functional from innovative, to give a label."
    sides = SIDES if label == "hybrid" else (label,)
    found = [
        [f"{row.label.lower()} of {row.shown}" for row in rows if row.says == side]
        + [_told(sign) for sign in _clearest(signs) if sign.says in (side, "surge" if label == "hybrid" else side)]
        for side in sides
    ]
    reasons = list(dict.fromkeys(reason for side in found for reason in side[:REASONS]))
    return f"It rests on: {'; '.join(reasons)}." if reasons else ""


def against(label: str, rows: Sequence[Criterion], signs: Sequence[Sign], nearest: Sequence[Likeness]) -> list[str]:
    """Return in sentences what speaks against a label; of an unknown product, what speaks for either side."""
    others = [side for side in SIDES if side != label]
    found = [
        f"{row.label} of {row.shown} speaks for {row.says} "
        f"({row.functional if row.says == SIDES[0] else row.innovative})."
        for row in rows
        if row.says in others
    ]
    found += [f"{_opening(sign)} speaks for {sign.says}." for sign in signs if sign.says in others]
    if label != "hybrid":
        found += [f"{_opening(sign)}: demand can surge." for sign in signs if sign.says == "surge"]
    if label != "unknown":
        close = [like for like in nearest if like.label != label and like.similarity >= LIKE]
        found += [f"It resembles {like.product}, which is {like.label}." for like in close[:1]]
    return found


def questions(
    values: Mapping[str, float],
    told: Told,
    evidence: Evidence,
    label: str,
    confidence: float,
    bands: Fisher,
    calibration: Calibration,
) -> list[Question]:
    """Return the one or two questions whose answers would move the verdict most; none where it is sure."""
    if label != "unknown" and confidence >= bands.verdict.sure:
        return []
    moves = []
    for name, row in bands.criteria.items():
        if row.input in values:
            continue
        low, high = (
            probabilities(with_number(evidence, {**values, row.input: value}, told, bands), calibration)
            for value in (row.functional, row.surely_innovative)
        )
        moves.append((abs(high["innovative"] - low["innovative"]) + abs(high["functional"] - low["functional"]), name))
    ranked = sorted(moves, key=lambda move: -move[0])
    return [Question(criterion=name, text=bands.criteria[name].question) for move, name in ranked if move > LEAST_MOVE][
        :ASKED
    ]


def warnings(values: Mapping[str, float], bands: Fisher, odds: Mapping[str, float], label: str) -> list[str]:
    """Return what makes the verdict or its numbers doubtful."""
    found = []
    margin = values.get("contribution_margin")
    if margin is not None and margin < 0:
        found.append(f"A contribution margin of {shown(margin, '%')} means that each unit sold loses money.")
    for row in bands.criteria.values():
        value = values.get(row.input)
        if value is not None and row.functional == row.innovative and abs(row.grade(value)) < NEAR * 1.5:
            found.append(
                f"{row.label} of {shown(value, row.unit)} lies at the line of {shown(row.functional, row.unit)} "
                "between the bands: it says little."
            )
    first, second = sorted(odds, key=lambda name: -odds[name])[:2]
    if label != "unknown" and odds[first] - odds[second] < NEAR:
        found.append(f"It is a close call between {first} and {second}.")
    return found


def _clearest(signs: Sequence[Sign]) -> list[Sign]:
    return sorted(signs, key=lambda sign: -sign.certainty)


def _opening(sign: Sign) -> str:
    told = _told(sign)
    return f"{told[0].upper()}{told[1:]}"


def _told(sign: Sign) -> str:
    return f'"{sign.quote}" ({sign.label})' if sign.quote else sign.label

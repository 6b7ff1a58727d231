"""Sets ranking weights, confidence and the threshold of refusals on the tuning half of the question sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from scipy.optimize import minimize

from assistant.embedded.context import Context
from assistant.embedded.material import Found
from assistant.embedded.reply import Talker
from assistant.embedded.scope import FEATURES, Scope, scope_features
from assistant.embedded.scope import SETTINGS as SCOPE
from assistant.evaluation.answers import REFUSED
from assistant.evaluation.sets import Case
from knowledge.retriever import CONFIDENCE, NoteSearch, confidence_features, missing
from knowledge.retriever import SETTINGS as RANKING
from knowledge.signals import FIGURES, read, signals

Numbers = npt.NDArray[np.float64]
RANKING_PENALTY = 0.002
LOGISTIC_PENALTY = 0.01
LARGEST = 30.0
PLATEAU = 0.03  # one message in forty-five is no difference


@dataclass(frozen=True)
class Point:
    """Precision and recall of refusals, and the share of questions answered, at one threshold."""

    threshold: float
    precision: float
    recall: float
    answered: float


def tune(search: NoteSearch, cases: Sequence[Case]) -> list[Point]:
    """Fit everything that is set on data, write it to its files, and return the curve of the threshold."""
    answerable = [case for case in cases if case.expect[0] and case.expect[0].gold_concepts]
    weights = fit_ranking(search, answerable)
    ranking = search.ranking.model_copy(update={"weights": dict(zip(FIGURES, map(_short, weights), strict=True))})
    search = NoteSearch(search.library, ranking)
    confidence = fit_confidence(search, cases)
    ranking = ranking.model_copy(update={"confidence": confidence})
    _write(RANKING, {"weights": ranking.weights, "confidence": ranking.confidence, "threshold": ranking.threshold})
    search = NoteSearch(search.library, ranking)
    rows, wanted = scope_rows(search, cases)
    fitted = _logistic(rows, wanted)
    scope = dict(zip(("intercept", *FEATURES), map(_short, fitted), strict=True))
    points = curve(_probabilities(rows, fitted), wanted)
    _write(SCOPE, {"weights": scope, "threshold": chosen_threshold(points)})
    return points


def chosen_threshold(points: Sequence[Point]) -> float:
    """Return the middle one of the thresholds about as good as the best: the very edge would be luck."""
    best = max(min(point.precision, point.recall) for point in points)
    good = [point.threshold for point in points if min(point.precision, point.recall) >= best - PLATEAU]
    return good[len(good) // 2]


def fit_ranking(search: NoteSearch, cases: Sequence[Case]) -> Numbers:
    """Return weights, none negative, under which the right notes have the highest softmax probability."""
    tables = []
    for case in cases:
        library = search.library
        reading = read(case.turns[0], library.names, library.index)
        found = list(signals(reading, library).values())
        gold = np.array([entry.title in (case.expect[0].gold_concepts if case.expect[0] else ()) for entry in found])
        tables.append((np.array([entry.figures() for entry in found]), gold))

    def loss(weights: Numbers) -> float:
        total = 0.0
        for rows, gold in tables:
            raw = rows @ weights
            chance = np.exp(raw - raw.max())
            total -= np.log(chance[gold].sum() / chance.sum() + 1e-9)
        return float(total / len(tables) + RANKING_PENALTY * weights @ weights)

    best = minimize(loss, np.ones(len(FIGURES)), method="L-BFGS-B", bounds=[(0, LARGEST)] * len(FIGURES))
    return np.asarray(best.x)


def fit_confidence(search: NoteSearch, cases: Sequence[Case]) -> dict[str, float]:
    """Return a logistic model of whether the first note is right."""
    rows, right = [], []
    for case in cases:
        library = search.library
        reading = read(case.turns[0], library.names, library.index)
        ranked = search.rank(signals(reading, library))
        uncovered = bool(missing(reading, library.index.vocabulary))
        features = confidence_features(reading, ranked, [search.score(entry) for entry in ranked[:2]], uncovered)
        rows.append([features[name] for name in CONFIDENCE])
        gold = case.expect[0].gold_concepts if case.expect[0] else []
        right.append(bool(ranked) and ranked[0].title in gold)
    fitted = _logistic(np.array(rows), np.array(right))
    return dict(zip(("intercept", *CONFIDENCE), map(_short, fitted), strict=True))


def scope_rows(search: NoteSearch, cases: Sequence[Case]) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Return what the decision to answer is reckoned from, for each case, and whether it should be answered."""
    talker = Talker(search.library)
    rows, wanted = [], []
    for case in cases:
        understood = talker.understand(Context(case.turns[0], (), (), 0))
        output: dict[str, Any] = search.search(understood.query, understood.kind, understood.titles).model_dump()
        for number, section in enumerate(output["sections"], 1):
            section["number"] = number
        found = Found.from_outputs([("search_notes", output)])
        if found is not None:
            features = scope_features(understood, found)
            rows.append([features[name] for name in FEATURES])
            wanted.append(not (case.expect[0] and case.expect[0].type in REFUSED))
    return np.array(rows), np.array(wanted)


def curve(probabilities: Numbers, wanted: npt.NDArray[np.bool_]) -> list[Point]:
    """Return precision and recall of refusals for thresholds from 0.05 to 0.95."""
    points = []
    for threshold in np.arange(0.05, 0.96, 0.05):
        refused = probabilities < threshold
        right = float((refused & ~wanted).sum())
        points.append(
            Point(
                round(float(threshold), 2),
                right / max(1.0, float(refused.sum())),
                right / max(1.0, float((~wanted).sum())),
                float((~refused & wanted).sum() / max(1, wanted.sum())),
            )
        )
    return points


def scope_curve(search: NoteSearch, cases: Sequence[Case]) -> list[Point]:
    """Return the curve under the weights in use."""
    rows, wanted = scope_rows(search, cases)
    scope = Scope.load()
    fitted = np.array([scope.weights[name] for name in ("intercept", *FEATURES)])
    return curve(_probabilities(rows, fitted), wanted)


def _logistic(rows: Numbers, wanted: npt.NDArray[np.bool_]) -> Numbers:
    signs = np.where(wanted, 1.0, -1.0)
    share = np.where(wanted, 0.5 / max(1, wanted.sum()), 0.5 / max(1, (~wanted).sum()))

    def loss(fitted: Numbers) -> float:
        raw = (fitted[0] + rows @ fitted[1:]) * signs
        return float(share @ np.logaddexp(0, -raw) + LOGISTIC_PENALTY * fitted[1:] @ fitted[1:])

    return np.asarray(minimize(loss, np.zeros(rows.shape[1] + 1), method="L-BFGS-B").x)


def _probabilities(rows: Numbers, fitted: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-(fitted[0] + rows @ fitted[1:]))))


def _short(value: float) -> float:
    return round(float(value), 3)


def _write(path: Path, values: dict[str, Any]) -> None:
    """Replace the lines of the values in a settings file and leave its comments and other lines as they are."""
    lines = path.read_text("utf-8").splitlines()
    for place, line in enumerate(lines):
        key = line.partition(":")[0]
        if key in values:
            shown = yaml.safe_dump(values[key], default_flow_style=True, width=1000, sort_keys=False)
            lines[place] = f"{key}: {shown.removesuffix('...' + chr(10)).strip()}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

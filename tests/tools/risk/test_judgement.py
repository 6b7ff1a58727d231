"""Anchors, rating by severity, the heat map, what a register entry lacks, and that ranks are never calculated with."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import tools.risk
from tests.tools.risk.nodes import TODAY, risk
from tools.metrics import compute
from tools.risk.judgement import (
    FILE,
    LEVELS,
    SCALE,
    Anchors,
    anchors,
    by_severity,
    check_risk,
    heat_map,
    impact_of,
    inherent,
    rating,
)

PAIRS = [(likelihood, impact) for likelihood in SCALE for impact in SCALE]
LATER = TODAY + timedelta(days=90)


def place(likelihood: int, impact: int) -> int:
    return LEVELS.index(rating(likelihood, impact).level)


@pytest.mark.parametrize(
    ("loss", "impact"),
    [(0, 1), (49, 1), (50, 2), (249, 2), (250, 3), (749, 3), (750, 4), (1000, 4), (1500, 4), (1501, 5), (9e9, 5)],
)
def test_impact_follows_the_percentages_of_the_limit(loss, impact):
    assert impact_of(loss, 1000) == impact


def test_impact_of_what_is_not_known_is_not_known():
    assert impact_of(None, 1000) is None
    assert impact_of(10, None) is None
    assert impact_of(0, 0) == 1
    assert impact_of(1, 0) == 5


@settings(deadline=None)
@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(1, 1e9))
def test_a_larger_loss_never_has_less_impact(one, other, limit):
    low, high = sorted((one, other))
    assert impact_of(low, limit) <= impact_of(high, limit)


def test_severity_leads():
    for likelihood in SCALE:
        assert place(likelihood, 5) >= LEVELS.index("high")
        assert place(likelihood, 4) >= LEVELS.index("medium")
    for likelihood, impact in PAIRS:
        if likelihood < impact:  # of a pair and its mirror, the one with more impact is never rated lower
            assert place(likelihood, impact) >= place(impact, likelihood)


def test_more_likelihood_or_impact_never_lowers_the_level():
    for likelihood, impact in PAIRS:
        if likelihood < SCALE[-1]:
            assert place(likelihood + 1, impact) >= place(likelihood, impact)
        if impact < SCALE[-1]:
            assert place(likelihood, impact + 1) >= place(likelihood, impact)


def test_every_pair_has_the_band_of_the_risk_score():
    """The chat's risk score and the register say the same of all 25 pairs."""
    for likelihood, impact in PAIRS:
        band = compute("risk_score", likelihood=float(likelihood), impact=float(impact)).also["band"]
        assert rating(likelihood, impact).level == band, (likelihood, impact)


def test_why_is_said_in_the_words_of_the_anchors():
    said = rating(1, 5)
    assert said.level == "high"
    assert "ten years" in said.why
    assert "150 %" in said.why
    assert "however rare" in said.why


def test_what_is_not_judged_has_no_level():
    assert rating(None, None).level is None
    assert rating(3, None).level is None
    assert rating(None, 4).level is None
    assert "likelihood" in rating(None, 4).why
    assert rating(None, 5).level == "high"


@pytest.mark.parametrize("wrong", [0, 6, -1, 2.5])
def test_a_level_outside_the_scale_is_refused(wrong):
    with pytest.raises(ValueError, match="from 1 to 5"):
        rating(wrong, 3)


def test_the_heat_map_has_a_cell_for_every_pair():
    risks = [risk("A", likelihood=2, impact=5), risk("B", likelihood=2, impact=5), risk("C", likelihood=4)]
    found = heat_map(risks)
    assert len(found.cells) == 25
    assert (found.cells[0].impact, found.cells[0].likelihood) == (5, 1)
    assert next(cell.risks for cell in found.cells if (cell.likelihood, cell.impact) == (2, 5)) == ["a", "b"]
    assert found.not_rated == ["c"]
    assert sum(len(cell.risks) for cell in found.cells) == 2
    assert heat_map(risks, of_residual=True).not_rated == ["a", "b", "c"]


def test_the_register_is_sorted_by_severity():
    risks = [
        risk("Not rated"), risk("Often, slight", likelihood=5, impact=1), risk("Rare, ruinous", likelihood=1, impact=5),
        risk("Likely, severe", likelihood=5, impact=4), risk("High by likelihood", likelihood=5, impact=3),
    ]  # fmt: skip
    assert [one.title for one in by_severity(risks)] == [
        "Likely, severe", "Rare, ruinous", "High by likelihood", "Often, slight", "Not rated",
    ]  # fmt: skip


SOUND = [
    {},
    {"treatment": "accept", "approver": "Ms Lund", "review_date": LATER},
    {"likelihood": 4, "impact": 3, "residual_likelihood": 2, "residual_impact": 3, "treatment": "reduce likelihood"},
    {"likelihood": 2, "impact": 2, "residual_likelihood": 3, "note": "A second lane doubles the handling."},
    {"likelihood": 3, "impact": 4, "residual_impact": 2, "controls": "Sprinklers since May"},
]
UNSOUND = [
    ({"treatment": "accept", "review_date": LATER}, "approver", "name the approver"),
    ({"treatment": "accept", "approver": "  ", "review_date": LATER}, "approver", "name the approver"),
    ({"treatment": "accept", "approver": "Ms Lund"}, "review_date", "set a review date"),
    ({"treatment": "accept", "approver": "Ms Lund", "review_date": TODAY}, "review_date", "not in the future"),
    ({"treatment": "accept", "approver": "A", "review_date": date(2025, 1, 1)}, "review_date", "2025-01-01"),
    ({"likelihood": 2, "residual_likelihood": 3}, "residual_likelihood", "higher likelihood"),
    ({"impact": 2, "residual_impact": 5, "controls": "A wall"}, "residual_impact", "higher impact"),
    ({"residual_impact": 2}, "residual_impact", "none before"),
    ({"likelihood": 4, "residual_likelihood": 2}, "residual_likelihood", "no treatment"),
    (
        {"treatment": "accept", "approver": "A", "review_date": LATER, "impact": 4, "residual_impact": 2},
        "residual_impact",
        "is accepted",
    ),
    (
        {"treatment": "reduce impact", "impact": 4, "residual_impact": 4},
        "residual_impact",
        "treated to reduce its impact",
    ),
]


@pytest.mark.parametrize("fields", SOUND)
def test_sound_entries_have_nothing_wrong(fields):
    assert check_risk(risk(**fields), TODAY) == []


@pytest.mark.parametrize(("fields", "field", "said"), UNSOUND)
def test_entries_that_lack_or_contradict_are_named(fields, field, said):
    wrong = check_risk(risk("Fire at the paint shop", **fields), TODAY)
    assert [one.field for one in wrong] == [field]
    assert said in wrong[0].reason
    assert "Fire at the paint shop" in wrong[0].reason


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["levels"].update({5: ["medium", "high", "high", "critical", "critical"]}),
        lambda data: data["levels"].update({3: ["medium", "low", "medium", "high", "high"]}),
        lambda data: data["impact"].pop(3),
        lambda data: data["impact"][2].update({"from": 0.5}),
        lambda data: data["impact"][1].pop("from"),
        lambda data: data["meaning"].pop("low"),
    ],
)
def test_anchors_that_contradict_themselves_are_refused(change):
    data = yaml.safe_load(FILE.read_text("utf-8"))
    Anchors.model_validate(data)
    change(data)
    with pytest.raises(ValidationError):
        Anchors.model_validate(data)


def test_every_level_is_worded():
    scales = anchors()
    for scale in (scales.likelihood, scales.impact):
        texts = [scale[level].anchor for level in SCALE]
        assert len(set(texts)) == len(SCALE)
        assert all(len(text) > 10 for text in texts)


RANKS = {"likelihood", "impact", "residual_likelihood", "residual_impact"}
PLAIN = (ast.Name, ast.Attribute, ast.BoolOp)
CALCULATED = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
TOTALS = {"sum", "mean", "fmean", "median", "average", "prod"}


def _ranks(tree: ast.AST) -> set[str]:
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return RANKS & (names | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})


def arithmetic_on_ranks(source: str) -> list[int]:
    """Return the lines in which ranks are multiplied, joined to one another or averaged.

    Moving one by a constant is how a drawing places it, and no judgement.
    """
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, CALCULATED):
            ranked = sum(bool(_ranks(side)) for side in (node.left, node.right) if isinstance(side, PLAIN))
            if ranked == 2 or (ranked and isinstance(node.op, ast.Mult | ast.Div | ast.Pow)):
                lines.append(node.lineno)
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in TOTALS and any(_ranks(argument) for argument in node.args):
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "source",
    [
        "risk.likelihood * risk.impact",
        "score = likelihood * impact",
        "sum(risk.impact for risk in risks)",
        "statistics.mean([risk.likelihood for risk in risks])",
        "(risk.residual_impact or 0) + (risk.residual_likelihood or 0)",
        "2 * risk.impact",
    ],
)
def test_arithmetic_on_ranks_would_be_found(source):
    assert arithmetic_on_ranks(source) == [1]


def test_nobody_calculates_with_ranks():
    files = sorted(Path(tools.risk.__path__[0]).rglob("*.py"))
    assert len(files) > 10
    found = {file.name: lines for file in files if (lines := arithmetic_on_ranks(file.read_text("utf-8")))}
    assert found == {}


def test_the_inherent_level_is_looked_up():
    assert inherent(risk(likelihood=2, impact=5)).level == "high"
    assert inherent(risk()).level is None

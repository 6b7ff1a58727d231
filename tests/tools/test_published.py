"""Every metric gives the values that somebody published."""

import importlib
import json
import math
from pathlib import Path
from typing import Any

import pytest

from tools.metrics import METRICS, compute
from tools.metrics.document import document

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "numeric_cases.jsonl").read_text("utf-8").splitlines()]
CHECKS = [(entry.id, check) for entry in METRICS.values() for check in entry.published]


def mappings() -> dict[str, Any]:
    """Return for each topic of the numeric cases the function that computes it."""
    found: dict[str, Any] = {}
    for path in sorted(HERE.glob("cases_*.py")):
        found |= importlib.import_module(f"tests.tools.{path.stem}").CASES
    return found


MAPPINGS = mappings()


def same(found: Any, wanted: Any, within: dict[str, float]) -> bool:
    if isinstance(wanted, dict):
        return set(wanted) == set(found) and all(same(found[name], wanted[name], within) for name in wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(lambda a, b: same(a, b, within), found, wanted))
    if isinstance(wanted, str) or wanted is None:
        return bool(found == wanted)
    return math.isclose(found, wanted, rel_tol=within["rel"], abs_tol=within["abs"])


@pytest.mark.parametrize(("metric", "check"), CHECKS, ids=[f"{name}-{place}" for place, (name, _) in enumerate(CHECKS)])
def test_a_published_value_is_met(metric, check):
    result = compute(metric, **check.inputs)
    found = {"value": result.value, **result.also}
    within = {"rel": 0.0, "abs": check.within} if check.absolute else {"rel": check.within, "abs": 1e-9}
    for name, wanted in check.expected.items():
        assert same(found[name], wanted, within), (name, found[name], wanted)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_numeric_case_is_met(case):
    assert case["topic"] in MAPPINGS, f"no metric for {case['topic']}"
    found = MAPPINGS[case["topic"]]({name: part["value"] for name, part in case["inputs"].items()})
    for name, part in case["expected"].items():
        assert same(found[name], part["value"], case["tolerance"]), (name, found[name], part["value"])


def test_the_page_of_metrics_is_current():
    page = HERE.parent.parent / "docs" / "metrics.md"
    assert page.read_text("utf-8") == document(), "run: python -m tools.metrics docs/metrics.md"


def test_nearly_every_metric_is_checked_against_a_published_value():
    unchecked = sorted(entry.id for entry in METRICS.values() if not entry.published)
    assert len(unchecked) <= len(METRICS) // 4, unchecked

"""What the one file of thresholds promises: verdicts and documentation follow it, and mistakes in it are named."""

from pathlib import Path

import pytest
import yaml

from tools.classification import (
    ThresholdsError,
    classify_demand,
    classify_items,
    classify_purchase,
    classify_supply,
    load_thresholds,
)
from tools.classification.document import document
from tools.classification.thresholds import FILE

PAGE = Path(__file__).parents[2] / "docs" / "classification.md"


@pytest.fixture
def changed(tmp_path):
    """Return a function that loads a copy of the thresholds with one field changed."""

    def load(value, *path):
        data = yaml.safe_load(FILE.read_text("utf-8"))
        place = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        file = tmp_path / "thresholds.yaml"
        file.write_text(yaml.safe_dump(data), "utf-8")
        return load_thresholds(file)

    return load


def test_the_page_is_current():
    assert PAGE.read_text("utf-8") == document(), "run: python -m tools.classification docs/classification.md"


def test_every_section_names_its_source():
    data = yaml.safe_load(FILE.read_text("utf-8"))
    assert all(section["source"] for section in data.values())
    assert all(one["source"] for one in (*data["lee"]["demand"], *data["lee"]["supply"], *data["kraljic"]["factors"]))


def test_a_changed_threshold_moves_verdict_and_page(changed):
    items = [{"name": "a", "value": 75}, {"name": "b", "value": 15}, {"name": "c", "value": 10}]
    other = changed(90, "abc", "first")
    assert classify_items(items).abc == ["A", "B", "C"]
    assert classify_items(items, thresholds=other).abc == ["A", "A", "C"]
    assert "A up to 90 %" in document(other)

    other = changed(0.05, "xyz", "first")
    assert classify_items([{"name": "a", "demand": (9, 10, 11)}], thresholds=other).xyz == ["Y"]
    assert "variation of 0.05" in document(other)

    other = changed(5, "patterns", "interval")
    assert classify_demand((10, 0, 0, 9, 0, 11, 0, 10)).pattern == "intermittent"
    assert classify_demand((10, 0, 0, 9, 0, 11, 0, 10), thresholds=other).pattern == "smooth"
    assert "at most 5 |" in document(other)

    other = changed(80, "kraljic", "line")
    facts = {"profit_impact": 70, "supply_risk": 10}
    assert classify_purchase(facts).quadrant == "leverage"
    assert classify_purchase(facts, thresholds=other).quadrant == "non-critical"
    assert "divided at 80" in document(other)

    other = changed(5, "lee", "demand", 0, "low")
    assert classify_supply({"forecast_error": 8}).demand.level == "low"
    assert classify_supply({"forecast_error": 8}, thresholds=other).demand.level == "unknown"
    assert "at most 5 percent" in document(other)


@pytest.mark.parametrize(
    ("value", "path", "parts"),
    [
        (96, ("abc", "first"), ("abc", "first (96.0) must be below second (95.0)")),
        ("many", ("xyz", "second"), ("xyz.second is 'many'",)),
        (None, ("patterns", "source"), ("patterns.source",)),
        (1, ("abc", "third"), ("abc.third", "not permitted")),
        ([[1, 5], [0, 9]], ("kraljic", "factors", 0, "anchors"), ("anchors must rise", "0.0 follows 1.0")),
        (40, ("lee", "demand", 0, "low"), ("low and high are both 40",)),
        ({"low": 1}, ("kraljic", "spoken"), ("give low, medium and high",)),
    ],
)
def test_a_mistake_is_named_with_file_and_field(changed, value, path, parts):
    with pytest.raises(ThresholdsError) as caught:
        changed(value, *path)
    assert all(part in str(caught.value) for part in ("thresholds.yaml", *parts)), str(caught.value)


def test_a_file_that_is_missing_or_no_yaml_is_named(tmp_path):
    with pytest.raises(ThresholdsError, match="cannot be read"):
        load_thresholds(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_text("abc: [", "utf-8")
    with pytest.raises(ThresholdsError, match=r"bad\.yaml cannot be read"):
        load_thresholds(tmp_path / "bad.yaml")

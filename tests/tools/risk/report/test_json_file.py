"""A review as a JSON file: read back without loss, and what is no review is refused."""

import json
import math
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.report import samples
from tools.risk.errors import ReviewError
from tools.risk.report import as_json, build_report, read_json
from tools.risk.review import Answer, Node, Review, Risk, Source, StressRun

VERSION_1 = Path(__file__).with_name("version_1.json")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBER = st.floats(allow_nan=False)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NUMBER | TEXT | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT | st.just("$number"), inner, max_size=4),
    max_leaves=12,
)
SHARE = st.none() | st.floats(0, 1)
AMOUNT = st.none() | st.floats(0, 1e300)
NODES = st.builds(
    Node,
    id=TEXT,
    name=st.text(min_size=1, max_size=20),
    margin_per_week=AMOUNT,
    share_affected=SHARE,
    ttr_weeks=st.none() | st.floats(0, 520),
    sources=st.lists(
        st.builds(Source, supplier=TEXT, country=TEXT, share=SHARE, sub_tier=st.lists(TEXT, max_size=2)), max_size=2
    ),
    used_in=st.dictionaries(TEXT, st.floats(0, 1e9), max_size=2),
    evidence=TEXT,
)
VALUES = (
    st.none()
    | TEXT
    | NUMBER
    | st.lists(TEXT, max_size=3)
    | st.lists(st.dictionaries(TEXT, ANYTHING, max_size=3), max_size=3)
)
AT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
REVIEWS = st.builds(
    lambda **parts: samples.empty().model_copy(update=parts),
    title=st.text(min_size=1, max_size=20),
    revision=st.integers(0, 10**6),
    updated=AT,
    nodes=st.lists(NODES, max_size=3),
    answers=st.lists(st.builds(Answer, question=st.just("1.1"), value=VALUES, evidence=TEXT, at=AT), max_size=3),
    risks=st.lists(
        st.builds(
            Risk,
            title=st.text(min_size=1, max_size=9),
            likelihood=st.none() | st.integers(1, 5),
            review_date=st.none() | st.dates(),
        ),
        max_size=2,
    ),
    stress_runs=st.lists(
        st.builds(
            StressRun,
            name=TEXT,
            kind=st.just("reverse"),
            settings=st.dictionaries(TEXT, ANYTHING, max_size=3),
            result=st.dictionaries(TEXT | st.just("$date"), ANYTHING, max_size=3),
            at=AT,
        ),
        max_size=2,
    ),
)


@settings(max_examples=150, deadline=None)
@given(REVIEWS)
def test_whatever_is_in_a_review_is_read_back(review: Review) -> None:
    assert read_json(as_json(review)) == review


@pytest.mark.parametrize("review", [samples.full(), samples.empty(), samples.hostile(), samples.next_year()[0]])
def test_whole_reviews_are_read_back_with_the_report_or_without(review: Review) -> None:
    report = build_report(review, samples.TODAY)
    assert read_json(as_json(review)) == review
    assert read_json(as_json(review, report).encode()) == review


def test_what_json_has_no_word_for_comes_back() -> None:
    review = samples.empty()
    held: dict[str, Any] = {
        "tts": math.inf,
        "low": -math.inf,
        "on": date(2026, 2, 3),
        "at": samples.AT,
        "$number": "kept",
        "$$": {"$date": 1},
    }
    review.stress_runs = [StressRun(name="x", kind="reverse", result=held, at=samples.AT)]
    assert read_json(as_json(review)).stress_runs[0].result == held
    json.loads(as_json(review), parse_constant=pytest.fail)


def test_the_file_carries_the_report_s_figures_for_other_programs() -> None:
    report = samples.full_report()
    figures = json.loads(as_json(samples.full(), report))["figures"]
    assert figures["totals"]["sum_at_risk"] == report.totals.sum_at_risk
    assert figures["nodes"][0]["margin_at_risk"] == report.nodes[0].margin_at_risk


def test_a_file_of_version_1_is_read_for_good() -> None:
    review = read_json(VERSION_1.read_bytes())
    assert review.title == "Pump factory, supply chain risk review 2026"
    assert len(review.nodes) == 16
    assert math.isclose(next(node for node in review.nodes if node.id == "controller").cover_weeks or 0, 6)
    assert build_report(review, samples.TODAY).totals.nodes == 16


def file(**parts: Any) -> str:
    return json.dumps({"format": "supply chain risk review", "version": 1, **parts})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[]", "no risk review"),
        ("null", "no risk review"),
        ('{"a": 1}', "no risk review"),
        (json.dumps({"format": "something else", "version": 1}), "no risk review"),
        (file(), "damaged"),
        (file(review=[]), "damaged"),
        (file(version=2), "version 2, but this program reads versions up to 1. Update the program"),
        (file(version=0), "no program wrote"),
        (file(version="1"), "no program wrote"),
        (file(version=True), "no program wrote"),
        (file(review={"$number": "many"}), "cannot follow $number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"x": NaN}', "NaN"),
        ("1" * 5000, "number that cannot be read"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"PK\x03\x04\x00\x00", "no JSON"),
    ],
)
def test_what_is_no_review_is_refused_with_the_reason(text: str | bytes, words: str) -> None:
    with pytest.raises(ReviewError, match=words.replace("$", r"\$")):
        read_json(text)


def test_a_damaged_file_names_the_place() -> None:
    held = json.loads(as_json(samples.full()))
    held["review"]["nodes"][3]["ttr_weeks"] = -4
    held["review"]["surprise"] = 1
    with pytest.raises(ReviewError) as refused:
        read_json(json.dumps(held))
    assert {"nodes.3.ttr_weeks", "surprise"} < {one.field for one in refused.value.wrong}


@pytest.mark.parametrize("text", [" " * 20_000_001, b" " * 20_000_001, "ß" * 10_000_001])
def test_a_file_over_20_mb_is_refused(text: str | bytes) -> None:
    with pytest.raises(ReviewError, match="at most 20 MB"):
        read_json(text)


def test_a_mark_of_byte_order_does_not_matter() -> None:
    review = samples.empty()
    assert read_json(b"\xef\xbb\xbf" + as_json(review).encode()) == review
    assert read_json("\ufeff" + as_json(review)) == review

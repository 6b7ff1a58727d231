"""The registry as others see it: found by words, described in full, and offered to models by a strict schema."""

import json

import pytest
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ValidationError

from assistant.toolbox import StatedInput, make_tools
from tools.metrics import METRICS
from tools.metrics.catalogue import MOST_FOUND, described, likely

EVERY = pytest.mark.parametrize("entry", METRICS.values(), ids=list(METRICS))


@EVERY
def test_a_metric_is_found_by_its_own_name(entry):
    assert entry.id in likely(entry.name, most=len(METRICS))


@pytest.mark.parametrize(
    ("words", "metric"),
    [
        ("eoq", "economic_order_quantity"),
        ("wirtschaftliche Losgröße", "economic_order_quantity"),
        ("Sicherheitsbestand", "safety_stock"),
        ("days of supply", "days_of_supply"),
        ("OTIF", "otif"),
    ],
)
def test_a_metric_is_found_by_what_people_call_it(words, metric):
    assert metric in likely(words)


def test_few_are_found_and_none_twice():
    found = likely("inventory")
    assert len(found) == len(set(found)) <= MOST_FOUND
    assert len(likely("inventory", most=2)) == 2


@pytest.mark.parametrize("words", ["", "xyzzy qqq"])
def test_words_that_mean_nothing_find_nothing(words):
    assert likely(words) == []


@EVERY
def test_a_metric_is_described_in_full(entry):
    told = described(entry)
    json.dumps(told, allow_nan=False)
    assert (told["metric"], told["name"], told["unit"]) == (entry.id, entry.name, entry.unit)
    assert [part["name"] for part in told["inputs"]] == list(entry.declared)
    for part in told["inputs"]:
        assert part["shape"] in ("number", "series", "map", "text", "flag")
        assert part["label"]
        assert ("bound" in part) == (part["shape"] == "number")
        assert part.get("choices", ["any"])
    assert all(name in entry.declared for group in told["one_of"] for option in group for name in option)


@pytest.fixture(scope="module")
def parameters():
    tool = next(tool for tool in make_tools(None) if tool.name == "compute_metric")
    return convert_to_openai_tool(tool)["function"]["parameters"]


def test_a_model_is_told_every_metric(parameters):
    assert parameters["properties"]["metric"]["enum"] == sorted(METRICS)


def test_a_model_is_told_what_an_input_is(parameters):
    stated = parameters["properties"]["inputs"]["items"]
    assert set(stated["properties"]) == {"name", "value", "unit"}
    assert stated["additionalProperties"] is False
    assert set(stated["required"]) == {"name", "value"}
    assert set(parameters["required"]) == {"metric", "inputs"}
    assert "runtime" not in parameters["properties"]


def test_an_input_takes_nothing_else():
    with pytest.raises(ValidationError, match="extra"):
        StatedInput.model_validate({"name": "demand", "value": 1, "period": "week"})

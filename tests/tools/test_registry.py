"""What holds for every metric: its declaration is complete, and no call ends in a crash or a number that is none."""

import json
import os
import random
import re
from collections import Counter

import pytest

from assistant.settings import NOTES
from knowledge.vault import load_vault
from tests.tools.fuzzing import random_call
from tools.metrics import METRICS, MetricError, compute
from tools.metrics.units import parse

CALLS = int(os.environ.get("SCM_FUZZ_CALLS", "10000"))
EVERY = pytest.mark.parametrize("entry", METRICS.values(), ids=list(METRICS))


@EVERY
def test_a_metric_is_declared_in_full(entry):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", entry.id)
    assert entry.name[0].isupper() or entry.name[0] in "(0123456789"
    assert entry.formula.count("{") == entry.formula.count("}")
    assert "$" not in entry.formula
    assert entry.source.rstrip().endswith((".", ")"))
    assert entry.notes.strip().startswith("Return")
    assert entry.note
    parse(entry.unit)
    for declared in entry.declared.values():
        parse(declared.said.unit)
        assert declared.said.label == declared.said.label.strip(), declared.name
        assert declared.said.words, f"{declared.name} has no words by which it is recognised"


def test_no_two_metrics_share_a_name():
    twice = [name for name, count in Counter(entry.name.casefold() for entry in METRICS.values()).items() if count > 1]
    assert not twice


def test_the_notes_name_only_metrics_that_exist():
    named = {
        metric
        for note in load_vault(NOTES).notes.values()
        for metric in re.findall(r"^Metric: `(\w+)`", note.source, re.M)
    }
    assert named <= set(METRICS), sorted(named - set(METRICS))


def outcome_of(name, inputs):
    try:
        return compute(name, **inputs)
    except MetricError as error:
        return error


def test_no_call_crashes_or_gives_a_number_that_is_none():
    dice = random.Random(20261122)  # noqa: S311 - not a secret
    outcomes: Counter[str] = Counter()
    for _ in range(CALLS):
        name, inputs = random_call(dice)
        result = outcome_of(name, inputs)
        if isinstance(result, MetricError):
            outcomes["refused"] += 1
            assert len(str(result)) > len(METRICS[name].name) + 3, (name, inputs)
            named = [wrong.input for wrong in getattr(result.problem, "invalid", [])]
            assert all(part in METRICS[name].declared or part in inputs for part in named), (name, inputs, named)
            continue
        outcomes["computed"] += 1
        json.dumps(result.model_dump(), allow_nan=False)
    assert outcomes["computed"] > CALLS // 6, outcomes
    assert outcomes["refused"] > CALLS // 20, outcomes

"""The registry described: which metrics words may mean, and what each takes."""

from typing import Any

from rapidfuzz import fuzz, process, utils

from tools.metrics.metric import METRICS, Metric

MOST_FOUND = 6
ALIKE = 60


def likely(words: str, most: int = MOST_FOUND) -> list[str]:
    """Return ids of the metrics whose names are most like some words, the likeliest first."""
    names = {(entry.id, name): name for entry in METRICS.values() for name in (entry.name, entry.id, *entry.aliases)}
    found = process.extract(
        words, names, scorer=fuzz.token_set_ratio, processor=utils.default_process, score_cutoff=ALIKE, limit=None
    )
    return list(dict.fromkeys(key[0] for _, _, key in found))[:most]


def described(entry: Metric) -> dict[str, Any]:
    """Return a metric's id, name, unit and inputs, as somebody who calls it needs them."""
    return {
        "metric": entry.id,
        "name": entry.name,
        "unit": entry.unit,
        "inputs": [
            {
                "name": name,
                "label": declared.said.label,
                "unit": declared.said.unit,
                "shape": declared.shape,
                "required": declared.required,
                **({"bound": declared.bound} if declared.shape == "number" else {}),
                **({"choices": declared.choices} if declared.choices else {}),
            }
            for name, declared in entry.declared.items()
        ],
        "one_of": [[list(part) for part in group.alternatives] for group in entry.inputs.either],
    }

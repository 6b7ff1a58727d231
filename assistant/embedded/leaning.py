"""How likely a message goes on with the concepts of the last turn, without naming them."""

import math
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

import yaml

from assistant.embedded.regression import Regression
from knowledge.embedding import Vectors
from knowledge.library import Library

FILE = Path(__file__).with_name("data") / "leaning.yaml"
LEAST = 1e-3
LONG = 40


@cache
def learned_leaning() -> Regression:
    """Return the regression as it was learned (`python -m assistant train leaning`)."""
    return Regression.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def signs_of_leaning(
    text: str,
    vector: Vectors,
    topics: Collection[str],
    alone: float,
    acts: Mapping[str, float],
    outside: float,
    library: Library,
) -> dict[str, float]:
    """Return what speaks for and against a message going on with some topics.

    Args:
        text: the message, its slips corrected.
        vector: its unit vector.
        topics: the concepts of the last turn.
        alone: how likely its wording stands alone.
        acts: how likely each act is.
        outside: the summed probability of acts that are not answered.
        library: the notes and what was learned of them.
    """
    known = library.recognizer.probabilities(text, vector)
    own = max((known.get(topic, 0.0) for topic in topics), default=0.0)
    other = max((share for title, share in known.items() if title not in topics), default=0.0)
    near, nearest = (library.index.nearest(vector, 1, titles) for titles in (list(topics), ()))
    return {
        "leans": _odds(1 - alone),
        "follows": math.log(acts["follow_up"] + LEAST),
        "vague": math.log(acts["vague"] + LEAST),
        "applied": math.log(acts["applied"] + LEAST),
        "outside": _odds(outside),
        "topic": math.log(own + LEAST),
        "other": math.log(other + LEAST),
        "near": near[0].score if near else 0.0,
        "nearest": nearest[0].score if nearest else 0.0,
        "length": math.log(min(LONG, len(text.split()) + 1)),
    }


def _odds(share: float) -> float:
    return math.log((share + LEAST) / (1 - share + LEAST))

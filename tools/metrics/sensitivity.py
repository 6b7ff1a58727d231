"""What would move a result: each input changed by a tenth, everything else as it is."""

from typing import Any

from tools.metrics.compute import compute, lookup
from tools.metrics.given import Frame
from tools.metrics.result import MetricError, MetricResult, Move

STEP = 0.1


def moves(result: MetricResult, values: dict[str, Any], frame: Frame, step: float = STEP) -> list[Move]:
    """Return the effect of each number among the inputs, the largest first; inputs that cannot grow are left out.

    `values` are the inputs in canonical units; `share` is the relative change of the result, None from zero.
    """
    entry = lookup(result.metric)
    if entry.costly:
        return []
    plain = compute(result.metric, frame=frame, **values).value
    found = []
    for name, value in values.items():
        declared = entry.declared[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not value:
            continue
        try:
            other = compute(result.metric, frame=frame, **{**values, name: value * (1 + step)}).value
        except MetricError:
            continue
        share = (other - plain) / abs(plain) if plain else None
        if other != plain:
            found.append(Move(input=name, label=declared.said.label, value=other, share=share))
    return sorted(found, key=lambda move: -abs(move.value - plain))

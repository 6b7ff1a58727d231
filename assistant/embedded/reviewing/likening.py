"""Hears that a node has the same figures as another, which are said to be confirmed and never copied unasked."""

import re
from collections.abc import Mapping
from typing import Any

from assistant.embedded.reviewing import saying
from assistant.embedded.reviewing.naming import known_names
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import Step, buttons
from tools.metrics.shown import number, plural

MOST_WORDS = 12
_ALIKE = re.compile(
    r"\W*(?P<new>[^\W\d_][^:;,\n]{0,60}?)\s*(?:[:;,=-]\s*|\s(?:is|are|has|have|get|gets)\s+)?(?<!\w)"
    r"(?:(?:the\s+|exactly\s+|just\s+|much\s+)*(?:same|identical|ditto|alike)(?:\s+(?:figures|numbers|values|data|things?))?"
    r"(?:\s+(?:as|to|with|like|of))?|(?:just\s+)?like|see|as|copy(?:\s+(?:of|from))?)\s+"
    r"(?:(?:the|our|with|for|in|of)\s+)*(?P<old>[^\W\d_][^:;,\n]{0,60}?)\W*",
    re.IGNORECASE,
)


def likened(text: str, state: State) -> Step | None:
    """Return the question whether a node has the figures of one that the review holds: "seals: same as motor"."""
    found = _ALIKE.fullmatch(text) if len(text.split()) <= MOST_WORDS and not re.search(r"\d", text) else None
    old = known_names(found["old"], state.names) if found else []
    if found is None or len(old) != 1 or not _is_name(found["old"], old[0]):
        return None
    told = _figures(state.node(old[0]))
    new = (known_names(found["new"], state.names) or [found["new"].strip()])[0]
    if new == old[0] or not told:
        return None
    line = f"{new}: {told}"
    said = sentences().say("same_as", old=old[0], line=line)
    return Step(text=f"{said}\n\n{saying.again(state.output)}", kind="clarify", follow_ups=(line, *buttons("resume")))


def _is_name(said: str, name: str) -> bool:
    """Say whether somebody said but the name, in the plural perhaps."""
    return said.casefold().strip().rstrip("s") == name.casefold().rstrip("s")


def _figures(node: Mapping[str, Any]) -> str:
    """Return the figures of a node as they would be typed: "TTR 10 weeks, stock 4 weeks"."""
    weeks = (("TTR", "ttr_weeks"), ("stock", "cover_weeks"))
    parts = [f"{name} {plural(node[field], 'week')}" for name, field in weeks if node.get(field) is not None]
    if node.get("margin_per_week") is not None:
        parts.append(f"margin {number(node['margin_per_week'])} {node.get('currency', '')} a week".replace("  ", " "))
    return ", ".join(parts)

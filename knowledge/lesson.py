"""What the reader is trained on: texts with labels, and with labelled parts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Part = tuple[int, int, str]
"""Where a part of a text begins and ends, and its label."""


@dataclass(frozen=True)
class Lesson:
    """A text with its labels by head, and by head the labelled parts of it."""

    text: str
    labels: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Sequence[Part]] = field(default_factory=dict)


def lessons_hash(lessons: Sequence[Lesson], head: str) -> str:
    """Return the hash of what a head is trained on; it tells whether a reader was trained on the present examples."""
    own = [
        f"{lesson.labels.get(head, '')}\t{lesson.text}\t{[tuple(part) for part in lesson.parts.get(head, ())]}"
        for lesson in lessons
        if head in lesson.labels or head in lesson.parts
    ]
    return hashlib.sha256("\n".join(sorted(own)).encode()).hexdigest()

"""Cuts a description into the clauses that each say one thing."""

import re

LEAST_WORDS = 2
_CUT = re.compile(
    r"[;!?\n|()]+|\.(?!\d)|,(?!\d{3}\b)|\s[-\N{EN DASH}\N{EM DASH}]+\s|:(?=\s)"
    r"|\s+(?:but|whereas|although|because|though)\s+",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """Return the clauses of a text in order; one word alone goes with what stands before it."""
    found: list[str] = []
    for piece in _CUT.split(text):
        words = piece.split()
        if not words:
            continue
        if len(words) < LEAST_WORDS and found:
            found[-1] = f"{found[-1]}, {piece.strip()}"
        else:
            found.append(piece.strip())
    return found

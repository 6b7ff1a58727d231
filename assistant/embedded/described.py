"""Messages that describe products, with Fisher's label or "unknown": those to learn from, and those kept apart."""

import json
from pathlib import Path
from typing import Any

from knowledge.classifier import Pairs

FOLDER = Path(__file__).with_name("data") / "described"


def described() -> Pairs:
    """Return pairs of label and message, of those to learn from."""
    return [(row["label"], row["text"]) for row in described_rows("learned")]


def described_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of the messages to learn from, "learned", or of those kept apart to measure with, "apart"."""
    return rows_in(FOLDER / f"{name}.jsonl")


def rows_in(path: Path) -> list[dict[str, Any]]:
    """Return what stands in a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]

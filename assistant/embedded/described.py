"""Messages that describe products, with Fisher's label or "unknown": those to learn from, and those kept apart."""

from pathlib import Path
from typing import Any

from assistant.embedded.json_lines import rows_in
from knowledge.classifier import Pairs

FOLDER = Path(__file__).with_name("data") / "described"


def described() -> Pairs:
    """Return pairs of label and message, of those to learn from."""
    return [(row["label"], row["text"]) for row in described_rows("learned")]


def described_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of the messages to learn from, "learned", or of those kept apart to measure with, "apart"."""
    return rows_in(FOLDER / f"{name}.jsonl")

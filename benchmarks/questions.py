"""The questions that are asked: the tuning half of the project's own set, each once, and others to warm up with."""

import json
from pathlib import Path

SET = Path(__file__).resolve().parent.parent / "assistant" / "evaluation" / "sets" / "concepts.jsonl"
TURNS_A_CONVERSATION = 5
WARM_UP = (
    "What is supply chain management about, in one sentence?",
    "Why would anyone keep safety stock at a supplier?",
    "Explain how lean and agile are not the same thing.",
    "Give an example of dual sourcing.",
    "When is just in time a bad idea?",
)


def tuning_questions(path: Path = SET) -> list[str]:
    """Return the first turn of every line of the tuning half, without repeats, in order.

    Raises:
        ValueError: when the file holds none.
    """
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    found = list(dict.fromkeys(line["turns"][0] for line in lines if line["split"] == "tune"))
    if not found:
        raise ValueError(f"{path} holds no question of the tuning half")
    return found


def conversation_of(place: int) -> str:
    """Return the conversation to which the question at a place belongs."""
    return f"conversation-{place // TURNS_A_CONVERSATION}"

"""Conversations in which something is computed and then changed, with the inputs that hold after each turn."""

from pathlib import Path
from typing import Any

from assistant.embedded.json_lines import rows_in

CONVERSATIONS = Path(__file__).parents[1] / "data" / "changed"
QUESTIONS_BACK = 2
END = ". "


def conversations() -> list[dict[str, Any]]:
    """Return the conversations, each with its turns, and by turn the metric and the inputs."""
    return [row for path in sorted(CONVERSATIONS.glob("*.jsonl")) for row in rows_in(path)]


def joined(texts: list[str]) -> str:
    """Return what the reader is given before a message, so that it sees what the message goes on from."""
    return "".join(f"{text}{END}" for text in texts[-QUESTIONS_BACK:])

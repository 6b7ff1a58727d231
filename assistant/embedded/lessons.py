"""What the reader is trained on: ways of asking for concepts, messages with labelled numbers, and other examples."""

from assistant.embedded.figures.roles import INPUT, METRIC, labelled_numbers
from assistant.embedded.intents import TAUGHT, read_examples, typed_rows
from assistant.embedded.quantities import read_quantities
from knowledge.lesson import Lesson
from knowledge.recognizer import CONCEPT, examples
from knowledge.vault import Vault


def lessons(vault: Vault) -> list[Lesson]:
    """Return what the reader that is shipped is trained on: each text once, with all that is known of it."""
    labels: dict[str, dict[str, str]] = {}
    for title, text in examples(vault):
        labels.setdefault(text, {})[CONCEPT] = title
    rows = {row["text"]: row for row in typed_rows()}
    for text, row in rows.items():
        labels.setdefault(text, {})[METRIC] = row["metric"]
    for head in TAUGHT:
        for label, text in read_examples(head):
            labels.setdefault(text, {})[head] = label
    return [Lesson(text, found, _numbers(rows[text]) if text in rows else {}) for text, found in labels.items()]


def _numbers(row: dict[str, object]) -> dict[str, list[tuple[int, int, str]]]:
    quantities = read_quantities(str(row["text"])).quantities
    parts = [(one.start, one.end, name) for one, name in labelled_numbers(row, quantities)]
    return {INPUT: parts} if parts else {}

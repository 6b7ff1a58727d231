"""Whether the classes that a turn gave are those expected."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer

CLASSIFY = ("classify", "classify_purchase", "classify_supply", "classify_items")
LABELS = ("functional", "innovative", "hybrid", "unknown")
CONFIDENT = 0.8
_ITEM_CLASSES = ("abc", "xyz", "both", "pattern")


class ExpectedLabels(BaseModel):
    """The classes that a turn has to give.

    `accept` are labels any of which is right, `labels` the class of each thing named, `also_labels` other classes of
    them that depend on how a limit is read, `mismatch` whether the chain that they have is wrong for the product.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: str
    accept: list[str] = Field(default_factory=list)
    labels: dict[str, str] = Field(default_factory=dict)
    also_labels: dict[str, str] = Field(default_factory=dict)
    mismatch: bool | None = None


def unmet_labels(answer: Answer, expected: ExpectedLabels) -> list[str]:
    """Return what is wrong with the classes of an answer: "label ...", "mismatch"."""
    if expected.type not in CLASSIFY:
        return []
    given = outputs(answer)
    if expected.type == "classify_items":
        classes = {item["name"]: item for output in given for item in output.get("items", [])}
        return [f"label {name}" for name in expected.labels if not _item_fits(classes.get(name), name, expected)]
    wrong = []
    found = {str(output["label"]) for output in given if "label" in output}
    asks = "unknown" in expected.accept and answer.kind in ("clarify", "invalid")
    if not asks and not found & set(expected.accept):
        wrong.append(f"label {', '.join(sorted(found)) or 'none'}")
    if expected.mismatch is not None and expected.mismatch not in [output.get("mismatch") for output in given]:
        wrong.append("mismatch")
    return wrong


def outputs(answer: Answer) -> list[dict[str, Any]]:
    """Return what the tools of a turn gave."""
    return [result.output for result in answer.results if isinstance(result.output, dict)]


def confidence(answer: Answer) -> tuple[str, float] | None:
    """Return the label that a turn gave and how sure it was; None if it gave none."""
    given = [output for output in outputs(answer) if "label" in output and "confidence" in output]
    return (str(given[0]["label"]), float(given[0]["confidence"])) if given else None


def confusion_table(pairs: Iterable[tuple[Sequence[str], str]]) -> str:
    """Return how often each label was given where the first of the accepted ones was expected."""
    counts = Counter((accept[0], given) for accept, given in pairs)
    lines = [f"| expected \\ given | {' | '.join(LABELS)} | none |", "|---" * (len(LABELS) + 2) + "|"]
    for expected in LABELS:
        cells = [str(counts[expected, given]) for given in (*LABELS, "none")]
        lines.append(f"| {expected} | {' | '.join(cells)} |")
    return "\n".join(lines)


def calibration_table(pairs: Iterable[tuple[float, bool]]) -> str:
    """Return how often labels were right that were given with a confidence in each band."""
    rows = sorted(pairs)
    lines = ["| it says | answers | mean confidence | right |", "|---|---|---|---|"]
    for low, high in ((0.0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        band = [(sure, right) for sure, right in rows if low <= sure < high]
        if band:
            mean = sum(sure for sure, _ in band) / len(band)
            share = sum(right for _, right in band) / len(band)
            lines.append(f"| {low:.0%} to {min(high, 1.0):.0%} | {len(band)} | {mean:.2f} | {share:.2f} |")
    return "\n".join(lines)


def _item_fits(item: dict[str, Any] | None, name: str, expected: ExpectedLabels) -> bool:
    given = {str(item[key]) for key in _ITEM_CLASSES if item and item.get(key)}
    return bool(given & {expected.labels[name], expected.also_labels.get(name, expected.labels[name])})

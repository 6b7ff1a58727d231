"""The evaluation report in Markdown."""

from collections.abc import Sequence

from assistant.evaluation.answers import Outcome, Share
from assistant.evaluation.retrieval import Figures
from assistant.evaluation.tune import Point

WORST = 10


def search_table(figures: Sequence[Figures]) -> str:
    """Return the table of how well each signal ranks."""
    lines = ["| ranking | hit@1 | recall@5 | MRR | nDCG@10 |", "|---|---|---|---|---|"]
    lines += [f"| {f.name} | {f.hit1:.3f} | {f.recall5:.3f} | {f.mrr:.3f} | {f.ndcg10:.3f} |" for f in figures]
    return "\n".join(lines)


def share_table(columns: dict[str, Sequence[Share]]) -> str:
    """Return a table of shares, a column for each half."""
    names = list(dict.fromkeys(share.name for shares in columns.values() for share in shares))
    lines = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name in names:
        cells = []
        for shares in columns.values():
            found = next((share for share in shares if share.name == name), None)
            cells.append(f"{found.share:.3f} ({found.right}/{found.of})" if found else "")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def curve_table(points: Sequence[Point]) -> str:
    """Return the curve of the threshold as a table."""
    lines = ["| threshold | precision | recall | questions answered |", "|---|---|---|---|"]
    lines += [f"| {p.threshold:.2f} | {p.precision:.3f} | {p.recall:.3f} | {p.answered:.3f} |" for p in points]
    return "\n".join(lines)


def styles_table(outcomes: Sequence[Outcome]) -> str:
    """Return how many whole turns were right by style of question."""
    lines = ["| style | turns | cited | cited first | all facts |", "|---|---|---|---|---|"]
    for style in sorted({o.case.style for o in outcomes if o.case.style}):
        rows = [o for o in outcomes if o.case.style == style and o.expected.type == "answer"]
        if rows:
            cited = sum("cited" not in o.wrong for o in rows) / len(rows)
            first = sum("cited first" not in o.wrong for o in rows) / len(rows)
            facts = sum(not any(w.startswith("mention") for w in o.wrong) for o in rows) / len(rows)
            lines.append(f"| {style} | {len(rows)} | {cited:.2f} | {first:.2f} | {facts:.2f} |")
    return "\n".join(lines)


def worst(outcomes: Sequence[Outcome]) -> str:
    """Return the turns with most wrong, and what was wrong."""
    lines = []
    for outcome in outcomes[:WORST]:
        cited = ", ".join(dict.fromkeys(citation.title for citation in outcome.answer.citations)) or "nothing"
        lines.append(
            f'- {outcome.case.id} "{_short(outcome.question)}": {"; ".join(outcome.wrong)}. '
            f"Expected {outcome.expected.type} {', '.join(outcome.expected.gold_concepts)}; "
            f"got {outcome.answer.kind} citing {cited}."
        )
    return "\n".join(lines) or "None."


def _short(text: str, most: int = 140) -> str:
    line = " ".join(text.split()).replace("|", "/")
    return line if len(line) <= most else f"{line[:most]}..."

"""The report's rows of comparisons of making and buying, each at full cost."""

from tools.metrics.shown import number
from tools.risk.make_or_buy import compared
from tools.risk.report.rows import MakeOrBuyRow
from tools.risk.review import Review


def make_or_buy_rows(review: Review) -> tuple[MakeOrBuyRow, ...]:
    """Return the comparisons in the order in which they were entered; one that lacks something says what."""
    currency = review.scope.currency.strip()
    rows = []
    for case in review.make_or_buy:
        found = compared(case, currency)
        result = found.result
        notes = [*result.missing, *result.assumptions, *result.warnings] if result else []
        rows.append(
            MakeOrBuyRow(
                name=case.name,
                volume=case.volume,
                make=result.make.a_year if result else None,
                buy=result.buy.a_year if result else None,
                break_even=result.break_even if result else None,
                meaning=result.meaning if result else f"Not worked out yet, as not known: {', '.join(found.lacking)}.",
                at_which=_turning(result.break_even) if result else "",
                steps=tuple(result.steps) if result else (),
                notes=(*notes, *([f"remark: {case.note.strip()}"] if case.note.strip() else [])),
            )
        )
    return tuple(rows)


def _turning(break_even: float | None) -> str:
    if break_even is None:
        return "One of the two is cheaper at every volume."
    return f"Both cost the same at {number(break_even)} units a year."

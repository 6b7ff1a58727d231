"""Part 3 of the report: the nodes' exposure, the heat map, concentration and shared sub-tiers."""

import math
from collections.abc import Iterator, Sequence

from tools.risk.report import charts
from tools.risk.report.blocks import Block, Bullets, Column, Heading, Paragraph, Picture, Table
from tools.risk.report.content import Report
from tools.risk.report.layout_make_or_buy import make_or_buy_blocks
from tools.risk.report.rows import NodeRow
from tools.risk.report.words import NOT_NAMED, STATE_WORDS, UNKNOWN, count, money, points, share, weeks

CHARTED = 15
BAR, LONGEST_BAR = "\N{FULL BLOCK}", 20
LEVELS = ("low", "medium", "high", "critical")


def exposure_blocks(report: Report) -> Iterator[Block]:
    """Yield the heading and contents of part 3."""
    yield Heading("3. Exposure in numbers", new_page=True)
    if not report.nodes:
        yield Paragraph("No node has been entered yet, so exposure is unknown: it is not low.", "note")
    else:
        yield Paragraph(
            "Each node is taken out on its own. Time to recover (TTR) is how long until normal output again, time to "
            "survive (TTS) how long customers are served without the node; the gap between them is lost margin."
        )
        yield from _picture(report)
    yield from _heat_map(report)
    if report.nodes:
        yield node_table(report)
        yield from _listed("Nodes whose exposure is unknown", _unknown(report))
        yield from _listed("What to doubt in these numbers", _warnings(report))
    yield from _concentration(report)
    yield from _listed("Time to switch against time to survive", report.switching)
    yield from make_or_buy_blocks(report)


def exposure_table(report: Report, caption: str, nodes: Sequence[NodeRow]) -> Table:
    """Return the short table of some nodes' exposure."""
    columns = (
        Column("Node", 5),
        Column("TTR, weeks", 1.5, "right"),
        Column("TTS, weeks", 1.5, "right"),
        Column("Gap, weeks", 1.5, "right"),
        Column(f"Margin at risk{_in(report)}", 2.4, "right"),
        Column("State", 2.3),
    )
    rows = tuple(
        (
            node.name,
            weeks(node.ttr, False),
            weeks(node.tts, False),
            weeks(node.gap, False),
            money(node.margin_at_risk),
            STATE_WORDS[node.state],
        )
        for node in nodes
    )
    return Table(caption, columns, rows)


def node_table(report: Report) -> Table:
    """Return the full table of nodes."""
    columns = (
        Column("Node", 3.7),
        Column("Kind", 1.3),
        Column("TTR, weeks", 1.65, "right"),
        Column("Basis of TTR", 1.8),
        Column("TTS, weeks", 1.65, "right"),
        Column("Gap, weeks", 1.65, "right"),
        Column(f"Margin at risk{_in(report)}", 2, "right"),
        Column("Sources", 3.2),
        Column("Top country, share", 2.3),
        Column("State", 2.3),
    )
    rows = tuple(
        (
            node.name,
            node.kind,
            weeks(node.ttr, False),
            node.ttr_basis or UNKNOWN,
            weeks(node.tts, False),
            weeks(node.gap, False),
            money(node.margin_at_risk),
            sources_text(node),
            country_text(node.top_country, node.top_country_share),
            STATE_WORDS[node.state],
        )
        for node in report.nodes
    )
    return Table(f"All nodes ({len(report.nodes):,}), largest margin at risk first", columns, rows, wide=True)


def sources_text(node: NodeRow) -> str:
    """Return how many sources a node has, and their names; one without a name is told by its country, or as such."""
    if not node.sources:
        return UNKNOWN
    told = [one.supplier or (f"{NOT_NAMED} ({one.country})" if one.country else "") for one in node.sources]
    names, nameless = [name for name in told if name], told.count("")
    parts = [", ".join(names[:4])] if names else []
    if len(names) > 4:
        parts.append(f"{len(names) - 4} more")
    if nameless:
        parts.append(f"{nameless} {NOT_NAMED}" if names else NOT_NAMED)
    return f"{len(told)}: {' and '.join(parts)}"


def country_text(country: str, of_it: float | None) -> str:
    """Return a country with its share."""
    if not country:
        return UNKNOWN
    return f"{country}, {'share unknown' if of_it is None else share(of_it)}"


def coverage_picture(report: Report) -> Picture:
    """Return the chart of answers by step; its words stand in the table after it."""
    totals = report.totals
    alt = (
        f"Bars of the answers by step: of {count(totals.asked, 'question')}, {totals.with_evidence} answered with "
        f"evidence, {totals.without_evidence} without, {totals.unknown_answers} unknown, {totals.open_answers} open."
    )
    return Picture(lambda: charts.coverage(report), alt, "Answers by step", None)


def _picture(report: Report) -> Iterator[Block]:
    shown = charted(report)
    if not shown:
        return
    alt = (
        f"Time to recover against time to survive of {count(len(shown), 'node')}: "
        + "; ".join(f"{short_name(node)} {weeks(node.ttr)} against {weeks(node.tts)}" for node in shown[:5])
        + ("; and so on." if len(shown) > 5 else ".")
    )
    yield Picture(
        lambda: charts.exposure(shown),
        alt,
        f"Time to recover against time to survive, {len(shown)} of {count(len(report.nodes), 'node')}",
        _bars(report, shown),
    )
    yield Picture(
        lambda: charts.loss(shown, report),
        f"Margin at risk if a node is lost once{_in(report)}, of {count(len(shown), 'node')}: "
        + "; ".join(f"{short_name(node)} {money(node.margin_at_risk)}" for node in shown[:5])
        + ("; and so on." if len(shown) > 5 else "."),
        f"Loss by node: margin at risk if it is lost once{_in(report)}",
        None,
    )


def charted(report: Report) -> tuple[NodeRow, ...]:
    """Return the nodes that the charts of every format show: the first of which a time is known."""
    return tuple(node for node in report.nodes if node.ttr is not None or node.tts is not None)[:CHARTED]


def _bars(report: Report, shown: Sequence[NodeRow]) -> Table:
    """Return bars of signs with their numbers, for where there are no pictures."""
    times = [one for node in shown for one in (node.ttr, node.tts) if one is not None and math.isfinite(one)]
    longest, most = max([*times, 0.0]), max([node.margin_at_risk or 0.0 for node in shown])
    columns = (
        Column("Node", 3),
        Column("TTR, weeks", 3),
        Column("TTS, weeks", 3),
        Column(f"Margin at risk{_in(report)}", 3),
    )
    rows = tuple(
        (
            node.name,
            f"{_bar(node.ttr, longest)}{weeks(node.ttr, False)}",
            f"{_bar(node.tts, longest)}{weeks(node.tts, False)}",
            f"{_bar(node.margin_at_risk, most)}{money(node.margin_at_risk)}",
        )
        for node in shown
    )
    return Table("Time to recover against time to survive, and loss by node, as bars", columns, rows)


def _bar(value: float | None, longest: float) -> str:
    """Return a bar as long as its share of the longest; what is not known has none, what has no limit an arrow."""
    if value is None or not longest:
        return ""
    if math.isinf(value):
        return f"{BAR * LONGEST_BAR}\N{BLACK RIGHT-POINTING TRIANGLE} "
    return f"{BAR * max(round(LONGEST_BAR * value / longest), 1 if value > 0 else 0)} ".lstrip()


def short_name(node: NodeRow) -> str:
    """Return a name for a sentence or a chart."""
    return charts.shortened(node.name, 40)


def _heat_map(report: Report) -> Iterator[Block]:
    yield Heading("Heat map of the risks", 2)
    if not report.risks:
        yield Paragraph("The register has no risk yet, so there is nothing to rate: that is not a low risk.", "note")
        return
    rated = [risk for risk in report.risks if risk.likelihood is not None and risk.impact is not None]
    grid = tuple(
        (
            f"Impact {impact}",
            *(
                ", ".join(f"R{risk.number}" for risk in rated if (risk.impact, risk.likelihood) == (impact, likelihood))
                for likelihood in range(1, 6)
            ),
        )
        for impact in range(5, 0, -1)
    )
    columns = (Column("", 2), *(Column(f"Likelihood {one}", 2) for one in range(1, 6)))
    table = Table("Risks by likelihood and impact; numbers as in the register", columns, grid)
    alt = f"Five by five grid of likelihood and impact with {count(len(rated), 'rated risk')}: " + "; ".join(
        f"R{risk.number} at likelihood {risk.likelihood}, impact {risk.impact}, {risk.level}" for risk in rated[:12]
    )
    yield Picture(lambda: charts.heat_map(report), f"{alt}.", "Risks by likelihood and impact", table)
    left = [f"R{risk.number} {risk.title}" for risk in report.risks if risk not in rated]
    if left:
        yield Paragraph(f"Not on the map, because not rated yet: {'; '.join(left)}.", "note")


def _unknown(report: Report) -> list[str]:
    return [
        f"{node.name}: {', '.join(node.missing) or 'not enough figures'} not known."
        for node in report.nodes
        if node.state == "unknown"
    ]


def _warnings(report: Report) -> list[str]:
    return [f"{node.name}: {warning}" for node in report.nodes for warning in node.warnings]


def _concentration(report: Report) -> Iterator[Block]:
    yield Heading("Concentration by critical category", 2)
    if not report.categories:
        yield Paragraph("No critical category has sources with shares or spend, so concentration is unknown.", "note")
    else:
        columns = (
            Column("Category", 3),
            Column("HHI, points", 1.5, "right"),
            Column("Top supplier, share", 3),
            Column("Top country, share", 3),
            Column("Single-sourced nodes", 3),
            Column("Weighed by", 2),
        )
        rows = tuple(
            (
                row.category,
                points(row.hhi),
                country_text(row.top_supplier, row.top_supplier_share),
                country_text(row.top_country, row.top_country_share),
                ", ".join(row.single_sourced) or "none known",
                row.weighting or UNKNOWN,
            )
            for row in report.categories
        )
        yield Table("Concentration", columns, rows)
        notes = [f"{row.category}: {text}" for row in report.categories for text in (*row.missing, *row.warnings)]
        if notes:
            yield Bullets(tuple(notes))
    if report.shared:
        shared = tuple((row.name, row.kind, row.depends) for row in report.shared)
        yield Table(
            "Shared dependence behind the first tier",
            (Column("What", 3), Column("Kind", 2), Column("Who depends on it", 7)),
            shared,
        )


def _listed(heading: str, lines: Sequence[str]) -> Iterator[Block]:
    if lines:
        yield Heading(heading, 2)
        yield Bullets(tuple(lines))


def _in(report: Report) -> str:
    return f", {report.currency}" if report.currency else ""


__all__ = ["NOT_NAMED", "charted", "coverage_picture", "exposure_blocks", "exposure_table", "node_table"]

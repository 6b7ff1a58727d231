"""The report's charts as PNG: readable in grey, every bar and cell labelled, nothing said by colour alone."""

import math
from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from tools.risk.judgement import anchors
from tools.risk.report.content import Report
from tools.risk.report.fonts import drawn
from tools.risk.report.rows import NodeRow, StressRow
from tools.risk.report.untrusted import short
from tools.risk.report.words import money, weeks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 7.2
"""Inches; the height follows from what is shown."""
DOTS = 170
DARK, MIDDLE, LIGHT = "#2b3a4a", "#8496a9", "#dfe5eb"
LEVEL_SHADES = {"low": "#ffffff", "medium": "#dcdcdc", "high": "#a9a9a9", "critical": "#5a5a5a"}
LISTED_RISKS = 16
# matplotlib does not promise that two threads may draw at once, not even separate figures.
_ONE_AT_A_TIME = Lock()


def shortened(text: str, longest: int = 34) -> str:
    """Return a name that fits beside a chart."""
    return short(text, longest)


def exposure(nodes: Sequence[NodeRow]) -> bytes:
    """Return bars of time to recover against time to survive, in weeks, a pair a node, the first on top."""
    with _ONE_AT_A_TIME:
        figure, axes = _figure(0.9 + 0.29 * len(nodes))
        known = [one for node in nodes for one in (node.ttr, node.tts) if one is not None and math.isfinite(one)]
        longest = max([*known, 1.0])
        for row, node in enumerate(nodes):
            _bar(axes, row - 0.19, node.ttr, longest, DARK, "", "TTR")
            _bar(axes, row + 0.19, node.tts, longest, LIGHT, "///", "TTS")
            gap = "gap unknown" if node.gap is None else f"gap {weeks(node.gap)}" if node.gap > 0 else "no gap"
            weight = "bold" if node.gap is None or node.gap > 0 else "normal"
            axes.text(longest * 1.36, row, gap, va="center", ha="right", fontsize=8, fontweight=weight)
        axes.set_yticks(range(len(nodes)), [drawn(shortened(node.name)) for node in nodes], fontsize=8)
        axes.set_ylim(len(nodes) - 0.4, -0.6)
        axes.set_xlim(0, longest * 1.38)
        axes.set_xlabel("weeks", fontsize=8)
        _legend(axes, (("Time to recover (TTR)", DARK, ""), ("Time to survive (TTS)", LIGHT, "///")))
        return _png(figure)


def loss(nodes: Sequence[NodeRow], report: Report) -> bytes:
    """Return bars of the margin lost if a node is lost once, in the nodes' order, with the limit as a line.

    What is not known has no bar and says so; a loss without limit runs off the chart.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    with _ONE_AT_A_TIME:
        figure, axes = _figure(0.9 + 0.24 * len(nodes))
        known = [one for node in nodes if (one := node.margin_at_risk) is not None and math.isfinite(one)]
        limit = report.loss_limit
        longest = max([*known, limit or 0.0]) or 1.0
        for row, node in enumerate(nodes):
            _loss_bar(axes, row, node.margin_at_risk, longest, limit)
        axes.set_yticks(range(len(nodes)), [drawn(shortened(node.name)) for node in nodes], fontsize=8)
        axes.set_ylim(len(nodes) - 0.4, -0.6)
        axes.set_xlim(0, longest * 1.38)
        axes.set_xlabel(drawn(f"margin at risk{f', {report.currency}' if report.currency else ''}"), fontsize=8)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: money(value)))
        if limit is not None:
            axes.axvline(limit, color="black", linestyle="--", linewidth=1, zorder=0.5)
            text = drawn(f"limit {money(limit, report.currency)}")
            axes.annotate(text, (limit, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3),
                          textcoords="offset points", ha="center", va="bottom", fontsize=8)  # fmt: skip
        return _png(figure)


def _loss_bar(axes: "Axes", at: float, value: float | None, longest: float, limit: float | None) -> None:
    if value is None:
        axes.text(longest * 0.01, at, "? unknown", va="center", fontsize=7.5, fontstyle="italic")
        return
    width = longest * 1.06 if math.isinf(value) else value
    over = limit is not None and value > limit
    axes.barh(at, width, height=0.62, color=DARK if over else LIGHT, edgecolor=DARK, linewidth=0.6)
    said = f"{money(value)}{', over the limit' if over else ''}"
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.text(
        width + longest * 0.008, at, said, va="center", fontsize=7.5, fontweight="bold" if over else "normal",
        bbox=behind,
    )  # fmt: skip


def _bar(axes: "Axes", at: float, value: float | None, longest: float, colour: str, hatch: str, name: str) -> None:
    if value is None:
        axes.text(longest * 0.01, at, f"{name} ? unknown", va="center", fontsize=7, fontstyle="italic")
        return
    width = longest * 1.06 if math.isinf(value) else value
    axes.barh(at, width, height=0.34, color=colour, hatch=hatch, edgecolor=DARK, linewidth=0.6)
    axes.text(width + longest * 0.008, at, f"{name} {weeks(value, False)}", va="center", fontsize=7)


def heat_map(report: Report) -> bytes:
    """Return the five by five grid with the numbers of the risks in it, and their titles beside it."""
    with _ONE_AT_A_TIME:
        figure, axes = _figure(3.35)
        for impact in range(1, 6):
            for likelihood in range(1, 6):
                level = anchors().levels[impact][likelihood - 1]
                _cell(axes, report, likelihood, impact, level)
        axes.set_xlim(0.5, 10.2)
        axes.set_ylim(0.5, 5.5)
        axes.set_xticks(range(1, 6), [str(one) for one in range(1, 6)], fontsize=8)
        axes.set_yticks(range(1, 6), [str(one) for one in range(1, 6)], fontsize=8)
        axes.set_ylabel("Impact", fontsize=9)
        axes.text(3, 0.02, "Likelihood", ha="center", va="top", fontsize=9)
        rated = [risk for risk in report.risks if risk.likelihood is not None and risk.impact is not None]
        lines = [f"R{risk.number} {shortened(risk.title, 46)}: {risk.level}" for risk in rated[:LISTED_RISKS]]
        if len(rated) > LISTED_RISKS:
            lines.append(f"and {len(rated) - LISTED_RISKS} more in the register")
        axes.text(5.75, 5.45, drawn("\n".join(lines)), va="top", fontsize=7.5, linespacing=1.5)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(length=0)
        return _png(figure)


def _cell(axes: "Axes", report: Report, likelihood: int, impact: int, level: str) -> None:
    from matplotlib.patches import Rectangle

    ink = "white" if level == "critical" else "black"
    corner = (likelihood - 0.5, impact - 0.5)
    axes.add_patch(Rectangle(corner, 1, 1, facecolor=LEVEL_SHADES[level], edgecolor="black", linewidth=0.8))
    axes.text(likelihood - 0.45, impact + 0.44, level, va="top", fontsize=6.5, color=ink)
    here = [f"R{risk.number}" for risk in report.risks if (risk.likelihood, risk.impact) == (likelihood, impact)]
    if len(here) > 6:
        here = [*here[:5], f"+{len(here) - 5}"]
    rows = [" ".join(here[start : start + 3]) for start in range(0, len(here), 3)]
    size = 9 if len(here) < 3 else 7
    axes.text(likelihood, impact - 0.08, "\n".join(rows), ha="center", va="center", fontsize=size, color=ink,
              fontweight="bold")  # fmt: skip


def coverage(report: Report) -> bytes:
    """Return bars of the questions of each step by the state of their answer, with the counts in them."""
    from matplotlib.ticker import MaxNLocator

    with _ONE_AT_A_TIME:
        figure, axes = _figure(1.0 + 0.3 * len(report.steps))
        kinds = (
            ("with evidence", DARK, "", "white"),
            ("without evidence", MIDDLE, "", "black"),
            ("? unknown", "white", "xxx", "black"),
            ("open", "white", "", "black"),
        )
        for row, step in enumerate(report.steps):
            start = 0
            for (_, colour, hatch, ink), many in zip(
                kinds, (step.with_evidence, step.without_evidence, step.unknown, step.open), strict=True
            ):
                if not many:
                    continue
                axes.barh(row, many, left=start, height=0.62, color=colour, hatch=hatch, edgecolor=DARK, linewidth=0.8)
                behind = {"facecolor": "white", "edgecolor": "none", "pad": 1.2} if hatch else None
                axes.text(
                    start + many / 2, row, str(many), ha="center", va="center", fontsize=8, color=ink, bbox=behind
                )
                start += many
            axes.text(start, row, f"  {100 * step.coverage:.0f} % covered", va="center", fontsize=7.5)
        most = max([step.asked for step in report.steps] or [1], default=1) or 1
        axes.set_xlim(0, most * 1.25)
        axes.set_ylim(len(report.steps) - 0.4, -0.6)
        names = [drawn(f"{step.number}. {shortened(step.name, 38)}") for step in report.steps]
        axes.set_yticks(range(len(report.steps)), names, fontsize=8)
        axes.set_xlabel("questions", fontsize=8)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        _legend(axes, tuple((name, colour, hatch) for name, colour, hatch, _ in kinds))
        return _png(figure)


def exceedance(run: StressRow, report: Report) -> bytes:
    """Return the curve of how probable it is to lose at least so much."""
    from matplotlib.ticker import FuncFormatter

    with _ONE_AT_A_TIME:
        figure, axes = _figure(3.4)
        losses, chances = zip(*((one.loss, 100 * one.probability) for one in run.exceedance), strict=True)
        axes.step(losses, chances, where="post", color=DARK, linewidth=1.6)
        axes.set_ylabel("% of draws that lose more", fontsize=8)
        axes.set_xlabel(f"loss{f', {report.currency}' if report.currency else ''}", fontsize=8)
        axes.set_ylim(0, max(*chances, 1) * 1.1)
        axes.set_xlim(0, max(*losses, report.loss_limit or 0, 1) * 1.05)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: money(value)))
        if report.loss_limit is not None:
            axes.axvline(report.loss_limit, color="black", linestyle="--", linewidth=1)
            text = f" limit {money(report.loss_limit, report.currency)} "
            side = "left" if report.loss_limit < axes.get_xlim()[1] / 2 else "right"
            axes.text(report.loss_limit, max(*chances, 1) * 1.07, drawn(text), ha=side, va="top", fontsize=8)
        axes.grid(visible=True, color=LIGHT, linewidth=0.6)
        return _png(figure)


def _figure(height: float) -> "tuple[Figure, Axes]":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return figure, axes


def _legend(axes: "Axes", kinds: Sequence[tuple[str, str, str]]) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(facecolor=colour, hatch=hatch, edgecolor=DARK, label=name) for name, colour, hatch in kinds]
    axes.legend(
        handles=patches, loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=len(kinds), frameon=False, fontsize=8
    )


def _png(figure: "Figure") -> bytes:
    from matplotlib.text import Text

    text: Any
    for text in figure.findobj(Text):
        # A dollar sign in a name is money, not the start of a formula.
        text.set_parse_math(False)
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()

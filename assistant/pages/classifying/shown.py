"""What a view shows, and the small parts that verdicts of all kinds are written with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from assistant.pages.markup import literal
from tools.metrics.shown import percent

SURE, FAIRLY = 0.9, 0.75
THRESHOLDS = "thresholds"
LONGEST_QUESTION = 1500


@dataclass(frozen=True)
class Entry:
    """One product or item on the page: its name, its description in words, and the texts of its fields."""

    name: str
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """What a view shows: HTML without line breaks, a Plotly figure, and what the script puts in other places.

    `marks` says of each entry in a word how it was classified, `errors` of each field why it cannot be right;
    `waiting` that words are not read yet, since the model is being loaded.
    """

    verdict: str = ""
    detail: str = ""
    caption: str = ""
    figure: dict[str, Any] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    marks: Sequence[str] = ()
    headline: str = ""
    question: str = ""
    waiting: bool = False
    exportable: bool = False


def certainty(confidence: float) -> str:
    """Return a confidence in words and percent."""
    word = "sure" if confidence >= SURE else "fairly sure" if confidence >= FAIRLY else "rather likely"
    return f"{word}, {rounded(confidence)}"


def rounded(confidence: float) -> str:
    """Return a confidence in percent, not parted from its sign."""
    return percent(confidence, 2).replace(" ", "\N{NO-BREAK SPACE}")


def headed(title: str, body: str) -> str:
    """Return a part with a heading, nothing if there is nothing in it."""
    return f"<section><h3>{literal(title)}</h3>{body}</section>" if body else ""


def listing(sentences: Iterable[str], tag: str = "ul") -> str:
    """Return sentences as a list, nothing if there are none."""
    items = "".join(f"<li>{literal(one)}</li>" for one in sentences)
    return f"<{tag}>{items}</{tag}>" if items else ""


def careful(warnings: Iterable[str]) -> str:
    """Return warnings, each in a box of its own."""
    return "".join(f'<p class="aside"><b>Careful:</b> {literal(warning)}</p>' for warning in warnings)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> str:
    """Return a table that scrolls by itself on a phone; its cells are HTML."""
    head = "".join(f'<th scope="col">{literal(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows
    )
    return (
        f'<div class="table-box" role="region" tabindex="0" aria-label="{literal(label)}"><table><thead><tr>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names with texts below each other; pairs without a text are left out."""
    rows = "".join(f"<div><dt>{literal(name)}</dt><dd>{literal(text)}</dd></div>" for name, text in pairs if text)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def footing(assumptions: Iterable[str], source: str, notes: Iterable[str]) -> str:
    """Return what was assumed, the source, and the ways to the notes and to all thresholds."""
    assumed = " ".join(assumptions)
    links = [f'<a href="#source-{quote(title)}">{literal(title)}</a>' for title in notes]
    links.append(f'<a href="#source-{THRESHOLDS}">All thresholds and their sources</a>')
    return (
        f"{f'<p class=assumed><b>Assumed:</b> {literal(assumed)}</p>' if assumed else ''}"
        f"{f'<p class=assumed><b>Source:</b> {literal(source)}</p>' if source else ''}"
        f'<p class="note-links"><b>Read on:</b> {" ".join(links)}</p>'
    )


def told(shown: Shown, view: str, number: int, at: int) -> str:
    """Return what the page's script takes over; it is hidden."""
    errors = "".join(f'<i data-error="{literal(name)}">{literal(said)}</i>' for name, said in shown.errors.items())
    marks = "".join(f"<i data-mark>{literal(mark)}</i>" for mark in shown.marks)
    flags = {"waiting": shown.waiting, "figure": shown.figure is not None, "done": shown.exportable}
    said = " ".join(f'data-{name}="{"yes" if value else ""}"' for name, value in flags.items())
    return (
        f'<div id="told" hidden data-view="{view}" data-id="{number}" data-at="{at}" {said}>{errors}{marks}'
        f"<i data-headline>{literal(shown.headline)}</i><i data-question>{literal(shown.question)}</i></div>"
    )

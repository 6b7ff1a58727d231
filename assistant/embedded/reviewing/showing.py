"""Shows what a review holds, says what can be said in it, and leads to what is done on its page, at any question."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.embedded.reviewing import saying
from assistant.embedded.reviewing.naming import known_names
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import STATUS, Step, buttons, call
from tools.metrics.shown import number, percent, plural

FILE = Path(__file__).parents[1] / "data" / "review_places.yaml"
MOST_WORDS = 14
NAME = "{name}"
_BEFORE = r"\W*(?:(?:ok|okay|so|now|and|hi|please|pls|then|btw|also|wait|can you|could you|can we|let's|lets)\W+)*"


class Places(BaseModel):
    """Patterns of whole messages by what they ask for, and what is said then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nodes: tuple[str, ...]
    node: tuple[str, ...]
    help: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    pause: tuple[str, ...]
    says: dict[str, Any]


@cache
def places() -> Places:
    """Return the patterns and what is said."""
    return Places.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def shown(text: str, state: State) -> Step | None:
    """Return the step for a message that asks for what the review holds, for help, a pause or its page."""
    if len(text.split()) > MOST_WORDS:
        return None
    known = places()
    if _matches(known.pause, text):
        return call(STATUS, review_id=state.review_id, status="paused")
    if _matches(known.nodes, text):
        return _told(_nodes(state, state.names), state)
    names = known_names(text, state.names)
    if len(names) == 1 and _matches(known.node, _with_mark(text, names[0])):
        return _told(_nodes(state, names), state)
    wanted = "help" if _matches(known.help, text) else _place(text)
    return _told(str(known.says[wanted]).format(link=state.output["link"]), state) if wanted else None


def _place(text: str) -> str:
    return next((name for name, patterns in places().places.items() if _matches(patterns, text)), "")


def _matches(patterns: Sequence[str], text: str) -> bool:
    return any(_pattern(one).fullmatch(text.strip()) for one in patterns)


@cache
def _pattern(said: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}(?:{said.replace(NAME, re.escape(NAME))})\W*", re.IGNORECASE)


def _with_mark(text: str, name: str) -> str:
    """Return a text with a mark for the name of a node, which may stand there in the plural."""
    return re.sub(rf"\b{re.escape(name)}s?\b", NAME, text, count=1, flags=re.IGNORECASE)


def _told(said: str, state: State) -> Step:
    return Step(text=f"{said}\n\n{saying.again(state.output)}".strip(), follow_ups=buttons("resume", "report"))


def _nodes(state: State, names: Sequence[str]) -> str:
    """Return a table of nodes with what is known of each."""
    says = places().says
    if not names:
        return str(says["none"])
    in_all = int(state.output.get("nodes_in_all", len(state.names)))
    cut = len(names) > 1 and len(names) < in_all
    head = str(says["some"]).format(shown=len(names), all=in_all, link=state.output["link"]) if cut else says["nodes"]
    columns = says["columns"]
    rows = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|", *(_row(state.node(name)) for name in names)]
    return "\n".join([str(head), "", *rows])


def _row(node: Mapping[str, Any]) -> str:
    unknown = "not known"
    margin = node.get("margin_per_week")
    cells = (
        str(node["name"]),
        str(node.get("kind", "")),
        "; ".join(map(_source, node.get("sources", []))) or unknown,
        *(
            unknown if node.get(field) is None else plural(node[field], "week")
            for field in ("ttr_weeks", "cover_weeks")
        ),
        unknown if margin is None else f"{number(margin)} {node.get('currency', '')}".strip(),
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _source(source: Mapping[str, Any]) -> str:
    """Return a source in words: "Foundry A in China (60 %)"."""
    supplier, country, share = source.get("supplier", ""), source.get("country", ""), source.get("share")
    place = " in ".join(part for part in (supplier, country) if part) or "a source without a name"
    return f"{place} ({percent(share)})" if share is not None else place

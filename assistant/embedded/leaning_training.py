"""Learns how likely a message goes on with the last turn, from messages that no classifier has seen."""

from collections.abc import Iterator, Sequence
from itertools import cycle

import yaml

from assistant.embedded.json_lines import rows_in
from assistant.embedded.leaning import FILE
from assistant.embedded.regression import fitted
from assistant.embedded.understand import Reader
from knowledge.library import Library
from knowledge.retriever import NoteSearch

PAIRS = FILE.parent / "followed" / "apart.jsonl"
TOPICS = 2
PENALTY = 3.0
COMMENT = "# How likely a message goes on with the last turn; written by `python -m assistant train leaning`.\n"


def train_leaning(library: Library, fresh: Sequence[str]) -> None:
    """Fit the regression and write it to its file.

    It learns from second messages of pairs (data/followed), and from messages that begin anew (`fresh`), wherever they
    stand in a conversation.
    """
    reader = Reader(library, {})
    said = [(text, topics, goes_on) for text, topics, goes_on in _told(library, fresh) if not library.names.find(text)]
    found = fitted([(reader.signs(text, topics), goes_on) for text, topics, goes_on in said], PENALTY)
    FILE.write_text(COMMENT + yaml.safe_dump(found.model_dump(), sort_keys=False), "utf-8")


def _told(library: Library, fresh: Sequence[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Yield messages with the concepts of the turn before, and whether they go on with these."""
    search, spoken_of = NoteSearch(library), []
    for row in rows_in(PAIRS):
        found = [note.title for note in search.search(row["first"]).notes]
        spoken_of.append(list(dict.fromkeys([row["title"], *found]))[:TOPICS])
        yield row["second"], spoken_of[-1], row["title"] in row["titles"]
    for text, topics in zip(fresh, cycle(spoken_of), strict=False):
        yield text, topics, False

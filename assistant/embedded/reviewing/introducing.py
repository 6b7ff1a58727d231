"""Hears who somebody says they are: "my name is Ana Costa"."""

import re

from assistant.embedded.reviewing.naming import known_names
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import NAME, Step, call
from assistant.embedded.reviewing.vocabulary import countries_in, fact_words, opening

MOST_WORDS = 7
_WORD = r"[^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}.-]*"
_NAME = re.compile(rf"\s*(?P<name>{_WORD}(?:\s+{_WORD}){{0,2}}?)(?=\s+(?:from|of|here|in)\b|[,.!;]|\s*$)")


def named(text: str, state: State) -> Step | None:
    """Return the step that gives somebody the name that they say; None if a message says none."""
    said = own_name(text)
    if not said or known_names(said, state.names):
        return None
    return call(NAME, review_id=state.review_id, name=said)


def own_name(text: str) -> str:
    """Return the name by which somebody introduces themselves, in capital letters as names are; "" if they do not."""
    if len(text.split()) > MOST_WORDS or "?" in text:
        return ""
    end = opening(fact_words().introduces, text)
    found = _NAME.match(text, end) if end is not None else None
    words = found["name"].strip(".").split() if found else []
    proper = all(word[0].isupper() and word.casefold() not in fact_words().not_a_name for word in words)
    return " ".join(words) if words and proper and not countries_in(" ".join(words)) else ""

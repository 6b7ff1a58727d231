"""Says whether a figure without a name is said of something else than what was spoken of before."""

import re
from functools import cache

from assistant.embedded.quantities import read_quantities
from assistant.embedded.reviewing.vocabulary import countries_in, cues, fact_words
from knowledge.signals import COMMON

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)?")
_SAYS = re.compile(
    r"[\w ]*\b(?:says?|said|thinks?|told|tells|reckons?|believes?|claims?|estimates?|insists?|guesses|confirm(?:s|ed)"
    r"|checked|wrote|writes|promise[sd]?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SHORTEST = 3


def points_elsewhere(text: str, *, whole: bool = False) -> bool:
    """Say whether words before the first figure of a text, or in the `whole` of it, may be a name not understood.

    "the red seals we have stock of 4 weeks" is not said of the motor before; "they told us TTR is 6" may be.
    """
    ends = [start for one in fact_words().fields.values() for start, _ in cues(one.words, text)]
    ends += [one.start for one in read_quantities(text).quantities if one.unit or one.percent or one.currency]
    for _, start, end in countries_in(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    head = text if whole else text[: min(ends, default=0)]
    if "<" in text or ">" in text or _YEAR.search(head):
        return True  # "flood 2023: 3 weeks" tells of the past
    said = [found for found in _WORD.finditer(head) if len(found[0]) >= SHORTEST]
    named = [found for found in said if found[0].casefold() not in _common()]
    back = [found for found in _WORD.finditer(head) if found[0].casefold() in fact_words().naming.pointing]
    if not named or (back and back[0].start() < named[0].start()):
        return False
    people = all(found[0][0].isupper() and (found.start() or _SAYS.match(head)) for found in named)
    return not people  # "Ben thinks stock is 4 weeks"


@cache
def _common() -> frozenset[str]:
    """Return the words that name no node by themselves: of fields, of suppliers, of saying, of courtesy."""
    data = fact_words()
    naming = data.naming
    listed = [*data.empty, *data.single, *data.halves, *data.split, *data.rest, *data.negators, *data.unknown]
    listed += [*data.corrects, *data.undo, *naming.after, *naming.before, *naming.introduce, *data.suppliers.after]
    listed += [word for words in data.basis.values() for word in words]
    listed += [word for one in data.fields.values() for word in one.words]
    listed += [word for words in data.dual.values() for word in words]
    listed += [word for kind in ("supplier", "site") for word in data.kinds[kind]]
    sets = (naming.verbs, naming.never, naming.adverbs, naming.stop, naming.fillers, naming.generic, naming.pointing)
    listed += [word for words in (*sets, naming.telling, data.unknown_with, data.courtesy) for word in words]
    return COMMON | {word.casefold() for phrase in listed for word in _WORD.findall(phrase)}

"""Says whether stock is held by somebody else, or is of another kind, and so covers nothing of a team's own."""

import re
from functools import cache

from assistant.embedded.reviewing.vocabulary import HeldWords, cues, fact_words

_HOLDS = r"(?:has|have|had|holds?|keeps?|stores?|stocks?|carry|carries|owns?|sits? on|covers?|hat|haben|hält)"
_STOCK = r"(?:(?:safety|buffer)\s+)?(?:stocks?|inventory|buffers?|cover|coverage|reserves?|bestand)"
_ADVERB = r"(?:\s+(?:also|still|only|usually|always|normally|currently|just|alone|can|could|does|itself))?"
_PARTS = re.compile(r"[,;\n]|\.(?!\d)|\d|\b(?:and|but|while|whereas|we|us|und|wir)\b", re.IGNORECASE)


def held_by_others(text: str, start: int, end: int, name: str = "") -> bool:
    """Say whether the stock that stands at a place is not a team's own: "the supplier has 6 weeks of stock".

    That is stock of a supplier, a customer or somebody else by name ("stock at Siemens"), and stock of another kind
    ("in transit"). Nobody else holds it where that one is the node itself, by its `name`, or where another clause,
    number or time to recover stands between.
    """
    who, held = _patterns()
    own = name.casefold().split()
    for found in held.finditer(text):
        said = found[0].casefold()
        if any(word.rstrip("s") in said for word in own if len(word) > 1 and (who.fullmatch(word) or found["named"])):
            continue
        if found.start() < end and start < found.end():
            return True  # "WEG holds 5 weeks for us"
        before = found.start() < start
        between = text[found.end() : start] if before else text[end : found.start()]
        if not _PARTS.search(between) and not cues(fact_words().fields["ttr_weeks"].words, between):
            return True
    return False


def holds(name: str, text: str) -> bool:
    """Say whether a name is but that of who holds stock ("stock at Siemens")."""
    return bool(name) and any(found["named"] == name for found in _patterns()[1].finditer(text))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what names somebody else, and what says that they hold stock or that it is of another kind."""
    words: HeldWords = fact_words().held
    who = rf"(?:{_any(words.who)})(?:s|es|en|n)?(?:['\N{{RIGHT SINGLE QUOTATION MARK}}]s?)?"
    held = (
        rf"\b{who}{_ADVERB}\s+{_HOLDS}\b"
        rf"|\b{who}\s+{_STOCK}\b"
        rf"|\b(?:at|with|bei|beim|on)\s+(?:(?:the|our|their|his|a|an|one|each|every|both|all)\s+)*(?:\w+\s+)?{who}(?!\w)"
        rf"|\b(?:{_any(words.kinds)})(?:\s+{_STOCK})?\b"
        rf"|\b(?:at|bei|beim)\s+(?!(?:{_any(words.not_names)})\b)(?P<named>[^\W\d_][\w&.-]+)"
        rf"|\b(?!(?:we|i|they|it|he|she)\b)[\w&.-]+\s+{_HOLDS}\b[^,;.\n]*\bfor us\b"
    )
    return re.compile(who, re.IGNORECASE), re.compile(held, re.IGNORECASE)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"[ -]") for word in sorted(words, key=len, reverse=True))

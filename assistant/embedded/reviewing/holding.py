"""Says whether stock is held by somebody else, a supplier or a customer, and covers nothing of a team's own."""

import re

from assistant.embedded.reviewing.vocabulary import cues, fact_words

_WHO = (
    r"(?:customer|client|supplier|supplyer|vendor|subsupplier|sub-supplier|sub-tier|subcontractor|lieferant|kunde)"
    r"(?:s|en|n)?(?:['\N{RIGHT SINGLE QUOTATION MARK}]s?)?"
)
_HOLDS = r"(?:has|have|had|holds?|keeps?|stores?|stocks?|carry|carries|owns?|sits? on|covers?|hat|haben|hält)"
_ADVERB = r"(?:\s+(?:also|still|only|usually|always|normally|currently|just|alone|can|could|does|itself))?"
_HELD = re.compile(
    rf"\b{_WHO}{_ADVERB}\s+{_HOLDS}\b"
    rf"|\b{_WHO}\s+(?:safety\s+)?(?:stocks?|inventory|buffers?|cover|coverage|reserves?|bestand)\b"
    rf"|\b(?:at|with|bei|beim|on)\s+(?:(?:the|our|their|his|a|an|one|each|every|both|all)\s+)*(?:\w+\s+)?{_WHO}(?!\w)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,;\n]|\.(?!\d)|\d|\b(?:and|but|while|whereas|we|us|und|wir)\b", re.IGNORECASE)


def held_by_others(text: str, start: int, end: int, name: str = "") -> bool:
    """Say whether the stock that stands at a place is a supplier's or customer's: "the supplier has 6 weeks of stock".

    Nobody else holds it where that one is the node itself, by its `name`, or where another clause, number or time to
    recover stands between.
    """
    own = name.casefold().split()
    for found in _HELD.finditer(text):
        if any(word.rstrip("s") in found[0].casefold() for word in own if len(word) > 1 and re.fullmatch(_WHO, word)):
            continue
        before = found.start() < start
        between = text[found.end() : start] if before else text[end : found.start()]
        if not _PARTS.search(between) and not cues(fact_words().fields["ttr_weeks"].words, between):
            return True
    return False

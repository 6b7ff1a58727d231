"""Hears that a review is there already and is to be used: "we already have a review called Pump plant, use that"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.embedded.reviewing.choosing import review_meant, title_words

MOST_WORDS = 30
_REVIEW = r"(?:(?:supply|chain|guided|risk)\s+)*(?:reviews?|reveiw|assessment|risk check)"
_AGE = r"(?:(?:existing|old|older|earlier|previous|paused|unfinished|same|last|half-done|ongoing|running|current)\s+)*"
_COURTEOUS = (
    r"\W*(?:(?:no|yes|ok|okay|hi|hello|hey|please|pls|wait|but|and|actually|sorry|can|could|we|you|i|let's|lets|let us"
    r"|just|rather|do|should|don't|instead)\W+)*"
)
_USE = (
    r"(?:use|open|reopen|load|take|take up|pick up|continue|resume|work on|(?:go|carry|work) on with|continue with"
    r"|work with|bring up|get|switch to|go to|go back to)"
)
_POINTED = r"(?:that|it|this|the same|the old|the existing)(?:\s+(?:one|review))?"
_MADE = r"(?:have|had|has|got|made|did|started|began|begun|created|set up|opened)"
_ONE = r"one\s+(?:for|of|on|about|called|named|titled)\b"  # "one supplier" is no review
_THERE = re.compile(
    rf"\b(?:already|existing|exists|there(?:'s| is| was| should be| must be)|{_MADE}\s+(?:an?|our|the)\b)"
    rf"[^.;!?]{{0,40}}?\b(?:{_REVIEW}\b|{_ONE})|\b{_MADE}\s+{_ONE}",
    re.IGNORECASE,
)
_USES_IT = re.compile(
    r"(?:[,.;:!?\N{EN DASH}\N{EM DASH}-]\W*|\b(?:so|and|then|please|can we|could you|let's|lets|just)\s+)+"
    rf"(?:{_USE})\s+{_POINTED}\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    rf"{_COURTEOUS}{_USE}\s+(?:the|our|my|that|this)\s+{_AGE}{_REVIEW}\s+"
    r"(?:called|named|titled|for|of|on|about)\s+(?P<title>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NO_NEW = re.compile(
    r"\b(?:no|not|don't|dont|do not|instead of)\b[^.;,!?]{0,30}\bnew\b[^.;,!?]{0,20}[.;,!?]\W*(?:please\s+|but\s+"
    rf"|just\s+)?{_USE}\s+(?:the|our|my)\s+(?P<title>[^.;!?\n]+)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"\b(?:called|named|titled|(?:{_REVIEW}|one)\s+(?:already\s+)?(?:for|of|on|about))\s+[\"\u201c']?(?P<title>[^,;:!?\n\"\u201c\u201d]+)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:so|and (?:want|would|we|i|please)|please|that|which|can|could|let's|lets|just|already|from|here|since|last"
    rf"|and\s+{_USE}|{_USE}\s+{_POINTED})\b.*|\.(?=\s|$).*|\s+[-\N{{EN DASH}}]\s.*",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(r"^(?:(?:the|our|my|a|an)\s+)+|\s+(?:review|assessment|one)$", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class Claim:
    """A review that is said to be there; `title` is "" where none is said."""

    title: str


def claimed(text: str) -> Claim | None:
    """Return the review that a message says is there and wants to use; None if it wants none so.

    Both are needed: "we already have a review board" only tells of how a company works.
    """
    if len(text.split()) > MOST_WORDS:
        return None
    direct = _DIRECT.match(text) or _NO_NEW.search(text)
    if direct:
        return Claim(_title(direct["title"]))
    there, used = _THERE.search(text), _USES_IT.search(text)
    if not there or not used or used.start() < there.start():
        return None
    named = _TITLE.search(text)
    return Claim(_title(named["title"]) if named else "")


def reviews_claimed(claim: Claim, reviews: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the reviews that have the title which is claimed: all its words and years, or it in whole."""
    if not claim.title:
        return list(reviews)
    years, words = set(_YEAR.findall(claim.title)), title_words(claim.title)
    found = [one for one in review_meant(claim.title, reviews) if years <= set(_YEAR.findall(str(one["title"])))]
    return [one for one in found if words <= title_words(str(one["title"]))]


def _title(said: str) -> str:
    return _ARTICLE.sub("", _ENDS.sub("", said).strip(" '\"\u201c\u201d.,!?")).strip(" '\"\u201c\u201d.,!?")

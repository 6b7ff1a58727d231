"""Brings text that people typed into a form that every store and format can hold, without changing what it says."""

import re
import unicodedata

_LEFT_OUT = frozenset({"Cc", "Cs"})
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def clean(text: str) -> str:
    """Return text without control characters and half characters, with plain line ends, trimmed, as NFC.

    Markup stays as it was typed: escaping is the duty of whoever shows the text.
    """
    kept = "".join(
        letter
        for letter in _LINE_ENDS.sub("\n", text)
        if letter in "\n\t" or unicodedata.category(letter) not in _LEFT_OUT
    )
    return unicodedata.normalize("NFC", kept).strip()


def one_line(text: str) -> str:
    """Return cleaned text with every run of spaces and line ends as a single space."""
    return " ".join(clean(text).split())


def counted(number: float, unit: str) -> str:
    """Return a number with its unit: "10 weeks", "1 week", "35 %"; a unit that a team made up stays as it is."""
    one = number == 1 and unit in ("hours", "days", "weeks", "months", "years", "points")
    return f"{number:,.10g} {unit.removesuffix('s') if one else unit}".strip()


def without_tags(text: str) -> str:
    """Return a text without tags of markup, and without what a script holds."""
    return _TAG.sub(" ", text)


def bare_of_markup(name: str) -> str:
    """Return a name without tags and without the signs that make them."""
    return one_line(without_tags(name).replace("<", " ").replace(">", " "))

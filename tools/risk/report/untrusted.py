"""Text that people typed, made harmless for files: what no format can carry is shown or taken out, never obeyed."""

import re
import unicodedata

_SPACES = {"\t": " ", "\r\n": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"}
_BREAKS = re.compile("|".join(map(re.escape, sorted(_SPACES, key=len, reverse=True))))
# Embeddings, overrides, isolates and marks can make a name or a number read backwards; joiners hide text in text.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK = "\ufffd"


def clean(text: str) -> str:
    """Return text that XML can carry and that reads in one direction as it stands.

    Line ends become "\\n"; control characters, surrogates and noncharacters become U+FFFD, so that
    it shows that something stood there; marks of writing direction and unseen joiners are taken out.
    """
    text = _UNSEEN.sub("", _BREAKS.sub(lambda found: _SPACES[found[0]], text))
    return unicodedata.normalize("NFC", _UNFIT.sub(MARK, text))


def one_line(text: str) -> str:
    """Return clean text on one line."""
    return " ".join(clean(text).split())


def short(text: str, longest: int) -> str:
    """Return clean text on one line of at most `longest` characters, with an ellipsis where it was cut."""
    line = one_line(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def not_a_formula(text: str) -> str:
    """Return text for a spreadsheet's cell; an apostrophe stands before what would be taken for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text

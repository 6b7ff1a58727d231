"""The fonts of charts and PDF: DejaVu Sans, which matplotlib ships, and what it can draw."""

from functools import cache
from pathlib import Path

FACES = {
    "Report": "DejaVuSans.ttf",
    "Report-Bold": "DejaVuSans-Bold.ttf",
    "Report-Italic": "DejaVuSans-Oblique.ttf",
    "Report-BoldItalic": "DejaVuSans-BoldOblique.ttf",
}
NOT_DRAWN = "\u25a1"


def face(name: str) -> Path:
    """Return the file of a face named in FACES."""
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf", FACES[name])


@cache
def drawable() -> frozenset[str]:
    """Return every character that both the upright and the bold face can draw, the line end among them."""
    from matplotlib.ft2font import FT2Font

    upright, bold = (FT2Font(str(face(name))).get_charmap() for name in ("Report", "Report-Bold"))
    return frozenset({*map(chr, upright.keys() & bold.keys()), "\n"})


def drawn(text: str) -> str:
    """Return text with an empty box for every character that the fonts lack, such as most emoji."""
    known = drawable()
    return text if text.isascii() else "".join(one if one in known else NOT_DRAWN for one in text)

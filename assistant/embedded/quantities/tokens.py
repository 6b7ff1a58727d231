"""A message cut into digits, words and marks, each with its place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

Entry = TypeVar("Entry")
PIECES = re.compile(r"(?P<digits>[0-9]+)|(?P<part>[¼½¾⅓⅔⅕-⅞])|(?P<word>[^\W\d_]+)|(?P<mark>\S)")
BEYOND = 64  # tokens that may be looked at beyond the ends of a message


class Token(NamedTuple):
    """A run of digits, a fraction sign, a word or one mark; `gap` is the space before it, glued if there is none."""

    kind: str
    text: str
    key: str
    start: int
    end: int
    gap: str
    glued: bool


class Tokens(list[Token]):
    """The `size` tokens of a message; beyond its ends stands a token of the kind "end"."""

    def __init__(self, text: str):
        self.text = text
        self.kept: dict[int, object] = {}  # what was found at a token, for those who look there again
        super().__init__(_cut(text))
        self.size = len(self)
        end = Token("end", "", "", len(text), len(text), " ", False)
        begin = Token("end", "", "", 0, 0, " ", False)
        self += [end] * BEYOND + [begin] * BEYOND  # an index below nought counts from the end of the list

    def glued(self, index: int, kind: str) -> bool:
        """Say whether a token is of a kind and follows the one before it without a space."""
        token = self[index]
        return token.kind == kind and token.glued

    def words(self) -> set[str]:
        """Return the words of the message, folded."""
        return {token.key for token in self[: self.size] if token.kind == "word"}


def _cut(text: str) -> Iterable[Token]:
    end = 0
    for found in PIECES.finditer(text):
        piece, start = found.group(), found.start()
        yield Token(
            str(found.lastgroup),
            piece,
            piece.casefold(),
            start,
            found.end(),
            text[end:start],
            start == end and start > 0,
        )
        end = found.end()


@dataclass(frozen=True, slots=True)
class _Form(Generic[Entry]):
    """One way to type an entry: its pieces, which of them are glued, and whether the case counts."""

    pieces: tuple[str, ...]
    glued: tuple[bool, ...]
    exact: bool
    entry: Entry

    def fits(self, tokens: Tokens, index: int) -> bool:
        if len(self.pieces) == 1:
            return not self.exact or self.pieces[0] == tokens[index].text
        for place, piece in enumerate(self.pieces):
            token = tokens[index + place]
            if piece != (token.text if self.exact else token.key) or (place and self.glued[place] != token.glued):
                return False
        return True


@dataclass
class Forms(Generic[Entry]):
    """Entries by the ways to type them; the longest way that stands in a message counts."""

    by_first: dict[str, list[_Form[Entry]]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Entry]]) -> "Forms[Entry]":
        """Build from pairs of form and entry."""
        made = cls()
        for form, entry in entries:
            made.add(form, entry)
        for forms in made.by_first.values():
            forms.sort(key=lambda form: (-len(form.pieces), not form.exact))
        return made

    @classmethod
    def named(cls, forms: Mapping[Entry, Sequence[str]]) -> "Forms[Entry]":
        """Build from entries with their forms."""
        return cls.of((form, entry) for entry, written in forms.items() for form in written)

    def add(self, form: str, entry: Entry) -> None:
        """Add a form; one with a capital, or of one letter, counts only as it is written."""
        cut = list(_cut(form))
        exact = form != form.casefold() or len(form) == 1
        pieces = tuple(token.text if exact else token.key for token in cut)
        glued = tuple(token.glued for token in cut)
        self.by_first.setdefault(cut[0].key, []).append(_Form(pieces, glued, exact, entry))

    def find(self, tokens: Tokens, index: int) -> tuple[Entry, int] | None:
        """Return the entry whose form stands at a token, and the token after it."""
        forms = self.by_first.get(tokens[index].key)
        if forms:
            for form in forms:
                if form.fits(tokens, index):
                    return form.entry, index + len(form.pieces)
        return None

    def ends(self, tokens: Tokens, index: int) -> tuple[Entry, int] | None:
        """Return the entry of one piece that stands just before a token, and its own token."""
        found = self.find(tokens, index - 1)
        return (found[0], index - 1) if found and found[1] == index else None

"""Writes the reply from what the search brought: every sentence from a note or a fixed phrase."""

from collections.abc import Callable, Sequence

from assistant.embedded.context import Past
from assistant.embedded.material import Found, Part, is_list, quiz, said, sentences
from assistant.embedded.phrases import phrases
from assistant.embedded.table import comparison
from assistant.embedded.understand import Understanding

DIRECT = 0.66
DIRECT_CLAIM = 0.62
BODY_WORDS = 110
LIST_ITEMS = 9
OTHER_MARGIN = 1.2

QUIET = frozenset({"Definition", "Compared with", "Check yourself", "Example", "Formula"})
OWN_SECTION = {
    "why": ("Why it matters",),
    "how": ("How it works",),
    "example": ("Example",),
    "formula": ("Formula",),
    "when_not": ("Pitfalls",),
    "practice": ("In practice",),
    "list": ("How it works",),
}


def compose(read: Understanding, found: Found, last: Past | None) -> str:
    """Return the reply to a question that the notes cover."""
    writer = _Writer(read, found, last.reply if last and read.dependent else "")
    style = _STYLES.get(read.style) if read.dependent else None
    pieces = style(writer) if style else _KINDS.get(read.kind, _Writer.explained)(writer)
    text = "\n\n".join(piece for piece in pieces if piece)
    return text or phrases().no_more


class _Writer:
    """One reply in the making; never says the same block twice."""

    def __init__(self, read: Understanding, found: Found, before: str):
        self.read, self.found, self.before = read, found, before
        self.title = found.titles[0]
        self.used: set[str] = set()

    def cite(self, part: Part, block: str, most: int = 99) -> str:
        """Return up to `most` sentences of a block, with the section's marker; nothing if it was said already."""
        text = said(block)
        if text in self.used:
            return ""
        self.used.add(text)
        if is_list(block):
            lines = block.split("\n")[:LIST_ITEMS]
            return "\n".join([*lines[:-1], f"{lines[-1]} [{part.number}]"])
        return f"{' '.join(sentences(text)[:most])} [{part.number}]"

    def definition(self, title: str = "", most: int = 99) -> str:
        """Return the first sentences of a note."""
        part = self.found.part(title or self.title, "Definition")
        return self.cite(part, part.blocks[0], most) if part else ""

    def direct(self, least: float) -> list[str]:
        """Return the answer of a quiz item that asks nearly the same."""
        part = self.found.part(self.title, "Check yourself")
        if part is None or part.near < least or not part.focus:
            return []
        item = quiz(part.blocks[part.focus[0]])
        if item is None or item[1] in self.used:
            return []
        self.used.add(item[1])
        return [f"{item[1]} [{part.number}]"]

    def body(self, parts: Sequence[Part], words: int = BODY_WORDS, each: int = 2, unsaid: str = "") -> list[str]:
        """Return the blocks of some sections that fit best, up to a number of words."""
        written: list[str] = []
        for part in parts:
            for block in part.ordered()[:each]:
                if said(block) in unsaid or block.endswith(":"):
                    continue
                if is_list(block) and len(block.split()) > words:
                    continue
                piece = self.cite(part, block)
                if piece and words > 0:
                    written.append(piece)
                    words -= len(piece.split())
        return written

    def own(self) -> list[Part]:
        """Return the sections that belong to the kind of question, then the others that may be quoted."""
        named = OWN_SECTION.get(self.read.kind, ())
        parts = self.found.of(self.title)
        first = [part for part in parts if part.section in named]
        return [*first, *(part for part in parts if part.section not in QUIET and part not in first)]

    def what(self) -> list[str]:
        """Define, and say the one or two things that matter most about it."""
        lead = [self.definition()]
        others = [part for part in self.found.of(self.title) if part.section not in QUIET]
        return [*lead, *self.direct(DIRECT), *self.body(others, 90, 1)]

    def explained(self) -> list[str]:
        """Begin with what it is, then the passages that answer the question."""
        lead = [] if self.read.dependent else [self.definition(most=2)]
        direct = self.direct(DIRECT_CLAIM)
        return [*lead, *direct, *self.body(self.own()), *self.hedge()]

    def listed(self) -> list[str]:
        """Give the whole list with the sentence that leads to it, if the note has one."""
        part = next((p for p in self.own() if any(is_list(block) for block in p.blocks)), None)
        if part is None:
            return self.explained()
        lead = [] if self.read.dependent else [self.definition(most=1)]
        place = next(i for i, block in enumerate(part.blocks) if is_list(block))
        before = [self.cite(part, part.blocks[place - 1])] if place and not part.blocks[place - 1].startswith("$$") else []
        return [*lead, *before, self.cite(part, part.blocks[place]), *self.direct(DIRECT)]

    def applied(self) -> list[str]:
        """Name the concept that the situation shows, say what it is and what is done about it."""
        if set(self.read.named) & {self.title}:
            return self.explained()
        lead = phrases().applied.format(topic=self.title)
        practice = self.found.part(self.title, "In practice")
        rest = [part for part in self.own() if part is not practice]
        body = [*self.body(rest, 60, 1), *(self.body([practice], 60, 2) if practice else [])]
        return [f"{lead} {self.definition(most=2)}", *self.direct(DIRECT), *body, *self.hedge()]

    def claim(self) -> list[str]:
        """Confirm or correct a statement with the passages that speak of it."""
        direct = self.direct(DIRECT_CLAIM)
        pitfalls = self.found.part(self.title, "Pitfalls")
        rest = [part for part in self.own() if part is not pitfalls]
        body = [*(self.body([pitfalls], 60, 1) if pitfalls else []), *self.body(rest, 60, 1)]
        return [*direct, self.definition(most=2), *body, *self.hedge()]

    def example(self) -> list[str]:
        """Tell the example that fits best."""
        pieces: list[str] = []
        for title in self.read.titles[:2] or (self.title,):
            part = self.found.part(title, "Example")
            if part is None:
                continue
            fresh = [block for block in part.ordered() if said(block)[:60] not in self.before]
            lead = [] if self.read.dependent else [self.definition(title, most=1)]
            pieces += [*lead, *(self.cite(part, block) for block in fresh[: 1 if len(self.read.titles) > 1 else 2])]
        return pieces or ([phrases().no_more] if self.before else self.explained())

    def formula(self) -> list[str]:
        """Show the formula with its symbols and assumptions, and what it stands for."""
        part = self.found.part(self.title, "Formula")
        if part is None:
            return self.explained()
        lead = [] if self.read.dependent else [self.definition(most=1)]
        kept, words = list[str](), 130
        for block in part.blocks:
            kept.append(block)
            words -= 0 if block.startswith("$$") else len(block.split())
            if words <= 0:
                break
        if kept[-1].startswith("$$"):
            return [*lead, *kept[:-1], f"{kept[-1]}\n\n[{part.number}]"]
        return [*lead, *kept[:-1], f"{said(kept[-1])} [{part.number}]", *self.direct(DIRECT)]

    def dates(self) -> list[str]:
        """Give the passages with dates, and say as of when they hold."""
        as_of = next((note.get("as_of") for note in self.found.notes if note["title"] == self.title), None)
        dated: list[str] = []
        for part in self.found.of(self.title):
            for block in part.ordered():
                if any(word.strip(".,;()").isdigit() and len(word.strip(".,;()")) == 4 for word in block.split()):
                    dated += [piece] if part.section != "Check yourself" and (piece := self.cite(part, block)) else []
        closing = [phrases().as_of.format(date=as_of)] if as_of else []
        return [*(dated[:4] or self.explained()), *closing]

    def hedge(self) -> list[str]:
        """Name the second concept where the first is not clearly the one that is meant."""
        notes = self.found.notes
        if self.read.titles or len(notes) < 2 or notes[0]["score"] - notes[1]["score"] > OTHER_MARGIN:
            return []
        other = notes[1]["title"]
        sentence = self.definition(other, most=1)
        return [f"{phrases().applied_other.format(topic=other)} {sentence}"] if sentence else []

    def compared(self) -> list[str]:
        """Set two or three concepts side by side."""
        titles = [title for title in self.read.titles if title in self.found.titles]
        if len(titles) < 2:
            return self.explained() if self.title not in self.read.named else self.one_against_others()
        return [*comparison(self.found, titles, self), *self.hedge()]

    def one_against_others(self) -> list[str]:
        """Say how a concept differs from those it is confused with, where only one is named."""
        part = self.found.part(self.title, "Compared with")
        return [self.definition(most=2), *(self.body([part], 120, 3) if part else []), *self.direct(DIRECT)]

    def shorter(self) -> list[str]:
        """Say it in one or two sentences."""
        return [self.definition(title, most=1) for title in self.found.titles[: max(1, len(self.read.titles))]]

    def simpler(self) -> list[str]:
        """Say it by its purpose and an example."""
        part = self.found.part(self.title, "Definition")
        purpose = next(note["purpose"] for note in self.found.notes if note["title"] == self.title)
        lead = f"{self.title}: {purpose} [{part.number}]" if part else ""
        example = self.found.part(self.title, "Example")
        return [lead, self.cite(example, example.blocks[0], 3) if example else self.definition()]

    def more(self) -> list[str]:
        """Go on with what the last reply left out."""
        parts = [part for part in self.found.of(self.title) if part.section not in ("Definition", "Formula")]
        return self.body(parts, 150, 3, unsaid=self.before)

    def explain_to(self) -> list[str]:
        """Give somebody the words for explaining it to others."""
        text = phrases()
        definition = self.found.part(self.title, "Definition")
        why, example = self.found.part(self.title, "Why it matters"), self.found.part(self.title, "Example")
        pieces = []
        if definition:
            pieces.append(text.explain_purpose.format(sentence=self.cite(definition, definition.blocks[0], 1)))
        if why:
            pieces.append(text.explain_why.format(sentence=self.cite(why, why.ordered()[0], 2)))
        if example:
            pieces.append(text.explain_example.format(sentence=self.cite(example, example.blocks[0], 3)))
        return pieces


_KINDS: dict[str, Callable[[_Writer], list[str]]] = {
    "what": _Writer.what,
    "compare": _Writer.compared,
    "example": _Writer.example,
    "formula": _Writer.formula,
    "list": _Writer.listed,
    "applied": _Writer.applied,
    "true_false": _Writer.claim,
    "dates": _Writer.dates,
}
_STYLES: dict[str, Callable[[_Writer], list[str]]] = {
    "shorter": _Writer.shorter,
    "simpler": _Writer.simpler,
    "more": _Writer.more,
    "explain_to": _Writer.explain_to,
}

"""Writes the reply from what the search brought: every sentence from a note or a fixed phrase."""

import re
from collections.abc import Callable

from assistant.embedded.context import Past
from assistant.embedded.material import Found, Part, is_list, quiz, said, sentences
from assistant.embedded.phrases import phrases
from assistant.embedded.table import comparison
from assistant.embedded.understand import Understanding

DIRECT = 0.7
DIRECT_CLAIM = 0.68
BODY_WORDS = 140
BODY_BLOCKS = 5
FAR = 0.3
LIST_ITEMS = 9
LIST_MARGIN = 0.12
CLEAR_MARGIN = 2.0
UNSURE = 0.4
BARE_WORDS = 4
EXPLAINED_WORDS = 8
CAUSE = re.compile(
    r"\b(happens?|occurs?|arises?|aris(?:es|ing)|causes?|caused|come[s]? about|emerges?|appears?)\b", re.I
)
LEADS_TO_CAUSES = re.compile(r"\b(causes?|reasons?|sources? of|drivers?)\b", re.I)
WEIGHED = ("use_when", "not_when")

FACETS = {"purpose": "Purpose", "use_when": "Fits when", "not_when": "Not when", "measured_by": "Measured by"}
SECTION_BONUS = {
    "what": {"Why it matters": 0.15, "How it works": 0.1, "Compared with": -0.15, "Example": -0.1, "Formula": -0.1},
    "why": {"Why it matters": 0.15, "Compared with": -0.1, "Example": -0.05},
    "how": {"How it works": 0.2, "In practice": 0.05, "Compared with": -0.1},
    "when_not": {"Pitfalls": 0.2},
    "when_to": {"In practice": 0.05, "Compared with": -0.05},
    "practice": {"In practice": 0.2, "Compared with": -0.1},
    "applied": {"In practice": 0.1, "Why it matters": 0.05, "Compared with": -0.1, "Example": -0.1},
    "true_false": {"Pitfalls": 0.1},
    "list": {"How it works": 0.1},
}


def compose(read: Understanding, found: Found, last: Past | None) -> str:
    """Return the reply to a question that the notes cover."""
    writer = _Writer(read, found, last if read.dependent else None)
    style = _STYLES.get(read.style) if read.dependent else None
    pieces = style(writer) if style else [*_KINDS.get(read.kind, _Writer.explained)(writer), *writer.hedge()]
    text = "\n\n".join(piece for piece in pieces if piece)
    return text or phrases().no_more


class _Writer:
    """One reply in the making; never says the same block twice."""

    def __init__(self, read: Understanding, found: Found, last: Past | None):
        self.read, self.found, self.before = read, found, last.reply if last else ""
        self.title = found.titles[0]
        self.known = bool(last and self.title in last.titles)
        self.used: set[str] = set()

    def cite(self, part: Part, block: str, most: int = 99) -> str:
        """Return up to `most` sentences of a block, with the section's marker; nothing if it was said already."""
        text = said(block)
        if part.section == "Compared with" and block.startswith("- "):
            text = text.partition(": ")[2] or text
            text = text[0].upper() + text[1:]
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

    def nearest(self, title: str) -> str:
        """Return a sentence of the section of a note that was found, where that is not its definition."""
        part = next(iter(self.found.of(title)), None)
        fitting = part.ordered() if part and part.section != "Check yourself" else []
        return self.cite(part, fitting[0], most=1) if part and fitting else ""

    def direct(self, least: float) -> list[str]:
        """Return the answer of a quiz item that asks nearly the same."""
        part = self.found.part(self.title, "Check yourself")
        if part is None or part.near < least or not part.focus:
            return []
        item = quiz(part.blocks[part.focus[0]])
        if item is None or item[1] in self.used:
            return []
        self.used.add(item[1])
        alone = any(word[:5] in item[1].casefold() for word in self.title.casefold().split() if len(word) > 3)
        return [f"{item[1]} [{part.number}]" if alone else f"{item[0]} {item[1]} [{part.number}]"]

    def bonus(self) -> dict[str, float]:
        """Return what each section gains by the way in which it is asked for."""
        if self.read.style == "detail":
            return {"Compared with": -0.1, "Formula": -0.1}
        if self.read.kind == "why" and CAUSE.search(self.read.question):
            return {"How it works": 0.15, "Compared with": -0.1}
        return SECTION_BONUS.get(self.read.kind, {})

    def causes(self) -> list[str]:
        """Return the list of causes, if the note has one and the question is why something comes about."""
        part = self.found.part(self.title, "How it works")
        bare = self.read.dependent and len(self.read.question.split()) <= BARE_WORDS
        if part is None or self.read.kind != "why" or not (bare or CAUSE.search(self.read.question)):
            return []
        places = [i for i, block in enumerate(part.blocks) if is_list(block) and i]
        place = next((i for i in places if LEADS_TO_CAUSES.search(part.blocks[i - 1])), None)
        return [self.cite(part, part.blocks[i]) for i in (place - 1, place)] if place else []

    def body(self, words: int = BODY_WORDS, most: int = BODY_BLOCKS, unsaid: str = "", only: str = "") -> list[str]:
        """Return the blocks of the note that fit best; sections that the question asks for have a bonus."""
        bonus = self.bonus()
        titles = self.read.titles[:2] if self.read.dependent and len(self.read.titles) > 1 else (self.title,)
        rows = [
            (near + bonus.get(part.section, 0.0), part, block)
            for title in titles
            for part in self.found.of(title)
            if part.section not in ("Definition", "Check yourself") and only in ("", part.section)
            for near, block in part.scored()
            if said(block) not in unsaid
        ]
        rows.sort(key=lambda row: -row[0])
        chosen: list[tuple[Part, str]] = []
        for score, part, block in rows:
            length = len(block.split())
            if len(chosen) < most and length <= words and score >= rows[0][0] - FAR:
                chosen.append((part, block))
                words -= length
        for title in titles[1:]:  # of two concepts, neither is passed over
            best = next(((part, block) for _, part, block in rows if part.title == title), None)
            if best and all(part.title != title for part, _ in chosen):
                chosen.append(best)
        order = list(dict.fromkeys(part.section for part, _ in chosen))
        chosen.sort(key=lambda pair: order.index(pair[0].section))
        return [piece for part, block in chosen if (piece := self.cite(part, block))]

    def facets(self, *names: str, of: str = "") -> list[str]:
        """Return what stands at the top of a note under some names, as one line."""
        title = of or self.title
        part = self.found.part(title, "Definition")
        note = next(note for note in self.found.notes if note["title"] == title)
        pieces = [f"**{FACETS[name]}:** {note[name].rstrip('.')}." for name in names]
        return [f"{' '.join(pieces)} [{part.number}]"] if part else []

    def what(self) -> list[str]:
        """Define, and say the one or two things that matter most about it."""
        return [self.definition(), *self.direct(DIRECT), *self.body(110, 3)]

    def explained(self) -> list[str]:
        """Begin with what it is, then the passages that answer the question."""
        lead = [] if self.known else [self.definition(most=2)]
        causes = self.causes()
        body = self.body(60, 1) if causes else self.body()
        return [*lead, *self.direct(DIRECT_CLAIM), *causes, *body]

    def chosen(self) -> list[str]:
        """Say of each of two concepts when it fits, the one that seems to be meant first."""
        if len(self.read.titles) < 2:
            return self.weighed()
        lines = [f"- **{title}**: {line}" for title in self.read.titles[:2] for line in self.facets(*WEIGHED, of=title)]
        return ["\n".join(lines), *self.body(110, 3)]

    def weighed(self) -> list[str]:
        """Say when it fits and when not, with the passages that tell why."""
        lead = [] if self.known else [self.definition(most=1)]
        facets = self.facets(*(("not_when",) if self.read.kind == "when_not" else WEIGHED))
        return [*lead, *facets, *self.direct(DIRECT_CLAIM), *self.body()]

    def listed(self) -> list[str]:
        """Give the whole list with the sentence that leads to it, if the note has one."""
        parts = [part for part in self.found.of(self.title) if part.section not in ("Definition", "Compared with")]
        part = next((p for p in parts if any(is_list(block) for block in p.blocks)), None)
        nearest = max((other.near for other in parts), default=0.0)
        if part is None or part.near < nearest - LIST_MARGIN:
            return self.explained()
        lead = [] if self.known else [self.definition(most=1)]
        place = next(i for i, block in enumerate(part.blocks) if is_list(block))
        before = (
            [self.cite(part, part.blocks[place - 1])] if place and not part.blocks[place - 1].startswith("$$") else []
        )
        return [*lead, *before, self.cite(part, part.blocks[place]), *self.direct(DIRECT)]

    def applied(self) -> list[str]:
        """Name the concept that the situation shows, say what it is and what is done about it."""
        if self.read.dependent or self.title in self.read.named:
            return self.explained()
        lead = phrases().applied.format(topic=self.title)
        body = [*self.body(100, 2), *self.body(90, 3, only="In practice")]
        return [f"{lead} {self.definition(most=2)}", *self.direct(DIRECT), *body]

    def claim(self) -> list[str]:
        """Confirm or correct a statement with the passages that speak of it."""
        return [*self.direct(DIRECT_CLAIM), self.definition(most=2), *self.body(120)]

    def example(self) -> list[str]:
        """Tell the example that fits best."""
        pieces: list[str] = []
        for title in self.read.titles[:2] or (self.title,):
            part = self.found.part(title, "Example")
            if part is None:
                continue
            fresh = [block for block in part.ordered() if said(block)[:60] not in self.before]
            lead = [] if self.known else [self.definition(title, most=2)]
            pieces += [*lead, *(self.cite(part, block) for block in fresh[: 1 if len(self.read.titles) > 1 else 2])]
        return pieces or ([phrases().no_more] if self.before else self.explained())

    def with_example(self) -> list[str]:
        """Say what it is and tell an example."""
        example = self.found.part(self.title, "Example")
        return [self.definition(most=2), self.cite(example, example.ordered()[0]) if example else ""]

    def formula(self) -> list[str]:
        """Show the formula with its symbols and assumptions, and what it stands for."""
        part = self.found.part(self.title, "Formula")
        if part is None:
            return self.explained()
        lead = [] if self.known else [self.definition(most=1)]
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
        """Name the next concepts where the first is not clearly the one that is meant."""
        notes = self.found.notes
        if self.read.titles or len(notes) < 2 or notes[0]["score"] - notes[1]["score"] > CLEAR_MARGIN:
            return []
        others = [note["title"] for note in notes[1 : 3 if self.found.confidence < UNSURE else 2]]
        said = [(other, self.definition(other, most=1) or self.nearest(other)) for other in others]
        return [f"{phrases().applied_other.format(topic=other)} {sentence}" for other, sentence in said if sentence]

    def compared(self) -> list[str]:
        """Set two or three concepts side by side."""
        titles = [title for title in self.read.titles if title in self.found.titles]
        if len(titles) < 2:
            return self.explained() if self.title not in self.read.named else self.one_against_others()
        return comparison(self.found, titles, self)

    def one_against_others(self) -> list[str]:
        """Say how a concept differs from those it is confused with, where only one is named."""
        part = self.found.part(self.title, "Compared with")
        near = [self.cite(part, block) for _, block in part.scored()[:3]] if part else []
        return [self.definition(most=2), *near, *self.direct(DIRECT), *self.body(60, 1)]

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
        return self.body(150, 4, unsaid=self.before)

    def sources(self) -> list[str]:
        """List the references that the note rests on."""
        part = self.found.part(self.title, "Definition")
        note = next(note for note in self.found.notes if note["title"] == self.title)
        lines = "\n".join(f"- {reference}" for reference in note["references"])
        return [f"{phrases().source} [{part.number}]", lines] if part else []

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
        pieces += self.body(45, 1) if len(self.read.question.split()) > EXPLAINED_WORDS else []
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
    "when_to": _Writer.weighed,
    "when_not": _Writer.weighed,
}
_STYLES: dict[str, Callable[[_Writer], list[str]]] = {
    "shorter": _Writer.shorter,
    "simpler": _Writer.simpler,
    "more": _Writer.more,
    "opposite": _Writer.with_example,
    "source": _Writer.sources,
    "explain_to": _Writer.explain_to,
    "choose": _Writer.chosen,
    "detail": _Writer.explained,
}

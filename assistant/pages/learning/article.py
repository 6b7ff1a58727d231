"""The text of a concept page as Markdown: sections with live links, formulas, questions with folded answers."""

from typing import TYPE_CHECKING

from assistant.pages.markup import safe
from knowledge.note import LINK, METRIC
from knowledge.vault import slug

if TYPE_CHECKING:
    import re

    from knowledge.note import Note, Question, Section
    from knowledge.vault import Vault

FOLDED = "Check yourself"
FACTS = (("purpose", "What for"), ("use_when", "Use it when"), ("not_when", "Not when"), ("measured_by", "Measured by"))


def concept_address(title: str) -> str:
    """Return the address of a concept's page."""
    return f"/learn?concept={slug(title)}"


def article(vault: "Vault", note: "Note") -> str:
    """Return a note as the Markdown of its page; nothing in it is HTML but what is written here."""
    parts = [f'<p class="article-of of-{slug(note.title)}"></p>']  # tells the page's script whose text has come
    for section in note.sections.values():
        if section.heading == FOLDED:
            parts += [f"## {FOLDED}", *map(_folded, note.questions)]
            continue
        if section.heading != "Definition":
            parts.append(f"## {safe(section.heading)}")
        parts.append(_linked(vault, section))
        if section.heading == "Definition":
            parts.append(_facts(note))
    return "\n\n".join([*parts, _references(note)])


def _linked(vault: "Vault", section: "Section") -> str:
    """Return a section's Markdown, its [[links]] leading to concept pages; those that lead nowhere are words."""
    places: list[str] = []

    def mark(match: "re.Match[str]") -> str:
        other = vault.note(match[1].strip())
        words = match[2] or match[1]
        if other is None:
            return words
        places.append(f'<a class="concept" href="{concept_address(other.title)}">{safe(words)}</a>')
        return f"\N{OBJECT REPLACEMENT CHARACTER}{len(places) - 1}\N{OBJECT REPLACEMENT CHARACTER}"

    plain = METRIC.sub("", section.text).replace("\N{OBJECT REPLACEMENT CHARACTER}", "")
    text = safe(LINK.sub(mark, plain))
    for number, place in enumerate(places):
        text = text.replace(f"\N{OBJECT REPLACEMENT CHARACTER}{number}\N{OBJECT REPLACEMENT CHARACTER}", place)
    return text


def _facts(note: "Note") -> str:
    rows = "".join(f"<div><dt>{label}</dt><dd>{safe(getattr(note.front, name))}</dd></div>" for name, label in FACTS)
    return f'<dl class="concept-facts">{rows}</dl>'


def _folded(question: "Question") -> str:
    mistaken = "".join(f"\n\n**Often said, but wrong.** {safe(one)}" for one in question.mistaken)
    return (
        f'<details class="self-check">\n<summary>{safe(question.question)}</summary>\n\n'
        f"**Answer.** {safe(question.answer)}{mistaken}\n\n</details>"
    )


def _references(note: "Note") -> str:
    entries = "".join(f"<li>{safe(reference)}</li>" for reference in note.front.references)
    as_of = f'<p class="as-of">Facts as of {safe(note.front.as_of)}.</p>' if note.front.as_of else ""
    return f'<div class="references"><h2>References</h2><ul>{entries}</ul>{as_of}</div>'

"""The source panel: the section of a note that a citation stands for, with the quoted passage marked."""

import re

from assistant.answer import Citation
from assistant.pages.learning.article import concept_address
from assistant.pages.markup import safe
from knowledge.note import Note

GONE = "This note or section is no longer in the vault. This is the passage as it was cited."
_BULLET = re.compile(r"^(?:[-*] )")
_SPACE = re.compile(r"\s+")


def source_text(citation: Citation, note: Note | None, to_learn: bool = False) -> str:
    """Return the panel's Markdown; what the note no longer holds is shown from the citation.

    With `to_learn` a link leads to the concept's own page.
    """
    section = note.sections.get(citation.section) if note else None
    heading = f'<p class="source-note">{safe(citation.title)}</p>\n\n## {safe(citation.section)}'
    if note and to_learn:
        heading += f'\n\n<p class="in-learn"><a href="{concept_address(note.title)}">Open in Learn</a></p>'
    if note is None or section is None:
        return f'{heading}\n\n<p class="aside">{GONE}</p>\n\n{_marked_block(citation.quote)}'
    blocks = [_block(block, citation.quote) for block in section.blocks]
    return "\n\n".join([heading, *_joined(blocks, section.blocks), _footer(note)])


def note_text(note: Note) -> str:
    """Return a whole note as the panel's Markdown."""
    parts = [f'<p class="source-note">{safe(note.title)}</p>']
    for section in note.sections.values():
        parts += [f"## {safe(section.heading)}", *_joined([_plain(block) for block in section.blocks], section.blocks)]
    return "\n\n".join([*parts, _footer(note)])


def _plain(block: str) -> str:
    bullet = _BULLET.match(block)
    return f"- {_lines(block[bullet.end() :])}" if bullet else _lines(block)


def _joined(shown: list[str], blocks: tuple[str, ...]) -> list[str]:
    """Keep items of one list on lines that follow each other, so that they stay one list."""
    parts: list[str] = []
    for text, block in zip(shown, blocks, strict=True):
        if parts and _BULLET.match(block) and parts[-1].startswith(("- ", "* ")):
            parts[-1] += f"\n{text}"
        else:
            parts.append(text)
    return parts


def _block(block: str, quote: str) -> str:
    """Render a block, with the quote, or the whole block where it is the quote, marked."""
    bullet = _BULLET.match(block)
    lead, body = ("- ", block[bullet.end() :]) if bullet else ("", block)
    wanted, here = _flat(quote), _flat(body)
    if not wanted or not here:
        return lead + _lines(body)
    whole = here in wanted
    inside = wanted in here and not whole
    if inside and "\n" not in body and not _in_formula(body, quote):
        found = re.search(r"\s+".join(map(re.escape, _words(quote))), body)
        if found:
            before, passage, after = body[: found.start()], found[0], body[found.end() :]
            return f"{lead}{safe(before)}<mark>{safe(passage)}</mark>{safe(after)}"
    if not (whole or inside):
        return lead + _lines(body)
    if lead or ("\n" not in body and not body.startswith("$$")):
        return f"{lead}<mark>{_lines(body)}</mark>"
    return _marked_block(body)


def _marked_block(text: str) -> str:
    return f'<div class="passage">\n\n{_lines(text)}\n\n</div>'


def _in_formula(body: str, quote: str) -> bool:
    """Whether marking the quote alone would cut a formula or an emphasis in two."""
    return any(quote.count(sign) % 2 or body.count(sign) % 2 for sign in ("$", "**", "`"))


def _lines(body: str) -> str:
    """Render a block; question, answer and mistakes of 'Check yourself' get a line each."""
    text = safe(body)
    text = re.sub(r"^Question: ", "**Question.** ", text, flags=re.MULTILINE)
    return re.sub(r"\n(Answer|Mistaken): ", r"<br>**\1.** ", text)


def _footer(note: Note) -> str:
    entries = "".join(f"<li>{safe(reference)}</li>" for reference in note.front.references)
    as_of = f"<p>As of {safe(note.front.as_of)}</p>" if note.front.as_of else ""
    return f'<div class="references"><p class="sources-label">References</p><ul>{entries}</ul>{as_of}</div>'


def _words(text: str) -> list[str]:
    return _BULLET.sub("", text.strip()).split()


def _flat(text: str) -> str:
    return _SPACE.sub(" ", _BULLET.sub("", text.strip())).casefold()

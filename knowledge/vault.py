"""All notes: titles, aliases, ambiguous names and links between them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.note import Note, NoteError, parse_note

AMBIGUOUS = Path(__file__).with_name("ambiguous.yaml")
UNCOVERED = Path(__file__).with_name("uncovered.yaml")
_WORD = re.compile(r"\w+")


class Meaning(BaseModel):
    """One thing that an ambiguous name stands for; `note` is the title that explains it, if there is one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    note: str | None = None
    words: tuple[str, ...] = Field(default=(), description="words beside the name that settle that this is meant")


class AmbiguousName(BaseModel):
    """A name or acronym that the field uses for several things."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    meanings: tuple[Meaning, ...] = Field(min_length=2)


def normal(text: str) -> str:
    """Fold a name to the form in which names are compared: lower case, no accents, words parted by one space."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.replace("&", " and ").replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return " ".join(_WORD.findall(plain))


def slug(title: str) -> str:
    """Return a title as it stands in addresses; `Vault.note` finds the note of it."""
    return normal(title).replace(" ", "-")


@dataclass(frozen=True)
class Vault:
    """The notes by title, and what was wrong with those that could not be used."""

    notes: dict[str, Note]
    root: Path
    problems: tuple[NoteError, ...] = ()
    ambiguous: dict[str, AmbiguousName] = field(default_factory=dict)
    uncovered: dict[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """Every title and alias, folded, with the title it belongs to."""
        found = {normal(title): title for title in self.notes}
        for note in self.notes.values():
            for alias in note.front.aliases:
                found.setdefault(normal(alias), note.title)
        return found

    def note(self, title: str) -> Note | None:
        """Return the note of a title or alias, whatever its case, or None."""
        return self.notes.get(title) or self.notes.get(self.names.get(normal(title), ""))

    def related(self, title: str) -> list[str]:
        """Titles that a note is compared with first, then the others it links to; only those that exist."""
        note = self.notes[title]
        return [link for link in dict.fromkeys([*note.comparisons, *note.links]) if link in self.notes]

    def between(self, first: str, second: str) -> Note | None:
        """Return the note that is about the difference between two concepts, if the vault has one."""
        for note in self.notes.values():
            sides = re.split(r" versus ", note.title, flags=re.IGNORECASE)
            if len(sides) == 2 and {self._side(side) for side in sides} == {first, second}:
                return note
        return None

    def _side(self, words: str) -> str:
        key = normal(words)
        return self.names.get(key) or self.names.get(f"{key} management") or self.names.get(f"{key} supply chain", "")


def load_vault(root: Path, ambiguous: Path = AMBIGUOUS) -> Vault:
    """Read every note below `root`; a note with an error is left out and named in `problems`.

    Raises:
        NoteError: when the folder holds no usable note, or the list of ambiguous names is damaged.
    """
    notes: dict[str, Note] = {}
    problems: list[NoteError] = []
    for path in sorted(root.rglob("*.md")):
        if any(part.startswith(".") for part in path.relative_to(root).parts):
            continue
        try:
            note = parse_note(path)
            if note.title in notes:
                other = notes[note.title].path.name
                raise NoteError(path, 2, f"title '{note.title}' is also that of {other}", "Give one another title.")
            notes[note.title] = note
        except NoteError as error:
            problems.append(error)
    if not notes:
        first = f" First problem: {problems[0]}" if problems else ""
        raise NoteError(root, 1, "the vault holds no usable note", f"Set SCM_VAULT_DIR to a folder of notes.{first}")
    names = _ambiguous_names(ambiguous)
    problems += [*_dead_links(notes), *_contested_names(notes, names)]
    vault = Vault(notes, root, tuple(problems), names)
    vault.uncovered.update(_uncovered_names(vault, UNCOVERED))
    return vault


def _ambiguous_names(path: Path) -> dict[str, AmbiguousName]:
    try:
        entries = [AmbiguousName.model_validate(entry) for entry in yaml.safe_load(path.read_text("utf-8")) or []]
    except (OSError, yaml.YAMLError, ValidationError, TypeError) as error:
        raise NoteError(path, 1, f"the list of ambiguous names is damaged ({error})", "Restore it.") from error
    return {normal(entry.name): entry for entry in entries}


def _uncovered_names(vault: Vault, path: Path) -> Iterator[tuple[str, str]]:
    """Yield the field's terms that no note covers, folded, each with how it is written."""
    for term, others in yaml.safe_load(path.read_text("utf-8")).items():
        if normal(term) not in vault.names:
            for name in (term, *others):
                if normal(name) not in vault.names and normal(name) not in vault.ambiguous:
                    yield normal(name), term


def _dead_links(notes: dict[str, Note]) -> Iterator[NoteError]:
    for note in notes.values():
        for link in note.links:
            if link not in notes:
                line = next(
                    (n for n, text in enumerate(note.source.splitlines(), 1) if link in text and "[[" in text), 1
                )
                yield NoteError(note.path, line, f"[[{link}]] leads nowhere", "Link to a title that exists.")


def _contested_names(notes: dict[str, Note], declared: Iterable[str]) -> Iterator[NoteError]:
    owners: dict[str, str] = {normal(title): title for title in notes}
    declared = set(declared)
    for note in notes.values():
        for alias in note.front.aliases:
            key = normal(alias)
            owner = owners.setdefault(key, note.title)
            if owner != note.title and key not in declared:
                line = next((n for n, t in enumerate(note.source.splitlines(), 1) if t.startswith("aliases:")), 1)
                remedy = f"Keep it in one of them, or declare it in {AMBIGUOUS.name}."
                yield NoteError(note.path, line, f"alias '{alias}' also names '{owner}'", remedy)

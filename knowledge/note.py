"""One concept note, parsed and validated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

SECTIONS = (
    "Definition",
    "Why it matters",
    "How it works",
    "Formula",
    "Example",
    "Compared with",
    "Pitfalls",
    "In practice",
    "Check yourself",
)
OPTIONAL_SECTIONS = frozenset({"Formula"})
MIN_QUESTIONS = 3
MAX_BYTES = 200_000
LINK = re.compile(r"\[\[([^\]|\n]+)(?:\|([^\]\n]+))?\]\]")
METRIC = re.compile(r"^Metric: `([a-z][a-z0-9_]*)`\s*$", re.MULTILINE)
_NESTS = "[{?-:"
_MOST_NESTS = 500
_QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, where it is there, is ten times as fast
_BULLET = re.compile(r"^[-*] ")
_NUMBERED = re.compile(r"^\d+\. ")

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class NoteError(ValueError):
    """A note cannot be used; the message names the file, the line and the remedy."""

    def __init__(self, path: Path, line: int, problem: str, remedy: str):
        super().__init__(f"{path.name}, line {line}: {problem}. {remedy}")
        self.path, self.line, self.problem, self.remedy = path, line, problem, remedy


class FrontMatter(BaseModel):
    """What stands between the two --- lines at the top of a note."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Phrase
    aliases: list[Phrase] = Field(default_factory=list)
    area: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    purpose: Phrase
    use_when: Phrase
    not_when: Phrase
    measured_by: Phrase
    asked_as: list[Phrase] = Field(min_length=3)
    references: list[Annotated[str, StringConstraints(min_length=10, max_length=500)]] = Field(min_length=1)
    as_of: Annotated[str, BeforeValidator(str), StringConstraints(pattern=r"^\d{4}-\d{2}$")] | None = None


@dataclass(frozen=True)
class Question:
    """A question of 'Check yourself', its answer and the wrong answers people give."""

    question: str
    answer: str
    mistaken: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A headed part of a note: the unit that is found and cited; `line` is its heading's, `first_line` its text's."""

    heading: str
    text: str
    line: int
    first_line: int

    @property
    def anchor(self) -> str:
        """The heading as it stands behind the # of a locator."""
        return self.heading.lower().replace(" ", "-")

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """The paragraphs, list items and formulas of the section, in order; markup kept, links resolved to words."""
        return tuple(_blocks(plain_links(METRIC.sub("", self.text))))


@dataclass(frozen=True)
class Note:
    """A concept: its front matter and its sections, by heading."""

    front: FrontMatter
    sections: dict[str, Section]
    path: Path
    source: str

    @property
    def title(self) -> str:
        """The concept's name."""
        return self.front.title

    @property
    def definition(self) -> str:
        """The opening paragraph."""
        return self.sections["Definition"].blocks[0]

    @property
    def links(self) -> tuple[str, ...]:
        """Titles this note links to, in order, each once."""
        return tuple(dict.fromkeys(match[1].strip() for match in LINK.finditer(self.source)))

    @property
    def metrics(self) -> tuple[str, ...]:
        """Ids of the metrics that compute the note's formula."""
        return tuple(METRIC.findall(self.source))

    @cached_property
    def comparisons(self) -> dict[str, str]:
        """What 'Compared with' says about each other concept, by its title."""
        found = {}
        for raw in _blocks(self.sections["Compared with"].text):
            match = LINK.search(raw)
            if match and ":" in raw:
                found[match[1].strip()] = plain_links(raw.split(":", 1)[1].strip())
        return found

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of 'Check yourself'."""
        return tuple(_questions(self.sections["Check yourself"], self.path))

    def locator(self, heading: str, root: Path) -> str:
        """Where a section stands: the file below `root` and the section's anchor."""
        return f"{self.path.relative_to(root).as_posix()}#{self.sections[heading].anchor}"


def plain_links(text: str) -> str:
    """Replace [[Title]] and [[Title|words]] with the words that are shown."""
    return LINK.sub(lambda match: match[2] or match[1], text)


def parse_note(path: Path) -> Note:
    """Read and validate one note.

    Raises:
        NoteError: when the file cannot be read or is not a complete note.
    """
    source = _read(path)
    lines = source.splitlines()
    end = next((number for number, line in enumerate(lines[1:], 2) if line.strip() == "---"), 0)
    if not lines or lines[0].strip() != "---" or not end:
        raise NoteError(path, 1, "the front matter is missing", "Open and close it with a line of three dashes.")
    front = _front_matter(path, lines[1 : end - 1])
    sections = _sections(path, lines, end)
    note = Note(front, sections, path, source)
    if len(note.questions) < MIN_QUESTIONS:
        line = sections["Check yourself"].line
        raise NoteError(path, line, f"'Check yourself' has {len(note.questions)} questions", "Write three or more.")
    return note


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NoteError(path, 1, f"the file is larger than {MAX_BYTES:,} bytes", "Split it into several notes.")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NoteError(path, 1, f"byte {error.start} is not UTF-8 text", "Save the file as UTF-8.") from error
    except OSError as error:
        raise NoteError(path, 1, f"the file cannot be read ({error.strerror})", "Check its permissions.") from error


def _yaml(text: str) -> Any:
    """Read YAML; what may be nested deeply is left to Python, which raises where the reader in C ends the process."""
    deep = sum(map(text.count, _NESTS)) > _MOST_NESTS
    return yaml.load(text, Loader=yaml.SafeLoader if deep else _QUICK)  # noqa: S506 - safe, either of them


def _front_matter(path: Path, lines: list[str]) -> FrontMatter:
    try:
        data = _yaml("\n".join(lines))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a date such as 2026-13-01
        mark = getattr(error, "problem_mark", None)
        line = 2 + (mark.line if mark else 0)
        raise NoteError(path, line, "the front matter is not YAML", "Quote values that hold a colon.") from error
    if not isinstance(data, dict):
        raise NoteError(path, 2, "the front matter holds no fields", "Write title, area and the other fields.")
    try:
        return FrontMatter.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        line = next((n for n, text in enumerate(lines, 2) if text.startswith(f"{field}:")), 2)
        place = ".".join(str(part) for part in first["loc"])
        remedy = f"Known fields are {', '.join(FrontMatter.model_fields)}."
        raise NoteError(path, line, f"field {place}: {first['msg'].lower()}", remedy) from error


def _sections(path: Path, lines: list[str], start: int) -> dict[str, Section]:
    found: dict[str, Section] = {}
    heading, opened, body_start, body = SECTIONS[0], start + 1, start + 1, list[str]()

    def close() -> None:
        text = "\n".join(body).strip()
        if not text:
            raise NoteError(path, opened, f"section '{heading}' is empty", "Write it.")
        blank = next(count for count, line in enumerate(body) if line.strip())
        found[heading] = Section(heading, text, opened, body_start + blank)

    for number, line in enumerate(lines[start:], start + 1):
        if not line.startswith("## "):
            body.append(line)
            continue
        close()
        heading, opened, body_start, body = line[3:].strip(), number, number + 1, []
        if heading not in SECTIONS:
            raise NoteError(path, number, f"unknown section '{heading}'", f"Sections are {', '.join(SECTIONS[1:])}.")
        if heading in found:
            raise NoteError(path, number, f"section '{heading}' stands twice", "Join the two.")
        if SECTIONS.index(heading) < max(SECTIONS.index(name) for name in found):
            raise NoteError(path, number, f"section '{heading}' is out of order", f"Keep to {', '.join(SECTIONS[1:])}.")
    close()
    for name in SECTIONS:
        if name not in found and name not in OPTIONAL_SECTIONS:
            raise NoteError(path, len(lines), f"section '{name}' is missing", f"Add a line '## {name}' and its text.")
    return found


def _blocks(text: str) -> Iterator[str]:
    """Cut a section into paragraphs, bullets, formulas and whole numbered lists."""
    block: list[str] = []
    in_math = False
    for line in text.splitlines():
        marker = line.strip() == "$$"
        numbered = bool(_NUMBERED.match(line)) and not in_math
        joins = in_math or (numbered and bool(block) and bool(_NUMBERED.match(block[0])))
        opens = (marker or numbered or bool(_BULLET.match(line))) and not joins
        if block and (opens or (not line.strip() and not in_math)):
            yield "\n".join(block)
            block = []
        if line.strip():
            block.append(line.strip())
        if marker:
            in_math = not in_math
            if not in_math:
                yield "\n".join(block)
                block = []
    if block:
        yield "\n".join(block)


def _questions(section: Section, path: Path) -> Iterator[Question]:
    question, answer, mistaken = "", "", list[str]()
    for number, raw in enumerate([*section.text.splitlines(), "- Question:"], section.first_line):
        line = raw.strip()
        if line.startswith("- Question:"):
            if question and not answer:
                raise NoteError(path, number - 1, "a question has no answer", "Add a line 'Answer: ...' below it.")
            if question:
                yield Question(plain_links(question), plain_links(answer), tuple(map(plain_links, mistaken)))
            question, answer, mistaken = line.removeprefix("- Question:").strip(), "", []
        elif line.startswith("Answer:"):
            answer = line.removeprefix("Answer:").strip()
        elif line.startswith("Mistaken:"):
            mistaken.append(line.removeprefix("Mistaken:").strip())
        elif line and mistaken:
            mistaken[-1] += f" {line}"
        elif line and answer:
            answer += f" {line}"
        elif line:
            raise NoteError(path, number, f"'{line[:40]}' is no question", "Begin with '- Question: ...'.")

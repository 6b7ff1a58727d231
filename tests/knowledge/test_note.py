"""A complete note can be read; a damaged one is refused with its file, the line and the remedy."""

import os
from pathlib import Path

import pytest

from knowledge.note import MAX_BYTES, NoteError, parse_note, plain_links
from tests.knowledge.samples import FRONT, NOTE


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "safety-stock.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def line_of(part: str, text: str = NOTE) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_complete_note_is_read(tmp_path: Path) -> None:
    note = parse_note(written(tmp_path, NOTE))
    assert note.title == "Safety stock"
    assert note.front.aliases == ["buffer stock"]
    assert note.definition == "Safety stock is stock held against surprises."
    assert list(note.sections)[:3] == ["Definition", "Why it matters", "How it works"]
    assert note.metrics == ("safety_stock",)
    assert note.locator("How it works", tmp_path) == "safety-stock.md#how-it-works"


def test_a_formula_is_the_only_section_that_may_be_left_out(tmp_path: Path) -> None:
    without = NOTE[: NOTE.index("## Formula")] + NOTE[NOTE.index("## Example") :]
    assert "Formula" not in parse_note(written(tmp_path, without)).sections


def test_sections_know_their_lines(tmp_path: Path) -> None:
    sections = parse_note(written(tmp_path, NOTE)).sections
    assert sections["Pitfalls"].line == line_of("## Pitfalls")
    assert sections["Definition"].line == line_of("Safety stock is stock")


def test_a_note_with_windows_line_ends_is_the_same_note(tmp_path: Path) -> None:
    expected = {name: part.blocks for name, part in parse_note(written(tmp_path, NOTE)).sections.items()}
    found = parse_note(written(tmp_path, NOTE.replace("\n", "\r\n"))).sections
    assert {name: part.blocks for name, part in found.items()} == expected


def test_blocks_are_paragraphs_bullets_whole_numbered_lists_and_whole_formulas(tmp_path: Path) -> None:
    sections = parse_note(written(tmp_path, NOTE)).sections
    assert sections["How it works"].blocks == (
        "1. Measure the spread.\n2. Choose a service target.",
        "The spread grows with the lead time.",
    )
    assert sections["Pitfalls"].blocks == ("- It is not the reorder point.", "- It is not free.")
    formula, where = sections["Formula"].blocks
    assert formula.startswith("$$\n")
    assert formula.endswith("\n$$")
    assert "+ 0" in formula
    assert where == "Here $z$ is the safety factor."


def test_blocks_show_the_words_of_links_and_no_metric_line(tmp_path: Path) -> None:
    sections = parse_note(written(tmp_path, NOTE)).sections
    assert sections["Why it matters"].blocks == ("It prevents a stockout.",)
    assert not any("Metric:" in block or "[[" in block for part in sections.values() for block in part.blocks)
    assert plain_links("[[A]] and [[B|b]]") == "A and b"


def test_links_stand_once_each_in_order(tmp_path: Path) -> None:
    assert parse_note(written(tmp_path, NOTE)).links == ("Stockout", "Cycle stock", "Lead time")


def test_comparisons_are_by_the_title_of_the_other_concept(tmp_path: Path) -> None:
    assert parse_note(written(tmp_path, NOTE)).comparisons == {
        "Cycle stock": "Safety stock covers surprises: cycle stock covers what was planned.",
        "Lead time": "One is stock, the other is time.",
    }


def test_questions_have_an_answer_and_the_mistakes_people_make(tmp_path: Path) -> None:
    first, second, _ = parse_note(written(tmp_path, NOTE)).questions
    assert first.question == "What is it for?"
    assert first.answer == "For surprises, as the name says."
    assert first.mistaken == ('"For planned demand" - that is cycle stock.', '"For nothing"')
    assert second.mistaken == ()


def swapped(text: str, first: str, second: str) -> str:
    """Swap two neighbouring sections."""
    start, middle = text.index(f"## {first}"), text.index(f"## {second}")
    end = text.index("## ", middle + 3)
    return text[:start] + text[middle:end] + text[start:middle] + text[end:]


DAMAGED = {
    "empty file": ("", 1, "front matter is missing", "three dashes"),
    "no front matter": (NOTE.removeprefix(FRONT), 1, "front matter is missing", "three dashes"),
    "front matter not closed": (NOTE.replace("\n---\n", "\n", 1), 1, "front matter is missing", "three dashes"),
    "front matter not YAML": (
        NOTE.replace("purpose: Covers", "purpose: a: b: Covers"),
        line_of("purpose:"),
        "not YAML",
        "Quote",
    ),
    "front matter nested too deeply": ("---\na: " + "[" * 100_000 + "\n---\n", 2, "not YAML", "Quote"),
    "impossible date": (NOTE.replace("area:", "as_of: 2026-13-41\narea:"), 2, "not YAML", "Quote"),
    "front matter a list": ("---\n- a\n---\n" + NOTE.removeprefix(FRONT), 2, "no fields", "Write title"),
    "unknown field": (
        NOTE.replace("area: inventory", "area: inventory\ncolour: red"),
        line_of("area:") + 1,
        "colour",
        "Known fields",
    ),
    "missing field": (NOTE.replace("purpose: Covers what was not expected.\n", ""), 2, "purpose", "Known fields"),
    "field of another kind": (
        NOTE.replace("aliases: [buffer stock]", "aliases: 5"),
        line_of("aliases:"),
        "aliases",
        "Known",
    ),
    "area not a folder name": (
        NOTE.replace("area: inventory", "area: My Area"),
        line_of("area:"),
        "area",
        "Known fields",
    ),
    "missing section": (
        NOTE.replace("## Pitfalls\n", ""),
        len(NOTE.splitlines()) - 1,
        "'Pitfalls' is missing",
        "## Pitfalls",
    ),
    "unknown section": (
        NOTE.replace("## Pitfalls", "## Traps"),
        line_of("## Pitfalls"),
        "unknown section 'Traps'",
        "Sections are",
    ),
    "duplicate section": (
        NOTE.replace("## In practice", "## Pitfalls"),
        line_of("## In practice"),
        "stands twice",
        "Join",
    ),
    "section out of order": (
        swapped(NOTE, "Example", "Compared with"),
        line_of("## Example", swapped(NOTE, "Example", "Compared with")),
        "'Example' is out of order",
        "Keep to",
    ),
    "empty section": (
        NOTE.replace("A shop holds 50 seals.\n", ""),
        line_of("## Example"),
        "'Example' is empty",
        "Write it",
    ),
    "empty definition": (
        NOTE.replace("Safety stock is stock held against surprises.\n", ""),
        line_of("Safety stock is stock"),
        "'Definition' is empty",
        "Write it",
    ),
    "question without answer": (
        NOTE.replace("  Answer: Yes.\n", ""),
        line_of("Does it cost"),
        "no answer",
        "Answer:",
    ),
    "question without answer, below a blank line": (
        NOTE.replace("  Answer: Yes.\n", "").replace("## Check yourself\n", "## Check yourself\n\n"),
        line_of("Does it cost") + 1,
        "no answer",
        "Answer:",
    ),
    "text that is no question": (
        NOTE.replace("- Question: What is it for?", "What is it for?"),
        line_of("What is it for?"),
        "is no question",
        "Begin with",
    ),
    "too few questions": (
        NOTE.replace("- Question: Who sets it?\n  Answer: The planner.\n", ""),
        line_of("## Check yourself"),
        "2 questions",
        "three or more",
    ),
    "not UTF-8": (NOTE.encode().replace(b"surprises", b"surpr\xe4ses"), 1, "not UTF-8", "Save the file as UTF-8"),
    "too large": (NOTE + "x" * MAX_BYTES, 1, "larger than", "Split"),
}


@pytest.mark.parametrize(("text", "line", "problem", "remedy"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_named_with_file_line_and_remedy(
    tmp_path: Path, text: str | bytes, line: int, problem: str, remedy: str
) -> None:
    with pytest.raises(NoteError) as refused:
        parse_note(written(tmp_path, text))
    assert str(refused.value).startswith(f"safety-stock.md, line {line}: ")
    assert problem in refused.value.problem
    assert remedy in refused.value.remedy


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    for name in ("folder.md", "gone.md"):
        with pytest.raises(NoteError, match=rf"{name}, line 1: the file cannot be read .* Check its permissions"):
            parse_note(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, NOTE)
    path.chmod(0)
    with pytest.raises(NoteError, match="cannot be read"):
        parse_note(path)

"""Notes become a vault; what is wrong with one of them is told and harms no other."""

from pathlib import Path

import pytest

from knowledge.note import NoteError
from knowledge.vault import Vault, load_vault, normal
from tests.knowledge.samples import NOTE, write_note


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for title in ("Safety stock", "Cycle stock", "Lead time"):
        write_note(tmp_path, title)
    return tmp_path


def added(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_notes_are_found_by_title_and_alias_whatever_the_case(folder: Path) -> None:
    added(folder / "safety-stock.md", "aliases: []", "aliases: [Buffer & stock]")
    vault = load_vault(folder)
    assert vault.problems == ()
    for name in ("Safety stock", "SAFETY  STOCK", "buffer and stock", "Buffer & Stock"):
        assert vault.note(name) is vault.notes["Safety stock"]
    assert vault.note("weather") is None


def test_names_are_compared_without_case_accents_and_marks() -> None:
    assert normal("  Naïve—Forecast\u2019s &  MORE ") == "naive forecasts and more"


def test_folders_are_read_and_hidden_ones_are_not(folder: Path) -> None:
    for name in ("area", ".obsidian"):
        (folder / name).mkdir()
    write_note(folder / "area", "Fill rate")
    write_note(folder / ".obsidian", "Draft")
    assert {"Fill rate", "Draft"} & set(load_vault(folder).notes) == {"Fill rate"}


def test_a_damaged_note_is_named_and_the_others_are_used(folder: Path) -> None:
    (folder / "lead-time.md").write_text("no note", encoding="utf-8")
    vault = load_vault(folder)
    assert set(vault.notes) == {"Safety stock", "Cycle stock"}
    assert [problem.path.name for problem in vault.problems] == ["lead-time.md"]


def test_two_notes_of_one_title_are_told(folder: Path) -> None:
    (folder / "another.md").write_text((folder / "lead-time.md").read_text("utf-8"), encoding="utf-8")
    (problem,) = load_vault(folder).problems
    assert problem.path.name == "lead-time.md"
    assert "also that of another.md" in str(problem)


@pytest.mark.parametrize("link", ["[[Nowhere]]", "[[Nowhere|words]]", "[[ Nowhere ]]", "[[No\u2028where]]"])
def test_a_dead_link_is_told_with_its_line(folder: Path, link: str) -> None:
    path = folder / "safety-stock.md"
    added(path, "It prevents a stockout.", f"It prevents a {link}.")
    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "It prevents" in text)
    (problem,) = load_vault(folder).problems
    assert problem.line == (line if "\u2028" not in link else 1)
    assert "leads nowhere" in problem.problem


def test_a_name_of_two_notes_is_told_unless_declared_ambiguous(folder: Path, tmp_path: Path) -> None:
    for name in ("safety-stock.md", "cycle-stock.md"):
        added(folder / name, "aliases: []", "aliases: [XQ]")
    (problem,) = load_vault(folder).problems
    assert "alias 'XQ' also names 'Cycle stock'" in str(problem)
    declared = tmp_path / "ambiguous.yaml"
    declared.write_text("- name: XQ\n  meanings: [{name: one}, {name: two}]\n", encoding="utf-8")
    assert load_vault(folder, declared).problems == ()


@pytest.mark.parametrize("text", ["- name: XQ\n", "- [", "5", "- 5\n"])
def test_a_damaged_list_of_ambiguous_names_is_told(folder: Path, tmp_path: Path, text: str) -> None:
    declared = tmp_path / "ambiguous.yaml"
    declared.write_text(text, encoding="utf-8")
    with pytest.raises(NoteError, match=r"ambiguous.yaml, line 1: the list of ambiguous names is damaged"):
        load_vault(folder, declared)


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_notes_is_refused_with_the_remedy(tmp_path: Path, made: bool) -> None:
    root = tmp_path / "notes"
    if made:
        root.mkdir()
        (root / "a.md").write_text("no note", encoding="utf-8")
    with pytest.raises(NoteError, match=r"no usable note.*SCM_VAULT_DIR"):
        load_vault(root)


def test_related_titles_are_those_compared_with_first_and_only_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTE, encoding="utf-8")
    for title in ("Cycle stock", "Stockout"):
        write_note(tmp_path, title)
    assert load_vault(tmp_path).related("Safety stock") == ["Cycle stock", "Stockout"]


def test_the_note_about_a_difference_is_found_from_either_side(vault: Vault) -> None:
    expected = vault.notes["Logistics versus supply chain management"]
    assert vault.between("Logistics management", "Supply chain management") is expected
    assert vault.between("Supply chain management", "Logistics management") is expected
    assert vault.between("Safety stock", "Cycle stock") is None

"""Learning paths: those that are shipped lead to notes, and what is wrong in the file is told with its line."""

from pathlib import Path

import pytest

from knowledge.areas import area_of, in_order, known_areas
from knowledge.note import NoteError
from knowledge.paths import PATHS, load_paths
from knowledge.vault import Vault, load_vault, slug
from tests.knowledge.samples import write_note

PATH = """- id: cook
  name: Cook
  about: "For those who cook."
  stages:
    - name: First
      why: "It comes first."
      concepts:
        - {title: Pumps, why: "they move"}
        - {title: Seals, why: "they close"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Vault:
    folder = tmp_path / "notes"
    folder.mkdir()
    for title in ("Pumps", "Seals"):
        write_note(folder, title)
    return load_vault(folder)


def written(folder: Path, text: str) -> Path:
    path = folder / "paths.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_path_leads_to_notes_in_stages_of_a_fair_size(vault):
    found = load_paths(vault)
    assert found.problems == ()
    assert [path.id for path in found.paths] == ["newcomer", "planner", "buyer", "risk-manager"]
    for path in found.paths:
        assert 4 <= len(path.stages) <= 6
        assert all(3 <= len(stage.concepts) <= 6 for stage in path.stages)
        assert len(set(path.titles)) == len(path.titles)


def test_a_vault_of_one_s_own_keeps_what_it_has_of_the_paths(small):
    found = load_paths(small)
    assert found.paths == ()
    assert len(found.problems) == PATHS.read_text("utf-8").count("{title: ")


def test_a_title_without_a_note_is_left_out_and_told_with_its_line(small, tmp_path):
    found = load_paths(small, written(tmp_path, PATH.replace("title: Seals", "title: Sails")))
    assert [path.titles for path in found.paths] == [("Pumps",)]
    assert str(found.problems[0]) == "paths.yaml, line 9: there is no note 'Sails'. Name the title of a note."


def test_a_title_that_stands_twice_is_left_out_the_second_time(small, tmp_path):
    found = load_paths(small, written(tmp_path, PATH.replace("title: Seals", "title: Pumps")))
    assert [path.titles for path in found.paths] == [("Pumps",)]
    assert "names 'Pumps' twice" in str(found.problems[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- id: [", "not YAML"),
        ("", "valid list"),
        (PATH.replace("id: cook", "id: Cook!"), r"0\.id"),
        (PATH.replace("    - name: First\n      why:", "    - name: First\n      reason:"), "why"),
        (PATH + PATH, "two paths have the id 'cook'"),
        (PATH[: PATH.index("      concepts")] + "      concepts: []\n", "concepts"),
    ],
)
def test_a_damaged_file_is_refused_in_words(small, tmp_path, text, told):
    with pytest.raises(NoteError, match=told):
        load_paths(small, written(tmp_path, text))


def test_a_file_that_is_not_there_is_told(small, tmp_path):
    with pytest.raises(NoteError, match="cannot be read"):
        load_paths(small, tmp_path / "none.yaml")


def test_every_area_of_the_notes_has_a_name_and_a_sentence(vault):
    areas = {note.front.area for note in vault.notes.values()}
    assert areas <= set(known_areas())
    assert all(known_areas()[one].about.endswith(".") for one in areas)


def test_an_area_that_nobody_named_is_called_by_its_words_and_comes_last():
    assert area_of("cold-chain-pharma").name == "Cold chain pharma"
    assert [area.id for area in in_order({"aviation", "inventory", "foundations"})] == [
        "foundations",
        "inventory",
        "aviation",
    ]


def test_every_address_leads_back_to_its_note(vault):
    assert {vault.note(slug(title)).title for title in vault.notes} == set(vault.notes)
    assert slug("Little's law") == "littles-law"

"""The notes that are shipped: complete, consistent, and holding all that the founding note says."""

import re
from pathlib import Path

import pytest
import yaml

from assistant.settings import NOTES
from knowledge.recognizer import ASKED, slug
from knowledge.vault import UNCOVERED, Vault, normal

FOUNDING = {
    "Supply chain management": [
        "manufacturer",
        "strategic supplier",
        "intermediar",
        "customer",
        "efficien",
        "effective",
    ],
    "Goals of supply chain management": [
        "waste reduction",
        "time compression",
        "order-to-delivery",
        "flexible response",
        "unit cost reduction",
        "minimize duplication",
        "harmonize operations and systems",
        "enhance quality",
        "order size",
        "product variety",
        "configuration",
    ],
    "Waste reduction goal": ["minimizing duplication", "harmonizing operations and systems", "enhancing quality"],
    "Time compression": ["order-to-delivery cycle"],
    "Flexible response": ["order size", "product variety", "configuration"],
    "Unit cost reduction": ["cost of a unit"],
    "Functional product": ["predictable demand", "manufacturing, logistics and inventory costs low"],
    "Innovative product": ["hard to predict", "short life cycle", "shortages and excess supply", "peak demand"],
    "Supply chain partnership": [
        "operations that are integrated",
        "share information in time",
        "value",
        "strategic objectives",
        "objectives diverge",
        "resolve the differences",
        "integrated chain",
        "metrics",
    ],
    "Partnership metrics and rewards": [
        "measure actual performance",
        "a financial system has to reward the system as a whole",
    ],
    "Risk management checklist": [
        "analyze and monitor risk exposure",
        "diversify supply sources",
        "re-evaluate make-versus-buy decisions",
        "build stronger supplier relationships",
        "share real-time information with partners",
        "perform regular stress tests",
    ],
    "Logistics management": ["coordinates", "optimizes", "all logistics activities", "marketing", "sales"],
    "Logistics versus supply chain management": ["integrates all business processes", "add value for customers"],
}


def test_there_are_at_least_sixty_notes_and_none_has_a_problem(vault: Vault) -> None:
    assert [str(problem) for problem in vault.problems] == []
    assert len(vault.notes) >= 60


@pytest.mark.parametrize(("title", "facts"), FOUNDING.items(), ids=FOUNDING)
def test_what_the_founding_note_holds_is_there(vault: Vault, title: str, facts: list[str]) -> None:
    text = " ".join(block for part in vault.notes[title].sections.values() for block in part.blocks).casefold()
    assert [fact for fact in facts if fact not in text] == []


def test_each_note_stands_in_the_folder_of_its_area_under_its_title(vault: Vault) -> None:
    for note in vault.notes.values():
        assert note.path.relative_to(NOTES) == Path(note.front.area) / f"{slug(note.title)}.md"


def test_a_title_is_written_like_a_heading(vault: Vault) -> None:
    for title in vault.notes:
        assert title[0].isupper()
        assert title == title.strip()


def test_a_definition_stands_alone(vault: Vault) -> None:
    for note in vault.notes.values():
        sentences = re.split(r"(?<=[.!?])\s+", note.definition)
        assert 1 <= len(sentences) <= 4, note.title
        assert not re.match(r"(it|this|these|they)\b", note.definition, re.IGNORECASE), note.title


def test_every_note_is_compared_with_others_by_a_sentence_on_the_difference(vault: Vault) -> None:
    for note in vault.notes.values():
        assert note.comparisons, note.title
        assert all(len(said) > 20 for said in note.comparisons.values()), note.title
        assert set(note.comparisons) <= set(vault.notes) - {note.title}, note.title


def test_every_formula_section_names_its_metric_in_snake_case(vault: Vault) -> None:
    for note in vault.notes.values():
        named = re.findall(r"^Metric:.*$", note.source, re.MULTILINE)
        assert len(named) == len(note.metrics), f"{note.title}: {named}"
        for metric in note.metrics:
            assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", metric), note.title


def test_formulas_and_inline_mathematics_are_closed(vault: Vault) -> None:
    for note in vault.notes.values():
        for section in note.sections.values():
            assert section.text.count("$$") % 2 == 0, (note.title, section.heading)
            inline = section.text.replace("$$", "").replace("\\$", "")
            assert inline.count("$") % 2 == 0, (note.title, section.heading)


def test_no_note_carries_markup_that_could_act_or_call_out(vault: Vault) -> None:
    for note in vault.notes.values():
        assert not re.search(r"<script|<img|!\[|javascript:|https?://", note.source, re.IGNORECASE), note.title


def test_every_note_of_an_ambiguous_name_exists_and_settling_words_settle(vault: Vault) -> None:
    for entry in vault.ambiguous.values():
        for meaning in entry.meanings:
            assert meaning.note is None or meaning.note in vault.notes, entry.name
            assert meaning.words, f"{entry.name}: {meaning.name}"
            assert all(word == normal(word) and " " not in word for word in meaning.words), entry.name
        said = [set(meaning.words) for meaning in entry.meanings]
        assert all(words - set().union(*said[:i], *said[i + 1 :]) for i, words in enumerate(said)), entry.name


def test_no_term_is_called_uncovered_that_is_a_name_of_the_vault(vault: Vault) -> None:
    terms = yaml.safe_load(UNCOVERED.read_text("utf-8"))
    assert [term for term in terms if normal(term) in vault.names] == []
    assert not set(vault.uncovered) & set(vault.names)
    assert len(vault.uncovered) >= len(terms) // 2


def test_every_file_of_examples_belongs_to_a_note(vault: Vault) -> None:
    assert {path.stem for path in ASKED.glob("*")} <= {slug(title) for title in vault.notes}
    for path in ASKED.glob("*"):
        assert path.suffix == ".txt"
        assert path.read_text("utf-8").strip(), path.name

"""A search finds the note that answers, the sections that fit the kind of question, and knows when it has nothing."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from knowledge.library import Library
from knowledge.retriever import SETTINGS, HybridRetriever, NoteSearch, load_ranking


@pytest.fixture(scope="module")
def search(library: Library) -> NoteSearch:
    return NoteSearch(library)


class TestHybridRetriever(RetrieversIntegrationTests):
    """LangChain's own tests of a retriever."""

    @pytest.fixture(autouse=True)
    def _with_library(self, library: Library) -> None:
        self.library = library

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"library": self.library}

    @property
    def retriever_query_example(self) -> str:
        return "what is safety stock"


def test_documents_say_where_they_stand(library: Library) -> None:
    for document in HybridRetriever(library=library, k=3).invoke("what is safety stock"):
        note = library.vault.notes[document.metadata["title"]]
        section = document.metadata["section"]
        assert document.metadata["locator"] == note.locator(section, library.vault.root)
        assert document.page_content == "\n\n".join(note.sections[section].blocks)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("what is safety stock?", "Safety stock"),
        ("safty stok", "Safety stock"),
        ("ROP", "Reorder point"),
        ("bulwhip", "Bullwhip effect"),
        ("how does logistics differ from supply chain management", "Logistics versus supply chain management"),
        ("what are the six steps of the risk management checklist", "Risk management checklist"),
        ("orders swing more and more the further up the chain you look, why", "Bullwhip effect"),
    ],
)
def test_the_note_that_answers_comes_first(search: NoteSearch, question: str, title: str) -> None:
    found = search.search(question)
    assert found.covered
    assert found.notes[0].title == title
    assert found.sections[0].title == title


@pytest.mark.parametrize(
    ("kind", "section"),
    [("what", "Definition"), ("example", "Example"), ("formula", "Formula")],
)
def test_the_kind_of_question_picks_the_section(search: NoteSearch, kind: str, section: str) -> None:
    for title in ("Safety stock", "Reorder point", "Economic order quantity"):
        assert search.search(title, kind, [title]).sections[0].section == section


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        ("why", "Why it matters"),
        ("how", "How it works"),
        ("compare", "Compared with"),
        ("when_not", "Pitfalls"),
        ("practice", "In practice"),
        ("list", "How it works"),
    ],
)
def test_the_section_that_the_kind_asks_for_is_among_those_found(search: NoteSearch, kind: str, section: str) -> None:
    for title in ("Safety stock", "Postponement", "Bullwhip effect"):
        assert section in [part.section for part in search.search(title, kind, [title]).sections]


def test_an_unknown_kind_is_answered_like_what(search: NoteSearch) -> None:
    assert search.search("safety stock", "no such kind") == search.search("safety stock", "what")


def test_a_note_without_a_formula_still_answers_a_question_for_one(search: NoteSearch) -> None:
    found = search.search("formula of the risk management checklist", "formula", ["Risk management checklist"])
    assert found.sections[0].section == "Definition"


def test_a_search_by_concepts_returns_only_those_in_that_order(search: NoteSearch) -> None:
    wanted = ["Cycle stock", "Safety stock"]
    found = search.search("what protects against a late supplier", "compare", wanted)
    assert [note.title for note in found.notes] == wanted
    assert {section.title for section in found.sections} == set(wanted)
    assert found.covered


def test_concepts_may_be_named_by_alias(search: NoteSearch) -> None:
    assert [note.title for note in search.search("x", titles=["whiplash effect"]).notes] == ["Bullwhip effect"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "?!?!", "...", "asdf qwer zxcv", "\x00\x01\x02", "12345", "<b></b>", "🚚🚚🚚", "ξψω", "a"],
)
def test_what_says_nothing_is_not_covered(search: NoteSearch, text: str) -> None:
    found = search.search(text)
    assert not found.covered
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize("text", ["will it rain in Paris tomorrow", "best pizza in town", "who won the football final"])
def test_another_subject_is_not_covered(search: NoteSearch, text: str) -> None:
    assert not search.search(text).covered


def test_very_long_text_is_searched_without_error(search: NoteSearch) -> None:
    assert 0 <= search.search("safety stock and lead time " * 150).confidence <= 1


def test_a_term_without_a_note_is_told(search: NoteSearch, library: Library) -> None:
    name = next(name for name in library.vault.uncovered if len(name.split()) == 2)
    assert library.vault.uncovered[name] in search.search(f"what is {name}").missing


def test_sections_can_be_cited(search: NoteSearch, library: Library) -> None:
    for section in search.search("why does the bullwhip effect arise", "why").sections:
        note = library.vault.notes[section.title]
        assert section.locator == note.locator(section.section, library.vault.root)
        assert all(0 <= block < max(1, len(note.sections[section.section].blocks)) for block in section.focus)


def test_the_same_question_has_the_same_answer_for_everyone_at_once(search: NoteSearch) -> None:
    questions = ["what is safety stock", "why bullwhip", "how does postponement work", "weather"] * 4
    alone = [search.search(question) for question in questions[:4]] * 4
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(search.search, questions)) == alone


def test_weights_that_are_damaged_are_refused(tmp_path: Any) -> None:
    assert 0 < load_ranking().threshold < 1
    path = tmp_path / "ranking.yaml"
    path.write_text(SETTINGS.read_text("utf-8") + "\nsurprise: 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="surprise"):
        load_ranking(path)

"""The questions: every note gives several, options are fair, names are blanked, numbers are drawn anew and right."""

import re
from collections import Counter

import pytest

from assistant.learning.bank import Bank
from assistant.learning.making.numbers import cases
from assistant.learning.making.terms import described
from assistant.learning.marking import heard
from assistant.learning.models import KINDS
from assistant.learning.question import Question, key_of
from assistant.learning.wording import BLANK, blanked, likeness, names_of, pattern_of, short, words
from tests.assistant.learning.conftest import seeded
from tools.metrics import METRICS

FEWEST_A_NOTE = 5
FEWEST_KINDS = 3


@pytest.fixture(scope="module")
def drawn(bank: Bank) -> list[Question]:
    """One draw of every question that there is."""
    rng = seeded(11)
    return [question for draft in bank.by_key.values() if (question := draft.make(rng))]


def test_every_note_gives_several_questions_of_several_kinds(drawn: list[Question], bank: Bank) -> None:
    counted = Counter(one.concept for one in drawn)
    assert min(counted[title] for title in bank.vault.notes) >= FEWEST_A_NOTE
    for title in bank.vault.notes:
        assert len({one.kind for one in drawn if one.concept == title}) >= FEWEST_KINDS, title
    assert {one.kind for one in drawn} == set(KINDS)


def test_the_right_answer_is_heard_as_right_and_every_option_by_letter_number_and_words(drawn: list[Question]) -> None:
    for question in drawn:
        if question.kind == "recall":
            continue
        assert heard(question, question.answer).read == "right", question
        for place, option in enumerate(question.options):
            wanted = "right" if option == question.answer else "wrong"
            ways = {"ABCD"[place], str(place + 1), option, f"I think {'abcd'[place]}"}
            for said in ways - ({*question.options} - {option}):  # an option that is a number is meant as such
                assert heard(question, said).read == wanted, (question, said)


def test_options_differ_and_none_gives_the_right_one_away_by_its_length(drawn: list[Question]) -> None:
    longest = 0
    checked = [one for one in drawn if one.kind in ("choice", "term", "difference")]
    for question in checked:
        assert len(set(question.options)) == len(question.options) >= 2, question
        assert question.answer in question.options
        others = [option for option in question.options if option != question.answer]
        longest += len(question.answer) > 1.3 * max(map(len, others))
    assert longest < 0.25 * len(checked)


def test_no_wrong_option_says_nearly_the_same_as_the_right_one(drawn: list[Question]) -> None:
    for question in drawn:
        for option in question.options if question.kind == "choice" and not re.search(r"\d", question.answer) else ():
            same = words(option) and likeness(words(option), words(question.answer)) > 0.75
            own = option in question.why  # a mistake of the note itself may share its words
            assert option == question.answer or own or not same, question


def test_a_definition_to_be_named_holds_no_form_of_its_name(bank: Bank) -> None:
    shown = {title: described(note) for title, note in bank.vault.notes.items()}
    for title, text in shown.items():
        assert not pattern_of(names_of(bank.vault.notes[title])).search(text), (title, text)
    assert sum(map(bool, shown.values())) > 0.6 * len(shown)


def test_names_are_blanked_in_the_plural_with_hyphens_and_as_acronyms() -> None:
    text = "Reorder points (ROP) differ; a reorder-point system has a ROP. Support is no ROP."
    assert blanked(text, ["Reorder point", "ROP"]) == (
        f"{BLANK} differ; a {BLANK} system has a {BLANK}. Support is no {BLANK}."
    )
    assert blanked("Dropping prices", ["ROP"]) == "Dropping prices"


def test_a_statement_is_drawn_true_and_false_and_the_false_one_has_the_names_exchanged(bank: Bank) -> None:
    drafts = [one for one in bank.by_concept["Safety stock"] if one.kind == "true_false"]
    questions = [draft.make(seeded(seed)) for draft in drafts for seed in range(12)]
    found = {one.answer: one.text for one in questions if one and "time to survive" in one.text.casefold()}
    rest = "covers everyday variation, while {} tells how long stock and alternatives last when a supplier fails."
    assert found == {
        "True": f"True or false?\n\n> Safety stock {rest.format('time to survive')}",
        "False": f"True or false?\n\n> Time to survive {rest.format('safety stock')}",
    }


def test_numbers_are_asked_for_forty_metrics_and_every_case_gives_one(drawn: list[Question]) -> None:
    assert len({case.metric for case in cases()}) >= 40
    assert all(METRICS[case.metric].note for case in cases())
    asked = [one for one in drawn if one.kind == "number"]
    assert len(asked) == len({(case.metric, case.ask) for case in cases()})
    for question in asked:
        assert question.value is not None
        assert "{" not in question.text
        assert question.steps


def test_numbers_change_with_the_seed_and_stay_with_it(bank: Bank) -> None:
    draft = next(one for one in bank.by_concept["Economic order quantity"] if one.kind == "number")
    texts = {getattr(draft.make(seeded(seed)), "text", "") for seed in range(20)}
    assert len(texts) > 15
    assert draft.make(seeded(4)) == draft.make(seeded(4))


@pytest.mark.parametrize("seed", range(5))
def test_every_case_can_be_drawn_often(bank: Bank, seed: int) -> None:
    rng = seeded(seed)
    for draft in bank.by_key.values():
        if draft.kind == "number":
            question = draft.make(rng)
            assert question
            assert heard(question, question.answer).read == "right", question


def test_every_citation_quotes_a_section_that_is_there(drawn: list[Question], bank: Bank) -> None:
    for question in drawn:
        assert question.citations, question
        for citation in question.citations:
            section = bank.vault.notes[citation.title].sections[citation.section]
            said = " ".join(" ".join(section.blocks).split())
            assert " ".join(citation.quote.split())[:60] in said, (question.concept, citation)
            assert f"[{citation.number}]" in question.explanation
        assert len(re.findall(r"\[\d\]", question.explanation)) == len(question.citations)


def test_hints_exist_and_do_not_say_the_answer(drawn: list[Question]) -> None:
    for question in drawn:
        assert question.hints, question
        if question.kind in ("term", "choice"):
            said = re.compile(rf"{re.escape(question.answer)}(?![\d.]*\d)", re.IGNORECASE)
            assert not any(said.search(hint) for hint in question.hints), question


def test_a_key_lasts_as_long_as_the_words_it_is_made_from(bank: Bank) -> None:
    assert key_of("Safety stock", "term", "A  buffer.") == key_of("safety stock", "term", "a buffer")
    assert key_of("Safety stock", "term", "A buffer.") != key_of("Safety stock", "recall", "A buffer.")
    assert key_of("Safety stock", "term", "A buffer.") != key_of("Safety stock", "term", "Another buffer.")
    assert len({draft.key for draft in bank.by_key.values()}) == len(bank.by_key)


def test_answers_are_shortened_where_a_clause_ends() -> None:
    assert (
        short("Nothing at all happens to it; safety stock depends on variability.", 20)
        == "Nothing at all happens to it"
    )
    assert short("Because A, so B.", 60) == "Because A, so B"

"""Who answers for what: several people and nobody's names are told from persons, posts and departments."""

import pytest

from tools.risk.owning import is_nobody, several_people

KNOWN = ("Ana Lund", "Ben Berg", "Mei")


@pytest.mark.parametrize(
    "name",
    [
        "jo and tom",
        "Jo & Tom",
        "Jo/Tom",
        "Ana Lund / Ben Berg",
        "Jo or Tom",
        "Jo; Tom",
        "Jo et Tom",
        "José y María",
        "Jo und Tom Berg",
        "Jo + Tom (Lyon)",
        "CFO and COO",
        "jo, kim and tom",
        "Ana, Ben",
        "Ana Lund, Mei",
        "李雷 and 韩梅梅",
    ],
)
def test_joined_names_are_several_people(name):
    assert len(several_people(name, KNOWN)) >= 2


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Ana",
        "Ana Lund",
        "Lund, Ana",
        "Ana Lund, Lyon",
        "Ana Lund (Lyon and Kolhapur)",
        "Head of Research and Development",
        "Sales and Operations",
        "Health & Safety",
        "R&D",
        "QA/QC",
        "Ana Lund / Purchasing",
        "José Ortega y Gasset",
        "Anders And",
        "Andy Orr",
        "Sandor",
        "O'Neill-Sand",
        "Ana (she/her)",
        "Dr. M. Sato",
    ],
)
def test_one_person_a_post_or_a_department_is_one(name):
    assert several_people(name, KNOWN) == ()


@pytest.mark.parametrize(
    "name",
    [
        "tbd",
        "TBD.",
        "?",
        "-",
        "n/a",
        "nobody",
        "No one",
        "to be decided",
        "not known yet",
        "everybody",
        "me",
        "the whole team",
    ],
)
def test_what_names_nobody_is_no_name(name):
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["", "Noone Berg", "Al", "Mei", "Unal", "You Jing", "Team Lyon", "Both Pieter", "CFO"])
def test_names_are_names(name):
    assert not is_nobody(name)

"""A review that is said to be there is opened, never begun anew; a file that is wanted leads to the report."""

from typing import TYPE_CHECKING

import pytest

from assistant.embedded.reviewing.claiming import claimed
from assistant.embedded.reviewing.downloads import file_wanted
from tests.assistant.talking import ME, Say
from tools.risk.store import Reviews

if TYPE_CHECKING:
    from assistant.answer import Answer

THERE = "Pump plant 2025"
BEGUN = "start a risk review for our valve plant"


def _open(answer: "Answer") -> str:
    return next((str(one.output["title"]) for one in answer.results if one.tool == "move_in_review"), "")


CLAIMS = [
    ("we already have a review called Pump plant 2025, use that", THERE),
    ("there is already a review for the pump plant 2025, open it", "pump plant 2025"),
    ("there's already one for the pump plant, take that one", "pump plant"),
    ("don't start a new one, use the pump plant review", "pump plant"),
    ("please open the review called Pump plant 2025", THERE),
    ("use the existing risk review for Lyon", "Lyon"),
    ("we started one for the pump plant last week, continue that", "pump plant"),
    ('hi, we have a review named "Pump plant 2025". please resume it', THERE),
    ("no wait, we did a review of the pump plant already - use that one", "pump plant"),
    ("we already have a review, use that", ""),
]


@pytest.mark.parametrize(("said", "title"), CLAIMS)
def test_a_review_that_is_said_to_be_there_is_heard(said: str, title: str) -> None:
    claim = claimed(said)
    assert claim is not None
    assert claim.title == title


@pytest.mark.parametrize(
    "said",
    [
        "we already have a review board, open every month",
        "we already have a supplier review each quarter",
        "there is a review of contracts by legal, they use it for audits",
        "there is already one supplier in Italy",
        "motor: already have one supplier, use that for pumps too",
        "continue the review",
        "start a risk review for our pump plant",
        "open a new review called Winter tyres 2027",
        "we use the existing tools for that",
        "what is a review?",
    ],
)
def test_what_only_tells_of_reviews_claims_none(said: str) -> None:
    assert claimed(said) is None


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize("said", [CLAIMS[0][0], CLAIMS[1][0], CLAIMS[3][0]])
def test_the_review_that_is_there_is_opened(said: str, running: bool, say: Say, store: Reviews) -> None:
    store.begin(ME, THERE)
    if running:
        say(BEGUN)
    answer = say(said)
    assert _open(answer) == THERE
    assert f"**{THERE}**" in answer.text
    assert len(store.listed(ME)) == 1 + running


@pytest.mark.parametrize("running", [False, True])
def test_where_there_is_none_of_that_name_the_others_are_listed_and_none_is_begun(
    running: bool, say: Say, store: Reviews
) -> None:
    store.begin(ME, "Pump plant 2026")
    if running:
        say(BEGUN)
    before = len(store.listed(ME))
    answer = say(CLAIMS[0][0])
    assert answer.kind == "clarify"
    assert f'no review called "{THERE}"' in answer.text
    assert "**Pump plant 2026**" in answer.text
    assert len(store.listed(ME)) == before
    assert _open(say("Pump plant 2026")) == "Pump plant 2026"


def test_of_two_reviews_that_fit_it_is_asked_which_one(say: Say, store: Reviews) -> None:
    for title in (THERE, "Pump plant 2026"):
        store.begin(ME, title)
    answer = say("there is already one for the pump plant, take that one")
    assert answer.text.endswith("Which one shall we go on with?")
    assert "no review called" not in answer.text


def test_who_has_no_review_is_told_so(say: Say, store: Reviews) -> None:
    assert "You have no review yet" in say(CLAIMS[0][0]).text
    assert not store.listed(ME)


FILES = [
    ("give me the json", "json"),
    ("can I have it as excel", "xlsx"),
    ("export to word please", "docx"),
    ("send me the spreadsheet", "xlsx"),
    ("pdf?", "pdf"),
    ("json please", "json"),
    ("I need the report as a pdf for my boss", "pdf"),
    ("how do I get the word file", "docx"),
    ("where is the excel", "xlsx"),
    ("could we get that in markdown", "md"),
    ("download it", ""),
    ("how can I export the report", ""),
]


@pytest.mark.parametrize(("said", "kind"), FILES)
def test_a_wanted_file_is_heard(said: str, kind: str) -> None:
    assert file_wanted(said) == kind


@pytest.mark.parametrize(
    "said",
    [
        "excel",
        "we keep it in excel",
        "only in an Excel list",
        "they send us a pdf every month",
        "we need excel for that",
        "the word of the supplier",
        "a word document, last changed in 2024",
        "evidence: excel file of May",
        "we export to Poland",
        "export controls",
        "save the stock",
        "print heads from Epson",
        "suppliers give us their plan in excel",
    ],
)
def test_an_answer_that_names_a_file_wants_none(said: str) -> None:
    assert file_wanted(said) is None


@pytest.mark.parametrize(("said", "kind"), FILES[:3])
def test_a_wanted_file_leads_to_the_report_and_the_question_stays(said: str, kind: str, say: Say) -> None:
    answer = say(BEGUN, "next", "motor ttr 10 weeks stock 4 weeks", said)
    assert answer.text.startswith("The report as ")
    assert f"/report.{kind})" in answer.text.split("\n\n")[0]
    assert "*Back to the review, 1.2" in answer.text


def test_a_paused_review_gives_its_files_too(say: Say) -> None:
    assert "/report.xlsx)" in say(BEGUN, "stop here", "can I have it as excel").text

"""Which review is meant by its title, where titles are alike: last year's and its copy, or two of one name."""

from typing import TYPE_CHECKING

import pytest

from assistant.embedded.reviewing.choosing import named_outright, other_review, review_meant
from tests.assistant.talking import ME, Say
from tools.risk.store import Reviews

if TYPE_CHECKING:
    from assistant.answer import Answer

OLD, NEW = "Pump factory", "Pump factory 2027"


@pytest.fixture
def two(store: Reviews) -> dict[str, str]:
    """Ids of last year's review and of its copy, by their titles."""
    old = store.begin(ME, OLD)
    return {OLD: old.id, NEW: store.copy(ME, old.id, NEW).id}


def _open(answer: "Answer") -> str:
    return next((str(one.output["title"]) for one in answer.results if one.tool == "move_in_review"), "")


@pytest.mark.parametrize("title", [OLD, NEW])
def test_the_page_leads_to_its_review_beside_one_of_nearly_the_same_title(
    title: str, say: Say, two: dict[str, str]
) -> None:
    assert _open(say(f"Continue the review “{title}”")) == title


@pytest.mark.parametrize("title", ["What is risk?", "List of my reviews", "Risk review", "7", "“Quoted” plant", "报告"])
def test_the_page_leads_to_a_review_whatever_its_title_says(title: str, say: Say, store: Reviews) -> None:
    store.begin(ME, "Valves")
    store.begin(ME, title)
    assert _open(say(f"Continue the review “{title}”")) == title


def test_the_page_leads_to_one_of_two_reviews_of_the_same_title(say: Say, store: Reviews) -> None:
    ids = [store.begin(ME, OLD).id for _ in range(2)]
    answer = say(f"Continue the review “{OLD}” (/review?id={ids[0]})")
    assert [one.output["review_id"] for one in answer.results if one.tool == "move_in_review"] == [ids[0]]
    assert say(f"Continue the review “{OLD}”").kind == "clarify"


def test_a_review_that_was_renamed_or_deleted_leads_to_no_other_one(say: Say, store: Reviews) -> None:
    store.begin(ME, "Valves")
    answer = say("Continue the review “Pump factory”")
    assert not _open(answer)
    assert "1. **Valves**" in answer.text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Pump factory", OLD),
        ("pump factory 2027", NEW),
        ("the pump factory please", OLD),
        ("Pump Factory, 2027", NEW),
        ("the 2027 one", NEW),
        ("2027", NEW),
        ('"Pump factory"', OLD),
    ],
)
def test_one_of_the_listed_reviews_is_chosen_by_its_title(said: str, title: str, say: Say, two: dict[str, str]) -> None:
    assert say("continue the review").kind == "clarify"
    assert _open(say(said)) == title


@pytest.mark.parametrize(
    "said", ["pump", "the factory", "the newer one", "last year's", "the pumps", "no the other one"]
)
def test_what_leaves_open_which_of_the_listed_reviews_is_meant_is_asked_again(
    said: str, say: Say, two: dict[str, str]
) -> None:
    say("continue the review")
    answer = say(said)
    assert answer.kind == "clarify"
    assert "Which one shall we go on with?" in answer.text


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("what is time to recover?", "search_notes"),
        ("start a risk review for our valve plant", "start_review"),
        ("the EOQ for demand 1000, order cost 50 and holding cost 2", "compute_metric"),
    ],
)
def test_what_is_not_about_the_list_is_answered(said: str, tool: str, say: Say, two: dict[str, str]) -> None:
    say("continue the review")
    assert tool in {one.tool for one in say(said).results}


def test_facts_said_after_a_list_are_entered(say: Say, store: Reviews, two: dict[str, str]) -> None:
    say(
        f"Continue the review “{NEW}”",
        "next",
        "which reviews do I have?",
        "the pump housing: ttr 10 weeks, stock 4 weeks",
    )
    assert [(one.name, one.ttr_weeks) for one in store.open(ME, two[NEW]).nodes] == [("pump housing", 10)]


def test_a_number_in_a_title_is_no_place_in_the_list(say: Say, store: Reviews) -> None:
    for title in ("Plant 2", "Plant 1"):
        store.begin(ME, title)
    say("continue the review")
    assert _open(say("plant 2")) == "Plant 2"


def test_next_years_review_is_another_one_than_the_current() -> None:
    old, new = {"title": OLD}, {"title": NEW}
    assert other_review("resume the pump factory 2027", old)
    assert not other_review("resume the pump factory 2027", new)
    assert not other_review("resume the pump factory", old)
    assert not other_review("go back to the pump factory in 3 weeks", old)


def test_only_what_goes_on_with_a_quoted_title_names_a_review_outright() -> None:
    assert named_outright('please resume our review "Pump factory"') is not None
    assert named_outright("continue the review “Pump factory” (https://scm.example/review?id=ab-c_1)") is not None
    for said in ("continue the review", 'our review said "no"', 'what does "review" mean', 'delete the review "Pumps"'):
        assert named_outright(said) is None
    assert review_meant("the motor", [{"title": OLD}]) == []

"""Making or buying in the chat of a review: what is asked of what, which figures are read, what is kept and told."""

from typing import TYPE_CHECKING, Any

import pytest

from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.embedded.model import EmbeddedChatModel
from assistant.embedded.reviewing.make_or_buy import costs_in, item_asked
from assistant.settings import Settings
from assistant.toolbox.making_or_buying import comparison
from assistant.toolbox.review_entries import OptionTold
from knowledge.library import Library
from tools.risk.errors import ReviewError
from tools.risk.example import example_review
from tools.risk.review import Node
from tools.risk.store import Actor, Reviews

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

ME = Actor("me", "Ada")


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("should we make or buy the housing?", "housing"),
        ("Shall we produce or buy in our impellers?", "impellers"),
        ("is it cheaper to make the casting ourselves or to buy it?", "casting"),
        ("should we buy the seals or make them?", "seals"),
        ("make or buy for the gear box?", "gear box"),
        ("compare making and buying of the valve body", "valve body"),
        ("Make-or-buy: pump housing?", "pump housing"),
        ("what is make or buy?", ""),
        ("does make or buy matter for us?", ""),
        ("should we make or buy?", ""),
        ("we decide on make or buy by unit price", ""),
        ("we buy the boards from Taiwan or make do without", ""),
        ("what if we make the deadline or buy time", ""),
    ],
)
def test_what_is_to_be_made_or_bought(text: str, item: str) -> None:
    assert item_asked(text) == item


@pytest.mark.parametrize(
    ("text", "volume", "make", "buy"),
    [
        (
            "making costs 25,000 a year and 8 a unit, buying 12 a unit, we need 4,500 a year",
            4500, {"fixed": 25_000, "price": 8}, {"price": 12},
        ),
        (
            "fixed cost 25,000 and 8 a unit if we make it, 12 a unit to buy, 4,500 a year",
            4500, {"fixed": 25_000, "price": 8}, {"price": 12},
        ),
        (
            "make: 8 EUR each plus 25k a year for the machine; buy: 12 EUR, freight 0.5 a unit, duty 4 %; volume 4500",
            4500, {"fixed": 25_000, "price": 8}, {"price": 12, "freight": 0.5, "duty": 0.04},
        ),
        (
            "making costs 8 a unit and 25,000 a year, buying 12 a unit, we need 4,500 a year",
            4500, {"fixed": 25_000, "price": 8}, {"price": 12},
        ),
        ("what if the supplier asks 14 a unit?", None, {}, {"price": 14}),
        (
            "the supplier's outage has a chance of 10 % a year and a loss of 240,000",
            None, {}, {"disruption_chance": 0.1, "disruption_loss": 240_000},
        ),
        ("we hold 3 weeks of stock when we buy", None, {}, {"stock_weeks": 3}),
        ("we started in 2019 with nothing", None, {}, {}),
    ],
)  # fmt: skip
def test_figures_find_their_side_and_place(text: str, volume: float | None, make: Any, buy: Any) -> None:
    found = costs_in(text)
    assert (found.volume, found.make, found.buy) == (volume, make, buy)


def test_a_number_that_could_be_anything_is_asked_for() -> None:
    found = costs_in("12 dollars")
    assert (found.told, found.unplaced) == (False, ("12 dollars",))


def test_figures_are_kept_bit_by_bit_and_a_what_if_is_not(store: Reviews) -> None:
    review = store.begin(ME, "Pumps")
    store.save(ME, review.id, Node(name="Pump housing"))
    first = comparison(store, ME, review.id, "housing", make=OptionTold(price=8))
    assert (first["kept"], first["node"]) == (True, "Pump housing")
    assert first["lacking"] == ["units a year", "price of buying a unit"]
    done = comparison(store, ME, review.id, "the pump housing", 4500, buy=OptionTold(price=12))
    assert done["cheaper"] == "make"
    (kept,) = store.open(ME, review.id).make_or_buy
    assert (kept.volume, kept.make.price, kept.buy.price) == (4500, 8, 12)
    guess = comparison(store, ME, review.id, "housing", buy=OptionTold(price=7), keep=False)
    assert (guess["kept"], guess["cheaper"]) == (False, "buy")
    assert store.open(ME, review.id).make_or_buy == [kept]


def test_figures_that_cannot_be_right_are_refused_in_words_and_nothing_is_kept(store: Reviews) -> None:
    review = store.begin(ME, "Pumps")
    with pytest.raises(ReviewError, match=r"Duty of buying: 140 % cannot be right; give 0 to 100 %\."):
        comparison(store, ME, review.id, "board", 100, make=OptionTold(price=8), buy=OptionTold(price=12, duty=1.4))
    with pytest.raises(ReviewError, match=r"Cost of a unit of making: -8 cannot be right; give 0 or more\."):
        comparison(store, ME, review.id, "board", make=OptionTold(price=-8))
    assert store.open(ME, review.id).make_or_buy == []


def test_the_chat_asks_compares_keeps_and_leads_back(settings: Settings, library: Library, store: Reviews) -> None:
    assistant = Assistant(settings, library, EmbeddedChatModel(library=library), store)
    history: list[BaseMessage] = []

    def say(text: str) -> Answer:
        done = assistant.answer(text, history, ME)
        history.extend(done.messages)
        return done.answer

    say("start a risk review for our pump factory")
    asked = say("should we make or buy the housing?")
    assert ([one.tool for one in asked.results], asked.kind) == (["compare_make_or_buy"], "clarify")
    assert "units a year" in asked.text
    assert "Back to the review, 1.1" in asked.text
    unsure = say("we do not know")
    assert unsure.results == []  # it is about the figures, and no answer to 1.1
    say("should we make or buy the housing?")
    told = say("making costs 25,000 a year and 8 a unit, buying 12 a unit, we need 4,500 a year")
    assert "Buying costs 7,000 a year less at 4,500 units a year." in told.text
    assert "= 61,000" in told.text
    assert "counted as none" in told.text
    assert "kept with the review" in told.text
    guess = say("what if the supplier asks 14 a unit?")
    assert "Making costs 2,000 a year less" in guess.text
    assert "nothing in the review was changed" in guess.text
    review = store.open(ME, store.listed(ME)[0].id)
    assert [(one.name, one.buy.price) for one in review.make_or_buy] == [("housing", 12)]
    assert review.answers == []
    report = say("stop here and give me the report")
    assert "The review stays open" in report.text
    assert "press Finish on [its page](/review?id=" in report.text
    assert review.status == "open"


def test_the_chat_tells_what_the_page_compared(settings: Settings, library: Library, store: Reviews) -> None:
    assistant = Assistant(settings, library, EmbeddedChatModel(library=library), store)
    review = store.restore(ME, example_review())
    first = assistant.answer("continue the review", (), ME)
    told = assistant.answer("should we make or buy the cathodic coating?", first.messages, ME).answer
    assert "Making costs 27,822.31 EUR a year less" in told.text
    assert store.open(ME, review.id).make_or_buy == review.make_or_buy

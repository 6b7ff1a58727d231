"""What tired people typed in the chat of a review and was misread: wrong node, wrong field, lost figures, no start."""

from typing import Any

import pytest

from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.scope import scope_in
from tests.assistant.talking import ME, Say
from tools.risk.review import Node, Review
from tools.risk.store import Reviews

BEGUN = "start a risk review for our pump factory"
TABLE = (
    "Part\tSupplier\tTTR (weeks)\tStock (weeks)\tMargin/week\n"
    "Cups\tGreiner\t8\t2\t45,000\nLids\tGreiner\t-8\t3\t45,000\n\nCultures\tHansen\t12\t4\t120,000\nTotal\t\t28\t9\t210,000"
)


def _review(store: Reviews) -> Review:
    return store.open(ME, store.listed(ME)[0].id)


def _nodes(store: Reviews) -> dict[str, Node]:
    return {node.name: node for node in _review(store).nodes}


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("plating ttr 4 months, zero buffer", "plating", {"ttr_weeks": 17.33, "cover_weeks": 0}),
        ("castings ttr 9 weeks, stock 1", "castings", {"ttr_weeks": 9, "cover_weeks": 1}),
        ("seals stock 3, ttr 6, alternates 40%", "seals", {"cover_weeks": 3, "ttr_weeks": 6, "alternate_share": 0.4}),
        ("cocoa butter 10 weeks to recover", "cocoa butter", {"ttr_weeks": 10}),
        ("their TTR is 6 weeks", "", {"ttr_weeks": 6}),
        ("probably 5 weeks stock", "", {"cover_weeks": 5}),
        ("safety stock 4 weeks", "", {"cover_weeks": 4}),
        ("more like 6 weeks stock", "", {"cover_weeks": 6}),
        ("Ben thinks stock is 4 weeks", "", {"cover_weeks": 4}),
    ],
)
def test_a_node_before_its_figures_is_named_by_them(text: str, name: str, fields: dict[str, float]) -> None:
    (read,) = read_facts(text, ["film"]).nodes
    assert (read.name, read.fields) == (name, fields)


def test_what_is_told_of_a_new_node_does_not_change_the_one_before(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "ASIC from TSMC, recovery 26 weeks, 9 weeks in stock", "plating ttr 4 months, zero buffer")
    say("the housings actually come from Huhtamaki")
    nodes = _nodes(store)
    assert (nodes["ASIC"].ttr_weeks, nodes["ASIC"].cover_weeks) == (26, 9)
    assert [one.supplier for one in nodes["ASIC"].sources] == ["TSMC"]
    assert nodes["plating"].ttr_weeks == 17.33
    assert [one.supplier for one in nodes["housings"].sources] == ["Huhtamaki"]


@pytest.mark.parametrize(
    "text", ["spare part takes half a year, no stock obv", "spare part in house 26 weeks, no cover"]
)
def test_no_stock_makes_no_stock_cover_of_the_time_beside_it(text: str) -> None:
    (read,) = read_facts(text).nodes
    assert read.fields["cover_weeks"] == 0
    assert [one.value for one in read.unplaced] == [26]


def test_a_question_settles_nothing_that_was_asked(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "spare part takes half a year, no stock", "hmm what is time to survive again?")
    assert _nodes(store)["spare part"].cover_weeks == 0


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("motors from Bosch 65% and Bafang 35 %, recovery ten weeks", [("Bosch", 0.65), ("Bafang", 0.35)]),
        ("batteries: single source CATL, ttr 6 weeks", [("CATL", 1.0)]),
    ],
)
def test_sources_beside_their_shares(text: str, sources: list[tuple[str, float]]) -> None:
    (read,) = read_facts(text).nodes
    assert [(one["supplier"], one["share"]) for one in read.sources.told()] == sources


@pytest.mark.parametrize("text", ["film: margin per week abt €180.000", "film margin/week 180 k"])
def test_margin_whose_period_stands_before_it(text: str) -> None:
    (read,) = read_facts(text, ["film"]).nodes
    assert read.fields == {"margin_per_week": 180_000}


def test_a_figure_that_no_node_keeps_is_told(say: Say) -> None:
    assert "40 weeks is taken for no figure" in say(BEGUN, "skip", "nuts: lead time 40 weeks, we hold 8 weeks").text


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        (
            "everything we build in Porto in 2027; max tolerable loss 1,2 Mio €",
            {"loss_limit": 1_200_000, "currency": "EUR", "period": "2027"},
        ),
        (
            "scope = pumps, plants Graz and Penang, FY27. limit is EUR 2.5m per event",
            {"loss_limit": 2_500_000, "currency": "EUR", "sites": "Graz and Penang", "period": "FY27"},
        ),
        ("we cant deliver for 3 weeks", {"stockout_limit_days": 21}),
    ],
)
def test_scope_in_the_words_of_a_hurry(text: str, scope: dict[str, Any]) -> None:
    assert scope_in(text) == scope


def test_scope_is_no_node_and_a_node_no_scope(say: Say, store: Reviews) -> None:
    say(BEGUN, "scope = pumps, plants Graz and Penang, FY27. limit is EUR 2.5m per event")
    assert not _review(store).nodes
    say("go to 1.1", "cocoa butter 10 weeks to recover and 6 weeks stock, 150k/wk margin")
    assert _review(store).scope.weekly_margin is None
    assert _nodes(store)["cocoa butter"].margin_per_week == 150_000


def test_a_limit_below_zero_is_refused_in_words(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "the limit is -500k EUR")
    assert answer.kind == "invalid"
    assert "-500,000 cannot be right; give 0 or more" in answer.text
    assert not _review(store).answers


def test_a_pasted_table_is_read_and_what_was_left_out_is_said(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", TABLE)
    assert [(one.name, one.ttr_weeks, one.cover_weeks, one.margin_per_week) for one in _review(store).nodes] == [
        ("Cups", 8, 2, 45_000),
        ("Lids", None, 3, 45_000),
        ("Cultures", 12, 4, 120_000),
    ]
    assert "Total" in answer.text
    assert "negative" in answer.text


@pytest.mark.parametrize(
    "messages",
    [
        ("can we run a risk assessment on the cold chain for vaccines?",),
        ("new supply chain risk review: wind turbine gearbox",),
        ("How do I start a risk review?", "start one for the spare parts warehouse in Lyon"),
    ],
)
def test_a_review_is_begun(say: Say, messages: tuple[str, ...]) -> None:
    assert [one.tool for one in say(*messages).results] == ["start_review"]


@pytest.mark.parametrize("text", ["how do I run a risk assessment on a supplier?", "what is a risk review for?"])
def test_a_question_about_reviews_begins_none(say: Say, text: str) -> None:
    assert "start_review" not in [one.tool for one in say(text).results]


def test_a_question_is_gone_to_although_a_computation_waits(say: Say) -> None:
    assert "**2.2" in say(BEGUN, "skip", "hhi is 25000", "go to 2.2").text


def test_idk_is_not_known(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 1.4", "idk")
    assert _review(store).answers_to("1.4")[0].unknown


def test_a_choice_after_a_word_of_resignation(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 1.4", "fine. 1")
    assert _review(store).answers_to("1.4")[0].value == "Only the names of our suppliers"


def test_a_fear_asks_for_no_stress_test(say: Say) -> None:
    assert "loss that you could not bear" not in say(BEGUN, "go to 1.6", "port closure would kill us").text


def test_no_level_is_proposed_for_a_number(say: Say) -> None:
    answer = say(BEGUN, "go to 5.3", "two days")
    assert "I would say" not in answer.text


def test_owner_and_date_alone_complete_the_action_just_added(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 1.6", "add an action: second port for cocoa", "Anna", "end of May")
    (action,) = _review(store).actions
    assert (action.owner, action.due and action.due.month) == ("Anna", 5)
    assert not _review(store).answers


@pytest.mark.parametrize(
    ("before", "text", "limits"),
    [
        ((), "anything above 4 mln or 48h stockout is unacceptable", (4_000_000, 2)),
        (("skip",), "5M loss max", (5_000_000, None)),
        (("skip", "castings ttr 10 weeks, stock 2 weeks"), "we can't lose more than 2 Mio €", (2_000_000, None)),
        (("go to 2.2",), "max tolerable loss 1.2 Mio EUR", (1_200_000, None)),
        (("go to 1.4",), "anything over 3 million is unacceptable", (3_000_000, None)),
    ],
)
def test_a_clear_limit_is_taken_at_any_question(
    say: Say, store: Reviews, before: tuple[str, ...], text: str, limits: tuple[float, float | None]
) -> None:
    answer = say(BEGUN, *before, text)
    scope = _review(store).scope
    assert (scope.loss_limit, scope.stockout_limit_days) == limits
    assert "unacceptable loss in one event" in answer.text
    if before:
        assert "Still asked" in answer.text
        assert not any(one.value == text or one.comment for one in _review(store).answers)


def test_a_question_about_a_limit_sets_none(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 1.4", "would a loss of 3 million be unacceptable?")
    assert _review(store).scope.loss_limit is None


@pytest.mark.parametrize("text", ["two, the second one hardly gets anything", "two but the second is unused"])
def test_of_two_options_about_as_near_the_lower_is_taken_and_said(say: Say, store: Reviews, text: str) -> None:
    answer = say(BEGUN, "go to 2.1", text)
    assert _review(store).answers_to("2.1")[0].value == "Two sources, the second under 10 % or unused"
    assert '"Two or more in regular use" was about as near' in answer.text


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "the WMS, the carrier (DPD only), and the sorter from Vanderlande",
            {"WMS": [], "carrier": [("DPD", 1)], "sorter": [("Vanderlande", None)]},
        ),
        ("green beans, drum, film - only one guy makes it", {"green beans": [], "drum": [], "film": [("", 1)]}),
        ("drum, film, both single source", {"drum": [("", 1)], "film": [("", 1)]}),
        ("cable (Nexans), connectors (Molex)", {"cable": [("Nexans", None)], "connectors": [("Molex", None)]}),
        ("motors from Bosch, Valeo and Denso", {"motors": [("Bosch", None), ("Valeo", None), ("Denso", None)]}),
        ("gearbox, ZF, sole source", {"gearbox": [("ZF", 1)]}),
    ],
)
def test_each_name_of_a_list_is_a_node_with_its_own_sources(
    text: str, sources: dict[str, list[tuple[str, float | None]]]
) -> None:
    nodes = read_facts(text).nodes
    assert {
        one.name: [(each["supplier"], each.get("share")) for each in one.sources.told()] for one in nodes
    } == sources


def test_a_bare_correction_puts_right_the_figure_told_last(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "film from Amcor, recovery 5 months, stock 2 weeks", "wait thats wrong, its 3 months")
    assert (_nodes(store)["film"].ttr_weeks, _nodes(store)["film"].cover_weeks) == (13, 2)
    say("no, 4 months")
    assert _nodes(store)["film"].ttr_weeks == 17.33
    say("go to 2.2", "2400", "wait thats wrong, its 2600")
    assert _review(store).answers_to("2.2")[0].value == 2600


def test_a_correction_that_fits_two_figures_is_asked_about(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "skip", "film ttr 10 weeks, stock 2 weeks", "wait thats wrong, its 3 weeks")
    assert answer.kind == "clarify"
    assert (_nodes(store)["film"].ttr_weeks, _nodes(store)["film"].cover_weeks) == (10, 2)


def test_numbers_are_taken_in_the_order_in_which_they_were_asked(say: Say, store: Reviews) -> None:
    say(BEGUN, "skip", "film from Amcor", "say 24 weeks and 4")
    assert (_nodes(store)["film"].ttr_weeks, _nodes(store)["film"].cover_weeks) == (24, 4)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("frames made in-house, should we buy them instead?", "frames"),
        ("we buy the cables, should we make them ourselves?", "cables"),
        ("should we buy the frames instead of making them?", "frames"),
    ],
)
def test_making_or_buying_asked_in_passing_is_compared(say: Say, text: str, item: str) -> None:
    answer = say(BEGUN, "go to 3.1", text)
    assert [one.tool for one in answer.results] == ["compare_make_or_buy"]
    assert f"Make or buy: {item}." in answer.text


@pytest.mark.parametrize("text", ["gas no idea", "no clue about the gas", "gas: don't know"])
def test_a_node_of_which_nothing_is_known_leaves_the_question_open(say: Say, store: Reviews, text: str) -> None:
    say(BEGUN, "skip", "film ttr 10 weeks, stock 4 weeks", text)
    assert set(_nodes(store)) == {"film", "gas"}
    assert not any(one.unknown for one in _review(store).answers)
    say("really no idea")
    assert _review(store).answers_to("1.2")[0].unknown


def test_next_moves_on_after_an_aside_and_says_what_stays_open(say: Say) -> None:
    answer = say(BEGUN, "what is lead time?", "next")
    assert "1.1 Scope and loss limits stays open" in answer.text
    assert "**1.2 Critical nodes.**" in answer.text


def test_owner_and_date_are_given_to_the_action_that_is_named(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 6.2", "add an action: dual source for castings", "next", "back")
    say("Maria Gruber owns the dual source action, due 30.6.2027")
    (action,) = _review(store).actions
    assert (action.owner, str(action.due)) == ("Maria Gruber", "2027-06-30")
    assert not _review(store).answers
    assert 'Which action is meant by "fire drill"?' in say("Tim takes the fire drill task by 1.2.2027").text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<script>alert(1)</script> and motors ttr 4 weeks"])
def test_markup_names_no_node(say: Say, store: Reviews, text: str) -> None:
    say(BEGUN, "skip", text, "the <b>pump</b> ttr 4 weeks", "script>alert from Bosch, ttr 3 weeks")
    assert "pump" in _nodes(store)
    assert not [name for name in _nodes(store) if "<" in name or ">" in name or "alert(" in name]

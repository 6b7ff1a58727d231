"""What nobody meant as a fact becomes none: words that are no names, figures of something else, stray levels, risks."""

import pytest

from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.naming import is_no_name
from assistant.embedded.reviewing.pointing import points_elsewhere
from assistant.embedded.reviewing.proving import parted
from assistant.embedded.reviewing.scope import limits_in, scope_in
from assistant.embedded.reviewing.step import asks_something
from tests.assistant.talking import ME, Say
from tools.risk.review import Node, Review
from tools.risk.store import Reviews

BEGUN = "start a risk review for our pump factory"
MOTORS = "motors from Siemens, ttr 8, stock 6"


def _review(store: Reviews) -> Review:
    return store.open(ME, store.listed(ME)[0].id)


def _nodes(store: Reviews) -> dict[str, Node]:
    return {node.name: node for node in _review(store).nodes}


def _times(store: Reviews) -> dict[str, tuple[float | None, float | None]]:
    return {name: (node.ttr_weeks, node.cover_weeks) for name, node in _nodes(store).items()}


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("seals ttr unknown, stock 4", "seals", {"cover_weeks": 4}),
        ("seals ttr ?, stock 4", "seals", {"cover_weeks": 4}),
        ("gasket stock tbd, ttr 4", "gasket", {"ttr_weeks": 4}),
        ("valve ttr not known, stock 2 weeks", "valve", {"cover_weeks": 2}),
        ("valve ttr between 8 and 12 weeks", "valve", {"ttr_weeks": 12}),
        ("valve ttr four weeks", "valve", {"ttr_weeks": 4}),
        ("impeller stock a fortnight", "impeller", {"cover_weeks": 2}),
        ("impeller ttr 3 fortnights", "impeller", {"ttr_weeks": 6}),
        ("nr 2: shafts ttr 8 weeks", "shafts", {"ttr_weeks": 8}),
    ],
)
def test_a_name_before_a_figure_that_is_not_plain_is_a_name(text: str, name: str, fields: dict[str, float]) -> None:
    (read,) = read_facts(text, ["motors"]).nodes
    assert (read.name, read.fields) == (name, fields)


@pytest.mark.parametrize(
    "text",
    [
        "the red seals we have stock of 4 weeks",
        "for seals it is 4 weeks ttr",
        '"seal kit" ttr 6, stock 2',
        "4140 steel ttr 6",
        "hmm so seals i guess ttr 6 stock 2",
        "<script>alert(1)</script> ttr 4 weeks",
        "Valve 14 weeks 3 weeks",
        "flood 2023: stock for 3 weeks",
    ],
)
def test_a_figure_of_something_that_was_not_understood_is_asked_about(text: str, say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "next", MOTORS, text)
    assert answer.kind == "clarify"
    assert _times(store) == {"motors": (8, 6)}


@pytest.mark.parametrize(
    "text",
    [
        "they told us ttr is 12 weeks",
        "new figure: ttr 12",
        "Ben says ttr is 12 weeks",
        "update: ttr is 12 now",
        "according to the supplier ttr is 12",
        "checked with the plant: ttr 12 weeks",
        "their ttr is 12 weeks",
        "it takes them 12 weeks to recover",
        "sorry, ttr 12 weeks",
    ],
)
def test_a_figure_that_goes_on_belongs_to_what_was_spoken_of(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "next", MOTORS, text)
    assert _times(store) == {"motors": (12, 6)}


@pytest.mark.parametrize("text", ["nada", "none", "help"])
def test_what_names_nothing_settles_nothing_that_was_asked(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "next", MOTORS, "the red seals we have stock of 4 weeks", text)
    assert _times(store) == {"motors": (8, 6)}


def test_what_was_asked_back_may_be_a_new_node(say: Say, store: Reviews) -> None:
    say(BEGUN, "next", MOTORS, "the red seals we have stock of 4 weeks", "red seals")
    assert _times(store) == {"motors": (8, 6), "red seals": (None, 4)}


@pytest.mark.parametrize("text", ["we do 3 pump lines and one plant", "our group runs one foundry in Lyon"])
def test_what_is_said_of_the_company_is_no_source_of_a_node(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "next", MOTORS, text)
    assert [(one.supplier, one.share) for one in _nodes(store)["motors"].sources] == [("Siemens", None)]


def test_two_suppliers_point_to_nothing_else() -> None:
    assert not points_elsewhere("two suppliers", whole=True)
    assert not points_elsewhere("single source Siemens", whole=True)


@pytest.mark.parametrize(
    ("text", "ttr", "told"),
    [
        ("valve ttr 10 working days", 2, "10 working days taken as 2 weeks"),
        ("valve ttr 15 business days", 3, "15 business days taken as 3 weeks"),
        ("valve ttr 8-12 weeks", 12, "the cautious end is taken, 12 weeks"),
        ("valve ttr between 8 and 12 weeks", 12, "the cautious end is taken, 12 weeks"),
        ("valve ttr 9 weeks, stock 500 pieces", 9, "500 pieces is taken for no figure"),
        ("valve ttr 9 weeks, stock 3 sprints", 9, "3 sprints is taken for no figure"),
    ],
)
def test_how_a_figure_was_taken_is_told(text: str, ttr: float, told: str, say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "next", text)
    assert _times(store) == {"valve": (ttr, None)}
    assert told in answer.text


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("make that 70/30", [("China", 0.7), ("Italy", 0.3)]),
        ("no, split 60/40", [("China", 0.6), ("Italy", 0.4)]),
        ("make that 50/30/20", [("China", 0.8), ("Italy", 0.2)]),
    ],
)
def test_shares_without_names_leave_the_sources_their_names(
    text: str, sources: list[tuple[str, float]], say: Say, store: Reviews
) -> None:
    say(BEGUN, "next", "casting from China 80% and Italy 20%", text)
    assert [(one.country, one.share) for one in _nodes(store)["casting"].sources] == sources


@pytest.mark.parametrize(
    "text",
    [
        "register", "gracias", "none", "help", "nothing", "bye", "n/a", "what's a good answer", "whats next", "merci",
        "heat map", "monte carlo", "hi this is Jo from Monterrey", "add a risk: flood at Kolhapur",
        "delete this review", "show the motor", "push the motor one to march",
    ],
)  # fmt: skip
def test_what_names_nothing_becomes_no_node(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "next", MOTORS, text)
    assert set(_nodes(store)) == {"motors"}


@pytest.mark.parametrize("text", ["what's a good answer", "register"])
def test_a_number_does_not_say_yes_to_what_was_not_sure(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "next", text, "2")
    assert not _nodes(store)


@pytest.mark.parametrize("text", ["harness", "castings", "SAP", "Port of Hamburg", "gearbox", "register valve", "lids"])
def test_a_name_is_still_a_name(text: str) -> None:
    assert not is_no_name(text)


def test_a_list_number_is_no_name(say: Say, store: Reviews) -> None:
    say(BEGUN, "next", "nr 2: motors from Siemens, ttr 8")
    assert set(_nodes(store)) == {"motors"}


def test_products_and_places_of_the_scope_are_no_node_and_what_the_scope_keeps_is_told(
    say: Say, store: Reviews
) -> None:
    answer = say(BEGUN, "centrifugal + slurry pumps, Lyon & Kolhapur, limit 1.5 mio EUR an event")
    assert not _nodes(store)
    assert _review(store).scope.loss_limit == 1_500_000
    assert 'it goes on saying sites "pump factory"' in answer.text
    say("go to 1.1", "sites: Lyon & Kolhapur, limit 2M EUR")
    assert (_review(store).scope.sites, _review(store).scope.loss_limit) == ("Lyon & Kolhapur", 2_000_000)


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        ("lines: all 3, limit 2M EUR, signed by CFO", "product_lines", "all 3"),
        ("products are pumps, sites Lyon and Pune, 2M EUR max", "sites", "Lyon and Pune"),
        ("sites: Graz, approved by the board", "sites", "Graz"),
        ("sites: Graz, Linz and Wels, max loss 2M EUR", "sites", "Graz, Linz and Wels"),
    ],
)
def test_a_field_of_the_scope_ends_where_limit_or_approval_begins(text: str, field: str, said: str) -> None:
    assert scope_in(text)[field] == said


@pytest.mark.parametrize(
    "text", ["limit is 1M EUR", "the limit: 1 mio", "set the limit to 1M EUR", "our limit is now 1,000,000 EUR"]
)
def test_a_limit_that_is_called_so_is_taken_at_any_question(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "next", text)
    assert _review(store).scope.loss_limit == 1_000_000
    assert not _review(store).comments


@pytest.mark.parametrize("text", ["credit limit is 1M EUR", "the limit of our credit line is 1M", "our limit is 40 %"])
def test_another_limit_is_not_that_of_the_scope(text: str) -> None:
    assert not limits_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "we accept the motor risk, approved by Dana until 2027-06-30",
        "add a risk: flood at Kolhapur, likelihood 3 impact 4",
        "risk: port strike, L3 I4",
        "can you log a new risk for the foundry",
        "put the flood at Kolhapur on the register",
        "we will live with the motor risk",
        "the risk of the motors is accepted by Dana",
    ],
)
def test_a_risk_is_not_entered_in_the_chat_and_that_is_said(text: str, say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "next", MOTORS, text)
    assert "under Register" in answer.text
    assert [one.supplier for one in _nodes(store)["motors"].sources] == ["Siemens"]
    assert set(_nodes(store)) == {"motors"}


@pytest.mark.parametrize(
    "text", ["we accept a shared risk pool with two suppliers", "we talk about risks with them each quarter"]
)
def test_an_answer_that_speaks_of_risks_is_one(text: str, say: Say, store: Reviews) -> None:
    assert "under Register" not in say(BEGUN, "go to 4.2", text).text
    assert _review(store).answers


@pytest.mark.parametrize("by", ["approved by Dana", "signed off by Dana", "confirmed by Dana", "reviewed with Dana"])
def test_who_approves_or_checks_delivers_nothing(by: str) -> None:
    (read,) = read_facts(f"motors ttr 8 weeks, {by}").nodes
    assert not read.sources


@pytest.mark.parametrize(
    "text",
    ["whats a good value", "and whats a good value", "hows that counted", "what\N{RIGHT SINGLE QUOTATION MARK}s meant"],
)
def test_a_question_without_its_mark_is_one(text: str) -> None:
    assert asks_something(text)


@pytest.mark.parametrize(
    "text", ["gracias", "merci beaucoup", "obrigada", "motor share 120%", "push the motor to march"]
)
def test_what_is_no_answer_is_not_entered_as_one(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, text)
    assert not _review(store).answers


@pytest.mark.parametrize("text", ["all pumps made in Lyon", "the valve plant", "same as last year"])
def test_a_short_answer_in_words_is_still_one(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, text)
    assert [one.question for one in _review(store).answers] == ["1.1"]


def test_a_bare_number_after_the_question_changed_is_asked_about(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "the valve plant", "continue the review", "2")
    assert answer.kind == "clarify"
    assert all(one.maturity is None for one in _review(store).answers)
    say("level 2 for 1.1")
    assert _review(store).answers_to("1.1")[0].maturity == 2


def test_a_bare_number_where_a_level_was_just_asked_for_is_one(say: Say, store: Reviews) -> None:
    say(BEGUN, "the valve plant", "2")
    assert _review(store).answers_to("1.1")[0].maturity == 2


@pytest.mark.parametrize(
    ("text", "answer", "proof"),
    [
        ("2, evidence: log of 2025", "2", "log of 2025"),
        ("two suppliers. Evidence is the contract", "two suppliers", "the contract"),
        ("weekly check (proof: dashboard)", "weekly check", "dashboard"),
        ("evidence: log of 2025", "evidence: log of 2025", ""),
        ("we ask for evidence: certificates", "we ask for evidence: certificates", ""),
        ("no evidence", "no evidence", ""),
    ],
)
def test_evidence_behind_an_answer_is_parted_from_it(text: str, answer: str, proof: str) -> None:
    assert parted(text) == (answer, proof)


def test_an_answer_with_its_evidence_answers_the_question_that_is_asked(say: Say, store: Reviews) -> None:
    say(BEGUN, "go to 1.6", "a fire in 2024", "go to 2.1", "2, evidence: log of 2025")
    (kept,) = _review(store).answers_to("2.1")
    assert (kept.value, kept.evidence) == ("One source, another is known", "log of 2025")
    assert not _review(store).answers_to("1.6")[0].evidence


@pytest.mark.parametrize(
    "text", ["change 1.1 to 0", "I think 1.1 should be 0", "1.1: level 0", "set 1.1 to level 0", "level 0 for 1.1"]
)
def test_a_level_is_given_to_the_question_that_is_named(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "the valve plant", "go to 1.6", "a fire in 2024", text)
    assert _review(store).answers_to("1.1")[0].maturity == 0
    assert _review(store).answers_to("1.6")[0].maturity is None


def test_a_bare_number_for_a_choice_is_asked_about(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "go to 1.4", "2", "change 1.4 to 1")
    assert answer.kind == "clarify"
    say("level 1 for 1.4")
    assert _review(store).answers_to("1.4")[0].maturity == 1


@pytest.mark.parametrize("text", ["lead time went from 1.4 to 2", "should 1.1 be 3?", "1.1 is not 2", "about 1.1 to 2"])
def test_what_only_looks_like_a_level_is_none(text: str, say: Say, store: Reviews) -> None:
    say(BEGUN, "the valve plant", "go to 1.4", text)
    assert all(one.maturity is None for one in _review(store).answers)


def test_somebody_else_at_the_same_keyboard_is_not_taken_for_whose_review_it_is(say: Say, store: Reviews) -> None:
    answer = say(BEGUN, "go to 1.4", "2", "hi Priya here. i disagree with Jo on 1.4 - its level 1")
    assert "you stand as Ada" in answer.text
    assert _review(store).answers_to("1.4")[0].maturity is None


def test_who_disagrees_without_a_level_is_led_to_the_question(say: Say) -> None:
    assert "**1.4" in say(BEGUN, "go to 1.6", "i disagree with Jo on 1.4").text


def test_stock_in_a_pasted_table_is_cover_or_said_to_be_left_out(say: Say, store: Reviews) -> None:
    say(BEGUN, "next", "Node\tTTR\tStock\nCasting\t14 weeks\t3 weeks\nSeal\t6\t2")
    assert _times(store) == {"Casting": (14, 3), "Seal": (6, 2)}
    answer = say("Node\tTTR\tStock\nShaft\t14 weeks\t300\nRotor\t6\t200")
    assert _times(store)["Shaft"] == (14, None)
    assert "units in stock are not taken here" in answer.text

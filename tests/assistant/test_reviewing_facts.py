"""What facts of nodes, limits, owners and dates are read in what a team says."""

from datetime import date
from typing import Any

import pytest

from assistant.embedded.reviewing.dates import due_in, owner_in
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.likeness import level_in, placed
from assistant.embedded.reviewing.scope import scope_in, title_in

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("our worst one is the gear motor, 5 weeks of stock", "gear motor", {"cover_weeks": 5}),
        ("the supplier says the recovery takes 14 weeks", "", {"ttr_weeks": 14, "ttr_basis": "supplier figure"}),
        ("the mill needs 3 months to recover, we can survive 5 weeks", "mill", {"ttr_weeks": 13.04, "cover_weeks": 5}),
        ("we have 3 weeks on stock and the lead time is 12 weeks", "", {"cover_weeks": 3}),
        ("the alternate can take over 30 percent at once", "", {"alternate_share": 0.3}),
        ("about 52k EUR of margin a year depends on the labels", "labels", {"margin_per_week": 997}),
        ("8 to 10 weeks to recover for the mill, 3-4 weeks of stock", "mill", {"ttr_weeks": 10, "cover_weeks": 3}),
        ("supplyer told us ttr 11 wks, stok 4 wks", "", {"ttr_weeks": 11, "cover_weeks": 4}),
        ("the TTR was 12, not 10", "", {"ttr_weeks": 12}),
        ("switching would take 18 weeks with the new tooling", "", {"switch_weeks": 18}),
    ],
)
def test_numbers_find_their_fields(text: str, name: str, fields: dict[str, Any]) -> None:
    (node,) = read_facts(text).nodes
    assert node.name == name
    for field, value in fields.items():
        assert node.fields[field] == (value if isinstance(value, str) else pytest.approx(value, rel=0.005))
    assert {key for key in node.fields if key not in ("kind", "ttr_basis")} == {
        key for key in fields if key != "ttr_basis"
    }


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("barley 4 weeks, water 1 week and hops 3 months", [("barley", {}, 1), ("water", {}, 1), ("hops", {}, 1)]),
        ("the castings TTR 12 weeks, motors TTR 5 weeks",
         [("castings", {"ttr_weeks": 12}, 0), ("motors", {"ttr_weeks": 5}, 0)]),
        ("TTR 12 weeks, stock 3 weeks", [("", {"ttr_weeks": 12, "cover_weeks": 3}, 0)]),
        ("roughly 4 weeks, sometimes 6 weeks", [("", {}, 2)]),
        ("we have 4 weeks, they need 6 weeks", [("", {}, 2)]),
    ],
)  # fmt: skip
def test_a_list_of_names_with_times_is_told_apart(text: str, nodes: list[tuple[str, dict[str, float], int]]) -> None:
    assert [(one.name, one.fields, len(one.unplaced)) for one in read_facts(text).nodes] == nodes


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("resin: single source in Japan", [("", "Japan", 1.0)]),
        ("batteries: CATL 65%, LG 35%", [("CATL", "", 0.65), ("LG", "", 0.35)]),
        ("castings: we split 80/20 between Henkel and Sika", [("Henkel", "", 0.8), ("Sika", "", 0.2)]),
        ("coffee beans from Brazil and Vietnam, 60 to 40", [("", "Brazil", 0.6), ("", "Vietnam", 0.4)]),
        ("vials: Bosch has 80 percent, the rest is Valeo", [("Bosch", "", 0.8), ("Valeo", "", 0.2)]),
        ("it is not Taiwan but Korea, single source", [("", "South Korea", 1.0)]),
        ("cables are dual sourced", [("", "", None), ("", "", None)]),
        ("bearings: 80/20 between Alder and Birch", [("Alder", "", 0.8), ("Birch", "", 0.2)]),
        ("bearings are split 80/20 between Alder and Birch", [("Alder", "", 0.8), ("Birch", "", 0.2)]),
        ("70 percent of the paint comes from Alder, 30 percent from Birch", [("Alder", "", 0.7), ("Birch", "", 0.3)]),
        ("paint: 70 % Alder and 50 % Birch", [("Alder", "", 0.7), ("Birch", "", 0.5)]),
        ("seals: Alder 80%, Birch 40%", [("Alder", "", 0.8), ("Birch", "", 0.4)]),
        ("seals: 80/40 between Alder and Birch", [("Alder", "", 0.8), ("Birch", "", 0.4)]),
        ("the motors come from B and C, 60/40", [("B", "", 0.6), ("C", "", 0.4)]),
        ("castings are from A and B half and half", [("A", "", 0.5), ("B", "", 0.5)]),
        ("wafers come from Siltronic 70% and GlobalWafers 30%", [("Siltronic", "", 0.7), ("GlobalWafers", "", 0.3)]),
        ("malt comes from two maltsters, 60/40, we hold 2 weeks of stock", [("", "", 0.6), ("", "", 0.4)]),
        ("labels: two suppliers, 60 % and 40 %", [("", "", 0.6), ("", "", 0.4)]),
    ],
)
def test_sources(text: str, sources: list[tuple[str, str, float | None]]) -> None:
    told = read_facts(text).nodes[0].sources.told()
    assert [(one["supplier"], one.get("country", ""), one.get("share")) for one in told] == sources


@pytest.mark.parametrize("text", ["6 weeks", "10 weeks for the motor", "12 weeks, I think"])
def test_a_bare_time_is_left_to_ask_about(text: str) -> None:
    facts = read_facts(text, ["motor"])
    assert not facts.told
    assert [one.kind for one in facts.unplaced] == ["weeks"]


@pytest.mark.parametrize(
    "text",
    [
        "only penalties for late delivery",
        "we audited them eight months ago, no major finding",
        "nobody owns the alerts",
    ],
)
def test_words_without_facts_hold_none(text: str) -> None:
    assert not read_facts(text).told


def test_several_nodes_in_one_message() -> None:
    text = (
        "milk powder: one supplier in New Zealand, 3 weeks in stock. Then there is the filler; labels: 9 weeks of stock"
    )
    found = {node.name: node.fields.get("cover_weeks") for node in read_facts(text).nodes}
    assert found == {"milk powder": 3, "filler": None, "labels": 9}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "our castings come from Foundry A, TTR 12 weeks, stock 3 weeks; the motors from B, TTR 8, stock 6",
            [("castings", 12, 3, "Foundry A"), ("motors", 8, 6, "B")],
        ),
        (
            "castings from Foundry A with TTR 12 weeks and 3 weeks stock, motors from B with TTR 8 weeks and 6 weeks "
            "stock",
            [("castings", 12, 3, "Foundry A"), ("motors", 8, 6, "B")],
        ),
        (
            "castings: TTR 12, stock 3, motors: TTR 8, stock 6, seals: TTR 4, stock 9",
            [("castings", 12, 3, ""), ("motors", 8, 6, ""), ("seals", 4, 9, "")],
        ),
        (
            "castings take 12 weeks to recover and motors take 8 weeks to recover",
            [("castings", 12, None, ""), ("motors", 8, None, "")],
        ),
        ("- castings: TTR 12, stock 3\n- motors: TTR 8, stock 6", [("castings", 12, 3, ""), ("motors", 8, 6, "")]),
        ("wafers: Siltronic 70% and GlobalWafers 30%, TTR 20 weeks, no stock", [("wafers", 20, 0, "Siltronic")]),
        ("erp down: 2 weeks to recover", [("erp", 2, None, "")]),
        ("castings from Italy, TTR 9 weeks, and stock is 3 weeks", [("castings", 9, 3, "")]),
        ("the mill needs 13 weeks to recover, we can survive 5 weeks", [("mill", 13, 5, "")]),
    ],
)
def test_each_number_stays_with_its_node(text: str, found: list[tuple[str, float, float | None, str]]) -> None:
    read = [
        (
            node.name,
            node.fields.get("ttr_weeks"),
            node.fields.get("cover_weeks"),
            next((one["supplier"] for one in node.sources.told()), ""),
        )
        for node in read_facts(text).nodes
    ]
    assert read == found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("our fab needs 30 weeks to recover", "fab", "site"),
        ("the fab in Dresden has a TTR of 26 weeks", "fab in Dresden", "site"),
        ("the fab in Dresden: TTR 26 weeks", "fab in Dresden", "site"),
        ("line 3 has a TTR of 6 weeks", "line 3", "site"),
        ("packing line 2 needs 5 weeks to recover", "packing line 2", "site"),
        ("the brake line is from Bosch, TTR 5 weeks", "brake line", "part"),
        ("optical fibre is from Corning, TTR 10 weeks", "optical fibre", "part"),
        ("carbon fibre comes from Toray, TTR 6 weeks", "carbon fibre", "part"),
        ("the CO2 is from Linde, TTR 2 weeks", "CO2", "part"),
        ("Carla says the bottling line 1 has a TTR of 12 weeks", "bottling line 1", "site"),
        ("port of Rotterdam: 3 weeks to recover", "port of Rotterdam", "lane"),
        ("the data center needs 1 week to recover", "data center", "system"),
        ("the core switch is from Cisco, TTR 2 weeks", "core switch", "part"),
        ("Foundry A needs 9 weeks to recover", "Foundry A", "supplier"),
    ],
)
def test_a_new_node_is_told_from_the_one_spoken_of_before(text: str, name: str, kind: str) -> None:
    (node,) = read_facts(text, ["wafers"]).nodes
    assert (node.name, node.fields.get("kind", "part")) == (name, kind)
    assert node.fields["ttr_weeks"] > 0


@pytest.mark.parametrize(
    "text",
    [
        "the repair would take 10 weeks",
        "recovery is 10 weeks",
        "a second mill can take 30% at once, TTR 9 weeks",
        "Alder has 80 %, Birch has 20 %",
        "the flood took 6 weeks to recover from",
    ],
)
def test_what_is_said_of_a_node_names_no_other(text: str) -> None:
    assert [node.name for node in read_facts(text, ["wafers"]).nodes] == [""]


def test_scope_and_limits() -> None:
    text = (
        "product lines are yoghurt and cheese, site Utrecht, next twelve months. more than 1.5 million EUR lost margin "
        "in one event would be unacceptable, and no more than 5 days without delivery"
    )
    found = scope_in(text)
    assert (found["product_lines"], found["sites"], found["period"]) == (
        "yoghurt and cheese",
        "Utrecht",
        "next twelve months",
    )
    assert (found["loss_limit"], found["currency"], found["stockout_limit_days"]) == (1_500_000, "EUR", 5)


def test_scope_in_a_sentence_without_labels() -> None:
    text = "we make pumps at the Turin plant, 2027, more than 1.5 million EUR lost margin in one event is unacceptable"
    found = scope_in(text)
    assert (found["product_lines"], found["sites"], found["period"]) == ("pumps", "Turin plant", "2027")
    assert (found["loss_limit"], found["currency"]) == (1_500_000, "EUR")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("start a risk review for our pump factory", "pump factory"),
        ("begin risk review: chocolate plant", "chocolate plant"),
        ("start a risk review", ""),
        ("we need a risk review of the frozen food line, can you lead it", "frozen food line"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert title_in(text) == title


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        ("Maria takes that, by 31 March", "Maria", date(2027, 3, 31)),
        ("due 2027-02-01, owner Sandra", "Sandra", date(2027, 2, 1)),
        ("action 2: Ingrid, end of Q2", "Ingrid", date(2027, 6, 30)),
        ("purchasing takes it, end of April", "purchasing", date(2027, 4, 30)),
        ("Bernd does it until Friday", "Bernd", date(2026, 11, 27)),
        ("set the deadline to 12.06.2027", "", date(2027, 6, 12)),
        ("Jonas, 31 February", "Jonas", None),
    ],
)
def test_owner_and_due_date(text: str, owner: str, due: date | None) -> None:
    assert (owner_in(text), due_in(text, TODAY)) == (owner, due)


@pytest.mark.parametrize(
    ("text", "level"), [("level 2", 2), ("rather a 3", 3), ("2 out of 3", 2), ("6 weeks", None), ("yes", None)]
)
def test_level(text: str, level: int | None) -> None:
    assert level_in(text) == level


@pytest.mark.parametrize(
    ("text", "place"),
    [("the second one", 1), ("option b", 1), ("4", 3), ("the last", 3), ("option 9", None), ("yes", None)],
)
def test_place(text: str, place: int | None) -> None:
    assert placed(text, 4) == place


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("motors: two suppliers, WEG 70% and Siemens 30%, both in China",
         [("WEG", "China", 0.7), ("Siemens", "China", 0.3)]),
        ("chips come from Alder and Birch, all of them in Taiwan",
         [("Alder", "Taiwan", None), ("Birch", "Taiwan", None)]),
        ("seals: Alder in Poland 60%, Birch in Italy 40%", [("Alder", "Poland", 0.6), ("Birch", "Italy", 0.4)]),
        ("seals: 60% from Alder and 40% from Birch", [("Alder", None, 0.6), ("Birch", None, 0.4)]),
        ("magnets from Alder in Italy and from Birch", [("Alder", "Italy", None), ("Birch", None, None)]),
    ],
)  # fmt: skip
def test_each_source_has_its_own_country_and_share(text: str, told: list[tuple[str, str | None, float | None]]) -> None:
    (node,) = read_facts(text).nodes[:1]
    assert [(one["supplier"], one.get("country"), one.get("share")) for one in node.sources.told()] == told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("seal rings 2 weeks", "seal rings"), ("the motors 9 weeks", "motors"), ("rather 12 weeks", ""),
        ("more like 12 weeks", ""), ("a fire takes us 12 weeks", ""), ("supplier says 10 weeks", ""),
        ("no, 12 weeks", ""), ("normally 3 weeks", ""), ("it takes 12 weeks", ""),
    ],
)  # fmt: skip
def test_a_time_behind_a_name_is_of_that_name(text: str, name: str) -> None:
    assert [one.name for one in read_facts(text, ["motors"]).nodes] == [name]


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("We make borehole and process pumps in Kolding and Brno, for 2027", "Kolding and Brno"),
        ("we make seats in Lyon, Turin and Sao Paulo; 2m is unacceptable", "Lyon, Turin and Sao Paulo"),
        ("we build lamps at the Turin plant", "Turin plant"),
        ("we make pumps in 2027", None),
        ("we make pumps in large numbers", None),
    ],
)
def test_sites_are_read_behind_what_is_made(text: str, sites: str | None) -> None:
    assert scope_in(text).get("sites") == sites

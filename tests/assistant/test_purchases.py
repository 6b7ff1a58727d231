# ruff: noqa: E501
"""Messages on bought items are read into facts from which the right place in Kraljic's matrix follows."""

import time

import pytest

from assistant.embedded.sorting.purchases import PurchaseReader
from assistant.embedded.sorting.signs import purchase_signs
from assistant.embedded.sorting.spoken import read_data
from assistant.embedded.sorting.typical import typical, typical_items
from knowledge.library import Library
from tools.classification import PurchaseFacts, classify_purchase

SURE = 0.8

# What people might type, with the quadrant that a buyer would name; "unknown" where too little is said.
MESSAGES = [
    ("our gearwheels: 14% of spend, nine vendors can make them, kraljic?", "leverage"),
    ("we pay about 0.2 percent of the purchasing budget for gaskets, and only one firm in Korea can deliver", "bottleneck"),
    ("turbine discs, 25 % of what we buy, two forges approved, 18 months to approve another", "strategic"),
    ("printer paper. any stationer has it, nearly no money. which quadrant", "non-critical"),
    ("supply risk 85, profit impact 15", "bottleneck"),
    ("profit impact: high; supply risk: high", "strategic"),
    ("impact 2/10, risk 2/10", "non-critical"),
    ("risk 9 out of 10 and impact 8 out of 10", "strategic"),
    ("impact 90 risk 20", "leverage"),
    ("low impact and low risk, what's the strategy?", "non-critical"),
    ("both high - which box in kraljic", "strategic"),
    ("low risk but high impact on profit", "leverage"),
    ("we spend 4 million of 20 million on sheet steel, and thirty mills want our business", "leverage"),
    ("the dye costs us nearly nothing, yet the patent holder is the only one who sells it", "bottleneck"),
    ("engines: half of the product's cost, two makers on the planet, certification takes three years", "strategic"),
    ("brooms and buckets for the workshop", "non-critical"),
    ("kraljic for road freight", "leverage"),
    ("where do rare earth magnets belong in the portfolio?", "strategic"),
    ("is vanilla a bottleneck item", "bottleneck"),
    ("photoresist from a sole source, tiny spend", "bottleneck"),
    ("electricity: 11% of spend, dozens of providers, can switch in a month", "leverage"),
    ("the custom controller board is made to our drawings by one supplier, 20% of product cost, re-qualifying takes a year", "strategic"),
    ("cheap rubber plugs, you can order them anywhere", "non-critical"),
    ("our largest category by far is corrugated board, lots of mills compete for the order", "leverage"),
    ("a valve of 12 euros; without it the whole refinery is down and the maker has a monopoly", "bottleneck"),
    ("kleine Ausgaben, aber nur ein Lieferant: welcher Quadrant?", "bottleneck"),
    ("hohes Einkaufsvolumen, viele Anbieter, leicht zu wechseln", "leverage"),
    ("Ergebniseinfluss hoch, Versorgungsrisiko niedrig", "leverage"),
    ("Schrauben, gibt es überall, kosten fast nichts", "non-critical"),
    ("15 Prozent vom Einkaufsvolumen, zwei Lieferanten, Wechsel dauert 12 Monate", "strategic"),
    ("spend share 0.4%, 1 supplier, lead time 40 weeks", "bottleneck"),
    ("spend share 18%, 15 suppliers", "leverage"),
    ("suppliers: 1, spend: 22%", "strategic"),
    ("0.1% of purchasing spend and a dozen sellers", "non-critical"),
    ("how should we buy pens and staples", "non-critical"),
    ("the perfume oil is blended for us by one house in Grasse, and scent is why people buy our soap", "strategic"),
    ("big money, suppliers everywhere", "leverage"),
    ("hardly any money involved, but nobody else can supply the membrane", "bottleneck"),
    ("milk is the biggest cost in our yogurt and farms around here all sell it", "leverage"),
    ("the chip is in every car we sell, makes up a third of unit cost, and it's on allocation worldwide", "strategic"),
    ("cleaning contractors, small money, we could change them next week", "non-critical"),
    ("high supply risk, low value", "bottleneck"),
    ("the spend is enormous and there's no alternative to their software, moving away would take years", "strategic"),
    ("plain cardboard, 8 percent of our purchasing volume, at least ten makers", "leverage"),
    ("we source insulin vials: one approved plant, requalification 2 years, 30% of our cost", "strategic"),
    ("labels. 0.5% of spend. any print shop.", "non-critical"),
    ("bespoke springs from one little shop, they cost cents, assembly halts when they are late", "bottleneck"),
    ("aluminum coil, top spend, commodity traded on the LME", "leverage"),
    ("impact low, risk not high", "non-critical"),
    ("profit impact 75 and supply risk 75 on a scale of 100", "strategic"),
    ("it is 40% of spend", "unknown"),
    ("only one supplier", "unknown"),
    ("kraljic please", "unknown"),
    ("can you sort our purchases into the four classes", "unknown"),
    ("where would you put zorbit plates", "unknown"),
    ("we buy a thing from a firm in Ohio", "unknown"),
    ("supply risk is high", "unknown"),
    ("what strategy for an item with high profit impact", "unknown"),
    ("temp workers for the peak, agencies galore, a big cost", "leverage"),
    ("we need helium for the lab: little spend, few producers, shortages every year", "bottleneck"),
    ("special grease, 200 euros a year, no other grease works in that drive", "bottleneck"),
    ("copier leasing: small spend, plenty of vendors", "non-critical"),
]  # fmt: skip


@pytest.fixture(scope="session")
def reader(library: Library) -> PurchaseReader:
    return PurchaseReader(library)


def place(reader: PurchaseReader, text: str) -> tuple[str, float]:
    found = [classify_purchase(PurchaseFacts.model_validate(one.facts)) for one in reader.read(text)]
    assert len({result.quadrant for result in found}) == 1, text
    return found[0].quadrant, found[0].confidence


def test_most_messages_lead_to_the_right_quadrant_and_few_to_a_wrong_one(reader: PurchaseReader):
    found = {text: place(reader, text) for text, _ in MESSAGES}
    wrong = {text: (*found[text], right) for text, right in MESSAGES if found[text][0] != right}
    sure = {text for text, (got, confidence, _) in wrong.items() if got != "unknown" and confidence > SURE}
    assert len(wrong) <= 0.12 * len(MESSAGES), wrong
    assert len(sure) <= 0.05 * len(MESSAGES), wrong


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("31% of spend", {"spend_share": 31}),
        ("0,3 % vom Einkaufsvolumen", {"spend_share": 0.3}),
        ("half of our spend goes into it", {"spend_share": 50}),
        ("3 million of 20 million spend", {"spend_share": 15}),
        ("two qualified suppliers", {"qualified_suppliers": 2}),
        ("12 suppliers, 3 of them approved", {"qualified_suppliers": 3}),
        ("three mills can deliver it", {"qualified_suppliers": 3}),
        ("a year to switch", {"switching_weeks": 52.18}),
        ("18 months to requalify", {"switching_weeks": 78.27}),
        ("lead time 6 weeks", {"lead_time_weeks": 6}),
        ("20% of the product's cost", {"cost_share": 20}),
        ("9 of 10 impact", {"profit_impact": 90}),
        ("impact 4, risk 8", {"profit_impact": 40, "supply_risk": 80}),
        ("supply risk 120", {"supply_risk": 120}),
        ("there is no substitute for it", {"substitutes": False}),
        ("what if a second supplier is qualified", {"qualified_suppliers": 2}),
    ],
)
def test_numbers_and_words_become_facts(reader: PurchaseReader, text: str, facts: dict[str, object]):
    (found,) = reader.read(text)
    assert {name: found.facts.get(name) for name in facts} == pytest.approx(facts)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kraljic each: bearings, castings, labels", ["bearings", "castings", "labels"]),
        ("classify these bought parts: screws and nuts, steel, microcontrollers and vanilla", ["screws and nuts", "steel", "microcontrollers", "vanilla"]),
        ("- bearings: 4% of spend, eight suppliers\n- castings: one supplier, 12% of spend", ["bearings", "castings"]),
        ("kraljic for these\nbearings, 4% of spend, eight suppliers\ncastings, one supplier", ["bearings", "castings"]),
        ("steel 20% of spend, many mills, labels cheap and any printer makes them", ["steel", "labels"]),
        ("1) copper wire, 30% of spend 2) paper clips, cheap", ["copper wire", "paper clips"]),
        ("where does copper wire go in the kraljic matrix, 30% of spend and only two suppliers", ["copper wire"]),
        ("what purchasing strategy for vanilla: one region, prices jump", ["vanilla"]),
        ("is the gearbox we buy a strategic item? 22% of spend", ["gearbox"]),
        ("profit impact high, supply risk low", [""]),
        ("kraljic please", [""]),
    ],
)  # fmt: skip
def test_items_are_parted_and_named(reader: PurchaseReader, text: str, names: list[str]):
    assert [found.name for found in reader.read(text)] == names


def test_facts_stay_with_their_item(reader: PurchaseReader):
    bearings, castings = reader.read("- bearings: 4% of spend, eight suppliers\n- castings: one supplier, 12% of spend")
    assert bearings.facts == {"spend_share": 4, "qualified_suppliers": 8}
    assert castings.facts == {"spend_share": 12, "qualified_suppliers": 1}


def test_what_is_usual_counts_only_where_nothing_is_said_and_is_told(reader: PurchaseReader):
    (usual,) = reader.read("kraljic for paper clips")
    assert usual.facts == {"profit_impact": "low", "supply_risk": "low"}
    assert "assumed" in usual.assumptions[0]
    (said,) = reader.read("paper clips, 30% of our spend, one supplier in the world")
    assert said.facts["spend_share"] == 30
    assert "profit_impact" not in said.facts
    assert said.assumptions == ()


def test_a_number_stands_against_words(reader: PurchaseReader):
    (found,) = reader.read("it is cheap, 22% of spend")
    assert found.facts["spend_share"] == 22


def test_the_order_of_clauses_does_not_matter(reader: PurchaseReader):
    (one,) = reader.read("30% of spend, two suppliers, a year to switch")
    (other,) = reader.read("a year to switch, two suppliers, 30% of spend")
    assert one.facts == other.facts


def test_every_fact_can_be_classified():
    facts = {sign.fact: sign.value for sign in purchase_signs().signs}
    assert classify_purchase(facts)


def test_the_signs_are_many_and_each_is_said_once():
    said = [text for sign in purchase_signs().signs for text in (*sign.said, *sign.opposite)]
    said += purchase_signs().neutral
    assert len({text.casefold() for text in said}) == len(said)


def test_a_typical_item_is_known_by_its_forms():
    assert typical("printed paper cups") == typical("paper cup")
    assert typical("zorbit plates") is None
    assert len({item.name for item in typical_items().values()}) >= 150
    names = [
        name.casefold() for group in read_data("purchase_items")["groups"] for item in group["items"] for name in item
    ]
    assert len(names) == len(set(names))


def test_reading_a_message_takes_a_few_milliseconds(reader: PurchaseReader):
    reader.read("warm, up")
    spent = []
    for number in range(15):
        started = time.perf_counter()
        reader.read(f"our valve {number}: {number + 2}% of spend, two suppliers, hard to replace, a year to switch")
        spent.append(time.perf_counter() - started)
    assert min(spent) < 0.06


@pytest.mark.parametrize("text", ["", " ", "?", "1", "%", "\n\n", "a" * 9000, ",,,;;;", "kraljic " * 400])
def test_nothing_makes_it_fail(reader: PurchaseReader, text: str):
    assert len(reader.read(text)) >= 1

"""What a manager types of products is read into facts, signs and parts, and classified with honest doubt."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.embedded.products.clauses import clauses
from assistant.embedded.products.facts import FactReader
from assistant.embedded.products.learned import LABELS, SIGNS, examples_hash, label_examples, sign_examples
from assistant.embedded.products.parting import part
from assistant.embedded.products.reader import ProductReader
from assistant.embedded.products.vocabulary import FILE, vocabulary
from knowledge.classifier import load, source_hash
from knowledge.library import Library
from tools.classification.calibration import default_calibration
from tools.classification.product_result import ClassificationError, ProductResult
from tools.classification.signs import read_described, read_signs

DESCRIBED = yaml.safe_load((Path(__file__).parents[1] / "data" / "described_products.yaml").read_text("utf-8"))
CASES = [(key.removeprefix("named_"), text) for key, texts in DESCRIBED.items() for text in texts]


@pytest.fixture(scope="module")
def reader(library: Library) -> ProductReader:
    return ProductReader(library)


def classified(reader: ProductReader, text: str) -> ProductResult:
    (product,) = reader.read(text)
    return reader.classify(product)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("margin about half, restyled twice a year", {"contribution_margin": 50, "life_cycle_months": 6}),
        ("4 collections a year", {"life_cycle_months": 3}),
        ("replaced after 12 months", {"life_cycle_months": 12}),
        ("same recipe for 20 years", {"life_cycle_months": 240}),
        ("sells for half a year then it is gone", {"life_cycle_months": 6}),
        ("a new model every year", {"life_cycle_months": 12}),
        ("a new contract every year", {}),
        ("founded 30 years ago", {}),
        ("shelf life of 10 days", {}),
        ("1 in 5 customers finds it out of stock", {"stockout_rate": 20}),
        ("dozens of variants", {"variants": 36}),
        ("a dozen colours and 4 sizes", {"variants": 48}),
        ("800 models", {"variants": 800}),
        ("40 employees", {}),
        ("our forecast is off by 60 percent", {"forecast_error": 60}),
        ("we miss by 50-70 percent", {"forecast_error": 60}),
        ("forecast accuracy of 92%", {"forecast_error": 8}),
        ("in stock 99%", {"stockout_rate": 1}),
        ("40% off in January", {"markdown": 40}),
        ("made to order in 5 days", {"made_to_order_lead_time_days": 5}),
        ("lead time 3 weeks", {"replenishment_lead_time_days": 21}),
        ("we place 4 orders a year", {"orders_a_year": 4}),
        ("margin used to be 5% and is 30% now", {"contribution_margin": 30}),
        ("margin a seventh, sold out one in forty", {"contribution_margin": 14, "stockout_rate": 2.5}),
        ("SO 3pct / MD 0pct / LC .5 yrs", {"stockout_rate": 3, "markdown": 0, "life_cycle_months": 6}),
        ("error .6, so 4 people plan it", {"forecast_error": 60}),
        ("we keep 30% spare capacity", {}),
        (
            "stockouts 22%, markdowns 18%, contribution margin 45%",
            {"stockout_rate": 22, "markdown": 18, "contribution_margin": 45},
        ),
        (
            "life cycle: 18 months, contribution margin: 35 %, variants: 120",
            {"life_cycle_months": 18, "contribution_margin": 35, "variants": 120},
        ),
    ],
)
def test_numbers_go_to_their_criteria(text: str, facts: dict[str, Any]) -> None:
    assert FactReader().read(text) == (pytest.approx(facts), ())


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("life cycle -3 months", {"life_cycle_months"}),
        ("negative life cycle, margin 140%", {"life_cycle_months", "contribution_margin"}),
    ],
)
def test_impossible_numbers_are_kept_apart_and_refused(reader: ProductReader, text: str, inputs: set[str]) -> None:
    (product,) = reader.read(text)
    assert not product.facts
    assert {wrong.input for wrong in product.invalid} == inputs
    with pytest.raises(ClassificationError):
        reader.classify(product)


def test_a_number_of_another_part_is_kept_beside() -> None:
    found = FactReader().find("error on tables 7%, on covers 60%")
    assert (found.facts, found.others) == ({"forecast_error": 7}, (("forecast_error", 60),))
    assert not FactReader().find("error is 7%, not 60%").others


def test_a_corrected_input_is_no_longer_refused(reader: ProductReader) -> None:
    (product,) = reader.read("phone, replaced after 12 months, margin 140%")
    assert reader.classify(product, {"contribution_margin": 40}).label == "innovative"


@pytest.mark.parametrize(
    ("text", "names", "asked"),
    [
        ("plain tees, runway capsule and rain jackets: which is functional?", 3, "which is functional?"),
        ("1. salt, sold every week\n2. runway capsule, new each season\n3. phone charger", 3, ""),
        ("- salt\n- phones\n- soup", 3, ""),
        ("tees: unchanged for 9 years; jackets: new each season", 2, ""),
        ("Is canned soup functional or innovative?", 1, "Is canned soup functional or innovative?"),
        ("Toilet paper: sold every week. Which chain?", 1, "Which chain?"),
        ("we sell soup, same recipe for 20 years, margin 5%", 1, ""),
        ("is it functional?", 0, "is it functional?"),
        ("What kind of product is this for Fisher?", 0, "What kind of product is this for Fisher?"),
        ("wall paint functional or innovative", 1, "functional or innovative"),
        ("yarn white and grey, weavers reorder monthly, price fight", 1, ""),
    ],
)
def test_messages_are_parted(text: str, names: int, asked: str) -> None:
    parts, question = part(text)
    assert (len(parts), question) == (names, asked)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("designer swimwear; we place the whole buy in November", "designer swimwear"),
        ("it's a phone charger", "phone charger"),
        ("we make canned soup for supermarkets", "canned soup"),
        ("Toilet paper: sold every week", "Toilet paper"),
        ("iron chains for tractors, farmers wear them out", "iron chains"),
        ("suppose the margin were 50%", ""),
        ("what if tents had a life cycle of 5 months", "tents"),
    ],
)
def test_products_are_named(text: str, name: str) -> None:
    assert part(text)[0][0].name == name


def test_a_mixed_line_becomes_parts(reader: ProductReader) -> None:
    result = classified(reader, "a classic line of leather bags beside limited editions with artists")
    assert (result.label, [row.label for row in result.parts]) == ("hybrid", ["functional", "innovative"])


def test_numbers_of_parts_on_opposite_sides_make_a_mixed_line(reader: ProductReader) -> None:
    result = classified(reader, "Tables: error on tables 7%, on covers 60%")
    assert (result.label, {row.label for row in result.parts}) == ("hybrid", {"functional", "innovative"})


def test_a_known_name_tells_and_an_open_one_does_not(reader: ProductReader) -> None:
    labels = [classified(reader, name).label for name in ("fence nails", "spare parts", "our best seller")]
    assert labels == ["functional", "unknown", "unknown"]


@pytest.mark.parametrize("name", ["milk", "Milk", "M8 bolts", "M8 bolt", "smartwatch", "smartwatches"])
def test_a_listed_name_counts_in_any_number(reader: ProductReader, name: str) -> None:
    expected = "innovative" if name.startswith("smart") else "functional"
    assert classified(reader, f"{name}. Functional or innovative?").label == expected


def test_each_number_stays_with_its_product(reader: ProductReader) -> None:
    first, second = reader.read("tees: margin 6%, same for 9 years; jackets: margin 50%, replaced after 6 months")
    assert (first.facts["contribution_margin"], second.facts["contribution_margin"]) == (6, 50)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("table salt", {"functional"}),
        ("it's a phone charger", {"unknown"}),
        ("Air conditioners, same models 3 years, margin 22%, a heat wave can triple sales", {"hybrid", "unknown"}),
        ("flagship phone replaced after 12 months, margins 40%", {"innovative"}),
    ],
)
def test_the_label_is_as_sure_as_the_words(reader: ProductReader, text: str, labels: set[str]) -> None:
    assert classified(reader, text).label in labels


def test_described_products_of_other_hands(reader: ProductReader) -> None:
    verdicts = [(label, reader.classify(product)) for label, text in CASES for product in reader.read(text)]
    right = [label == result.label for label, result in verdicts]
    sure = [label for label, result in verdicts if result.label not in (label, "unknown") and result.confidence > 0.8]
    assert sum(right) / len(right) >= 0.92
    assert len(sure) <= 1


def test_thin_descriptions_get_no_label(reader: ProductReader) -> None:
    results = [reader.classify(product) for text in DESCRIBED["unknown"] for product in reader.read(text)]
    assert sum(result.label == "unknown" for result in results) >= len(results) - 1


@pytest.mark.parametrize(
    "text", ["we don't fly it in, no air freight", "never any promotions", "we stopped air freight"]
)
def test_what_is_denied_is_no_clear_sign(reader: ProductReader, text: str) -> None:
    assert not {"air_freight", "promotions"} & {sign.id for sign in reader.words(text)[0] if sign.certainty >= 0.8}


def test_the_order_of_clauses_does_not_change_the_facts() -> None:
    parts = ["margin 40%", "forecast is off by 50%", "replaced after 12 months", "800 models"]
    assert FactReader().read(", ".join(parts)) == FactReader().read(", ".join(reversed(parts)))


def test_clauses_keep_decimals_and_thousands_together() -> None:
    assert clauses("margin 7.5%, 1,200 models; it sells") == ["margin 7.5%", "1,200 models", "it sells"]


def test_the_shipped_classifiers_were_learned_from_these_examples(library: Library) -> None:
    for name, pairs in ((SIGNS, sign_examples()), (LABELS, label_examples(read_described()))):
        kept = load(FILE.parent / f"{name}.npz", library.embedder.identity)
        assert kept is not None, f"run: python -m assistant train products ({name})"
        assert kept.source == source_hash(pairs), f"run: python -m assistant train products ({name})"
    assert examples_hash()


def test_the_measured_figures_hold_what_is_promised() -> None:
    measured = default_calibration().measured
    assert measured["labels_given_right"] >= 0.91
    assert measured["confident_wrong"] <= 0.06
    tenths = [row for row in measured["by_tenth"].values() if row[0] >= 120]
    assert all(abs(said - right) < 0.07 for _, said, right in tenths)


def test_every_cue_is_a_sign() -> None:
    assert set(vocabulary().cues) <= set(read_signs())


def test_own_descriptions_are_none_of_the_examples() -> None:
    known = {text.casefold() for example in read_described() for text in example.said}
    assert not known & {text.casefold() for _, text in CASES}


def test_reading_is_quick(reader: ProductReader) -> None:
    text = "Toilet paper: sold every week, margin 7%, promotions make orders jump"
    reader.words(text)
    began = time.perf_counter()
    for product in reader.read(text):
        reader.classify(product)
    assert time.perf_counter() - began < 0.1

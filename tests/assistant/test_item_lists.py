# ruff: noqa: E501
"""Lists of stock items inside messages are found with what is wanted of them and the limits that are stated."""

import time

import pytest

from assistant.embedded.quantities import read_quantities
from assistant.embedded.sorting.lists import SpokenItems, classes_wanted, read_items

VALUES = [
    ("abc: pump 400, valve 30, bolt 2", {"pump": 400, "valve": 30, "bolt": 2}),
    ("pump 40k, valve 5k and seal 700, what is A?", {"pump": 40000, "valve": 5000, "seal": 700}),
    ("A1 5000, A2 300", {"A1": 5000, "A2": 300}),
    ("please do an abc of A1: 5000; A2: 300; A3: 12", {"A1": 5000, "A2": 300, "A3": 12}),
    ("rotor = 900, stator = 80, cable = 7 -> abc", {"rotor": 900, "stator": 80, "cable": 7}),
    ("revenue by customer: Meyer €400,000, Kunz €90,000, Abel €2,500. ABC?", {"Meyer": 400000, "Kunz": 90000, "Abel": 2500}),
    ("Wir haben: Schraube 200, Motor 45.000, Kabel 3.000 - bitte ABC", {"Schraube": 200, "Motor": 45000, "Kabel": 3000}),
    ("pumps (4000), valves (300) and bolts (20): abc please", {"pumps": 4000, "valves": 300, "bolts": 20}),
    ("item 1 500, item 2 300, item 3 20 abc", {"item 1": 500, "item 2": 300, "item 3": 20}),
    ("abc please\nsku,value\nx1,9000\nx2,400\nx3,100", {"x1": 9000, "x2": 400, "x3": 100}),
    ("x1,9000\nx2,400\nx3,100", {"x1": 9000, "x2": 400, "x3": 100}),
    ("x1,9000\nx2,400\nx3,100\nwhich of them are A items?", {"x1": 9000, "x2": 400, "x3": 100}),
    ("pareto classes of these SKUs\nS1;7200\nS2;100\nS3;900", {"S1": 7200, "S2": 100, "S3": 900}),
    ("Bitte klassifizieren\n\nSKU;Wert\nA1;1.234,50\nA2;99,10\nA3;12,00\n", {"A1": 1234.5, "A2": 99.1, "A3": 12}),
    ("| part | spend |\n|---|---|\n| P1 | $9,000 |\n| P2 | $400 |", {"P1": 9000, "P2": 400}),
    ("- pump: 40k\n- valve: 5k\n- bolt: 90\nwhich are A?", {"pump": 40000, "valve": 5000, "bolt": 90}),
    ("Here are my items for 2024\npump 4000\nvalve 300\nbolt 20", {"pump": 4000, "valve": 300, "bolt": 20}),
    ("1. pump 4000\n2. valve 300\n3. bolt 20", {"pump": 4000, "valve": 300, "bolt": 20}),
    ("sku\tannual value\nP1\t5000\nP2\t60\nTotal\t5060", {"P1": 5000, "P2": 60}),
    ("hello,\n\nwe need an abc analysis of our stock.\n\nsteel plate;120000\nm8 bolt;300\nhydraulic oil;4500\n\nthanks!", {"steel plate": 120000, "m8 bolt": 300, "hydraulic oil": 4500}),
    ("abc class of: pump 400\nvalve 30\nbolt 2", {"pump": 400, "valve": 30, "bolt": 2}),
    ("use 60/90 for abc\nA,100\nB,50\nC,3", {"A": 100, "B": 50, "C": 3}),
    ("ball bearing 1200\nroller bearing 800\ngrease 15", {"ball bearing": 1200, "roller bearing": 800, "grease": 15}),
    ("red paint 1 200, blue paint 90 -> abc", None),
    ("which of these are A items: 12000, 3400, 800, 150, 90", {"item 1": 12000, "item 2": 3400, "item 3": 800, "item 4": 150, "item 5": 90}),
]  # fmt: skip

DEMANDS = [
    ("XYZ for monthly use: mats 40 41 39 40; caps 10 90 5 100; pins 7 8 7 9", {"mats": [40, 41, 39, 40], "caps": [10, 90, 5, 100], "pins": [7, 8, 7, 9]}),
    ("ABC-XYZ please: sku, annual value, then demand of 3 months\nL1,50000,20,21,19\nL2,9000,0,30,2", {"L1": [20, 21, 19], "L2": [0, 30, 2]}),
    ("xyz classes for monthly demand\nA: 10 11 9 10\nB: 0 50 3 20", {"A": [10, 11, 9, 10], "B": [0, 50, 3, 20]}),
    ("xyz these A: 10 11 9 10; B: 0 50 3 20", {"A": [10, 11, 9, 10], "B": [0, 50, 3, 20]}),
    ("sku\tjan\tfeb\tmar\nA\t1\t2\t3\nB\t0\t0\t9", {"A": [1, 2, 3], "B": [0, 0, 9]}),
    ("demand by month\nsku jan feb mar apr\nA 1 2 3 4\nB 0 0 9 1", {"A": [1, 2, 3, 4], "B": [0, 0, 9, 1]}),
    ("which are lumpy?\nk1 5 6 5 7\nk2 0 9 0 30", {"k1": [5, 6, 5, 7], "k2": [0, 9, 0, 30]}),
    ("demand pattern of 3, 0, 0, 4, 0, 5, 0, 0", {"item": [3, 0, 0, 4, 0, 5, 0, 0]}),
    ("is demand smooth or lumpy: 0 0 5 0 0 12 0 3", {"item": [0, 0, 5, 0, 0, 12, 0, 3]}),
    ("xyz class of 100, 120, 80, 100", {"item": [100, 120, 80, 100]}),
    ("syntetos boylan: SKU7: 0 0 4 0 9 0 0 2", {"SKU7": [0, 0, 4, 0, 9, 0, 0, 2]}),
    ("item,q1,q2,q3,q4\np,5,5,6,5\nr,0,0,20,0", {"p": [5, 5, 6, 5], "r": [0, 0, 20, 0]}),
    ("A;1;2;3;4\nB;0;0;9;1\nxyz please", {"A": [1, 2, 3, 4], "B": [0, 0, 9, 1]}),
]  # fmt: skip


def found(text: str) -> SpokenItems:
    read = read_items(text)
    assert read is not None, text
    assert read.table.invalid == []
    return read


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_items_with_values_are_found(text: str, values: dict[str, float] | None):
    if values is None:  # two readings: nothing may be lost without a word
        assert read_items(text) is None or len(found(text).table.items) == 2
        return
    table = found(text).table.items
    assert table.values is not None
    assert dict(zip(table.names, table.values.tolist(), strict=True)) == values


@pytest.mark.parametrize(("text", "demand"), DEMANDS)
def test_demand_by_period_is_found(text: str, demand: dict[str, list[float]]):
    table = found(text).table.items
    assert table.demand is not None
    assert dict(zip(table.names, table.demand.tolist(), strict=True)) == demand


@pytest.mark.parametrize(
    "text",
    [
        "item\tannual usage\tunit cost\nP1\t1000\t5\nP2\t20\t300",
        "abc with usage and cost\nsku usage cost\nP1 1000 5\nP2 20 300",
        "sku;unit cost;annual demand\nP1;5;1000\nP2;300;20",
    ],
)
def test_usage_and_unit_cost_are_told_apart(text: str):
    read = found(text)
    assert read.wanted == "abc"
    assert read.table.items.unit_cost is not None
    assert read.table.items.demand is not None
    assert read.table.items.unit_cost.tolist() == [5, 300]
    assert read.table.items.demand.tolist() == [[1000], [20]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("abc of pump 400, valve 30", "abc"),
        ("pump 400, valve 30", "abc"),
        ("xyz\nA: 10 11 9 10\nB: 0 50 3 20", "xyz"),
        ("are they lumpy?\nA: 10 11 9 10\nB: 0 50 3 20", "pattern"),
        ("A: 10 11 9 10\nB: 0 50 3 20", "all"),
        ("abc xyz\nA: 10 11 9 10\nB: 0 50 3 20", "all"),
        ("intermittent or smooth: 0 0 5 0 0 12 0 3", "pattern"),
    ],
)
def test_what_is_wanted_follows_from_words_and_shape(text: str, wanted: str):
    assert found(text).wanted == wanted


@pytest.mark.parametrize(
    ("text", "abc", "xyz"),
    [
        ("abc with limits 70 and 90: A 100, B 50, C 3", (70, 90), None),
        ("abc cutoffs 80/95\nA,100\nB,50", (80, 95), None),
        ("A,100\nB,50\nlimits 70 and 90", (70, 90), None),
        ("A,100\nB,50\ncut at 75% and 92%", (75, 92), None),
        ("A 1 2 3\nB 4 0 9\nXYZ at 0.25 and 0.5", None, (0.25, 0.5)),
        ("A 1 2 3\nB 4 0 9\nabc limits 70/90, xyz limits 0.4/0.8", (70, 90), (0.4, 0.8)),
        ("A,100\nB,50\nGrenzen 75 und 90", (75, 90), None),
        ("abc at 0.7 and 0.9\nA,100\nB,50", (70, 90), None),
        ("abc please\nA,100\nB,50", None, None),
        ("our 2 plants have 40 and 60 people. abc of A 100, B 50", None, None),
    ],
)
def test_stated_limits_are_read(text: str, abc: tuple[float, float] | None, xyz: tuple[float, float] | None):
    assert (found(text).abc, found(text).xyz) == (abc, xyz)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "can you do an abc xyz analysis",
        "I want to classify my inventory",
        "and with limits of 70 and 90",
        "what class is item B7 with 85% of the value",
        "without item P4",
        "sort my stock into A, B and C with 70 and 90 as limits",
        "what is the EOQ for demand 1000, order cost 50, holding cost 2",
        "how many weeks of supply is 5",
        "we have 3 warehouses and 200 skus",
        "classify the stock: sku, jan, feb, mar, apr",
        "run abc on this table please, cutoffs 80/95",
    ],
)
def test_a_message_without_a_list_gives_none(text: str):
    assert read_items(text) is None


def test_what_cannot_be_right_is_named_with_its_line():
    read = read_items("abc\nsku,value\nA,100\nB,lots\nC,3\nD,50")
    assert read is not None
    assert [wrong.line for wrong in read.table.invalid] == [3]


def test_points_of_thousands_are_told():
    assert any("thousands" in text for text in found("Motor 45.000, Kabel 3.000: abc").table.assumptions)


def test_a_reading_that_was_made_already_is_used():
    text = "demand pattern of 3, 0, 0, 4, 0, 5, 0, 0"
    assert found(text).table.items.names == read_items(text, read_quantities(text)).table.items.names  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "abc please\nsku,value\n" + "\n".join(f"S{i},{i * 7 % 1000 + 1}" for i in range(10_000)) + "\nlimits 70 and 90",
        "sku jan feb mar apr\n" + "\n".join(f"S{i} {i} 0 5 {i % 7}" for i in range(10_000)),
        "\n".join(f"part no {i}\t{i + 1}" for i in range(10_000)),
    ],
)
def test_long_pastes_are_read_quickly(text: str):
    started = time.process_time()
    read = found(text)
    assert time.process_time() - started < 2
    assert len(read.table.items) == 10_000


@pytest.mark.parametrize(
    "text", ["\n", "1\n2\n3", ",\n,", "a" * 5000, "1,2,3", "|\n|\n|", "a 1\nb", "x\t\n\ty", "A: 1 2; B: 3"]
)
def test_nothing_makes_it_fail(text: str):
    read_items(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("rank these by value: A 500, B 200, C 90", True),
        ("inventory accuracy by value: book value 500,000, counted 488,000", False),
        ("Bestandsgenauigkeit nach Wert: Buchwert 600.000, gezählt 594.000", False),
    ],
)
def test_accuracy_by_value_is_no_list_of_items(text, wanted):
    assert classes_wanted(text) is wanted

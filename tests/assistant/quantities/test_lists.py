"""Numbers that belong together are a list or a group, with their names; those of different things are not."""

from typing import Any

import pytest

from assistant.embedded.quantities import Group, read_quantities
from tests.assistant.quantities.reading import assert_read, only
from tools.metrics import METRICS


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("100, 120, 110, 130", (100, 120, 110, 130)),
        ("100,120,110,130", (100, 120, 110, 130)),
        ("90,130,110,150", (90, 130, 110, 150)),
        ("100 120 110", (100, 120, 110)),
        ("100/120/110", (100, 120, 110)),
        ("[1, 2, 3]", (1, 2, 3)),
        ("[100, 120]", (100, 120)),
        ("100 and 120 and 90", (100, 120, 90)),
        ("100, 120 und 90", (100, 120, 90)),
        ("50,30,20", (50, 30, 20)),
        ("1000,1200,1100", (1000, 1200, 1100)),
        ("1.5,2.5,3", (1.5, 2.5, 3)),
        ("1,200, 1,300, 1,250", (1200, 1300, 1250)),
        ("12,5; 13,5; 14,25", (12.5, 13.5, 14.25)),
        ("100\n120\n110", (100, 120, 110)),
        ("60 x 40 x 50", (60, 40, 50)),
    ],
)
def test_numbers_that_belong_together_are_a_list(text: str, numbers: tuple[float, ...]):
    assert_read(text, numbers[0], is_list=True, values=tuple(map(float, numbers)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60x40x50 cm", {"values": (60, 40, 50), "unit": "cm"}),
        ("1.2m x 0.8m x 1m", {"values": (1.2, 0.8, 1), "unit": "m"}),
        ("95%, 97%, 93%", {"values": (95, 97, 93), "percent": True}),
        ("10, 20, 30 units", {"values": (10, 20, 30), "unit": "item"}),
        ("$10, 20, 30", {"values": (10, 20, 30), "currency": "USD"}),
        ("spend: A 1.2M, B 800k, C 0.5m, D 500,000",
         {"values": (1.2e6, 8e5, 5e5, 5e5), "labels": ("A", "B", "C", "D")}),
        ("Jan 100 Feb 120", {"values": (100, 120), "labels": ("Jan", "Feb")}),
        ("Jan 10, Feb 12, Mar 9", {"values": (10, 12, 9), "labels": ("Jan", "Feb", "Mar")}),
        ("Q1 100, Q2 120", {"values": (100, 120), "labels": ("Q1", "Q2")}),
        ("A=100, B=120", {"values": (100, 120), "labels": ("A", "B")}),
        ("2023: 100, 2024: 120", {"values": (100, 120), "labels": ("2023", "2024")}),
        ("supplier A 40%, supplier B 60%",
         {"values": (40, 60), "percent": True, "labels": ("supplier A", "supplier B")}),
    ],
)  # fmt: skip
def test_a_list_keeps_units_and_labels(text: str, expected: dict[str, Any]):
    assert_read(text, expected["values"][0], is_list=True, **expected)


@pytest.mark.parametrize(
    ("text", "numbers", "labels"),
    [
        ("Spend: Aldo 250k, Brix 250k, Corra 300k", (250e3, 250e3, 300e3), ("Aldo", "Brix", "Corra")),
        ("HHI with Acme 50, Bolt 30 and others 20", (50, 30, 20), ("Acme", "Bolt", "others")),
        ("North 100; South 120; East 50", (100, 120, 50), ("North", "South", "East")),
        ("Aldo: 250k\nBrix: 300k", (250e3, 300e3), ("Aldo", "Brix")),
        ("Supplier A: 40, Supplier B: 60", (40, 60), ("Supplier A", "Supplier B")),
        ("weights: quality 0.6, on-time delivery 0.4", (0.6, 0.4), ("quality", "on-time delivery")),
        ("weights quality 0.6, price 0.4", (0.6, 0.4), ("quality", "price")),
        ("Gewichte: Qualität 0,6; Preis 0,4", (0.6, 0.4), ("Qualität", "Preis")),
        ("demand: red 100, blue 120", (100, 120), ("red", "blue")),
        ("week 1: 40, week 2: 44", (40, 44), ("week 1", "week 2")),
        ("100 in Jan, 120 in Feb, 90 in Mar", (100, 120, 90), ("Jan", "Feb", "Mar")),
        ("10 in January and 12 in February", (10, 12), ("January", "February")),
        ("100 in 2023, 120 in 2024", (100, 120), ("2023", "2024")),
        ("250 from Acme, 300 from Bolt", (250, 300), ("Acme", "Bolt")),
        ("Jan 100, Feb 120", (100, 120), ("Jan", "Feb")),
    ],
)
def test_numbers_with_names_are_a_list(text: str, numbers: tuple[float, ...], labels: tuple[str, ...]):
    assert_read(text, numbers[0], is_list=True, values=numbers, labels=labels)
    assert read_quantities(text).groups == (Group(labels, (0,)),)


@pytest.mark.parametrize("text", ["Acme 50%, Bolt 30%, Cato 20%", "quality 50%, delivery 30%, price 20%"])
def test_shares_of_a_whole_are_a_list(text: str):
    labels = tuple(part.split()[0] for part in text.split(", "))
    assert_read(text, 50, is_list=True, percent=True, values=(50, 30, 20), labels=labels)


def test_a_unit_said_once_is_that_of_the_list():
    assert_read(
        "100 units in Jan, 120 in Feb", 100, is_list=True, values=(100, 120), labels=("Jan", "Feb"), unit="item"
    )


def test_names_that_come_again_name_nothing():
    assert only("Jan 100, Feb 120, Jan 90").labels == ()
    assert read_quantities("Acme 50, Acme 30").groups == ()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("demand 20000, order cost 100, holding 4", ("demand", "order cost", "holding")),
        ("EOQ for Demand 20000, Order cost 100, Holding 4", ("Demand", "Order cost", "Holding")),
        ("inventory 1.2M, receivables 900k, payables 600k", ("inventory", "receivables", "payables")),
        ("Inventory: 1.2M\nReceivables: 900k\nPayables: 600k", ("Inventory", "Receivables", "Payables")),
        ("Given: demand 1000, order cost 50", ("demand", "order cost")),
        ("sales: actual 100, forecast 120", ("actual", "forecast")),
        ("Service 95%, Fill 98%", ("Service", "Fill")),
        ("Bedarf 1000, Bestellkosten 50", ("Bedarf", "Bestellkosten")),
        ("north 100, south 120", ("north", "south")),
        ("quality 50%, delivery 30%, price 30%", ("quality", "delivery", "price")),
        ("Acme Steel 50, Bolt 30", ("Acme Steel", "Bolt")),
        ("Coca-Cola 40, Pepsi 60", ("Coca-Cola", "Pepsi")),
        ("D=10000, S=50; H=5", ("D", "S", "H")),
        ("alpha 0.2, beta 0.3, gamma 0.5", ("alpha", "beta", "gamma")),
        ("pick 3 min, pack 2 min", ("pick", "pack")),
    ],
)
def test_names_that_could_be_different_inputs_are_a_group(text: str, labels: tuple[str, ...]):
    reading = read_quantities(text)
    assert not any(quantity.is_list for quantity in reading.quantities)
    assert reading.groups == (Group(labels, tuple(range(len(labels)))),)


@pytest.mark.parametrize(
    "text", ["COGS 2.4M with 5 turns", "lead time 5 days, cost 30", "Acme 5 kg, Bolt 3 days", "100, 120, 90"]
)
def test_what_is_not_alike_has_no_group(text: str):
    assert read_quantities(text).groups == ()


def test_groups_point_at_their_quantities():
    reading = read_quantities("Lead time 3 days. Weights: cost 60%, risk 40%. Demand 100, price 5")
    assert reading.groups == (Group(("cost", "risk"), (1,)), Group(("Demand", "price"), (2, 3)))


def test_no_word_for_an_input_is_taken_for_a_firm():
    for entry in METRICS.values():
        for declared in entry.declared.values():
            name = declared.said.label.split()[-1].strip("().,").capitalize()
            found = read_quantities(f"{name} 400, {name}x 300").quantities
            assert not any(quantity.is_list and quantity.labels[0] == name for quantity in found), name

# ruff: noqa: E501, RUF001
"""Every quantity that people type is found with what it means; what is no quantity is left, what is unclear is said."""

import math
import random
import time
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.embedded.quantities import Group, Quantity, Reading, Table, read_quantities
from assistant.embedded.quantities.lexicon import UNITS, read_units
from tools.metrics import METRICS

DEFAULTS: dict[str, Any] = {
    "unit": "", "per": (), "currency": "", "percent": False, "others": (), "approximate": False, "change": "",
    "is_list": False, "values": (), "labels": (), "bound": "",
}  # fmt: skip


def only(text: str) -> Quantity:
    found = read_quantities(text).quantities
    assert len(found) == 1, f"{text!r}: {[quantity.text for quantity in found]}"
    return found[0]


def said(quantity: Quantity) -> dict[str, Any]:
    return {name: getattr(quantity, name) for name in DEFAULTS if getattr(quantity, name) != DEFAULTS[name]}


def check(text: str, value: float, **expected: Any) -> None:
    quantity = only(text)
    assert (quantity.value, said(quantity)) == (pytest.approx(value), expected)


def values(text: str) -> list[float]:
    return [quantity.value for quantity in read_quantities(text).quantities]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200.50", 1200.5),
        ("1.200,50", 1200.5),
        ("1,250,000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("100,000", 100_000),
        ("18,400", 18_400),
        ("0,95", 0.95),
        ("12,5", 12.5),
        (".95", 0.95),
        ("0.125", 0.125),
        ("2.4M", 2_400_000),
        ("2,4 Mio", 2_400_000),
        ("2,4 Mio.", 2_400_000),
        ("7.3 mio", 7_300_000),
        ("12 million", 12_000_000),
        ("half a million", 500_000),
        ("a million", 1_000_000),
        ("two and a half million", 2_500_000),
        ("300k", 300_000),
        ("300 K", 300_000),
        ("5 hundred thousand", 500_000),
        ("1.2bn", 1.2e9),
        ("2.5 Mrd", 2.5e9),
        ("2.5 crore", 25_000_000),
        ("3 lakh", 300_000),
        ("1,00,000", 100_000),
        ("12,00,000.50", 1_200_000.5),
        ("-50k", -50_000),
        ("−50k", -50_000),
        ("minus 3", -3),
        ("1e6", 1e6),
        ("1.5e-3", 0.0015),
        ("2E+3", 2000),
        ("1 200 000", 1_200_000),
        ("1\u2009250\u2009300", 1_250_300),
        ("12\u00a0500", 12_500),
        ("100 000", 100_000),
        ("1'200'000", 1_200_000),
        ("1’200.50", 1200.5),
        ("1/2", 0.5),
        ("½", 0.5),
        ("1½", 1.5),
        ("1 1/2", 1.5),
        ("two thirds of it", 2 / 3),
        ("a third of it", 1 / 3),
        ("one-third of it", 1 / 3),
        ("ein Drittel der Menge", 1 / 3),
        ("a quarter of demand", 0.25),
        ("half of it", 0.5),
        ("reduce it to four.", 4),
    ],
)
def test_a_number_is_read_in_each_notation(text: str, value: float):
    check(text, value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("15 dozen", 15, "dozen"),
        ("a dozen", 1, "dozen"),
        ("half a dozen", 0.5, "dozen"),
        ("a gross", 1, "gross"),
        ("40kg", 40, "kg"),
        ("3wks", 3, "week"),
        ("10pcs", 10, "item"),
        ("6h", 6, "hour"),
        ("3 moths", 3, "month"),
        ("2 yr.", 2, "year"),
        ("5 unts", 5, "item"),
        ("2,5 Wochen", 2.5, "week"),
        ("zwei Wochen", 2, "week"),
        ("anderthalb Wochen", 1.5, "week"),
        ("one and a half weeks", 1.5, "week"),
        ("takes a week and a half", 1.5, "week"),
        ("one week", 1, "week"),
        ("a couple of days", 2, "day"),
        ("twenty-five units", 25, "item"),
        ("twenty five units", 25, "item"),
        ("one hundred and fifty units", 150, "item"),
        ("one thousand nine hundred units", 1900, "item"),
        ("seven thousand two hundred and six units", 7206, "item"),
        ("one thousand and fifty units", 1050, "item"),
        ("fünfundzwanzig Stück", 25, "item"),
        ("half a day", 0.5, "day"),
        ("360 days", 360, "day"),
        ("5 working days", 5, "working_day"),
        ("3-week lead time", 3, "week"),
        ("two-week lead time", 2, "week"),
        ("20-foot container", 20, "ft"),
        ("250 business days", 250, "working_day"),
        ("5 m³", 5, "m^3"),
        ("5 m3", 5, "m^3"),
        ("3 cbm", 3, "m^3"),
        ("8 turns", 8, "turn"),
        ("12 pallets", 12, "pallet"),
        ("and with two suppliers", 2, "supplier"),
        ("pool into one warehouse", 1, "warehouse"),
        ("truck of 13.6m length", 13.6, "m"),
        ("250 pounds", 250, "lb"),
        ("keep a week of supply", 1, "week"),
    ],
)
def test_a_unit_is_read_with_its_number(text: str, value: float, unit: str):
    check(text, value, unit=unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("98 pct", 98),
        ("98 %", 98),
        ("98%", 98),
        ("98 percent", 98),
        ("98 Prozent", 98),
        ("95 per cent", 95),
        ("25 basis points", 0.25),
        ("half a percent", 0.5),
        ("97,5%", 97.5),
        ("-10%", -10),
    ],
)
def test_a_percentage_keeps_its_number(text: str, value: float):
    check(text, value, percent=True)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$2.4m", 2_400_000, "USD"),
        ("$ 2.4M", 2_400_000, "USD"),
        ("1.250.000 €", 1_250_000, "EUR"),
        ("€5", 5, "EUR"),
        ("£3", 3, "GBP"),
        ("¥300", 300, "JPY"),
        ("₹5,00,000", 500_000, "INR"),
        ("Rs. 500", 500, "INR"),
        ("Rs500", 500, "INR"),
        ("500 INR", 500, "INR"),
        ("USD 5", 5, "USD"),
        ("US$5", 5, "USD"),
        ("5 GBP", 5, "GBP"),
        ("CHF 12.50", 12.5, "CHF"),
        ("5 CNY", 5, "CNY"),
        ("5 bucks", 5, "money"),
        ("30 cents", 0.3, "money"),
        ("5 k€", 5000, "EUR"),
        ("12 T€", 12_000, "EUR"),
        ("1,5 Mio. €", 1_500_000, "EUR"),
        ("-$50k", -50_000, "USD"),
        ("$-50k", -50_000, "USD"),
        ("profit = ($50k)", -50_000, "USD"),
        ("COGS ($2.4M)", 2_400_000, "USD"),
    ],
)
def test_a_currency_is_read_before_and_after(text: str, value: float, currency: str):
    check(text, value, currency=currency)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("400 a day", 400, {"per": ("day",)}),
        ("400 per day", 400, {"per": ("day",)}),
        ("400/day", 400, {"per": ("day",)}),
        ("400 daily", 400, {"per": ("day",)}),
        ("400 p.a.", 400, {"per": ("year",)}),
        ("400 a year", 400, {"per": ("year",)}),
        ("400 annually", 400, {"per": ("year",)}),
        ("400 yearly", 400, {"per": ("year",)}),
        ("400 per annum", 400, {"per": ("year",)}),
        ("400/wk", 400, {"per": ("week",)}),
        ("400 per mth", 400, {"per": ("month",)}),
        ("400 per qtr", 400, {"per": ("quarter",)}),
        ("$5 a quarter", 5, {"per": ("quarter",), "currency": "USD"}),
        ("400 units/week", 400, {"unit": "item", "per": ("week",)}),
        ("400 pro Woche", 400, {"per": ("week",)}),
        ("400 am Tag", 400, {"per": ("day",)}),
        ("400 im Jahr", 400, {"per": ("year",)}),
        ("400 jährlich", 400, {"per": ("year",)}),
        ("400 each month", 400, {"per": ("month",)}),
        ("400 every week", 400, {"per": ("week",)}),
        ("400 every 2 weeks", 200, {"per": ("week",)}),
        ("15 parts per min", 15, {"unit": "item", "per": ("minute",)}),
        ("12 per hr", 12, {"per": ("hour",)}),
        ("$4 per unit per year", 4, {"per": ("item", "year"), "currency": "USD"}),
        ("€0.30/unit/month", 0.3, {"per": ("item", "month"), "currency": "EUR"}),
        ("1,20 € pro Stück und Jahr", 1.2, {"per": ("item", "year"), "currency": "EUR"}),
        ("38 an order", 38, {"per": ("order",)}),
        ("12 €/Stück", 12, {"per": ("item",), "currency": "EUR"}),
        ("$12.50 each", 12.5, {"per": ("item",), "currency": "USD"}),
        ("5 per 1,000 pcs", 0.005, {"per": ("item",)}),
        ("3 defects per million units", 3e-6, {"per": ("item",)}),
        ("40 widgets a day", 40, {"per": ("day",)}),
        ("200 units a month and a bit", 200, {"unit": "item", "per": ("month",)}),
        ("mean 100 std dev", 100, {}),
        ("25% a year", 25, {"per": ("year",), "percent": True}),
        ("5-day weeks", 5, {"unit": "day", "per": ("week",)}),
        ("250 working days a year", 250, {"unit": "working_day", "per": ("year",)}),
        ("52 weeks a year", 52, {"unit": "week", "per": ("year",)}),
        ("360-day year", 360, {"unit": "day", "per": ("year",)}),
        ("twice a month", 2, {"unit": "time", "per": ("month",)}),
        ("3 times a year", 3, {"unit": "time", "per": ("year",)}),
        ("about 500", 500, {"approximate": True}),
        ("~40", 40, {"approximate": True}),
        ("ca. 20 Tage", 20, {"unit": "day", "approximate": True}),
        ("LT 3 wks", 3, {"unit": "week"}),
        ("sigma=40", 40, {}),
    ],
)
def test_denominators_and_precision_are_read(text: str, value: float, expected: dict[str, Any]):
    check(text, value, **expected)


@pytest.mark.parametrize(
    ("text", "value", "change"),
    [
        ("20 percent more", 1.2, "times"),
        ("20% less", 0.8, "times"),
        ("demand doubles", 2, "times"),
        ("twice as much", 2, "times"),
        ("x2", 2, "times"),
        ("2x", 2, "times"),
        ("two-fold", 2, "times"),
        ("3 times as much", 3, "times"),
        ("halved", 0.5, "times"),
        ("cut by a third", 2 / 3, "times"),
        ("sales up a third", 4 / 3, "times"),
        ("up a quarter", 1.25, "times"),
        ("fall by half", 0.5, "times"),
        ("rises 15%", 1.15, "times"),
        ("up 10%", 1.1, "times"),
        ("+10%", 1.1, "times"),
        ("10% cheaper", 0.9, "times"),
        ("a 10% increase", 1.1, "times"),
        ("an increase of 5%", 1.05, "times"),
        ("steigt um 10%", 1.1, "times"),
        ("reduce the ordering cost by 20%", 0.8, "times"),
        ("grows by a factor of 3", 3, "times"),
        ("two fewer", -2, "minus"),
        ("200 more", 200, "plus"),
    ],
)
def test_a_change_is_told_from_an_amount(text: str, value: float, change: str):
    check(text, value, change=change)


@pytest.mark.parametrize(
    ("text", "value", "change", "unit"),
    [
        ("three more days", 3, "plus", "day"),
        ("three days longer", 3, "plus", "day"),
        ("another 3 days", 3, "plus", "day"),
        ("a week earlier", -1, "minus", "week"),
        ("cut the lead time by 3 days", -3, "minus", "day"),
        ("5 points lower", -5, "minus", "point"),
        ("two more suppliers", 2, "plus", "supplier"),
    ],
)
def test_a_difference_has_a_sign_and_a_unit(text: str, value: float, change: str, unit: str):
    check(text, value, change=change, unit=unit)


@pytest.mark.parametrize("text", ["raise it to 98%", "it was up from 98%", "more than 98%", "increase to 98%"])
def test_what_is_reached_is_no_change(text: str):
    check(text, 98, percent=True)


def test_faster_leaves_open_of_what_the_percentage_is():
    check("20% faster", 0.8, change="times", others=(pytest.approx(1 / 1.2),))


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
    check(text, numbers[0], is_list=True, values=tuple(map(float, numbers)))


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
    check(text, expected["values"][0], is_list=True, **expected)


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
    check(text, numbers[0], is_list=True, values=numbers, labels=labels)
    assert read_quantities(text).groups == (Group(labels, (0,)),)


@pytest.mark.parametrize("text", ["Acme 50%, Bolt 30%, Cato 20%", "quality 50%, delivery 30%, price 20%"])
def test_shares_of_a_whole_are_a_list(text: str):
    labels = tuple(part.split()[0] for part in text.split(", "))
    check(text, 50, is_list=True, percent=True, values=(50, 30, 20), labels=labels)


def test_a_unit_said_once_is_that_of_the_list():
    check("100 units in Jan, 120 in Feb", 100, is_list=True, values=(100, 120), labels=("Jan", "Feb"), unit="item")


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


@pytest.mark.parametrize(
    ("text", "value", "said_as"),
    [
        ("each gets half each", 0.5, "half each"),
        ("they take a third each", 1 / 3, "a third each"),
        ("a quarter each", 0.25, "a quarter each"),
        ("sigma is ±10", 10, "10"),
        ("sigma is +/- 10", 10, "10"),
        ("leftovers are worthless", 0, "worthless"),
        ("leftovers are worth nothing", 0, "nothing"),
        ("delivery is free of charge", 0, "free"),
        ("storage is free", 0, "free"),
        ("no safety allowance", 0, "no"),
        ("with no salvage value and so on", 0, "no"),
        ("zero setup cost", 0, "zero"),
        ("salvage is zero", 0, "zero"),
        ("kein Rabatt", 0, "kein"),
    ],
)
def test_shares_deviations_and_nothing_are_read_as_said(text: str, value: float, said_as: str):
    check(text, value)
    assert only(text).text == said_as


def test_half_of_a_percentage_each_keeps_its_percent():
    check("split it 50% each", 50, percent=True)


@pytest.mark.parametrize(
    "text",
    ["no discount code", "no one knows", "feel free to ask", "the dock is free", "nothing else", "I need no help", "no stock left",
     "EOQ gives zero safety stock", "free stock", "there is nothing to do", "No."],
)  # fmt: skip
def test_words_for_nothing_that_say_no_amount_are_left(text: str):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "currency"),
    [
        ("it weighs 5 pounds, £3 each", "lb", ""),
        ("20 pounds of flour for £9", "lb", ""),
        ("it costs £3, salvage 2 pounds", "", "GBP"),
        ("2 pounds of liquid", "lb", ""),
    ],
)
def test_pounds_are_money_where_the_message_says_so(text: str, unit: str, currency: str):
    found = next(one for one in read_quantities(text).quantities if "pounds" in one.text)
    assert (found.unit, found.currency) == (unit, currency)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/15 net 45", [("1", 1), ("15", 15), ("45", 45)]),
        ("demand N(220, 60²) per week", [("220", 220)]),
    ],
)
def test_notations_keep_their_places(text: str, expected: list[tuple[str, float]]):
    assert [(one.text, one.value) for one in read_quantities(text).quantities] == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("D=10000, S=50; H=5", [10000, 50, 5]),
        ("D 10000 s 50 h 5", [10000, 50, 5]),
        ("200k not 30k", [200_000, 30_000]),
        ("COGS 2.4M, inventory 300k, sales 5M", [2.4e6, 3e5, 5e6]),
        ("D 1000, lead time 5 days, S 50", [1000, 5, 50]),
        ("100, 20 kg, 3 days", [100, 20, 3]),
        ("from 30k to 50k", [30_000, 50_000]),
        ("2,5 kg at 0.95", [2.5, 0.95]),
    ],
)
def test_numbers_of_different_things_stay_apart(text: str, numbers: list[float]):
    found = read_quantities(text).quantities
    assert [quantity.value for quantity in found] == pytest.approx(numbers)
    assert not any(quantity.is_list for quantity in found)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("between 80 and 120", 80, 120, ""),
        ("80-120", 80, 120, ""),
        ("80–120 units", 80, 120, "item"),
        ("3 to 5 days", 3, 5, "day"),
        ("3-5 million", 3e6, 5e6, ""),
        ("zwischen 3 und 5 Wochen", 3, 5, "week"),
    ],
)
def test_the_ends_of_a_range_are_marked(text: str, low: float, high: float, unit: str):
    first, second = read_quantities(text).quantities
    assert [(one.value, one.bound, one.unit) for one in (first, second)] == [(low, "low", unit), (high, "high", unit)]


@pytest.mark.parametrize(
    ("text", "decimal", "first", "others"),
    [
        ("0,95 ; 12,5", ",", 0.95, ()),
        ("2.750 and 18,400", "", 2.75, (2750.0,)),
        ("2.750", "", 2.75, (2750.0,)),
        ("2.750 then 1.250.000 €", ",", 2750, ()),
        ("3.500 then 0,25", ",", 3500, ()),
        ("2.750 then 0.95", ".", 2.75, ()),
        ("12.000 then 0.95", ".", 12, (12000.0,)),
        ("18,400 then 0,95", ",", 18.4, (18400.0,)),
        ("12.000 Stück pro Jahr und Kosten", ",", 12000, ()),
        ("0,95 then 1,200.50 then 2.750", "", 0.95, ()),
        ("100,120", "", 100120, (100.0, 120.0)),
        ("12 345", "", 12345, (12.0, 345.0)),
        ("100/120", "", 100, (100 / 120,)),
        ("2 mil", "", 2e6, (2000.0,)),
        ("5.5m", ".", 5.5e6, (5.5,)),
        ("(50k)", "", 50_000, (-50_000.0,)),
        ("10, 12, 11k", "", 10, (10_000.0,)),
    ],
)
def test_the_message_decides_the_decimal_mark_or_both_readings_are_said(
    text: str, decimal: str, first: float, others: tuple[float, ...]
):
    reading = read_quantities(text)
    assert reading.decimal == decimal
    assert (reading.quantities[0].value, reading.quantities[0].others) == (first, pytest.approx(others))


def test_a_comma_is_unclear_beside_an_unclear_point():
    assert [one.others for one in read_quantities("2.750 and 18,400").quantities] == [(2750.0,), (18.4,)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01", "3 March", "March 3rd, 2026", "3. März 2026", "Q3 2025", "12/05/2026", "01/03", "12.05.2026", "in 2025", "FY24",
        "FY 2025", "our 2024 budget", "from 2019 to 2025", "2024-25", "14:30", "3 pm", "A-4711", "SKU 88321", "item 88321", "EN1090",
        "step 3", "v2.1", "version 2.1.3", "24/7", "3PL", "4PL", "B2B", "S&OP", "Tier 2", "ISO 9001", "ISO 9001:2015", "O2C", "1st", "95th percentile", "#5",
        "Industry 4.0", "COVID-19", "007", "80/20 rule", "2-bin system", "week 12", "1e400", "1990s",
        "one of the", "no one", "a lot", "second", "third party", "on the one hand", "quarter-end", "a day in the life", "a second opinion",
        "one more question", "the two methods", "a gross margin", "the first half", "once more", "a quarter", "one day we ran out", "double marginalization",
        "half", "wait a second", "five forces", "six sigma", "second quarter", "", " ", "...", "$", "-", "%",
    ],
)  # fmt: skip
def test_what_counts_nothing_is_left(text: str):
    assert values(text) == []


def test_payment_terms_are_three_quantities():
    found = read_quantities("2/10 net 30").quantities
    assert [(one.value, one.percent, one.unit) for one in found] == [
        (2, True, ""),
        (10, False, "day"),
        (30, False, "day"),
    ]


def test_the_place_is_that_of_number_and_unit():
    text = "Demand is about 400 units/week, price $12.50 each."
    found = read_quantities(text).quantities
    assert (
        [text[one.start : one.end] for one in found] == [one.text for one in found] == ["400 units/week", "$12.50 each"]
    )


@pytest.mark.parametrize(
    ("text", "header", "column", "numbers"),
    [
        ("week\tactual\n1\t1,100\n2\t1,200", ("week", "actual"), "actual", [1100, 1200]),
        (
            "Here:\n| item | demand |\n|---|---|\n| A | 1.2M |\n| B | 800k |\nABC please",
            ("item", "demand"),
            "Demand",
            [1.2e6, 8e5],
        ),
        ("Woche;Bedarf\n1;12,5\n2;13,5", ("Woche", "Bedarf"), "Bedarf", [12.5, 13.5]),
        ("week,actual,forecast\n1,100,120\n2,110,115", ("week", "actual", "forecast"), 2, [120, 115]),
        ("1\t100\n2\t120", (), 1, [100, 120]),
        ("a,95%\nb,97%", (), 1, [95, 97]),
    ],
)
def test_a_pasted_table_gives_its_columns(text: str, header: tuple[str, ...], column: str | int, numbers: list[float]):
    reading = read_quantities(text)
    (table,) = reading.tables
    assert (table.header, table.column(column), reading.quantities) == (header, numbers, ())


def test_a_table_may_lie_on_its_side():
    (table,) = read_quantities("Actual\t100\t120\nForecast\t90\t130").tables
    assert table.row("forecast") == [90, 130]
    with pytest.raises(KeyError, match="Actual, Forecast"):
        table.row("Sales")


def test_a_table_refuses_what_it_does_not_have():
    (table,) = read_quantities("item\tdemand\nA\t100\nB\t2.750").tables
    assert table.unclear == ("2.750",)
    for name in ("sales", 7):
        with pytest.raises(KeyError, match="no column"):
            table.column(name)
    with pytest.raises(ValueError, match="'A'"):
        table.column("item")


@pytest.mark.parametrize(
    "text", ["D=1000, S=50\nH=5, L=3", "A,1,200\nB,1,300", "1,200\n1,300", "a, b\nc, d", "one; two\nthree; four"]
)
def test_lines_with_commas_are_no_table(text: str):
    assert read_quantities(text).tables == ()


def test_words_around_a_table_are_still_read():
    reading = read_quantities("Lead time 3 days\nweek\tsales\n1\t100\n2\t120\nand 95%")
    assert [one.value for one in reading.quantities] == [3, 95]
    assert isinstance(reading.tables[0], Table)


def whole(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


NOTATIONS = {
    "english": lambda number, cents: f"{whole(number, ',')}.{cents:02d}",
    "german": lambda number, cents: f"{whole(number, '.')},{cents:02d}",
    "swiss": lambda number, cents: f"{whole(number, chr(39))}.{cents:02d}",
    "thin": lambda number, cents: f"{whole(number, chr(0x202F))},{cents:02d}",
    "plain": lambda number, cents: f"{number}.{cents:02d}",
}


@pytest.mark.parametrize("notation", NOTATIONS)
@given(number=st.integers(0, 10**12), cents=st.integers(0, 99))
def test_a_number_comes_back_from_each_notation(notation: str, number: int, cents: int):
    text = NOTATIONS[notation](number, cents)
    expected = float(f"{number}.{cents:02d}")
    for message in (text, f"demand = {text} units", f"€{text}"):
        assert (only(message).value, only(message).others) == (expected, ())


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_float_comes_back_from_its_own_form_or_says_both_readings(number: float):
    quantity = only(f"x = {number!r}")
    assert number == quantity.value or number in quantity.others


@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=30), st.sampled_from([", ", "; ", " and "]))
def test_a_list_comes_back(numbers: list[int], mark: str):
    assert only(mark.join(map(str, numbers))).values == tuple(map(float, numbers))


ALPHABET = st.sampled_from(
    [*"0123456789,.;:/-+()[]|\t\n '%$€½ˆ²xXeEkMmaA", " per ", " a ", " one ", " half ", " third ", " million", "day", " week", " and ", " to ", "net ", " by ", "Jan ", " more ", "٣", "²", " no ", "salvage", " Acme ", " in ", "weights: ", " other ", " each ", " free of charge"]
)  # fmt: skip


def sane(text: str) -> Reading:
    reading = read_quantities(text)
    last = 0
    for one in reading.quantities:
        assert last <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert all(math.isfinite(value) for value in (one.value, *one.others, *one.values))
        assert not one.labels or len(one.labels) == len(one.values)
        last = one.end
    for group in reading.groups:
        members = [reading.quantities[index] for index in group.indices]
        assert len(set(group.labels)) == len(group.labels)
        assert members[0].labels == group.labels if len(members) == 1 else len(members) == len(group.labels)
    return reading


@examples(max_examples=400)
@given(st.lists(ALPHABET, max_size=40).map("".join))
@example("1e308 million")
@example("5 per 0 units")
def test_nothing_that_is_typed_breaks_it(text: str):
    sane(text)


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str):
    sane(text)


@pytest.mark.parametrize(
    "piece",
    ["1;", "123,", "1,234.", "1 ", "100 120 ", "9", "1/", "1-", "1x", "a1", "1:", "$", "- ", "1.5e", "half a ", "one ", "Jan 1 ", "by ", "1;\n", "1\t2\n", "x,1\n", "(1", "1 and ", "A 1 ", "per 1 ", "2023: 1 ", "about ", "1k", "not a number here "],
)  # fmt: skip
def test_long_messages_take_no_time(piece: str):
    text = (piece * 8_000)[:8_000]
    read_quantities("1")
    started = time.perf_counter()
    sane(text)
    assert time.perf_counter() - started < 5  # some tenths of a second here; a quadratic reading takes many seconds


def _seconds(text: str) -> float:
    """Return the processor time that reading a text takes, at best."""
    took = []
    for _ in range(3):
        started = time.process_time()
        read_quantities(text)
        took.append(time.process_time() - started)
    return min(took)


@pytest.mark.parametrize("piece", ["123,", "1,234", "12,5", "100,120,110,"])
def test_reading_digits_and_commas_takes_as_long_as_they_are(piece: str):
    text = (piece * 100_000)[:100_000]
    assert _seconds(text) < 10 * max(_seconds(text[:25_000]), 0.02)  # four times; sixteen if each read all again


def _random_words() -> str:
    chance = random.Random(1)  # noqa: S311
    pieces = ["".join(chance.choices("abcdefgh0123456789", k=chance.randint(1, 6))) for _ in range(30_000)]
    return " ".join(pieces)[:100_000]


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "Acme 100, " * 10_000, _random_words()], ids=["ones", "names", "random"]
)
def test_a_very_long_message_takes_seconds_at_most(text: str):
    read_quantities("Acme 1, Bolt 2")
    assert _seconds(text) < 3  # about one second on a machine that does nothing else


def test_a_mistake_in_the_words_is_refused(tmp_path: Any):
    data = yaml.safe_load(UNITS.read_text("utf-8"))
    data["units"]["week"].append("day")
    path = tmp_path / "units.yaml"
    path.write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(ValidationError, match="'day' stands both under"):
        read_units(path)
    del data["percents"]
    path.write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(ValidationError, match="percents"):
        read_units(path)

# ruff: noqa: RUF001
"""A single number is read with its notation, unit, currency, denominators, precision and change."""

from typing import Any

import pytest

from assistant.embedded.quantities import read_quantities
from tests.assistant.quantities.reading import assert_read


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
        ("for nine of them it was wrong", 9),
        ("they err by eleven.", 11),
        ("on a normal week 27 come off", 27),
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
    assert_read(text, value)


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
        ("the one thousand nine hundred order lines", 1900, "order_line"),
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
    assert_read(text, value, unit=unit)


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
    assert_read(text, value, percent=True)


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
    assert_read(text, value, currency=currency)


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
    assert_read(text, value, **expected)


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
    assert_read(text, value, change=change)


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
    assert_read(text, value, change=change, unit=unit)


@pytest.mark.parametrize("text", ["raise it to 98%", "it was up from 98%", "more than 98%", "increase to 98%"])
def test_what_is_reached_is_no_change(text: str):
    assert_read(text, 98, percent=True)


def test_faster_leaves_open_of_what_the_percentage_is():
    assert_read("20% faster", 0.8, change="times", others=(pytest.approx(1 / 1.2),))


@pytest.mark.parametrize(("text", "value"), [("fifty-seven went on backorder", 57), ("at thirty-six places", 36)])
def test_words_for_many_count_whatever_follows(text: str, value: float):
    assert_read(text, value)


@pytest.mark.parametrize("text", ["a fifty-fifty split", "since the nineteen nineties", "which one of the three"])
def test_fixed_expressions_count_nothing(text: str):
    assert not read_quantities(text).quantities


@pytest.mark.parametrize("text", ["since the winter of 2021", "at the end of 2023", "im Herbst von 2019"])
def test_a_year_after_its_season_is_no_amount(text: str):
    assert not read_quantities(text).quantities


def test_a_season_s_amount_is_one():
    assert_read("a season of 2,350 units", 2350, unit="item")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a 3-period moving average", [3]),
        ("a three-period average", [3]),
        ("a two-stage process", [2]),
        ("the three-way match", []),
        ("on a 5 x 5 matrix likelihood 2 and impact 1", [2, 1]),
        ("5×5 heat map: likelihood 2", [2]),
        ("a box of 5 x 6 cm", [5, 6]),
        ("9 warehouses become one, all kept in one warehouse", [9, 1]),
        ("six depots merge into two", [6, 2]),
        ("later it would sit in eight.", [8]),
        ("in two of them we saw it", [2]),
        ("in one way or another", []),
    ],
)
def test_numbers_of_stages_places_and_grids(text: str, values: list[float]) -> None:
    found = read_quantities(text).quantities
    assert [value for one in found for value in (one.values or (one.value,))] == values

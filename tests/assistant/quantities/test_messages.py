# ruff: noqa: E501
"""What a message as a whole decides: nothing, shares, ranges, decimal marks, and what is no quantity at all."""

import pytest

from assistant.embedded.quantities import read_quantities
from tests.assistant.quantities.reading import assert_read, only, values


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
    assert_read(text, value)
    assert only(text).text == said_as


def test_half_of_a_percentage_each_keeps_its_percent():
    assert_read("split it 50% each", 50, percent=True)


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


def test_a_million_at_the_end_is_meant_for_all_of_a_list():
    (one,) = read_quantities("orders of 5.2, 3.9, 1.6 and 0.8 million").quantities
    assert one.values == pytest.approx((5.2e6, 3.9e6, 1.6e6, 0.8e6))
    (other,) = read_quantities("sites of 450,000, 620,000 and 1.2 million").quantities
    assert other.values == pytest.approx((450_000, 620_000, 1.2e6))


def test_no_unit_reaches_into_a_line_with_a_label_of_its_own():
    first, second = read_quantities("work: 330 h\nper head: 7.8 h").quantities
    assert [(one.value, one.unit, one.per) for one in (first, second)] == [(330, "hour", ()), (7.8, "hour", ())]
    (wrapped,) = read_quantities("we sell 40 units\na day").quantities
    assert wrapped.per == ("day",)


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

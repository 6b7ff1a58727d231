"""Pasted tables give their columns and rows; lines that only look like one do not."""

import pytest

from assistant.embedded.quantities import Table, read_quantities


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

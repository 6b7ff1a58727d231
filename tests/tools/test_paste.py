"""What reading pasted tables promises: any usual form is understood, and whatever is left out is said."""

from pathlib import Path

import pytest

from tools.classification import ClassificationError, classify_items, read_table

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    "text",
    [
        "A\t1200.5\nB\t300",
        "sku,value\nA,1200.5\nB,300",
        'sku,value\nA,"1,200.50"\nB,300.00',
        "Artikel;Umsatz\nA;1.200,50 €\nB;300,00 €",
        "| item | annual sales |\n|------|-----:|\n| A | $1,200.50 |\n| B | $300 |",
        "A  1200.5\nB  300",
        "A: 1200.5\nB: 300",
        "A = 1 200,5\nB = 300,0",
        "- A 1200.5\n- B 300",
        "1) A 1200.5\n2) B 300",
        "A=1200.5, B=300",
        "A 1200.5; B 300",
        "A, 1,200.50\nB, 300.00",
        "A 1200,5\nB 300,0",
        "A: 1200,5\nB: 300,0",
        "item,revenue (EUR)\nA,1'200.50\nB,300",
        "Please class these:\nA,1200.5\nB,300",
        "\ufeffsku;value;lead time\r\nA;1200.5;3\r\nB;300;4\r\n\r\nTotal;1500.5;\r\n",
        "item,price,sales\nA,3,1200.5\nB,4,300",
    ],
)
def test_items_are_read_in_any_usual_form(text):
    read = read_table(text)
    assert list(read.items.names) == ["A", "B"]
    assert read.items.values.tolist() == [1200.5, 300]
    assert not read.invalid


@pytest.mark.parametrize(
    "text",
    [
        "sku,Jan,Feb,Mar\nA,1,2,3\nB,4,,6",
        "sku;2024-01;2024-02;2024-03\nA;1;2;3\nB;4;-;6",
        "item\t1\t2\t3\nA\t1\t2\t3\nB\t4\t0\t6",
        "item\t2022\t2023\t2024\ttotal\nA\t1\t2\t3\t6\nB\t4\t0\t6\t10",
        "\tW1\tW2\tW3\nA\t1\t2\t3\nB\t4\t0\t6",
        "A 1 2 3\nB 4 0 6",
        "A: 1, 2, 3\nB: 4, 0, 6",
        "A\t1\t2\t3\nB\t4\t0\t6",
        'product,description,Q1 2024,Q2 2024,Q3 2024\nA,"nut, big",1,2,3\nB,bolt,4,0,6',
    ],
)
def test_demand_by_period_is_read_in_any_usual_form(text):
    read = read_table(text)
    assert list(read.items.names) == ["A", "B"]
    assert read.items.demand.tolist() == [[1, 2, 3], [4, 0, 6]]


def test_empty_cells_of_demand_are_said_to_be_none():
    assert "1 empty cell counts as no demand" in read_table("sku,Jan,Feb\nA,1,2\nB,4,").assumptions[0]


def test_unit_cost_and_demand_are_told_apart():
    items = read_table("part,annual demand,unit cost\n101,500,200\n102,2000,10").items
    assert classify_items(items).values == [100_000, 20_000]


def test_names_that_end_in_a_number_keep_it():
    read = read_table("Item 1 500\nItem 2 300\nItem 3 20")
    assert list(read.items.names) == ["Item 1", "Item 2", "Item 3"]
    assert read.items.values.tolist() == [500, 300, 20]


def test_a_comma_behind_numbered_names_parts_cells():
    read = read_table("Item 1,500\nItem 2,300")
    assert list(read.items.names) == ["Item 1", "Item 2"]
    assert read.items.values.tolist() == [500, 300]
    assert list(read_table("1001,500\n1002,300").items.names) == ["1001", "1002"]


def test_totals_are_left_out_and_said_but_a_product_called_total_is_kept():
    read = read_table("item,value\nTotal Care shampoo,5\nsoap,4\nGrand total,9")
    assert list(read.items.names) == ["Total Care shampoo", "soap"]
    assert read.left_out == ["Line 4 (Grand total) is left out as a line of totals."]


def test_every_line_is_an_item_or_accounted_for():
    text = "Our stock\nitem,value\nA,5\nB,n.a.\nC,-3\nbolt, long,7\nTotal,9\n"
    read = read_table(text)
    told = {2} | set(read.items.lines) | {wrong.line for wrong in read.invalid}
    assert told | {1, 7} == set(range(1, 8))
    assert [line.split()[1] for line in read.left_out] == ["1", "7"]
    assert "Line 4 (B): value is 'n.a.', which is no number" in read.invalid[0].reason
    assert classify_items(read.items).invalid[0].line == 5


@pytest.mark.parametrize(("cell", "value"), [("(5)", -5), ("5-", -5), ("\u22125", -5), ("-$5", -5), ("1e3", 1000)])
def test_signs_and_brackets_are_read(cell, value):
    assert read_table(f"item;value\nA;{cell}\nB;7").items.values.tolist() == [value, 7]


def test_a_number_that_can_be_read_in_two_ways_is_said_and_can_be_settled():
    text = "item;value\nA;1.234\nB;2.500"
    read = read_table(text)
    assert read.items.values.tolist() == [1.234, 2.5]
    assert "'1.234' can be read in two ways" in read.warnings[0]
    assert read_table(text, decimal=",").items.values.tolist() == [1234, 2500]


def test_other_numbers_of_the_table_settle_the_decimal_mark():
    read = read_table("item;value\nA;1.234\nB;2.500,75")
    assert read.items.values.tolist() == [1234, 2500.75]
    assert not read.warnings


def test_columns_can_be_stated():
    text = "A\t3\t7\nB\t4\t8"
    with pytest.raises(ClassificationError, match="unclear what the numbers are"):
        read_table(text)
    items = read_table(text, columns={1: "unit_cost", 2: "demand"}).items
    assert classify_items(items).values == [21, 32]


def test_repeated_names_are_kept_and_said():
    read = read_table("item,value\nA,5\nA,4\nB,3")
    assert len(read.items) == 3
    assert "1 of 3 lines" in read.warnings[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("hello there", "No column holds numbers"),
        ("a,b\nc,d", "No column holds numbers"),
        ("x" * 20_000_001, "20,000,001 characters"),
        ("a,1\n" * 100_001, "100,001 lines"),
        ("1," * 5000, "5,001 cells"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(text, reason):
    with pytest.raises(ClassificationError, match=reason):
        read_table(text)


def test_ten_thousand_lines_are_read_whole():
    text = "sku;value\n" + "\n".join(f"S{place};{place + 1},5" for place in range(10_000))
    read = read_table(text)
    assert len(read.items) == 10_000
    assert read.items.values[-1] == 10_000.5
    assert read.items.lines[-1] == 10_001


@pytest.mark.skipif(not DATA.exists(), reason="the real tables lie beside the project, not in it")
@pytest.mark.parametrize(
    ("name", "count", "periods"),
    [
        ("online_retail_monthly_demand_top300.csv", 300, 13),
        ("supplychainpy_inventory_sample_small.csv", 39, 12),
        ("scms_sample_1000_lines.csv", 1000, 0),
    ],
)
def test_real_tables_are_classified(name, count, periods):
    read = read_table((DATA / name).read_text("utf-8"))
    result = classify_items(read.items)
    assert (len(read.items), len(read.items.periods), read.invalid) == (count, periods, [])
    assert all(result.abc[place] for place in range(count) if result.values[place] > 0)
    assert (len(result.matrix) == 9) == bool(periods)

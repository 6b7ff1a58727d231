"""Tables of nodes as people have them in spreadsheets: marks, headers, units, totals, several sources, problems."""

import csv
import io
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.risk.errors import ReviewError
from tools.risk.paste import read_nodes
from tools.risk.paste_columns import known_role, words
from tools.risk.paste_rows import MOST_BYTES

EXCEL = (
    "Critical parts, May 2026\t\t\t\t\t\t\t\t\n"
    "\t\t\t\t\t\t\t\t\n"
    "Part\tSupplier\tCountry\tShare %\tTTR (days)\tStock cover (weeks)\tWeekly margin (k€)\tSub-tier\tCritical?\n"
    "Motor controller\tTaiChip\tTaiwan\t60\t70\t6\t1.250,5\tFab 3; Port of Kaohsiung\tyes\n"
    "\tKoChip\tKorea\t40\t\t\t\tFab 3\t\n"
    "Seal\tSealCo\tGermany\t100\t21\t5\t80,0\t\tno\n"
    "Grand Total\t\t\t\t\t\t1.330,5\t\t\n"
)


def only(text: str):
    found = read_nodes(text)
    assert found.problems == []
    assert len(found.nodes) == 1
    return found.nodes[0]


def reasons(text: str) -> list[str]:
    return [problem.reason for problem in read_nodes(text).problems]


def test_a_sheet_as_it_is_copied_from_excel():
    found = read_nodes(EXCEL)
    controller, seal = found.nodes
    assert (controller.ttr_weeks, controller.cover_weeks, controller.margin_per_week) == (10, 6, 1_250_500)
    assert [source.model_dump(exclude_defaults=True) for source in controller.sources] == [
        {"supplier": "TaiChip", "country": "Taiwan", "share": 0.6, "sub_tier": ["Fab 3", "Port of Kaohsiung"]},
        {"supplier": "KoChip", "country": "Korea", "share": 0.4, "sub_tier": ["Fab 3"]},
    ]
    assert (seal.ttr_weeks, seal.critical, seal.sources[0].share) == (3, False, 1)
    assert found.problems == []
    assert found.currency == "EUR"
    assert any("1 week = 7 days" in note for note in found.notes)
    assert any("units of 1,000" in note for note in found.notes)
    assert any("Row 7 (Grand Total)" in line for line in found.left_out)
    assert any("above the header" in line for line in found.left_out)


@pytest.mark.parametrize("mark", ["\t", ";", ",", "|"])
def test_the_same_table_with_every_mark(mark):
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(csv.reader(io.StringIO(EXCEL), delimiter="\t"))
    assert read_nodes(out.getvalue()).nodes == read_nodes(EXCEL).nodes


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(ends):
    assert read_nodes(EXCEL.replace("\n", ends)).nodes == read_nodes(EXCEL).nodes
    assert read_nodes("\ufeff" + EXCEL).nodes == read_nodes(EXCEL).nodes


def test_a_table_drawn_with_bars():
    text = "| Node | TTR weeks | Cover |\n|------|----------:|-------|\n| Seal | 9 | 4 |\n"
    made = only(text)
    assert (made.name, made.ttr_weeks, made.cover_weeks) == ("Seal", 9, 4)


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("TTR", "6", "ttr_weeks", 6),
        ("Time to recover (weeks)", "6", "ttr_weeks", 6),
        ("Time to recovery [days]", "42", "ttr_weeks", 6),
        ("recovery time in months", "3", "ttr_weeks", 13),
        ("TTR_days", "3,5", "ttr_weeks", 0.5),
        ("Time to recovr", "6", "ttr_weeks", 6),
        ("Wiederanlaufzeit (Tage)", "7", "ttr_weeks", 1),
        ("TTR (weeks)", "42 days", "ttr_weeks", 6),
        ("TTR", "~6 wks", "ttr_weeks", 6),
        ("Days of stock", "14", "cover_weeks", 2),
        ("Stock cover wks", "2.5", "cover_weeks", 2.5),
        ("Reichweite (Wochen)", "2,5", "cover_weeks", 2.5),
        ("Weeks of cover", "0", "cover_weeks", 0),
        ("Switch time (months)", "6", "switch_weeks", 26),
        ("Alternate share", "40 %", "alternate_share", 0.4),
        ("Alternate share (%)", "40", "alternate_share", 0.4),
        ("Backup share", "0.4", "alternate_share", 0.4),
        ("Backup share", "0,4", "alternate_share", 0.4),
        ("Alternatives", "0", "alternate_share", 0),
        ("Share affected", "25%", "share_affected", 0.25),
        ("Weekly margin", "€ 12,500.50", "margin_per_week", 12_500.5),
        ("Margin per week (k€)", "12.5", "margin_per_week", 12_500),
        ("Annual margin", "520000", "margin_per_week", 10_000),
        ("Margin / month", "13000", "margin_per_week", 3000),
        ("Margin p.a. (EUR m)", "5.2", "margin_per_week", 100_000),
        ("Margin", "1.2 Mio EUR", "margin_per_week", 1_200_000),
        ("Margin", "250k", "margin_per_week", 250_000),
        ("Deckungsbeitrag pro Woche", "1.250.000,50 €", "margin_per_week", 1_250_000.5),
        ("Bestand", "1 200", "stock", 1200),
        ("Stock (days)", "14", "cover_weeks", 2),
        ("Inventory [weeks]", "3", "cover_weeks", 3),
        ("Warengruppe", "Dichtungen", "category", "Dichtungen"),
        ("Type", "Plant", "kind", "site"),
        ("Critical", "x", "critical", True),
        ("Critical?", "No", "critical", False),
        ("TTR basis", "supplier statement", "ttr_basis", "supplier figure"),
        ("Evidence", "Audit of May", "evidence", "Audit of May"),
        ("Comments", "=HYPERLINK(1)", "note", "=HYPERLINK(1)"),
    ],
)
def test_headers_units_and_cells(header, cell, field, value):
    made = only(f"Node\t{header}\nSeal\t{cell}\n")
    assert getattr(made, field) == pytest.approx(value) if isinstance(value, float) else getattr(made, field) == value


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("Annual spend", "1200", "spend", 1200),
        ("Monthly spend (TEUR)", "10", "spend", 120_000),
        ("Capacity per day", "100", "capacity", 700),
        ("Country of origin", "Taiwan", "country", "Taiwan"),
        ("Anteil %", "35", "share", 0.35),
        ("Tier 2", "Mill / Port, Refinery", "sub_tier", ["Mill", "Port", "Refinery"]),
    ],
)
def test_columns_of_a_source(header, cell, field, value):
    made = only(f"Part;Supplier;{header}\nSeal;Acme;{cell}\n")
    assert getattr(made.sources[0], field) == value
    assert made.sources[0].supplier == "Acme"


def test_columns_in_any_order_and_several_sources_in_one_row():
    text = "Share 2,Alternate supplier,TTR,Supplier 1,Part,Share 1,Country 2\n30%,KoChip,9,TaiChip,Board,70%,Korea\n"
    made = only(text)
    assert made.ttr_weeks == 9
    assert [(one.supplier, one.share, one.country) for one in made.sources] == [
        ("TaiChip", 0.7, ""),
        ("KoChip", 0.3, "Korea"),
    ]


@pytest.mark.parametrize(
    ("header", "role", "source"),
    [
        ("Supplier share", "share", 1),
        ("Share of second source", "share", 2),
        ("2nd source share (%)", "share", 2),
        ("Country of supplier", "country", 1),
        ("Supplier country code", "country", 1),
        ("Name of supplier", "supplier", 1),
        ("Backup supplier", "supplier", 2),
        ("Vendor_3", "supplier", 3),
        ("Tier 2", "sub_tier", 1),
        ("Gross margin %", "ignored", 1),
        ("Number of suppliers", "ignored", 1),
        ("Lead time (weeks)", "ignored", 1),
        ("Colour", "", 1),
        ("", "", 1),
    ],
)
def test_what_a_header_is_about(header, role, source):
    known, _, which = known_role(header)
    assert (known, which) == (role, source)


def test_no_word_stands_for_two_columns():
    listed = [word for spelled in words().values() for word in spelled]
    assert len(listed) == len(set(listed))
    for role, spelled in words().items():
        assert {known_role(word)[0] for word in spelled} == {role}


@pytest.mark.parametrize("word", ["", "-", "n/a", "?", "unknown", "tbd", "#N/A"])
def test_unknown_cells_stay_unknown(word):
    made = only(f"Node;TTR;Cover;Margin\nSeal;{word};4;{word}\n")
    assert (made.ttr_weeks, made.cover_weeks, made.margin_per_week) == (None, 4, None)


def test_zero_is_not_unknown():
    made = only("Node;TTR;Cover;Alternate share;Margin\nSeal;0;0;0;0\n")
    assert (made.ttr_weeks, made.cover_weeks, made.alternate_share, made.margin_per_week) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        ("TTR (weeks)", "-3", "is negative; enter 0 or more weeks"),
        ("TTR (weeks)", "600", "more than 520"),
        ("TTR", "10-12", "is a range"),
        ("TTR", "> 10", "is a bound"),
        ("TTR", "soon", "is no number"),
        ("TTR", "6m", "months or minutes"),
        ("TTR", "6 pcs", "no unit of time"),
        ("Alternate share (%)", "120", "is 120 %, more than 100 %"),
        ("Alternate share", "1.2", "more than 100 %"),
        ("Alternate share", "-5 %", "is negative"),
        ("Alternate share", "40 days", "this is a share"),
        ("Margin", "-100", "is negative"),
        ("Margin", "35 %", "is a share, not an amount"),
        ("Margin", "5 weeks lost", "does not belong here (lost)"),
        ("Margin", "1e300", "too large"),
        ("Critical", "perhaps", "neither yes nor no"),
        ("Kind", "thing", "part, supplier, site, lane, system"),
        ("TTR basis", "the moon", "own guess, supplier figure, tested"),
        ("Category", "x" * 301, "301 characters long; shorten it to 300"),
    ],
)
def test_problems_name_row_column_value_and_remedy(header, cell, said):
    text = f"Node\t{header}\tCover\nFine\t\t1\nSeal\t{cell}\t4\n"
    found = read_nodes(text)
    assert len(found.problems) == 1
    problem = found.problems[0]
    assert (problem.row, problem.column, problem.value, problem.node) == (3, header, cell[:60], "Seal")
    assert problem.reason.startswith(f'Row 3 (Seal), {header}: "{cell[:60]}" ')
    assert said in problem.reason
    assert [(one.name, one.cover_weeks) for one in found.nodes] == [("Fine", 1), ("Seal", 4)]


def test_a_fraction_beside_a_percentage_is_asked_about():
    found = read_nodes("Node;Supplier;Share\nA;X;0,6\nA;Y;0,4\nB;Z;35\n")
    assert "the other shares are fractions" in found.problems[0].reason
    assert found.nodes[1].sources[0].share is None


def test_bare_percentages_are_known_by_their_size():
    found = read_nodes("Node;Supplier;Share\nA;X;60\nA;Y;40\nB;Z;100\n")
    assert [source.share for one in found.nodes for source in one.sources] == [0.6, 0.4, 1]
    assert "Share: the numbers are taken as percent." in found.notes


@pytest.mark.parametrize("one", ["1", "1.0"])
def test_a_bare_1_of_an_only_source_is_asked_about_among_percentages(one):
    found = read_nodes(f"Node\tSupplier\tShare\nA\tX\t60\nA\tY\t40\nB\tZ\t{one}\n")
    assert 'Row 4 (B), Share: "1" can be 1 % or all of it' in found.problems[0].reason
    assert [source.share for node in found.nodes for source in node.sources] == [0.6, 0.4, None]


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("Node\tSupplier\tShare\nA\tX\t60\nA\tY\t40\nB\tZ\t1 %\n", [0.6, 0.4, 0.01]),
        ("Node\tSupplier\tShare %\nA\tX\t60\nA\tY\t40\nB\tZ\t1\n", [0.6, 0.4, 0.01]),
        ("Node\tSupplier\tShare\nA\tX\t99\nA\tY\t1\n", [0.99, 0.01]),
        ("Node\tSupplier\tShare\nA\tX\t0.6\nA\tY\t0.4\nB\tZ\t1\n", [0.6, 0.4, 1]),
    ],
)
def test_a_1_that_is_clear_is_taken(text, shares):
    found = read_nodes(text)
    assert not found.problems
    assert [source.share for node in found.nodes for source in node.sources] == shares


def test_shares_above_all_together_are_named_and_left_unknown():
    found = read_nodes("Node;Supplier;Share %\nA;X;80\nA;Y;60\n")
    assert "adds up to 140 %" in found.problems[0].reason
    assert [(source.supplier, source.share) for source in found.nodes[0].sources] == [("X", None), ("Y", None)]


def test_rows_of_one_name_are_sources_of_one_node():
    text = "Node;Supplier;Cover;Category\nSeal;X;4;Seals\nBolt;Z;1;\nSEAL ;Y;4;Seals\n"
    found = read_nodes(text)
    assert [(one.name, len(one.sources)) for one in found.nodes] == [("Seal", 2), ("Bolt", 1)]
    assert found.problems == []


def test_rows_of_one_node_that_contradict_each_other_are_named():
    found = read_nodes("Node;Supplier;Cover\nSeal;X;4\nSeal;Y;8\n")
    assert found.nodes[0].cover_weeks == 4
    assert "differs from an earlier row of Seal" in found.problems[0].reason
    assert found.problems[0].row == 3


def test_a_row_that_repeats_another_is_left_out():
    found = read_nodes("Node;Supplier;Share\nSeal;X;50%\nSeal;X;50%\n")
    assert len(found.nodes[0].sources) == 1
    assert "repeats a source" in found.left_out[0]


@pytest.mark.parametrize(
    "name", ["Total", "Grand Total", "TOTAL:", "Subtotal", "Sub-total seals", "Summe", "Gesamtergebnis", "Sum of all"]
)
def test_totals_are_left_out_and_said(name):
    found = read_nodes(f"Node;Cover;Spend;Supplier\nSeal;4;5;X\n{name};;5;\n")
    assert [one.name for one in found.nodes] == ["Seal"]
    assert f"Row 3 ({name})" in found.left_out[0]


def test_a_company_called_total_is_no_total():
    found = read_nodes("Node;Supplier;Cover\nTotal Lubricants;TotalEnergies;4\nOil;Total Lubricants SE;2\n")
    assert [one.name for one in found.nodes] == ["Total Lubricants", "Oil"]
    assert found.nodes[1].sources[0].supplier == "Total Lubricants SE"


def test_totals_and_transfers_among_suppliers_are_left_out():
    text = "Node;Supplier;Spend\nSeal;X;60\nSeal;Department transfer;10\nSeal;Grand Total;70\nIntercompany charges;;9\n"
    found = read_nodes(text)
    assert [one.supplier for one in found.nodes[0].sources] == ["X"]
    assert [one.name for one in found.nodes] == ["Seal"]
    assert len(found.left_out) == 3


def test_headings_between_rows_become_categories_where_there_is_no_column_for_them():
    text = "Part;TTR;Cover\nElectronics;;\nBoard;9;4\nMechanics;;\nSeal;5;4\nBolt;5;4\n"
    found = read_nodes(text)
    assert [(one.name, one.category) for one in found.nodes] == [
        ("Board", "Electronics"),
        ("Seal", "Mechanics"),
        ("Bolt", "Mechanics"),
    ]
    assert len([line for line in found.left_out if "heading" in line]) == 2
    with_column = read_nodes("Part;TTR;Category\nElectronics;;\nBoard;9;E\n")
    assert [(one.name, one.category) for one in with_column.nodes] == [("Board", "E")]


def test_a_list_of_names_is_a_list_of_nodes():
    assert [one.name for one in read_nodes("Node\nSeal\nBolt\n").nodes] == ["Seal", "Bolt"]
    bare = read_nodes("Seal\nBolt\nMotor controller\n")
    assert [one.name for one in bare.nodes] == ["Seal", "Bolt", "Motor controller"]
    assert "No header" in bare.notes[0]


def test_a_list_of_suppliers_is_a_list_of_nodes_of_that_kind():
    found = read_nodes("Supplier;Country;TTR\nAcme;DE;6\nBolt & Co;FR;4\n")
    assert [(one.name, one.kind, one.sources[0].country) for one in found.nodes] == [
        ("Acme", "supplier", "DE"),
        ("Bolt & Co", "supplier", "FR"),
    ]
    assert "suppliers (Supplier) are taken as nodes" in found.notes[0]


def test_columns_without_use_are_named():
    found = read_nodes("Node;Lead time;TTR;TTS;Single source?;Buyer\nSeal;3;9;4;yes;Jo\n")
    assert any("Not used: Lead time, TTS, Single source?, Buyer" in note for note in found.notes)
    assert found.nodes[0].sources == []
    assert [one.role for one in found.columns] == ["name", "", "ttr", "", "", ""]


def test_cells_with_line_ends_and_marks_in_quotes():
    made = only('Node,Note,Cover\n"Seal, shaft","first line\nsecond ""line""",4\n')
    assert made.name == "Seal, shaft"
    assert made.note == 'first line\nsecond "line"'
    assert made.cover_weeks == 4


def test_a_quote_without_an_end_swallows_nothing():
    rows = "".join(f"Part {place}\t{place}\n" for place in range(40))
    found = read_nodes(f'Node\tCover\n"Seal 12\t4\n{rows}')
    assert len(found.nodes) == 41
    assert read_nodes('Node\tCover\nPipe 12"\t4\n').nodes[0].name == 'Pipe 12"'


def test_markup_stays_as_it_was_typed():
    made = only("Node\tSupplier\tCover\n<script>alert(1)</script>\t=1+1\t4\n")
    assert made.name == "<script>alert(1)</script>"
    assert made.sources[0].supplier == "=1+1"


def test_control_characters_are_left_out():
    assert only("Node\tCover\nSe\x00al\u202e\t4\n").name.startswith("Seal")


def test_several_currencies_are_pointed_out():
    found = read_nodes("Node;Margin\nSeal;€ 500\nBolt;$ 300\n")
    assert any("EUR and USD" in note for note in found.notes)
    assert found.currency == ""


def test_a_number_that_can_be_read_in_two_ways_is_said():
    found = read_nodes("Node\tMargin\nSeal\t1,250\n")
    assert found.nodes[0].margin_per_week == 1250
    assert any("two ways" in note for note in found.notes)
    semicolons = read_nodes("Node;Margin\nSeal;1.250\n")
    assert semicolons.nodes[0].margin_per_week == 1250


@pytest.mark.parametrize(
    ("cells", "margins"),
    [
        (["45.000"], [45_000]),
        (["45,000", "120.000"], [45_000, 120_000]),
        (["€ 45.000", "120.500,50"], [45_000, 120_500.5]),
        (["45,50", "45.000"], [45.5, 45_000]),
        (["45.000", "1.5"], [45_000, 1.5]),
        (["1.250 Mio", "45.000"], [1_250_000, 45_000]),
    ],
)
def test_three_digits_behind_the_mark_of_an_amount_of_money_are_thousands(cells, margins):
    found = read_nodes("Node\tCover\tMargin per week\n" + "\n".join(f"N{at}\t4\t{one}" for at, one in enumerate(cells)))
    assert [node.margin_per_week for node in found.nodes] == margins


def test_weeks_with_three_decimals_stay_weeks():
    (node,) = read_nodes("Node\tTTR (weeks)\tMargin per week\nSeal\t1.500\t45.000\n").nodes
    assert (node.ttr_weeks, node.margin_per_week) == (1.5, 45_000)


def test_mixed_marks_are_told_by_name_and_cell():
    (note,) = (one for one in read_nodes("Node\tCover\tMargin per week\nCups\t4\t45,000\nLids\t4\t120.000\n").notes
               if "mixed" in one)  # fmt: skip
    assert "Cups: '45,000' is 45000" in note
    assert "Lids: '120.000' is 120000" in note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        ("12;13;14\n15;16;17\n", "No row names the columns"),
        ("Country;Share %\nDE;50\n", "No column names the nodes"),
        ("a" * (MOST_BYTES + 1), "more than 2 MB"),
        ("Node" + "\tx" * 300, "more than 200"),
    ],
)
def test_text_that_is_no_table_of_nodes_is_refused(text, said):
    with pytest.raises(ReviewError, match=said):
        read_nodes(text)


def test_a_thousand_rows_are_read_quickly():
    head = "Part;Supplier;Country;Share %;TTR (days);Cover;Weekly margin (k€);Spend;Sub-tier;Critical\n"
    rows = "".join(
        f"Part {place // 2};Supplier {place};C{place % 9};50;{place // 2 % 60};4,5;12,5;1000;Mill {place % 7};yes\n"
        for place in range(2000)
    )
    start = time.perf_counter()
    found = read_nodes(head + rows)
    took = time.perf_counter() - start
    assert len(found.nodes) == 1000
    assert all(len(one.sources) == 2 for one in found.nodes)
    assert found.problems == []
    assert took < 5  # measured below half a second; the bound only catches growth with the square of the rows


def test_a_table_full_of_problems_is_cut_off_and_counted():
    found = read_nodes("Node;TTR\n" + "".join(f"N{place};soon\n" for place in range(700)))
    assert len(found.nodes) == 700
    assert len(found.problems) == 500
    assert found.more_problems == 200


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(text):
    with suppress(ReviewError):
        assert all(one.name for one in read_nodes(text).nodes)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["Seal", "", "40 %", "-3", "1.234,5", "6 days", "Total", "yes", '"', "NaN"]), max_size=7
        ),
        max_size=12,
    )
)
def test_any_cells_below_a_header_are_read(rows):
    text = "\n".join(["Node\tTTR\tCover\tShare\tSupplier\tMargin", *("\t".join(row) for row in rows)])
    found = read_nodes(text)
    for one in found.nodes:
        assert one.ttr_weeks is None or 0 <= one.ttr_weeks <= 520
        assert all(source.share is None or 0 <= source.share <= 1 for source in one.sources)


@pytest.mark.parametrize("cells", [("3 weeks", "2 weeks"), ("1w", "2w"), ("3 weeks", "2"), ("21 days", "14 d")])
def test_stock_in_weeks_is_cover_and_that_is_said(cells: tuple[str, str]) -> None:
    read = read_nodes(f"Node\tTTR\tStock\nA1\t14 weeks\t{cells[0]}\nB1\t6\t{cells[1]}")
    assert [node.stock for node in read.nodes] == [None, None]
    assert [node.cover_weeks for node in read.nodes] == [1 if cells[0] == "1w" else 3, 2]
    assert any("taken as stock cover" in note for note in read.notes)


@pytest.mark.parametrize("header", ["Stock", "Inventory", "Bestand"])
def test_stock_without_a_unit_is_units_and_that_is_said(header: str) -> None:
    read = read_nodes(f"Node\tTTR\t{header}\nA1\t14 weeks\t300\nB1\t6\t200")
    assert [(node.stock, node.cover_weeks) for node in read.nodes] == [(300, None), (200, None)]
    assert any(f"head the column {header} (weeks)" in note for note in read.notes)


def test_stock_that_is_headed_as_units_is_not_doubted() -> None:
    assert not [note for note in read_nodes("Node\tTTR\tUnits in stock\nA1\t14 weeks\t300").notes if "stock" in note]


def test_a_time_among_units_in_stock_is_a_problem_where_cover_has_a_column_of_its_own() -> None:
    read = read_nodes("Node\tTTR\tCover\tStock\nA1\t14 weeks\t2\t3 weeks")
    assert [(node.stock, node.cover_weeks) for node in read.nodes] == [(None, 2)]
    assert "is a time, no number of units" in read.problems[0].reason

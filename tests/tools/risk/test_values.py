"""Answers are read as people type them, and what cannot be right is refused with a remedy."""

import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.risk.amounts import AmountError, read_amount
from tools.risk.checklist import AnswerValue, Column, Question
from tools.risk.checklists import load_checklist
from tools.risk.errors import ReviewError
from tools.risk.plain import clean
from tools.risk.values import read_answer, read_value, shown_value

CHECKLIST = load_checklist()
SHARES = Question(
    id="own.1",
    ask="Who delivers what?",
    kind="table",
    columns=(
        Column(name="Item"),
        Column(name="Supplier"),
        Column(name="Share (%)", kind="share", parts_of="Item"),
        Column(name="Approved", kind="yes or no"),
        Column(name="Since", kind="date"),
    ),
    own=True,
)
MIX = Question(
    id="own.2",
    ask="Which countries?",
    kind="table",
    columns=(Column(name="Country"), Column(name="Share", kind="share"), Column(name="Weeks", kind="weeks")),
    own=True,
)


def question(question_id: str) -> Question:
    found = CHECKLIST.question(question_id)
    assert found is not None
    return found


def refusal(asked: Question, raw: object) -> str:
    with pytest.raises(ReviewError) as error:
        read_value(asked, raw)
    assert all(one.field.startswith(asked.id) for one in error.value.wrong)
    return str(error.value)


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [
        ("10 weeks", 10),
        ("10", 10),
        ("10w", 10),
        (" about 10 wks. ", 10),
        ("~ 12.5", 12.5),
        ("12,5 Wochen", 12.5),
        ("21 days", 3),
        ("336 h", 2),
        ("1 year", 52),
        ("3 months", 13),
        ("0", 0),
        ("ten weeks", 10),
        ("half a year", 26),
        ("about a month or so", 52 / 12),
        (7, 7),
        (7.25, 7.25),
    ],
)
def test_weeks_are_read_in_any_unit_of_time(typed: object, weeks: float) -> None:
    assert read_value(question("2.3"), typed) == pytest.approx(weeks)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1,200", 1200), ("1.200,5", 1200.5), ("2 500", 2500), ("2500 points", 2500), ("2.5k", 2500)],
)
def test_numbers_are_read_with_thousands_and_either_decimal_mark(typed: str, number: float) -> None:
    assert read_value(question("2.2"), typed) == number


@pytest.mark.parametrize(("typed", "percent"), [("97 %", 97), ("97%", 97), ("97.5 percent", 97.5), ("98", 98), (0, 0)])
def test_percent_is_read_with_and_without_its_sign(typed: object, percent: float) -> None:
    assert read_value(question("5.4"), typed) == percent


@pytest.mark.parametrize(
    ("unit", "typed", "amount"),
    [
        ("EUR", "€ 1.2m", 1.2e6),
        ("EUR", "1.2 million EUR", 1.2e6),
        ("EUR a year", "350k", 350e3),
        ("EUR a year", "EUR 350,000 per year", 350e3),
        ("money", "$ 4,000", 4000),
        ("pumps", "30 pumps", 30),
        ("pumps", "1 pump", 1),
        ("pumps", "about 12-ish", 12),
        ("pumps", "12ish pumps", 12),
        ("pumps", "roughly a dozen", 12),
        ("pumps", "half a dozen pumps", 6),
        ("pumps", "12 or so", 12),
        ("pumps", "12 give or take", 12),
        ("weeks", "half a week", 0.5),
        ("", "-5", -5),
    ],
)
def test_money_and_counted_things(unit: str, typed: str, amount: float) -> None:
    assert read_amount(typed, unit) == pytest.approx(amount)


@pytest.mark.parametrize(
    ("asked", "typed", "said"),
    [
        ("2.3", "-3 weeks", 'Question 2.3: "-3 weeks" is negative; enter 0 to 520 weeks.'),
        ("2.3", -3, "is negative"),
        ("2.3", "12 years", "above the highest possible, 520 weeks"),
        ("5.4", "140 %", '"140 %" is above the highest possible, 100 %; enter 0 to 100 %'),
        ("2.3", "35 %", '"35 %" is not an amount in weeks; enter the number in weeks'),
        ("2.3", "10 EUR", "is not an amount in weeks"),
        ("5.4", "3 weeks", "is not an amount in %"),
        ("5.3", "4 kg", "is not an amount in hours"),
        ("2.2", "2.500", '"2.500" can be read in two ways; enter 2500'),
        ("2.2", "10 EUR", "is money, not an amount in points"),
        ("2.2", "10 widgets", "has a unit that does not belong here (widgets)"),
        ("2.3", "8-10 weeks", "is a range; enter one number, the more cautious end"),
        ("2.3", "8 to 10", "is a range"),
        ("2.3", "soon", '"soon" is not a number; enter digits'),
        ("2.3", True, "is not a number"),
        ("2.3", ["4"], "is not a number"),
        ("2.3", {"weeks": 4}, "is not a number"),
        ("2.3", "nan", "is not a number"),
        ("2.3", math.nan, "not a number that can be counted with"),
        ("2.3", math.inf, "not a number that can be counted with"),
        ("2.2", "1e300", "not a number that can be counted with"),
        ("2.2", 10**400, "too many digits"),
        ("2.3", "9" * 5000, "too long for a number"),
    ],
)
def test_numbers_that_cannot_be_right_are_refused_with_a_remedy(asked: str, typed: object, said: str) -> None:
    assert said in refusal(question(asked), typed)


@pytest.mark.parametrize("typed", [None, "", "  \n", "\x00"])
@pytest.mark.parametrize("asked", ["1.1", "1.2", "2.1", "2.3", "6.1"])
def test_nothing_entered_is_no_value(asked: str, typed: object) -> None:
    assert read_value(question(asked), typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "Same country",
        "same country",
        " SAME COUNTRY. ",
        "Same countri",
        "2",
        "option 2",
        "2.",
        2,
        2.0,
        ["Same country"],
    ],
)
def test_an_option_is_found_as_people_write_it(typed: object) -> None:
    assert read_value(question("2.4"), typed) == "Same country"


def test_yes_and_no_find_their_option() -> None:
    insured = Question(id="own.3", ask="Insured?", kind="choice", options=("Yes", "No", "In part"), own=True)
    assert read_value(insured, "y") == "Yes"
    assert read_value(insured, False) == "No"
    assert read_value(insured, "true") == "Yes"
    assert "Choose from: Yes; No; In part." in refusal(insured, "perhaps")


@pytest.mark.parametrize("typed", ["Mars", "9", "0", "S", "same", {}, ["Same country", "Independent"], True])
def test_an_option_that_does_not_exist_or_is_unclear_lists_the_options(typed: object) -> None:
    assert (
        "Choose from: Same site or region; Same country; Another country, but a shared port; Independent."
        in refusal(question("2.4"), typed)
    )


def test_several_options_are_kept_in_their_order_and_once() -> None:
    expected = ["Supplier insolvency", "IT outage", "Reverse test"]
    for typed in (
        ["IT outage", "Reverse test", "Supplier insolvency", "it outage"],
        "reverse test; IT outage; supplier insolvency",
        "IT outage, reverse test and supplier insolvency",
    ):
        assert read_value(question("6.1"), typed) == expected


def test_strange_ones_among_several_options_are_all_named() -> None:
    said = refusal(question("6.1"), ["IT outage", "Zombies", "Meteor"])
    assert '"Zombies" is no option' in said
    assert '"Meteor" is no option' in said
    assert "Reverse test" in said


def test_text_is_kept_as_typed_without_control_characters() -> None:
    assert read_value(question("1.1"), " <b>Pumps</b>\r\nKolding\x00\x1b ") == "<b>Pumps</b>\nKolding"
    assert read_value(question("1.6"), 2024) == "2024"
    assert "shorten it to 4,000" in refusal(question("1.1"), "x" * 4001)
    assert "enter text" in refusal(question("1.1"), {"a": 1})


ROWS = [
    {"Item": "Seal", "Supplier": "Kestrel", "Share (%)": 0.75, "Approved": "yes", "Since": "2019-05-31"},
    {"Item": "Seal", "Supplier": "Drava", "Share (%)": 0.25, "Approved": "no", "Since": "2024-02"},
    {"Item": "Bearing", "Supplier": "Norrlager", "Share (%)": 1.0},
]


@pytest.mark.parametrize(
    "typed",
    [
        "Item\tSupplier\tShare\tApproved\tSince\nSeal\tKestrel\t75 %\ty\t31.05.2019\nSeal\tDrava\t25 %\tn\tFeb 2024\n"
        "Bearing\tNorrlager\t100 %\t\t",
        "supplier;item;share (%);approved;since\nKestrel;Seal;75;x;2019-05-31\nDrava;Seal;25;no;2/2024\n"
        "Norrlager;Bearing;100;-;n/a",
        "| Item | Supplier | Share | Approved | Since |\n|---|---|---|---|---|\n"
        "| Seal | Kestrel | 0.75 | yes | 31 May 2019 |\n"
        "| Seal | Drava | 0.25 | no | February 2024 |\n| Bearing | Norrlager | 1 | | |",
        "Seal,Kestrel,75%,yes,2019-05-31\nSeal,Drava,25%,no,2024-02\nBearing,Norrlager,100%,,",
        [["Seal", "Kestrel", 0.75, True, "2019-05-31"], ["Seal", "Drava", 0.25, False, "2024-02"],
         ["Bearing", "Norrlager", 1, None, None]],
        [{"item": "Seal", "SUPPLIER": "Kestrel", "share": "75", "approved": "true", "since": "2019/05/31"},
         {"item": "Seal", "supplier": "Drava", "share": "25", "approved": "0", "since": "02.2024"},
         {"item": "Bearing", "supplier": "Norrlager", "share": "100"}],
    ],
)  # fmt: skip
def test_a_table_is_read_pasted_typed_or_by_name(typed: object) -> None:
    assert read_value(SHARES, typed) == ROWS


def test_totals_and_blank_rows_are_left_out_and_said() -> None:
    read = read_answer(MIX, "Country;Share;Weeks\nTaiwan;60 %;4\n;;\nJapan;40 %;6\nGrand Total;100 %;\n")
    assert read.value == [
        {"Country": "Taiwan", "Share": 0.6, "Weeks": 4.0},
        {"Country": "Japan", "Share": 0.4, "Weeks": 6.0},
    ]
    assert read.left_out == ['Row 4 ("Grand Total") is a total and was left out.', "1 blank row was left out."]


def test_shares_of_one_whole_add_up_to_at_most_all_of_it() -> None:
    said = refusal(MIX, "Taiwan;60 %;\nJapan;50 %;")
    assert "Share adds up to 110 %" in said
    assert "lower one of them" in said
    assert "for seal adds up to 120 %" in refusal(SHARES, "Seal,A,75%,,\nSeal,B,45%,,\nBearing,C,100%,,")
    each = question("4.1")
    rows = [{"Supplier": name, "Our share of their sales": "80 %"} for name in "AB"]
    assert len(read_value(each, rows) or []) == 2  # type: ignore[arg-type]


def test_thirds_that_were_rounded_are_accepted() -> None:
    assert read_value(MIX, [[name, "33.33333 %", None] for name in "ABC"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([["Taiwan", "many", None]], 'Row 1, Share: "many" is not a number'),
        ([["Taiwan", "140 %", None]], 'Row 1, Share: "140 %" is above the highest possible, 100 %'),
        ([["Taiwan", -0.2, None]], "is negative"),
        ([["Taiwan", None, "-4"]], 'Row 1, Weeks: "-4" is negative; enter 0 to 520 weeks'),
        ([["Taiwan", None, "5 kg"]], "is not an amount in weeks"),
        ([["Taiwan", None, "4"], ["Japan", None, "600"]], "Row 2, Weeks"),
        ([{"Land": "Taiwan"}], '"Land" is no column of this table; its columns are Country, Share, Weeks.'),
        ("Country;Share;Port\nTaiwan;1;x", '"Port" is no column'),
        ([["a", 1, 2, "more"]], "Row 1 has 4 cells; the table has the columns Country, Share, Weeks."),
        ("all of it comes from Taiwan", "enter a row with the columns Country, Share, Weeks"),
        (17, "enter rows with the columns"),
        ([1, 2], "enter rows with the columns"),
        ([["x"]] * 501, "The table has 501 rows; keep the 500 that matter most."),
        ([["x" * 4001]], "shorten it to 4,000"),
    ],
)
def test_a_table_that_cannot_be_right_names_row_column_and_remedy(typed: object, said: str) -> None:
    assert said in refusal(MIX, typed)


def test_dates_and_yes_or_no_that_can_be_read_in_two_ways_are_refused() -> None:
    assert "no date that can be read in one way only" in refusal(SHARES, [{"Item": "Seal", "Since": "01/02/2024"}])
    assert "2026-05-31 or May 2026" in refusal(SHARES, [{"Item": "Seal", "Since": "31.02.2024"}])
    assert "neither yes nor no" in refusal(SHARES, [{"Item": "Seal", "Approved": "soon"}])


def test_every_wrong_cell_is_named_at_once() -> None:
    with pytest.raises(ReviewError) as error:
        read_value(MIX, [["Taiwan", "x", "-1"], ["Japan", None, "y"]])
    assert [one.field for one in error.value.wrong] == [
        "own.2 row 1, Share",
        "own.2 row 1, Weeks",
        "own.2 row 2, Weeks",
    ]


def test_values_are_shown_with_their_units() -> None:
    assert shown_value(question("2.3"), 10.0) == "10 weeks"
    assert shown_value(question("2.3"), 1.0) == "1 week"
    assert shown_value(question("5.4"), 97.5) == "97.5 %"
    assert shown_value(question("2.2"), 10000.0) == "10,000 points"
    assert shown_value(question("6.1"), ["IT outage", "Reverse test"]) == "IT outage; Reverse test"
    assert shown_value(SHARES, ROWS[1:]) == "Seal, Drava, 25 %, no, 2024-02; Bearing, Norrlager, 100 %"
    assert shown_value(question("1.1"), "two\nlines") == "two lines"
    assert shown_value(question("1.1"), None) == ""


CELLS = st.one_of(
    st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.none(), st.sampled_from(["75 %", "4 weeks"])
)
ENTRIES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=60),
    st.sampled_from(["10 weeks", "35 %", "Independent", "2", "IT outage, reverse test", "a;b\nc;d", "-", "yes"]),
    st.lists(st.text(max_size=12), max_size=4),
    st.lists(st.lists(CELLS, max_size=5), max_size=5),
    st.lists(
        st.dictionaries(st.sampled_from(["Country", "Share", "weeks", "Node", "x"]), CELLS, max_size=4), max_size=4
    ),
)


@settings(deadline=None)
@given(st.sampled_from([*CHECKLIST.questions, SHARES, MIX]), ENTRIES)
def test_any_entry_is_read_or_refused_and_what_was_read_reads_to_itself(asked: Question, raw: Any) -> None:
    try:
        value: AnswerValue = read_value(asked, raw)
    except ReviewError as error:
        refusals = error.wrong
        value = None
    else:
        refusals = []
    assert all(one.reason and one.field.startswith(asked.id) for one in refusals)
    assert read_value(asked, value) == value
    shown_value(asked, value)
    if isinstance(value, float):
        assert math.isfinite(value)
        assert asked.least is None or value >= asked.least
        assert asked.most is None or value <= asked.most


@settings(deadline=None)
@given(
    st.floats(min_value=0, max_value=520, allow_nan=False),
    st.sampled_from([("days", 7.0), ("hours", 168.0), ("weeks", 1.0)]),
)
def test_a_time_is_the_same_in_every_unit(weeks: float, unit: tuple[str, float]) -> None:
    typed = f"{weeks * unit[1]:.6f} {unit[0]}"
    try:
        assert read_amount(typed, "weeks") == pytest.approx(weeks, abs=1e-6)
    except AmountError:
        assert weeks > 519.99


@settings(deadline=None)
@given(st.text())
def test_cleaned_text_stays_as_it_is_and_can_be_stored_anywhere(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", cleaned)


def test_a_number_is_shown_as_it_was_typed() -> None:
    with pytest.raises(AmountError, match='"140" is above'):
        read_amount(140.0, "%")

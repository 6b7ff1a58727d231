"""What tired people type is read: forms of a few lines, short hand, names and numbers in turn, number words."""

import pytest

from assistant.embedded.figures.tables import groups_of
from assistant.embedded.figures.weaving import woven_lists
from assistant.embedded.quantities import read_quantities
from tests.assistant.quantities.reading import assert_read, only


def numbers(text: str) -> list[tuple[float, ...]]:
    return [one.values or (one.value,) for one in read_quantities(text).quantities]


def test_the_lines_of_a_form_do_not_go_on_from_one_to_the_next():
    form = "Acquisition: 5,600\nMaintenance per year: 420\nUseful life: 5\nSalvage: 700\nLife-cycle cost?"
    assert [(one.value, one.unit, one.per) for one in read_quantities(form).quantities] == [
        (5600, "", ()),
        (420, "", ()),
        (5, "", ()),
        (700, "", ()),
    ]


def test_what_stands_in_lines_that_are_no_form_is_read_as_one_text():
    wrapped = "we carry about 5,600\npieces of it and it takes us\n12 days to get more"
    assert [(one.value, one.unit) for one in read_quantities(wrapped).quantities] == [(5600, "item"), (12, "day")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("over 12,000 comes in at 1.39. Yearly we fold 75,000 of them", [(12000, ()), (1.39, ()), (75000, ())]),
        ("an unhappy patient counts 4 on top. 5,500 expected", [(4, ()), (5500, ())]),
        ("quantity per PO 700", [(700, ())]),
        ("see PO 700, 12 days", [(12, ())]),
        ("rev. 3 says 12 days", [(12, ())]),
        ("a load of 23.1t / 57m3", [(23.1, ()), (57, ())]),
        ("non-moving / total = 2,845 / 47,300 bins", [(2845, ()), (47300, ())]),
        ("they cost 40 € / 100 pcs", [(0.4, ("item",))]),
    ],
)
def test_a_number_goes_on_no_further_than_its_sentence_its_name_and_its_unit(text, found):
    assert [(one.value, one.per) for one in read_quantities(text).quantities] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("forecast errors +41, -36, +18, -7", [(41, -36, 18, -7)]),
        ("errors +5 -2 +8 +1 -4", [(5, -2, 8, 1, -4)]),
        ("errors of -3, -5, -2", [(-3, -5, -2)]),
        ("demand +5, then price -2, then lead time +8", [(5,), (-2,), (8,)]),
    ],
)
def test_numbers_with_signs_are_a_list_where_one_is_a_plus(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("of the 86 work orders nine were run late", [(86,), (9,)]),
        ("90 kept; a hundred and twenty fitted on trial", [(90,), (120,)]),
        ("A hundred and twenty orders", [(120,)]),
        ("12 orders, and the two of us had ideas", [(12,)]),
        ("the two were late", []),
        ("Number of drops 2,020 this week", [(2020,)]),
        ("cut 30 bend 24 coat 36", [(30,), (24,), (36,)]),
    ],
)
def test_number_words_and_bare_names_beside_figures(text, found):
    assert numbers(text) == found
    assert not any(one.change for one in read_quantities(text).quantities)


def test_a_verb_before_a_number_still_changes_something():
    assert only("cut it by 30").change
    assert only("what if we cut the lead time by 3 days").change


@pytest.mark.parametrize(
    ("text", "labels", "found"),
    [
        ("shell 3 days, electronics 14, casing 9", ("shell", "electronics", "casing"), (3, 14, 9)),
        ("painting takes 5, welding 14, assembly 2", ("painting", "welding", "assembly"), (5, 14, 2)),
    ],
)
def test_the_first_of_a_list_may_have_a_verb_or_the_unit(text, labels, found):
    groups = groups_of(text, read_quantities(text))
    assert [(one.labels, one.values) for one in groups] == [(labels, found)]


def test_two_named_numbers_of_which_one_has_a_unit_are_no_list():
    text = "lead time 5 days, cost 30"
    assert not groups_of(text, read_quantities(text))


@pytest.mark.parametrize(
    ("text", "names", "first", "second"),
    [
        ("visits 8 at 140, parcels 330 at 6.90", ("visits", "parcels"), (8, 330), (140, 6.9)),
        (
            "otd 91 w 45, ppm 83 w 35, price 70 w 20",
            ("otd", "ppm", "price"),
            (91, 83, 70),
            (45, 35, 20),
        ),
    ],
)
def test_lists_that_take_turns_are_told_apart(text, names, first, second):
    woven = woven_lists(text, read_quantities(text).quantities)
    assert woven is not None
    assert [(one.labels, one.values) for one in woven[1]] == [(names, first), (names, second)]


@pytest.mark.parametrize(
    "text",
    [
        "demand 100 a day, lead time 8 days, cost 30, price 12",
        "90 at 12, and we order 4 times",
        "2 trucks at 300. 5 trucks at 280",
    ],
)
def test_numbers_that_follow_each_other_take_no_turns(text):
    assert woven_lists(text, read_quantities(text).quantities) is None


def test_dates_with_points_are_no_amounts():
    assert numbers("für das Gespräch am 12.9. brauche ich die Kosten von 73.800 Euro") == [(73800,)]
    assert numbers("am 12.5 gelegen") != []


def test_a_table_may_have_a_heading_and_values_with_three_digits():
    table = read_quantities("actual,forecast\n100,120\n130,110").tables
    assert [(one.header, one.rows) for one in table] == [(("actual", "forecast"), (("100", "120"), ("130", "110")))]


def test_a_bill_may_have_its_numbers_before_their_names():
    bill = "330\tdemand /mth\n75\tstd dev\n2\tlead time mths"
    assert [one.value for one in read_quantities(bill).quantities] == [330, 75, 2]
    assert_read("2\tlead time mths", 2)

# ruff: noqa: E501, RUF001
"""Numbers come back from each notation, and no text breaks the reading or takes long."""

import math
import random
import time

import pytest
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.embedded.quantities import read_quantities
from tests.assistant.quantities.reading import only


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


def assert_sound(text: str) -> None:
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


@examples(max_examples=400)
@given(st.lists(ALPHABET, max_size=40).map("".join))
@example("1e308 million")
@example("5 per 0 units")
def test_nothing_that_is_typed_breaks_it(text: str):
    assert_sound(text)


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str):
    assert_sound(text)


@pytest.mark.parametrize(
    "piece",
    ["1;", "123,", "1,234.", "1 ", "100 120 ", "9", "1/", "1-", "1x", "a1", "1:", "$", "- ", "1.5e", "half a ", "one ", "Jan 1 ", "by ", "1;\n", "1\t2\n", "x,1\n", "(1", "1 and ", "A 1 ", "per 1 ", "2023: 1 ", "about ", "1k", "not a number here "],
)  # fmt: skip
def test_long_messages_take_no_time(piece: str):
    text = (piece * 8_000)[:8_000]
    read_quantities("1")
    started = time.process_time()
    assert_sound(text)
    assert time.process_time() - started < 5  # some tenths of a second here; a quadratic reading takes many seconds


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

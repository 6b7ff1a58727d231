"""Nothing unsafe and nothing unfounded reaches the reader, whatever a model writes and however it is cut."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.guards import EMPTY, StreamCleaner, checked_input, cleaned_reply, markers, renumbered

NUMBERS = (1, 2)
UNSAFE = {
    "an outward link or image": re.compile(r"\]\((?!#)"),
    "an address": re.compile(r"[a-z][a-z0-9+.-]*://\S|(?<![a-z0-9])(www\.|(javascript|data|mailto):\S)", re.I),
    "a tag": re.compile(r"<[a-zA-Z/!?]"),
    "a link definition": re.compile(r"^[ \t>*+-]*\[(\\.|[^\[\]\\\n])+\]:", re.M),
    "a control or bidi character": re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    ),
}


def unsafe(text: str) -> list[str]:
    return [name for name, pattern in UNSAFE.items() if pattern.search(text)]


def streamed(text: str, cuts: list[int], numbers: tuple[int, ...] = NUMBERS) -> list[str]:
    cleaner = StreamCleaner(lambda: numbers)
    places = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    return [*(cleaner.add(text[a:b]) for a, b in pairwise(places)), cleaner.rest()]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Stock [1] and more [2].", "Stock [1] and more [2]."),
        ("Stock [1][2].", "Stock [1][2]."),
        ("Stock [1, 2].", "Stock [1][2]."),
        ("Invented [9].", "Invented."),
        ("Invented [9] here [10].", "Invented here."),
        ("Invented [0] and [12345] and [007].", "Invented and and."),
        ("Invented [99999999999999999999].", "Invented."),
        ("An interval [0, 1] stays.", "An interval [0, 1] stays."),
    ],
)
def test_only_markers_of_passages_found_are_kept(written: str, shown: str):
    assert cleaned_reply(written, NUMBERS) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [the note](http://evil.example/x) now", "See the note now"),
        ("See [1](https://evil.example) now", "See [1] now"),
        ("![chart](http://evil.example/a.png?q=secret) end", "chart end"),
        ("![chart][ref] end", "chart end"),
        ("Jump [there](#example)", "Jump [there](#example)"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("if a < b and b > c", "if a < b and b > c"),
        ("ratio 3:4 at 10:30, note: this", "ratio 3:4 at 10:30, note: this"),
    ],
)
def test_links_images_and_html_are_taken_out_and_the_words_stay(written: str, shown: str):
    assert cleaned_reply(written, NUMBERS) == shown


@pytest.mark.parametrize(
    "written",
    [
        "go to http://evil.example now",
        "go to HTTPS://evil.example",
        "go to _http://evil.example_",
        "go to www.evil.example",
        "go to <http://evil.example>",
        "go to <ann@evil.example>",
        "[x]: http://evil.example",
        "[x]:\n//evil.example",
        "> - [a\\]b]: //evil.example",
        "[a](//evil.example)",
        "[a]( <//evil.example> 'title')",
        "[a [b](c)](//evil.example)",
        "[a [b] c](//evil.example)",
        "[a\\]b](//evil.example)",
        "[[9]x](//evil.example)",
        "![[9]x](//evil.example)",
        "![a](//evil.example/$x$.png)",
        "![a\nb](//evil.example)",
        "![a](\n//evil.example)",
        "ht[9]tp://evil.example",
        "ht\u200btp://evil.example",
        "<\u200bscript>",
        "$x$5![a](//evil.example/y.png)$y",
        "$$ ![a](//evil.example) $$",
        "$<img src=x>$",
        "![![a](b)](//evil.example)",
        "[a](javascript:alert(1))",
        "<a href=javascript:alert(1)>",
        "<!-- --><img src=x onerror=alert(1)>",
        "data:text/html,evil",
        "\u202etxet neddih\u202c",
        "bell \x07 escape \x1b[31m nul \x00",
    ],
)
@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_nothing_unsafe_is_shown_whole_or_in_pieces(written: str, step: int):
    text = f"Before. {written} after.\n\nThe end [1]."
    assert unsafe(cleaned_reply(text, NUMBERS)) == []
    pieces = streamed(text, list(range(0, len(text), step)))
    shown = ""
    for piece in pieces:
        shown += piece
        assert unsafe(shown) == []


@pytest.mark.parametrize(
    "formula",
    ["$x>y$", r"$z\,\sigma_d\sqrt{L}$", "$$\nQ = \\sqrt{2DS/H}\n$$", "$x_{[1]}$", "$[a, b]$", r"$\{1, 2\}$"],
)
def test_formulas_are_kept_as_they_are(formula: str):
    assert cleaned_reply(f"It is {formula} [1].", NUMBERS) == f"It is {formula} [1]."
    assert "".join(streamed(f"It is {formula} [1].", list(range(60)))) == f"It is {formula} [1]."


def test_a_sign_in_a_formula_is_parted_from_what_would_make_it_a_tag():
    assert cleaned_reply("$x<y$ and $$\nx<y\n$$", NUMBERS) == "$x< y$ and $$\nx< y\n$$"


def test_amounts_of_money_are_no_formulas():
    text = "It costs $5 here, or $6 there [1], see [9]."
    assert cleaned_reply(text, NUMBERS) == "It costs $5 here, or $6 there [1], see."


FRAGMENTS = st.sampled_from(
    [
        "a",
        "word ",
        "[1]",
        "[9]",
        " [2]",
        "[",
        "]",
        "(",
        ")",
        "!",
        "![",
        "](",
        "](//x",
        "http",
        "://x.y",
        "$",
        "$$",
        "x<y",
        "<b>",
        "\n",
        "\n\n",
        "\n \n",
        ": ",
        "]:",
        ":",
        "www.",
        "#",
        "\\",
        "5",
        " ",
        "a@b.c",
        ".",
        "\x00",
        " some text ",
        "&",
        "&#104;",
        "\u200b",
        "\r",
        "- ",
        "> ",
        "1. ",
        "<",
        "javascript:",
        "[^1]",
        "//",
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=25).map("".join) | st.text(max_size=80)
CUTS = st.lists(st.integers(0, 300), max_size=30)


@examples(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_reply_is_safe_and_cleaning_it_again_finds_no_marker_to_remove(text: str):
    cleaned = cleaned_reply(text, NUMBERS)
    assert unsafe(cleaned) == []
    assert set(markers(cleaned_reply(text, ()))) == set() or "$" in text
    assert set(markers(cleaned)) <= set(NUMBERS) or "$" in text


@examples(max_examples=150, deadline=None)
@given(TEXTS, CUTS)
def test_what_is_shown_is_safe_at_every_moment_however_a_reply_is_cut(text: str, cuts: list[int]):
    shown = ""
    for piece in streamed(text, cuts):
        shown += piece
        assert unsafe(shown) == []


SENTENCES = st.sampled_from(
    [
        "Safety stock covers deviations [1].",
        "It is $SS = z\\sigma\\sqrt{L}$ [2].",
        "$$\nQ = \\sqrt{2DS/H}\n$$",
        "A unit costs $5.",
        "See [here](http://evil.example) for more [9].",
        "![chart](http://evil.example/x.png)",
        "| a | b [1] |\n|---|---|\n| $x<y$ | c [2] |",
        "- first [1]\n- second [9]\n- third",
        "Where $z < 3$ [1][2], or <b>bold</b>.",
        "**The difference:** one [1]. Another [2]!",
        "Write to ann@evil.example or go to www.evil.example now.",
    ]
)
REPLIES = st.lists(st.tuples(SENTENCES, st.sampled_from([" ", "\n", "\n\n"])), max_size=8).map(
    lambda parts: "".join(sentence + gap for sentence, gap in parts)
)


@examples(max_examples=100, deadline=None)
@given(REPLIES, CUTS)
def test_the_pieces_joined_are_the_cleaned_reply_however_it_is_cut(text: str, cuts: list[int]):
    assert "".join(streamed(text, cuts)) == cleaned_reply(text, NUMBERS)


@examples(max_examples=50, deadline=None)
@given(TEXTS, CUTS)
def test_the_pieces_joined_never_say_anything_but_the_beginning_of_a_cleaned_reply(text: str, cuts: list[int]):
    joined = "".join(streamed(text, cuts))
    plain = [cleaned_reply(text[:end], NUMBERS) for end in range(len(text) + 1)]
    assert any(cleaned.startswith(joined) for cleaned in plain)


def test_words_are_shown_while_they_are_written():
    cleaner = StreamCleaner(lambda: NUMBERS)
    shown = [
        cleaner.add(word) for word in ["Safety ", "stock ", "covers ", "deviations ", "[1", "] ", "and ", "more. "]
    ]
    assert "".join(shown[:3]) == "Safety stock covers"
    assert "".join(shown).startswith("Safety stock covers deviations [1] and")


def test_a_marker_becomes_known_while_the_reply_is_written():
    found: list[int] = []
    cleaner = StreamCleaner(lambda: found)
    first = cleaner.add("Nothing yet [1], ") + cleaner.rest()
    found.append(1)
    second = cleaner.add("found [1], ") + cleaner.rest()
    assert "[1]" not in first
    assert "[1]" in second


def test_a_very_long_reply_is_cleaned_in_reasonable_time():
    for text in ("[" * 20_000, "![" * 10_000, "$" * 20_000, "a " * 10_000, "[a](" * 5_000, "<" * 20_000):
        assert unsafe(cleaned_reply(text, NUMBERS)) == []


@pytest.mark.parametrize(
    ("text", "order", "shown"),
    [
        ("a [3] b [1].", {3: 1, 1: 2}, "a [1] b [2]."),
        ("a [3][3] b.", {3: 1}, "a [1] b."),
        ("a [3] [3].", {3: 1}, "a [1]."),
        ("a [1][2].", {1: 2, 2: 1}, "a [2][1]."),
    ],
)
def test_markers_are_numbered_in_the_order_in_which_they_are_read(text: str, order: dict[int, int], shown: str):
    assert renumbered(text, order) == shown


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x07", "\u200b\u202e"])
def test_a_message_without_words_is_refused(text: str):
    assert checked_input(text, 100) == ("", EMPTY)


def test_a_message_that_is_too_long_is_refused_with_both_lengths():
    _, wrong = checked_input("x" * 100_000, 4000)
    assert "100,000" in wrong
    assert "4,000" in wrong


def test_control_characters_are_taken_out_of_a_message_and_scripts_stay():
    assert checked_input("what\x00 is \u202elean\u202c?\nand 精益 или é?", 100) == (
        "what is lean?\nand 精益 или é?",
        "",
    )


@given(st.text(st.characters(), max_size=200))
def test_any_message_is_read_or_refused(text: str):
    cleaned, wrong = checked_input(text, 100)
    assert bool(wrong) != (bool(cleaned) and len(cleaned) <= 100 and not wrong)
    cleaned.encode()

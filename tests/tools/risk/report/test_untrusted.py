"""Text that people typed is made harmless for every format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tools.risk.report.untrusted import MARK, clean, not_a_formula, one_line, short


@given(st.text())
def test_clean_text_fits_into_xml_and_is_clean_already(text: str) -> None:
    once = clean(text)
    element = etree.Element("a")
    element.text = once
    assert etree.fromstring(etree.tostring(element)).text == (once or None)
    assert clean(once) == once


def test_marks_of_direction_are_taken_out_and_control_characters_shown() -> None:
    assert clean("a\u202eb\u2066c\u200fd") == "abcd"
    assert clean("a\x00b\x1bc") == f"a{MARK}b{MARK}c"
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"
    assert clean("e\u0301 ﬁ 👩\u200d🔧") == "é ﬁ 👩\u200d🔧"
    assert one_line(" a \n\n b ") == "a b"
    assert short("abcdef", 4) == "abc…"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d", "\u00a0="])
def test_what_begins_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert not_a_formula(f"{start}1").startswith("'")


@pytest.mark.parametrize("text", ["", "a=1", "1+1", "'=1", "5 - 3"])
def test_other_text_stays(text: str) -> None:
    assert not_a_formula(text) == text

"""Markdown of notes as HTML for pages that their script draws: formulas kept, nothing else let through."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.pages.rendered import formula_library, rendered, rendered_line

ALLOWED = re.compile(
    r"</?(?:p|em|strong|ul|ol|li|blockquote|h[1-6]|pre|code|hr|br|table|thead|tbody|tr|th|td|span|div)"
    r'(?: (?:class|role|tabindex|title|start|style)="[^"<>]*")*(?: /)?>'
)


@pytest.mark.parametrize(
    "latex",
    [r"a_i < b_j * c*d", r"SS = z\,\sigma_d\,\sqrt{L}", r"x\|y", r"\text{a & b}", "`q`", r"\frac{[1](x)}{2}"],
)
def test_a_formula_comes_out_as_it_was_written(latex):
    shown = rendered(f"Take ${latex}$ **now** and _then_.")
    found = re.search(r'<span class="formula">(.*?)</span>', shown)
    assert found
    assert unescape(found[1]) == rf"\({latex}\)"
    assert "<strong>now</strong>" in shown


def test_a_displayed_formula_over_several_lines_stays_one():
    shown = rendered("Before\n\n$$\nSS = z\\,\\sigma\n$$\n\nafter")
    assert unescape(re.findall(r'<span class="formula">(.*?)</span>', shown)[0]) == r"\[SS = z\,\sigma\]"
    assert shown.count("<p>") == 3


def test_prices_are_no_formulas():
    assert "formula" not in rendered("It costs $5 here and $6 there.")


def test_markers_become_what_the_page_cites_with_and_others_stay():
    shown = rendered("So [1], not [2].", lambda number: "<b>one</b>" if number == 1 else None)
    assert "<b>one</b>" in shown
    assert "[2]" in shown


def test_a_line_has_no_paragraph_around_it():
    assert rendered_line("a *b*") == "a <em>b</em>"
    assert rendered_line("a\n\nb").count("<p>") == 2


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "![a](http://b.example)",
     "<http://b.example>", "$<img src=x onerror=alert(1)>$", "[a]: http://b.example\n\n[a]", "a\n<div onclick=x>\nb"],
)  # fmt: skip
def test_nothing_of_html_links_or_images_comes_through(text):
    assert not re.search(r"<[^>]*(?:on\w+=|href|src)|<(?:script|img|a)\b", rendered(text))


@given(st.text(alphabet=st.sampled_from("<>&\"'`$\\()[]!*_#|- \n/=:abonclickhref1"), max_size=80))
def test_no_text_makes_other_tags_than_those_of_markdown(text):
    for tag in re.findall(r"<[^>]*>", rendered(text)):
        assert ALLOWED.fullmatch(tag), tag


def test_the_head_names_the_library_that_is_served():
    tags = formula_library()
    assert re.search(r'content="/assets/auto-render-[\w-]+\.js"', tags)
    assert re.search(r'href="/assets/katex-[\w-]+\.css"', tags)
    assert re.search(r'data-within="gradio-container-[\w-]+"', tags)

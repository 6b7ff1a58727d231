"""The Markdown: no text of a user becomes markup, a link, a picture or HTML, and tables keep their columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.tools.risk.report import samples
from tools.risk.report import as_markdown, build_report
from tools.risk.report.markdown import escaped

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ADDRESSES = (
    "see http://evil.example, https://evil.example, www.evil.example and mailto:a@evil.example or a@evil.example"
)


def tokens(text: str) -> list[Token]:
    return [one for token in READER.parse(text) for one in (token, *(token.children or []))]


def shown(text: str) -> str:
    return "".join(
        "\n" if one.type == "softbreak" else one.content for one in tokens(text) if one.type in ("text", "softbreak")
    )


@pytest.mark.parametrize(
    "text", [samples.HOSTILE, *samples.FORMULAS, ADDRESSES, "> quote", "    code", "---", "```", "| a | b |"]
)
def test_text_of_a_review_becomes_no_markup(text: str) -> None:
    content = as_markdown(build_report(samples.hostile(text), samples.TODAY))
    safe = {"text", "inline", "softbreak", "html_inline", "em_open", "em_close", "strong_open", "strong_close"}
    blocks = {
        f"{one}{end}"
        for one in ["heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"]
        for end in ("_open", "_close")
    }
    assert {one.type for one in tokens(content)} <= safe | blocks
    assert {one.content for one in tokens(content) if one.type == "html_inline"} <= {"<br>"}
    for scheme in ("http:", "https:", "www.", "mailto:", "javascript:alert(1))](", "@evil"):
        assert scheme not in content


def test_tables_keep_their_columns() -> None:
    content = as_markdown(build_report(samples.hostile(), samples.TODAY))
    for token in READER.parse(content):
        if token.type == "inline":
            assert "| ---" not in token.content
    rows = [line for line in content.splitlines() if line.startswith("|")]
    assert len(rows) > 50
    assert sum(token.type == "tr_open" for token in READER.parse(content)) == sum("| ---" not in row for row in rows)


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from("ab1 .)(-+*_#>|`~[]!<&@\\=:/$^{}\"'"), min_size=1, max_size=24))
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    line = " ".join(text.split())
    if line:
        assert shown(escaped(line)) == line
        assert {one.type for one in tokens(escaped(line))} == {"paragraph_open", "inline", "text", "paragraph_close"}


def test_charts_are_bars_with_the_numbers_of_the_report() -> None:
    report = samples.full_report()
    content = as_markdown(report)
    assert "charts as pictures stand in this report as Word, PDF and Excel" in content
    first = report.nodes[0]
    (line,) = (one for one in content.splitlines() if one.startswith(f"| {first.name} | \N{FULL BLOCK}"))
    assert "\N{FULL BLOCK}" * 20 + " 5,952,000" in line

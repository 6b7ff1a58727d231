"""What the pages make of answers, notes and what people type, before a browser sees it."""

import pytest

from assistant.answer import Answer, Citation, ToolResult
from assistant.pages import quizzed, reviewed
from assistant.pages.bridge import text_told, value_told
from assistant.pages.markup import literal, safe
from assistant.pages.messages import Exchange, chat_messages, exchange_at
from assistant.pages.runs import ToolRun
from assistant.pages.source import GONE, source_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a $x < y$ b", "a \\(x &lt; y\\) b"),
        ("$$\nSS = z\n$$", "\\[SS = z\\]"),
        ("costs $20, or $5 in bulk", "costs $20, or $5 in bulk"),
        ("from $5-$10", "from $5-$10"),
        ("it is \\$5 and \\$6", "it is \\$5 and \\$6"),
        ("pay $20 when $h$ falls", "pay $20 when \\(h\\) falls"),
        ("US$30 and US$40", "US$30 and US$40"),
        ("**bold** and | table |", "**bold** and | table |"),
        ("R&D &lt; &amp; x", "R&amp;D &lt; &amp; x"),
        ("see [7]", "see &#91;7&#93;"),
    ],
)
def test_markdown_and_formulas_stay_and_money_is_no_formula(text, shown):
    assert safe(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "x <img src=http://outside.example/a.png onerror=alert(1)>",
        "![a](http://outside.example/a.png)",
        "![a][ref]\n\n[ref]: http://outside.example/a.png",
        "[![a](http://outside.example/a.png)](http://outside.example)",
        "[a](javascript:alert(1))",
        "[a]\n(http://outside.example)",
        "[a][b]\n\n[b]: http://outside.example",
        "http://outside.example and www.outside.example and a@outside.example",
        "<http://outside.example>",
        "`<b>` and ``<i>``",
        "```html\n<script>x</script>\n```",
        "$<script>alert(1)</script>$",
        "[a]![(http://outside.example)](x)",
    ],
)
def test_nothing_of_it_is_html_or_leads_outside(text):
    from html.parser import HTMLParser

    tags: list[tuple[str, dict[str, str | None]]] = []

    class Collect(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append((tag, dict(attrs)))

    Collect().feed(_rendered(safe(text)))
    assert {tag for tag, _ in tags} <= {"p", "pre", "code", "div", "em", "strong"}
    assert not any(name in ("href", "src", "onerror") for _, attributes in tags for name in attributes)


def test_what_is_typed_is_shown_as_typed():
    assert literal("# <b>\n  *x* $5") == "&#35; &#60;b&#62;<br>&nbsp;&nbsp;&#42;x&#42; &#36;5"
    assert literal("a\x00b\u202ec") == "abc"


def test_markers_become_links_with_a_name():
    citation = Citation(number=1, title="Safety stock", section="Formula", quote="", locator="")
    answer = Answer(kind="answer", text="Yes [1], no [2].", citations=[citation], follow_ups=["Why?"])
    exchange = Exchange("q?", [], answer.text, answer, "done", "abc")
    question, reply = chat_messages([exchange])
    assert question.content == "q&#63;"
    assert '<a class="cite" href="#source-abc-1" title="Safety stock&#44; Formula">' in reply.content
    assert "no &#91;2&#93;" in reply.content
    assert reply.content.count("#source-abc-1") == 2
    assert [option["value"] for option in reply.options] == ["Why?"]


def test_only_the_last_answer_offers_what_to_ask_next():
    answer = Answer(kind="answer", text="Yes.", follow_ups=["Why?"])
    first, last = (Exchange("q", [], "Yes.", answer, "done", turn) for turn in ("a", "b"))
    messages = chat_messages([first, last])
    assert [bool(message.options) for message in messages] == [False, False, False, True]


def test_a_message_is_found_back_whatever_ran_before_it():
    tools = [ToolRun("search_notes", {"query": "x"}, finished=True)] * 2
    first = Exchange("q", tools, "Yes.", None, "done", "a")
    last = Exchange("q", [], "Yes.", None, "done", "b")
    found = [exchange_at([first, last], index) for index in range(7)]
    assert [one and one.turn_id for one in found] == ["a", "a", "a", "a", "b", "b", None]


def test_a_tool_is_named_with_what_it_was_asked():
    tool = ToolResult(tool="compute_metric", args={"name": "fill <rate>"}, output={"value": 0.97})
    exchange = Exchange("q", [ToolRun(tool.tool, tool.args, tool.output, finished=True)], "Yes.", None, "done")
    thought = chat_messages([exchange])[1]
    assert thought.metadata["title"] == "Compute metric&#58; fill &#60;rate&#62;"
    assert thought.metadata["status"] == "done"
    assert "0.97" in thought.content


@pytest.mark.parametrize(
    ("shown", "tool", "doing", "done"),
    [
        (quizzed, "answer_quiz", "Marking your answer", "Marked your answer"),
        (reviewed, "record_answers", "Recording what you said", "Recorded what you said"),
    ],
)
def test_a_tool_is_named_by_what_it_does_did_or_could_not_do(shown, tool, doing, done):
    def ran(output=None, finished=True, failed=False):
        return ToolRun(tool, {}, output, finished, failed)

    assert shown.title(ran(finished=False)) == f"{doing}…"
    assert shown.title(ran({"title": "Pumps"})) == f"{done}: Pumps"
    assert shown.title(ran({"title": None})) == done
    for wrong in (ran({"error": "no"}), ran("text"), ran({}, failed=True)):
        assert shown.title(wrong) == f"{doing} did not work"
    assert shown.details(ran({"error": "no"})) == [("could not be done", "no")]
    assert shown.details(ran({})) == [("found", "nothing")]
    assert shown.details(ran("text")) is None
    other = ToolRun("search_notes", {}, {}, finished=True)
    assert shown.title(other) is shown.details(other) is None


@pytest.mark.parametrize(
    ("sent", "value", "text"),
    [
        ('{"value": "safety-stock", "at": 1}', "safety-stock", "safety-stock"),
        ('{"value": {"metric": "eoq"}}', {"metric": "eoq"}, ""),
        ('{"value": 7}', 7, ""),
        ("{}", None, ""),
        ("[1]", None, ""),
        ("not sent by the page", None, ""),
        ("[" * 100_000, None, ""),
    ],
)
def test_what_a_script_tells_is_taken_only_as_the_page_sends_it(sent, value, text):
    assert value_told(sent) == value
    assert text_told(sent) == text


def test_the_passage_is_marked_in_its_section(vault):
    note = vault.notes["Safety stock"]
    blocks = note.sections["Pitfalls"].blocks
    citation = Citation(number=1, title=note.title, section="Pitfalls", quote=blocks[1], locator="")
    text = source_text(citation, note)
    assert text.count("<mark>") == 1
    assert f"- <mark>{blocks[1].removeprefix('- ')[:20]}" in text
    assert text.count("\n- ") == len(blocks)
    assert "References" in text


def test_a_sentence_inside_a_paragraph_is_marked_alone(vault):
    note = vault.notes["Fisher framework"]
    quote = next(part for part in note.definition.split(". ") if part.startswith("Marshall Fisher")) + "."
    text = source_text(Citation(number=1, title=note.title, section="Definition", quote=quote, locator=""), note)
    assert "<mark>Marshall Fisher published" in text
    assert "two mismatches.</mark> The mismatch" in text


def test_every_section_of_every_note_can_be_shown_with_its_passages(vault):
    for note in vault.notes.values():
        for section in note.sections.values():
            for block in section.blocks:
                citation = Citation(number=1, title=note.title, section=section.heading, quote=block, locator="")
                text = source_text(citation, note)
                assert "<mark>" in text or 'class="passage"' in text, (note.title, section.heading, block)


def test_a_source_leads_to_the_page_of_its_concept_where_that_is_wanted(vault):
    note = vault.note("buffer stock")
    citation = Citation(number=1, title=note.title, section="Pitfalls", quote="", locator="")
    assert '<a href="/learn?concept=safety-stock">Open in Learn</a>' in source_text(citation, note, to_learn=True)
    assert "/learn" not in source_text(citation, note)


def test_a_source_whose_note_is_gone_shows_the_quote():
    citation = Citation(number=1, title="Gone", section="Definition", quote="It was <here>.", locator="")
    text = source_text(citation, None, to_learn=True)
    assert "/learn" not in text
    assert GONE in text
    assert "It was &lt;here>." in text


def _rendered(markdown: str) -> str:
    from markdown_it import MarkdownIt

    return MarkdownIt("gfm-like", {"html": True, "linkify": False}).enable("table").render(markdown)

"""Who changed what and when stands in every format, and comes back from a JSON file."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest

from tests.tools.risk.report import samples
from tests.tools.risk.report.reading import plain, texts
from tools.risk.changes import values
from tools.risk.report import as_excel, as_json, build_report, json_file, read_file
from tools.risk.report.layout_changes import LISTED
from tools.risk.review import Change

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def answer(number: int, by: str = "Ann", before: str | None = None, after: str = "Only one site") -> Change:
    told = {"value": after, "maturity": 1, "evidence": "Minutes of May", "comment": "", "unknown": False, "person": "p"}
    old = None if before is None else {**told, "value": before, "maturity": None, "evidence": ""}
    at = AT + timedelta(minutes=number)
    return Change(number=number, at=at, by=by, what="answer 1.1", before=old, after=told)


CHANGES = [
    Change(number=1, at=AT, by="Ann", what="review", after={"title": "Pumps"}),
    answer(2, "Bo", before="Both sites"),
    Change(number=3, at=AT, by="", what="node controller", before={"ttr_weeks": 20.0}, after={"ttr_weeks": 10.0}),
    Change(number=4, at=AT, by="<script>alert(1)</script>", what="status", before="open", after="paused"),
]
SAID = (
    "2026-11-20 09:32", "Bo", "changed 1.1 (Scope and loss limits)", "Both sites",
    "Only one site; level 1; evidence: Minutes of May", "changed node “Motor controller board”", "TTR weeks: 20",
    "TTR weeks: 10", "not named yet", "paused the review", "<script>alert(1)</script>",
)  # fmt: skip


@pytest.mark.parametrize("name", ["Word", "PDF", "Markdown"])
def test_text_formats_tell_who_changed_what_and_when(name: str) -> None:
    text = texts(build_report(samples.full(), samples.TODAY, changes=CHANGES))[name].replace("\N{SOFT HYPHEN}", "")
    assert [words for words in SAID if plain(words) not in text] == []


def test_the_workbook_tells_every_change() -> None:
    changes = [*CHANGES, *(answer(number) for number in range(5, LISTED + 20))]
    book = openpyxl.load_workbook(BytesIO(as_excel(build_report(samples.full(), samples.TODAY, changes=changes))))
    rows = [[cell.value for cell in row] for row in book["History"].iter_rows(min_row=4)]
    assert [row[0] for row in rows] == [one.number for one in reversed(changes)]
    assert rows[-2][1:] == [
        "2026-11-20 09:32", "Bo", "changed 1.1 (Scope and loss limits)", "Both sites",
        "Only one site; level 1; evidence: Minutes of May",
    ]  # fmt: skip


def test_of_many_changes_the_text_names_the_latest_and_says_where_the_rest_stands() -> None:
    changes = [answer(number, after=f"Answer no. {number}.") for number in range(1, LISTED + 6)]
    text = texts(build_report(samples.empty(), samples.TODAY, changes=changes))["Markdown"]
    assert plain(f"Changes, {LISTED} of {LISTED + 5}, the latest first") in text
    assert plain("5 earlier changes stand in this report as Excel (sheet History) and JSON.") in text
    assert plain(f"Answer no. {LISTED + 5}.") in text
    assert plain("Answer no. 5.") not in text


def test_changes_come_back_from_a_json_file() -> None:
    review, changes = read_file(as_json(samples.full(), changes=CHANGES))
    assert review == samples.full()
    assert changes == CHANGES
    assert read_file(as_json(samples.full())) == (samples.full(), [])


def test_changes_never_make_a_file_too_large_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_file = as_json(samples.empty(), changes=[answer(1, after="x")])
    monkeypatch.setattr(json_file, "LARGEST", len(plain_file) + 50)
    review, (kept,) = read_file(as_json(samples.empty(), changes=[answer(1, after="x" * 1000)]))
    assert review == samples.empty()
    assert (kept.by, kept.what, kept.after) == ("Ann", "answer 1.1", None)


def test_damaged_changes_are_refused_with_their_place() -> None:
    held = json.loads(as_json(samples.empty(), changes=CHANGES))
    held["changes"][1]["at"] = "yesterday"
    with pytest.raises(ValueError, match=r"damaged at changes\.1\.at"):
        read_file(json.dumps(held))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(number=1, at=AT, by="", what="answer 1.1", after={"unknown": True, "value": None}), ("", "not known")),
        (Change(number=1, at=AT, by="", what="answer 9.9", before={"value": 1}, after=None), ("value: 1", "")),
        (Change(number=1, at=AT, by="", what="title", before="A", after="B"), ("A", "B")),
        (Change(number=1, at=AT, by="", what="node x", after={"name": "A"}), ("", "")),
        (Change(number=1, at=AT, by="", what="risk x", before={"owner": ""}, after={"owner": "Bo"}),
         ("owner: -", "owner: Bo")),
        (Change(number=1, at=AT, by="", what="node x", before={"sources": []},
                after={"sources": [{"supplier": "B", "share": 0.5}], "version": 3}),
         ("sources: -", "sources: supplier B, share 0.5")),
        (Change(number=1, at=AT, by="", what="comment x", after={"text": "?"}), ("", "")),
        (Change(number=1, at=AT, by="", what="anything else", before=3, after=[{}]), ("", "")),
    ],
)  # fmt: skip
def test_what_stood_there_is_told_in_short(change: Change, said: tuple[str, str]) -> None:
    assert values(samples.full(), change) == said

"""What the benchmarks reckon: percentiles, ratios, goals and the table."""

from pathlib import Path

import pytest

from benchmarks import grown
from benchmarks.classify_items import measure
from benchmarks.figures import Row, medians, percentile, table
from benchmarks.foreign import PASSAGES_A_NOTE, write_notes
from benchmarks.many_people import shared_out
from benchmarks.questions import conversation_of, tuning_questions
from benchmarks.starting import some_notes
from knowledge.library import Library
from knowledge.passages import passages
from knowledge.vault import load_vault


def test_half_of_all_values_do_not_exceed_p50() -> None:
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile([4, 1, 3, 2], 0.5) == 2


def test_p95_of_a_hundred_values_is_the_ninety_fifth() -> None:
    assert percentile(range(1, 101), 0.95) == 95


def test_extremes_are_the_least_and_the_greatest_value() -> None:
    assert percentile([7, 9, 8], 0) == 7
    assert percentile([7, 9, 8], 1) == 9


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs values"):
        percentile([], 0.5)


def test_a_percentile_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="95"):
        percentile([1.0], 95)


def test_one_disturbed_round_does_not_count() -> None:
    assert medians([[1, 10], [900, 11], [2, 12]]) == [2, 11]


def test_rounds_must_be_equally_long() -> None:
    with pytest.raises(ValueError, match="is shorter than"):
        medians([[1, 2], [1]])


@pytest.mark.parametrize(("ours", "met"), [(59.0, True), (60.0, True), (61.0, False)])
def test_a_goal_is_met_up_to_its_ratio(ours: float, met: bool) -> None:
    assert Row("turn", "ms", ours, 100.0, goal=0.6).met is met


def test_without_a_figure_nothing_is_said_about_the_goal() -> None:
    assert Row("turn", "ms", None, 100.0, goal=0.6).met is None
    assert Row("turn", "ms", 1.0, None, goal=0.6).met is None


def test_errors_are_judged_by_their_number_and_not_by_the_recipes() -> None:
    assert Row("errors", "", 0, 0, goal=0, absolute=True).met is True
    assert Row("errors", "", 1, 50, goal=0, absolute=True).met is False


def test_the_table_shows_figures_ratio_and_goal() -> None:
    lines = table(
        [
            Row("Warm turn", "ms", 20.04, 50.0, goal=0.6),
            Row("Memory", "MB", 900.0, 1000.0, goal=0.6, note="after 50 turns"),
            Row("Errors", "", 0, 3, goal=0, absolute=True),
            Row("Floor", "ms", 8.0),
            Row("One shot", "s", None, goal=0.5),
        ]
    ).splitlines()
    assert lines[2:] == [
        "| Warm turn | 20.0 ms | 50 ms | 0.40 | \N{LESS-THAN OR EQUAL TO} 0.60 | yes |",
        "| Memory (after 50 turns) | 900 MB | 1000 MB | 0.90 | \N{LESS-THAN OR EQUAL TO} 0.60 | **no** |",
        "| Errors | 0 | 3 | 0.00 | none | yes |",
        "| Floor | 8 ms |  |  |  |  |",
        "| One shot | not measured |  |  | \N{LESS-THAN OR EQUAL TO} 0.50 |  |",
    ]


def test_only_the_tuning_half_is_asked_and_each_question_once() -> None:
    questions = tuning_questions()
    assert len(questions) == len(set(questions)) >= 75


def test_five_questions_make_a_conversation() -> None:
    assert [conversation_of(place) for place in (0, 4, 5)] == ["conversation-0", "conversation-0", "conversation-1"]


def test_people_ask_different_questions_while_there_are_enough() -> None:
    people = shared_out([str(number) for number in range(100)], 20)
    assert [len(asked) for asked in people] == [5] * 20
    assert len({question for asked in people for question in asked}) == 100


def test_people_begin_again_when_questions_run_out() -> None:
    assert shared_out(["a", "b", "c"], 2) == [["a", "b", "c", "a", "b"], ["c", "a", "b", "c", "a"]]


def test_classifying_items_is_measured_beside_a_sort_of_the_same_numbers() -> None:
    assert all(row.ratio for row in measure(skus=2000))


def test_made_up_notes_are_notes_of_equally_many_passages_and_no_two_share_one(tmp_path: Path) -> None:
    write_notes(tmp_path / "foreign", 24)
    vault = load_vault(tmp_path / "foreign")
    cut = [passages(note) for note in vault.notes.values()]
    assert vault.problems == ()
    assert [len(part) for part in cut] == [PASSAGES_A_NOTE] * 24
    assert len({passage.text for part in cut for passage in part}) == 24 * PASSAGES_A_NOTE


def test_the_same_notes_are_made_up_again(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_notes(tmp_path / name, 12)
    first, second = (
        sorted(path.read_text("utf-8") for path in (tmp_path / name).iterdir()) for name in ("one", "other")
    )
    assert first == second


def test_an_index_that_was_not_grown_loses_nothing(library: Library) -> None:
    asked = grown.questions()[:4]
    kept = library.index.embedder
    rows = {row.name: row for row in grown.measure(library, library, asked, rounds=1)}
    assert rows["hit@1"].ours == rows["hit@1"].recipe
    assert rows["Points of hit@1 that are lost"].met
    assert rows["A made-up note comes first"].ours == 0
    assert rows["Warm search, p95"].ratio
    assert library.index.embedder is kept


def test_only_the_tuning_half_is_asked_of_a_grown_index() -> None:
    assert {case.split for case in grown.questions()} == {"tune"}


def test_few_notes_are_the_first_by_name_each_in_its_area(tmp_path: Path) -> None:
    for name in ("b/two", "a/three", "b/one"):
        (tmp_path / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / f"{name}.md").write_text(name)
    few = some_notes(tmp_path / "notes", tmp_path / "few", 2)
    assert {path.relative_to(few).as_posix() for path in few.rglob("*.md")} == {"b/one.md", "a/three.md"}


def test_the_columns_of_a_table_can_be_named() -> None:
    assert table([], ours="Grown", other="As it is").startswith("| Measured | Grown | As it is | Ratio |")

"""Every number of a note that follows from others is worked out again, by the metric that computes it or as a sum."""

from pathlib import Path

import pytest

from knowledge.vault import Vault
from tests.knowledge.arithmetic import SumError, work_out
from tests.knowledge.worked import Entry, claim, disagreement, folded, load_entries, load_reasons
from tools.metrics import METRICS

ENTRIES, PROBLEMS = load_entries()
SEALS = "The economic order quantity is 200 seals, ordered 13 times a year, at about USD 1,600 in all."


def test_the_files_of_examples_can_be_read() -> None:
    assert PROBLEMS == []


@pytest.mark.parametrize("title", ENTRIES)
def test_the_numbers_of_a_note_are_what_they_come_to(title: str, vault: Vault) -> None:
    assert title in vault.notes, f"there is no note {title!r}; the entry must give the note's title"
    text = folded(vault.notes[title].source)
    assert [wrong for entry in ENTRIES[title] if (wrong := disagreement(entry, text))] == []


def test_every_note_has_a_number_worked_out_or_a_reason_why_not(vault: Vault) -> None:
    reasons = load_reasons()
    assert sorted(set(vault.notes) - set(ENTRIES) - set(reasons)) == []
    assert sorted(set(reasons) - set(vault.notes)) == []
    assert sorted(set(reasons) & set(ENTRIES)) == []
    assert [title for title, reason in reasons.items() if len(str(reason).split()) < 3] == []


def test_a_metric_that_a_note_names_exists(vault: Vault) -> None:
    named = {(note.title, metric) for note in vault.notes.values() for metric in note.metrics}
    assert sorted(pair for pair in named if pair[1] not in METRICS) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * -4", -20),
        ("sqrt(2 * 2600 * 60 / 7.80)", 200),
        ("sum([1, 2, 3]) / max(1, 2)", 3),
        ("round(2.567, 1)", 2.6),
        ("ceil(2.1) + floor(2.9)", 5),
        ("2 ** 10", 1024),
        ("log(exp(3)) + log10(100) + abs(-1)", 6),
        ("normal_cdf(0)", 0.5),
        ("normal_quantile(0.975)", 1.959964),
        ("normal_loss(0)", 0.398942),
        ("poisson_cdf(2, 2)", 0.676676),
    ],
)
def test_a_sum_is_worked_out(text: str, value: float) -> None:
    assert work_out(text) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    ["", "2 +", "two", "__import__('os')", "open('x')", "(1).real", "1 if 1 else 2", "[1, 2]", "1 / 0", "True",
     "sqrt(-1)", "(-8) ** 0.5", "[1] + 1", "'a'", "sqrt()", "max()", "round(x=2)"],
)  # fmt: skip
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(SumError):
        work_out(text)


@pytest.mark.parametrize(
    ("shown", "worked_out", "holds"),
    [
        ("200 seals", 199.6, True),
        ("200 seals", 199.4, False),
        ("1.7% more", 1.667, True),
        ("1.7% more", 1.64, False),
        ("USD 1.2 million", 1_249_000, True),
        ("USD 1.2 million", 1_260_000, False),
        ("= 2{,}600", 2600, True),
        ("about USD 1,600", 1560, True),
        ("about USD 1,600", 1500, False),
        ("under 2%", 1.67, True),
        ("under 2%", 2.1, False),
        ("under 2%", 0.9, False),
        ("more than 40", 41, True),
        ("more than 40", 39, False),
        ("−4 points", -4, True),
        ("minus 4 points", -4, True),
        ("10-12 days", 10, True),
        ("four trucks", 4, True),
        ("four trucks", 5, False),
        ("halves it", 0.5, True),
        ("halves it", 0.52, False),
    ],
)
def test_a_number_agrees_when_it_rounds_to_what_is_shown(shown: str, worked_out: float, holds: bool) -> None:
    assert claim(shown).holds(worked_out) is holds


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"shown": "200 seals", "sum": "sqrt(2 * 2600 * 60 / 7.80)"}, ""),
        ({"shown": "200 seals", "metric": "economic_order_quantity",
          "inputs": {"demand": 2600, "order_cost": 60, "holding_cost": "= 39 * 0.2"}}, ""),
        ({"shown": "USD 1,600", "sum": "2 * 780"}, ""),
        ({"shown": "200 seals", "sum": "201"}, "is 201 when worked out"),
        ({"shown": "210 seals", "sum": "210"}, "does not stand in the note"),
        ({"shown": "00 seals", "sum": "0"}, "does not stand in the note"),
        ({"shown": "USD 1", "sum": "1"}, "does not stand in the note"),
        ({"shown": "USD 1,", "sum": "1"}, "does not stand in the note"),
        ({"shown": "in all", "sum": "1"}, "holds no number"),
        ({"shown": "13 times", "sum": "13 *"}, "is not a sum"),
        ({"shown": "13 times", "metric": "orders", "inputs": {}}, "there is no metric"),
        ({"shown": "13 times", "metric": "economic_order_quantity", "inputs": {"demand": 2600}}, "needs"),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_agree_is_told(entry: dict[str, object], wrong: str) -> None:
    told = disagreement(Entry.model_validate({"note": "Economic order quantity", **entry}), SEALS)
    assert (told is None) if not wrong else wrong in str(told)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("- note: [", "is no YAML"),
        ("note: A", "must be a list"),
        ("- {note: A, shown: 1 item}", "either metric"),
        ("- {note: A, shown: 1 item, sum: 1, metric: oee}", "either metric"),
        ("- {note: A, shown: 1 item, sum: 1, output: cost}", "belong to a metric"),
        ("- {note: A, shown: 1 item, sums: 1}", "sums"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(text: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "inventory-x.yaml").write_text(text, encoding="utf-8")
    entries, problems = load_entries(tmp_path)
    assert entries == {}
    assert "inventory-x.yaml" in problems[0]
    assert wrong in problems[0]

"""The command `python -m assistant eval`."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from assistant.agent import Assistant
from assistant.evaluation.answers import Outcome, failures, run, scores
from assistant.evaluation.labels import calibration_table, confidence, confusion_table
from assistant.evaluation.report import curve_table, search_table, share_table, styles_table, worst
from assistant.evaluation.retrieval import figures, rankers
from assistant.evaluation.sets import Case, own_sets, read_set
from assistant.evaluation.tune import scope_curve, tune

SPLITS = ("tune", "held-out")


def evaluate(assistant: Assistant, options: Namespace) -> int:
    """Tune if asked to, score the sets, write the report; return the exit status."""
    sets = {Path(name).stem: read_set(Path(name)) for name in options.sets} if options.sets else own_sets()
    if options.tune:
        single = [
            case
            for cases in own_sets().values()
            for case in cases
            if len(case.turns) == 1 and case.split == "tune" and _worded(case)
        ]
        sys.stderr.write(curve_table(tune(assistant.search, single)) + "\n")
        return 0
    report = _report(assistant, sets, options.show)
    if options.out:
        Path(options.out).write_text(report, encoding="utf-8")
        sys.stderr.write(f"report written to {options.out}\n")
    else:
        sys.stdout.write(report)
    return 0


def _report(assistant: Assistant, sets: dict[str, list[Case]], show: str) -> str:
    cases = [case for group in sets.values() for case in group]
    with tqdm(total=len(cases), desc="questions", unit="", file=sys.stderr) as bar:
        outcomes = {name: run(assistant, group, bar.update) for name, group in sets.items()}
    everything = [outcome for group in outcomes.values() for outcome in group]
    parts = [_head(assistant, cases), "## Answers and refusals", _shares(everything)]
    for name, group in outcomes.items():
        parts += [f"### {name}", _shares(group)]
    held = [case for case in cases if case.split == "held-out" and len(case.turns) == 1 and _worded(case)]
    if any(case.expect[0] and case.expect[0].gold_concepts for case in held):
        table = [figures(name, rank, held) for name, rank in rankers(assistant.search).items()]
        parts += ["## Search, held-out half", search_table(table)]
    single = [case for case in cases if case.split == "tune" and len(case.turns) == 1 and _worded(case)]
    if single:
        parts += ["## The threshold, tuning half", CURVE, curve_table(scope_curve(assistant.search, single))]
    parts += _products(_half(everything, "held-out"))
    shown = [outcome for outcome in everything if outcome.case.split == show]
    parts += ["## By style of question, held-out half", styles_table(_half(everything, "held-out"))]
    parts += [f"## The ten worst of the {show} half", worst(failures(shown))]
    return "\n\n".join(parts) + "\n"


HOW = (
    "Each set was written from titles alone by somebody who saw neither notes nor code, before anything was tuned on "
    "it. Single lines are looked at, and weights and thresholds set, on the tuning halves only. The held-out shares of "
    "the first sets were seen several times while tuning, so second sets, all tuned on, were followed by third ones, "
    "all held out, which judge; a fourth set, half held out, asks over the whole field. A number counts as silently "
    "wrong where it is wrong, or given where it had to be asked for or refused. Written by `python -m assistant eval`."
)
CALIBRATION = (
    "Where several labels are accepted, the row is that of the first. Below, labels other than unknown by the "
    "confidence they were given with."
)
CURVE = (
    "A message is answered when the probability that the notes answer it, and that it may be answered, reaches the "
    "threshold; precision and recall are those of refusals."
)


def _head(assistant: Assistant, cases: Sequence[Case]) -> str:
    turns = sum(len(case.turns) for case in cases)
    notes = len(assistant.library.vault.notes)
    return (
        "# Evaluation\n\n"
        f"Measured on {date.today().isoformat()} with the model `{assistant.settings.model}` on {notes} notes: "
        f"{len(cases)} conversations, {turns} turns. {HOW}"
    )


def _worded(case: Case) -> bool:
    """Say whether a case is about concepts and their words: no computation and no classification."""
    return not (case.numeric or case.classifies)


def _products(outcomes: Sequence[Outcome]) -> list[str]:
    """Return how classified products compare with what was expected, and how far the confidence can be trusted."""
    rows = [o for o in outcomes if o.expected.type == "classify"]
    given = [(o, found) for o in rows if (found := confidence(o.answer))]
    if not given:
        return []
    pairs = [(o.expected.accept, (confidence(o.answer) or ("none", 0.0))[0]) for o in rows]
    sure = [(found[1], found[0] in o.expected.accept) for o, found in given if found[0] != "unknown"]
    return ["## Products, held-out half", confusion_table(pairs), CALIBRATION, calibration_table(sure)]


def _shares(outcomes: Sequence[Outcome]) -> str:
    return share_table({split: scores(_half(outcomes, split)) for split in SPLITS if _half(outcomes, split)})


def _half(outcomes: Sequence[Outcome], split: str) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.case.split == split]

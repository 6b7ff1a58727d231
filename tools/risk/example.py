"""A full review of an invented pump factory, to look at and to try things on."""

from pathlib import Path

import yaml

from tools.risk.checklists import load_checklist, with_question
from tools.risk.review import Review

FILE = Path(__file__).with_name("example.yaml")


def example_review() -> Review:
    """Return the example: open, partly answered by three people, with nodes, risks, actions and scenarios.

    Every call returns a review of its own that may be changed.
    """
    data = yaml.safe_load(FILE.read_text("utf-8"))
    checklist = load_checklist()
    for own in data.pop("own_questions"):
        checklist = with_question(checklist, own["question"], own["step"], own["after"])
    return Review.model_validate({**data, "checklist": checklist})

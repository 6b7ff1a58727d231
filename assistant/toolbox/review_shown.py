"""What the review tools answer: where a review stands, what is asked, what it shows so far."""

from collections.abc import Collection, Sequence
from typing import Any

from assistant.toolbox.review_actions import open_actions
from assistant.toolbox.review_actions import shown as action_shown
from assistant.toolbox.review_words import facts_of, short
from tools.risk.checklist import Question
from tools.risk.exposure import FORMULA, SYMBOLS, Exposure, exposure_of, exposures
from tools.risk.flags import flags, unknowns
from tools.risk.progress import asked, counting, next_question, progress, shown_value, steps
from tools.risk.review import TEAM, Participant, Review
from tools.risk.store import NOBODY, Summary

MOST_NODES = 40
MOST_EXPOSURES = 5
MOST_LISTED = 20
FORMATS = ("docx", "xlsx", "pdf", "md", "json")

Output = dict[str, Any]


def link_of(review_id: str) -> str:
    """Return the address of a review's page."""
    return f"/review?id={review_id}"


def current_question(review: Review, me: Participant) -> Question | None:
    """Return the question that somebody is asked now: the one they are at, else the next one left; None if none is."""
    here = next((one for one in asked(review) if one.id == me.position), None)
    return here or next_question(review, person=me.id)


def standing(review: Review, me: Participant, touched: Collection[str] = ()) -> Output:
    """Return where a review stands for somebody: the step, the question, progress, and nodes by what was `touched`.

    `revision` is to be handed back as `seen` with the next entry.
    """
    question = current_question(review, me)
    step = review.checklist.step_of(question.id) if question else None
    done = progress(review)
    mine = {answer.question for answer in review.answers if answer.person in (me.id, TEAM)}
    shown = sorted(review.nodes, key=lambda node: node.name not in touched)[:MOST_NODES]
    return {
        "review_id": review.id,
        "title": review.title,
        "status": review.status,
        "you": me.name,
        "unnamed": me.name.startswith(NOBODY),
        "revision": review.revision,
        "step": {"number": step.number, "name": step.name, "purpose": step.purpose, "note": step.note}
        if step
        else None,
        "steps": [{"number": one.number, "name": one.name} for one in review.checklist.steps],
        "question": asking(review, question, me) if question else None,
        "questions": {one.id: one.short for one in asked(review)},
        "worded": [one.id for one in asked(review) if one.kind in ("text", "table")],
        "progress": {
            "asked": done.asked,
            "answered": done.answered,
            "with_evidence": done.with_evidence,
            "unknown": done.unknown,
            "open": done.open,
            "disputed": done.disputed,
            "skipped": [one for one in me.skipped if one not in mine],
            "coverage": round(done.coverage, 4),
        },
        "scope": review.scope.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
        "nodes": [facts_of(node) for node in shown],
        "nodes_in_all": len(review.nodes),
        "link": link_of(review.id),
    }


def asking(review: Review, question: Question, me: Participant) -> Output:
    """Return a question with all that explains it, and what this person has answered so far."""
    own = next((one for one in review.answers if one.question == question.id and one.person == me.id), None)
    flag = question.red_flag
    return {
        "id": question.id,
        "short": question.short,
        "ask": question.ask,
        "why": question.why,
        "evidence": question.evidence,
        "kind": question.kind,
        "options": list(question.options),
        "scores": list(question.scores),
        "unit": question.unit,
        "columns": [column.name for column in question.columns],
        "column_kinds": [column.kind for column in question.columns],
        "anchors": list(question.anchors),
        "terms": list(question.terms),
        "sets_limits": bool(flag and flag.rule == "no_limit"),
        "given": {
            "value": shown_value(question, own.value),
            "maturity": own.maturity,
            "evidence": own.evidence,
            "comment": own.comment,
            "unknown": own.unknown,
        }
        if own
        else None,
    }


def exposure_shown(one: Exposure) -> Output:
    """Return an exposure with formula, steps, assumptions and what is missing; times in weeks."""
    return {
        "node": one.name,
        "ttr": one.ttr,
        "ttr_basis": one.ttr_basis,
        "tts": one.tts_said if one.tts is None else one.tts,
        "gap": one.gap,
        "margin_at_risk": one.margin_at_risk,
        "currency": one.currency,
        "over_limit": one.over_limit,
        "formula": FORMULA,
        "symbols": SYMBOLS,
        "steps": one.steps,
        "assumptions": one.assumptions,
        "missing": one.missing,
        "warnings": one.warnings,
    }


def exposures_of(review: Review, names: Sequence[str]) -> list[Output]:
    """Return the exposures of some nodes, in their order."""
    nodes = {node.name: node for node in review.nodes}
    return [exposure_shown(exposure_of(nodes[name], review.scope)) for name in dict.fromkeys(names) if name in nodes]


def answered_of(review: Review, me: Participant, ids: Sequence[str]) -> list[Output]:
    """Return questions that were just answered, with the answer that this person gave."""
    found = [question for name in dict.fromkeys(ids) if (question := review.checklist.question(name))]
    return [asking(review, question, me) for question in found]


def summary(one: Summary) -> Output:
    """Return an entry of the list of reviews."""
    return {
        "review_id": one.id,
        "title": one.title,
        "status": one.status,
        "updated": one.updated.isoformat(timespec="minutes"),
        "answered": one.answered,
        "asked": one.asked,
        "participants": one.participants,
        "link": link_of(one.id),
    }


def report(review: Review) -> Output:
    """Return what a review shows so far, in short: steps, largest exposures, gaps in knowledge, flags, actions."""
    found = exposures(review)
    open_ = unknowns(review)
    without = [
        {"id": one.id, "short": one.short}
        for one in asked(review)
        if counting(review, one.id).state == "without evidence"
    ]
    actions = open_actions(review)
    return {
        "steps_done": [
            {
                "number": one.number,
                "name": one.name,
                "asked": one.asked,
                "answered": one.answered,
                "unknown": one.unknown,
                "coverage": round(one.coverage, 4),
                "score": None if one.score is None else round(one.score, 3),
            }
            for one in steps(review)
        ],
        "exposures": [exposure_shown(one) for one in found if one.gap is not None][:MOST_EXPOSURES],
        "exposures_unknown": [
            {"node": one.name, "missing": one.missing} for one in found if one.gap is None or one.missing
        ][:MOST_LISTED],
        "unknown": [
            _unknown(one.about, one.name) for one in open_ if one.kind == "question" and one.state == "unknown"
        ],
        "open": [_unknown(one.about, one.name) for one in open_ if one.kind == "question" and one.state == "open"],
        "without_evidence": without,
        "flags": [{"question": one.question, "text": one.text, "why": one.why} for one in flags(review)][:MOST_LISTED],
        "actions": action_shown(review, actions[:MOST_LISTED]),
        "actions_in_all": len(actions),
        "files": {name: f"/reviews/{review.id}/report.{name}" for name in FORMATS},
    }


def _unknown(about: str, name: str) -> Output:
    return {"id": about, "short": short(name, 80)}

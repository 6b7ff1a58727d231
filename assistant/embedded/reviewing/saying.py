"""Writes what is said in a guided review: the question, what was noted, gaps, progress, report, list of reviews."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.embedded.reviewing.entries import Unclear
from assistant.embedded.reviewing.phrases import sentences
from tools.metrics.shown import listed, number, percent, plural
from tools.risk.plain import without_tags

Output = Mapping[str, Any]
FILES = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "md": "Markdown", "json": "JSON"}
MOST_NAMED = 8
MOST_ACTIONS, MOST_TO_CHOOSE = 5, 10
LONGEST_ASK = 110


def question(output: Output, before: Output | None = None) -> str:
    """Return the question that is asked now, with the step where it changes and why it is asked."""
    said, asked = sentences(), output.get("question")
    if not asked:
        return said.say("all_answered")
    step = output["step"]
    earlier = (before or {}).get("step") or {}
    parts = []
    if earlier.get("number") != step["number"]:
        parts.append(said.say("step", number=step["number"], steps=len(output["steps"]), name=step["name"]))
    parts.append(said.say("question", id=asked["id"], short=asked["short"], ask=asked["ask"]))
    if asked["options"]:
        lines = [said.say("option", place=place, option=one) for place, one in enumerate(asked["options"], 1)]
        parts.append("\n".join([said.say("options" if asked["kind"] == "choice" else "several"), "", *lines]))
    elif asked["kind"] == "number":
        parts.append(said.say("in_unit", unit=asked["unit"] or "figures"))
    if asked["why"]:
        parts.append(said.say("why", why=asked["why"]))
    if asked.get("evidence"):
        parts.append(said.say("evidence", evidence=asked["evidence"]))
    given = _given(asked.get("given"))
    if given:
        parts.append(said.say("given", said=given))
    return "\n\n".join(parts)


def left_open(output: Output, before: Output) -> list[str]:
    """Return that the question which was left behind stays open; nothing if it was answered."""
    left = before.get("question") or {}
    if not left or left["id"] not in output["progress"]["skipped"]:
        return []
    return [sentences().say("left_open", id=left["id"], short=left["short"])]


def again(output: Output, sentence: str = "again") -> str:
    """Return the question that is asked now in one line, for after something else was answered or entered."""
    asked = output.get("question")
    if not asked:
        return ""
    ask = (
        asked["ask"]
        if len(asked["ask"]) <= LONGEST_ASK
        else f"{asked['ask'][:LONGEST_ASK].rsplit(' ', 1)[0]}\N{HORIZONTAL ELLIPSIS}"
    )
    return f"*{sentences().say(sentence, id=asked['id'], short=asked['short'], ask=ask)}*"


def noted(output: Output, notes: Sequence[str] = ()) -> list[str]:
    """Return what was recorded, what was changed by somebody else, and what could not be entered."""
    said = sentences()
    parts = [said.say("conflict", said=one) for one in output.get("conflicts", [])]
    parts += [said.say("refused", reason=one) for one in output.get("problems", [])]
    recorded = list(output.get("recorded", []))
    if len(recorded) == 1:
        parts.append(said.say("noted", said=recorded[0].rstrip(".") + "."))
    elif recorded:
        lines = [said.say("noted_line", said=one) for one in recorded]
        parts.append("\n".join([said.say("noted_many"), "", *lines]))
    if notes and recorded:
        parts[-1] += f" {said.say('as_read', notes='; '.join(dict.fromkeys(notes)))}"
    return parts


def which_action(output: Output) -> list[str]:
    """Return the open actions under their numbers, to ask which of them is meant; nothing if that is clear."""
    said, listed_ = sentences(), list(output.get("which_action", []))
    if not listed_:
        return []
    lines = [_action(one) for one in listed_[:MOST_TO_CHOOSE]]
    left = len(listed_) - len(lines)
    lines += [f"\n{said.say('more_actions', more=plural(left, 'more action'), link=output['link'])}"] if left else []
    return ["\n".join([said.say("open_actions"), "", *lines]), *output["problems"]]


def evidence_asked(answered: Output) -> list[str]:
    """Return the question what shows an answer that was just given; nothing where it is told, or nothing is known."""
    given = answered.get("given") or {}
    known = given.get("value") and not given.get("unknown") and not given.get("evidence")
    return [sentences().say("ask_evidence")] if known and answered.get("evidence") else []


def supplier_figures(nodes: Sequence[Output], before: Mapping[str, Output]) -> list[str]:
    """Return a doubt of times to recover that were told as a supplier's, with what was tested and went for them."""
    told = [one for one in nodes if one.get("ttr_basis") == "supplier figure"]
    if not told:
        return []
    said, parts = sentences(), [sentences().say("supplier_figure")]
    for one in told:
        old = before.get(one["name"], {})
        if old.get("ttr_basis") == "tested" and (old.get("ttr_weeks") or 0) > one.get("ttr_weeks", 0):
            parts.append(said.say("supplier_tested", name=one["name"], ttr=plural(old["ttr_weeks"], "week")))
    return [" ".join(parts)]


def taken_back(output: Output) -> list[str]:
    """Return what was taken back, and what was not and why."""
    said, back = sentences(), list(output.get("taken_back", []))
    parts = [said.say("taken_back", said=back[0].rstrip(".") + ".")] if len(back) == 1 else []
    if len(back) > 1:
        parts.append("\n".join([said.say("taken_back_many"), "", *(said.say("noted_line", said=one) for one in back)]))
    return parts + [said.say("stays", said=one) for one in output.get("stays", [])]


def gaps(output: Output, computed: Sequence[Output] = ()) -> list[str]:
    """Return what the loss of the nodes just named would cost, one computation in full, or what is lacking."""
    said, parts = sentences(), []
    known = [one for one in output.get("exposures", []) if one["gap"] is not None]
    for one in known:
        risk = one["margin_at_risk"]
        lost = said.say("lost", money=f"{number(risk)} {one['currency']}".strip()) if risk else ""
        limit = said.say("over_limit") if one["over_limit"] else ""
        name = "gap" if one["gap"] > 0 else "no_gap"
        weeks = {"gap": _weeks(one["gap"]), "ttr": _weeks(one["ttr"]), "tts": _weeks(one["tts"])}
        parts.append(said.say(name, name=one["node"], lost=lost, limit=limit, **weeks))
    if known and computed:
        parts[0] += _marker(computed[0])
        parts.insert(1, _working(computed[0]))
    lacking = [one for one in output.get("exposures", []) if one["gap"] is None]
    for one in lacking[:1]:
        missing = listed(list(one["missing"])[:2]) if one["missing"] else ""
        parts += [said.say("lacking", name=one["node"], missing=missing)] if missing else []
    return parts


def unclear(one: Unclear, output: Output) -> str:
    """Return the question about what could be two things."""
    said = sentences()
    if one.kind == "node":
        names = listed([f"**{name}**" for name in one.options[:MOST_NAMED]], "or") if one.options else ""
        return said.say("which_node", names=names) if names else said.say("which_new")
    if one.kind in ("field", "period") and one.amount:
        amounts = [(facts.unplaced[0].text, facts.name) for facts in one.all_facts] or [(one.amount.text, "")]
        named = listed([f"{amount} ({name})" if name else amount for amount, name in amounts])
        name = (
            "which_period" if one.kind == "period" else "which_share" if one.amount.kind == "share" else "which_field"
        )
        return said.say(name, amounts=named)
    asked = output.get("question") or {}
    if one.kind == "number":
        return said.say("remark_number", unit=asked.get("unit") or "figures")
    if one.kind == "table":
        return said.say("refused", reason=" ".join(one.options))
    if one.kind == "names":
        return said.say("remark_names")
    lines = [said.say("option", place=place, option=option) for place, option in enumerate(one.options, 1)]
    return "\n".join([said.say("remark_option"), "", *lines])


def started(output: Output) -> str:
    """Return what is said when a review begins."""
    done = output["progress"]
    head = sentences().say(
        "begun", title=output["title"], steps=len(output["steps"]), asked=done["asked"], link=output["link"]
    )
    unnamed = [sentences().say("unnamed", you=output["you"])] if output["unnamed"] else []
    return "\n\n".join([head, *unnamed, question(output)])


def resumed(output: Output) -> str:
    """Return what is said when a review is taken up again."""
    done = output["progress"]
    head = sentences().say("resumed", title=output["title"], answered=done["answered"], asked=done["asked"])
    return f"{head}\n\n{question(output)}"


def paused(output: Output) -> str:
    """Return what is said when a review is paused."""
    done = output["progress"]
    return sentences().say("paused", title=output["title"], answered=done["answered"], asked=done["asked"])


def progress(output: Output) -> str:
    """Return how far a review is."""
    said, done, step = sentences(), output["progress"], output.get("step")
    counts = {name: done[name] for name in ("answered", "asked", "with_evidence", "unknown", "open")}
    text = (
        said.say("progress", **counts, number=step["number"], steps=len(output["steps"]), name=step["name"])
        if step
        else said.say("progress_done", **counts)
    )
    skipped = _named(output, done["skipped"])
    return f"{text} {said.say('skipped', questions=skipped)}" if skipped else text


def unknown(output: Output) -> str:
    """Return what is not known: questions, numbers of nodes, answers without evidence."""
    said, parts = sentences(), []
    if output["unknown"]:
        parts.append(said.say("unknown_list", questions=_questions(output["unknown"])))
    lacking = [f"{one['node']} ({listed(one['missing'])})" for one in output["exposures_unknown"] if one["missing"]]
    if lacking:
        parts.append(said.say("node_gaps", nodes="; ".join(lacking[:MOST_NAMED])))
    if output["open"]:
        parts.append(said.say("open_list", count=len(output["open"]), questions=_questions(output["open"])))
    if output["without_evidence"]:
        parts.append(said.say("proofless", questions=_questions(output["without_evidence"])))
    return "\n\n".join([*parts, said.say("not_low")] if parts else [said.say("nothing_unknown")])


def exposures(output: Output) -> str:
    """Return the largest exposures, and the nodes of which the review knows."""
    said = sentences()
    if not output["exposures"]:
        names = [f"**{node['name']}**" for node in output["nodes"][:MOST_NAMED]]
        return "\n\n".join([said.say("no_exposures"), *([said.say("parts", nodes=listed(names))] if names else [])])
    return "\n".join([said.say("exposed"), "", *map(_exposure, output["exposures"])])


def report(output: Output) -> str:
    """Return the report in short: coverage, exposures, what is unknown, actions without owner, and where it all is."""
    said, done = sentences(), output["progress"]
    counts = {name: done[name] for name in ("answered", "asked", "unknown", "open")}
    coverage = said.say("coverage", coverage=percent(done["coverage"], 2), **counts)
    steps = [_step(one) for one in output["steps_done"] if one["answered"] or one["unknown"]]
    parts = ["\n".join([said.say("report", title=output["title"]), "", coverage, *steps])]
    if output["exposures"]:
        parts.append("\n".join([said.say("exposed"), "", *map(_exposure, output["exposures"][:3])]))
    if output["unknown"]:
        parts.append(f"{said.say('unknown_list', questions=_questions(output['unknown']))} {said.say('not_low')}")
    if output["actions"]:
        lines = [_action(one) for one in output["actions"][:MOST_ACTIONS]]
        left = output["actions_in_all"] - len(lines)
        lines += (
            [f"\n{said.say('more_actions', more=plural(left, 'more action'), link=output['link'])}"] if left else []
        )
        agreed = any(str(one["number"]).startswith("A") for one in output["actions"][:MOST_ACTIONS])
        parts.append("\n".join([said.say("open_actions" if agreed else "actions"), "", *lines]))
    parts.append(said.say("files", link=output["link"], **output["files"]))
    first = next((one for one in output["actions"][:MOST_ACTIONS] if not one["owner"]), None)
    open_ = [said.say("stays_open", link=output["link"])] if output["status"] == "open" else []
    return "\n\n".join([*parts, *([said.say("ask_owner", number=first["number"])] if first else []), *open_])


def files(output: Output, wanted: str) -> str:
    """Return where the report is taken as a file, the wanted format first."""
    said, where = sentences(), output["files"]
    one = [said.say("file", name=FILES[wanted], link=where[wanted])] if wanted else []
    return "\n\n".join([*one, said.say("files", link=output["link"], **where)])


def reviews(output: Output, *, choose: bool, missing: str = "") -> str:
    """Return the list of reviews, with `choose` the question which is meant, and that one of a title is `missing`."""
    said = sentences()
    lacks = [said.say("no_such_review", title=without_tags(missing))] if missing else []
    if not output["reviews"]:
        return " ".join([*lacks, said.say("no_reviews")])
    lines = [
        said.say(
            "review_line",
            number=place,
            title=one["title"],
            status=one["status"],
            answered=one["answered"],
            asked=one["asked"],
        )
        for place, one in enumerate(output["reviews"][:MOST_NAMED], 1)
    ]
    ask = [said.say("which_review")] if choose else []
    return "\n\n".join([*lacks, "\n".join([said.say("reviews"), "", *lines]), *ask])


def why(asked: Output) -> str:
    """Return why a question is asked."""
    said = sentences()
    return said.say("why_asked", id=asked["id"], why=asked["why"])


def proof(asked: Output) -> str:
    """Return what counts as evidence for a question, and what its levels mean."""
    said = sentences()
    lines = [said.say("level_line", level=level, anchor=anchor) for level, anchor in enumerate(asked["anchors"])]
    parts = [said.say("proof", id=asked["id"], evidence=asked["evidence"])]
    return "\n\n".join([*parts, *(["\n".join([said.say("levels"), "", *lines])] if lines else [])])


def _marker(computed: Output) -> str:
    sections = computed.get("sections", [])
    return f" [{sections[0]['number']}]" if sections else ""


def _working(computed: Output) -> str:
    """Return formula, steps and assumptions of a computation."""
    said = sentences()
    parts = [f"$${computed['formula']}$$", "\n".join(f"- {step}" for step in computed["steps"])]
    parts += [said.say("assumed", assumed="; ".join(computed["assumptions"]))] if computed["assumptions"] else []
    parts += [said.say("careful", warning=warning) for warning in computed["warnings"][:1]]
    return "\n\n".join(parts)


def _given(given: Output | None) -> str:
    if not given:
        return ""
    parts = ["not known" if given["unknown"] else str(given["value"])[:200]]
    parts += [f"level {given['maturity']}"] if given["maturity"] is not None else []
    parts += [f"remark: {given['comment'][:200]}"] if given["comment"] and not given["value"] else []
    return "; ".join(part for part in parts if part)


def _exposure(one: Output) -> str:
    money = ""
    if one["margin_at_risk"] is not None:
        money = f", margin at risk {number(one['margin_at_risk'])} {one['currency']}".rstrip()
        money += " (above the limit)" if one["over_limit"] else ""
    return sentences().say(
        "exposure",
        name=one["node"],
        ttr=_weeks(one["ttr"]),
        tts=_weeks(one["tts"]),
        gap=_weeks(one["gap"]),
        money=money,
    )


def _step(one: Output) -> str:
    score = "" if one["score"] is None else f", maturity {number(one['score'], 2)} of 3"
    return sentences().say(
        "step_line", score=score, **{name: one[name] for name in ("number", "name", "answered", "asked")}
    )


def _action(one: Output) -> str:
    said = sentences()
    return said.say(
        "action",
        number=one["number"],
        text=one["text"],
        owner=one["owner"] or said.say("no_owner"),
        due=one["due"] or said.say("no_due"),
    )


def _weeks(value: object) -> str:
    if isinstance(value, int | float):
        return plural(value, "week")
    return re.sub(r"^no limit$", "without limit", str(value)) if value else "not known"


def _questions(rows: Sequence[Output]) -> str:
    shown = [f"{one['id']} {one['short']}" for one in rows[:MOST_NAMED]]
    return ", ".join(shown) + (f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else "")


def _named(output: Output, ids: Sequence[str]) -> str:
    shorts = output.get("questions", {})
    return ", ".join(f"{one} {shorts.get(one, '')}".strip() for one in ids[:MOST_NAMED])

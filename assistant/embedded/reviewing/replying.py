"""Writes the reply to what the tools of a review have answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.embedded.context import COMPUTE, Context
from assistant.embedded.reviewing import saying, saying_breaks, saying_costs
from assistant.embedded.reviewing.acting import entries_of, given
from assistant.embedded.reviewing.choosing import named_outright, review_meant
from assistant.embedded.reviewing.claiming import claimed, reviews_claimed
from assistant.embedded.reviewing.downloads import file_wanted
from assistant.embedded.reviewing.entries import Entry, Unclear, is_node_table
from assistant.embedded.reviewing.hearing import ANSWER
from assistant.embedded.reviewing.likeness import placed
from assistant.embedded.reviewing.make_or_buy import costs_in
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.scope import title_in
from assistant.embedded.reviewing.settling import Settling
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import (
    BREAKS,
    COMPARE,
    FEW_WORDS,
    MOVE,
    NAME,
    REPORT,
    REPORTS,
    SHORT,
    START,
    STATUS,
    UNDO,
    Args,
    Calls,
    Step,
    buttons,
    call,
    lacks_level,
)

if TYPE_CHECKING:
    from assistant.answer import Kind

MOST_GAPS = 2
FIGURES = ("ttr_weeks", "cover_weeks", "alternate_share")


class Replying(Settling):
    """The part that replies."""

    def _gaps(self, context: Context, state: State, output: Mapping[str, Any]) -> Calls:
        """Return the computations of the gaps that figures which were just entered lay open."""
        if any(name == COMPUTE for name, _ in context.outputs):
            return ()
        nodes = {str(node["name"]): node for node in output.get("nodes", [])}
        found = [one for one in output.get("exposures", []) if one["gap"] is not None and one["node"] in nodes]
        changed = [one for one in found if _figures(nodes[one["node"]]) != _figures(state.node(one["node"]))]
        scope = output.get("scope", {})
        return tuple((COMPUTE, gap_args(nodes[one["node"]], scope)) for one in changed[:MOST_GAPS])

    def _recorded(self, context: Context, state: State, output: Mapping[str, Any]) -> Step:
        """Say what was entered, what is unclear, a level to confirm, and what is asked next."""
        wish = self._wish(context.question, None, state) if state.running else ANSWER
        entry = self._entered_now(context, state, wish)
        parts = saying.noted(output, entry.notes)
        computed = [
            one for name, one in context.outputs if name == COMPUTE and isinstance(one, Mapping) and "value" in one
        ]
        parts += self._left_with_others(context, state)
        parts += saying.gaps(output, computed)
        if output["recorded"]:
            parts += saying.supplier_figures(entry.nodes, {name: state.node(name) for name in state.names})
        asked = saying.which_action(output)
        if asked:
            noted = saying.noted({**output, "problems": []})
            return Step(text="\n\n".join([*noted, *asked]), kind="clarify")
        failed = not output["recorded"] and bool(output["problems"] or output["conflicts"])
        if entry.unclear and not failed:
            return Step(text="\n\n".join([*parts, saying.unclear(entry.unclear, output)]), kind="clarify")
        level = None if failed or wish == "correct" else self._level(state, output, parts)
        if not failed and wish != "evidence":
            parts += self._evidence_asked(state, output)
        parts.append(self._asked_next(state, output))
        kind: Kind = "answer" if not failed else "clarify" if output["conflicts"] else "invalid"
        offered = buttons("unknown", "stop")
        if level is not None:
            offered = (sentences().button("level", level=level), *offered)
        elif is_node_table(output.get("question") or {}):
            offered = buttons("next", "unknown", "stop")
        else:
            offered = buttons("skip", "unknown", "why")
        return Step(text="\n\n".join(part for part in parts if part), kind=kind, follow_ups=offered)

    def _left_with_others(self, context: Context, state: State) -> list[str]:
        """Say which actions "all of them" left as they are."""
        found = given(context.question, state, date.today())
        left = entries_of(found.given, state, "")[1] if found and not found.trouble else []
        if not left:
            return []
        named = "; ".join(
            f"{one['number']} ({', '.join(str(one[name]) for name in ('owner', 'due') if one[name])})" for one in left
        )
        return [sentences().say("action_kept", actions=named)]

    def _entered_now(self, context: Context, state: State, wish: str) -> Entry:
        """Return what the current message entered, read again as it was when the call was planned."""
        if not state.running:
            return Entry()
        unclear = self._left_open(context)
        settled = self._resolved(context.question, unclear, state) if isinstance(unclear, Unclear) else None
        if settled:
            return settled
        if wish not in (ANSWER, "correct"):
            return Entry()
        return self._enterer.enter(context.question, state, corrects=wish == "correct")

    def _level(self, state: State, output: Mapping[str, Any], parts: list[str]) -> int | None:
        """Ask for the level of the answer just entered, once; return the one that is proposed, None if none is."""
        answered = next(reversed(output.get("answered", [])), None)
        before = state.question.get("given") if answered and answered["id"] == state.question.get("id") else None
        if not answered or not lacks_level(answered) or (before and before.get("value")):
            return None
        level = self._likely_level(answered)
        if level is None:
            anchors = "; ".join(f"{place}: {anchor}" for place, anchor in enumerate(answered["anchors"]))
            parts.append(sentences().say("level_open", anchors=anchors))
        else:
            parts.append(sentences().say("level", level=level, anchor=answered["anchors"][level]))
        return level

    def _evidence_asked(self, state: State, output: Mapping[str, Any]) -> list[str]:
        """Ask once what shows the answer that was just given to the question."""
        answered = next(reversed(output["answered"]), None)
        if not answered or answered["id"] != state.question.get("id") or is_node_table(answered):
            return []
        return [] if (state.question.get("given") or {}).get("value") else saying.evidence_asked(answered)

    def _asked_next(self, state: State, output: Mapping[str, Any]) -> str:
        now, before = output.get("question"), state.question
        if now and before and now["id"] == before.get("id"):
            if is_node_table(now) and output.get("exposures"):
                return sentences().say("table_goes_on")
            return saying.again(output, "still")
        return saying.question(output, state.output)

    def _taken_back(self, output: Mapping[str, Any], state: State) -> str:
        """Say what was taken back, what stays, and where the review stands now."""
        parts = saying.taken_back(output)
        now, before = output.get("question") or {}, state.question
        parts.append(saying.again(output, "still") if now.get("id") == before.get("id") else saying.question(output))
        return "\n\n".join(part for part in parts if part)

    def _told(self, context: Context, name: str, output: Mapping[str, Any], state: State) -> Step:
        usual = buttons("skip", "unknown", "why")
        if name == START:
            return Step(text=saying.started(output), follow_ups=usual)
        if name == STATUS:
            return Step(text=saying.paused(output), follow_ups=buttons("resume", "report", "gaps"))
        if name == REPORT:
            return self._reported(context, output, state)
        if name == NAME:
            text = f"{sentences().say('named', you=output['you'])}\n\n{saying.again(output)}"
            return Step(text=text, follow_ups=usual)
        if name == UNDO:
            return Step(text=self._taken_back(output, state), follow_ups=usual)
        if name == BREAKS:
            text = "\n\n".join(part for part in (saying_breaks.broken(output), saying.again(output)) if part)
            return Step(text=text, follow_ups=buttons("exposures", "resume", "report"))
        if name == COMPARE:
            said = saying_costs.compared(output, costs_in(context.question).unplaced)
            lacking: Kind = "clarify" if output["comparison"]["lacking"] else "answer"
            text = "\n\n".join(part for part in (said, saying.again(output)) if part)
            return Step(text=text, kind=lacking, follow_ups=buttons("resume", "report"))
        another = output.get("review_id") != state.review_id
        if output.get("moved") == "continue" and (another or not state.running):
            return Step(text=saying.resumed(output), follow_ups=usual)
        parts = saying.left_open(output, state.output) if output.get("moved") == "next" else []
        return Step(text="\n\n".join([*parts, saying.question(output, state.output)]), follow_ups=usual)

    def _reported(self, context: Context, output: Mapping[str, Any], state: State) -> Step:
        if (wanted := file_wanted(context.question)) is not None:
            text = "\n\n".join(part for part in (saying.files(output, wanted), saying.again(output)) if part)
            return Step(text=text, follow_ups=buttons("report", "resume"))
        heard = self._hearer.hear(context.question, running=state.running)
        wish = max(REPORTS, key=lambda one: heard.odds[one])
        if heard.own == "action":
            wish = "report"
        if wish == "report":
            return Step(text=saying.report(output), follow_ups=buttons("gaps", "exposures", "resume"))
        told_ = {"gaps": saying.unknown, "exposures": saying.exposures, "progress": saying.progress}[wish]
        text = "\n\n".join(part for part in (told_(output), saying.again(output)) if part)
        return Step(text=text, follow_ups=buttons("breaks" if wish == "exposures" else "next", "report", "stop"))

    def _listed(self, context: Context, output: Mapping[str, Any]) -> Step:
        """Go on with the review that is meant; show the list if that was asked, or if several could be meant."""
        heard = self._hearer.hear(context.question, running=False)
        found = list(output["reviews"])
        outright = named_outright(context.question)
        if (claim := claimed(context.question)) and not outright:
            fitting = reviews_claimed(claim, found)
            if len(fitting) == 1:
                return call(MOVE, review_id=fitting[0]["review_id"], to="continue")
            missing = claim.title if not fitting else ""
            return Step(text=saying.reviews(output, choose=True, missing=missing), kind="clarify")
        if not found or (heard.own == "list" and not outright):
            return Step(text=saying.reviews(output, choose=False), follow_ups=buttons("resume") if found else ())
        meant = review_meant(context.question, found)
        left = [] if outright else [one for one in found if one["status"] != "finished"]
        chosen = meant[0] if len(meant) == 1 else left[0] if len(left) == 1 and not meant else None
        if chosen is None:
            return Step(text=saying.reviews(output, choose=True), kind="clarify")
        if heard.own in REPORTS and not outright:
            return call(REPORT, review_id=chosen["review_id"])
        return call(MOVE, review_id=chosen["review_id"], to="continue")

    def _chosen(self, text: str, offered: Sequence[Mapping[str, Any]]) -> str:
        """Return the id of the listed review that a message chooses; "" if it chooses none."""
        meant = review_meant(text, offered)
        if len(text.split()) > SHORT + FEW_WORDS or (title_in(text) and not meant):
            return ""
        place = placed(text, len(offered))
        if place is None and len(meant) != 1:
            return ""
        return str((meant[0] if len(meant) == 1 else offered[place or 0])["review_id"])


def gap_args(node: Mapping[str, Any], scope: Mapping[str, Any]) -> Args:
    """Return the arguments of compute_metric for the gap of a node, as it is known."""
    inputs: list[Args] = [{"name": "time_to_recover", "value": node["ttr_weeks"], "unit": "week"}]
    if node.get("cover_weeks") is not None:
        inputs.append({"name": "stock_cover", "value": node["cover_weeks"], "unit": "week"})
    if node.get("alternate_share"):
        inputs.append({"name": "alternate_share", "value": node["alternate_share"], "unit": ""})
    if node.get("margin_per_week"):
        lost = node["margin_per_week"] * node.get("share_affected", 1.0)
        inputs.append({"name": "margin", "value": lost, "unit": f"{scope.get('currency') or 'money'}/week"})
    return {"metric": "ttr_gap", "inputs": inputs}


def _figures(node: Mapping[str, Any]) -> list[Any]:
    return [node.get(name) for name in FIGURES]

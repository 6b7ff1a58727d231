"""Where the review of a conversation stands, read from the message history alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.embedded.context import Context, Past, Run

FOCUS_TURNS = 4
Output = Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """The review that a conversation is about, as its last output told it.

    `here` says whether the last turn belonged to it, rather than to a question asked in between; `offered` holds the
    reviews that were listed to choose from, if the last turn did that.
    """

    output: Output = field(default_factory=dict)
    runs: tuple[tuple[Run, ...], ...] = ()
    here: bool = False
    offered: tuple[Output, ...] = ()
    turns_since: int = 0  # the last one that belonged to it
    said: str = ""  # the last message, if its turn belonged to the review

    @property
    def review_id(self) -> str:
        """The review's id, "" if the conversation has none."""
        return str(self.output.get("review_id", ""))

    @property
    def running(self) -> bool:
        """Whether a review is under way: begun or taken up in this conversation, and neither paused nor finished."""
        return bool(self.review_id) and self.output.get("status") == "open"

    @property
    def paused(self) -> bool:
        """Whether the conversation's review was paused."""
        return self.output.get("status") == "paused"

    @property
    def question(self) -> Output:
        """The question that is asked now; empty when none is left."""
        return self.output.get("question") or {}

    @property
    def names(self) -> list[str]:
        """The names of the nodes that the review holds."""
        return [str(node["name"]) for node in self.output.get("nodes", [])]

    @property
    def _all_shown(self) -> bool:
        return len(self.names) == int(self.output.get("nodes_in_all", len(self.names)))

    def node(self, name: str) -> Output:
        """Return what is known of a node by its name; empty if there is none."""
        return next((node for node in self.output.get("nodes", []) if node["name"] == name), {})

    @property
    def focus(self) -> list[str]:
        """The nodes that the last entries were about, of the latest turn that entered facts of nodes."""
        for turn in reversed(self.runs[-FOCUS_TURNS:]):
            named = [
                one["node"] for run in turn for one in run.output.get("exposures", []) if run.tool == "record_answers"
            ]
            left = [str(one) for one in named if one in self.names or not self._all_shown]
            if left:
                return list(dict.fromkeys(left))
        return []

    @property
    def answered(self) -> Output:
        """The question that was answered last in the latest turns; empty if none was."""
        for turn in reversed(self.runs[-FOCUS_TURNS:]):
            for run in reversed(turn):
                if run.output.get("answered"):
                    found: Output = run.output["answered"][-1]
                    return found
        return {}

    @property
    def answered_now(self) -> Output:
        """The question that was answered in the last turn; empty if none was, or the turn spoke of something else."""
        latest = self.runs[-1] if self.here and self.runs else ()
        return next((run.output["answered"][-1] for run in reversed(latest) if run.output.get("answered")), {})

    @property
    def comparison(self) -> Output:
        """The comparison of making and buying of the last turn; empty if the turn spoke of something else."""
        latest = self.runs[-1] if self.here and self.runs else ()
        return next((run.output["comparison"] for run in reversed(latest) if run.output.get("comparison")), {})

    @property
    def told_now(self) -> list[Output]:
        """The facts of nodes that the last turn entered; none if it spoke of something else."""
        latest = self.runs[-1] if self.here and self.runs else ()
        return [one for run in latest if run.tool == "record_answers" for one in run.args.get("nodes", ())]

    @property
    def nodes_last(self) -> bool:
        """Whether the latest entry was of nodes rather than an answer."""
        for turn in reversed(self.runs[-FOCUS_TURNS:]):
            for run in reversed(turn):
                if run.tool == "record_answers":
                    return bool(run.args.get("nodes"))
        return False

    @property
    def actions(self) -> list[Output]:
        """The actions that were listed last, by a report or to ask which is meant, with owners given since."""
        since: dict[str, dict[str, Any]] = {}
        for run in (run for turn in reversed(self.runs) for run in reversed(turn)):
            found = run.output.get("which_action") or (run.tool == "review_report" and run.output.get("actions"))
            if found:
                return [{**one, **since.get(str(one["origin"] or one["text"]), {})} for one in found]
            for told in run.args.get("actions", ()) if run.output.get("recorded") else ():
                said = {name: told[name] for name in ("owner", "due") if told.get(name)}
                since[told["action"]] = said | since.get(told["action"], {})
        return []

    @property
    def actions_before_us(self) -> bool:
        """Whether actions were listed, or given to people, in the latest turns: numbers alone are of that list."""
        latest = self.runs[-1] if self.runs and self.turns_since <= 1 else ()
        return any(
            run.output.get("which_action") or run.args.get("actions") or run.tool == "review_report" for run in latest
        )

    @property
    def reported_now(self) -> bool:
        """Whether the last turn gave a report, which asks for the owner of the first action without one."""
        return self.here and any(run.tool == "review_report" for run in self.runs[-1])

    @property
    def undecided(self) -> Output:
        """The owner and date of the last turn, of which it was asked which action they are of; empty if none were."""
        latest = self.runs[-1] if self.here and self.runs else ()
        for run in latest:
            told = run.args.get("actions", ())
            if run.output.get("which_action") and len(told) == 1:
                return {name: value for name, value in told[0].items() if name in ("owner", "due")}
        return {}


def read_state(context: Context) -> State:
    """Return where the review stands that a conversation was about last."""
    runs = [tuple(turn.reviewed) for turn in context.past if _named(turn.reviewed)]
    last = context.past[-1] if context.past else Past("")
    offered: list[Output] = next((run.output["reviews"] for run in last.reviewed if run.output.get("reviews")), [])
    if not runs:
        return State(offered=() if _named(last.reviewed) else tuple(offered))
    output = next(run.output for run in reversed(runs[-1]) if run.output.get("review_id"))
    left = () if _named(last.reviewed) else tuple(offered)
    since = next(place for place, turn in enumerate(reversed(context.past)) if _named(turn.reviewed))
    said = last.question if last.reviewed else ""
    return State(output, tuple(runs), bool(last.reviewed), left, since, said)


def _named(runs: Sequence[Run]) -> bool:
    return any(run.output.get("review_id") for run in runs)

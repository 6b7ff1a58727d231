"""Takes back the last entry of a conversation: "undo that", "delete the last entry"."""

from assistant.embedded.reviewing.naming import known_names
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import COMPARE, MOVE, RECORD, UNDO, Step, call
from assistant.embedded.reviewing.vocabulary import fact_words, opening

MOST_WORDS = 9


def undone(text: str, state: State) -> Step | None:
    """Return the step for a message that takes something back; None if it does not."""
    if len(text.split()) > MOST_WORDS or any(sign.isdigit() for sign in text):
        return None  # "scratch that, 9 weeks" puts right, and takes nothing back
    link = str(state.output.get("link", ""))
    named = known_names(text, state.names)
    if len(named) == 1 and opening(fact_words().remove, text) is not None:
        return Step(text=sentences().say("remove_on_page", name=named[0], link=link))
    if opening(fact_words().undo, text) is None:
        return None
    return _last(state, link)


def _last(state: State, link: str) -> Step:
    """Return the call that takes back the latest entry which was not taken back before."""
    back = 0
    latest = [run for turn in reversed(state.runs) for run in reversed(turn)]
    for place, run in enumerate(latest):
        if run.tool == COMPARE and run.args.get("keep", True) and not run.output["comparison"].get("lacking"):
            return Step(text=sentences().say("undo_on_page", link=link))
        if run.tool == MOVE and place == 0 and state.here and run.args.get("to") in ("skip", "next"):
            return call(MOVE, review_id=state.review_id, to="back")
        if run.tool == RECORD and place == 0 and state.here and not run.output.get("recorded"):
            return Step(text=sentences().say("undo_refused"), kind="clarify")
        if run.tool == UNDO and "taken_back" in run.output:
            back += 1
        elif run.tool == RECORD and run.output.get("recorded") and "entered" in run.output:
            if not back:
                return call(UNDO, review_id=state.review_id, **run.output["entered"])
            back -= 1
    return Step(text=sentences().say("nothing_to_undo", link=link))

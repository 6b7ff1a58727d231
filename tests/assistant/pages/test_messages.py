"""What stands in the chat for a turn: a drawing below an answer, none below a question that is asked back."""

from assistant.agent import Assistant
from assistant.pages.messages import Exchange, exchange_messages
from assistant.pages.runs import ToolRun
from tests.assistant.talking import talk

EOQ = "EOQ for 1,200 units a year, 30 an order and 2 to hold one a year"
QUESTION_TOOL_AND_REPLY = 3


def shown(assistant: Assistant, *turns: str) -> int:
    """Return how many messages stand for the last of some turns."""
    done = talk(assistant, *turns)[-1]
    tools = [ToolRun(one.tool, one.args, one.output, finished=True) for one in done.results]
    return len(exchange_messages(Exchange(turns[-1], tools, done.text, done, "done"), latest=False))


def test_a_result_is_drawn(assistant: Assistant) -> None:
    assert shown(assistant, EOQ) == QUESTION_TOOL_AND_REPLY + 1


def test_what_is_asked_back_is_not_drawn(assistant: Assistant) -> None:
    assert shown(assistant, EOQ, "now 90") == QUESTION_TOOL_AND_REPLY

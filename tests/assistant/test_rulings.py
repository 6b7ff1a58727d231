"""Whether somebody's own case is legal is never ruled on, not in a conversation about the law either."""

import pytest

from assistant.agent import Assistant
from tests.assistant.talking import talk

EUDR = ("does EUDR affect our coffee imports?", "from when?")


@pytest.mark.parametrize("text", ["so are we legally ok?", "are we compliant then?", "do we break the law?"])
def test_a_ruling_is_declined_and_the_law_still_explained(assistant: Assistant, text: str):
    *_, ruling, explained = talk(assistant, *EUDR, text, "what is it for?")
    assert ruling.kind == "decline"
    assert "adviser" in ruling.text
    assert explained.kind == "answer"
    assert explained.citations[0].title == "EUDR"


@pytest.mark.parametrize("text", ["when does it apply?", "who checks it?", "what happens if a firm ignores it?"])
def test_what_the_law_says_is_no_ruling(assistant: Assistant, text: str):
    assert talk(assistant, EUDR[0], text)[-1].kind == "answer"

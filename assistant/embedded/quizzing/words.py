"""What people say in a quiz and what is said to them, read from data."""

import re
from functools import cached_property, lru_cache
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

from assistant.embedded.phrases import DATA
from assistant.learning.models import Kind


def _compiled(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiled)]


class Words(BaseModel):
    """The patterns of messages, and the sentences of replies."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    begin: tuple[Pattern, ...]
    never: tuple[Pattern, ...]
    elsewhere: tuple[Pattern, ...]
    hints_only: tuple[Pattern, ...]
    due: tuple[Pattern, ...]
    kinds: dict[Kind, tuple[Pattern, ...]]
    count: dict[str, int]
    topic: Pattern
    wishes: dict[str, Pattern]
    knew: dict[str, Pattern]
    say: dict[str, str]
    buttons: dict[str, str]

    @cached_property
    def whole(self) -> dict[str, re.Pattern[str]]:
        """The wishes that a whole message can be, compiled."""
        return {name: re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE) for name, pattern in self.wishes.items()}

    @cached_property
    def known(self) -> dict[str, re.Pattern[str]]:
        """What says that something was known, or was not, compiled."""
        return {name: re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE) for name, pattern in self.knew.items()}

    def holds(self, patterns: tuple[str, ...], text: str) -> bool:
        """Whether a text holds one of the patterns."""
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)

    def button(self, *names: str) -> tuple[str, ...]:
        """Return the words of buttons."""
        return tuple(self.buttons[name] for name in names)


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the words, read once."""
    return Words.model_validate(yaml.safe_load((DATA / "quizzing.yaml").read_text("utf-8")))

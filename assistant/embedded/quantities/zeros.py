"""Amounts of nothing that are said in words: worthless, worth nothing, free of charge, no safety allowance."""

from assistant.embedded.quantities.amount import Amount
from assistant.embedded.quantities.message import Message


class ZeroReader:
    """Reads words that say that an amount is zero."""

    def __init__(self, message: Message):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.zeros = message.words.data.zeros

    def read(self, index: int) -> Amount | None:
        """Return the zero that a word says."""
        key, before = self.tokens[index].key, self.tokens[index - 1].key
        said = (
            key in self.zeros.alone
            or (key in self.zeros.nothing and before in self.zeros.nothing_after)
            or (key in self.zeros.free and self._is_free(index))
            or (key in self.zeros.no and self._lacks(index))
        )
        return Amount(index, index + 1, 0.0, nothing=True) if said else None

    def _is_free(self, index: int) -> bool:
        """Say whether a word is that of "free of charge", "for free" or "storage is free"."""
        if self.words.free_of.find(self.tokens, index + 1):
            return True
        before, noun = self.tokens[index - 1].key, self.tokens[index - 2].key
        stated = before in self.zeros.are and noun in self.zeros.free_nouns
        return self.message.stops(index + 1) and (before in self.zeros.free_after or stated)

    def _lacks(self, index: int) -> bool:
        """Say whether an amount follows "no", and nothing that this amount only describes."""
        found = self.words.amounts_lacked.find(self.tokens, index + 1)
        if not found or self.tokens[index - 1].key in self.zeros.not_after:
            return False
        following = self.tokens[found[1]]
        return following.kind != "word" or following.key in self.zeros.before

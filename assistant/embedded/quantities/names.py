"""Names beside amounts: labels such as months and letters, proper names, and words that could be either."""

from dataclasses import dataclass
from functools import lru_cache

from assistant.embedded.quantities.amount import Amount
from assistant.embedded.quantities.message import Message
from assistant.embedded.quantities.tokens import Token

PAIR = 2
MOST_WORDS = 3
MOST_HEAD = 4
INSIDE = frozenset("-'\N{RIGHT SINGLE QUOTATION MARK}&")


@dataclass(frozen=True)
class Name:
    """A name with its first token and the token after it; `head` is what a colon before it announces."""

    kind: str
    text: str
    first: int
    after: int
    head: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def input_words() -> frozenset[str]:
    """Return the words that name inputs of metrics: a number beside one of them is hardly an item of a list."""
    from tools.metrics import METRICS

    return frozenset(
        word.strip(",.;").casefold()
        for entry in METRICS.values()
        for declared in entry.declared.values()
        for said in (declared.said.label, *declared.said.words, *declared.said.symbols)
        for word in said.split()
    )


class NameReader:
    """Reads the names beside the amounts of a message."""

    def __init__(self, message: Message):
        self.message = message
        self.tokens = message.tokens
        self.words = message.words
        self.data = message.words.data

    # Labels that can be nothing else

    def label_before(self, amount: Amount) -> Name | None:
        """Return the label just before an amount: Jan 100, A: 40, supplier B 60."""
        end = amount.first
        if self.tokens[end - 1].text in self.data.lists.label_marks:
            end -= 1
        if found := self.words.labels.ends(self.tokens, end):
            return Name(found[0], self.tokens[found[1]].text, found[1], end)
        token, before = self.tokens[end - 1], self.tokens[end - 2]
        if token.kind == "word" and token.glued and before.kind == "digits":
            return None
        if name := self._numbered(end - PAIR):
            return name
        if _is_letter(token):
            return Name("letter", token.text, end - 1, end)
        if token.kind == "digits" and end == amount.first - 1 and _is_year(token.text):
            return Name("year", token.text, end - 1, end)
        return None

    def label_after(self, amount: Amount) -> Name | None:
        """Return the label after an amount: 100 in Jan, 40% from Acme."""
        place = amount.after + 1
        if self.tokens[amount.after].key not in self.data.lists.before_labels:
            return None
        token = self.tokens[place]
        if found := self.words.labels.find(self.tokens, place):
            return Name(found[0], token.text, place, found[1])
        if name := self._numbered(place):
            return name
        if _is_letter(token):
            return Name("letter", token.text, place, place + 1)
        if token.kind == "digits" and _is_year(token.text) and place in self.message.skips:
            return Name("year", token.text, place, place + 1)
        if self.is_proper(token) and self.tokens[place + 1].kind != "word":
            return Name("proper", token.text, place, place + 1)
        return None

    def _numbered(self, index: int) -> Name | None:
        word, token = self.tokens[index], self.tokens[index + 1]
        single = len(token.text) == 1 and token.kind in ("word", "digits")
        if word.kind != "word" or not (single or token.kind == "digits"):
            return None
        if word.key in self.data.numbered or (token.glued and len(word.text) == 1 and word.text.isupper()):
            return Name(word.key, f"{word.text}{token.gap}{token.text}", index, index + PAIR)
        return None

    # Names that could be words for inputs too

    def is_proper(self, token: Token) -> bool:
        """Say whether a word looks like the name of a firm or a place: a capital, and no word of the field."""
        capital = token.kind == "word" and token.text[:1].isupper() and token.text[1:].islower()
        return capital and len(token.text) > 1 and not self.is_common(token.key)

    def is_common(self, word: str) -> bool:
        """Say whether a word names inputs, or is said of amounts in general."""
        forms = (word, word.removesuffix("s"))
        known = (input_words(), self.words.common, self.words.units.by_first)
        return any(form in words for form in forms for words in known)

    def is_rest(self, name: Name) -> bool:
        """Say whether a name is that of the rest of a list: others."""
        return name.text.casefold() in self.data.lists.rest

    def next_name(self, last: Amount, amount: Amount) -> Name | None:
        """Return the words that alone stand between an amount and the one before, but for a comma or the like."""
        first, end = last.after, self._before_mark(amount)
        if not 0 < end - first <= PAIR + PAIR * MOST_WORDS:
            return None
        parted = "\n" in self.tokens[first].gap
        while first < end and self.tokens[first].key in self.data.lists.joins:
            first, parted = first + 1, True
        name = self._words_back(first, end)
        return name if parted and name and name.first == first else None

    def first_name(self, last: Amount | None, amount: Amount, count: int) -> Name | None:
        """Return the words before the first amount of a list, `count` of them if nothing sets them off."""
        end = self._before_mark(amount)
        name = self._words_back(last.after if last else 0, end)
        if name is None:
            return None
        opened = name.first == 0 or self._sets_off(name)
        words = [place for place in range(name.first, end) if self.tokens[place].kind == "word"]
        if not opened and len(words) > count:
            name = self._named(words[-count], end)
        return Name(name.kind, name.text, name.first, end, self._head(name.first))

    def _sets_off(self, name: Name) -> bool:
        before = self.tokens[name.first - 1]
        return before.kind != "word" or before.key in self.data.lists.not_in_names or self._is_weights(before.key)

    def _before_mark(self, amount: Amount) -> int:
        before = self.tokens[amount.first - 1]
        marked = before.text in self.data.lists.label_marks or before.key in self.data.lists.links
        return amount.first - 1 if marked else amount.first

    def _words_back(self, start: int, end: int) -> Name | None:
        """Return the name that ends at a token: up to three words, with what is written together with them."""
        first, count = end, 0
        while first > start and count < MOST_WORDS + 1:
            token = self.tokens[first - 1]
            inner = token.text in INSIDE and token.glued and self.tokens[first].glued and first < end
            numbered = token.kind == "digits" and self.tokens[first - 2].kind == "word" and first - 1 > start
            if not (token.kind == "word" or inner or numbered) or self._is_outside(first - 1):
                break
            if count and self._is_weights(token.key):
                break
            whole = token.kind == "word" and not (token.glued and self.tokens[first - 2].text in INSIDE)
            if whole and count == MOST_WORDS:
                break
            count, first = count + whole, first - 1
            if "\n" in token.gap:
                break
        return self._named(first, end) if count else None

    def _is_outside(self, index: int) -> bool:
        """Say whether a word is never part of a name, but for "on-time"."""
        following = self.tokens[index + 1]
        inside = following.glued and following.text in INSIDE
        return self.tokens[index].key in self.data.lists.not_in_names and not inside

    def _named(self, first: int, end: int) -> Name:
        text = self.tokens.text[self.tokens[first].start : self.tokens[end - 1].end]
        if end - first == 1 and self.is_proper(self.tokens[first]):
            return Name("proper", text, first, end)
        return Name("words", text, first, end)

    def last_word(self, name: Name) -> Name:
        """Return the last word of a name if that is a proper one and the others are words of the sentence."""
        before = self.tokens[name.after - PAIR]
        single = name.after - name.first == 1
        if single or before.kind != "word" or not self.is_proper(self.tokens[name.after - 1]):
            return name
        if before.text[:1].isupper() and not self.is_common(before.key):
            return name
        return Name("proper", self.tokens[name.after - 1].text, name.after - 1, name.after, name.head)

    # What announces a list

    def _head(self, first: int) -> tuple[str, ...]:
        """Return the words before a colon, or the one word "weights" without one."""
        before = self.tokens[first - 1]
        if self._is_weights(before.key):
            return (before.key,)
        if before.text != ":":
            return ()
        words: list[str] = []
        for place in range(first - PAIR, max(-1, first - PAIR - MOST_HEAD), -1):
            if self.tokens[place].kind != "word":
                break
            words.append(self.tokens[place].key)
        return tuple(words)

    def _is_weights(self, word: str) -> bool:
        return word in self.data.lists.heads_of_any

    def takes_any(self, head: tuple[str, ...]) -> bool:
        """Say whether what is announced has items of any name: weights, shares."""
        return any(self._is_weights(word) for word in head)

    def takes_items(self, head: tuple[str, ...]) -> bool:
        """Say whether what is announced is given by item, but could be several inputs too: spend, demand."""
        return any(word in self.data.lists.heads_of_items for word in head)

    def is_plain(self, name: Name) -> bool:
        """Say whether no word of a name is one for an input."""
        return not any(self.is_common(self.tokens[place].key) for place in range(name.first, name.after))


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1 and token.kind == "word" and token.text.isascii() and token.text.isupper()


def _is_year(text: str) -> bool:
    return len(text) == len("2025") and text[:PAIR] in ("19", "20")

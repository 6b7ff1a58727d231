"""A message with what it says as a whole, and what stands at a place of it."""

from dataclasses import dataclass, field

from assistant.embedded.quantities.digits import Run, decimal_mark, find_run, read_figure
from assistant.embedded.quantities.lexicon import Lexicon, lexicon
from assistant.embedded.quantities.not_amounts import spans_without_amounts
from assistant.embedded.quantities.tokens import Tokens

COMMA_WORDS_TO_TELL = 2
LONG = 10  # letters of a word that tells a language alone


@dataclass
class Message:
    """The tokens of a message with what they say as a whole."""

    tokens: Tokens
    words: Lexicon = field(default_factory=lexicon)
    skips: dict[int, int] = field(default_factory=dict)
    decimal: str = ""
    comma_groups: bool = False
    open_comma: bool = False  # a point is ambiguous here, so a comma before three digits is too
    lengths: bool = False
    money: bool = False
    pounds: bool = False  # the currency is named
    figures: bool = False  # amounts are typed in digits

    @classmethod
    def of(cls, text: str) -> "Message":
        """Read what a message says as a whole."""
        made = cls(Tokens(text))
        made.skips = spans_without_amounts(made.tokens)
        made._learn()
        return made

    def _learn(self) -> None:
        data, said = self.words.data, self.tokens.words()
        runs = list(self._runs())
        self.figures = bool(runs)
        telling = said & set(data.decimal_comma_words)
        comma_words = len(telling) + any(len(word) >= LONG for word in telling) >= COMMA_WORDS_TO_TELL
        self.decimal = decimal_mark(runs, comma_words=comma_words)
        read = [(run, read_figure(run, self.decimal)) for run in runs if not run.plain]
        self.comma_groups = any(figure.grouped for _, figure in read if figure)
        self.open_comma = not self.decimal and any(
            run.marks == (".",) and figure.others for run, figure in read if figure
        )
        counted = [run for run in runs if self.tokens[run.after].key in self.words.counting_starts]
        self.lengths = bool(said & set(data.length_words)) or any(self._is_length(run) for run in counted)
        signs = {token.key for token in self.tokens[: self.tokens.size]}
        self.pounds = not signs.isdisjoint(data.currencies[data.pounds.currency])
        self.money = bool(said & set(data.money_words)) or any(self._is_scaled(run) for run in counted)

    def _is_length(self, run: Run) -> bool:
        found = self.words.units.find(self.tokens, run.after)
        return found is not None and found[0] in self.words.data.lengths

    def _is_scaled(self, run: Run) -> bool:
        return bool(self.words.magnitudes.find(self.tokens, run.after) or self.words.money.find(self.tokens, run.after))

    def _runs(self) -> list[Run]:
        runs, index = [], 0
        while index < self.tokens.size:
            run = None if index in self.skips else find_run(self.tokens, index)
            if run:
                runs.append(run)
            index = self.skips.get(index) or (run.after if run else index + 1)
        return runs

    # What stands at a token

    def stops(self, index: int) -> bool:
        """Say whether a clause ends."""
        token = self.tokens[index]
        return token.kind == "end" or (token.kind == "mark" and token.text in ".,;:!?)")

    def direction(self, index: int) -> int:
        """Return 1 for "more", -1 for "fewer", else 0."""
        key = self.tokens[index].key
        return (key in self.words.data.changes.up.between) - (key in self.words.data.changes.down.between)

    def ends_here(self, index: int) -> bool:
        """Say whether nothing follows that a unit might describe."""
        return self.tokens[index].kind != "word" or self.tokens[index].key in self.words.data.at_the_end_before

    def goes_on(self, index: int) -> bool:
        """Say whether a word goes on with the amount rather than being what a unit describes."""
        key = self.tokens[index].key
        data = self.words.data
        known = (*data.changes.up.after, *data.changes.down.after, *data.lists.joins, *data.at_the_end_before)
        return key in known or bool(
            self.words.per.find(self.tokens, index) or self.words.per_adverbs.find(self.tokens, index)
        )

    def is_symbol(self, index: int) -> bool:
        """Say whether a letter is rather the name of the next number: S=50 h=5, or the next symbol of a list."""
        token, following = self.tokens[index], self.tokens[index + 1]
        named = following.text in ("=", ":") or following.kind == "digits"
        return len(token.text) == 1 and token.kind == "word" and (named or token.text in "Bb")

    def dot(self, index: int) -> int:
        """Return the token after the point of an abbreviation: 2,4 Mio. €; not that of "1.39. Yearly we fold"."""
        ends = self.tokens[index - 1].kind == "digits" and self.tokens[index + 1].gap
        return index + 1 if self.tokens[index].text == "." and self.tokens[index].glued and not ends else index

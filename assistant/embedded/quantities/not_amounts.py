"""Finds the digits that count nothing: dates, years, times, codes, numbered names and fixed expressions."""

from collections.abc import Callable, Iterator

from assistant.embedded.quantities.digits import find_run
from assistant.embedded.quantities.lexicon import Lexicon, lexicon
from assistant.embedded.quantities.tokens import Token, Tokens

LAST_DAY = 31
MONTHS = 12
HOURS = 24
YEARS = range(1980, 2051)
CENTURY = 100
DATE_PARTS = 3
MOST_PARTS = 8
INSIDE_CODES = frozenset("-_.:")


def spans_without_amounts(tokens: Tokens) -> dict[int, int]:
    """Return the first token of each such span, with the token after it."""
    finder = _Finder(tokens, lexicon())
    spans: dict[int, int] = {}
    index = 0
    while index < tokens.size:
        after = finder.span(index)
        if after:
            spans[index] = after
        index = after or finder.next(index)
    return spans


def code_end(tokens: Tokens, index: int) -> int:
    """Return the token after letters, digits and hyphens that are written together from a token on."""
    after = index + 1
    while True:
        if tokens[after].kind in ("word", "digits", "part") and tokens[after].glued:
            after += 1
        elif tokens[after].text in INSIDE_CODES and tokens[after].glued and _letters_or_digits(tokens, after + 1):
            after += 2
        else:
            return after


def _letters_or_digits(tokens: Tokens, index: int) -> bool:
    return tokens.glued(index, "word") or tokens.glued(index, "digits")


def is_counted(tokens: Tokens, index: int, words: Lexicon) -> bool:
    """Say whether a unit, a currency, a percent sign or a magnitude stands at a token."""
    return tokens[index].key in words.counting_starts and any(forms.find(tokens, index) for forms in words.counting)


class _Finder:
    """The rules, one method each; each returns the token after the span that starts at a token, or 0."""

    def __init__(self, tokens: Tokens, words: Lexicon):
        self.tokens = tokens
        self.words = words
        self.data = words.data
        self.year_before = -1  # the token after the last year
        self.code_before = -1
        self.month_number = -1  # the token after the last number of a month
        self.for_words: tuple[Callable[[int], int], ...] = (self.code, self.month, self.name, self.numbered)
        self.for_digits: tuple[Callable[[int], int], ...] = (
            self.clock, self.grid, self.dotted, self.hyphens, self.slashes, self.ordinal, self.day_of_month, self.year,
            self.odd,
        )  # fmt: skip
        self.for_digits_alone: tuple[Callable[[int], int], ...] = (self.year, self.odd)

    def span(self, index: int) -> int:
        found = self.words.fixed.find(self.tokens, index)
        if found and not self.words.magnitudes.find(self.tokens, found[1]):  # "the one" of "the one thousand lines"
            return found[1]
        kind, following = self.tokens[index].kind, self.tokens[index + 1]
        rules = self.for_words if kind in ("word", "mark") else self.for_digits if kind == "digits" else ()
        if rules is self.for_digits and following.kind in ("digits", "end"):
            rules = self.for_digits_alone
        for rule in rules:
            if after := rule(index):
                return after
        return 0

    def next(self, index: int) -> int:
        run = find_run(self.tokens, index)
        return run.after if run else index + 1

    def whole(self, index: int) -> int | None:
        """Return the whole number at a token, if it is digits alone and nothing counts by it."""
        run = find_run(self.tokens, index)
        if run is None or not run.plain or len(run.groups[0]) > len("999999999999"):
            return None
        return None if is_counted(self.tokens, run.after, self.words) else int(run.groups[0])

    def code(self, index: int) -> int:
        """Letters with digits: A-4711, EN1090, Q3, B2B."""
        word = self.tokens[index]
        if word.kind != "word" or word.key == "x" or self.words.money.find(self.tokens, index):
            return 0
        after = index + 2 if self.tokens[index + 1].text == "-" and self.tokens[index + 1].glued else index + 1
        if not self.tokens.glued(after, "digits") or (word.glued and self.tokens[index - 1].kind == "digits"):
            return 0
        self.code_before = code_end(self.tokens, index)
        return self.code_before

    def month(self, index: int) -> int:
        """March 3, 2026; Mar 2026; not Jan 100 Feb 120."""
        found = self.words.months.find(self.tokens, index)
        if not found:
            return 0
        place = found[1] + 1 if self.tokens[found[1]].text == "." and self.tokens[found[1]].glued else found[1]
        number = self.whole(place)
        if number is None:
            return 0
        if number in YEARS:
            self.year_before = place + 1
            return place + 1
        listed = self.month_number >= index - 1 and self.month_number >= 0
        self.month_number = place + 1
        if number > LAST_DAY or listed or self._month_follows(place + 1):
            return 0
        after = place + 2 if self.tokens[place + 1].key in self.data.ordinals else place + 1
        return self._with_year(after)

    def _month_follows(self, index: int) -> bool:
        place = index + 1 if self.tokens[index].text in self.data.lists.joins[:2] else index
        found = self.words.months.find(self.tokens, place)
        return bool(found and self.tokens[found[1]].kind == "digits")

    def _with_year(self, index: int) -> int:
        place = index + 1 if self.tokens[index].text == "," else index
        return place + 1 if self.whole(place) in YEARS else index

    def name(self, index: int) -> int:
        """SKU 88321, ISO 9001, step 3, #5."""
        found = self.words.names.find(self.tokens, index)
        if not found or (self.tokens[index].glued and self.tokens[index - 1].kind == "digits"):
            return 0
        if self.tokens[index - 1].key in self.data.names_counted_after:
            return 0  # quantity per PO 700
        after = found[1]
        while self.tokens[after].text in ("#", ":") or self._shortened(after):
            after += 1
        run = find_run(self.tokens, after)
        if run is None or run.exponent or self.tokens[after].text == ".":
            return 0
        if is_counted(self.tokens, run.after, self.words) and not self._is_code(run.groups[0]):
            return 0
        return code_end(self.tokens, run.after - 1)

    def _shortened(self, index: int) -> bool:
        """Say whether a point stands behind an abbreviation: "rev. 3", not "4 on top. 5,500 expected"."""
        return self.tokens[index].text == "." and self.tokens[index - 1].key in self.data.shortened

    def _is_code(self, digits: str) -> bool:
        return len(digits) >= len(str(self.data.long_codes))

    def numbered(self, index: int) -> int:
        """Week 3, supplier 2, item 88321."""
        most = self.data.numbered.get(self.tokens[index].key)
        before = self.tokens[index - 1]
        if not most or before.kind == "digits" or before.key in self.data.not_names_after:
            return 0
        if before.kind == "word" and index > 1 and self.tokens[index - 2].key in self.data.articles:
            return 0  # on a normal week 27 tyres come off
        number = self.whole(index + 1)
        if number is None or self.tokens[index + 1].glued:
            return 0
        is_name = number <= most or (most >= CENTURY - 1 and number >= self.data.long_codes)
        return index + 2 if is_name else 0

    def clock(self, index: int) -> int:
        """14:30, 3 pm; ratios such as 2:1 go with them."""
        after = index + 1
        while self.tokens[after].text == ":" and self.tokens[after].glued and self.tokens.glued(after + 1, "digits"):
            after += 2
        found = self.words.clock.find(self.tokens, after)
        hour = len(self.tokens[index].text) <= len("24") and int(self.tokens[index].text) <= HOURS
        if found and hour and not self.words.units.find(self.tokens, found[1]):
            return found[1]
        return after if after > index + 1 else 0

    def grid(self, index: int) -> int:
        """A 5 x 5 matrix."""
        after = index + 1
        if self.tokens[after].text not in self.data.lists.times or self.tokens[after + 1].kind != "digits":
            return 0
        found = self.words.grids.find(self.tokens, after + 2)
        return found[1] if found else 0

    def dotted(self, index: int) -> int:
        """Am 12.9., bis 30.06.2026."""
        texts = [part.text for part in self.parts(index, ".")]
        after = index + 2 * len(texts) - 1
        short = len(texts) > 1 and all(len(text) <= len("31") for text in texts[:2])
        if not short or self.tokens[index - 1].key not in self.data.day_cues or not 0 < int(texts[1]) <= MONTHS:
            return 0
        if len(texts) > DATE_PARTS - 1:
            return after if len(texts) == DATE_PARTS else 0
        return after + 1 if self.tokens[after].text == "." and self.tokens[after].glued else 0

    def hyphens(self, index: int) -> int:
        """2026-03-01, 2024-25, 555-0199."""
        parts = list(self.parts(index, "-"))
        if len(parts) < len(("from", "to")):
            return 0
        texts = [part.text for part in parts]
        zero = any(_padded(text) for text in texts)
        years = _is_year(texts[0]) and (_is_year(texts[1]) or len(texts[1]) == len("25"))
        return index + 2 * len(parts) - 1 if len(parts) >= DATE_PARTS or zero or years else 0

    def slashes(self, index: int) -> int:
        """12/05/2026, 01/03; not 100/120/110."""
        texts = [part.text for part in self.parts(index, "/")]
        if len(texts) < len(("day", "month")):
            return 0
        short = sum(len(text) <= len("31") and int(text) <= LAST_DAY for text in texts)
        dated = len(texts) == DATE_PARTS and short == DATE_PARTS - 1 and (_is_year(texts[0]) or _is_year(texts[-1]))
        return index + 2 * len(texts) - 1 if dated or any(_padded(text) for text in texts) else 0

    def parts(self, index: int, mark: str) -> Iterator[Token]:
        """Yield the digits that one mark joins, the first few of many."""
        last = index + 2 * MOST_PARTS
        yield self.tokens[index]
        while (
            index < last
            and self.tokens[index + 1].text == mark
            and self.tokens[index + 1].glued
            and self.tokens.glued(index + 2, "digits")
        ):
            index += 2
            yield self.tokens[index]

    def ordinal(self, index: int) -> int:
        """2nd, 95th, 1990s."""
        suffix = self.tokens[index + 1]
        if not self.tokens.glued(index + 1, "word"):
            return 0
        decade = suffix.key == "s" and _is_year(self.tokens[index].text)
        return self._of_month(index + 2) if suffix.key in self.data.ordinals or decade else 0

    def _of_month(self, index: int) -> int:
        place = index + 1 if self.tokens[index].key == "of" else index
        found = self.words.months.find(self.tokens, place)
        return self._with_year(found[1]) if found else index

    def day_of_month(self, index: int) -> int:
        """3 March, 3. März 2026."""
        after = index + 2 if self.tokens[index + 1].text == "." and self.tokens[index + 1].glued else index + 1
        found = self.words.months.find(self.tokens, after)
        is_day = len(self.tokens[index].text) <= len("31") and int(self.tokens[index].text) <= LAST_DAY
        if not found or not is_day or self.tokens[found[1]].text in self.data.lists.label_marks:
            return 0
        if self.whole(found[1]) is not None and self.whole(found[1]) not in YEARS:
            return 0
        return self._with_year(found[1])

    def year(self, index: int) -> int:
        """In 2025, our 2024 budget, from 2019 to 2025, Q3 2025."""
        number = self.whole(index) if _is_year(self.tokens[index].text) else None
        if number is None:
            return 0
        if (
            self.tokens[index - 1].kind == "mark"
            and self.tokens[index].glued
            and self.tokens[index - 1].text not in "(["
        ):
            return 0
        if not (self._after_cue(index, number) or self._describes(index)):
            return 0
        self.year_before = index + 1
        return index + 1

    def _after_cue(self, index: int, number: int) -> bool:
        before = self.tokens[index - 1].key
        if before in self.data.years.of and self.tokens[index - 2].key in self.data.years.cues:
            return number % CENTURY != 0  # the winter of 2021
        if before in self.data.years.cues:
            return number % CENTURY != 0 or before in self.data.years.cues[:3]
        joined = before in self.data.lists.joins or before in self.data.ranges.marks
        return (joined and self.year_before == index - 1) or self.code_before == index

    def _describes(self, index: int) -> bool:
        before, following = self.tokens[index - 1], self.tokens[index + 1]
        if following.text == ":":
            return True
        opens = before.kind == "end" or before.text in (".", "?", "!") or before.key in self.data.years.determiners
        return opens and following.kind == "word" and following.key not in self.data.lists.joins

    def odd(self, index: int) -> int:
        """007: digits with a leading nought are a code."""
        run = find_run(self.tokens, index) if _padded(self.tokens[index].text) else None
        return run.after if run else 0


def _is_year(text: str) -> bool:
    return len(text) == len("2025") and int(text) in YEARS


def _padded(text: str) -> bool:
    return len(text) > 1 and text.startswith("0")

"""Numbers in figures: which mark is the decimal one, what the digits may mean, and when they are a list."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.embedded.quantities.tokens import Tokens

MARKS = {",": ",", ".": ".", "'": "'", "\u2019": "'"}
HARD_SPACES = frozenset("\u00a0\u2007\u2009\u202f")
LONGEST = 40  # digits; more is no number that a person means
ALIKE = 2.0  # numbers of a list without spaces differ at most by this factor
MAYBE_ALIKE = 10.0
GROUP = 3
MOST_SPACED = 6  # groups with a space between; more are a list


@dataclass(frozen=True, slots=True)
class Run:
    """Digits with the marks between them, as they stand in a message: from a token up to before another."""

    first: int
    after: int
    groups: tuple[str, ...]
    marks: tuple[str, ...]
    exponent: int = 0
    money: bool = False

    @property
    def plain(self) -> bool:
        """Say whether it is digits and nothing else."""
        return not self.marks and not self.exponent


@dataclass(frozen=True, slots=True)
class Figure:
    """What a run means: a number, perhaps with other readings, or a list; `marked` is the decimal mark it shows."""

    value: float
    others: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    marked: str = ""
    grouped: bool = False


def find_run(tokens: Tokens, index: int) -> Run | None:
    """Return the run of digits that starts at a token."""
    if tokens[index].kind != "digits" and tokens[index].text != ".":
        return None
    if index not in tokens.kept:
        tokens.kept[index] = _find_run(tokens, index)
    kept = tokens.kept[index]
    return kept if isinstance(kept, Run) else None


def _find_run(tokens: Tokens, index: int) -> Run | None:
    if tokens[index].text == "." and tokens.glued(index + 1, "digits"):
        if tokens[index].glued and tokens[index - 1].kind in ("word", "digits", "part"):
            return None
        return _exponent(tokens, Run(index, index + 2, ("0", tokens[index + 1].text), (".",)))
    if tokens[index].kind != "digits":
        return None
    groups, marks, after = [tokens[index].text], [], index + 1
    while (mark := MARKS.get(tokens[after].text)) and tokens[after].glued and tokens.glued(after + 1, "digits"):
        marks.append(mark)
        groups.append(tokens[after + 1].text)
        after += 2
    run = Run(index, after, tuple(groups), tuple(marks))
    return _exponent(tokens, _spaced(tokens, run) if not marks else run)


def _exponent(tokens: Tokens, run: Run) -> Run:
    after = run.after
    if not (tokens.glued(after, "word") and tokens[after].key == "e"):
        return run
    sign = tokens[after + 1].text if tokens[after + 1].glued and tokens[after + 1].text in "+-" else ""
    place = after + 2 if sign else after + 1
    if not tokens.glued(place, "digits") or len(tokens[place].text) > GROUP:
        return run
    return replace(run, after=place + 1, exponent=int(sign + tokens[place].text))


def _spaced(tokens: Tokens, run: Run) -> Run:
    """Take in groups of three digits that follow with a space: 1 200 000."""
    if len(run.groups[0]) > GROUP or run.groups[0].startswith("0") or _in_row(tokens, run):
        return run
    groups, after, hard = list(run.groups), run.after, True
    while tokens[after].kind == "digits" and len(tokens[after].text) == GROUP:
        marked = MARKS.get(tokens[after + 1].text) and _more(tokens, after + 1)
        if tokens[after].gap not in (" ", *HARD_SPACES) or (marked and tokens[after + 1].text not in ".,"):
            break
        if len(groups) > MOST_SPACED:
            return run
        hard = hard and tokens[after].gap in HARD_SPACES
        groups.append(tokens[after].text)
        after += 1
    follows = tokens[after].kind == "digits"
    zero = any(group.startswith("0") for group in groups[1:])
    if len(groups) == 1 or (not hard and (follows or (len(groups[0]) == GROUP and not zero))):
        return run
    mark = "_" if hard or zero else " "
    marks = [mark] * (len(groups) - 1)
    if tokens[after].text in (",", ".") and _more(tokens, after):
        marks.append(tokens[after].text)
        groups.append(tokens[after + 1].text)
        after += 2
    return Run(run.first, after, tuple(groups), tuple(marks))


def _in_row(tokens: Tokens, run: Run) -> bool:
    """Say whether another number stands before with a space: "100 120 90 110" is a list to its end."""
    return run.first > 0 and tokens[run.first - 1].kind == "digits" and tokens[run.first].gap == " "


def _more(tokens: Tokens, index: int) -> bool:
    return tokens[index].glued and tokens.glued(index + 1, "digits")


def decimal_mark(runs: Iterable[Run], *, comma_words: bool) -> str:
    """Return the decimal mark of a message: what its clear numbers show, else what its language suggests."""
    clear: set[str] = set()
    hints: set[str] = set()
    for run in runs:
        if run.plain:
            continue
        figure = read_figure(run, "")
        if figure and figure.marked:
            (clear if _is_clear(run) else hints).add(figure.marked)
    for shown in (clear, hints):
        if shown:
            return shown.pop() if len(shown) == 1 else ""
    return "," if comma_words else ""


def _is_clear(run: Run) -> bool:
    return len(run.marks) > 1 or run.marks == (".",) or run.groups[0] == "0"


def read_figure(run: Run, decimal: str, *, comma_groups: bool = False, counted: bool = False) -> Figure | None:
    """Return what a run means in a message with a decimal mark; None for versions, addresses and the like.

    `comma_groups` says that the message groups thousands by commas elsewhere, `counted` that a unit or currency stands
    at the number, so that it is hardly two numbers of a list.
    """
    if any(len(group) > LONGEST for group in run.groups):
        return None
    if len(run.groups[0]) > 1 and run.groups[0].startswith("0"):
        return None
    figure = _by_marks(run, decimal, comma_groups, counted)
    if figure and run.exponent:
        figure = _raised(figure, run)
    return figure if figure and math.isfinite(figure.value) else None


def _raised(figure: Figure, run: Run) -> Figure | None:
    """Apply an exponent; what is said with one has a single reading."""
    if figure.values:
        return None
    digits = ".".join(run.groups) if run.marks in ((), (".",), (",",)) else repr(figure.value)
    return Figure(float(f"{digits}e{run.exponent}"), marked=figure.marked)


def _by_marks(run: Run, decimal: str, comma_groups: bool, counted: bool) -> Figure | None:
    groups, kinds = run.groups, set(run.marks)
    if not kinds:
        return Figure(float(groups[0]))
    if len(kinds) > 1:
        return _two_marks(run)
    mark = run.marks[0]
    if mark in ("'", "_"):
        return Figure(_joined(groups), grouped=True) if _thousands(groups) else None
    if mark == " ":
        values = _floats(groups)
        return Figure(_joined(groups), others=() if run.money else values)
    if len(groups) == len(("whole", "fraction")):
        return _one_mark(groups, mark, decimal, comma_groups, counted)
    if mark == ".":
        return Figure(_joined(groups), marked=",") if _thousands(groups) else None
    return _commas(groups, counted=counted)


def _two_marks(run: Run) -> Figure | None:
    last, before = run.marks[-1], set(run.marks[:-1])
    if last in (",", ".") and len(before) == 1 and last not in before:
        whole = run.groups[:-1]
        if _thousands(whole) or (last == "." and _indian(whole)):
            return Figure(float(f"{''.join(whole)}.{run.groups[-1]}"), marked=last, grouped="," in before)
    return _list_of_decimals(run)


def _list_of_decimals(run: Run) -> Figure | None:
    """Read 1.5,2.5,3: commas between numbers with at most one point each."""
    pieces: list[list[str]] = [[run.groups[0]]]
    for mark, group in zip(run.marks, run.groups[1:], strict=True):
        if mark == "'":
            return None
        if mark == ",":
            pieces.append([group])
        else:
            pieces[-1].append(group)
    if any(len(piece) > len(("whole", "fraction")) for piece in pieces):
        return None
    values = tuple(float(".".join(piece)) for piece in pieces)
    return Figure(values[0], values=values, marked=".")


def _one_mark(groups: tuple[str, ...], mark: str, decimal: str, comma_groups: bool, counted: bool) -> Figure:
    """Read two groups with a point or a comma between them."""
    whole, fraction = groups
    as_decimal = float(f"{whole}.{fraction}")
    if not _thousands(groups) or whole == "0":
        return _no_thousands(groups, as_decimal, mark, decimal if not counted or len(fraction) > 1 else mark)
    grouped = _joined(groups)
    if decimal == mark:
        padded = fraction.endswith("00")
        return Figure(as_decimal, others=(grouped,) if padded else ())
    if mark == ".":
        return Figure(grouped) if decimal == "," else Figure(as_decimal, others=(grouped,))
    if not counted and not comma_groups and _spread(groups) <= ALIKE and fraction != "000":
        return Figure(grouped, others=_floats(groups))
    return Figure(grouped, grouped=True)


def _no_thousands(groups: tuple[str, ...], as_decimal: float, mark: str, decimal: str) -> Figure:
    """Read two groups that are no thousands: a decimal number or, with a comma, perhaps two numbers."""
    whole, fraction = groups
    if mark == "." or whole == "0":
        return Figure(as_decimal, marked=mark)
    values = _floats(groups)
    if decimal == ".":
        return Figure(values[0], values=values, others=(as_decimal,))
    if len(fraction) > GROUP or (len(whole) > GROUP and len(fraction) == len(whole)):
        return Figure(values[0], values=values, others=(as_decimal,))
    return Figure(as_decimal, marked=mark)


def _commas(groups: tuple[str, ...], *, counted: bool) -> Figure:
    """Read three or more groups with commas: one number, or a list."""
    values = _floats(groups)
    as_list = Figure(values[0], values=values)
    if not _thousands(groups) and not _indian(groups):
        return as_list
    spread = _spread(groups)
    if any(group.startswith("0") for group in groups):
        return Figure(_joined(groups), marked=".", grouped=True)
    if spread <= ALIKE:
        return Figure(_joined(groups), others=values) if counted and len(groups) == GROUP else as_list
    if spread <= MAYBE_ALIKE or not _thousands(groups):
        return Figure(_joined(groups), others=values)
    return Figure(_joined(groups), marked=".", grouped=True)


def _thousands(groups: tuple[str, ...]) -> bool:
    first = groups[0]
    return (
        1 <= len(first) <= GROUP
        and not (first.startswith("0") and len(groups) > 1)
        and all(len(group) == GROUP for group in groups[1:])
    )


def _indian(groups: tuple[str, ...]) -> bool:
    """Say whether groups are those of lakhs and crores: 1,00,000."""
    middle = all(len(group) == len("00") for group in groups[1:-1])
    return len(groups) > 1 and 1 <= len(groups[0]) <= len("00") and middle and len(groups[-1]) == GROUP


def _spread(groups: tuple[str, ...]) -> float:
    """Return by what factor the largest group exceeds the smallest."""
    values = _floats(groups)
    return max(values) / min(values) if min(values) > 0 else math.inf


def _floats(groups: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(float(group) for group in groups)


def _joined(groups: tuple[str, ...]) -> float:
    text = "".join(groups)
    return float(text) if len(text) <= LONGEST else math.inf

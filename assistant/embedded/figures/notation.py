"""Notations of the field that hold several numbers: N(800, 220), U(50, 150), 2/10 net 30."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS

_NUMBER = r"([0-9]+(?:,[0-9]{3})*(?:[.,][0-9]+)?|\.[0-9]+)"


@dataclass(frozen=True)
class Notation:
    """A pattern, and the names of the inputs that its numbers are; `squared` where the second may be a variance."""

    pattern: re.Pattern[str]
    inputs: tuple[tuple[str, ...], ...]


NOTATIONS: tuple[Notation, ...] = (
    Notation(
        re.compile(
            rf"\b(?:N|normal\w*|gauss\w*|lognormal\w*)\s*\(\s*{_NUMBER}\s*[,;]\s*{_NUMBER}(\s*(?:²|\^2|\*\*2))?\s*\)",
            re.I,
        ),
        (("demand_mean", "lead_time_demand_mean"), ("demand_sd", "lead_time_demand_sd")),
    ),
    Notation(
        re.compile(rf"\b(?:U|uniform\w*)\s*[\(\[]\s*{_NUMBER}\s*[,;]\s*{_NUMBER}\s*[\)\]]", re.I),
        (("demand_low",), ("demand_high",)),
    ),
    Notation(
        re.compile(r"\b([0-9]+(?:[.,][0-9]+)?)\s*%?\s*/\s*(\d+)\s*,?\s*(?:net|n)\s*/?\s*(\d+)", re.I),
        (("discount",), ("discount_days",), ("net_days",)),
    ),
    Notation(
        re.compile(
            r"\bS\s*[=:]?\s*(\d{1,2})\s*[,;/]?\s*O\s*[=:]?\s*(\d{1,2})\s*[,;/]?\s*D\s*[=:]?\s*(\d{1,2})\b",
            re.I,
        ),
        (("severity",), ("occurrence",), ("detection",)),
    ),
    Notation(
        re.compile(
            r"\b(\d{1,3})\s?-?\s?(?:period|point|term|Perioden)s?[\s-]"
            r"(?=(?:simple\s|weighted\s)?(?:moving|MA\b|SMA\b|gleitend))",
            re.I,
        ),
        (("window",),),
    ),
)


_ONE_IN = re.compile(r"\b(\d+)\s+in\s+([1-9][\d,]*)(?=\s+(?:chance|risk|probability|times|odds))", re.I)


def noted_terms(
    text: str, quantities: Sequence[Quantity], phrases: Sequence[Said]
) -> tuple[list[Quantity], list[Said]]:
    """Return the quantities of a message with those of notations read number by number, and phrases that name them."""
    kept, said = list(quantities), list(phrases)
    for notation in NOTATIONS:
        for match in notation.pattern.finditer(text):
            kept = [quantity for quantity in kept if quantity.end <= match.start() or quantity.start >= match.end()]
            for group, names in enumerate(notation.inputs, 1):
                start, end = match.span(group)
                value = _number(match[group])
                kept.append(Quantity(start, end, match[group], value, percent="discount" in names))
                said.append(Said(start, end, 3, inputs=_inputs(names)))
    for match in _ONE_IN.finditer(text):
        kept = [quantity for quantity in kept if quantity.end <= match.start() or quantity.start >= match.end()]
        kept.append(Quantity(*match.span(), match[0], _number(match[1]) / _number(match[2])))
    return sorted(kept, key=lambda quantity: quantity.start), said


def _number(text: str) -> float:
    plain = text.rstrip(",")
    return float(
        plain.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain) else plain.replace(",", ".")
    )


def _inputs(names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((entry.id, name) for entry in METRICS.values() for name in names if name in entry.declared)

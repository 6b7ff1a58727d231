"""Writes the reply from what the tool computed, or says what it lacks or cannot be."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.embedded.figures.fitting import ways_of
from assistant.embedded.phrases import phrases
from tools.metrics import Metric
from tools.metrics.shown import in_words, listed, number, percent

MOST_ALSO = 6
MOST_LISTED = 8
HIDDEN = ("percent", "before", "change", "change_share")


def told(output: Mapping[str, Any]) -> str:
    """Return the reply to one computation: the inputs first, then formula, steps, result, meaning and doubts."""
    text = phrases().figures
    parts = [
        f"**{output['name']}**\n\n{text.read.format(inputs=_inputs(output['inputs']))}",
        f"$${output['formula']}$$",
        "\n".join(f"- {step}" for step in output["steps"]),
        f"**= {amount(output['value'], output['unit'])}.** {output['meaning']}{_marker(output)}",
    ]
    parts += _compared(output)
    also = _also(output)
    parts += [also] if also else []
    parts += [text.assumed.format(assumed="; ".join(output["assumptions"]))] if output["assumptions"] else []
    parts += [text.careful.format(warning=warning) for warning in output["warnings"]]
    moved = [_moved(move) for move in output.get("moves", [])[:2] if move["share"] is not None]
    parts += [text.moves.format(moves="; ".join(moved))] if moved else []
    return "\n\n".join(parts)


def lacking(output: Mapping[str, Any], unclear: Sequence[str] = ()) -> str:
    """Return the reply to a computation that lacks inputs, or has some that could be read in two ways."""
    text = phrases().figures
    missing = [] if unclear else list(output.get("missing", []))
    parts = (
        [text.lacking.format(name=output["name"], missing=listed([f"**{part}**" for part in missing]))]
        if missing
        else []
    )
    parts += list(unclear)
    if output.get("inputs"):
        parts.append(text.so_far.format(inputs=_inputs(output["inputs"])))
    if output.get("formula") and missing:
        parts.append(f"$${output['formula']}$$")
    return "\n\n".join(parts)


def to_confirm(output: Mapping[str, Any]) -> str:
    """Return the inputs of a computation as they were read, and the question whether that is right."""
    text = phrases().figures
    return f"{text.read.format(inputs=_inputs(output['inputs']))}\n\n{text.confirm.format(name=output['name'])}"


def offer_of(metrics: Sequence[Metric]) -> tuple[str, tuple[str, ...]]:
    """Return the offer to work out one of some metrics, with what each takes, and messages that accept it."""
    text = phrases().figures
    rows = []
    for entry in metrics:
        way = ways_of(entry)[0] or set(entry.declared)
        labels = [declared.said.label for name, declared in entry.declared.items() if name in way]
        rows.append(text.offer_row.format(name=entry.name, inputs=listed(labels)))
    return "\n".join([text.offer, "", *rows]), tuple(text.offer_button.format(name=entry.name) for entry in metrics)


def refused(output: Mapping[str, Any], instead: str = "") -> str:
    """Return the reply to a computation whose inputs cannot be right."""
    text = phrases().figures
    reasons = " ".join(f"{_sentence(wrong['reason'])}" for wrong in output["invalid"])
    parts = [text.refused.format(name=output["name"], reasons=reasons)]
    if instead:
        parts.append(text.instead.format(name=instead))
    if output.get("inputs"):
        parts.append(text.read.format(inputs=_inputs(output["inputs"])))
    return "\n\n".join(parts)


def amount(value: Any, unit: str) -> str:
    """Return a value with its unit for readers: 0.87 of "fraction" is "87 %"."""
    if isinstance(value, list):
        return ", ".join(amount(part, "") for part in value[:MOST_LISTED]) + (
            ", ..." if len(value) > MOST_LISTED else ""
        )
    if isinstance(value, dict):
        return "; ".join(f"{name}: {amount(part, unit)}" for name, part in list(value.items())[:MOST_LISTED])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if unit.startswith("fraction"):
        return f"{percent(value)} {in_words(unit.replace('fraction', '1', 1))}".strip()
    said = in_words(unit)
    singular = said.removesuffix("s") if value == 1 and " " not in said else said
    return f"{number(value)} {singular}".strip()


def _inputs(inputs: Mapping[str, Mapping[str, Any]]) -> str:
    return "; ".join(_input(used) for used in inputs.values())


def _input(used: Mapping[str, Any]) -> str:
    said = f" (from {used['given']})" if used["given"] and used["given"] != amount(used["value"], used["unit"]) else ""
    return f"{used['label']} **{amount(used['value'], used['unit'])}**{said}"


def _also(output: Mapping[str, Any]) -> str:
    units = output["also_units"]
    shown = [
        f"{name.replace('_', ' ')}: {amount(value, units.get(name, ''))}"
        for name, value in output["also"].items()
        if name not in HIDDEN and name not in output["inputs"]
    ][:MOST_ALSO]
    return phrases().figures.also.format(also="; ".join(shown)) if shown else ""


def _compared(output: Mapping[str, Any]) -> list[str]:
    """Return what changed against the result before."""
    also, unit = output["also"], output["unit"]
    if "before" not in also:
        return []
    share = f" ({_signed(also['change_share'], 'fraction')})" if "change_share" in also else ""
    change = f"{_signed(also['change'], unit)}{share}"
    return [phrases().figures.compared.format(before=amount(also["before"], unit), change=change)]


def _signed(value: float, unit: str) -> str:
    return f"{'+' if value > 0 else '-'}{amount(abs(value), unit)}"


def _moved(move: Mapping[str, Any]) -> str:
    sign = "+" if move["share"] > 0 else "-"
    return f"10 % more {move['label']}: {sign}{percent(abs(move['share']), 2)}"


def _marker(output: Mapping[str, Any]) -> str:
    return "".join(f" [{section['number']}]" for section in output.get("sections", [])[:1])


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"

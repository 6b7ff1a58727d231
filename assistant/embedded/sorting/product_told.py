"""Writes the verdict on a product: label, evidence, what speaks against it, and the chain that it needs."""

from collections.abc import Mapping, Sequence

from assistant.embedded.phrases import phrases
from assistant.embedded.sorting.saying import Output, Told, certainty, marker, plain, questions, titled
from assistant.embedded.sorting.summary import summary
from tools.classification.signs import read_signs
from tools.metrics.shown import percent

MOST_SIGNS = 3
MOST_AGAINST = 2
LIKE_ENOUGH = 0.5
LEAN = 0.45
CHAIN_ROWS = ("manufacturing", "inventory", "lead_time", "suppliers", "product_design")


def product_told(output: Output) -> Told:
    """Return the verdict on a product: label, evidence, what speaks against it, and the chain that it needs."""
    say = phrases().sorting
    if output["label"] == "unknown":
        return _unknown_product(output)
    name = titled(output["product"] or say.this)
    if output["parts"]:
        rows = summary(output["parts"])
        return "\n\n".join([f"{say.line.format(name=name)}{marker(output)}", rows, *_chain(output)]), "answer"
    head = say.found.format(name=name, label=output["label"], **certainty(output["confidence"]))
    evidence = [*_criteria(output), *_signs(output)]
    because = "" if evidence else f" {output['because']}"
    parts = [f"{head}{because}{marker(output)}", *evidence, *_likeness(output)]
    if output["speaks_against"]:
        parts.append(say.against.format(reasons=" ".join(output["speaks_against"][:MOST_AGAINST])))
    parts += [output["self_made"]] if output["self_made"] else []
    parts += [*_chain(output), *_present(output), *_supply(output)]
    if output["questions"]:
        parts.append(say.settle.format(questions=questions(output)))
    parts += [phrases().figures.careful.format(warning=warning) for warning in output["warnings"]]
    return "\n\n".join(parts), "answer"


def product_reasons(outputs: Sequence[Output]) -> str:
    """Return why products got their labels: each criterion and each sign with its reason, examples, and doubts."""
    say = phrases().sorting
    parts = []
    for output in outputs:
        name = titled(output["product"] or say.this)
        lines = [
            say.because_number.format(label=row["label"], shown=row["shown"], says=row["says"], **_bands(row))
            for row in output["criteria"]
            if row["says"] != "not given"
        ]
        lines += [
            say.because_sign.format(
                quote=plain(sign["quote"]), says=_side(sign["says"]), why=sign["why"], source=sign["source"]
            )
            for sign in output["signs"]
            if sign["quote"] and not sign["says"].endswith("_chain")
        ]
        lines += [
            say.because_like.format(product=like["product"], label=like["label"], reason=like["reason"].rstrip("."))
            for like in output["nearest"]
            if like["similarity"] >= LIKE_ENOUGH
        ]
        parts.append("\n".join([f"{say.because.format(name=name, label=output['label'])}{marker(output)}", "", *lines]))
        parts += [say.against.format(reasons=" ".join(output["speaks_against"]))] if output["speaks_against"] else []
    return "\n\n".join(parts)


def _bands(row: Mapping[str, str]) -> dict[str, str]:
    return {"functional": row["functional"], "innovative": row["innovative"], "source": row["source"]}


def _side(says: str) -> str:
    return says.replace("_", " ")


def _unknown_product(output: Output) -> Told:
    say = phrases().sorting
    if not (output["product"] or output["signs"] or any(row["says"] != "not given" for row in output["criteria"])):
        return say.no_product, "clarify"
    parts = [f"{say.unknown.format(name=titled(output['product'] or say.this))} {output['because']}"]
    odds = output["odds"]
    likeliest = max(odds, key=lambda label: odds[label]) if odds else ""
    if likeliest and odds[likeliest] >= LEAN:
        parts.append(say.leaning.format(label=likeliest, percent=percent(odds[likeliest], 2)))
    parts += [*_criteria(output), *_signs(output)]
    parts.append(say.settle.format(questions=questions(output)) if output["questions"] else say.no_product)
    return "\n\n".join(parts), "clarify"


def _criteria(output: Output) -> list[str]:
    say = phrases().sorting
    given = [row for row in output["criteria"] if row["says"] != "not given"]
    if not given:
        return []
    lines = [f"| {say.criterion} | {say.yours} | functional | innovative | {say.points} |", "|---|---|---|---|---|"]
    lines += [
        f"| {row['label']} | **{row['shown']}** | {row['functional']} | {row['innovative']} | {row['says']} |"
        for row in given
    ]
    return ["\n".join(lines)]


def _signs(output: Output) -> list[str]:
    say = phrases().sorting
    clear = sorted(output["signs"], key=lambda sign: -sign["certainty"])
    given = {row["criterion"] for row in output["criteria"] if row["says"] != "not given"}
    about = {sign.id: sign.criterion for sign in read_signs().values()}
    shown = [
        sign
        for sign in clear
        if sign["quote"] and not sign["says"].endswith("_chain") and about.get(sign["sign"]) not in given
    ][:MOST_SIGNS]
    if not shown:
        return []
    lines = [say.word.format(quote=plain(sign["quote"]), says=_side(sign["says"]), why=sign["why"]) for sign in shown]
    return ["\n".join([say.words, *lines])]


def _likeness(output: Output) -> list[str]:
    near = [
        like for like in output["nearest"] if like["similarity"] >= LIKE_ENOUGH and like["label"] == output["label"]
    ]
    if not near:
        return []
    like = near[0]
    source = f" ({like['source']})" if like["source"] else ""
    said = phrases().sorting.like.format(product=like["product"], label=like["label"], reason=like["reason"])
    return [f"{said.rstrip('.')}{source}."]


def _chain(output: Output) -> list[str]:
    chain = output["chain"]
    if not chain:
        return []
    say = phrases().sorting
    head = say.chain.format(type=chain["type"], purpose=chain["purpose"])
    rows = [f"- {part}" for part in chain["parts"]]
    if not rows:
        rows = [say.chain_row.format(what=name.replace("_", " ").capitalize(), text=chain[name]) for name in CHAIN_ROWS]
    rows.append(say.measure.format(measures=", ".join(chain["measure"])))
    return ["\n".join([f"{head}{marker(output, 'supply chain')}", *rows])]


def _present(output: Output) -> list[str]:
    say = phrases().sorting
    if not output["mismatch_text"]:
        return []
    mismatch = output["mismatch"]
    phrase = say.partly if mismatch is None else say.mismatch if mismatch else say.match
    found = [phrase.format(text=output["mismatch_text"])]
    if output["ways_out"] and mismatch is not False:
        ways = [
            say.way.format(place=place, way=way["way"], text=way["text"])
            for place, way in enumerate(output["ways_out"], 1)
        ]
        found.append("\n".join([say.ways, "", *ways]))
    return found


def _supply(output: Output) -> list[str]:
    supply = output["supply"]
    if not supply:
        return []
    say = phrases().sorting
    strategy = say.strategy.format(strategy=supply["strategy"]) if supply["strategy"] else ""
    return [say.supply.format(uncertainty=supply["uncertainty"], strategy=strategy)]

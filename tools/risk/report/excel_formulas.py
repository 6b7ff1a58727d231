"""The workbook's live formulas; unknown inputs stay unknown in them, and none becomes nought."""

from collections.abc import Mapping

from tools.risk.report.words import NO_LIMIT, STATE_WORDS, UNKNOWN

OVER, GAP, COVERED = STATE_WORDS["over the limit"], STATE_WORDS["gap"], STATE_WORDS["covered"]
OPEN_ACTIONS = ("proposed", "agreed", "in progress")


def time_to_survive(cover: str, alternates: str) -> str:
    """Return the formula of TTS in weeks."""
    return f'=IF(N({alternates})>=1,"{NO_LIMIT}",IF(ISNUMBER({cover}),{cover}/(1-N({alternates})),"{UNKNOWN}"))'


def gap(ttr: str, tts: str) -> str:
    """Return the formula of the gap in weeks."""
    inner = f'IF(ISNUMBER({tts}),MAX(0,{ttr}-{tts}),"{UNKNOWN}")'
    return f'=IF(ISNUMBER({ttr}),IF({tts}="{NO_LIMIT}",0,{inner}),"{UNKNOWN}")'


def margin_at_risk(gap_at: str, alternates: str, margin: str, affected: str) -> str:
    """Return the formula of the margin at risk in money."""
    loss = f"{gap_at}*(1-N({alternates}))*{margin}*IF(ISNUMBER({affected}),{affected},1)"
    return f'=IF(ISNUMBER({gap_at}),IF(ISNUMBER({margin}),{loss},IF({gap_at}=0,0,"{UNKNOWN}")),"{UNKNOWN}")'


def state(gap_at: str, at_risk: str, loss_limit: str, days_limit: str) -> str:
    """Return the formula of a node's state in words."""
    money = f"AND(ISNUMBER({at_risk}),ISNUMBER({loss_limit}),N({at_risk})>N({loss_limit}))"
    days = f"AND(ISNUMBER({days_limit}),7*{gap_at}>N({days_limit}))"
    known = f'IF(OR({money},{days}),"{OVER}",IF({gap_at}>0,"{GAP}","{COVERED}"))'
    return f'=IF(ISNUMBER({gap_at}),{known},"{UNKNOWN}")'


def labelled(name: str, cells: Mapping[str, str]) -> str:
    """Return the formula of a name with what is no number beside it: "Castings, TTR ? unknown"."""
    said = "".join(f'&IF(ISNUMBER({cell}),"",", {what} "&{cell})' for what, cell in cells.items())
    return f"={name}{said}"


def counted(cells: str, words: str) -> str:
    """Return the formula of how many cells say certain words; no character in them counts as a placeholder."""
    return f'SUMPRODUCT(--({cells}="{words}"))'


def counted_with(keys: str, key: str, cells: str, words: str) -> str:
    """Return the formula of how many rows have a key and say certain words."""
    return f'SUMPRODUCT(({keys}={key})*({cells}="{words}"))'


def if_any(numbers: str, formula: str, otherwise: str = UNKNOWN) -> str:
    """Return a formula over numbers that says so where there are none."""
    return f'=IF(COUNT({numbers})=0,"{otherwise}",{formula})'


def over_open(formula: str) -> str:
    """Return the sum of a formula over the statuses of open actions; {} stands for the status."""
    return "+".join(formula.replace("{}", f'"{status}"') for status in OPEN_ACTIONS)


def level(likelihood: str, impact: str, table: str, unrated: str) -> str:
    """Return the formula of a risk's level, looked up in the table of levels; severity leads."""
    both = f"AND(ISNUMBER({likelihood}),ISNUMBER({impact}))"
    return f'=IF({both},INDEX({table},N({impact}),N({likelihood})),IF(N({impact})=5,"high","{unrated}"))'

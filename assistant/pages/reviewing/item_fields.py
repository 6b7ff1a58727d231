"""The fields of what a review holds, as its forms show them: label, unit, hint and choices."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from tools.risk.review import ActionStatus, ItemKind, NodeKind, Treatment, TtrBasis

FieldKind = Literal[
    "line",
    "text",
    "choice",
    "yes or no",
    "weeks",
    "share",
    "money",
    "amount",
    "factor",
    "rate",
    "date",
    "names",
    "nodes",
    "node",
    "sources",
    "uses",
]


@dataclass(frozen=True)
class ItemField:
    """A field of a form; `group` is the heading that it stands under, `nodes` and `node` choose among the review's."""

    name: str
    label: str
    kind: FieldKind = "line"
    unit: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    group: str = ""
    required: bool = False


NODE_KINDS: tuple[str, ...] = get_args(NodeKind)
SCENARIO_KINDS = ("site", "region", "port", "supplier", "cyber", "demand", "own")
ONE_PERSON = "one person who answers for it"
CURRENCY = "currency"  # a unit that the page replaces by the review's

SOURCE_FIELDS = (
    ItemField("supplier", "Supplier", required=True),
    ItemField("country", "Country"),
    ItemField("share", "Share", "share", "%"),
    ItemField("spend", "Spend a year", "money", CURRENCY),
    ItemField("capacity", "Capacity a week", "amount", "units"),
    ItemField("sub_tier", "Its own sources, sites, ports", "names", hint="several with ; between them"),
)

_IMPACT = "What hangs on it"
_TIME = "How long it takes"
_SOURCES = "Where it comes from"
_REST = "Where the figures come from"
_SAY = "In words"
_RATING = "Rating"
_AFTER = "Treatment"
_HITS = "What it hits"
_HARD = "How hard and how long"

MAKE, BUY = "make", "buy"


def _costs(side: str, group: str, price: str, outage: str) -> tuple[ItemField, ...]:
    """Return the fields of what one way of getting an item costs."""
    return (
        ItemField(f"{side}_price", price, "money", CURRENCY, group=group),
        ItemField(f"{side}_fixed", "Fixed cost a year", "money", CURRENCY, group=group),
        ItemField(f"{side}_freight", "Freight a unit", "money", CURRENCY, group=group),
        ItemField(f"{side}_duty", "Duty", "share", "%", "of the price", group=group),
        ItemField(f"{side}_other", "Other cost a unit", "money", CURRENCY, "such as inspection", group=group),
        ItemField(f"{side}_stock_weeks", "Stock held for it", "weeks", "weeks", "on the way too", group=group),
        ItemField(f"{side}_holding_rate", "Holding cost a year", "share", "%", "of the stock's value", group=group),
        ItemField(f"{side}_defect_share", "Defective units", "share", "%", group=group),
        ItemField(f"{side}_defect_cost", "Cost of a defective unit", "money", CURRENCY, group=group),
        ItemField(f"{side}_disruption_chance", f"Chance of {outage} in a year", "share", "%", group=group),
        ItemField(f"{side}_disruption_loss", "Margin lost if it comes", "money", CURRENCY, group=group),
    )


FIELDS: Mapping[ItemKind, tuple[ItemField, ...]] = {
    "node": (
        ItemField("name", "Name", required=True),
        ItemField("kind", "Kind", "choice", choices=NODE_KINDS),
        ItemField("category", "Category", hint="parts that are bought together, such as castings"),
        ItemField("critical", "Critical", "yes or no"),
        ItemField(
            "margin_per_week",
            "Margin a week",
            "money",
            CURRENCY,
            "of all products that depend on it",
            group=_IMPACT,
        ),
        ItemField(
            "share_affected", "Share of it lost", "share", "%", "with the node gone; blank counts as all", group=_IMPACT
        ),
        ItemField("ttr_weeks", "Time to recover (TTR)", "weeks", "weeks", "until output is normal again", group=_TIME),
        ItemField("ttr_basis", "TTR rests on", "choice", choices=get_args(TtrBasis), group=_TIME),
        ItemField("cover_weeks", "Stock cover", "weeks", "weeks", "in stock and on the way", group=_TIME),
        ItemField(
            "alternate_share",
            "Alternates carry",
            "share",
            "%",
            "share of demand that they can take over at once",
            group=_TIME,
        ),
        ItemField("switch_weeks", "Time to switch", "weeks", "weeks", "to move the volume elsewhere", group=_TIME),
        ItemField("sources", "Sources", "sources", group=_SOURCES),
        ItemField("stock", "Units in stock", "amount", "units", "for the network test", group=_SOURCES),
        ItemField(
            "used_in", "Used in product lines", "uses", hint="units of it in one unit of the line", group=_SOURCES
        ),
        ItemField("evidence", "Evidence", "text", hint="what the figures rest on", group=_REST),
        ItemField("note", "Remark", "text", group=_REST),
    ),
    "line": (
        ItemField("name", "Name", required=True),
        ItemField("demand_per_week", "Demand a week", "amount", "units"),
        ItemField("margin_per_unit", "Margin a unit", "money", CURRENCY),
        ItemField("stock", "Finished units in stock", "amount", "units"),
        ItemField("note", "Remark", "text"),
    ),
    "risk": (
        ItemField("title", "Name of the risk", required=True),
        ItemField("cause", "Cause", "text", hint="what would bring it about", group=_SAY),
        ItemField("event", "Event", "text", hint="what happens", group=_SAY),
        ItemField("effect", "Effect", "text", hint="what it does to customers and margin", group=_SAY),
        ItemField("controls", "Controls in place", "text", group=_SAY),
        ItemField("nodes", "Nodes concerned", "nodes", group=_SAY),
        ItemField("likelihood", "Likelihood", "rate", group=_RATING),
        ItemField("impact", "Impact", "rate", group=_RATING),
        ItemField("treatment", "Treatment", "choice", choices=get_args(Treatment), group=_AFTER),
        ItemField("approver", "Accepted by", hint="the name of who answers for it", group=_AFTER),
        ItemField("review_date", "Looked at again on", "date", group=_AFTER),
        ItemField("owner", "Owner", hint=ONE_PERSON, group=_AFTER),
        ItemField("residual_likelihood", "Likelihood after treatment", "rate", group=_AFTER),
        ItemField("residual_impact", "Impact after treatment", "rate", group=_AFTER),
        ItemField("note", "Remark", "text", group=_AFTER),
    ),
    "action": (
        ItemField("text", "What is to be done", "text", required=True),
        ItemField("owner", "Owner", hint=ONE_PERSON),
        ItemField("due", "Due", "date"),
        ItemField("measure", "Which number changes", "text", hint="from what to what"),
        ItemField("cost", "Cost", "money", CURRENCY),
        ItemField("status", "Status", "choice", choices=get_args(ActionStatus)),
        ItemField("origin", "Comes from", hint="such as flag 2.1, exposure or risk; blank for none"),
        ItemField("note", "Remark", "text"),
    ),
    "scenario": (
        ItemField("name", "Name", required=True),
        ItemField("kind", "Kind", "choice", choices=SCENARIO_KINDS),
        ItemField("nodes", "Nodes", "nodes", group=_HITS),
        ItemField("countries", "Countries", "names", hint="all that comes from there", group=_HITS),
        ItemField("suppliers", "Suppliers", "names", hint="all that they deliver", group=_HITS),
        ItemField("sub_tiers", "Sub-tiers, sites, ports", "names", hint="all that depends on them", group=_HITS),
        ItemField("kinds", "Kinds of node", "names", choices=NODE_KINDS, group=_HITS),
        ItemField("severity", "Capacity lost", "share", "%", group=_HARD),
        ItemField("weeks", "Lasts", "weeks", "weeks", "blank: each node's own time to recover", group=_HARD),
        ItemField("demand_factor", "Demand times", "factor", "", "1.4 for 40 % more; 1 for no change", group=_HARD),
        ItemField("likelihood_a_year", "Chance in a year", "share", "%", "for the Monte Carlo test", group=_HARD),
        ItemField("note", "Remark", "text", group=_HARD),
    ),
    "make_or_buy": (
        ItemField("name", "What could be made or bought", required=True),
        ItemField("node", "Node that it is", "node"),
        ItemField("volume", "Units a year", "amount", "units"),
        *_costs(MAKE, "Making it", "Variable cost of a unit", "an outage of our own"),
        *_costs(BUY, "Buying it", "Price of a unit", "an outage of the supplier"),
        ItemField("note", "Remark", "text", hint="where the figures come from", group="Where the figures come from"),
    ),
}


def parted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a form of making or buying with those of either side together, as the model has them."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        side, _, part = name.partition("_")
        if side in (MAKE, BUY) and part:
            found[side] = {**found.get(side, {}), part: value}
        else:
            found[name] = {**value, **found.get(name, {})} if isinstance(value, dict) else value
    return found


def declared(kind: ItemKind) -> list[dict[str, Any]]:
    """Return the fields of a form as the page's scripts take them."""
    return plain(FIELDS[kind])


def plain(fields: Sequence[ItemField]) -> list[dict[str, Any]]:
    """Return fields as the page's scripts take them."""
    return [asdict(field) for field in fields]

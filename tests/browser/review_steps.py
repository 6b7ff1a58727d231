"""Steps that browser tests of a review share: the example review, opened at a tab, alone or with somebody else."""

from typing import Any

from tests.browser.conftest import PHONE, WIDE, Visit

SIZES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": WIDE},
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
}
CALL = """async ([method, path, body]) => {
    const options = { method, headers: { "Content-Type": "application/json" } };
    if (body !== null) options.body = JSON.stringify(body);
    const answer = await fetch(`/reviews${path}`, options);
    return answer.status === 204 ? null : await answer.json();
}"""


def call(seen: Visit, method: str, path: str, body: Any = None) -> Any:
    """Call a route as the browser that is looked at."""
    return seen.page.evaluate(CALL, [method, path, body])


def example(seen: Visit) -> str:
    """Begin the example review of a browser; gives its id."""
    return str(call(seen, "POST", "/example", {})["review"]["id"])


def to_tab(seen: Visit, review: str, tab: str) -> Visit:
    """Open a tab of a review."""
    address = seen.page.url.split("/review")[0]
    seen.open(f"{address}/review?id={review}&tab={tab}")
    seen.page.wait_for_selector(f'#tab-place[data-tab="{tab}"] > *')
    return seen


def sideways(seen: Visit) -> int:
    """Return by how many pixels the page is wider than the window."""
    return int(
        seen.page.evaluate(
            """() => Math.max(document.scrollingElement.scrollWidth - innerWidth,
            document.getElementById("middle").scrollWidth - document.getElementById("middle").clientWidth)"""
        )
    )

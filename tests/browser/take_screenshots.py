"""Takes the pictures of docs/screenshots from a running server: python -m tests.browser.take_screenshots [ADDRESS]."""

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, PHONE, Visit, new_visit

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDE = {"width": 1440, "height": 900}
SETTLED = 1800  # milliseconds until formulas are drawn and the scrolling is over


def take(seen: Visit, name: str) -> None:
    seen.page.wait_for_timeout(SETTLED)
    seen.page.screenshot(path=FOLDER / f"{name}.png")


def wide(browser: Any, address: str, scheme: str) -> None:
    seen = new_visit(browser.new_context(viewport=WIDE, color_scheme=scheme)).open(address)
    take(seen, f"empty-{scheme}")
    seen.ask("What is the difference between time to recover and time to survive?")
    seen.fresh().ask("Why does the bullwhip effect happen?")
    seen.fresh().ask("What is the formula for safety stock?")
    take(seen, f"answer-{scheme}")
    seen.last_answer.locator(".sources a").last.click()
    take(seen, f"source-{scheme}")
    seen.open(f"{address}/classify?view=product")
    for name, months, days in (("Plain tees", "48", "90"), ("Runway capsule", "3", "90"), ("Rain jackets", "14", "10")):
        if name != "Plain tees":
            seen.page.get_by_role("button", name="Add a product").click()
        seen.page.locator("#product-name").fill(name)
        seen.page.locator("#product-life_cycle_months").fill(months)
        seen.page.locator("#product-replenishment_lead_time_days").fill(days)
    take(seen, f"classify-{scheme}")
    seen.page.goto(f"{address}/review")
    seen.page.get_by_role("button", name="Look at an example").click()
    seen.page.wait_for_url("**/review?id=*")
    seen.page.wait_for_timeout(SETTLED)
    review = seen.page.url.split("&")[0]
    for tab in ("steps&q=1.3", "nodes"):
        seen.page.goto(f"{review}&tab={tab}")
        take(seen, f"review-{tab.split('&')[0]}-{scheme}")
    seen.page.goto(f"{address}/learn?concept=safety-stock")
    take(seen, f"learn-concept-{scheme}")
    seen.page.goto(f"{address}/learn?view=map&concept=safety-stock")
    take(seen, f"learn-map-{scheme}")
    seen.page.goto(f"{address}/quiz")
    take(seen, f"quiz-{scheme}")


def phone(browser: Any, address: str) -> None:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    seen = new_visit(context).open(address)
    take(seen, "phone-empty")
    seen.ask("What is the bullwhip effect?")
    take(seen, "phone-answer")
    seen.last_answer.locator(".sources a").first.click()
    take(seen, "phone-source")
    seen.source.get_by_role("button", name="Close the source").click()
    seen.page.get_by_role("button", name="Past conversations").click()
    take(seen, "phone-conversations")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    chosen = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for look in ("light", "dark"):
            wide(started, chosen, look)
        phone(started, chosen)
        started.close()

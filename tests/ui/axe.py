"""What axe finds wrong with the present page of a browser; its script is put there once."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Give each rule that the page breaks, with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    # without the long lists of what passes
    found = page.evaluate("axe.run({reporter: 'no-passes'})")["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]

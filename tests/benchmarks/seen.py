"""Rows measured in Chromium: when a person sees what they asked for."""

import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.corpus import SLUG
from tests.benchmarks.measure import Row, row
from tests.benchmarks.served import Bench
from tests.running.workbench import PASSWORD

# The first frame that shows highlights, in milliseconds after navigation began.
PAINTED = """() => {
  const look = () => {
    if (CSS.highlights.size > 0 && document.querySelector(".turn-text")) {
      requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
    } else requestAnimationFrame(look);
  };
  look();
}"""
RUNS = 12


def painting(bench: Bench) -> Iterator[Row]:
    path = f"{bench.workbench.url}/studies/{SLUG}/documents/{bench.documents()[1]}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            page = signed_in(browser, bench)
            samples = [open_once(page, path) for _ in range(RUNS)][2:]
        finally:
            browser.close()
    yield row("highlights seen after navigation", bench.size, samples, budget=250)


def signed_in(browser: Browser, bench: Bench) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{bench.workbench.url}/account/login/")
    page.locator('input[name="login"]').fill("coder")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('form[action="/account/login/"] button').last.click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.add_init_script(f"({PAINTED})()")
    return page


def open_once(page: Page, path: str) -> float:
    page.goto(path, wait_until="commit")
    page.wait_for_function("() => window.painted > 0", timeout=20_000)
    return float(page.evaluate("() => window.painted"))


ROWS = (painting,)

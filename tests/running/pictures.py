"""Makes the pictures of the documentation from the demo study: python -m tests.running.pictures

They come from a real server and a real browser, so they show what the pages look like today.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.running.workbench import PASSWORD, prepared, running

IMAGES: Final = Path(__file__).resolve().parents[2] / "docs" / "images"
SIZE: Final[ViewportSize] = {"width": 1440, "height": 900}
# Name of the picture -> the page that lists the thing, and the address to follow from there.
PICTURES: Final = {
    "coding": ("/studies/demo/documents/", "/studies/demo/documents/", "Fokusgruppe"),
    "case-description": ("/studies/demo/drafts/", "/draft/", "Tilskudskontoret"),
    "across": ("/studies/demo/across/", "", ""),
}


def open_page(page: Page, listed: str, address: str, text: str) -> None:
    page.goto(listed)
    if address:
        page.locator(f'main a[href*="{address}"]', has_text=text).first.click()
    page.wait_for_load_state("networkidle")


def to_the_codings(page: Page) -> None:
    """Where most codings stand close together; on pages without codings nothing happens."""
    page.evaluate(
        """() => {
          const data = document.getElementById("surface-data");
          if (!data) return;
          const starts = JSON.parse(data.textContent).codings.map((coding) => coding[1]);
          const near = (at) => starts.filter((start) => start >= at && start < at + 1200).length;
          const best = starts.reduce((one, other) => (near(other) > near(one) ? other : one));
          const turns = [...document.querySelectorAll(".turn")];
          const turn = turns.find((each) => Number(each.dataset.end) > best);
          turn.scrollIntoView({ block: "start" });
          document.querySelector(".study-column, .surface").scrollBy(0, -120);
        }"""
    )
    page.wait_for_timeout(600)


def take(url: str, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(base_url=url, viewport=SIZE, locale="en", reduced_motion="reduce")
        page.goto("/account/login/")
        page.locator('input[name="login"]').fill("coder")
        page.locator('input[name="password"]').fill(PASSWORD)
        page.locator('form[action="/account/login/"] button').last.click()
        page.wait_for_load_state("networkidle")
        for name, (listed, address, text) in PICTURES.items():
            open_page(page, listed, address, text)
            to_the_codings(page)
            page.screenshot(path=IMAGES / f"{name}.png")
            print(f"docs/images/{name}.png")
        browser.close()


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with tempfile.TemporaryDirectory() as folder, running(prepared(Path(folder) / "var")) as found:
        take(found.url, chromium)


if __name__ == "__main__":
    main()

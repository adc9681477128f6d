"""A real server on a copied database, a real browser, and what every page must keep.

    def test_something(page_as, assert_accessible):
        page = page_as("coder", "en")
        page.goto("/studies/demo/")
        assert_accessible(page)

Every test module gets its own copy and its own server, so that it may change what it likes.
`PREPARED_VAR=FOLDER` keeps the prepared databases in that folder and takes them from there the
next time, which saves the loading of the demo while a test is being written.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response

from tests.running.workbench import (
    PASSWORD,
    RunningWorkbench,
    copy_of,
    prepared,
    prepared_place,
    running,
)

OUTPUT = Path(__file__).resolve().parents[1] / "output"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOGIN = "/account/login/"
DESKTOP = {"width": 1440, "height": 900}


class PageAs(Protocol):
    def __call__(self, username: str, language: str = "da", **options: Any) -> Page: ...


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return {
        "executable_path": found or "/usr/bin/chromium",
        "headless": True,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases with the demo and the reference study, made once a run.

    `PREPARED_VAR=FOLDER` takes databases that are prepared already.
    """
    return prepared(prepared_place(tmp_path_factory.getbasetemp()))


@pytest.fixture(scope="module")
def workbench(
    prepared_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningWorkbench]:
    with running(copy_of(prepared_var, tmp_path_factory.mktemp("workbench") / "var")) as started:
        yield started


class Complaints:
    """What the browser complained of: errors in the console, blocked content, failed requests."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []

    def expect(self, pattern: str) -> None:
        """A complaint that the test provokes on purpose."""
        self.expected.append(pattern)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._script_error)
        page.on("response", self._response)

    def unexpected(self) -> list[str]:
        return [
            each
            for each in self.found
            if not any(re.search(pattern, each) for pattern in self.expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        # Refused content (CSP) is reported as an error of the console, too.
        if message.type == "error":
            self.found.append(f"{message.text} ({message.location.get('url', '')})")

    def _script_error(self, error: Error) -> None:
        self.found.append(f"script: {error}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.found.append(f"{response.status} {response.url}")


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Every page of `new_page` and `page_as` reports here; the test fails when any complained."""
    heard = Complaints()
    yield heard
    assert not heard.unexpected()


@pytest.fixture
def new_page(
    browser: Browser, workbench: RunningWorkbench, complaints: Complaints
) -> Iterator[Callable[..., Page]]:
    """A page in a browser profile of its own, at the workbench's address, nobody signed in.

    Takes the arguments of Playwright's `new_context`, such as `viewport`.
    """
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        settings = {
            "base_url": workbench.url,
            "viewport": DESKTOP,
            "reduced_motion": "reduce",
            **options,
        }
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        complaints.listen(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def signed_in_states() -> dict[tuple[str, str], Any]:
    """Cookies by person and language: the form is filled in once a module, then remembered."""
    return {}


@pytest.fixture
def page_as(
    new_page: Callable[..., Page], signed_in_states: dict[tuple[str, str], Any]
) -> Callable[..., Page]:
    """`page_as("coder", "en")`: a page of that person, signed in through the real form."""

    def signed_in(username: str, language: str = "da", **options: Any) -> Page:
        state = signed_in_states.get((username, language))
        if state is not None:
            return new_page(storage_state=state, **options)
        page = new_page(**options)
        page.goto(LOGIN)
        sign_in(page, username, PASSWORD)
        page.wait_for_url(lambda url: LOGIN not in url)
        if page.locator("html").get_attribute("lang") != language:
            choose_language(page, language)
        signed_in_states[username, language] = page.context.storage_state()
        return page

    return signed_in


def sign_in(page: Page, username: str, password: str) -> None:
    """Fills in the form that is open."""
    page.locator('input[name="login"]').fill(username)
    page.locator('input[name="password"]').fill(password)
    page.locator('form[action="/account/login/"] button').last.click()


def choose_language(page: Page, language: str) -> None:
    """Through the person's menu, or at the foot of the sign-in page."""
    menu = page.locator("summary.face-button")
    if menu.count():
        menu.click()
    page.locator(f'button[name="language"][value="{language}"]').click()
    page.locator(f'html[lang="{language}"]').wait_for(state="attached")


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Fails with every violation of WCAG 2.2 A and AA that axe finds in the page as it is now."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert not found.response["violations"], [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found.response["violations"]
            for node in violation["nodes"][:4]
        ]

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], Path]:
    """`picture(page, "dialog")` keeps what the page looks like in tests/output."""

    def taken(page: Page, name: str = "") -> Path:
        stem = re.sub(r"\W+", "-", f"{request.node.name} {name}").strip("-")
        path = OUTPUT / f"{stem}.png"
        page.screenshot(path=path)
        return path

    return taken


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways: the widest elements past its right edge."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          return [...document.body.querySelectorAll("*")]
            .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
            .slice(-4)
            .map((element) => `${element.tagName}.${element.className} ` +
              Math.round(element.getBoundingClientRect().right));
        }"""
    )

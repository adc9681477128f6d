"""Every page of the demo study, as its lead: accessible, silent and as wide as its window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import PageAs, sideways
from tests.running.workbench import RunningWorkbench
from workbench.ui import navigation

WIDTHS = (360, 1440)
THEMES = ("light", "dark")
HEIGHT = 900
DEMO = {"slug": "demo"}
OUTSIDE = ("home", "account", "study_new")
RAIL = tuple(page.url_name for group in navigation.GROUPS for page in group.pages)
# Pages of one thing: the first link to it on the page that lists it.
INNER = (
    ("cases", "case", r"/studies/demo/cases/[\w-]+/$"),
    ("documents", "document", r"/studies/demo/documents/[0-9a-f-]{36}/"),
    ("documents", "document_write", r"/studies/demo/documents/write/$"),
    ("drafts", "draft", r"/studies/demo/cases/[\w-]+/draft/$"),
    ("drafts", "reviews", r"/studies/demo/reviews/$"),
    ("across", "cell", r"/studies/demo/across/[\w-]+/[\w-]+/$"),
    ("codebook", "code", r"/studies/demo/codebook/[0-9a-f-]{36}/"),
)


@dataclass(frozen=True)
class Look:
    width: int
    theme: str


def looks() -> Iterator[Look]:
    for width in WIDTHS:
        for theme in THEMES:
            yield Look(width, theme)


def check_every_look(
    page: Page,
    path: str,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
) -> None:
    for look in looks():
        # Loaded anew for each theme: of turns out of sight, which it paints in the right colours
        # once they are seen, Chromium tells scripts the old ones when the theme changes.
        page.emulate_media(color_scheme="dark" if look.theme == "dark" else "light")
        page.set_viewport_size({"width": look.width, "height": HEIGHT})
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        page.wait_for_load_state("networkidle")
        picture(page, f"{look.width} {look.theme}")
        assert sideways(page) == []
        assert_accessible(page)


@pytest.mark.parametrize("name", ["study_overview", *RAIL])
def test_a_place_of_the_rail_keeps_its_promises(
    page_as: PageAs,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
    name: str,
) -> None:
    path = reverse(name, kwargs=DEMO)
    check_every_look(page_as("lead"), path, assert_accessible, picture)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_page_outside_the_studies_keeps_its_promises(
    page_as: PageAs,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
    name: str,
) -> None:
    check_every_look(page_as("lead"), reverse(name), assert_accessible, picture)


@pytest.mark.parametrize(("list_name", "name", "pattern"), INNER, ids=str)
def test_a_page_of_one_thing_keeps_its_promises(
    page_as: PageAs,
    workbench: RunningWorkbench,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
    list_name: str,
    name: str,
    pattern: str,
) -> None:
    page = page_as("lead")
    page.goto(reverse(list_name, kwargs=DEMO))
    path = page.evaluate(
        """pattern => {
          const paths = [...document.querySelectorAll("main a[href]")]
            .map((link) => new URL(link.href).pathname);
          return paths.find((path) => new RegExp(pattern).test(path)) ?? null;
        }""",
        pattern,
    )
    assert path is not None, f"{list_name} links to no {name}"
    check_every_look(page, path, assert_accessible, picture)

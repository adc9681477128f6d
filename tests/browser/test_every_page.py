"""Every page of the demo study: accessible, silent and as wide as its window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.checks import Check
from tests.browser.conftest import Complaints, PageAs, sideways
from workbench.ui import navigation

HEIGHT = 900
DEMO = {"slug": "demo"}
OUTSIDE = ("home", "account", "study_new")
RAIL = tuple(page.url_name for group in navigation.GROUPS for page in group.pages)
# Pages of one thing: the first link to it on the page that lists it.
INNER = (
    ("cases", "case", r"/studies/demo/cases/(?!new/)[\w-]+/$"),
    ("documents", "document", r"/studies/demo/documents/[0-9a-f-]{36}/"),
    ("documents", "document_write", r"/studies/demo/documents/write/$"),
    ("drafts", "draft", r"/studies/demo/cases/[\w-]+/draft/$"),
    ("drafts", "reviews", r"/studies/demo/reviews/$"),
    ("across", "cell", r"/studies/demo/across/[\w-]+/[\w-]+/$"),
    ("codebook", "code", r"/studies/demo/codebook/[0-9a-f-]{36}/"),
)


# Pages further in, by who works there: links followed one after another from a page of the study.
CASE = r"/cases/(?!new/)[\w-]+/$"
ID = r"[0-9a-f-]{36}"
TRAILS = {
    "a person": ("coder", "cases", (CASE, rf"/people/{ID}/$")),
    "visits": ("coder", "cases", (CASE, r"/visits/$")),
    "a visit": ("coder", "cases", (CASE, r"/visits/$", rf"/visits/{ID}/$")),
    "what a document is": ("coder", "documents", (rf"/documents/{ID}/edit/$",)),
    "answers in a document": (
        "coder",
        "documents",
        (rf"/documents/{ID}/edit/$", r"/answers/$"),
    ),
    "a memo": ("coder", "memos", (r"/memos/new/",)),
    "a code changed": ("lead", "codebook", (rf"/codebook/{ID}/$", r"/edit/$")),
    "versions of the codebook": ("coder", "codebook", (r"/codebook/versions/$",)),
    "rules": ("lead", "template", (r"/template/rules/$",)),
    "a question of the guide": ("lead", "kit", (r"/kit/\?edit=1$", rf"/kit/items/{ID}/$")),
    "a section of the template": (
        "lead",
        "template",
        (r"/template/\?edit=1$", rf"/template/sections/{ID}/$"),
    ),
    "versions of a section": ("coder", "drafts", (r"/draft/$", r"/versions/")),
    "a description that is read": ("reader", "drafts", (r"/draft/$",)),
    "a document that is read": ("reader", "documents", (rf"/documents/{ID}/$",)),
}


@dataclass(frozen=True)
class Look:
    width: int
    theme: Literal["light", "dark"]


LOOKS = (Look(360, "light"), Look(360, "dark"), Look(1440, "light"), Look(1440, "dark"))
# Further in, what a colour or a width breaks has mostly shown before.
FEWER = (Look(360, "dark"), Look(1440, "light"))


def check_looks(
    page: Page,
    path: str,
    assert_accessible: Check,
    picture: Callable[[Page, str], Path],
    looks: Sequence[Look] = LOOKS,
    status: int = 200,
) -> None:
    for look in looks:
        # Loaded anew for each theme: of turns out of sight, which it paints in the right colours
        # once they are seen, Chromium tells scripts the old ones when the theme changes.
        page.emulate_media(color_scheme=look.theme)
        page.set_viewport_size({"width": look.width, "height": HEIGHT})
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status
        page.wait_for_load_state("networkidle")
        picture(page, f"{look.width} {look.theme}")
        assert sideways(page) == []
        assert_accessible(page)


def link(page: Page, pattern: str) -> str:
    """The first address on the page that ends as the pattern says."""
    found = page.evaluate(
        """pattern => [...document.querySelectorAll("a[href]")]
          .map((link) => new URL(link.href)).map((url) => url.pathname + url.search)
          .find((path) => new RegExp(pattern).test(path)) ?? null""",
        pattern,
    )
    assert found is not None, f"{page.url} has no link to {pattern}"
    return str(found)


@pytest.mark.parametrize("name", ["study_overview", *RAIL])
def test_a_place_of_the_rail_keeps_its_promises(
    page_as: PageAs,
    assert_accessible: Check,
    picture: Callable[[Page, str], Path],
    name: str,
) -> None:
    path = reverse(name, kwargs=DEMO)
    check_looks(page_as("lead"), path, assert_accessible, picture)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_page_outside_the_studies_keeps_its_promises(
    page_as: PageAs,
    assert_accessible: Check,
    picture: Callable[[Page, str], Path],
    name: str,
) -> None:
    check_looks(page_as("lead"), reverse(name), assert_accessible, picture)


@pytest.mark.parametrize(("list_name", "name", "pattern"), INNER, ids=str)
def test_a_page_of_one_thing_keeps_its_promises(
    page_as: PageAs,
    assert_accessible: Check,
    picture: Callable[[Page, str], Path],
    list_name: str,
    name: str,
    pattern: str,
) -> None:
    page = page_as("lead")
    page.goto(reverse(list_name, kwargs=DEMO))
    check_looks(page, link(page, pattern), assert_accessible, picture)


@pytest.mark.parametrize(("who", "start", "trail"), TRAILS.values(), ids=TRAILS)
def test_a_page_further_in_keeps_its_promises(
    page_as: PageAs,
    assert_accessible: Check,
    picture: Callable[[Page, str], Path],
    who: str,
    start: str,
    trail: Sequence[str],
) -> None:
    page = page_as(who)
    page.goto(reverse(start, kwargs=DEMO))
    for pattern in trail[:-1]:
        page.goto(link(page, pattern))
    check_looks(page, link(page, trail[-1]), assert_accessible, picture, FEWER)


def test_a_page_that_is_not_there_keeps_its_promises(
    page_as: PageAs,
    complaints: Complaints,
    assert_accessible: Check,
    picture: Callable[[Page, str], Path],
) -> None:
    complaints.expect("404")
    path = "/studies/demo/nothing/"
    check_looks(page_as("reader"), path, assert_accessible, picture, FEWER, status=404)

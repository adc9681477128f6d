"""What several browser tests ask of a page."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page

from tests.browser.conftest import sideways

Check = Callable[[Page], None]


def said(language: str, msgid: str) -> str:
    """What the pages say for it in that language."""
    with translation.override(language):
        return gettext(msgid)


def check_in_both_themes(page: Page, assert_accessible: Check) -> None:
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    page.emulate_media(color_scheme="light")
    assert_accessible(page)
    assert sideways(page) == []

"""Coming in, going out, and how the pages look and speak."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, PageAs, choose_language, sign_in
from tests.running.workbench import PASSWORD

DANISH = {"heading": "Log ind", "out": "Log ud"}
ENGLISH = {"heading": "Sign in", "out": "Sign out"}


@pytest.mark.parametrize(("language", "words"), [("da", DANISH), ("en", ENGLISH)])
def test_a_person_signs_in_and_out_in_their_language(
    new_page: Callable[..., Page],
    assert_accessible: Callable[[Page], None],
    language: str,
    words: dict[str, str],
) -> None:
    page = new_page(locale=language)
    page.goto("/studies/demo/")
    expect(page).to_have_url(re.compile(r"/account/login/\?next=/studies/demo/$"))
    if page.locator("html").get_attribute("lang") != language:
        choose_language(page, language)
    expect(page.get_by_role("heading", level=1)).to_have_text(words["heading"])
    assert_accessible(page)
    sign_in(page, "reader", PASSWORD)
    expect(page).to_have_url(re.compile(r"/studies/demo/$"))
    page.locator("summary.face-button").click()
    page.get_by_role("button", name=words["out"]).click()
    page.goto("/studies/demo/")
    expect(page).to_have_url(re.compile(r"/account/login/"))


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(
    new_page: Callable[..., Page], assert_accessible: Callable[[Page], None]
) -> None:
    page = new_page()
    said = []
    for username in ("coder", "nobody-of-that-name"):
        page.goto("/account/login/")
        sign_in(page, username, "not the password")
        alert = page.locator(".form-errors, [role=alert]").first
        expect(alert).to_be_visible()
        said.append(alert.inner_text())
    assert said[0] == said[1]
    assert page.locator('input[name="password"]').input_value() == ""
    assert_accessible(page)


def test_language_switches_in_place_and_is_remembered(page_as: PageAs) -> None:
    page = page_as("coder", "da")
    page.goto("/studies/demo/")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    choose_language(page, "en")
    expect(page).to_have_url(re.compile(r"/studies/demo/$"))
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_theme_switches_at_once_and_survives_a_reload(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto("/")
    light = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    page.locator("summary.face-button").click()
    page.locator('[data-theme-value="dark"]').click()
    dark = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert dark != light
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor") == dark


def test_a_page_after_signing_out_is_not_shown_again_by_going_back(
    new_page: Callable[..., Page],
) -> None:
    page = new_page()
    page.goto("/account/login/")
    sign_in(page, "reader", PASSWORD)
    page.goto("/studies/demo/")
    title = page.title()
    page.locator("summary.face-button").click()
    page.locator('form[action="/account/logout/"] button').click()
    page.wait_for_load_state()
    page.go_back()
    expect(page).not_to_have_title(title)


def test_a_foreign_study_and_a_missing_one_look_the_same(
    page_as: PageAs, complaints: Complaints
) -> None:
    complaints.expect(r"404")
    page = page_as("reader")
    seen = []
    for slug in ("no-such-study", "another-missing-study"):
        answer = page.goto(f"/studies/{slug}/")
        assert answer is not None
        assert answer.status == 404
        seen.append(page.locator("main").inner_text())
    assert seen[0] == seen[1]

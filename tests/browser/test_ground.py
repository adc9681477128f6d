"""What every page stands on: the team, the way in, the palette, the keyboard, and refusals."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Complaints, PageAs, sideways

TEAM = "/studies/demo/members/"
Check = Callable[[Page], None]
PHONE: ViewportSize = {"width": 360, "height": 800}


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def test_a_lead_invites_somebody_who_makes_an_account_and_sees_the_study(
    page_as: PageAs, new_page: Callable[..., Page], assert_accessible: Check
) -> None:
    page = page_as("lead", "en")
    page.goto(TEAM)
    page.get_by_label("User name or e-mail").fill("nina@example.org")
    page.get_by_label("Role", exact=True).select_option("coder")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Send this link to nina@example.org")).to_be_visible()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    link = page.locator(".secret").input_value()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert sideways(page) == []

    guest = new_page(locale="en", viewport=PHONE)
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_have_text("Welcome to the team")
    assert_accessible(guest)
    assert sideways(guest) == []
    guest.get_by_label("Name", exact=True).fill("Nina Holm")
    guest.get_by_label("User name").fill("nina")
    guest.get_by_label("Password").fill("short")
    guest.get_by_role("button", name="Make the account").click()
    expect(guest.get_by_label("Password")).to_be_focused()
    assert guest.get_by_label("Name", exact=True).input_value() == "Nina Holm"
    guest.get_by_label("Password").fill("a wholly new secret")
    guest.get_by_role("button", name="Make the account").click()
    expect(guest).to_have_url(re.compile(r"/studies/demo/$"))

    page.goto(TEAM)
    expect(page.locator(".rows > li", has_text="Nina Holm")).to_be_visible()
    expect(page.get_by_text("nina@example.org")).to_have_count(0)


def test_a_lead_sees_whose_account_it_is_before_adding_it(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("lead", "en")
    page.goto(TEAM)
    page.get_by_label("User name or e-mail").fill("admin@example.org")
    page.get_by_label("Role", exact=True).select_option("reader")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Add Admin (admin)?")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert sideways(page) == []
    member = page.locator(".rows > li", has_text="admin")
    expect(member).to_have_count(0)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(member.locator("summary")).to_contain_text("Reader")


def test_a_lead_changes_a_role_and_removes_a_member_after_a_question(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("lead", "en")
    page.goto(TEAM)
    row = page.locator(".rows > li", has_text="second-coder")
    role = row.locator("summary")
    role.click()
    assert_accessible(page)
    row.get_by_role("button", name="Reader").click()
    expect(role).to_contain_text("Reader")
    role.click()
    row.get_by_role("button", name="Remove from the team").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(row).to_be_visible()
    role.click()
    row.get_by_role("button", name="Remove from the team").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator(".rows > li", has_text="second-coder")).to_have_count(0)
    page.goto("/studies/demo/history/?thing=member")
    expect(page.locator("tbody tr").first).to_contain_text("took off the team")
    assert_accessible(page)


def test_the_last_lead_is_told_why_they_cannot_go(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("lead", "en")
    page.goto(TEAM)
    row = page.locator(".rows > li", has_text="you")
    expect(row).to_contain_text("A study needs a project lead.")
    expect(row.get_by_role("button")).to_have_count(0)
    page.set_viewport_size(PHONE)
    assert sideways(page) == []
    assert_accessible(page)


def test_an_address_that_is_passed_on_holds_what_was_asked_and_no_more(page_as: PageAs) -> None:
    page = page_as("reader", "en")
    page.goto("/studies/demo/history/")
    page.get_by_label("From").fill("2020-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(r"/history/\?since=2020-01-01$"))


def test_the_palette_is_opened_searched_and_followed_by_keyboard(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("coder", "en")
    page.goto("/studies/demo/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Go to a case, document, code or page")
    expect(box).to_be_focused()
    page.keyboard.type("cdbk")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Codebook")
    assert_accessible(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("tofteby")
    expect(options.first).to_contain_text("Hjemmeplejen Tofteby")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/studies/demo/cases/tofteby/$"))
    page.keyboard.press("Control+k")
    page.keyboard.type("zzzzzz")
    expect(page.get_by_text("Nothing by that name.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page_as: PageAs) -> None:
    page = page_as("coder", "en")
    for path in ("/studies/demo/", "/account/me/", "/studies/demo/history/"):
        page.goto(path)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        assert focused(page) == "main"


def test_focus_stands_on_the_first_field_to_mend(page_as: PageAs, assert_accessible: Check) -> None:
    page = page_as("lead", "da")
    page.goto(TEAM)
    person = page.locator('input[name="person"]')
    person.fill("ingen-af-det-navn")
    person.press("Enter")
    expect(page.locator(".field-error")).to_be_visible()
    expect(person).to_be_focused()
    assert_accessible(page)


def test_a_token_is_shown_once_and_can_be_revoked(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("coder", "en")
    page.goto("/account/me/")
    page.get_by_label("What it is for").fill("nightly export")
    page.get_by_role("button", name="Make a token").click()
    expect(page.locator(".secret")).to_be_visible()
    assert_accessible(page)
    page.goto("/account/me/")
    expect(page.locator(".secret")).to_have_count(0)
    page.get_by_role("button", name="Revoke nightly export").click()
    expect(page.get_by_role("button", name="Revoke nightly export")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "status", "danish", "english"),
    [
        ("/studies/nowhere/", 404, "Siden findes ikke", "There is no such page"),
        ("/studies/demo/kit/paste/", 403, "Det har du ikke adgang til", "You may not do this"),
        ("/account/me/tokens/", 405, "Det lykkedes ikke", "That did not work"),
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_refusal_is_told_in_the_persons_language_with_a_way_back(
    page_as: PageAs,
    complaints: Complaints,
    assert_accessible: Check,
    language: str,
    path: str,
    status: int,
    danish: str,
    english: str,
) -> None:
    complaints.expect(str(status))
    page = page_as("reader", language)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    expect(page.get_by_role("heading", level=1)).to_have_text(
        danish if language == "da" else english
    )
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert sideways(page) == []
    page.locator(".lone-actions a").click()
    expect(page).to_have_url(re.compile(r"/$"))

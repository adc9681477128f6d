"""The codebook and the memos: written, moved, merged, taken out, and read by who may."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, PageAs

CODEBOOK = "/studies/demo/codebook/"
MEMOS = "/studies/demo/memos/"
OUTLINE = "Møder\n\tTavlemøde\n\tPersonalemøde\nRytme\nPauser"


def open_code(page: Page, name: str) -> None:
    page.goto(CODEBOOK)
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def names(page: Page) -> list[str]:
    """The codes of the table, from top to bottom."""
    page.goto(CODEBOOK)
    return page.locator(".codebook-table tbody .code-name").all_inner_texts()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).click()


@pytest.fixture(scope="module")
def pasted() -> set[str]:
    """Which outlines this module's workbench has already."""
    return set()


@pytest.fixture
def lead(page_as: PageAs, pasted: set[str]) -> Page:
    """A project lead beside codes of her own, pasted as from Word."""
    page = page_as("lead")
    if not pasted:
        page.goto(CODEBOOK)
        follow(page, "Indsæt en kodebog")
        page.get_by_role("textbox").fill(OUTLINE)
        press(page, "Forhåndsvis")
        expect(page.locator(".plan-lines li")).to_have_count(5)
        press(page, "Tilføj 5 koder")
        expect(page.get_by_text("5 koder tilføjet.")).to_be_visible()
        pasted.add(OUTLINE)
    return page


def test_a_rule_is_written_and_the_version_says_why(
    lead: Page, assert_accessible: Callable[[Page], None], picture: Callable[[Page, str], Path]
) -> None:
    open_code(lead, "Rytme")
    follow(lead, "Redigér")
    assert_accessible(lead)
    picture(lead, "form")
    lead.get_by_label("Kort", exact=False).first.fill("Dagens faste gang.")
    lead.get_by_label("Brug når").fill("Når dagen deles op i faste tider.")
    lead.get_by_label("Genvej").select_option("9")
    lead.get_by_label("Hvorfor").fill("To forskere kodede den forskelligt")
    press(lead, "Gem")
    expect(lead.locator(".codebook-code")).to_contain_text("Når dagen deles op i faste tider.")
    assert_accessible(lead)
    lead.goto(CODEBOOK)
    row = lead.get_by_role("row").filter(has_text="Rytme")
    expect(row).to_contain_text("Dagens faste gang.")
    lead.get_by_role("link", name=re.compile("^Version ")).click()
    newest = lead.locator("main li").first
    expect(newest).to_contain_text("To forskere kodede den forskelligt")
    assert_accessible(lead)
    newest.get_by_role("link").click()
    changed = lead.locator(".codebook-changes li")
    expect(changed.locator("ins").first).to_have_text("Dagens faste gang.")
    assert_accessible(lead)
    picture(lead, "version")


def test_a_code_is_moved_among_its_neighbours_and_under_another(
    lead: Page, assert_accessible: Callable[[Page], None]
) -> None:
    open_code(lead, "Pauser")
    press(lead, "Flyt op")
    found = names(lead)
    assert found.index("Pauser") == found.index("Rytme") - 1
    open_code(lead, "Pauser")
    press(lead, "Gør til underkode af den ovenfor")
    expect(lead.locator(".codebook-head .meta")).to_have_text("Møder")
    follow(lead, "Flyt til et andet sted")
    assert_accessible(lead)
    lead.get_by_label("Flyt den ind under").select_option(label="Tillid")
    lead.get_by_label("Hvorfor").fill("Hører hjemme der")
    press(lead, "Flyt")
    expect(lead.locator(".codebook-head .meta")).to_have_text("Tillid")


def test_two_codes_become_one(lead: Page, assert_accessible: Callable[[Page], None]) -> None:
    open_code(lead, "Tavlemøde")
    follow(lead, "Læg sammen med en anden kode")
    assert_accessible(lead)
    lead.get_by_label("Hvorfor").fill("Samme sag")
    lead.get_by_label("Læg den sammen med").select_option(label="Møder / Personalemøde")
    press(lead, "Læg sammen")
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Personalemøde")
    assert "Tavlemøde" not in names(lead)
    lead.get_by_text("Fjernede og sammenlagte koder").click()
    expect(lead.locator("details.fold")).to_contain_text("lagt sammen med Møder / Personalemøde")


def test_a_code_is_taken_out_and_brought_back(
    lead: Page, assert_accessible: Callable[[Page], None]
) -> None:
    open_code(lead, "Rytme")
    follow(lead, "Fjern")
    assert_accessible(lead)
    lead.get_by_label("Hvorfor").fill("Bruges ikke")
    press(lead, "Fjern")
    assert "Rytme" not in names(lead)
    lead.get_by_text("Fjernede og sammenlagte koder").click()
    removed = lead.locator("details.fold li").filter(has_text="Rytme")
    removed.get_by_role("button", name="Hent tilbage").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Rytme")
    assert "Rytme" in names(lead)


def test_a_code_that_is_in_use_is_not_taken_out(lead: Page, complaints: Complaints) -> None:
    complaints.expect("409")
    open_code(lead, "Tillid")
    follow(lead, "Fjern")
    lead.get_by_label("Hvorfor").fill("Et forsøg")
    press(lead, "Fjern")
    expect(lead.get_by_role("alert")).to_be_visible()
    assert "Tillid" in names(lead)


def test_a_lead_says_where_the_excerpts_of_a_code_stand(
    lead: Page, assert_accessible: Callable[[Page], None]
) -> None:
    open_code(lead, "Rytme")
    places = lead.locator(".codebook-code section").filter(has_text="Hvor dens uddrag står")
    lead.get_by_text("Ret, hvor de står").click()
    assert_accessible(lead)
    point = places.get_by_role("checkbox").first
    label = point.evaluate("(box) => box.closest('label').innerText.trim()")
    point.check()
    places.get_by_role("button", name="Gem").click()
    expect(places.locator(".codebook-places")).to_contain_text(label)


def test_two_who_rewrite_a_rule_both_see_what_the_other_wrote(
    lead: Page,
    page_as: PageAs,
    complaints: Complaints,
    assert_accessible: Callable[[Page], None],
) -> None:
    complaints.expect("409")
    open_code(lead, "Personalemøde")
    follow(lead, "Redigér")
    other = page_as("lead")
    other.goto(lead.url)
    other.get_by_label("Brug når").fill("Når alle er samlet.")
    press(other, "Gem")
    lead.get_by_label("Brug når").fill("Når mødet er på dagsordenen.")
    press(lead, "Gem")
    for words in ("Når alle er samlet.", "Når mødet er på dagsordenen."):
        expect(lead.locator("main")).to_contain_text(words)
    assert_accessible(lead)


def test_a_reader_meets_no_button_that_writes(page_as: PageAs) -> None:
    page = page_as("reader", "en")
    page.goto(CODEBOOK)
    expect(page.get_by_role("columnheader", name="What it means")).to_be_visible()
    writing = re.compile("^(Edit|New code|Paste|Remove|Save|Write a memo|Code under this)")
    for address in (CODEBOOK, None, MEMOS):
        if address:
            page.goto(address)
        else:
            page.get_by_role("link", name="Tillid", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Tillid")
        main = page.locator("main")
        expect(main.get_by_role("button", name=writing)).to_have_count(0)
        expect(main.get_by_role("link", name=writing)).to_have_count(0)


def test_a_memo_is_written_found_kept_private_and_removed(
    page_as: PageAs, assert_accessible: Callable[[Page], None], picture: Callable[[Page, str], Path]
) -> None:
    page, lead = page_as("coder"), page_as("lead")
    page.goto(MEMOS)
    follow(page, "Skriv et memo")
    assert_accessible(page)
    picture(page, "form")
    page.get_by_label("Titel", exact=False).fill("Om strømper")
    page.get_by_role("textbox").nth(1).fill("Hvem tæller strømperne?")
    page.get_by_label("Kun for mig").check()
    press(page, "Gem")
    memo = page.locator(".memo").filter(has_text="Hvem tæller strømperne?")
    expect(memo).to_contain_text("Kun for mig")

    page.get_by_role("textbox", name=re.compile("^Ord")).fill("strømperne")
    press(page, "Filtrér")
    expect(page.locator(".memo")).to_have_count(1)
    assert_accessible(page)
    lead.goto(f"{MEMOS}?words=strømperne")
    expect(lead.locator(".memo")).to_have_count(0)

    memo.get_by_role("link", name="Redigér").click()
    page.get_by_label("Kun for mig").uncheck()
    press(page, "Gem")
    lead.reload()
    expect(lead.locator(".memo")).to_have_count(1)
    expect(lead.locator(".memo").get_by_role("link", name="Redigér")).to_have_count(0)

    page.goto(f"{MEMOS}?words=strømperne")
    memo.get_by_role("button", name="Fjern").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Hvem tæller strømperne?")
    assert_accessible(page)
    dialog.get_by_role("button", name="Fjern").click()
    expect(page.get_by_text("Memoet er fjernet")).to_be_visible()
    page.goto(f"{MEMOS}?words=strømperne")
    expect(page.locator(".memo")).to_have_count(0)

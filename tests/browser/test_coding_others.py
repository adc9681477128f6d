"""What others have coded: a lead changes it, a coder leaves it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAs
from tests.browser.surface import Surface, attach_interview
from tests.running.workbench import RunningWorkbench

CODER = "Jeppe Rosenvang Lind"


@pytest.fixture(scope="module", autouse=True)
def interview(workbench: RunningWorkbench, tmp_path_factory: pytest.TempPathFactory) -> None:
    attach_interview(workbench, tmp_path_factory.mktemp("interview"))


@pytest.fixture
def surface(page_as: PageAs) -> Surface:
    return Surface(page_as("coder"))


def test_a_lead_changes_what_somebody_else_has_coded(
    surface: Surface,
    page_as: PageAs,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
) -> None:
    turn = surface.free_turn()
    surface.code(turn, 2, 5, "retfærd")
    surface.saved()

    lead = Surface(page_as("lead"))
    page, coding = lead.page, lead.codings(turn)
    page.locator(f"#{turn}").scroll_into_view_if_needed()
    coding.click()
    card = page.get_by_role("dialog", name="Kodning")
    expect(card.get_by_role("button", name="Kod det samme")).to_be_focused()
    theirs = card.get_by_role("group", name=f"Kodet af {CODER}")
    expect(theirs.get_by_role("heading")).to_have_text(f"Kodet af {CODER}")
    theirs.get_by_label("Retning").select_option(label="hæmmer")
    picture(page, "lead's card")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(coding).to_have_accessible_name(re.compile(f"^Retfærdighed, .*{CODER}, 5 ord, hæmmer"))

    coding.focus()
    page.keyboard.press("r")
    page.keyboard.type("samarb")
    page.keyboard.press("Enter")
    expect(lead.said).to_have_text(f"koden er skiftet til Samarbejde (kodet af {CODER})")
    lead.saved()
    expect(surface.codings(turn)).to_have_accessible_name(
        re.compile("^Samarbejde, "), timeout=15_000
    )
    page.keyboard.press("Delete")
    expect(lead.said).to_have_text(re.compile(f"Samarbejde .*fjernet.* \\(kodet af {CODER}\\)$"))
    page.keyboard.press("Control+z")
    expect(coding).to_have_count(1)
    lead.saved()

    # Where both have coded, the keys mean the lead's own; the card has both.
    coding.click()
    card.get_by_role("button", name="Kod det samme").click()
    coding.click()
    expect(card.get_by_role("button", name="Fjern kodning")).to_have_count(2)
    picture(page, "both")
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    expect(coding).to_have_accessible_name(re.compile(f"^Samarbejde, {CODER}, 5 ord"))
    lead.saved()


def test_a_coder_leaves_what_somebody_else_has_coded(surface: Surface, page_as: PageAs) -> None:
    turn = surface.free_turn()
    surface.code(turn, 1, 3, "retfærd")
    surface.saved()
    other = Surface(page_as("second-coder"))
    other.page.locator(f"#{turn}").scroll_into_view_if_needed()
    other.codings(turn).click()
    card = other.page.get_by_role("dialog", name="Kodning")
    expect(card.get_by_role("button", name="Kod det samme")).to_be_visible()
    expect(card.get_by_role("button", name="Fjern kodning")).to_have_count(0)
    other.page.keyboard.press("Escape")
    other.page.keyboard.press("Delete")
    expect(other.said).to_have_text(re.compile("^kun "))
    expect(other.codings(turn)).to_have_count(1)

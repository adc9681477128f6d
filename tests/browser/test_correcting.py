"""Correcting a coded transcript where it is read: nothing moves unseen, nothing is lost."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Complaints, PageAs, sideways
from tests.browser.surface import Surface, attach_interview, live_quotes
from tests.running.workbench import RunningWorkbench

Check = Callable[[Page], None]


@pytest.fixture(scope="module", autouse=True)
def interview(workbench: RunningWorkbench, tmp_path_factory: pytest.TempPathFactory) -> None:
    attach_interview(workbench, tmp_path_factory.mktemp("interview"))


@pytest.fixture
def surface(page_as: PageAs) -> Surface:
    return Surface(page_as("coder"))


def open_turn(surface: Surface, turn: str) -> None:
    """By keyboard, with the caret in the turn."""
    surface.select(turn, 3, 2)
    surface.page.locator(".doc").focus()
    surface.page.keyboard.press("F2")
    expect(surface.page.get_by_role("dialog", name="Ret teksten")).to_be_visible()


def rewrite(surface: Surface, before: str, after: str) -> None:
    field = surface.page.get_by_role("textbox", name="Ret teksten")
    text = field.input_value()
    assert text.count(before) == 1
    field.fill(text.replace(before, after))
    surface.page.keyboard.press("Control+Enter")


def test_a_slip_beside_what_is_coded_is_corrected_and_the_coding_goes_along(
    surface: Surface, workbench: RunningWorkbench
) -> None:
    turn = surface.free_turn()
    coded = surface.code(turn, 12, 3, "måling")
    surface.saved()
    open_turn(surface, turn)
    rewrite(surface, "rigtigt", "helt rigtigt")
    expect(surface.said).to_contain_text("er rettet")
    expect(surface.page.locator(f"#{turn} .turn-text")).to_contain_text("helt rigtigt")
    expect(surface.codings(turn)).to_have_count(1)
    assert coded in surface.painted()
    assert coded in live_quotes(workbench, "Måling")
    # The next thing is done on the new text.
    again = surface.code(turn, 17, 3, "måling")
    surface.saved()
    assert again in live_quotes(workbench, "Måling")


def test_words_that_are_coded_change_only_as_the_coder_says(
    surface: Surface, workbench: RunningWorkbench, assert_accessible: Check
) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.code(turn, 10, 3, "måling")
    surface.saved()
    open_turn(surface, turn)
    assert_accessible(page)
    rewrite(surface, "Vi fortæller", "Vi fortalte")
    dialog = page.get_by_role("dialog", name="Ret teksten")
    expect(dialog.get_by_role("group", name="Måling")).to_be_visible()
    expect(dialog.locator("ins")).to_contain_text("fortalte")
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert sideways(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(dialog.get_by_label("Står på de rettede ord")).to_be_checked()
    dialog.get_by_role("button", name="Gem rettelsen").click()
    expect(surface.said).to_have_text("replik {} er rettet".format(turn.removeprefix("turn-")))
    expect(surface.codings(turn)).to_have_count(1)
    assert any("fortalte" in quote for quote in live_quotes(workbench, "Måling"))


def test_what_was_typed_stays_when_it_cannot_be_saved(
    surface: Surface, complaints: Complaints
) -> None:
    complaints.expect("revisions/look")
    page, turn = surface.page, surface.free_turn()

    def behind(route: Route) -> None:
        number = int(turn.removeprefix("turn-"))
        told = {"code": "revision_behind", "title": "Nogen var først.", "status": 409}
        theirs = {"number": number, "base": "", "theirs": "Deres ord.", "yours": ""}
        answer = json.dumps({**told, "turns": [theirs]})
        route.fulfill(status=409, content_type="application/problem+json", body=answer)

    page.route("**/revisions/look", behind)
    open_turn(surface, turn)
    rewrite(surface, "rigtigt", "forkert")
    dialog = page.get_by_role("dialog", name="Ret teksten")
    expect(dialog).to_contain_text("Nogen var først.")
    expect(dialog).to_contain_text("Deres ord.")
    expect(page.get_by_role("textbox", name="Ret teksten")).to_have_value(re.compile("forkert"))
    page.keyboard.press("Escape")
    open_turn(surface, turn)
    expect(page.get_by_role("textbox", name="Ret teksten")).to_have_value(re.compile("forkert"))
    page.on("dialog", lambda asked: asked.accept())


def test_who_only_reads_corrects_nothing(page_as: PageAs) -> None:
    page = page_as("reader")
    surface = Surface(page)
    page.locator(".doc").focus()
    page.keyboard.press("F2")
    expect(page.locator(".correct-dialog")).to_have_count(0)
    assert surface.page is page

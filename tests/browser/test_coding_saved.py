"""What was coded reaches the server: without a network, from a closed tab, or not and why."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.conftest import LOGIN, Complaints, PageAs, sign_in
from tests.browser.surface import Surface, attach_interview, live_quotes
from tests.running.workbench import PASSWORD, RunningWorkbench


@pytest.fixture(scope="module", autouse=True)
def interview(workbench: RunningWorkbench, tmp_path_factory: pytest.TempPathFactory) -> None:
    attach_interview(workbench, tmp_path_factory.mktemp("interview"))


@pytest.fixture
def surface(page_as: PageAs) -> Surface:
    return Surface(page_as("coder"))


def test_what_is_coded_without_a_network_is_kept_and_sent_when_it_is_back(
    surface: Surface, complaints: Complaints, workbench: RunningWorkbench
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page, turn = surface.page, surface.free_turn()
    page.context.set_offline(True)
    text = surface.code(turn, 2, 6, "næste skridt")
    expect(surface.status).to_contain_text("1 ikke gemt endnu · ingen forbindelse")
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("ikke gemt endnu$"))
    assert text not in live_quotes(workbench, "Næste skridt")
    page.context.set_offline(False)
    surface.saved()
    assert text in live_quotes(workbench, "Næste skridt")
    expect(surface.codings(turn)).not_to_have_accessible_name(re.compile("ikke gemt endnu"))


def test_a_tab_that_was_closed_without_a_network_loses_nothing(
    surface: Surface, complaints: Complaints, workbench: RunningWorkbench
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page, turn = surface.page, surface.free_turn()
    page.context.set_offline(True)
    text = surface.code(turn, 2, 6, "projektø")
    expect(surface.status).to_contain_text("1 ikke gemt endnu")
    other = page.context.new_page()
    complaints.listen(other)
    page.close()
    other.context.set_offline(False)
    again = Surface(other)
    expect(again.codings(turn)).to_have_count(1)
    again.saved()
    assert text in live_quotes(workbench, "Projektø")


def refused_with(page: Page, **changes: Any) -> None:
    """The next creation is sent with other values, as from a page that is out of date."""

    def resent(route: Route) -> None:
        sent = route.request.post_data_json
        assert sent is not None
        route.continue_(post_data={**sent, **changes})

    page.route("**/api/v1/codings/*", resent, times=1)


@pytest.mark.parametrize(
    ("changes", "reason", "way_out"),
    [
        ({"revision": str(uuid4())}, "Teksten er rettet siden", "Genindlæs teksten"),
        ({"end": 9_999_999}, "uden for teksten", "Prøv igen"),
    ],
    ids=["outdated revision", "outside the text"],
)
def test_a_refused_coding_says_why_and_waits_for_the_person(
    surface: Surface,
    complaints: Complaints,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
    changes: dict[str, Any],
    reason: str,
    way_out: str,
) -> None:
    complaints.expect(r"40[09]")
    page, turn = surface.page, surface.free_turn()
    refused_with(page, **changes)
    surface.code(turn, 1, 5, "sprog")
    expect(surface.status).to_contain_text("1 ændring kunne ikke gemmes")
    expect(surface.problems).to_contain_text("Kodning Sprog og oversættelse")
    expect(surface.problems).to_contain_text(reason)
    expect(surface.problems.get_by_role("button", name=way_out)).to_be_visible()
    picture(page, "refused")
    assert_accessible(page)

    # It stays through a reload, which shows nothing as coded that is not.
    surface.reload()
    expect(surface.problems).to_contain_text("Kodning Sprog og oversættelse")
    expect(surface.problems).to_contain_text(reason)
    surface.problems.get_by_role("button", name="Kassér den").click()
    expect(surface.codings(turn)).to_have_count(0)
    surface.saved()


def test_a_coding_that_the_server_stumbles_over_stops_no_other(
    surface: Surface, complaints: Complaints, workbench: RunningWorkbench
) -> None:
    complaints.expect("500")
    page, turn = surface.page, surface.free_turn()
    poison: list[str] = []

    def stumble(route: Route) -> None:
        poison[:] = poison or [route.request.url]
        if route.request.url in poison:
            route.fulfill(status=500)
        else:
            route.continue_()

    page.route("**/api/v1/codings/*", stumble)
    lost = surface.code(turn, 1, 3, "sprog")
    text = surface.code(turn, 6, 4, "tillid")
    expect(surface.status).to_contain_text("1 ikke gemt endnu")
    assert text in live_quotes(workbench, "Tillid")

    # It is not tried for ever in silence: the person hears of it and decides.
    expect(surface.status).to_contain_text("1 ændring kunne ikke gemmes", timeout=20_000)
    page.unroute("**/api/v1/codings/*")
    surface.problems.get_by_role("button", name="Prøv igen").click()
    surface.saved()
    assert lost in live_quotes(workbench, "Sprog og oversættelse")


WORK = "() => Object.keys(localStorage).filter((key) => key.startsWith('work.'))"


def test_signing_out_leaves_no_work_in_the_browser(page_as: PageAs, complaints: Complaints) -> None:
    complaints.expect("503")
    # In English for a session of its own: the other tests go on with theirs.
    surface = Surface(page_as("coder", "en"))
    page, turn = surface.page, surface.free_turn()
    page.route("**/api/v1/**", lambda route: route.fulfill(status=503))
    surface.code(turn, 1, 5, "sprog")
    surface.codings(turn).focus()
    page.keyboard.press("m")
    page.get_by_role("dialog", name="Memo").get_by_role("textbox").fill("Et ord om Birthe")
    page.keyboard.press("Control+Enter")
    expect(surface.status).to_contain_text("2 not saved yet")
    assert "Birthe" in page.evaluate("() => JSON.stringify(localStorage)")

    asked: list[str] = []
    answers = iter(["dismiss", "accept", "accept"])

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept() if next(answers) == "accept" else dialog.dismiss()

    page.on("dialog", answer)
    page.locator(".person-menu summary").click()
    leave = page.get_by_role("button", name="Sign out")
    leave.click()
    assert asked == ["confirm"]
    assert len(page.evaluate(WORK)) == 2
    leave.click()
    page.wait_for_url(lambda url: "/documents/" not in url)
    # Ours, then the browser's own about leaving a page with work on its way.
    assert asked == ["confirm", "confirm", "beforeunload"]
    assert page.evaluate(WORK) == []
    assert "Birthe" not in page.evaluate("() => JSON.stringify(localStorage)")


def test_nothing_is_sent_as_somebody_else_who_signs_in_in_the_same_browser(
    page_as: PageAs,
    complaints: Complaints,
    assert_accessible: Callable[[Page], None],
    workbench: RunningWorkbench,
) -> None:
    complaints.expect("401")
    surface = Surface(page_as("coder"))
    page, turn = surface.page, surface.free_turn()
    other = page.context.new_page()

    def session_of(username: str) -> None:
        page.context.clear_cookies()
        other.goto(LOGIN)
        sign_in(other, username, PASSWORD)
        other.wait_for_url(lambda url: LOGIN not in url)

    session_of("second-coder")
    text = surface.code(turn, 1, 5, "sprog")
    expect(surface.status).to_contain_text("1 ikke gemt endnu · en anden er logget ind")
    expect(surface.problems).to_contain_text("Log ind som Jeppe Rosenvang Lind i et andet faneblad")
    assert_accessible(page)
    assert text not in live_quotes(workbench, "Sprog og oversættelse")

    # The other's own page knows nothing of it.
    theirs = Surface(other)
    expect(theirs.status).to_have_attribute("data-state", "saved")
    expect(theirs.codings(turn)).to_have_count(0)

    session_of("coder")
    surface.problems.get_by_role("button", name="Prøv nu").click()
    surface.saved()
    expect(surface.problems).to_be_hidden()
    assert text in live_quotes(workbench, "Sprog og oversættelse")


def test_what_another_codes_appears_by_itself(surface: Surface, page_as: PageAs) -> None:
    turn = surface.free_turn()
    other = Surface(page_as("second-coder"))
    other.code(turn, 0, 6, "samarb")
    other.saved()
    appears = re.compile("^Samarbejde, Sidsel Ravnkilde Holt, 6 ord")
    expect(surface.codings(turn)).to_have_accessible_name(appears, timeout=15_000)


def test_a_coding_changed_in_two_places_is_settled_by_the_person(
    surface: Surface, page_as: PageAs, complaints: Complaints, picture: Callable[[Page, str], Path]
) -> None:
    complaints.expect("409")
    turn = surface.free_turn()
    surface.code(turn, 3, 7, "retfærd")
    surface.saved()
    other = Surface(page_as("coder"))
    # The other page hears of nothing meanwhile.
    other.page.route("**/changes?*", lambda route: route.fulfill(status=503))
    complaints.expect("503")
    recode(surface, turn, "tillid")
    surface.saved()

    recode(other, turn, "samarb")
    expect(other.problems).to_contain_text("Ændret imens: Tillid")
    picture(other.page, "conflict")
    other.problems.get_by_role("button", name="Brug den andens udgave").click()
    expect(other.codings(turn)).to_have_accessible_name(re.compile("^Tillid, "))
    other.saved()

    other.reload()
    recode(surface, turn, "ildsj")
    surface.saved()
    recode(other, turn, "samarb")
    other.problems.get_by_role("button", name="Behold min").click()
    other.saved()
    other.reload()
    expect(other.codings(turn)).to_have_accessible_name(re.compile("^Samarbejde, "))


def recode(surface: Surface, turn: str, letters: str) -> None:
    surface.codings(turn).focus()
    surface.page.keyboard.press("r")
    surface.palette.get_by_role("combobox").fill(letters)
    surface.page.keyboard.press("Enter")
    expect(surface.palette).to_be_hidden()

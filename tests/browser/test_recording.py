"""An interview is heard where it is coded: attached, played from a turn, followed, by keyboard."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PageAs, sideways
from tests.browser.surface import Surface
from tests.factories.recordings import wav
from tests.running.workbench import RunningWorkbench, manage

TITLE = "Samtale med lyd"
TURNS = 50
TURN_SECONDS = 4
ANSWER = "Vi mødes klokken syv hver morgen, og så deler vi ruten, så den ikke bliver for tung. " * 3
MEDIA = "document.querySelector('.player audio')"


def transcript() -> str:
    cues = []
    for turn in range(TURNS):
        start = turn * TURN_SECONDS
        who = "Lone" if turn % 2 else "Interviewer"
        clock = f"{start // 60:02}:{start % 60:02}.000 --> {start // 60:02}:{start % 60 + 3:02}.900"
        cues.append(f"{clock}\n<v {who}>{ANSWER}")
    return "WEBVTT\n\n" + "\n\n".join(cues)


def time_code(page: Page, turn: int) -> Locator:
    return page.locator(f"#turn-{turn} .turn-play")


def wait_for(page: Page, condition: str) -> None:
    """The page's own rules forbid that Playwright waits inside it."""
    for _look in range(100):
        if page.evaluate(condition.replace("media", MEDIA)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


@pytest.fixture
def heard(page_as: PageAs, workbench: RunningWorkbench, tmp_path: Path) -> tuple[str, Path]:
    """The number of an interview, and its recording."""
    sound = tmp_path / "Lone Hansen.wav"
    sound.write_bytes(wav(TURNS * TURN_SECONDS, rate=4000, width=1))
    page = page_as("coder")
    page.goto("/studies/demo/cases/tofteby/visits/")
    row = page.locator(".visit li", has=page.get_by_role("link", name="Tilføj optagelsen")).first
    number = row.locator(".row-title").first.inner_text().split(".")[0]
    said = tmp_path / f"{TITLE}.vtt"
    said.write_text(transcript(), encoding="utf-8")
    place = ("--case", "tofteby", "--interview", number)
    manage(workbench.var, "import_documents", "demo", *place, str(said))
    return number, sound


def test_a_recording_is_attached_and_heard_beside_its_words(
    page_as: PageAs,
    heard: tuple[str, Path],
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
) -> None:
    number, sound = heard
    page = page_as("coder")
    page.goto("/studies/demo/cases/tofteby/visits/")
    row = page.locator(".visit li").filter(has_text=re.compile(rf"^\s*{number}\. "))
    row.get_by_role("link", name="Tilføj optagelsen").click()
    assert_accessible(page)
    page.locator("main input[type=file]").set_input_files(sound)
    picture(page, "chosen")
    page.get_by_role("button", name="Tilføj", exact=True).click()
    expect(page.get_by_text("Optagelsen er tilføjet.")).to_be_visible()
    expect(page.get_by_text("Lone Hansen")).to_have_count(0)
    assert_accessible(page)
    picture(page, "attached")

    surface = Surface(page, TITLE)
    bar = page.get_by_role("group", name="Optagelse")
    # Nothing plays by itself, nor is it loaded.
    assert page.evaluate(f"[{MEDIA}.paused, {MEDIA}.preload, {MEDIA}.readyState]") == [
        True,
        "none",
        0,
    ]
    expect(bar.locator(".player-wave")).to_have_count(2)
    expect(page.locator(".turn[data-playing]")).to_have_count(0)
    assert_accessible(page)

    time_code(page, 4).click()
    wait_for(page, "!media.paused && media.currentTime >= 12 && media.currentTime < 15")
    expect(page.locator("#turn-4")).to_have_attribute("data-playing", "")
    expect(time_code(page, 4)).to_have_attribute("aria-current", "true")
    expect(time_code(page, 4)).to_have_accessible_name("Afspil fra 0:12")
    assert_accessible(page)
    picture(page, "playing")

    # It is followed until the person looks elsewhere.
    page.mouse.move(500, 500)
    page.mouse.wheel(0, 3000)
    again = bar.get_by_role("button", name="Følg igen")
    again.click()
    expect(again).to_be_hidden()
    expect(page.locator(".turn[data-playing]")).to_be_in_viewport()

    page.keyboard.press("k")
    wait_for(page, "media.paused")
    at = page.evaluate(f"{MEDIA}.currentTime")
    page.keyboard.press("l")
    assert page.evaluate(f"{MEDIA}.currentTime") == pytest.approx(at + 5, abs=0.2)
    page.keyboard.press("h")
    page.keyboard.press("h")
    assert page.evaluate(f"{MEDIA}.currentTime") == pytest.approx(at - 5, abs=0.2)
    page.keyboard.press("+")
    expect(bar.get_by_label("Hastighed")).to_have_value("1.25")
    expect(surface.said).to_have_text("Hastighed 1,25×")

    # The loop stays in the turn that it was switched on in.
    page.evaluate(f"{MEDIA}.currentTime = 43.2")
    page.keyboard.press("o")
    expect(bar.get_by_role("button", name="Gentag replik")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("F9")
    wait_for(page, "media.currentTime >= 40 && media.currentTime < 43")
    expect(page.locator("#turn-11")).to_have_attribute("data-playing", "")
    page.keyboard.press("F9")
    wait_for(page, "media.paused")

    # By keyboard alone: a place in the bar, and the turn that the reader stands in.
    place = bar.get_by_role("slider", name="Sted i optagelsen")
    place.focus()
    page.keyboard.press("ArrowRight")
    expect(place).to_have_attribute("aria-valuetext", re.compile(r"^0:\d\d af 3:20$"))
    page.keyboard.press("k")
    wait_for(page, "!media.paused")
    page.keyboard.press("k")
    time_code(page, 20).focus()
    page.keyboard.press("t")
    wait_for(page, "!media.paused && media.currentTime >= 76 && media.currentTime < 79")
    page.keyboard.press("k")
    page.keyboard.press("F1")
    expect(page.get_by_role("heading", name="Optagelse")).to_be_visible()
    picture(page, "keys")
    page.keyboard.press("Escape")

    page.set_viewport_size({"width": 360, "height": 740})
    assert sideways(page) == []
    assert_accessible(page)
    picture(page, "narrow")


def test_without_a_recording_time_codes_are_text(page_as: PageAs) -> None:
    surface = Surface(page_as("reader", "en"), "Fokusgruppe, fire hjælpere")
    expect(surface.page.locator(".turn time").first).to_be_visible()
    expect(surface.page.locator(".turn-play, .player")).to_have_count(0)
    surface.page.keyboard.press("F1")
    expect(surface.page.get_by_role("heading", name="Recording")).to_have_count(0)

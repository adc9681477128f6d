"""What the coding page tells while one works: slips, places, keys, the way back to a citation."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAs
from tests.browser.surface import QUESTION, Surface, attach_interview, live_quotes
from tests.running.workbench import RunningWorkbench

CITED = """() => [...CSS.highlights.get("cited") ?? []].map((range) =>
  range.startContainer.data.slice(range.startOffset, range.endOffset)).join("\\n\\n")"""


@pytest.fixture(scope="module", autouse=True)
def interview(workbench: RunningWorkbench, tmp_path_factory: pytest.TempPathFactory) -> None:
    attach_interview(workbench, tmp_path_factory.mktemp("interview"))


@pytest.fixture
def surface(page_as: PageAs) -> Surface:
    return Surface(page_as("coder"))


def test_the_keys_printed_in_the_card_work_in_it(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.code(turn, 2, 4, "retfærd")
    coding, card = surface.codings(turn), page.get_by_role("dialog", name="Kodning", exact=True)
    coding.click()
    expect(card.get_by_role("button", name="Skift kode")).to_contain_text("R")
    page.keyboard.press("r")
    page.keyboard.type("samarb")
    page.keyboard.press("Enter")
    expect(coding).to_have_accessible_name(re.compile("^Samarbejde, "))
    coding.click()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog", name="Memo")).to_be_visible()
    page.keyboard.press("Escape")
    coding.click()
    page.keyboard.press("e")
    expect(page.get_by_role("group", name="Flyt kodningens grænser")).to_be_visible()
    page.keyboard.press("Escape")
    coding.click()
    page.keyboard.press("Delete")
    expect(coding).to_have_count(0)
    surface.saved()


def test_the_same_code_on_overlapping_words_is_asked_about(
    surface: Surface,
    workbench: RunningWorkbench,
    assert_accessible: Callable[[Page], None],
) -> None:
    page, turn = surface.page, surface.free_turn()
    first = surface.code(turn, 2, 5, "måling")
    surface.saved()
    second = surface.code(turn, 5, 6, "måling")
    asked = "Du har allerede kodet nogle af ordene som Måling"
    expect(surface.told).to_contain_text(asked)
    expect(surface.said).to_have_text(f"kodet som Måling, 6 ord. {asked}")
    assert_accessible(page)
    page.keyboard.press("j")
    expect(surface.codings(turn)).to_have_count(1)
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("^Måling, .*, 9 ord"))
    surface.saved()
    quotes = live_quotes(workbench, "Måling")
    assert second not in quotes
    assert any(quote.startswith(first) and quote.endswith(second) for quote in quotes)

    page.keyboard.press("Control+z")
    expect(surface.codings(turn)).to_have_count(2)
    surface.saved()
    assert {first, second} <= set(live_quotes(workbench, "Måling"))

    surface.code(turn, 9, 4, "måling")
    surface.told.get_by_role("button", name="Behold begge").click()
    expect(surface.told).not_to_have_attribute("data-shown", "")
    expect(surface.codings(turn)).to_have_count(3)
    surface.saved()


def test_where_a_coding_stands_is_said_of_this_code_and_no_other(page_as: PageAs) -> None:
    surface = Surface(page_as("lead"))
    turn = surface.free_turn()
    surface.code(turn, 1, 4, "tillid")
    expect(surface.told).to_contain_text("Tillid står nu under »")
    surface.code(turn, 6, 4, "Nattevagten")
    expect(surface.told).to_contain_text("Nattevagten står ikke ved noget punkt")
    surface.saved()
    surface.told.get_by_role("link", name="Vælg hvor").click()
    expect(surface.page.get_by_role("heading", name="Nattevagten", level=1)).to_be_visible()
    expect(surface.page.locator("#rules")).to_be_visible()


def test_the_interviewers_own_words_are_coded_with_a_word_about_it(surface: Surface) -> None:
    page = surface.page
    turn = page.locator(".turn[data-tone=interviewer]").filter(has_text=QUESTION).last
    surface.code(str(turn.get_attribute("id")), 0, 4, "tillid")
    expect(surface.told).to_have_text("Det er interviewerens egne ord")
    surface.saved()
    expect(surface.told).to_have_text("Det er interviewerens egne ord")


def test_escape_throws_no_memo_away(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.code(turn, 0, 5, "anled")
    memo = page.get_by_role("dialog", name="Memo")
    written = memo.get_by_role("textbox")

    def opened() -> None:
        surface.codings(turn).focus()
        page.keyboard.press("m")
        expect(memo).to_be_visible()

    opened()
    written.fill("Hun tøver, før hun svarer.")
    page.keyboard.press("Escape")
    expect(memo).to_be_hidden()
    expect(surface.told).to_contain_text("Memoet er ikke gemt")
    opened()
    expect(written).to_have_value("Hun tøver, før hun svarer.")
    memo.get_by_role("button", name="Annullér").click()
    opened()
    expect(written).to_have_value("")
    page.keyboard.press("Escape")
    surface.saved()


def test_a_selection_is_told_when_the_person_pauses(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.select(turn, 2, 1)
    page.keyboard.press("s")
    page.keyboard.press("s")
    expect(surface.said).to_have_text(re.compile("^(sætning|replik|svar), [0-9]+ ord: ».+«$"))
    page.keyboard.press("Shift+S")
    expect(surface.said).to_have_text(re.compile("^(ord|sætning|replik), [0-9]+ ord: ».+«$"))


def test_the_codebook_is_left_as_it_was_entered(surface: Surface) -> None:
    page = surface.page
    for back in ("F6", "Shift+F6", "Escape"):
        page.locator(".doc").focus()
        page.keyboard.press("F6")
        expect(page.locator(".code-pick:focus")).to_have_count(1)
        page.keyboard.press(back)
        expect(page.locator(".doc")).to_be_focused()


def test_a_reader_is_told_of_no_key_that_does_nothing_for_them(page_as: PageAs) -> None:
    surface = Surface(page_as("reader", "en"), "Leder")
    surface.page.keyboard.press("?")
    keys = surface.page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("next coding")
    for act in ("choose a code", "undo", "remove coding", "memo"):
        expect(keys.get_by_text(act, exact=True)).to_have_count(0)


def test_who_comes_from_a_citation_sees_its_words_and_goes_back_to_it(page_as: PageAs) -> None:
    page = page_as("lead")
    page.goto("/studies/demo/cases/tofteby/draft/")
    citation = page.locator(".draft-citation").first
    page.locator(".draft-citations").first.get_by_text("kilde").first.click()
    number = citation.get_attribute("value")
    original = str(citation.locator("blockquote p").first.text_content())
    citation.locator(".meta a").first.click()
    page.wait_for_function("() => CSS.highlights.get('cited')")
    assert " ".join(str(page.evaluate(CITED)).split()) == " ".join(original.split())
    page.get_by_role("link", name=f"Tilbage til citat {number}").click()
    page.wait_for_url(re.compile(f"/draft/#citation-{number}$"))
    expect(page.locator(f"#citation-{number}")).to_be_in_viewport()

"""Across cases: read the grid, write a cell that stands on an excerpt, and find it there again."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, PageAs

GRID = "/studies/demo/across/"


@dataclass(frozen=True)
class Writing:
    """One language, and a cell of the demo that nobody has written yet."""

    language: str
    question: str
    text: str

    @property
    def address(self) -> str:
        return f"{GRID}{self.question}/svalen/"

    def __call__(self, msgid: str) -> str:
        with translation.override(self.language):
            return gettext(msgid)


WRITINGS = (
    Writing("da", "a6_videre", "To skal tage over, og de mangler timerne til det"),
    Writing("en", "a8_kerneopgave", "It became theirs when it was about calm for the child"),
)


def cell(page: Page, question: str, case: str) -> Locator:
    return page.locator(f'.across a[href="{GRID}{question}/{case}/"]')


def in_both_themes(page: Page, check: Callable[[Page], None]) -> None:
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        check(page)


@pytest.mark.parametrize("say", WRITINGS, ids=lambda writing: writing.language)
def test_a_cell_is_written_with_the_keyboard_and_stands_in_the_grid(
    page_as: PageAs,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], object],
    say: Writing,
) -> None:
    page = page_as("coder", say.language)
    page.goto(GRID)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Across cases"))
    in_both_themes(page, assert_accessible)
    empty = cell(page, say.question, "svalen")
    expect(empty).to_contain_text(say("not written"))
    empty.focus()
    page.keyboard.press("Enter")

    field = page.get_by_label(say("Text of the cell"))
    field.press_sequentially(say.text)
    evidence = page.locator(".cell-evidence").first
    words = evidence.locator("p a").inner_text()
    evidence.get_by_role("button", name=say("Insert reference")).press("Enter")
    expect(field).to_have_value(f"{say.text} [@1]")
    expect(field).to_be_focused()
    page.keyboard.type(".")
    in_both_themes(page, assert_accessible)
    page.get_by_role("button", name=say("Save and read")).press("Enter")

    expect(page.locator(".cell .prose").first).to_have_text(f"{say.text}1.")
    source = page.locator("#citation-1")
    expect(source).to_contain_text(words)
    in_both_themes(page, assert_accessible)
    picture(page, "read")
    page.goto(GRID)
    expect(cell(page, say.question, "svalen")).to_contain_text(f"{say.text}.")

    cell(page, say.question, "svalen").click()
    source.get_by_role("link").click()
    turn = page.locator(f'[id="{page.url.split("#")[1]}"]')
    expect(turn).to_contain_text(words)


def test_what_was_asked_looks_different_from_what_is_written(page_as: PageAs) -> None:
    page = page_as("reader")
    page.goto(GRID)
    looks = {
        name: cell(page, question, case)
        .locator("xpath=..")
        .evaluate(
            """cell => {
              const { backgroundColor, outlineStyle, boxShadow } = getComputedStyle(cell);
              return [backgroundColor, outlineStyle, boxShadow].join();
            }"""
        )
        for name, question, case in (
            ("asked", "a1_begreb", "svalen"),
            ("not asked", "a9_pam", "svalen"),
            ("nothing said", "udvalgenes_rolle", "nordkaj"),
            ("unprompted", "teknologiens_rolle", "tofteby"),
        )
    }
    assert len(set(looks.values())) == len(looks)
    doubtful = cell(page, "a5_haemme_fremme", "tofteby")
    expect(doubtful.locator(".across-check")).to_be_visible()


def test_a_reader_opens_a_cell_and_its_case_sections_but_has_nothing_to_write_with(
    page_as: PageAs, assert_accessible: Callable[[Page], None]
) -> None:
    page = page_as("reader", "en")
    page.goto(f"{GRID}a5_haemme_fremme/tofteby/?edit=1")
    assert page.locator("main textarea, main form").count() == 0
    section = page.locator(".cell-part details").first
    section.locator("summary").press("Enter")
    expect(section.locator(".cell-section")).to_be_visible()
    assert_accessible(page)
    number = section.locator(".cell-section sup a, .cell-section footer a").first
    there = number.inner_text()
    number.click()
    source = page.locator(f"#citation-{there}")
    expect(source).to_be_visible()
    page.go_back()
    section.locator("summary").press("Enter")
    section.get_by_role("link", name="Open in the case description").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hjemmeplejen Tofteby")


def test_of_two_who_save_the_second_sees_both_texts_and_loses_none(
    page_as: PageAs, complaints: Complaints, assert_accessible: Callable[[Page], None]
) -> None:
    complaints.expect("409")
    address = f"{GRID}a4_gevinst_udfordring/svalen/"
    first, second = page_as("lead", "en"), page_as("coder", "en")
    for page in (first, second):
        page.goto(address)
    for page, text in ((first, "What the lead wrote."), (second, "What the coder wrote.")):
        page.get_by_label("Text of the cell").fill(text)
        page.get_by_role("button", name="Save and read").click()
    expect(first.locator(".cell .prose").first).to_have_text("What the lead wrote.")
    expect(second.locator(".draft-theirs pre")).to_have_text("What the lead wrote.")
    expect(second.get_by_label("Text of the cell")).to_have_value("What the coder wrote.")
    assert_accessible(second)
    second.get_by_label("Text of the cell").fill("What the lead wrote. What the coder wrote.")
    second.get_by_role("button", name="Save and read").click()
    expect(second.locator(".cell .prose").first).to_contain_text("What the coder wrote.")


def test_what_is_written_in_a_cell_saves_itself(
    page_as: PageAs, complaints: Complaints, assert_accessible: Callable[[Page], None]
) -> None:
    complaints.expect("409")
    page = page_as("coder", "en")
    page.goto(f"{GRID}a3_kobling/svalen/")
    page.locator("#cell-form textarea").press_sequentially("Nothing is coupled here.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved ")
    other = page_as("lead", "en")
    other.goto(f"{GRID}a3_kobling/svalen/?edit=1")
    written = other.locator("#cell-form textarea")
    expect(written).to_be_focused()
    written.press_sequentially(" By the lead.")
    expect(other.locator("[data-saved]")).to_contain_text("Saved ")
    page.locator("#cell-form textarea").press_sequentially(" By the coder.")
    page.get_by_role("button", name="Show both texts").click()
    expect(page.locator(".draft-theirs pre")).to_have_text("Nothing is coupled here. By the lead.")
    assert_accessible(page)


def test_the_cases_are_ordered_by_what_they_are(page_as: PageAs) -> None:
    page = page_as("reader", "en")
    page.goto(GRID)
    heads = page.locator(".across thead a")
    own_order = heads.all_inner_texts()
    page.get_by_label("Order the cases by").select_option(index=1)
    page.get_by_label("Whole texts").check()
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**order=**whole=1")
    expect(page.get_by_label("Whole texts")).to_be_checked()
    assert sorted(heads.all_inner_texts()) == sorted(own_order)
    assert page.locator(".across thead small").count() == len(own_order)


def test_on_paper_the_grid_is_whole_and_its_tools_are_gone(page_as: PageAs) -> None:
    page = page_as("reader")
    page.goto(GRID)
    page.emulate_media(media="print")
    expect(page.get_by_label("Ordn casene efter")).to_be_hidden()
    cut = page.locator(".across-region, .across-text").evaluate_all(
        "all => all.filter(e => e.scrollHeight > e.clientHeight + 2).map(e => e.className)"
    )
    assert cut == []

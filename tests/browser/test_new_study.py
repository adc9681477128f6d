"""A lead starts a study: the team's own plan pasted from Word, or that of another study copied."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAs

# As Word puts it on the clipboard: numbers and bullets as characters, tabs, soft line breaks.
GUIDE = """1.\tStøj til daglig
1.1\tHvornår larmer det mest?
1.2\tHvem siger noget om det?
\ta)\tHvad sker der så?
2.\tDet, I har prøvet
\uf0b7\tHvad hjalp?
\uf0b7\tHvad hjalp ikke?
"""
TEMPLATE = """Værkstedet (½ side)
•\tfolk og maskiner
•\tlokalet
Hvad der larmer (1½ side)
•\tkilder
"""
QUESTIONS = """1. Kilder
   Hvor kommer støjen fra?
2. Greb
   Hvad er prøvet, og hvad virkede?
"""
CODEBOOK = "Støjkilder\n\tMaskiner\n\tRadio\nGreb\n"


@dataclass(frozen=True)
class Team:
    """One language, and the study that is started in it."""

    language: str
    title: str
    slug: str

    @property
    def place(self) -> str:
        return f"/studies/{self.slug}/"

    def __call__(self, msgid: str) -> str:
        with translation.override(self.language):
            return gettext(msgid)


TEAMS = (
    Team("da", "Støj på værkstedet", "stoej-paa-vaerkstedet"),
    Team("en", "Noise in the workshop", "noise-in-the-workshop"),
)


@pytest.mark.parametrize("say", TEAMS, ids=lambda team: team.language)
def test_a_team_with_its_own_plan_is_at_work_at_once(
    page_as: PageAs,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], object],
    say: Team,
) -> None:
    page = page_as("lead", say.language)

    def looked_at(name: str) -> None:
        picture(page, name)
        assert_accessible(page)

    start(page, say)
    looked_at("empty overview")
    paste_plan(page, say, "kit", say("Paste a guide"), GUIDE, looked_at)
    expect(page.locator(".plan-number")).to_have_text(
        ["1", "1.1", "1.2", "1.2.1", "2", "2.1", "2.2"]
    )
    arrange(page, say)
    looked_at("arranged guide")
    paste_plan(page, say, "template", say("Paste a template"), TEMPLATE, looked_at)
    expect(page.locator(".plan-points li")).to_have_count(3)
    paste_plan(page, say, "questions", say("Paste questions"), QUESTIONS, looked_at)
    expect(page.locator(".plan-guidance").first).to_have_text("Hvor kommer støjen fra?")
    paste_codebook(page, say)
    make_case(page, say)

    page.goto(f"{say.place}across/")
    expect(page.locator(".across thead th")).to_have_count(2)
    expect(page.locator(".across tbody tr")).to_have_count(2)
    looked_at("grid to write in")
    page.goto("/")
    expect(page.get_by_role("link", name=say.title)).to_be_visible()


def start(page: Page, say: Team) -> None:
    page.goto("/")
    page.get_by_role("link", name=say("New study")).click()
    page.get_by_label(say("Title")).fill(say.title)
    page.get_by_label(say("Description")).fill("Hvad larmer, og hvad hjælper?")
    page.get_by_role("combobox", name=say("Language")).select_option(say.language)
    page.get_by_role("button", name=say("Start the study")).click()
    page.wait_for_url(f"**{say.place}")
    expect(page.get_by_role("heading", level=1)).to_have_text(say.title)


def paste_plan(
    page: Page, say: Team, part: str, door: str, text: str, looked_at: Callable[[str], None]
) -> None:
    """From the empty page, over the preview, to the outline with its tools."""
    page.goto(f"{say.place}{part}/")
    page.get_by_role("link", name=door).click()
    page.get_by_label(say("Your text")).fill(text)
    page.get_by_role("button", name=say("Preview")).click()
    expect(page.get_by_role("heading", name=say("This will be added"))).to_be_visible()
    looked_at(f"{part} preview")
    page.locator('button[name="save"]').click()
    page.locator(".plan.is-editing").wait_for()


def arrange(page: Page, say: Team) -> None:
    """The second section up with a key, its first question down with the mouse, one reworded."""
    said = page.locator("#plan-said")
    page.locator(".plan-row", has_text="Det, I har prøvet").get_by_role("link").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(said).to_have_text("1 Det, I har prøvet")
    page.locator(".plan-row", has_text="Hvad hjalp?").locator('button[value="down"]').click()
    expect(said).to_have_text("1.2 Hvad hjalp?")
    add_and_remove(page, say)
    row = page.locator(".plan-row", has_text="Hvad hjalp ikke?")
    row.get_by_role("link").click()
    page.get_by_label(say("Wording")).fill("Hvad hjalp slet ikke?")
    page.get_by_role("button", name=say("Save"), exact=True).click()
    page.get_by_role("link", name=say("Done")).click()
    expect(page.locator(".plan-text")).to_have_text(
        [
            "Det, I har prøvet",
            "Hvad hjalp slet ikke?",
            "Hvad hjalp?",
            "Støj til daglig",
            "Hvornår larmer det mest?",
            "Hvem siger noget om det?",
            "Hvad sker der så?",
        ]
    )


def add_and_remove(page: Page, say: Team) -> None:
    """Two sections typed one after the other without the mouse; removed, brought back, removed."""
    texts = page.locator(".plan-row.is-section .plan-text")
    page.locator(".plan > .plan-add summary").click()
    field = page.locator("#add-top")
    for number, text in enumerate(("Til sidst", "Tak"), 3):
        expect(field).to_be_focused()
        field.press_sequentially(text)
        field.press("Enter")
        expect(texts).to_have_count(number)
    field.press_sequentially("én")
    field.press("Shift+Enter")
    expect(field).to_have_value("én\n")
    field.fill("")
    for text in ("Tak", "Til sidst"):
        remove = page.locator(".plan-row", has_text=text).locator('form[action$="remove/"] button')
        remove.click()
        expect(page.locator(".notice")).to_contain_text(text)
    page.locator(".notice").get_by_role("button", name=say("Undo")).click()
    expect(texts).to_have_count(3)
    remove.click()
    expect(texts).to_have_count(2)


def paste_codebook(page: Page, say: Team) -> None:
    page.goto(f"{say.place}codebook/")
    page.get_by_role("link", name=say("Paste a codebook")).click()
    page.locator("textarea").fill(CODEBOOK)
    page.get_by_role("button", name=say("Preview")).click()
    page.locator('button[name="save"]').click()
    codes = page.locator("main").get_by_role("table")
    for name in ("Støjkilder", "Maskiner", "Radio", "Greb"):
        expect(codes.get_by_text(name, exact=True)).to_be_visible()


def make_case(page: Page, say: Team) -> None:
    page.goto(say.place)
    page.get_by_role("link", name=say("Add the first case")).click()
    page.get_by_label(say("Name"), exact=True).first.fill("Smedjen")
    page.get_by_role("button", name=say("Save"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Smedjen")


def test_a_study_starts_with_the_plan_of_another(
    page_as: PageAs, assert_accessible: Callable[[Page], None]
) -> None:
    page = page_as("coder", "en")
    page.goto("/studies/new/")
    copied = page.get_by_label("Codebook")
    expect(copied).to_be_hidden()
    page.get_by_label("Title").fill("The same elsewhere")
    page.get_by_label("Start from").select_option(label="Fælles om opgaven")
    expect(copied).to_be_checked()
    assert_accessible(page)
    page.get_by_label("Codebook").uncheck()
    page.get_by_role("button", name="Start the study").click()

    place = "/studies/the-same-elsewhere/"
    page.wait_for_url(f"**{place}")
    page.goto(f"{place}kit/")
    expect(page.locator("main")).to_contain_text("8 sections · 63 questions")
    page.goto(f"{place}template/")
    expect(page.locator(".plan-row.is-section")).to_have_count(7)
    page.goto(f"{place}questions/")
    expect(page.locator(".plan-row.is-section")).to_have_count(11)
    page.goto(f"{place}codebook/")
    expect(page.get_by_role("heading", name="No codes yet")).to_be_visible()
    page.goto(f"{place}documents/")
    expect(page.locator("main")).not_to_contain_text("Tofteby")

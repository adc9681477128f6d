"""Coding a document: mouse, keyboard and finger, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAs, sideways
from tests.browser.surface import CARET_IN, SELECTED, WORDS, Surface, attach_interview, live_quotes
from tests.running.workbench import RunningWorkbench

CODER = "Jeppe Rosenvang Lind"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module", autouse=True)
def interview(workbench: RunningWorkbench, tmp_path_factory: pytest.TempPathFactory) -> None:
    attach_interview(workbench, tmp_path_factory.mktemp("interview"))


@pytest.fixture
def surface(page_as: PageAs) -> Surface:
    return Surface(page_as("coder"))


def test_words_are_dragged_over_and_coded_through_the_palette(
    surface: Surface, workbench: RunningWorkbench, picture: Callable[[Page, str], Path]
) -> None:
    page, turn = surface.page, surface.free_turn()
    text = surface.select(turn, 2, 5)
    page.get_by_role("group", name="Markerede ord").get_by_role("button", name="Kod …").click()
    box = surface.palette.get_by_role("combobox", name="Find en kode")
    expect(box).to_be_focused()
    box.press_sequentially("aftudenf")
    chosen = surface.palette.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Aftenholdet udenfor")
    expect(surface.palette).to_contain_text("Brug når")
    picture(page, "palette")
    page.keyboard.press("Enter")

    coding = surface.codings(turn)
    name = re.compile(f"^Hæmmere, Aftenholdet udenfor, {CODER}, 5 ord")
    expect(coding).to_have_accessible_name(name)
    expect(surface.said).to_have_text("kodet som Aftenholdet udenfor, 5 ord")
    expect(page.locator(".doc")).to_be_focused()
    surface.saved()
    assert text in surface.painted()
    assert text in live_quotes(workbench, "Aftenholdet udenfor")

    surface.reload()
    page.locator(f"#{turn}").scroll_into_view_if_needed()
    expect(coding).to_have_accessible_name(f"Hæmmere, Aftenholdet udenfor, {CODER}, 5 ord")
    assert text in surface.painted()


def test_words_inside_a_selection_are_selected_anew_not_dragged_away(surface: Surface) -> None:
    turn = surface.free_turn()
    surface.select(turn, 2, 9)
    inner = surface.select(turn, 4, 3)
    surface.page.wait_for_function(f"inner => ({SELECTED})() === inner", arg=inner, timeout=3000)


def test_a_passage_is_coded_without_a_mouse_in_english(
    page_as: PageAs, workbench: RunningWorkbench
) -> None:
    surface = Surface(page_as("coder", "en"))
    page, turn = surface.page, surface.free_turn()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    article = page.locator(".doc")
    expect(article).to_be_focused()
    expect(page.locator(".doc > .caret")).to_be_visible()

    # The turn is reached line by line; word, sentence and turn are taken with one key each.
    for _line in range(300):
        if page.evaluate(CARET_IN, turn):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("s")
    word = surface.selected()
    page.keyboard.press("s")
    sentence = surface.selected()
    page.keyboard.press("s")
    whole = surface.selected()
    assert word in sentence
    assert sentence in whole
    assert len(word) < len(sentence) <= len(whole)
    page.keyboard.press("Shift+S")
    assert surface.selected() == sentence

    page.keyboard.press("Enter")
    expect(surface.palette.get_by_role("combobox", name="Find a code")).to_be_focused()
    page.keyboard.type("tillid")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(surface.palette.get_by_role("option", selected=True)).to_contain_text("Tillid")
    page.keyboard.press("Enter")
    expect(surface.said).to_have_text(re.compile("^coded as Tillid, [0-9]+ words?$"))
    expect(article).to_be_focused()
    surface.saved()
    assert sentence in live_quotes(workbench, "Tillid")

    page.keyboard.press("Shift+F8")
    expect(surface.codings(turn)).to_be_focused()
    page.keyboard.press("Escape")
    expect(article).to_be_focused()


def test_the_words_themselves_become_a_code(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    text = surface.select(turn, 4, 3)
    page.keyboard.press("Control+Enter")
    expect(surface.codings(turn)).to_have_accessible_name(re.compile(f"^{re.escape(text)}, "))
    surface.saved()
    surface.reload()
    row = page.locator(".code-row").filter(has_text=text)
    expect(row.locator(".code-count")).to_have_text("1/1")
    page.goto("/studies/demo/codebook/")
    expect(page.get_by_role("link", name=text)).to_be_visible()


def test_a_code_is_made_from_what_was_typed(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.select(turn, 0, 4)
    page.keyboard.press("Enter")
    page.keyboard.type("Overlevering ved døren")
    page.keyboard.press("Enter")
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("^Overlevering ved døren, "))
    surface.saved()
    surface.reload()
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("^Overlevering ved døren, "))


def test_a_coding_gets_another_code_other_ends_and_a_direction(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.code(turn, 3, 4, "retfærd")
    surface.codings(turn).focus()
    page.keyboard.press("r")
    page.keyboard.type("samarb")
    page.keyboard.press("Enter")
    expect(surface.said).to_have_text("koden er skiftet til Samarbejde")
    expect(surface.codings(turn)).to_be_focused()
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("^Samarbejde, .*, 4 ord"))

    page.keyboard.press("e")
    expect(page.get_by_role("group", name="Flyt kodningens grænser")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect(surface.said).to_have_text("grænserne er gemt")
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("^Samarbejde, .*, 6 ord"))

    surface.codings(turn).click()
    card = page.get_by_role("dialog", name="Kodning")
    card.get_by_label("Retning").select_option(label="hæmmer")
    page.keyboard.press("Escape")
    expect(surface.codings(turn)).to_be_focused()
    surface.saved()
    surface.reload()
    name = re.compile("^Samarbejde, .*, 6 ord, hæmmer")
    expect(surface.codings(turn)).to_have_accessible_name(name)


def test_an_end_is_dragged_by_its_handle(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.code(turn, 3, 4, "retfærd")
    surface.codings(turn).focus()
    page.keyboard.press("e")
    handle = page.locator(".handle-end")
    box = handle.bounding_box()
    assert box is not None
    target = page.evaluate(WORDS, [turn, 0, 9])["to"]
    box = handle.bounding_box() or box
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*target, steps=6)
    page.mouse.up()
    page.get_by_role("group", name="Flyt kodningens grænser").get_by_role(
        "button", name="Gem"
    ).click()
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("6 ord"))
    surface.saved()


def test_what_was_done_is_undone_and_done_again_even_after_a_reload(
    surface: Surface, workbench: RunningWorkbench
) -> None:
    page, turn = surface.page, surface.free_turn()
    text = surface.code(turn, 1, 6, "ildsj")
    surface.saved()
    surface.codings(turn).focus()
    page.keyboard.press("Delete")
    expect(surface.codings(turn)).to_have_count(0)
    surface.saved()
    assert text not in live_quotes(workbench, "Ildsjæle")

    page.keyboard.press("Control+z")
    expect(surface.said).to_have_text("Fortrudt: fjernelse af kodning")
    expect(surface.codings(turn)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(surface.codings(turn)).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(surface.said).to_have_text("Gjort igen: kodning")
    expect(surface.codings(turn)).to_have_count(1)
    surface.saved()
    assert text in live_quotes(workbench, "Ildsjæle")

    surface.reload()
    page.locator(".doc").focus()
    page.keyboard.press("Control+z")
    expect(surface.said).to_have_text("Fortrudt: kodning")
    expect(surface.codings(turn)).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(surface.codings(turn)).to_have_count(1)
    surface.saved()
    assert text in live_quotes(workbench, "Ildsjæle")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    expect(surface.said).to_have_text("Der er intet at gøre igen")


def test_what_was_done_is_undone_in_a_tab_that_was_opened_later(surface: Surface) -> None:
    turn = surface.free_turn()
    surface.code(turn, 2, 4, "ildsj")
    surface.saved()
    other = Surface(surface.page.context.new_page())
    other.page.locator(".doc").focus()
    other.page.keyboard.press("Control+z")
    expect(other.said).to_have_text("Fortrudt: kodning")
    expect(other.codings(turn)).to_have_count(0)
    other.saved()


def test_the_line_under_the_title_counts_what_is_coded_now(surface: Surface) -> None:
    counts = surface.page.locator("[data-counts]")
    before = int(re.findall(r"\d+", counts.inner_text())[0])
    turn = surface.free_turn()
    surface.code(turn, 1, 4, "ildsj")
    expect(counts).to_have_text(re.compile(f"^{before + 1} kodning(er)? · [12] forsker"))
    surface.saved()
    said = counts.inner_text()
    surface.reload()
    expect(counts).to_have_text(said)


def test_a_memo_is_kept_with_its_coding(surface: Surface) -> None:
    page, turn = surface.page, surface.free_turn()
    surface.code(turn, 0, 5, "anled")
    surface.codings(turn).focus()
    page.keyboard.press("m")
    memo = page.get_by_role("dialog", name="Memo")
    memo.get_by_role("textbox").fill("Hvem sagde det først?")
    page.keyboard.press("Control+Enter")
    expect(memo).to_be_hidden()
    expect(surface.codings(turn)).to_have_accessible_name(re.compile("har et memo"))
    surface.saved()

    surface.reload()
    surface.codings(turn).focus()
    page.keyboard.press("m")
    expect(memo.get_by_role("textbox")).to_have_value("Hvem sagde det først?")
    page.keyboard.press("Escape")
    page.goto("/studies/demo/memos/?words=sagde+det")
    expect(page.locator(".memo")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^Anledning · ")).click()
    surface.ready()
    expect(surface.codings(turn)).to_be_focused()


def test_brackets_of_overlapping_codings_stand_side_by_side(
    surface: Surface, picture: Callable[[Page, str], Path]
) -> None:
    page, turn = surface.page, surface.free_turn(40)
    surface.code(turn, 0, 30, "forank")
    surface.code(turn, 8, 12, "tillid")
    surface.code(turn, 10, 4, "måling")
    expect(surface.codings(turn)).to_have_count(3)
    surface.saved()
    picture(page, "overlap")
    boxes = page.evaluate(
        """id => ["bar", "label"].map((part) =>
          [...document.querySelectorAll(`#${id} .coding-${part}`)]
            .map((element) => element.getBoundingClientRect().toJSON()))""",
        turn,
    )
    for kind in boxes:
        assert len(kind) == 3
        for place, one in enumerate(kind):
            for other in kind[place + 1 :]:
                beside = one["right"] <= other["left"] or other["right"] <= one["left"]
                above = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
                assert beside or above

    # Each turn's codings are a list that is read where it belongs.
    number = turn.removeprefix("turn-")
    listed = page.get_by_role("list", name=f"Kodninger i replik {number}", exact=True)
    expect(listed.get_by_role("listitem")).to_have_count(3)
    expect(listed.get_by_role("button")).to_have_count(3)


def test_everything_that_opens_is_accessible_in_both_themes(
    page_as: PageAs,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
) -> None:
    for theme in ("light", "dark"):
        surface = Surface(page_as("coder", color_scheme=theme))
        page, turn = surface.page, surface.free_turn()
        surface.select(turn, 0, 6)
        assert_accessible(page)
        page.keyboard.press("Enter")
        page.keyboard.type("for")
        picture(page, f"palette {theme}")
        assert_accessible(page)
        page.keyboard.press("Enter")
        surface.codings(turn).click()
        expect(page.get_by_role("dialog", name="Kodning")).to_be_visible()
        picture(page, f"card {theme}")
        assert_accessible(page)
        page.keyboard.press("Escape")
        page.keyboard.press("m")
        expect(page.get_by_role("dialog", name="Memo")).to_be_visible()
        picture(page, f"memo {theme}")
        assert_accessible(page)
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        picture(page, f"ends {theme}")
        assert_accessible(page)
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Taster")).to_be_visible()
        picture(page, f"keys {theme}")
        assert_accessible(page)
        page.keyboard.press("Escape")
        surface.saved()


def test_a_finger_codes_on_a_narrow_screen(
    page_as: PageAs,
    assert_accessible: Callable[[Page], None],
    picture: Callable[[Page, str], Path],
) -> None:
    surface = Surface(page_as("coder", viewport=PHONE, has_touch=True))
    page, turn = surface.page, surface.free_turn()
    # A long press selects a word in a real browser; here the selection is made as it would be.
    page.evaluate(
        """id => {
          const words = document.querySelector(`#${id} .turn-text`);
          words.scrollIntoView({ block: "center" });
          getSelection().setBaseAndExtent(words.firstChild, 1, words.firstChild, 30);
        }""",
        turn,
    )
    page.get_by_role("group", name="Markerede ord").get_by_role("button", name="Kod …").tap()
    picture(page, "palette")
    assert sideways(page) == []
    assert_accessible(page)
    surface.palette.get_by_role("combobox").fill("kerne")
    surface.palette.get_by_role("option").first.tap()
    expect(surface.codings(turn)).to_be_visible()
    surface.saved()
    page.get_by_role("button", name="Kodebog", exact=True).tap()
    expect(page.locator(".code-tree")).to_be_visible()
    picture(page, "codes")
    assert_accessible(page)


def test_a_reader_reads_and_changes_nothing(page_as: PageAs) -> None:
    surface = Surface(page_as("reader"), "Leder")
    page = surface.page
    page.locator(".turn-text").first.dblclick()
    page.keyboard.press("Enter")
    expect(surface.palette).to_have_count(0)
    expect(page.locator(".selection-bar")).to_have_count(0)
    page.keyboard.press("F8")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Kodning")
    expect(card).to_be_visible()
    expect(card.get_by_role("button", name="Fjern kodning")).to_have_count(0)
    expect(card).not_to_contain_text("null")

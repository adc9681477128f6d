"""Coded excerpts in the browser: narrowed, looked at, and taken out as files that open."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from coding.formats.excerpt_rows import COLUMNS
from tests.browser.checks import Check, check_in_both_themes, said
from tests.browser.conftest import Complaints, PageAs

EXCERPTS = "/studies/demo/excerpts/"
CASE = "tofteby"
WORD = "tavlen"


def menu(page: Page, label: str) -> Locator:
    return page.locator(".excerpts-filters details").filter(
        has=page.locator("summary", has_text=re.compile(rf"^\s*{label}\b"))
    )


def count(page: Page) -> int:
    found = re.match(r"[\d.,]+", page.get_by_role("heading", level=1).inner_text())
    assert found
    return int(re.sub(r"\D", "", found[0]))


@pytest.mark.parametrize("language", ["da", "en"])
def test_excerpts_are_narrowed_by_lists_and_words_and_widened_again(
    page_as: PageAs, assert_accessible: Check, language: str
) -> None:
    page = page_as("reader", language)
    page.goto(EXCERPTS)
    everything = count(page)
    check_in_both_themes(page, assert_accessible)

    cases = menu(page, said(language, "Case"))
    cases.locator("summary").click()
    check_in_both_themes(page, assert_accessible)
    cases.get_by_label("Hjemmeplejen Tofteby").check()
    cases.get_by_role("button", name=said(language, "Show")).click()
    expect(page).to_have_url(re.compile(rf"[?&]case={CASE}\b"))
    in_case = count(page)
    assert 0 < in_case < everything

    page.get_by_label(said(language, "Words in the quote")).fill(WORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"q={WORD}.*case={CASE}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"[“»]{WORD}[”«]$"))
    assert 0 < count(page) < in_case
    for quote in page.locator(".excerpts-quote").all_inner_texts():
        assert WORD in quote.casefold()
    check_in_both_themes(page, assert_accessible)

    page.locator(".filter-chip a").first.click()
    expect(page.locator(".filter-chip")).to_have_count(1)
    page.locator(".filter-clear").click()
    assert count(page) == everything


def test_a_code_brings_those_under_it(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto(EXCERPTS)
    codes = menu(page, said("da", "Code"))
    codes.locator("summary").click()
    codes.get_by_label("Hæmmere", exact=True).check()
    codes.get_by_role("button", name=said("da", "Show")).click()
    expect(page).to_have_url(re.compile(r"per_page|code="))
    page.goto(f"{page.url}&per_page=200")
    names = set(page.locator("tbody .code-name").all_inner_texts())
    assert {"Hæmmere", "Aftenholdet udenfor"} <= names
    assert "Fremmere" not in names


def test_an_excerpt_opens_in_its_text(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto(f"{EXCERPTS}?q={WORD}&case={CASE}")
    page.locator(".excerpts-quote a").first.click()
    expect(page).to_have_url(
        re.compile(r"/documents/[0-9a-f-]{36}/\?coding=[0-9a-f-]{36}#turn-\d+$")
    )


def exported(page: Page, language: str, file_format: str, folder: Path) -> Path:
    """Through the page of excerpts, the page of the export and its job, as a person does."""
    page.goto(f"{EXCERPTS}?q={WORD}&case={CASE}")
    page.get_by_role("link", name=said(language, "Export these")).click()
    page.locator(f"input[name=format][value={file_format}]").check()
    page.get_by_role("button", name=said(language, "Make the file")).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=said(language, "Download")).click(timeout=30_000)
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_seen_is_what_the_workbook_holds(
    page_as: PageAs, assert_accessible: Check, tmp_path: Path, language: str
) -> None:
    page = page_as("coder", language)
    page.goto(f"{EXCERPTS}?q={WORD}&case={CASE}")
    quotes = page.locator(".excerpts-quote").all_inner_texts()
    assert count(page) == len(quotes) > 0

    workbook = CalamineWorkbook.from_path(exported(page, language, "xlsx", tmp_path))
    check_in_both_themes(page, assert_accessible)
    head, *rows = workbook.get_sheet_by_name("excerpts").to_python()
    assert tuple(head) == COLUMNS
    assert [row[COLUMNS.index("quote")] for row in rows] == quotes
    assert {row[COLUMNS.index("case")] for row in rows} == {CASE}
    spoken = [row for row in rows if row[COLUMNS.index("interview")]]
    assert spoken
    assert all(row[COLUMNS.index("participant_pseudonym")] for row in spoken)
    assert all(isinstance(row[COLUMNS.index("start")], int | float) for row in rows)


@pytest.mark.parametrize(
    ("language", "file_format", "encoding", "mark"),
    [
        ("da", "csv", "utf-8", ","),
        ("da", "csv-excel", "utf-8-sig", ";"),
        ("en", "csv", "utf-8", ","),
    ],
)
def test_both_kinds_of_csv_hold_the_same_rows(
    page_as: PageAs, tmp_path: Path, language: str, file_format: str, encoding: str, mark: str
) -> None:
    page = page_as("reader", language)
    page.goto(f"{EXCERPTS}?q={WORD}&case={CASE}")
    quotes = page.locator(".excerpts-quote").all_inner_texts()
    file = exported(page, language, file_format, tmp_path)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    with file.open(encoding=encoding, newline="") as stream:
        head, *rows = csv.reader(stream, delimiter=mark)
    assert tuple(head) == COLUMNS
    assert [row[COLUMNS.index("quote")] for row in rows] == quotes


def test_an_address_that_asks_for_something_unknown_says_so(
    page_as: PageAs, assert_accessible: Check, complaints: Complaints
) -> None:
    complaints.expect("400")
    page = page_as("reader")
    answer = page.goto(f"{EXCERPTS}?code=no-such-code")
    assert answer is not None
    assert answer.status == 400
    expect(page.locator("main .notice")).to_contain_text("no-such-code")
    expect(page.locator(".excerpts-quote")).to_have_count(0)
    check_in_both_themes(page, assert_accessible)


@pytest.mark.parametrize("path", ["excerpts/?q=nowhere-in-the-words", "export/", "excerpts/"])
def test_narrow_pages_stay_within_the_window(
    page_as: PageAs, assert_accessible: Check, path: str
) -> None:
    page = page_as("reader", viewport={"width": 360, "height": 800})
    page.goto(f"/studies/demo/{path}")
    check_in_both_themes(page, assert_accessible)

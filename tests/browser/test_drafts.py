"""Case descriptions in the browser: evidence, writing, quotes, two writers, review, reading."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import Check, check_in_both_themes, said
from tests.browser.conftest import Complaints, PageAs

EMPTY_SECTION = "t6_forankring"
REASON = "Hvor er de vikarer, der siger noget andet?"


def draft(case: str, **query: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/studies/demo/cases/{case}/draft/" + (f"?{asked}" if asked else "")


def text_area(page: Page) -> Locator:
    return page.locator("form[data-writing] textarea")


def saved(page: Page) -> None:
    """The text saved itself; nothing was pressed."""
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"\d\d[:.]\d\d"))


def meter_of(page: Page, section: str) -> Locator:
    return page.locator(f"#{section} .draft-section-head .page-meter")


def test_a_quote_is_printed_with_marked_omissions_and_its_original_is_one_click_away(
    page_as: PageAs, assert_accessible: Check, complaints: Complaints
) -> None:
    complaints.expect("422")
    page = page_as("second-coder")
    page.goto(draft("tilskudskontoret"))
    # He said “vi øh, lægger fejlene åbent frem, det er hele idéen, og det er ikke ...”.
    source = page.locator("#citation-7")
    page.locator("#t4_goer_sk .draft-citations > summary").click()
    expect(source.locator(".draft-printed")).to_contain_text("vi lægger fejlene åbent frem [...]")
    expect(source.locator("blockquote")).to_be_hidden()
    source.locator("summary").click()
    expect(source.locator("blockquote")).to_contain_text("vi øh, lægger fejlene åbent frem")

    printed = source.get_by_label(said("da", "Printed"), exact=True)
    printed.fill("vi gemmer fejlene")
    source.get_by_role("button").click()
    expect(source.locator(".field-error")).to_contain_text("gemmer")
    expect(printed).to_have_value("vi gemmer fejlene")
    check_in_both_themes(page, assert_accessible)

    printed.fill("vi lægger fejlene [fra ugen] åbent frem [...]")
    source.get_by_role("button").click()
    expect(page.locator("#t4_goer_sk .draft-text")).to_contain_text(
        "vi lægger fejlene [fra ugen] åbent frem [...]"
    )


@pytest.mark.parametrize(("language", "case"), [("da", "svalen"), ("en", "tilskudskontoret")])
def test_a_description_is_written_returned_mended_approved_and_read(
    page_as: PageAs,
    assert_accessible: Check,
    complaints: Complaints,
    language: str,
    case: str,
) -> None:
    complaints.expect("422")
    coder = page_as("coder", language)
    write_with_two_citations(coder, case, language)
    check_in_both_themes(coder, assert_accessible)
    coder.get_by_role("button", name=said(language, "Save and read")).click()
    expect(coder.locator(f"#{EMPTY_SECTION} .draft-text blockquote")).to_be_visible()
    expect(coder.locator(f"#{EMPTY_SECTION} .draft-text sup").last).to_be_visible()
    check_in_both_themes(coder, assert_accessible)
    submit(coder, case, language)
    expect(coder.locator(".draft-facts")).to_contain_text(said(language, "Submitted for review"))

    lead = page_as("lead", language)
    lead.goto("/studies/demo/reviews/")
    check_in_both_themes(lead, assert_accessible)
    lead.goto(draft(case))
    check_in_both_themes(lead, assert_accessible)
    lead.get_by_role("button", name=said(language, "Return"), exact=True).click()
    expect(lead.locator(".draft-decision .field-error")).to_be_visible()
    lead.locator(".draft-decision textarea").fill(REASON)
    lead.get_by_role("button", name=said(language, "Return"), exact=True).click()

    coder.goto(draft(case))
    expect(coder.locator(".notice").first).to_contain_text(REASON)
    coder.goto(draft(case, edit=EMPTY_SECTION))
    text_area(coder).press("End")
    # Handed in at once, before the text saved itself.
    coder.keyboard.type("\n\nVikarerne siger det ikke højt.")
    submit(coder, case, language)
    expect(coder.locator(".draft-facts")).to_contain_text(said(language, "Submitted for review"))

    lead.goto(draft(case))
    changed = lead.get_by_role("link", name=said(language, "Changed since the review"))
    expect(changed).to_have_count(1)
    changed.click()
    expect(lead.locator(".draft-diff ins")).to_contain_text("Vikarerne siger det ikke højt.")
    check_in_both_themes(lead, assert_accessible)
    lead.goto(draft(case))
    if case == "svalen":
        lead.get_by_label(said(language, "Reason")).fill("Resten kommer i foråret.")
    lead.get_by_role("button", name=re.compile(f"^{said(language, 'Approve')}")).click()
    expect(lead.locator(".draft-facts")).to_contain_text(said(language, "Approved"))

    reader = page_as("reader", language)
    reader.goto(draft(case))
    expect(reader.locator(f"#{EMPTY_SECTION} .draft-text")).to_contain_text("Vikarerne")
    # But to take the Word document out, nothing can be sent.
    sends = "main :is(form:not([action$='/file/']), textarea), .tray form"
    expect(reader.locator(sends)).to_have_count(0)
    check_in_both_themes(reader, assert_accessible)
    coder.goto(draft(case, edit=EMPTY_SECTION))
    expect(text_area(coder)).to_have_count(0)


def submit(page: Page, case: str, language: str) -> None:
    """What is missing is asked about once, and only then."""
    page.get_by_role("button", name=said(language, "Submit for review")).click()
    if case == "svalen":
        card = page.locator(".draft-asked")
        expect(card.locator(".draft-lacks a").first).to_be_visible()
        card.get_by_role("button").click()


def write_with_two_citations(page: Page, case: str, language: str) -> None:
    """One by key and one by click; the length and the sources follow the text."""
    page.goto(draft(case, edit=EMPTY_SECTION))
    area = text_area(page)
    expect(area).to_be_focused()
    area.fill("Indsatsen har fået faste anledninger.")
    saved(page)
    before = meter_of(page, EMPTY_SECTION).inner_text()

    area.press("Control+Enter")
    quotes = page.locator(".tray .evidence-quote")
    expect(quotes.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(quotes.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(area).to_have_value(re.compile(r"^Indsatsen har fået faste anledninger\.\n\n\[@\d+\]$"))
    expect(quotes.nth(1).locator("xpath=..").locator("[data-used]")).to_contain_text(
        said(language, "used as source")
    )
    # The focus is back in the text; what was inserted is said, and its words stand below.
    expect(area).to_be_focused()
    expect(page.locator("[data-told]")).to_contain_text(re.compile(r"\d"))
    below = page.locator(".draft-cited li:visible")
    expect(below).to_have_count(1)
    expect(below).to_contain_text(quotes.nth(1).inner_text()[:30])
    page.keyboard.type("\n\nDet siger flere.")

    row = page.locator(".tray .evidence").nth(3)
    row.hover()
    row.get_by_role("button", name=said(language, "Refer")).click()
    expect(area).to_have_value(re.compile(r"\[@\d+\]\n\nDet siger flere\. \[@\d+\]$"))
    expect(area).to_be_focused()
    expect(meter_of(page, EMPTY_SECTION)).not_to_have_text(before)
    numbers = re.findall(r"\[@(\d+)\]", area.input_value())
    assert len(set(numbers)) == 2


def test_the_length_is_held_against_the_budget_in_standard_pages(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto(draft("tofteby", edit="t2_kerneopgave"))
    # 2,400 keystrokes are a page, a quarter of a page is allowed.
    text_area(page).fill("x" * 480)
    expect(meter_of(page, "t2_kerneopgave")).to_have_text("0,2 af ¼ side")
    text_area(page).fill("x" * 1320)
    expect(meter_of(page, "t2_kerneopgave")).to_have_text("0,55 af ¼ side, over")
    expect(meter_of(page, "t2_kerneopgave")).to_have_class(re.compile("is-over"))


def test_required_sources_are_cited_attached_or_missing(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto(draft("tofteby", section="t1_arbejdsplads"))
    sources = page.locator("#t1_arbejdsplads .draft-sources [data-source]")
    states = sources.evaluate_all("all => all.map((one) => one.dataset.source)")
    assert states == ["cited", "cited"]
    page.goto(draft("tofteby", edit="t1_arbejdsplads"))
    text_area(page).fill("Uden kilder.")
    expect(sources.first).to_have_attribute("data-source", "attached")
    expect(sources.first).to_contain_text("endnu ikke henvist til")


def test_evidence_stands_once_at_its_point_however_many_coded_it(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto(draft("tofteby", section="t4_goer_sk"))
    points = page.locator(".tray-point")
    assert points.count() > 1
    for point in points.all():
        passages = point.locator(".evidence-quote").evaluate_all(
            "all => all.map((one) => one.dataset.excerpt)"
        )
        assert len(passages) == len(set(passages))
    shared = page.locator(
        ".evidence-coders", has_text="Jeppe Rosenvang Lind, Sidsel Ravnkilde Holt"
    )
    assert shared.count() > 0


def test_evidence_is_pinned_hidden_ordered_and_noted_by_keyboard(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("coder")
    page.goto(draft("nordkaj", section="t2_kerneopgave"))
    point = page.locator(".tray-point").first
    words = point.locator(".evidence > p").all_inner_texts()

    def tool(row: int, name: str) -> Locator:
        return point.locator(".evidence").nth(row).get_by_role("button", name=name, exact=True)

    down = said("da", "Move down")
    tool(0, down).focus()
    page.keyboard.press("Enter")
    expect(point.locator(".evidence > p").nth(1)).to_have_text(words[0])
    # The focus goes along, so that one presses again to move further.
    expect(tool(1, down)).to_be_focused()
    page.keyboard.press("Enter")
    expect(point.locator(".evidence > p").nth(2)).to_have_text(words[0])

    tool(0, said("da", "Pin")).focus()
    page.keyboard.press("Enter")
    expect(point.locator(".evidence").first).to_have_class(re.compile("is-pinned"))
    expect(tool(0, said("da", "Unpin"))).to_be_focused()

    tool(1, said("da", "Hide")).focus()
    page.keyboard.press("Enter")
    expect(point.locator("details summary")).to_have_text("1 skjult")

    point.locator(".evidence").first.get_by_role("link", name="Note").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("Spørg igen om morgenholdet")
    check_in_both_themes(page, assert_accessible)
    page.get_by_role("button", name=said("da", "Keep the note")).click()
    expect(point.locator(".evidence-note")).to_have_text("Spørg igen om morgenholdet")
    page.reload()
    expect(point.locator(".evidence-note")).to_have_text("Spørg igen om morgenholdet")
    check_in_both_themes(page, assert_accessible)


def test_another_sections_evidence_is_chosen_by_name(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("coder")
    page.goto(draft("tofteby", edit="t7_fremtiden"))
    menu = page.locator(".tray-menu")
    menu.locator("summary").click()
    check_in_both_themes(page, assert_accessible)
    menu.get_by_role("link", name=re.compile("^Forankring")).click()
    expect(menu.locator("summary")).to_contain_text("Forankring")
    expect(menu.locator("summary")).to_be_focused()
    # The section that is being written stays open, and takes what is picked here.
    before = text_area(page).input_value()
    page.locator(".tray .evidence-quote").first.click()
    expect(text_area(page)).not_to_have_value(before)
    assert text_area(page).input_value().startswith(before.rstrip())


@pytest.mark.parametrize(("language", "section"), [("da", "t5_maaling"), ("en", "t7_fremtiden")])
def test_the_later_of_two_writers_sees_both_texts_and_loses_nothing(
    page_as: PageAs,
    assert_accessible: Check,
    complaints: Complaints,
    language: str,
    section: str,
) -> None:
    complaints.expect("409")
    first, second = page_as("coder", language), page_as("second-coder", language)
    for page in (first, second):
        page.goto(draft("tofteby", edit=section))
    text_area(first).fill("Den førstes ord.")
    saved(first)
    text_area(second).fill("Den andens ord.")
    behind = second.locator("p[data-behind]")
    expect(behind).to_be_visible()
    behind.get_by_role("button").click()
    expect(second.locator(".draft-theirs pre")).to_have_text("Den førstes ord.")
    expect(text_area(second)).to_have_value("Den andens ord.")
    check_in_both_themes(second, assert_accessible)

    text_area(second).fill("Den førstes ord. Den andens ord.")
    second.get_by_role("button", name=said(language, "Save and read")).click()
    expect(second.locator(f"#{section} .draft-text")).to_have_text(
        "Den førstes ord. Den andens ord."
    )
    first.reload()
    expect(text_area(first)).to_have_value("Den førstes ord. Den andens ord.")


def test_a_remark_in_the_margin_is_answered_by_resolving_it(page_as: PageAs) -> None:
    lead, coder = page_as("lead"), page_as("coder")
    lead.goto(draft("tofteby"))
    section = lead.locator("#t3_arbejdets_kerne")
    section.locator(".draft-remark > summary").click()
    section.get_by_label(said("da", "Your comment")).fill("Hvem siger det?")
    section.get_by_role("button", name=said("da", "Send the comment")).click()
    coder.goto(draft("tofteby"))
    remark = coder.locator("#t3_arbejdets_kerne .draft-comment")
    expect(remark).to_contain_text("Hvem siger det?")
    remark.get_by_role("button", name=said("da", "Resolve")).click()
    expect(remark).to_have_count(0)


@pytest.mark.parametrize("path", ["drafts/", "reviews/", "template/rules/"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_lists_around_the_descriptions_are_accessible(
    page_as: PageAs, assert_accessible: Check, path: str, language: str
) -> None:
    for width in (360, 1440):
        page = page_as("reader", language, viewport={"width": width, "height": 900})
        page.goto(f"/studies/demo/{path}")
        check_in_both_themes(page, assert_accessible)


def test_the_tray_has_one_stop_for_each_excerpt_and_its_tools_by_the_arrows(
    page_as: PageAs,
) -> None:
    page = page_as("coder")
    page.goto(draft("tofteby"))
    page.locator("#t7_fremtiden").get_by_role("link", name=re.compile("^Skriv: ")).click()
    # What is typed at once is in the text, behind what stands there.
    expect(text_area(page)).to_be_focused()
    page.keyboard.type(" Sagt til sidst.")
    expect(text_area(page)).to_have_value(re.compile(r"\S Sagt til sidst\.$"))

    rows = page.locator(".tray .evidence")
    quote = rows.locator(".evidence-quote")
    page.keyboard.press("Control+Enter")
    expect(quote.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(rows.first.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(quote.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(quote.nth(2)).to_be_focused()


def test_the_tray_follows_the_section_that_is_read(page_as: PageAs) -> None:
    page = page_as("reader")
    page.goto(draft("tofteby"))
    shown = page.locator(".tray-shown")
    expect(shown).to_have_text("Kort om arbejdspladsen")
    page.locator("#t6_forankring").evaluate("section => section.scrollIntoView()")
    expect(shown).to_have_text("Forankring")
    expect(page.locator("body")).to_be_focused()


def test_from_a_number_to_its_source_and_its_context_and_back(page_as: PageAs) -> None:
    page = page_as("reader")
    page.goto(draft("tofteby"))
    page.locator("#t4_goer_sk sup a").first.click()
    source = page.locator(".draft-citation:target")
    expect(source).to_be_focused()
    source.get_by_role("link", name=said("da", "To its place in the text")).click()
    expect(page.locator("#t4_goer_sk sup a").first).to_be_in_viewport()
    page.go_back()
    source.get_by_role("link").first.click()
    page.wait_for_url("**/documents/**")
    page.go_back()
    expect(source).to_be_in_viewport()

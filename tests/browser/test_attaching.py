"""From files on a desk to material that can be coded, in the browser."""

import base64
import io
from collections.abc import Sequence

import docx
import pytest
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.browser.checks import Check, check_in_both_themes, said
from tests.browser.conftest import Complaints, PageAs, sideways

MATERIAL = "/studies/demo/documents/"
LANGUAGES = ("da", "en")
TALK = (
    ("Interviewer", "Hvad skete der, da I fik de ti minutter?"),
    ("Hjælper 2", "Vi lærte at sige det højt, før det blev til en fejl."),
    ("Hjælper 9", "Om aftenen er tavlen visket ud. Det må du gerne skrive."),
    ("Interviewer", "Og så?"),
    ("Hjælper 2", "Så ringer vi til hinanden."),
    ("Hjælper 9", "Når der er tid."),
)
CUES = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Gruppeleder>Vi mødes klokken to.</v>\n\n"
    "00:00:04.000 --> 00:00:09.000\n<v TR>Og nogle kommer ikke.</v>\n"
)
OTTER = (
    "Gruppeleder  0:03\nVi begyndte med de ti minutter.\n\n"
    "Gruppelder  0:19\nOg de blev til femten.\n\nTR  0:31\nNogle dage.\n\n"
    "Gruppeleder  0:44\nDe fleste.\n\nGruppelder  0:58\nJa.\n\nTR  1:02\nNej.\n"
)
NOTES = (
    "[V] Hos os siger vi det højt.\n\n[P] Hun mener, at de nye tier, til de er faste.\n\n"
    "Døren til kontoret stod åben."
)


def spoken(turns: Sequence[tuple[str, str]]) -> bytes:
    """A Word file as transcribers write it: the speaker in bold, the words after."""
    document = docx.Document()
    for speaker, words in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(speaker).bold = True
        paragraph.add_run(f" {words}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def file(name: str, data: bytes | str) -> FilePayload:
    content = data.encode() if isinstance(data, str) else data
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def drop(page: Page, *files: FilePayload) -> None:
    """Drags files over the zone and lets them go, as a hand would."""
    told = [[each["name"], base64.b64encode(each["buffer"]).decode()] for each in files]
    dragged = page.evaluate_handle(
        """(files) => {
          const dragged = new DataTransfer();
          for (const [name, data] of files) {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            dragged.items.add(new File([bytes], name));
          }
          return dragged;
        }""",
        told,
    )
    zone = page.locator("[data-drop-zone]")
    zone.dispatch_event("dragover", {"dataTransfer": dragged})
    expect(zone).to_contain_class("is-over")
    zone.dispatch_event("drop", {"dataTransfer": dragged})
    expect(zone).not_to_contain_class("is-over")


def attach(page: Page, language: str) -> None:
    """Sends what is chosen, and waits until all of it is read."""
    page.get_by_role("button", name=said(language, "Attach"), exact=True).click()
    expect(page.locator("#intake")).to_be_visible(timeout=30_000)


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def row_of(page: Page, name: str) -> Locator:
    return page.locator(".mapping-table tbody", has=page.get_by_text(name, exact=True))


def speaker(page: Page, file_name: str, label: str) -> Locator:
    found = section(page, file_name).locator(".speaker")
    return found.filter(has=page.locator("bdi").get_by_text(label, exact=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_looked_at_put_right_and_open_on_the_coding_page(
    page_as: PageAs, assert_accessible: Check, language: str
) -> None:
    def words(msgid: str) -> str:
        return said(language, msgid)

    # The study has each file once, and both languages walk through it.
    word_name, mark = f"Fokusgruppe 2024-05-21 {language}.docx", f" ({language})"
    page = page_as("coder", language)
    page.goto(MATERIAL)
    with page.expect_file_chooser() as chooser:
        page.get_by_text(words("Choose files"), exact=True).click()
    chooser.value.set_files(
        [
            file(word_name, spoken([*TALK, ("Hjælper 2", mark)])),
            file(f"møde {language}.vtt", CUES + f"\n{mark}"),
            file(f"otter {language}.txt", OTTER + mark),
            file("skærmbillede.docx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64),
        ]
    )
    expect(page.locator("[data-drop-zone-files] li")).to_have_count(4)
    check_in_both_themes(page, assert_accessible)
    attach(page, language)

    # The wrong one says why; the good ones wait beside it.
    wrong = section(page, "skærmbillede.docx")
    expect(wrong).to_contain_text(words("a picture"))
    expect(page.locator(".mapping-table .mapping-case")).to_have_count(4)
    check_in_both_themes(page, assert_accessible)

    # One case for all three; its people can be chosen then.
    shared = page.locator(".mapping-shared")
    shared.locator(".mapping-case select").select_option(label="Hjemmeplejen Tofteby")
    shared.get_by_role("button", name=words("Fill in below")).click()
    expect(row_of(page, word_name).locator(".mapping-case select")).not_to_have_value("")
    known = speaker(page, word_name, "Hjælper 2").get_by_label(words("Stands for"))
    expect(known.locator("option:checked")).to_have_text("Hjælper 2")
    asking = speaker(page, word_name, "Interviewer").get_by_label(words("Stands for"))
    expect(asking).to_have_value("interviewer")

    # A new participant, and a new interview on the day of the file's name.
    unknown = speaker(page, word_name, "Hjælper 9")
    unknown.get_by_label(words("Stands for")).select_option("new")
    unknown.get_by_label(words("Pseudonym")).fill(f"Aftenhjælper {language}")
    talk = row_of(page, word_name)
    talk.locator(".mapping-talk select").select_option("new")
    talk.locator(".mapping-form select").select_option("focus_group")
    expect(talk.locator("input[type=date]")).to_have_value("2024-05-21")

    # A slip of the transcriber's pen: two labels become one.
    slip = speaker(page, f"otter {language}.txt", "Gruppelder")
    slip.get_by_text(words("Wrong?")).click()
    slip.locator("input[list]").fill("Gruppeleder")
    slip.get_by_role("button", name=words("Rename")).click()
    expect(slip).to_have_count(0)
    leader = speaker(page, f"otter {language}.txt", "Gruppeleder")
    expect(leader).to_contain_text("4")
    # What was said of the other file is still there.
    expect(unknown.get_by_label(words("Pseudonym"))).to_have_value(f"Aftenhjælper {language}")

    # The second turn of the Word file answers a question of the guide.
    word_file = section(page, word_name)
    page.locator("#correct-1").click()
    expect(page.locator("#turn-1")).to_contain_class("is-open")
    check_in_both_themes(page, assert_accessible)
    page.locator("#answer-item").select_option(index=3)
    word_file.get_by_role("button", name=words("Mark"), exact=True).click()
    expect(page.locator("#turn-1 .turn-answer")).to_have_count(1)

    page.locator("#attach-files").click()
    expect(page.locator("#messages")).to_contain_text("3")
    expect(section(page, word_name)).to_have_count(0)
    wrong.get_by_role("button", name=words("Throw away")).click()
    page.wait_for_url(f"**{MATERIAL}")

    page.get_by_role("link", name=word_name.removesuffix(".docx")).click()
    expect(page.locator("main")).to_contain_text("Om aftenen er tavlen visket ud.")
    expect(page.locator("main")).to_contain_text(f"Aftenhjælper {language}")


def test_dropped_files_with_a_table_are_said_already_and_make_their_case(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("lead")
    page.goto(MATERIAL)
    drop(
        page,
        file("leder.docx", spoken(TALK[:4])),
        file("rundgang.txt", "Tavlen hænger ved døren.\n\nDer er to kopper kaffe."),
        file(
            "filer.csv",
            "Fil;Case;Dato;Form;Slags;Titel;Talere\n"
            "leder.docx;Skolen på Bakken;20.5.2024;Parinterview;;To lærere;Hjælper 2 = Lærer 1\n"
            "rundgang.txt;Skolen på Bakken;31.2.2024;;Feltnote;Rundgang;\n".encode("cp1252"),
        ),
    )
    attach(page, "da")
    faults = section(page, "filer.csv")
    expect(faults).to_contain_text("31.2.2024")
    talk = row_of(page, "leder.docx")
    expect(talk.locator(".mapping-case select")).to_have_value("new")
    expect(talk.locator(".mapping-case input")).to_have_value("Skolen på Bakken")
    expect(talk.locator(".mapping-case input")).to_be_visible()
    expect(talk.locator(".mapping-form select")).to_be_visible()
    expect(row_of(page, "rundgang.txt").locator(".mapping-form select")).to_be_hidden()
    check_in_both_themes(page, assert_accessible)
    page.set_viewport_size({"width": 360, "height": 800})
    assert sideways(page) == []
    assert_accessible(page)

    page.locator("#attach-files").click()
    expect(page.locator("#messages")).to_contain_text("2")
    page.goto("/studies/demo/cases/skolen-paa-bakken/")
    expect(page.locator("main")).to_contain_text("Lærer 1")
    page.goto("/studies/demo/cases/skolen-paa-bakken/visits/")
    expect(page.locator("main")).to_contain_text("To lærere")
    expect(page.locator("main")).to_contain_text("20. maj 2024")


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_written_in_place_and_each_line_says_whose_words_it_is(
    page_as: PageAs, assert_accessible: Check, language: str
) -> None:
    def words(msgid: str) -> str:
        return said(language, msgid)

    page = page_as("coder", language)
    page.goto(MATERIAL)
    page.get_by_role("link", name=words("Write or paste")).click()
    check_in_both_themes(page, assert_accessible)
    page.get_by_label(words("Case"), exact=True).select_option(label="Børnehuset Svalen")
    page.get_by_label(words("Title"), exact=True).fill(f"Noter {language}")
    page.get_by_label(words("Text"), exact=True).fill(f"{NOTES} {language}")
    page.get_by_role("button", name=words("Go on")).click()
    expect(page.locator("#intake")).to_be_visible(timeout=30_000)
    turns = page.locator(".turn")
    expect(turns).to_have_count(3)

    def pressed(index: int) -> Locator:
        return turns.nth(index).locator('.choice[aria-pressed="true"]')

    expect(pressed(0)).to_have_text(words("Verbatim"))
    expect(pressed(1)).to_have_text(words("Paraphrase"))
    turns.nth(2).get_by_role("button", name=words("Verbatim")).click()
    expect(pressed(2)).to_have_text(words("Verbatim"))
    check_in_both_themes(page, assert_accessible)
    page.locator("#attach-files").click()
    page.get_by_role("link", name=f"Noter {language}").click()
    expect(page.locator("main")).to_contain_text("Hos os siger vi det højt.")


def test_the_letters_of_an_old_file_are_chosen_by_eye(
    page_as: PageAs, assert_accessible: Check
) -> None:
    page = page_as("coder")
    page.goto(MATERIAL)
    old = "Leder: Vi åbner døren på klem.\n\nTR: Ja, på hælene.\n\nLeder: Nå.\n\nTR: Så.\n"
    drop(page, file("gammel.txt", old.encode("cp850")))
    attach(page, "da")
    shown = section(page, "gammel.txt")
    expect(shown.locator(".turns")).not_to_contain_text("døren")
    check_in_both_themes(page, assert_accessible)
    shown.locator('input[value="cp850"]').check()
    shown.get_by_role("button", name=said("da", "Read it so")).click()
    expect(shown.locator(".turns")).to_contain_text("Vi åbner døren på klem.", timeout=30_000)
    page.locator("#discard-files").click()
    page.wait_for_url(f"**{MATERIAL}")


def test_files_are_chosen_and_sent_by_keyboard(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto(MATERIAL)
    chosen = page.locator("[data-drop-zone] input")
    button = page.locator("[data-drop-zone] .button")
    # Asked for well before the key: the browser is told of it without being waited for.
    with page.expect_file_chooser() as chooser:
        for _step in range(60):
            page.keyboard.press("Tab")
            if chosen.evaluate("(field) => field === document.activeElement"):
                break
        assert button.evaluate("(element) => getComputedStyle(element).outlineStyle") != "none"
        page.keyboard.press("Enter")
    chooser.value.set_files([file("tastatur.txt", "Interviewer: Hej.\n\nLeder: Hej.")])
    # What a person waits for: the file is listed, and the way on is there.
    expect(page.locator("[data-drop-zone-files] li")).to_have_text("tastatur.txt0,1 kB")
    go_on = page.get_by_role("button", name=said("da", "Attach"), exact=True)
    expect(go_on).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(go_on).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#intake")).to_be_visible(timeout=30_000)
    page.locator("#discard-files").click()
    page.wait_for_url(f"**{MATERIAL}")


def test_files_are_attached_without_any_script(page_as: PageAs, complaints: Complaints) -> None:
    complaints.expect("422")
    page = page_as("coder", java_script_enabled=False)
    page.goto(MATERIAL)
    chosen = file("uden-script.docx", spoken([*TALK, ("Hjælper 2", "Uden script.")]))
    page.locator("[data-drop-zone] input").set_input_files([chosen])
    attach(page, "da")
    page.locator("#correct-1").click()
    page.locator("#said-new").fill("Ny stemme")
    page.get_by_role("button", name=said("da", "Change"), exact=True).click()
    expect(speaker(page, "uden-script.docx", "Ny stemme")).to_have_count(1)
    page.locator("#attach-files").click()
    expect(page.get_by_role("alert").first).to_contain_text(
        said("da", "Nothing was attached yet. Look at the fields marked below.")
    )
    page.reload()
    page.locator("#discard-files").click()
    page.wait_for_url(f"**{MATERIAL}")


def test_files_that_were_chosen_before_the_script_was_there_are_listed(page_as: PageAs) -> None:
    page = page_as("coder")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/drop-zone*.js", hold)
    page.goto(MATERIAL, wait_until="commit")
    page.locator("[data-drop-zone] input").set_input_files([file("tidlig.txt", "Hej.")])
    expect(page.get_by_role("button", name=said("da", "Attach"), exact=True)).to_be_visible()
    listed = page.locator("[data-drop-zone-files] li")
    assert listed.count() == 0
    held[0].continue_()
    expect(listed).to_contain_text("tidlig.txt")


def test_more_than_the_limit_is_said_before_anything_is_sent(page_as: PageAs) -> None:
    page = page_as("coder")
    page.goto(MATERIAL)
    page.locator("form.attach").evaluate("(form) => { form.dataset.limit = '10' }")
    drop(page, file("stor.txt", "mere end ti tegn"))
    expect(page.locator("[data-attach-fault]")).to_contain_text("MB")
    expect(page.get_by_role("button", name=said("da", "Attach"), exact=True)).to_be_hidden()
    drop(page, file("lille.txt", "ni tegn"))
    expect(page.locator("[data-attach-fault]")).to_be_hidden()
    expect(page.get_by_role("button", name=said("da", "Attach"), exact=True)).to_be_visible()


def test_what_is_wrong_in_the_table_is_marked_and_nothing_said_is_lost(
    page_as: PageAs, assert_accessible: Check, complaints: Complaints
) -> None:
    complaints.expect("422")
    page = page_as("coder")
    page.goto(MATERIAL)
    drop(page, file("uden-case.docx", spoken(TALK[1:5])))
    attach(page, "da")
    row_of(page, "uden-case.docx").locator('input[name$="-title"]').fill("Min titel")
    page.locator("#attach-files").click()
    expect(page.get_by_role("alert").first).to_contain_text(
        said("da", "Nothing was attached yet. Look at the fields marked below.")
    )
    expect(row_of(page, "uden-case.docx").locator(".is-wrong")).to_have_count(1)
    expect(row_of(page, "uden-case.docx").locator('input[name$="-title"]')).to_have_value(
        "Min titel"
    )
    check_in_both_themes(page, assert_accessible)
    page.locator("#discard-files").click()
    page.wait_for_url(f"**{MATERIAL}")

"""PDF: lines become paragraphs, what every page repeats is left out, hostile files are refused."""

import pytest

from interviews.formats import parse
from interviews.formats.printed import PrintedLine, as_paragraphs, without_running_lines
from interviews.formats.records import NoticeCode, ParsedDocument, ParseLimits
from interviews.formats.sandbox import parse_bounded
from tests.interviews.formats.packages import pdf_file, set_lines
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure

ENCRYPTED = (
    b"5 0 obj <</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>> "
    b"endobj\n"
)
LONG = "Det var jo ikke noget, vi havde bedt om, men da de kom, stod de der bare om morgenen,"


def read(*pages: bytes) -> ParsedDocument:
    return parse(pdf_file(*pages), name="a.pdf")


def texts(document: ParsedDocument) -> list[str]:
    return [turn.text for turn in document.turns]


def told(document: ParsedDocument) -> dict[NoticeCode, object]:
    return {notice.code: dict(notice.params) for notice in document.notices}


def refused(data: bytes, limits: ParseLimits | None = None) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse(data, name="a.pdf", limits=limits)
    return problem.value


def printed(*lines: str) -> list[PrintedLine]:
    """Lines below each other; full ones reach as far as the longest."""
    return [
        PrintedLine(line, left=50, right=50 + 5 * len(line), y=700 - 14 * number, size=11)
        for number, line in enumerate(lines)
    ]


def paragraphs(*lines: str) -> list[str]:
    return [line.text for line in as_paragraphs([printed(*lines)])]


def test_full_lines_go_on_and_short_ones_end() -> None:
    document = read(
        set_lines(f"Leder: {LONG}", "og så kørte det.", "Bo: Nej.", f"Leder: {LONG}", "altså.")
    )
    assert [(turn.speaker, turn.text) for turn in document.turns] == [
        ("Leder", f"{LONG} og så kørte det."),
        ("Bo", "Nej."),
        ("Leder", f"{LONG} altså."),
    ]


def test_a_paragraph_goes_on_over_the_page_and_its_frame_is_left_out() -> None:
    pages = [
        set_lines("Fortroligt", "", f"Leder: Den {day}, {LONG}", "og så stod de der")
        + set_lines(f"og {day} gang var det Bo.", top=60)
        + set_lines(f"Side {number} af 3", top=30)
        for number, day in enumerate(("første", "anden", "tredje"), 1)
    ]
    document = read(*pages)
    assert len(document.turns) == 3
    assert texts(document)[0].startswith(f"Den første, {LONG} og så stod de der")
    assert "Side" not in " ".join(texts(document))
    assert told(document) == {NoticeCode.PAGE_LINES_LEFT_OUT: {"count": 6}}


def test_lines_at_the_edge_that_come_once_are_kept() -> None:
    pages = [printed("Ja.", "Midt på siden.", "Slut"), printed("Nej.", "Midt igen.", "Slut")]
    pages[1][2] = PrintedLine("Slut", 50, 70, 300, 11)
    assert without_running_lines(pages) == ([pages[0], pages[1]], 0)
    alone = [printed("Side 1", "Ja.")]
    assert without_running_lines(alone) == (alone, 0)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("vi talte om arbejds-", "miljøet hele dagen.", "vi talte om arbejdsmiljøet hele dagen."),
        ("vi har både dag- ", "og natvagter i huset.", "vi har både dag- og natvagter i huset."),
        ("så sendte hun en e-", "mail til os alle.", "så sendte hun en e-mail til os alle."),
        ("det sagde Lars-", "Erik til mødet.", "det sagde Lars-Erik til mødet."),
        ("vi gik derned -", "og så var der lukket.", "vi gik derned - og så var der lukket."),
        ("arbejds\u00ad", "pladsen i byen er stor.", "arbejdspladsen i byen er stor."),
    ],
)
def test_a_hyphen_goes_only_where_the_word_is_known(above: str, below: str, joined: str) -> None:
    above = above.strip()
    wide = PrintedLine(above, left=50, right=300, y=700, size=11)
    next_line = PrintedLine(below, left=50, right=250, y=686, size=11)
    known = PrintedLine("Arbejdsmiljøet er", left=50, right=120, y=500, size=11)
    assert as_paragraphs([[wide, next_line, known]])[0].text == joined


def test_larger_letters_are_a_heading_and_nobodys_words() -> None:
    lines = printed("Leder: ja", "Om pauser", "de er for korte", "Bo: nej")
    lines[1] = PrintedLine("Om pauser", 50, 120, lines[1].y, 16)
    assert [(line.text, line.apart) for line in as_paragraphs([lines]) if line.text] == [
        ("Leder: ja", False),
        ("Om pauser", True),
        ("de er for korte", False),
        ("Bo: nej", False),
    ]


def test_a_wide_gap_parts_a_label_from_its_words() -> None:
    row = "BT /F1 11 Tf 1 0 0 1 60 {y} Tm ({who}) Tj 1 0 0 1 200 {y} Tm ({words}) Tj ET "
    talk = [("TR", "Hvem sagde det?"), ("AMR", "Det gjorde jeg."), ("TR", "Nå.")]
    page = "".join(
        row.format(y=700 - 20 * number, who=who, words=words)
        for number, (who, words) in enumerate(talk)
    )
    document = read(page.encode("cp1252"))
    assert [(turn.speaker, turn.text) for turn in document.turns] == talk


def test_pictures_of_pages_have_no_text() -> None:
    scan = b"q 500 0 0 700 50 50 cm /I1 Do Q"
    assert refused(pdf_file(scan, scan)).code is ProblemCode.ONLY_PICTURES
    document = read(set_lines("Leder: Ja."), scan)
    assert texts(document) == ["Ja."]
    assert told(document) == {NoticeCode.PAGES_WITHOUT_TEXT: {"count": 1}}


def test_empty_pages_are_empty() -> None:
    assert refused(pdf_file(b"")).code is ProblemCode.EMPTY


def test_a_file_behind_a_password_is_named_so() -> None:
    locked = pdf_file(
        set_lines("Leder: Ja."), objects=ENCRYPTED, trailer=b"/Encrypt 5 0 R/ID[<41><41>]"
    )
    assert refused(locked).code is ProblemCode.PASSWORD_PROTECTED


def test_scripts_and_addresses_are_never_followed() -> None:
    page = pdf_file(set_lines("Leder: Ja.")).replace(
        b"/Type/Catalog",
        b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        b"/AA<</WC<</S/URI/URI(http://127.0.0.1:9/)>>>>",
    )
    assert texts(parse_bounded(page, name="a.pdf")) == ["Ja."]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + b"\x00\xff" * 5_000])
def test_damage_is_refused(data: bytes) -> None:
    assert refused(data).code is ProblemCode.BROKEN


def test_pages_that_hold_each_other_end() -> None:
    loop = pdf_file(set_lines("Leder: Ja.")).replace(b"/Kids[10 0 R]", b"/Kids[2 0 R 2 0 R]")
    with pytest.raises(FileProblem) as problem:
        parse_bounded(loop, name="a.pdf")
    assert problem.value.code in (ProblemCode.BROKEN, ProblemCode.EMPTY)


def test_a_stream_that_unpacks_to_far_more_is_stopped() -> None:
    bomb = pdf_file(b"(ord) Tj " * 40_000_000, packed=True)
    assert len(bomb) < 2_000_000
    with pytest.raises(FileProblem) as problem:
        parse_bounded(bomb, name="a.pdf", seconds=5, megabytes=512)
    assert problem.value.code in (
        ProblemCode.TOO_LARGE_IN_MEMORY,
        ProblemCode.TOO_SLOW,
        ProblemCode.EMPTY,
    )


def test_a_million_objects_are_read_within_the_bounds() -> None:
    many = b"".join(b"%d 0 obj 1 endobj\n" % number for number in range(100, 1_000_100))
    document = parse_bounded(pdf_file(set_lines("Leder: Ja."), objects=many), name="a.pdf")
    assert texts(document) == ["Ja."]


def test_more_text_than_a_document_holds_is_refused() -> None:
    data = pdf_file(set_lines(LONG), set_lines(LONG))
    assert refused(data, ParseLimits(characters=100)).code is ProblemCode.TOO_LARGE

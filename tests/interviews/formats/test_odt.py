"""OpenDocument texts: what is read, what is left out and told of, and what is refused."""

import pytest

from interviews.formats import parse
from interviews.formats.records import NoticeCode, ParsedDocument, ParseLimits
from tests.interviews.formats.packages import open_document, with_part, word_file
from workbench.files.archives import ArchiveLimits
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure

BOLD = (
    '<style:style style:name="Navn" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T1" style:family="text" style:parent-style-name="Navn">'
    "<style:text-properties/></style:style>"
)
LOCKED = b'<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'


def read(body: str, *, styles: str = "") -> ParsedDocument:
    return parse(open_document(body, styles=styles), name="a.odt")


def refused(data: bytes, limits: ParseLimits | None = None) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse(data, name="a.odt", limits=limits)
    return problem.value


def texts(document: ParsedDocument) -> list[str]:
    return [turn.text for turn in document.turns]


def told(document: ParsedDocument) -> dict[NoticeCode, object]:
    return {notice.code: dict(notice.params) for notice in document.notices}


def test_a_bold_style_that_builds_on_another_is_a_speaker() -> None:
    line = '<text:p><text:span text:style-name="T1">{}</text:span><text:tab/>{}</text:p>'
    document = read(line.format("Leder", "Ja.") + line.format("Bo", "Nej."), styles=BOLD)
    assert [(turn.speaker, turn.text) for turn in document.turns] == [
        ("Leder", "Ja."),
        ("Bo", "Nej."),
    ]


def test_styles_that_build_on_each_other_end_nowhere_and_harm_nothing() -> None:
    ring = "".join(
        f'<style:style style:name="{name}" style:family="text" style:parent-style-name="{other}"/>'
        for name, other in (("A", "B"), ("B", "A"))
    )
    assert texts(
        read('<text:p><text:span text:style-name="A">hej</text:span></text:p>', styles=ring)
    ) == ["hej"]


def test_tracked_deletions_are_not_read() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>glemte</text:p>"
        "</text:deletion></text:changed-region><text:changed-region><text:insertion/>"
        "</text:changed-region></text:tracked-changes>"
    )
    document = read(f"{changes}<text:p>Vi nåede det</text:p>")
    assert texts(document) == ["Vi nåede det"]
    assert told(document) == {NoticeCode.TRACKED_CHANGES: {"insertions": 1, "deletions": 1}}


def test_hidden_text_is_read_and_told_of() -> None:
    hidden = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    document = read(
        '<text:p>synlig <text:span text:style-name="T1">skjult</text:span></text:p>', styles=hidden
    )
    assert texts(document) == ["synlig skjult"]
    assert told(document) == {NoticeCode.HIDDEN_TEXT: {"count": 1}}


def test_footnotes_stand_after_the_text_and_comments_nowhere() -> None:
    document = read(
        "<text:p>Leder: Ja<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Hun ler.</text:p></text:note-body></text:note>, det gør vi."
        "<office:annotation><text:p>Tjek navnet</text:p></office:annotation></text:p>"
        "<text:p>Interviewer: Hvornår?</text:p>"
    )
    assert texts(document) == ["Ja, det gør vi.", "Hvornår?", "Hun ler."]
    assert [turn.speaker for turn in document.turns] == ["Leder", "Interviewer", None]
    assert told(document) == {NoticeCode.COMMENTS_LEFT_OUT: {"count": 1}}


def test_white_space_is_that_of_the_format() -> None:
    document = read(
        '<text:p>en\n   to<text:s text:c="2"/>tre<text:line-break/>fire'
        '<text:s text:c="999999999"/>fem</text:p>'
    )
    assert texts(document) == ["en to  tre\nfire" + " " * 100 + "fem"]


def test_pictures_objects_and_what_lies_outside_are_left_out() -> None:
    document = read(
        '<text:p>tekst<draw:frame><draw:image xlink:href="file:///etc/passwd"/></draw:frame>'
        '<draw:frame><draw:object xlink:href="http://127.0.0.1:9/x"/></draw:frame></text:p>'
    )
    assert texts(document) == ["tekst"]
    assert told(document) == {
        NoticeCode.IMAGES_LEFT_OUT: {"count": 1},
        NoticeCode.EXTERNAL_IGNORED: {"count": 1},
        NoticeCode.EMBEDDED_IGNORED: {"count": 1},
    }


def test_macros_are_ignored_and_told_of() -> None:
    package = with_part(open_document("<text:p>a</text:p>"), "Basic/M.xml", lambda _: b"<a/>")
    assert told(parse(package, name="a.odt")) == {NoticeCode.EMBEDDED_IGNORED: {"count": 1}}


def test_markup_in_the_text_stays_text() -> None:
    assert texts(read("<text:p>&lt;b>fed&lt;/b> &amp;amp; x</text:p>")) == ["<b>fed</b> &amp; x"]


def test_a_combining_mark_at_the_beginning_of_a_paragraph_harms_nothing() -> None:
    assert texts(read("<text:p>\u0338 først</text:p><text:p>e\u0301</text:p>")) == [
        "\u0338 først",
        "é",
    ]


@pytest.mark.parametrize(
    ("part", "data"),
    [("META-INF/manifest.xml", LOCKED), ("encrypted-package", b"x")],
)
def test_a_file_behind_a_password_is_named_so(part: str, data: bytes) -> None:
    package = with_part(open_document("<text:p>a</text:p>"), part, lambda _: data)
    assert refused(package).code is ProblemCode.PASSWORD_PROTECTED


def test_a_sheet_or_a_word_document_is_another_type() -> None:
    sheet = with_part(
        open_document("<text:p>a</text:p>"),
        "mimetype",
        lambda _: b"application/vnd.oasis.opendocument.spreadsheet",
    )
    assert refused(sheet).params == {"expected": "odt", "found": "zip"}
    assert refused(word_file("a")).params == {"expected": "odt", "found": "docx"}
    with pytest.raises(FileProblem) as problem:
        parse(open_document("<text:p>a</text:p>"), name="a.docx")
    assert problem.value.params == {"expected": "docx", "found": "odt"}


@pytest.mark.parametrize("part", ["content.xml", "styles.xml"])
def test_entities_are_refused_in_whatever_part(part: str) -> None:
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]><d>&b;</d>'
    package = with_part(open_document("<text:p>a</text:p>"), part, lambda _: laughs)
    problem = refused(package)
    assert (problem.code, problem.params["reason"]) == (ProblemCode.UNSAFE_MARKUP, "doctype")


def test_depth_without_end_is_refused() -> None:
    deep = "<text:section>" * 5_000 + "</text:section>" * 5_000
    assert refused(open_document(deep)).code is ProblemCode.UNSAFE_MARKUP


def test_damage_is_refused() -> None:
    package = open_document("<text:p>tekst</text:p>" * 500)
    for part in (0.3, 0.6, 0.99):
        assert refused(package[: int(len(package) * part)]).code is ProblemCode.BROKEN
    garbled = with_part(package, "content.xml", lambda part: part[:-40])
    assert refused(garbled).code is ProblemCode.BROKEN
    other = with_part(
        package, "content.xml", lambda part: b'<?xml version="1.0" encoding="utf-16"?>' + part
    )
    assert refused(other).code is ProblemCode.BROKEN


def test_an_archive_that_claims_too_much_is_refused() -> None:
    package = open_document("<text:p>a</text:p>")
    limits = ParseLimits(archive=ArchiveLimits(members=1))
    assert refused(package, limits).code is ProblemCode.ARCHIVE_BOMB
    limits = ParseLimits(archive=ArchiveLimits(member_bytes=50))
    assert refused(package, limits).code is ProblemCode.ARCHIVE_BOMB
    outside = with_part(package, "../../etc/cron.d/x", lambda _: b"x")
    assert refused(outside).code is ProblemCode.UNSAFE_ARCHIVE


def test_a_text_without_words_is_empty() -> None:
    assert refused(open_document("<text:p> </text:p>")).code is ProblemCode.EMPTY

"""Files that are not what they seem: refused with a reason, or read with a notice."""

import time

import pytest

from interviews.formats import SUFFIXES, parse
from interviews.formats.records import Notice, NoticeCode, ParseLimits
from tests.interviews.formats.packages import word_file
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nhej\n"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nhej\n"


def refused(
    data: bytes, name: str, *, encoding: str | None = None, limits: ParseLimits | None = None
) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse(data, name=name, encoding=encoding, limits=limits)
    return problem.value


@pytest.mark.parametrize("suffix", [suffix[1:] for suffix in SUFFIXES])
def test_an_empty_file_is_refused(suffix: str) -> None:
    assert refused(b"", f"a.{suffix}").code is ProblemCode.EMPTY


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"\xef\xbb\xbf \r\n\t\n", "a.txt"), (b"#\n\n", "a.md"), (b"WEBVTT\n\nNOTE x\n", "a.vtt")],
)
def test_a_file_without_words_is_empty(data: bytes, name: str) -> None:
    assert refused(data, name).code is ProblemCode.EMPTY


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (word_file("hej"), "a.txt", "docx"),
        (word_file("hej"), "a.vtt", "docx"),
        (b"%PDF-1.7 ...", "a.txt", "pdf"),
        (b"{\\rtf1 hej}", "a.txt", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "a.md", "image"),
        (b"\x00\x00\x00\x20ftypM4A ", "a.txt", "audio"),
        (VTT, "a.txt", "vtt"),
        (VTT, "a.srt", "vtt"),
        (SRT, "a.vtt", "srt"),
        (SRT, "a.txt", "srt"),
        (b"Anna: hej", "a.vtt", "text"),
        (b"Anna: hej", "a.srt", "text"),
    ],
)
def test_a_wrong_extension_is_refused_by_what_was_found(data: bytes, name: str, found: str) -> None:
    problem = refused(data, name)
    assert (problem.code, problem.params["found"]) == (ProblemCode.WRONG_TYPE, found)


@pytest.mark.parametrize("name", ["a.exe", "a", "a.txt.xhtml", ".txt/..", "a." + "x" * 500])
def test_an_unknown_extension_is_refused(name: str) -> None:
    assert refused(b"hej", name).code is ProblemCode.UNSUPPORTED_TYPE


def test_too_many_bytes_are_refused_with_the_limit() -> None:
    problem = refused(b"hej", "a.txt", limits=ParseLimits(file_bytes=2))
    assert problem.code is ProblemCode.TOO_LARGE
    assert problem.params == {"what": "bytes", "limit": 2}


def test_nul_bytes_in_a_text_are_stripped_with_a_notice() -> None:
    document = parse(b"Leder: he\x00j", name="a.txt")
    assert document.turns[0].text == "hej"
    assert document.notices == (Notice(NoticeCode.CONTROLS_STRIPPED, {"count": 1}),)


def test_binary_in_a_text_name_is_no_text() -> None:
    assert refused(bytes(range(1, 32)) * 50, "a.txt").code is ProblemCode.NOT_TEXT


def test_invalid_utf8_in_subtitles_is_uncertain_and_not_lost() -> None:
    document = parse(VTT.replace(b"hej", "blåbær".encode("cp1252")), name="a.vtt")
    assert document.turns[0].text == "blåbær"
    assert (document.encoding, document.encoding_certain) == ("cp1252", False)


def test_utf16_gives_the_turns_of_utf8() -> None:
    text = "Leder: Vi når det på én måde.\nMedarbejder: Gør vi?\n"
    expected = parse(text.encode(), name="a.txt").turns
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
        assert parse(text.encode(encoding), name="a.txt").turns == expected


def test_utf7_stays_literal() -> None:
    document = parse(b"+ADw-script+AD4-", name="a.txt")
    assert document.turns[0].text == "+ADw-script+AD4-"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_line_endings_make_no_difference(newline: str) -> None:
    text = "Anna: hej\nmed dig\n\nBo: ja\n"
    expected = parse(text.encode(), name="a.txt").turns
    assert parse(text.replace("\n", newline).encode(), name="a.txt").turns == expected


def test_ten_megabytes_in_one_line_are_read_in_time() -> None:
    line = "Leder: " + "det var, øh, sådan her: " * 430_000
    data = line.encode()
    assert len(data) > 10_000_000
    for name in ("a.txt", "a.md"):
        started = time.monotonic()
        document = parse(data, name=name)
        assert time.monotonic() - started < 10
        assert document.turns[0].speaker == "Leder"
        assert len(document.turns[0].text) == len(line.strip()) - len("Leder: ")


def test_markup_in_markdown_and_subtitles_stays_text() -> None:
    text = "<script>alert(1)</script> [a](javascript:x) &lt;"
    assert parse(text.encode(), name="a.md").turns[0].text == text
    in_cue = VTT.replace(b"hej", b"<script>x</script> 1 < 2")
    assert parse(in_cue, name="a.vtt").turns[0].text == "<script>x</script> 1 < 2"


def test_marks_that_turn_the_direction_are_told_of_in_labels_too() -> None:
    document = parse("Leder\u202e: hej".encode(), name="a.txt")
    assert NoticeCode.DIRECTION_MARKS in {notice.code for notice in document.notices}

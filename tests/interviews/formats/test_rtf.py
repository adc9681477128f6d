"""Rich text: code pages, what is left out and told of, and what is refused."""

import pytest

from interviews.formats import parse
from interviews.formats.records import NoticeCode, ParsedDocument
from interviews.formats.sandbox import parse_bounded
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure


def read(body: bytes, *, head: bytes = rb"\ansi\ansicpg1252") -> ParsedDocument:
    return parse(rb"{\rtf1" + head + b" " + body + b"}", name="a.rtf")


def text(body: bytes, *, head: bytes = rb"\ansi\ansicpg1252") -> str:
    return "\n\n".join(turn.text for turn in read(body, head=head).turns)


def told(document: ParsedDocument) -> dict[NoticeCode, object]:
    return {notice.code: dict(notice.params) for notice in document.notices}


def refused(data: bytes) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse(data, name="a.rtf")
    return problem.value


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (rb"\ansi\ansicpg1252", rb"r\'f8dgr\'f8d \'e5 \'c6"),
        (rb"\ansi", rb"r\'f8dgr\'f8d \'e5 \'c6"),
        (rb"\ansi\ansicpg1252", "rødgrød å Æ".encode("cp1252")),
        (rb"\ansi\ansicpg1252\uc1", rb"r\u248\'f8dgr\u248?d \u229\'e5 \u198 ?"),
        (rb"\ansi\ansicpg1252\uc0", rb"r\u248 dgr\u248 d \u229  \u198 "),
        (rb"\mac", rb"r\'bfdgr\'bfd \'8c \'ae"),
        (rb"\ansi\ansicpg10000", rb"r\'bfdgr\'bfd \'8c \'ae"),
        (rb"\pca", rb"r\'9bdgr\'9bd \'86 \'92"),
        (rb"\ansi\ansicpg850", rb"r\'9bdgr\'9bd \'86 \'92"),
    ],
)
def test_danish_letters_are_read_in_every_code_page(head: bytes, body: bytes) -> None:
    assert text(body, head=head) == "rødgrød å Æ"


def test_characters_beyond_the_basic_plane_come_in_halves() -> None:
    assert text(rb"\uc0 a\u-10179 \u-8694 b") == "a\U0001f60ab"


def test_half_a_character_is_taken_out_and_told_of() -> None:
    document = read(rb"\uc0 a\u-10179 b")
    assert document.turns[0].text == "ab"
    assert told(document) == {NoticeCode.CONTROLS_STRIPPED: {"count": 1}}


def test_bold_ends_with_its_group_and_may_go_on_over_lines() -> None:
    document = read(rb"{\b Leder}\tab ja\par{\b Bo\b0  }nej\par\b Leder\plain  jo\par")
    assert [(turn.speaker, turn.text) for turn in document.turns] == [
        ("Leder", "ja"),
        ("Bo", "nej"),
        ("Leder", "jo"),
    ]


def test_deletions_are_not_read_and_hidden_text_is() -> None:
    document = read(rb"Vi {\deleted glemte}{\revised n\'e5ede} det {\v skjult}\par")
    assert document.turns[0].text == "Vi nåede det skjult"
    assert told(document) == {
        NoticeCode.TRACKED_CHANGES: {"insertions": 1, "deletions": 1},
        NoticeCode.HIDDEN_TEXT: {"count": 1},
    }


def test_objects_pictures_and_comments_are_left_out_and_told_of() -> None:
    document = read(
        rb"a{\object\objemb{\*\objclass Package}{\*\objdata 4d5a90}{\result }}"
        rb"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict\wmetafile8 0100}}"
        rb"{\*\annotation skjult}{\footnote en note}b\par"
    )
    assert document.turns[0].text == "ab"
    assert told(document) == {
        NoticeCode.EMBEDDED_IGNORED: {"count": 1},
        NoticeCode.IMAGES_LEFT_OUT: {"count": 1},
        NoticeCode.COMMENTS_LEFT_OUT: {"count": 1},
        NoticeCode.NOTES_LEFT_OUT: {"count": 1},
    }


def test_binary_pieces_are_passed_over_whatever_they_hold() -> None:
    assert text(rb"a{\pict\bin6 }}{{\u}b\par") == "ab"


def test_a_link_is_its_words() -> None:
    field = rb'{\field{\*\fldinst{HYPERLINK "https://example.org/x"}}{\fldrslt{planen}}}'
    assert text(rb"se " + field + rb" her\par") == "se planen her"


def test_a_line_break_ends_no_paragraph() -> None:
    document = read(rb"Leder: en\line to\par Interviewer: tre\par")
    assert [turn.text for turn in document.turns] == ["en\nto", "tre"]


def test_control_characters_in_the_words_are_no_marks_of_ours() -> None:
    document = read(rb"\'02a\'1Fb" + b"\x02\x03c")
    assert (document.turns[0].speaker, document.turns[0].text) == (None, "abc")
    assert told(document) == {NoticeCode.CONTROLS_STRIPPED: {"count": 4}}


@pytest.mark.parametrize(
    "data",
    [
        rb"{\rtf1 halv",
        rb"{\rtf1 {\b halv}",
        rb"{\rtf1\ansi\ansicpg1252 \'81}",
        rb"{\rtf1 \u9999999999 }",
        rb"{\rtf1\uc x}",
    ],
)
def test_damage_is_refused(data: bytes) -> None:
    assert refused(data).code is ProblemCode.BROKEN


def test_nesting_without_end_is_refused() -> None:
    problem = refused(rb"{\rtf1 " + b"{" * 100_000 + b"a" + b"}" * 100_001)
    assert (problem.code, problem.params["reason"]) == (ProblemCode.UNSAFE_MARKUP, "depth")


def test_a_million_control_words_are_read_within_the_bounds() -> None:
    data = rb"{\rtf1 Leder: hej" + rb"\b\i0\cf1 " * 400_000 + rb"\par}"
    document = parse_bounded(data, name="a.rtf")
    assert [(turn.speaker, turn.text) for turn in document.turns] == [("Leder", "hej")]


def test_rich_text_without_words_is_empty() -> None:
    assert refused(rb"{\rtf1\ansi{\fonttbl\f0 Arial;}\par}").code is ProblemCode.EMPTY

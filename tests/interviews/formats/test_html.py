"""Web pages: nothing in them runs, nothing is fetched, and the encoding is not believed blindly."""

import pytest

from interviews.formats import parse
from interviews.formats.records import NoticeCode, ParsedDocument
from interviews.formats.sandbox import parse_bounded
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure


def read(page: str) -> ParsedDocument:
    return parse(page.encode(), name="a.html")


def texts(page: str) -> list[str]:
    return [turn.text for turn in read(page).turns]


def refused(data: bytes, name: str = "a.html") -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse(data, name=name)
    return problem.value


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>Leder: x</script>",
        "<style>p { content: 'x' }</style>",
        "<!-- x -->",
        "<template><p>x</p></template>",
        "<iframe srcdoc='x'>x</iframe>",
        "<object data='http://127.0.0.1:9/'>x</object>",
        "<svg><text>x</text></svg>",
        "<select><option>x</option></select>",
        "<title>x</title>",
    ],
)
def test_what_nobody_reads_is_left_out(hidden: str) -> None:
    assert texts(f"<p>før</p>{hidden}<p>efter</p>") == ["før", "efter"]


def test_pictures_are_left_out_and_told_of() -> None:
    document = read("<p>tekst <img src='http://127.0.0.1:9/p.png' alt='x'></p>")
    assert [turn.text for turn in document.turns] == ["tekst"]
    assert [(n.code, dict(n.params)) for n in document.notices] == [
        (NoticeCode.IMAGES_LEFT_OUT, {"count": 1})
    ]


def test_white_space_is_that_of_a_browser() -> None:
    assert texts("<div>  en\n\t to <b> tre</b>\r\n fire</div>") == ["en to tre fire"]
    assert texts("<pre>en\n  to</pre>") == ["en\nto"]


def test_escaped_markup_is_text() -> None:
    assert texts("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</p>") == [
        "<script>alert(1)</script> &amp;"
    ]


def test_links_are_their_words() -> None:
    assert texts('<p>se <a href="javascript:alert(1)">planen</a></p>') == ["se planen"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_page_that_declares_another_encoding_is_read_by_its_bytes(encoding: str) -> None:
    page = '<html><head><meta charset="utf-8"></head><body><p>blåbær</p></body></html>'
    assert parse(page.encode(encoding), name="a.html").turns[0].text == "blåbær"


def test_a_declared_encoding_decides_where_the_bytes_do_not() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=macintosh"><p>blåbær</p>'
    document = parse(page.encode("mac-roman"), name="a.html")
    assert (document.turns[0].text, document.encoding) == ("blåbær", "mac-roman")


def test_utf7_stays_literal() -> None:
    page = b'<meta charset="utf-7"><p>+ADw-script+AD4-</p>'
    assert parse(page, name="a.html").turns[0].text == "+ADw-script+AD4-"


def test_text_without_a_tag_is_no_page() -> None:
    assert refused(b"Leder: 1 < 2").params == {"expected": "html", "found": "text"}


def test_a_page_without_words_is_empty() -> None:
    assert refused(b"<html><body><script>x</script></body></html>").code is ProblemCode.EMPTY


def test_nesting_without_end_is_refused() -> None:
    page = b"<div>" * 200_000 + b"a"
    with pytest.raises(FileProblem) as problem:
        parse_bounded(page, name="a.html")
    assert problem.value.code in (ProblemCode.UNSAFE_MARKUP, ProblemCode.TOO_SLOW)


def test_half_a_page_is_read_as_far_as_it_goes() -> None:
    assert texts("<body><p><b>Leder:</b> ja<p><b>Bo:</b> ne") == ["ja", "ne"]


def test_ten_megabytes_in_one_line_are_read() -> None:
    page = b"<p>Leder: " + b"det var s\xc3\xa5dan " * 700_000 + b"</p>"
    document = parse_bounded(page, name="a.html")
    assert document.turns[0].speaker == "Leder"
    assert len(document.turns[0].text) > 9_000_000

"""XML from strangers: no document type, bounded, read as it is."""

from xml.etree import ElementTree

import pytest

from workbench.files.markup import check_markup, parse_markup
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure

LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY l0 "ha">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><a>&l11;</a>"
)


def refused(data: bytes, **bounds: int) -> FileProblem:
    for function in (check_markup, parse_markup):
        with pytest.raises(FileProblem) as problem:
            function(data, **bounds)
    return problem.value


def test_the_tree_is_that_of_the_standard_reader() -> None:
    data = (
        '<?xml version="1.0" encoding="utf-8"?><a xmlns="urn:x" xmlns:y="urn:y" y:k="1" k="2">'
        "før<y:b>indeni &lt;</y:b>efter<!-- note --><![CDATA[<c>]]></a>"
    ).encode()
    check_markup(data)
    assert ElementTree.tostring(parse_markup(data)) == ElementTree.tostring(
        ElementTree.fromstring(data)
    )


def test_text_longer_than_one_piece_stays_whole() -> None:
    text = "æ" * 200_000
    assert parse_markup(f"<a>{text}</a>".encode()).text == text


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><a/>',
        b"<!DOCTYPE a><a/>",
    ],
)
def test_a_document_type_is_refused_whatever_it_says(data: bytes) -> None:
    problem = refused(data)
    assert (problem.code, problem.params) == (
        ProblemCode.UNSAFE_MARKUP,
        {"reason": "doctype"},
    )


def test_depth_and_elements_are_bounded() -> None:
    nested = b"<a>" * 200_000 + b"</a>" * 200_000
    assert refused(nested).params == {"reason": "depth"}
    assert refused(b"<a>" + b"<b/>" * 10 + b"</a>", elements=10).params == {"reason": "elements"}
    check_markup(b"<a>" + b"<b/>" * 10 + b"</a>", elements=11, depth=2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hej",
        b"<a>",
        b"<a>&findes_ikke;</a>",
        "<?xml version='1.0' encoding='utf-8'?><a>ø</a>".encode("cp1252"),
        "<?xml version='1.0' encoding='utf-16'?><a>ø</a>".encode(),
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b"<a>\x00</a>",
    ],
)
def test_what_is_not_well_formed_is_broken(data: bytes) -> None:
    assert refused(data).code is ProblemCode.BROKEN

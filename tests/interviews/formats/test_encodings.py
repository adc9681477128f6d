"""Bytes become text by a mark, by strictness, or by a choice; never by silent replacement."""

import pytest

from interviews.formats.encodings import decode
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure

DANISH = "Det gør jeg på arbejdet, sagde Åse – “ikke” før."


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_a_mark_or_valid_utf8_is_certain(encoding: str, reported: str) -> None:
    decoded = decode(DANISH.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.certain) == (DANISH, reported, True)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_gives_equal_text_and_says_it_guessed(encoding: str) -> None:
    decoded = decode(DANISH.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.certain) == (DANISH, encoding, False)


def test_invalid_utf8_is_read_as_windows_text_and_says_so() -> None:
    decoded = decode(DANISH.encode("cp1252"))
    assert (decoded.text, decoded.encoding, decoded.certain) == (DANISH, "cp1252", False)


def test_bytes_without_meaning_in_windows_text_never_become_replacement_characters() -> None:
    decoded = decode(b"R\xf8dgr\xf8d \x81 med fl\xf8de")
    assert decoded.text == "Rødgrød \x81 med fløde"
    assert not decoded.certain


def test_a_persons_choice_is_followed_strictly() -> None:
    assert decode("blåbær".encode("cp850"), encoding="cp850").text == "blåbær"
    with pytest.raises(FileProblem) as refused:
        decode("blåbær".encode("cp1252"), encoding="utf-8")
    assert refused.value.code is ProblemCode.UNDECODABLE
    assert refused.value.params == {"encoding": "utf-8", "position": 2}


def test_a_choice_drops_the_mark_that_goes_with_it() -> None:
    assert decode("å".encode("utf-8-sig"), encoding="utf-8").text == "å"


@pytest.mark.parametrize("encoding", ["utf-7", "idna", "zlib_codec", "no-such"])
def test_encodings_that_are_none_of_text_are_refused(encoding: str) -> None:
    with pytest.raises(FileProblem) as refused:
        decode(b"a", encoding=encoding)
    assert refused.value.code is ProblemCode.UNKNOWN_ENCODING


def test_utf7_stays_literal() -> None:
    assert decode(b"+ADw-script+AD4-").text == "+ADw-script+AD4-"


def test_half_a_character_after_a_mark_is_undecodable() -> None:
    with pytest.raises(FileProblem) as refused:
        decode(b"\xff\xfea\x00b")
    assert refused.value.code is ProblemCode.UNDECODABLE


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03", b"\x00" * 1000])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(FileProblem) as refused:
        decode(data)
    assert refused.value.code is ProblemCode.NOT_TEXT


def test_a_few_nul_bytes_leave_a_text_a_text() -> None:
    assert decode(b"hej\x00 med dig").text == "hej\x00 med dig"

"""Parts of a file, on every edge of the standard."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from workbench.http import ranges
from workbench.http.ranges import Unsatisfiable, answer_part, span_of

pytestmark = pytest.mark.pure
DATA = bytes(range(256)) * 4
SIZE = len(DATA)
ETAG = '"abc"'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "sound"
    path.write_bytes(DATA)
    return path


def ask(path: Path, method: str = "GET", **headers: str) -> HttpResponseBase:
    request = RequestFactory().generic(method, "/", headers=headers)
    return answer_part(request, path, size=SIZE, etag=ETAG, content_type="audio/wav")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-9", (0, 9)),
        ("bytes=10-", (10, SIZE - 1)),
        ("bytes=-10", (SIZE - 10, SIZE - 1)),
        (f"bytes=-{SIZE * 2}", (0, SIZE - 1)),
        (f"bytes={SIZE - 1}-", (SIZE - 1, SIZE - 1)),
        (f"bytes=5-{SIZE * 9}", (5, SIZE - 1)),
        ("Bytes= 1-2 ", (1, 2)),
    ],
)
def test_one_range_is_answered(path: Path, header: str, span: tuple[int, int]) -> None:
    first, last = span
    response = ask(path, range=header)
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert body(response) == DATA[first : last + 1]


@pytest.mark.parametrize(
    "header",
    ["bytes=", "bytes=-", "bytes=9-2", "bytes=a-b", "bytes=1.5-2", "bytes=0-1,5-6", "bytes=0-1,",
     "items=0-1", "bytes 0-1", "0-1", "", "bytes=+1-2", "bytes=١-٢", f"bytes=0-{'9' * 400}"],
)  # fmt: skip
def test_what_is_no_single_range_is_ignored(path: Path, header: str) -> None:
    assert span_of(header, SIZE) is None
    if header.isascii():
        response = ask(path, range=header)
        assert response.status_code == 200
        assert body(response) == DATA


@pytest.mark.parametrize("header", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(path: Path, header: str) -> None:
    response = ask(path, range=header)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"
    assert body(response) == b""


def test_no_range_of_an_empty_file_is_there() -> None:
    for header in ("bytes=0-", "bytes=-5"):
        with pytest.raises(Unsatisfiable):
            span_of(header, 0)


def test_without_a_range_all_of_it_comes(path: Path) -> None:
    response = ask(path)
    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(SIZE)
    assert body(response) == DATA


def test_only_the_head_has_no_body_and_minds_no_range(path: Path) -> None:
    response = ask(path, "HEAD", range="bytes=5-9")
    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(SIZE)
    assert not response.streaming


def test_a_part_of_another_file_is_not_continued(path: Path) -> None:
    given = {"range": "bytes=5-9"}
    assert ask(path, **given, **{"if-range": ETAG}).status_code == 206
    for other in ('"other"', 'W/"abc"', "Wed, 21 Oct 2015 07:28:00 GMT"):
        response = ask(path, **given, **{"if-range": other})
        assert response.status_code == 200
        assert body(response) == DATA


def test_a_long_part_is_answered_with_its_beginning(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "MOST_BYTES", 100)
    response = ask(path, range="bytes=50-")
    assert response.headers["Content-Range"] == f"bytes 50-149/{SIZE}"
    assert body(response) == DATA[50:150]


def test_it_is_read_in_pieces(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "_PIECE", 64)
    response: Any = ask(path, range="bytes=0-200")
    assert [len(piece) for piece in response.streaming_content] == [64, 64, 64, 9]


def test_every_answer_says_what_it_is_and_that_nobody_keeps_it(path: Path) -> None:
    for response in (ask(path), ask(path, range="bytes=0-1"), ask(path, range="bytes=-0"),
                     ask(path, "HEAD")):  # fmt: skip
        assert response.headers["Accept-Ranges"] == "bytes"
        assert response.headers["ETag"] == ETAG
        assert response.headers["Content-Type"] == "audio/wav"
        assert response.headers["Content-Disposition"] == "inline"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store, private"


def test_it_is_not_packed_on_the_way(path: Path) -> None:
    def answer(request: HttpRequest) -> HttpResponseBase:
        return answer_part(request, path, size=SIZE, etag=ETAG, content_type="audio/wav")

    request = RequestFactory().get("/", headers={"accept-encoding": "gzip", "range": "bytes=0-999"})
    response: Any = GZipMiddleware(answer)(request)
    assert "Content-Encoding" not in response.headers
    assert response.headers["Content-Length"] == "1000"

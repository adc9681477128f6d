"""A stored file in parts (RFC 9110, section 14): one range at a time, never whole in memory."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

# More figures than any file has bytes; reading longer numbers takes the interpreter long.
_ONE_RANGE: Final = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
_PIECE: Final = 64 * 1024
MOST_BYTES: Final = 4 * 1024 * 1024
"""Of one part. A player that is paused leaves its answer unread, and a thread waits on it; with
short answers it asks for the next one when it wants it."""

Span = tuple[int, int]


class Unsatisfiable(Exception):
    """The range begins beyond the end."""


def span_of(header: str, size: int) -> Span | None:
    """First and last byte that a `Range` header asks for, as far as the file goes.

    None: the header is no single range of bytes, and is to be ignored, as the standard lets a
    server do with several. Raises Unsatisfiable.
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if not length:
            raise Unsatisfiable
        return size - length, size - 1
    first, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if found[2] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, min(last, size - 1)


def answer_part(
    request: HttpRequest, path: Path, *, size: int, etag: str, content_type: str
) -> HttpResponseBase:
    """The file, or the part of it that the request asks for: 200, 206 or 416; HEAD has no body.

    `etag` is the quoted, strong mark of these very bytes.
    """
    response = _answer(request, path, size, etag)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    # Packed on the way, the part would no longer be the bytes that were asked for.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    return response


def _answer(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(size)})
    try:
        span = _asked(request, size, etag)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if span is None:
        return _stream(path, 0, size, status=200)
    first, last = span[0], min(span[1], span[0] + MOST_BYTES - 1)
    response = _stream(path, first, last - first + 1, status=206)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _asked(request: HttpRequest, size: int, etag: str) -> Span | None:
    header = request.headers.get("Range")
    # Whoever has a part of another file gets all of this one.
    if header is None or request.headers.get("If-Range", etag) != etag:
        return None
    return span_of(header, size)


def _stream(path: Path, start: int, length: int, *, status: int) -> HttpResponseBase:
    return StreamingHttpResponse(
        _pieces(path, start, length), status=status, headers={"Content-Length": str(length)}
    )


def _pieces(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length and (piece := file.read(min(_PIECE, length))):
            length -= len(piece)
            yield piece

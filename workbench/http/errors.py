"""The domain's errors become pages here, once. The API maps them in `workbench.api`."""

import errno
import logging
from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

from workbench.errors import Busy, Forbidden, NotAPage, TooLarge, Unwritable, WorkbenchError
from workbench.http.problems import problem

logger = logging.getLogger(__name__)
# Below this it is quicker to type it again; names and keys are no texts.
LONGER_TEXT = 40
UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
# Held by another, or away for the moment.
BUSY_WORDS = (
    "database is locked",
    "database table is locked",
    "lock timeout",
    "connection failed",
    "the connection is ",
    "server closed the connection",
    "terminating connection",
)
DISK_WORDS = (
    "database or disk is full",
    "disk I/O error",
    "readonly database",
    "read-only transaction",
    "No space left on device",
)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get(
        "Accept", ""
    )


def answer(request: HttpRequest, error: WorkbenchError) -> HttpResponse:
    if wants_json(request):
        response: HttpResponse = problem(error)
    else:
        templates = [f"errors/{error.status}.html", "errors/error.html"]
        # What is too large is refused before it is read.
        given = [] if isinstance(error, TooLarge) else typed(request)
        context = {"error": error, "typed": given}
        response = render(request, templates, context, status=error.status)
    if error.status == Busy.status:
        response.headers["Retry-After"] = "2"
    return response


def typed(request: HttpRequest) -> list[str]:
    """The longer texts of a form that could not be saved: its writer gets them back.

    What another site sent was not typed here.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return []
    try:
        fields = request.POST
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    return [
        text
        for name, texts in fields.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for text in texts
        if len(text) >= LONGER_TEXT or "\n" in text
    ]


class DomainErrorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Who signs in again after sending a form is led to the form's address.
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            told = answer(request, NotAPage())
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, WorkbenchError):
            return answer(request, exception)
        refused = trouble(exception)
        if refused is None:
            return None
        logger.error("%s %s: %s", request.method, request.path, refused.code)
        return answer(request, refused)


def trouble(exception: Exception) -> WorkbenchError | None:
    """What a database or a disk that cannot do its work means to a person."""
    if isinstance(exception, OSError) and exception.errno in UNWRITABLE:
        return Unwritable()
    if isinstance(exception, DatabaseError):
        # These are told apart in words alone.
        said = str(exception)
        if any(words in said for words in BUSY_WORDS):
            return Busy()
        if any(words in said for words in DISK_WORDS):
            return Unwritable()
    return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        Forbidden(
            _("The page was open too long, or it came from somewhere else. Load it again."),
            code="csrf",
        ),
    )

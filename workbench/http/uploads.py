"""A request that is too large is refused by what it says of itself, before a byte is kept."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from workbench.errors import TooLarge
from workbench.http.errors import answer

# What a form around the files takes.
_ROOM_FOR_FIELDS = 1024 * 1024


class UploadLimitMiddleware:
    """Stands before whatever reads the body; the check of the form's origin does so first.

    A body without a length is read as empty by the server's interface, so it needs no check.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = _limit(request)
        if _length(request) <= limit:
            return self.get_response(request)
        told = {"megabytes": limit // (1024 * 1024)}
        if _has_files(request):
            message = _(
                "Together the files are larger than %(megabytes)d MB, the limit for one upload. "
                "Attach fewer at a time."
            )
        else:
            message = _("This is larger than %(megabytes)d MB, the limit for one form.")
        return answer(request, TooLarge(message % told, limit=limit))


def _limit(request: HttpRequest) -> int:
    if _has_files(request):
        return int(getattr(settings, _setting(request))) + _ROOM_FOR_FIELDS
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _setting(request: HttpRequest) -> str:
    """The setting that a page's view names as `upload_limit`, for those who are signed in."""
    usual = "UPLOAD_MAX_BYTES"
    if SESSION_KEY not in request.session:
        return usual
    try:
        view: Any = resolve(request.path_info).func
    except Resolver404:
        return usual
    return str(getattr(getattr(view, "view_class", None), "upload_limit", usual))


def _has_files(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith("multipart/")


def _length(request: HttpRequest) -> float:
    length = str(request.META.get("CONTENT_LENGTH", ""))
    if not length.isascii() or not length.isdigit():
        return 0
    # Beyond 18 figures the interpreter itself may refuse to read a number.
    return int(length) if len(length) <= 18 else float("inf")

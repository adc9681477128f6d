"""The domain's errors become pages here, once. The API maps them in `workbench.api`."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _

from workbench.errors import Busy, Forbidden, NotAPage, WorkbenchError
from workbench.http.problems import problem


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get(
        "Accept", ""
    )


def answer(request: HttpRequest, error: WorkbenchError) -> HttpResponse:
    if wants_json(request):
        return problem(error)
    template = f"errors/{error.status}.html"
    return render(
        request,
        [template, "errors/error.html"],
        {"error": error},
        status=error.status,
    )


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
        if isinstance(exception, OperationalError) and "locked" in str(exception):
            response = answer(request, Busy())
            response.headers["Retry-After"] = "2"
            return response
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        Forbidden(
            _("The page was open too long, or it came from somewhere else. Load it again."),
            code="csrf",
        ),
    )

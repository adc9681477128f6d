"""Answers for what no view answered."""

import sys

from django.http import HttpRequest, HttpResponse

from workbench.errors import Failed, Invalid, Missing
from workbench.http.errors import answer, trouble


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, Missing())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, Invalid())


def failed(request: HttpRequest) -> HttpResponse:
    """What a middleware raised counts too: the first to ask the database is one of them."""
    error = sys.exc_info()[1]
    return answer(request, (isinstance(error, Exception) and trouble(error)) or Failed())

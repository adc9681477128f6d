"""Answers for what no view answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workbench.errors import Invalid, Missing
from workbench.http.errors import answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, Missing())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, Invalid())


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)

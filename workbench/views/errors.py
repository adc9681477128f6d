"""Answers for what no view answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workbench.errors import Missing
from workbench.http.errors import answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, Missing())


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)

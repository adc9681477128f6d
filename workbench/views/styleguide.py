"""The style guide: every component on one page, for looking at and for tests."""

from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from workbench.access.views import OpenView
from workbench.errors import Missing
from workbench.ui import navigation
from workbench.ui.navigation import Item, Section
from workbench.ui.templatetags.ui import CODE_COLOURS


@dataclass(frozen=True)
class SamplePerson:
    name: str
    initials: str

    is_authenticated = True

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class SampleStudy:
    slug: str = "sample"
    title: str = "Fælles om opgaven"
    notice: str = "Invented workplaces and invented people."


class SampleForm(forms.Form):
    title = forms.CharField(help_text="As it stands on the first page of the report.")
    language = forms.ChoiceField(choices=[("da", "Dansk"), ("en", "English")])
    description = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True})
    )
    visited = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    form = forms.ChoiceField(
        choices=[("one", "Interview"), ("group", "Focus group")], widget=forms.RadioSelect
    )
    driving = forms.BooleanField(required=False, label="Has driven the effort")
    recording = forms.FileField(help_text="DOCX, ODT, RTF, PDF, HTML, TXT or VTT.")


class SampleTable(tables.Table):  # type: ignore[misc]  # the package ships no types
    caption = "Cases of the sample study"
    name = tables.Column()
    size = tables.Column(attrs={"cell": {"class": "numbers"}})
    visited = tables.Column(orderable=False)
    coded = tables.Column(attrs={"cell": {"class": "numbers"}})


class EmptyTable(SampleTable):
    caption = "A study without cases"


SAMPLE_CASES = [
    {"name": "Hjemmeplejen Tofteby", "size": 46, "visited": "14 May 2024", "coded": 41},
    {"name": "Tilskudskontoret", "size": 70, "visited": "22 May 2024", "coded": 112},
    {"name": "Nordkaj Frostlager", "size": 120, "visited": "3 June 2024", "coded": 87},
    {"name": "Børnehuset Svalen", "size": 28, "visited": "11 June 2024", "coded": 9},
]
SAMPLE_PEOPLE = [SamplePerson("Mette Krag", "MK"), SamplePerson("Anders Lund", "AL")]
SAMPLE_COUNTS = {"cases": 4, "documents": 20, "codebook": 25, "excerpts": 312, "drafts": 1}


def sample_rail() -> list[Section]:
    """The real groups with addresses that lead nowhere."""
    return [
        Section(
            group.label,
            tuple(
                Item(
                    key=page.url_name,
                    label=page.label,
                    url=f"#{page.url_name}",
                    current="page" if page.url_name == "documents" else "",
                    count=SAMPLE_COUNTS.get(page.url_name),
                )
                for page in group.pages
            ),
        )
        for group in navigation.GROUPS
    ]


class StyleguideView(OpenView):
    """Shown in `local` and `dev` only; elsewhere the page does not exist."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.SHOW_STYLEGUIDE:
            raise Missing
        return render(request, "ui/styleguide.html", sample_context(request))


def sample_context(request: HttpRequest) -> dict[str, Any]:
    messages.error(request, _("That did not work. Nothing was saved."))
    table = SampleTable(SAMPLE_CASES, order_by=request.GET.get("sort", "name"))
    table.paginate(page=1, per_page=4)
    return {
        "study": SampleStudy(),
        "user": SAMPLE_PEOPLE[0],
        "people": SAMPLE_PEOPLE,
        "nav": sample_rail(),
        "form": SampleForm(),
        "wrong_form": SampleForm({"title": "", "visited": "yesterday"}),
        "table": table,
        "empty_table": EmptyTable([]),
        "page": Paginator(range(200), 10).page(7),
        "colours": range(CODE_COLOURS),
    }

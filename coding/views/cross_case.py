"""Across cases: the grid, and one of its cells."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin

from coding.domain.cross_case import cite_in_cell, start_from_case_text, write_cell
from coding.domain.queries.cross_case import (
    CellView,
    cases_by,
    cell_view,
    question_grid,
    question_of,
    questions_of,
    section_grid,
)
from coding.forms.cross_case import CellForm, CiteForm
from interviews.domain.cases import case_of
from interviews.models import AnalysisQuestion, Case
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Conflict, Gone, Invalid, TooLarge
from workbench.http.errors import wants_json

BY_SECTION = "section"


class AcrossView(StudyView, TemplateView):
    """`by=section` shows the case descriptions instead; `order` names an attribute of cases.

    `whole` shows the texts to their ends.
    """

    permission = Permission.STUDY_READ
    template_name = "coding/cross_case_grid.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by_section = self.request.GET.get("by") == BY_SECTION
        order, whole = self.request.GET.get("order", ""), "whole" in self.request.GET
        grid = (section_grid if by_section else question_grid)(self.member, order, whole=whole)
        return super().get_context_data(
            grid=grid, by_section=by_section, by_question=not by_section, whole=whole, **kwargs
        )


class CellPageView(StudyView, ContextMixin):
    """GET: read, or write with `edit`. POST: save, cite, or begin from the case description."""

    permission = Permission.STUDY_READ
    write_permission = Permission.ACROSS_WRITE

    @cached_property
    def question(self) -> AnalysisQuestion:
        return question_of(member=self.member, key=self.kwargs["question"])

    @cached_property
    def case(self) -> Case:
        return case_of(member=self.member, key=self.kwargs["key"])

    @property
    def place(self) -> dict[str, Any]:
        return {"member": self.member, "question": self.question, "case": self.case}

    def address(self, *, edit: bool = False) -> str:
        keys = {"slug": self.study.slug, "question": self.question.key, "key": self.case.key}
        return reverse("cell", kwargs=keys, query={"edit": "1"} if edit else None)

    def get(self, request: HttpRequest, slug: str, question: str, key: str) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, slug: str, question: str, key: str) -> HttpResponse:
        if wants_json(request):
            return self._cite()
        return self._start() if "start" in request.POST else self._write()

    def _write(self) -> HttpResponse:
        form = CellForm(self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            write_cell(
                **self.place,
                text=form.cleaned_data["text"],
                base_version=form.cleaned_data["base_version"],
                citing=form.cleaned_data["cite"],
            )
        except Conflict as error:
            return self._both(form, error)
        except (Invalid, TooLarge, Gone) as error:
            form.add_error("text", str(error.message))
            return self._page(form, status=422)
        if form.cleaned_data["cite"]:
            return redirect(self.address(edit=True))
        messages.success(self.request, _("Saved."))
        return redirect(self.address())

    def _cite(self) -> HttpResponse:
        """The token alone, for the page that puts it where the caret stands."""
        form = CiteForm(self.request.POST)
        if not form.is_valid():
            raise Invalid(_("That excerpt is not known here."))
        return JsonResponse({"token": cite_in_cell(**self.place, excerpt_id=form.excerpt)})

    def _start(self) -> HttpResponse:
        try:
            start_from_case_text(**self.place)
        except (Invalid, Conflict) as error:
            messages.error(self.request, str(error.message))
            return redirect(self.address())
        return redirect(self.address(edit=True))

    def _both(self, form: CellForm, error: Conflict) -> HttpResponse:
        """The writer's text in the form, beside what someone else saved meanwhile."""
        again = CellForm(
            initial={"text": form.cleaned_data["text"], "base_version": error.details["version"]}
        )
        return self._page(again, status=409, conflict=error.details)

    def _page(
        self, form: CellForm | None = None, *, status: int = 200, **extra: Any
    ) -> HttpResponse:
        draft = reverse("draft", kwargs={"slug": self.study.slug, "key": self.case.key})
        view = cell_view(self.member, self.question, self.case, description_at=draft)
        may_write = self.may(Permission.ACROSS_WRITE)
        if form is None and may_write and self._wants_to_write(view):
            form = CellForm(initial={"text": view.text, "base_version": view.version})
        context = self.get_context_data(
            cell=view,
            case=self.case,
            may_write=may_write,
            may_mark=self.may(Permission.MATERIAL_WRITE),
            form=form,
            **self._ways(),
            **extra,
        )
        return render(self.request, "coding/cross_case_cell.html", context, status=status)

    def _wants_to_write(self, view: CellView) -> bool:
        return "edit" in self.request.GET or not view.text.strip()

    def _ways(self) -> dict[str, Any]:
        """The cells beside this one: the same question in other cases, and the case's others."""
        questions = questions_of(self.member)
        cases, _names = cases_by(self.member)
        return {
            "number": [each.pk for each in questions].index(self.question.pk) + 1,
            "beside": _beside(cases, self.case),
            "above": _beside(questions, self.question),
        }


def _beside(rows: Sequence[Any], row: Any) -> dict[str, Any]:
    """The rows before and after; None at the ends."""
    at = [each.pk for each in rows].index(row.pk)
    return {
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
    }

"""Cases: the list, one case with its tabs, making, rewriting, hiding."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from interviews.domain.cases import (
    add_case,
    case_of,
    change_case,
    link_project,
    remove_case,
    restore_case,
    state_of,
)
from interviews.domain.queries.cases import (
    case_header,
    case_rows,
    material_rows,
    person_rows,
    removed_row,
    visit_rows,
)
from interviews.domain.queries.labels import DOCUMENT_KINDS, INTERVIEW_FORMS
from interviews.enums import DocumentKind, InterviewForm
from interviews.forms.cases import AttributeRows, BaseAttributeRows, CaseForm, rows_of
from interviews.forms.registry import CaseProjectForm
from interviews.models import Case
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing
from workbench.views.changing import ChangingView, Difference


class CasesView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/cases_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=case_rows(self.member),
            may_write=self.may(Permission.FIELD_WRITE),
            **undoing(self, None),
            **kwargs,
        )


def undoing(view: StudyView, case: Case | None) -> dict[str, Any]:
    """For the page after a removal: what was hidden, and the address that brings it back."""
    removed = removed_row(view.member, case, view.request.GET.get("removed", ""))
    if removed is None or not view.may(Permission.FIELD_WRITE):
        return {}
    keys = {"slug": view.study.slug, **removed.keys}
    return {"removed": removed, "undo_url": reverse(f"{removed.noun}_restore", kwargs=keys)}


class InCase(StudyView):
    """A page of one case, named by its key."""

    @cached_property
    def case(self) -> Case:
        return case_of(member=self.member, key=self.kwargs["key"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            case=self.case, may_write=self.may(Permission.FIELD_WRITE), **kwargs
        )

    def tab(self, name: str, **query: str) -> str:
        """The address of one of the case's tabs."""
        return reverse(
            name, kwargs={"slug": self.study.slug, "key": self.case.key}, query=query or None
        )


class CaseTabView(InCase, TemplateView):
    """A tab of the case's page; each is an address."""

    permission = Permission.STUDY_READ

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            header=case_header(self.case),
            attributes=[
                (name.replace("_", " "), value) for name, value in self.case.attributes.items()
            ],
            **undoing(self, self.case),
            **kwargs,
        )


class CaseView(CaseTabView):
    template_name = "interviews/case_people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(people=person_rows(self.case), on_people=True, **kwargs)


class CaseVisitsView(CaseTabView):
    template_name = "interviews/case_visits.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visits = visit_rows(self.case)
        rows = [
            (visit, [(talk, INTERVIEW_FORMS[InterviewForm(talk.form)]) for talk in visit.talks])  # type: ignore[attr-defined]
            for visit in visits
        ]
        return super().get_context_data(
            visits=rows,
            on_visits=True,
            may_attach=self.may(Permission.MATERIAL_WRITE),
            **kwargs,
        )


class CaseMaterialView(CaseTabView):
    template_name = "interviews/case_material.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        documents = [
            (document, DOCUMENT_KINDS[DocumentKind(document.kind)])
            for document in material_rows(self.case)
        ]
        return super().get_context_data(documents=documents, on_material=True, **kwargs)


class WritingAttributes(ChangingView):
    """A form with rows of attributes."""

    def attributes(self) -> dict[str, Any]:
        return {}

    @cached_property
    def rows(self) -> BaseAttributeRows:
        data = self.request.POST if self.request.method == "POST" else None
        rows: BaseAttributeRows = AttributeRows(
            data, initial=rows_of(self.attributes()), prefix="attributes"
        )  # type: ignore[assignment]
        return rows

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_valid() and self.rows.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.rows, **kwargs)

    def differences(self, form: Any, theirs: dict[str, Any]) -> list[Difference]:
        found = super().differences(form, theirs)
        yours = self.rows.attributes()
        for name in dict.fromkeys([*theirs["attributes"], *yours]):
            one, other = theirs["attributes"].get(name), yours.get(name)
            if one != other:
                found.append(Difference(name, _told(one), _told(other)))
        return found


def _told(value: Any) -> str:
    return "–" if value is None else str(value)


class WritingCase(WritingAttributes):
    permission = Permission.FIELD_WRITE
    form_class = CaseForm
    template_name = "interviews/case_form.html"


class CaseNewView(WritingCase):
    saved_message = _("The case is on the list.")

    def save(self, form: CaseForm) -> str:
        data = form.cleaned_data
        case = add_case(
            member=self.member,
            name=data["name"],
            key=data["key"],
            description=data["description"],
            attributes=self.rows.attributes(),
        )
        return reverse("case", kwargs={"slug": self.study.slug, "key": case.key})


class CaseEditView(InCase, WritingCase):
    saved_message = _("The case is saved.")

    def state(self) -> dict[str, Any]:
        return state_of(self.case)

    def attributes(self) -> dict[str, Any]:
        return dict(self.case.attributes)

    def save(self, form: CaseForm) -> str:
        data = form.cleaned_data
        case = change_case(
            member=self.member,
            case=self.case,
            name=data["name"],
            key=data["key"] or self.case.key,
            description=data["description"],
            attributes=self.rows.attributes(),
            seen=form.mark,
        )
        return reverse("case", kwargs={"slug": self.study.slug, "key": case.key})


class CaseProjectView(InCase, ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = CaseProjectForm
    template_name = "interviews/case_project.html"
    saved_message = _("The case is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "study": self.study}

    def get_initial(self) -> dict[str, Any]:
        return {"project": self.case.mapped_project_id}

    def save(self, form: CaseProjectForm) -> str:
        link_project(member=self.member, case=self.case, project=form.cleaned_data["project"])
        return self.tab("case")


class CaseRemoveView(InCase):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        remove_case(member=self.member, case=self.case)
        mark = f"case.{self.case.pk}"
        return redirect(reverse("cases", kwargs={"slug": slug}, query={"removed": mark}))


class CaseRestoreView(StudyView):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        case = Case.objects.filter(study=self.study, key=key).first()
        if case is None:
            raise Missing
        restore_case(member=self.member, case=case)
        return redirect("case", slug=slug, key=key)

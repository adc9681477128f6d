"""Visits and interviews: making, rewriting, hiding."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from interviews.domain.queries.kits import versions_of
from interviews.domain.visits import (
    add_interview,
    add_visit,
    change_interview,
    change_visit,
    interview_of,
    interview_state,
    remove_interview,
    remove_visit,
    restore_interview,
    restore_visit,
    visit_of,
    visit_state,
)
from interviews.forms.visits import InterviewDetailsForm, VisitForm
from interviews.models import Interview, Visit
from interviews.views.cases import InCase
from workbench.access.permissions import Permission
from workbench.errors import Missing
from workbench.views.changing import ChangingView


class InVisit(InCase):
    @cached_property
    def visit(self) -> Visit:
        return visit_of(member=self.member, case=self.case, visit_id=self.kwargs["visit"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"visit": self.visit}))


class InInterview(InCase):
    @cached_property
    def interview(self) -> Interview:
        return interview_of(
            member=self.member, case=self.case, interview_id=self.kwargs["interview"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"interview": self.interview}))


class VisitNewView(InCase, ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = VisitForm
    template_name = "interviews/visit_form.html"
    saved_message = _("The visit is in the case.")

    def save(self, form: VisitForm) -> str:
        add_visit(member=self.member, case=self.case, facts=form.facts())
        return self.tab("case_visits")


class VisitEditView(InVisit, ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = VisitForm
    template_name = "interviews/visit_form.html"
    saved_message = _("The visit is saved.")

    def state(self) -> dict[str, Any]:
        return visit_state(self.visit)

    def save(self, form: VisitForm) -> str:
        change_visit(member=self.member, visit=self.visit, facts=form.facts(), seen=form.mark)
        return self.tab("case_visits")


class VisitRemoveView(InVisit):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        remove_visit(member=self.member, visit=self.visit)
        return redirect(self.tab("case_visits", removed=f"visit.{self.visit.pk}"))


class VisitRestoreView(InCase):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, key: str, visit: UUID) -> HttpResponse:
        hidden = Visit.objects.filter(pk=visit, case=self.case).first()
        if hidden is None:
            raise Missing
        restore_visit(member=self.member, visit=hidden)
        return redirect(self.tab("case_visits"))


class WritingInterview(ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = InterviewDetailsForm
    template_name = "interviews/interview_form.html"


class InterviewNewView(InVisit, WritingInterview):
    saved_message = _("The interview is in the visit.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "case": self.case, "study": self.study}

    def get_initial(self) -> dict[str, Any]:
        newest = versions_of(self.member).first()
        return {
            "interviewers": [self.member.user_id],
            "kit_version": newest.number if newest else None,
        }

    def save(self, form: InterviewDetailsForm) -> str:
        add_interview(member=self.member, visit=self.visit, facts=form.facts())
        return self.tab("case_visits")


class InterviewEditView(InInterview, WritingInterview):
    saved_message = _("The interview is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "case": self.case, "study": self.study}

    def state(self) -> dict[str, Any]:
        return interview_state(self.interview)

    def save(self, form: InterviewDetailsForm) -> str:
        change_interview(
            member=self.member, interview=self.interview, facts=form.facts(), seen=form.mark
        )
        return self.tab("case_visits")


class InterviewRemoveView(InInterview):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        remove_interview(member=self.member, interview=self.interview)
        return redirect(self.tab("case_visits", removed=f"interview.{self.interview.pk}"))


class InterviewRestoreView(InCase):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, key: str, interview: UUID) -> HttpResponse:
        hidden = Interview.objects.filter(pk=interview, visit__case=self.case).first()
        if hidden is None:
            raise Missing
        restore_interview(member=self.member, interview=hidden)
        return redirect(self.tab("case_visits"))

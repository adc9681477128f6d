"""Candidates: making, rewriting, choosing, turning down; and a cell of the matrix."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from interviews.domain.cases import choose
from interviews.domain.queries.selection import column_of, contact_log, marks_of, matrix
from interviews.domain.selection.candidates import (
    add_candidate,
    candidate_of,
    candidate_state,
    change_candidate,
    consider_again,
    remove_candidate,
    restore_candidate,
    turn_down,
)
from interviews.domain.selection.marks import criterion_by, judge, mark_of, mark_state
from interviews.forms.selection import CandidateForm, MarkForm, TurnDownForm
from interviews.models import CriterionMark, SelectionCriterion
from interviews.views.cases import WritingAttributes
from interviews.views.selection.contacts import WithCandidate, undoing_contact
from interviews.views.selection.criteria import InSelection, SelectionForm
from workbench.access.permissions import Permission


class InCandidate(WithCandidate):
    """A page of one candidate."""

    def here(self) -> str:
        keys = {"slug": self.study.slug, "candidate": self.candidate.pk}
        return reverse("candidate", kwargs=keys)


class CandidateView(InCandidate, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/candidate_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        column = column_of(self.candidate)
        return super().get_context_data(
            column=column,
            attributes=[
                (name.replace("_", " "), value) for name, value in column.attributes.items()
            ],
            marks=marks_of(self.candidate, matrix(self.member)),
            log=contact_log(self.candidate),
            may_write=self.may(Permission.FIELD_WRITE),
            **undoing_contact(self, self.candidate),
            **kwargs,
        )


class WritingCandidate(WritingAttributes, SelectionForm):
    permission = Permission.FIELD_WRITE
    form_class = CandidateForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "study": self.study}

    def facts(self, form: CandidateForm) -> dict[str, Any]:
        return {
            "name": form.cleaned_data["name"],
            "note": form.cleaned_data["note"],
            "project": form.mapped(),
            "attributes": self.rows.attributes(),
        }


class CandidateNewView(WritingCandidate):
    heading = _("New candidate")
    saved_message = _("The candidate is on the list.")

    def save(self, form: CandidateForm) -> str:
        add_candidate(member=self.member, **self.facts(form))
        return self.page()


class CandidateEditView(InCandidate, WritingCandidate):
    heading = _("Edit the candidate")
    saved_message = _("The candidate is saved.")

    def about(self) -> str:
        return self.candidate.name

    def back(self) -> str:
        return self.here()

    def state(self) -> dict[str, Any]:
        return candidate_state(self.candidate)

    def attributes(self) -> dict[str, Any]:
        return dict(self.candidate.attributes)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        case = column_of(self.candidate).case
        if case is not None:
            return redirect("case_edit", slug=self.study.slug, key=case.key)
        return super().get(request, *args, **kwargs)

    def save(self, form: CandidateForm) -> str:
        change_candidate(
            member=self.member, candidate=self.candidate, seen=form.mark, **self.facts(form)
        )
        return self.here()


class CandidateTurnDownView(InCandidate, SelectionForm):
    permission = Permission.FIELD_WRITE
    form_class = TurnDownForm
    heading = _("Not chosen")
    lead = _("The candidate stays in the matrix, after the others, with the reason.")

    def about(self) -> str:
        return self.candidate.name

    def back(self) -> str:
        return self.here()

    def save(self, form: TurnDownForm) -> str:
        turn_down(member=self.member, candidate=self.candidate, reason=form.cleaned_data["reason"])
        return self.page()


class CandidateChooseView(InCandidate):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, candidate: UUID) -> HttpResponse:
        case = choose(member=self.member, candidate=self.candidate)
        messages.success(request, _("“%(name)s” is a case now.") % {"name": case.name})
        return redirect("selection", slug=slug)


class CandidateAgainView(InCandidate):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, candidate: UUID) -> HttpResponse:
        consider_again(member=self.member, candidate=self.candidate)
        return redirect(self.here())


class CandidateRemoveView(InCandidate):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, candidate: UUID) -> HttpResponse:
        remove_candidate(member=self.member, candidate=self.candidate)
        return redirect(self.page(removed=str(candidate)))


class CandidateRestoreView(InSelection):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, candidate: UUID) -> HttpResponse:
        hidden = candidate_of(member=self.member, candidate_id=candidate, hidden=True)
        restore_candidate(member=self.member, candidate=hidden)
        return redirect(self.page())


class MarkView(InCandidate, SelectionForm):
    """A cell: how the candidate meets the criterion, and on what evidence."""

    permission = Permission.FIELD_WRITE
    form_class = MarkForm
    template_name = "interviews/mark_form.html"
    saved_message = _("The mark is saved.")

    @cached_property
    def criterion(self) -> SelectionCriterion:
        return criterion_by(member=self.member, key=self.kwargs["mark"])

    @cached_property
    def mark(self) -> CriterionMark | None:
        return mark_of(candidate=self.candidate, key=self.criterion.key)

    def about(self) -> str:
        return column_of(self.candidate).name

    def state(self) -> dict[str, Any]:
        return mark_state(self.mark)

    def back(self) -> str:
        number = self.criterion.version.number
        return f"{self.page(version=str(number))}#{self.criterion.key}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"heading": self.criterion.name, "criterion": self.criterion, "mark": self.mark},
            **kwargs,
        )

    def save(self, form: MarkForm) -> str:
        judge(
            member=self.member,
            candidate=self.candidate,
            key=self.criterion.key,
            judgement=form.judgement(),
            seen=form.mark,
        )
        return self.back()

"""The page of choosing, and the versions of its criteria."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from interviews.domain.arrangements import Move
from interviews.domain.cases import take_in_cases
from interviews.domain.queries.labels import SELECTION_STATES
from interviews.domain.queries.selection import matrix, removed_criteria
from interviews.domain.selection.candidates import candidate_of
from interviews.domain.selection.versions import (
    add_criterion,
    change_criterion,
    criterion_of,
    criterion_state,
    decide_version,
    last_version,
    move_criterion,
    propose_version,
    remove_criterion,
    restore_criterion,
)
from interviews.enums import SelectionState
from interviews.forms.selection import CriterionForm, DecideForm, ProposeForm
from interviews.models import SelectionCriterion
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Invalid, Missing
from workbench.views.changing import ChangingView


class InSelection(StudyView):
    """A page of choosing; `page` is the address of the matrix."""

    def page(self, **query: str) -> str:
        return reverse("selection", kwargs={"slug": self.study.slug}, query=query or None)


class SelectionForm(InSelection, ChangingView):
    """One form of choosing. `lead` says what it is for."""

    template_name = "interviews/selection_form.html"
    heading: str | Promise = ""
    lead: str | Promise = ""

    def about(self) -> str:
        """What the form is about, in the chain at the top."""
        return ""

    def back(self) -> str:
        return self.page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "heading": self.heading,
            "lead": self.lead,
            "about": self.about(),
            "back": self.back(),
        }
        return super().get_context_data(**{**given, **kwargs})


class SelectionView(InSelection, TemplateView):
    """The matrix of one version: the last, or `?version=`; `?edit=1` has tools for criteria."""

    permission = Permission.STUDY_READ
    template_name = "interviews/selection_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.request.GET.get("version", "")
        shown = matrix(self.member, int(number) if number.isdecimal() else None)
        is_open = shown.version is None or shown.version.state == SelectionState.PROPOSED
        may_plan = self.may(Permission.PLAN_MANAGE) and shown.is_last
        editing = may_plan and is_open and "edit" in self.request.GET
        state = SELECTION_STATES[SelectionState(shown.version.state)] if shown.version else ""
        return super().get_context_data(
            matrix=shown,
            state=state,
            is_open=is_open,
            may_plan=may_plan,
            may_write=self.may(Permission.FIELD_WRITE),
            editing=editing,
            removed_criteria=removed_criteria(shown.version) if editing else [],
            **self._removed_just_now(),
            **kwargs,
        )

    def _removed_just_now(self) -> dict[str, Any]:
        """What `?removed=uuid` names, while it is hidden, and the way back."""
        try:
            pk = UUID(self.request.GET.get("removed", ""))
            candidate = candidate_of(member=self.member, candidate_id=pk, hidden=True)
        except (ValueError, Missing):
            return {}
        if candidate.removed_at is None or not self.may(Permission.FIELD_WRITE):
            return {}
        keys = {"slug": self.study.slug, "candidate": candidate.pk}
        return {
            "removed": {"label": candidate.name},
            "undo_url": reverse("candidate_restore", kwargs=keys),
        }


class TakeInView(InSelection):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        count = take_in_cases(member=self.member)
        said = ngettext(
            "%(count)s case is among the candidates now.",
            "%(count)s cases are among the candidates now.",
            count,
        )
        messages.success(request, said % {"count": count})
        return redirect(self.page())


class WritingCriterion(SelectionForm):
    permission = Permission.PLAN_MANAGE
    form_class = CriterionForm

    def back(self) -> str:
        return self.page(edit="1")


class CriterionNewView(WritingCriterion):
    heading = _("New criterion")
    saved_message = _("The criterion is on the list.")

    def save(self, form: CriterionForm) -> str:
        add_criterion(member=self.member, facts=form.facts())
        return self.back()


class InCriterion(InSelection):
    permission = Permission.PLAN_MANAGE

    @cached_property
    def criterion(self) -> SelectionCriterion:
        return criterion_of(member=self.member, criterion_id=self.kwargs["criterion"])


class CriterionEditView(InCriterion, WritingCriterion):
    heading = _("Edit the criterion")
    saved_message = _("The criterion is saved.")

    def about(self) -> str:
        return self.criterion.name

    def state(self) -> dict[str, Any]:
        return criterion_state(self.criterion)

    def save(self, form: CriterionForm) -> str:
        change_criterion(
            member=self.member,
            criterion_id=self.criterion.pk,
            facts=form.facts(),
            seen=form.mark,
        )
        return self.back()


class CriterionMoveView(InCriterion):
    def post(self, request: HttpRequest, slug: str, criterion: UUID) -> HttpResponse:
        ways = {"up": Move.UP, "down": Move.DOWN}
        self.criterion  # noqa: B018  # a foreign one is missing, whatever was sent
        way = ways.get(request.POST.get("way", ""))
        if way is None:
            raise Invalid
        move_criterion(member=self.member, criterion_id=criterion, way=way)
        return redirect(self.page(edit="1"))


class CriterionRemoveView(InCriterion):
    def post(self, request: HttpRequest, slug: str, criterion: UUID) -> HttpResponse:
        remove_criterion(member=self.member, criterion_id=criterion)
        return redirect(self.page(edit="1"))


class CriterionRestoreView(InCriterion):
    def post(self, request: HttpRequest, slug: str, criterion: UUID) -> HttpResponse:
        restore_criterion(member=self.member, criterion_id=criterion)
        return redirect(self.page(edit="1"))


class ProposeView(SelectionForm):
    permission = Permission.PLAN_MANAGE
    form_class = ProposeForm
    heading = _("Propose a new version")
    lead = _(
        "The list of criteria as it stands is kept. The new one begins like it and is yours to"
        " change; what is marked of the candidates goes along."
    )
    saved_message = _("The new version can be changed.")

    def get_initial(self) -> dict[str, Any]:
        last = last_version(self.member)
        return {"after": last.number if last else 1}

    def save(self, form: ProposeForm) -> str:
        data = form.cleaned_data
        propose_version(member=self.member, reason=data["reason"], after=data["after"])
        return self.page(edit="1")


class DecideView(SelectionForm):
    permission = Permission.PLAN_MANAGE
    form_class = DecideForm
    heading = _("Decide on the criteria")
    lead = _("A decided version is frozen: a change makes a new one, with a reason.")
    saved_message = _("The criteria are decided.")

    def get_initial(self) -> dict[str, Any]:
        last = last_version(self.member)
        return {"number": last.number if last else 1, "on": timezone.localdate()}

    def save(self, form: DecideForm) -> str:
        decide_version(
            member=self.member, number=form.cleaned_data["number"], decision=form.decision()
        )
        return self.page()

"""The log of contact: of a candidate, and on the page of its case."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from interviews.domain.cases import candidate_for
from interviews.domain.queries.selection import column_of, contact_log
from interviews.domain.selection.candidates import candidate_of
from interviews.domain.selection.contacts import (
    change_contact,
    contact_of,
    contact_state,
    log_contact,
    remove_contact,
    restore_contact,
)
from interviews.forms.selection import ContactForm
from interviews.models import Candidate, Contact
from interviews.views.cases import CaseTabView, InCase
from interviews.views.selection.criteria import InSelection, SelectionForm
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing


def undoing_contact(view: StudyView, candidate: Candidate | None) -> dict[str, Any]:
    """For the page after a removal: the hidden line, and the address that brings it back."""
    if candidate is None or not view.may(Permission.FIELD_WRITE):
        return {}
    try:
        pk = UUID(view.request.GET.get("removed", ""))
        contact = contact_of(member=view.member, candidate=candidate, contact_id=pk, hidden=True)
    except (ValueError, Missing):
        return {}
    if contact.removed_at is None:
        return {}
    keys = {"slug": view.study.slug, "candidate": candidate.pk, "contact": contact.pk}
    return {"removed": {"label": str(contact)}, "undo_url": reverse("contact_restore", kwargs=keys)}


def log_address(candidate: Candidate, slug: str, **query: str) -> str:
    """Where the log is read: on the case, once there is one."""
    case = column_of(candidate).case
    if case is not None:
        return reverse("case_contacts", kwargs={"slug": slug, "key": case.key}, query=query or None)
    return reverse(
        "candidate", kwargs={"slug": slug, "candidate": candidate.pk}, query=query or None
    )


class CaseContactsView(CaseTabView):
    template_name = "interviews/case_contacts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        candidate = self.case.candidate
        return super().get_context_data(
            candidate=candidate,
            log=contact_log(candidate),
            on_contacts=True,
            **undoing_contact(self, candidate),
            **kwargs,
        )


class WritingContact(SelectionForm):
    permission = Permission.FIELD_WRITE
    form_class = ContactForm
    saved_message = _("The contact is in the log.")


class CaseContactNewView(InCase, WritingContact):
    heading = _("New contact")

    def about(self) -> str:
        return self.case.name

    def back(self) -> str:
        return self.tab("case_contacts")

    def save(self, form: ContactForm) -> str:
        candidate = candidate_for(member=self.member, case=self.case)
        log_contact(member=self.member, candidate=candidate, facts=form.facts())
        return self.back()


class WithCandidate(InSelection):
    @cached_property
    def candidate(self) -> Candidate:
        return candidate_of(member=self.member, candidate_id=self.kwargs["candidate"])


class InContact(WithCandidate):
    permission = Permission.FIELD_WRITE

    @cached_property
    def contact(self) -> Contact:
        return contact_of(
            member=self.member, candidate=self.candidate, contact_id=self.kwargs["contact"]
        )


class ContactNewView(WithCandidate, WritingContact):
    heading = _("New contact")

    def about(self) -> str:
        return column_of(self.candidate).name

    def back(self) -> str:
        return log_address(self.candidate, self.study.slug)

    def save(self, form: ContactForm) -> str:
        log_contact(member=self.member, candidate=self.candidate, facts=form.facts())
        return self.back()


class ContactEditView(InContact, WritingContact):
    heading = _("Edit the contact")

    def about(self) -> str:
        return column_of(self.candidate).name

    def back(self) -> str:
        return log_address(self.candidate, self.study.slug)

    def state(self) -> dict[str, Any]:
        return contact_state(self.contact)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        keys = {"slug": self.study.slug, "candidate": self.candidate.pk}
        remove = reverse("contact_remove", kwargs={**keys, "contact": self.contact.pk})
        return super().get_context_data(remove_url=remove, **kwargs)

    def save(self, form: ContactForm) -> str:
        change_contact(member=self.member, contact=self.contact, facts=form.facts(), seen=form.mark)
        return self.back()


class ContactRemoveView(InContact):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        remove_contact(member=self.member, contact=self.contact)
        mark = str(self.contact.pk)
        return redirect(log_address(self.candidate, self.study.slug, removed=mark))


class ContactRestoreView(WithCandidate):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, candidate: UUID, contact: UUID) -> HttpResponse:
        hidden = contact_of(
            member=self.member, candidate=self.candidate, contact_id=contact, hidden=True
        )
        restore_contact(member=self.member, contact=hidden)
        return redirect(log_address(self.candidate, slug))

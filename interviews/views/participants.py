"""Participants: one person's page, making, rewriting, hiding, and the look at a name."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import FormView, TemplateView

from interviews.domain.participants import (
    add_participant,
    change_participant,
    participant_of,
    purge_name,
    remove_participant,
    restore_participant,
    stands_alone,
    state_of,
)
from interviews.domain.queries.labels import CONSENTS, PARTICIPANT_ROLES
from interviews.enums import Consent, ParticipantRole
from interviews.forms.participants import (
    KeepNameForm,
    LookForm,
    NewParticipantForm,
    ParticipantForm,
)
from interviews.models import Participant
from interviews.views.cases import InCase
from workbench.access.permissions import Permission
from workbench.domain.names import has_name, keep_name, look_up, looks_at
from workbench.errors import Conflict, Invalid, Missing
from workbench.forms.confirmed import ConfirmedForm
from workbench.views.changing import ChangingView


class InParticipant(InCase):
    """A page of one participant of one case."""

    @cached_property
    def participant(self) -> Participant:
        return participant_of(
            member=self.member, case=self.case, participant_id=self.kwargs["participant"]
        )

    def address(self, name: str = "participant") -> str:
        keys = {"slug": self.study.slug, "key": self.case.key, "participant": self.participant.pk}
        return reverse(name, kwargs=keys)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.participant
        words = {
            "role": PARTICIPANT_ROLES[ParticipantRole(person.role)],
            "consent": CONSENTS[Consent(person.consent)],
        }
        # The address gives `participant` as an id; the page needs the person.
        return super().get_context_data(**(kwargs | words | {"participant": person}))


class ParticipantView(InParticipant, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/participant_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.participant
        may_read_names = self.may(Permission.NAMES_READ)
        values: dict[str, Any] = {
            "alone": stands_alone(participant=person),
            "interviews": person.interviews.filter(removed_at__isnull=True).order_by("number"),
            "may_read_names": may_read_names,
            "looks": looks_at(member=self.member, participant=person.pk) if may_read_names else [],
            "has_name": has_name(member=self.member, participant=person.pk),
            "look": LookForm(),
            "keep": KeepNameForm(),
        }
        return super().get_context_data(**(values | kwargs))


class ParticipantNewView(InCase, ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = NewParticipantForm
    template_name = "interviews/participant_form.html"
    saved_message = lazy("The participant is in the case.")

    def save(self, form: NewParticipantForm) -> str:
        add_participant(
            member=self.member,
            case=self.case,
            person=form.person(),
            real_name=form.cleaned_data["real_name"],
        )
        return self.tab("case")


class ParticipantEditView(InParticipant, ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = ParticipantForm
    template_name = "interviews/participant_form.html"
    saved_message = lazy("The participant is saved.")

    def state(self) -> dict[str, Any]:
        return state_of(self.participant)

    def save(self, form: ParticipantForm) -> str:
        change_participant(
            member=self.member,
            participant=self.participant,
            person=form.person(),
            seen=form.mark,
        )
        return self.address()


class ParticipantRemoveView(InParticipant):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        remove_participant(member=self.member, participant=self.participant)
        return redirect(self.tab("case", removed=f"participant.{self.participant.pk}"))


class ParticipantRestoreView(InCase):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, key: str, participant: UUID) -> HttpResponse:
        hidden = Participant.objects.filter(pk=participant, case=self.case).first()
        if hidden is None:
            raise Missing
        restore_participant(member=self.member, participant=hidden)
        return redirect(self.tab("case"))


class ParticipantNameView(ParticipantView, FormView):  # type: ignore[type-arg]
    """Shows the name in the answer to this one request; no address leads to it."""

    permission = Permission.NAMES_READ
    form_class = LookForm
    http_method_names = ["post"]

    def form_valid(self, form: LookForm) -> HttpResponse:
        name = look_up(
            member=self.member,
            participant=self.participant.pk,
            label=self.participant.pseudonym,
            purpose=form.cleaned_data["purpose"],
        )
        return self.render_to_response(self.get_context_data(real_name=name))

    def form_invalid(self, form: LookForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(look=form))


class ParticipantKeepNameView(ParticipantView, FormView):  # type: ignore[type-arg]
    permission = Permission.FIELD_WRITE
    form_class = KeepNameForm
    http_method_names = ["post"]

    def form_valid(self, form: KeepNameForm) -> HttpResponse:
        try:
            keep_name(
                member=self.member,
                participant=self.participant.pk,
                real_name=form.cleaned_data["real_name"],
                label=self.participant.pseudonym,
            )
        except Conflict as refused:
            messages.warning(self.request, refused.message)
            return redirect(self.address())
        messages.success(self.request, _("The name is in the name key."))
        return redirect(self.address())

    def form_invalid(self, form: KeepNameForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(keep=form))


class ParticipantForgetNameView(InParticipant):
    permission = Permission.NAMES_READ

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ConfirmedForm(request.POST, expected=self.participant.pseudonym)
        if not form.is_valid():
            raise Invalid(str(form.errors["confirmation"][0]))
        purge_name(member=self.member, participant=self.participant)
        messages.success(request, _("The name is erased."))
        return redirect(self.address())

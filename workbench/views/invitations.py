"""The way in for somebody who was invited: one page, one form, once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from workbench.access.roles import LABELS
from workbench.access.views import OpenView
from workbench.domain.invitations import accept, invitation_of
from workbench.enums import Role
from workbench.errors import Conflict
from workbench.forms.members import InvitedForm
from workbench.models import Invitation

SESSION_BACKEND = "django.contrib.auth.backends.ModelBackend"


class InvitedView(OpenView, FormView[InvitedForm]):
    """Says of the study its title, to the one person who holds the link."""

    template_name = "workbench/invitation.html"
    form_class = InvitedForm
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.invitation = invitation_of(kwargs["secret"])
        if request.user.is_authenticated:
            raise Conflict(_("You are signed in already. Sign out, and open the link again."))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = LABELS[Role(self.invitation.role)]
        return super().get_context_data(invitation=self.invitation, role=role, **kwargs)

    def form_valid(self, form: InvitedForm) -> HttpResponse:
        try:
            member = accept(secret=self.kwargs["secret"], **form.cleaned_data)
        except Conflict as error:
            form.add_error(error.code if error.code in form.fields else None, str(error.message))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        login(self.request, member.user, backend=SESSION_BACKEND)
        messages.success(self.request, _("Welcome to the team."))
        return redirect("study_overview", slug=member.study.slug)

"""The team of a study: who is on it, in which role."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from workbench.access.permissions import Permission
from workbench.access.roles import CHOICES, LABELS
from workbench.access.views import StudyView
from workbench.domain.invitations import invite, open_invitations, withdraw
from workbench.domain.studies import add_member, change_role, remove_member
from workbench.enums import Role
from workbench.errors import Conflict, Invalid, Missing
from workbench.forms.members import NewMemberForm, RoleForm
from workbench.models import Member, User


class TeamPage(StudyView, TemplateResponseMixin, ContextMixin):
    template_name = "workbench/members_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = list(Role)
        team = Member.objects.filter(study=self.study).select_related("user").with_place()
        members = sorted(team, key=lambda each: (order.index(Role(each.role)), str(each.user)))
        leads = [each for each in members if each.role == Role.LEAD and each.user.is_active]
        may_manage = self.may(Permission.MEMBERS_MANAGE)
        values: dict[str, Any] = {
            "rows": [(each, LABELS[Role(each.role)]) for each in members],
            "roles": CHOICES,
            "only_lead": leads[0] if len(leads) == 1 else None,
            "may_manage": may_manage,
            "form": NewMemberForm(study=self.study, initial={"role": Role.CODER})
            if may_manage
            else None,
            "invitations": [
                (each, LABELS[Role(each.role)]) for each in open_invitations(self.member)
            ]
            if may_manage
            else [],
        }
        return super().get_context_data(**(values | kwargs))


class MembersView(TeamPage):
    permission = Permission.STUDY_READ
    write_permission = Permission.MEMBERS_MANAGE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = NewMemberForm(request.POST, study=self.study)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        person = form.cleaned_data["person"]
        try:
            if not isinstance(person, User):
                return self.invite(person, form.chosen())
            if form.is_meant(person):
                return self.add(person, form.chosen())
        except Conflict as error:
            form.add_error("person", str(error.message))
            return self.render_to_response(self.get_context_data(form=form), status=error.status)
        role = LABELS[form.chosen()]
        return self.render_to_response(self.get_context_data(form=form, found=person, role=role))

    def add(self, user: User, role: Role) -> HttpResponse:
        added = add_member(study=self.study, actor=self.member.user, user=user, role=role)
        messages.success(self.request, _("%(name)s is on the team.") % {"name": added.user})
        return redirect("members", slug=self.study.slug)

    def invite(self, email: str, role: Role) -> HttpResponse:
        """Answers with the link itself: no address and no session ever holds it."""
        invitation, secret = invite(actor=self.member, email=email, role=role)
        path = reverse("invited", kwargs={"secret": secret})
        context = self.get_context_data(
            invited=invitation, link=self.request.build_absolute_uri(path)
        )
        return self.render_to_response(context)


class OneMemberView(TeamPage):
    """Something done to one member; only by leads. What is refused is said at the member's row."""

    permission = Permission.MEMBERS_MANAGE

    def target(self) -> Member:
        found = (
            Member.objects.select_related("user", "study")
            .filter(pk=self.kwargs["member"], study=self.study)
            .first()
        )
        if found is None:
            raise Missing
        return found

    def refuse(self, target: Member, error: Conflict) -> HttpResponse:
        context = self.get_context_data(refused=target.pk, why=error.message)
        return self.render_to_response(context, status=error.status)


class MemberRoleView(OneMemberView):
    def post(self, request: HttpRequest, slug: str, member: UUID) -> HttpResponse:
        target = self.target()
        form = RoleForm(request.POST)
        if not form.is_valid():
            raise Invalid(_("Choose one of the roles."))
        try:
            changed = change_role(actor=self.member, member=target, role=form.chosen())
        except Conflict as error:
            return self.refuse(target, error)
        words = {"name": changed.user, "role": LABELS[Role(changed.role)]}
        messages.success(request, _("%(name)s is now: %(role)s.") % words)
        return redirect("members", slug=slug)


class MemberRemoveView(OneMemberView):
    def post(self, request: HttpRequest, slug: str, member: UUID) -> HttpResponse:
        target = self.target()
        left = str(target.user)
        oneself = target.user_id == self.member.user_id
        try:
            remove_member(actor=self.member, member=target)
        except Conflict as error:
            return self.refuse(target, error)
        messages.success(request, _("%(name)s is no longer on the team.") % {"name": left})
        return redirect("home") if oneself else redirect("members", slug=slug)


class InvitationWithdrawView(StudyView):
    permission = Permission.MEMBERS_MANAGE

    def post(self, request: HttpRequest, slug: str, invitation: UUID) -> HttpResponse:
        ended = withdraw(actor=self.member, invitation_id=invitation)
        messages.success(
            request, _("The link for %(email)s no longer works.") % {"email": ended.email}
        )
        return redirect("members", slug=slug)

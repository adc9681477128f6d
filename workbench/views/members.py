"""The team of a study: who is on it, in which role."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from workbench.access.permissions import Permission
from workbench.access.roles import LABELS
from workbench.access.views import StudyView
from workbench.domain.studies import add_member, change_role, remove_member
from workbench.enums import Role
from workbench.errors import Conflict, Invalid, Missing
from workbench.forms.members import NewMemberForm, RoleForm
from workbench.models import Member


class MembersView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    write_permission = Permission.MEMBERS_MANAGE
    template_name = "workbench/members_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = list(Role)
        team = Member.objects.filter(study=self.study).select_related("user")
        members = sorted(team, key=lambda each: (order.index(Role(each.role)), str(each.user)))
        may_manage = self.may(Permission.MEMBERS_MANAGE)
        rows = [
            (each, LABELS[Role(each.role)], RoleForm(initial={"role": each.role}, auto_id=False))
            for each in members
        ]
        values: dict[str, Any] = {
            "rows": rows,
            "may_manage": may_manage,
            "form": NewMemberForm(initial={"role": Role.CODER}) if may_manage else None,
        }
        return super().get_context_data(**(values | kwargs))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = NewMemberForm(request.POST)
        status = 200
        if form.is_valid():
            try:
                added = add_member(
                    study=self.study,
                    actor=self.member.user,
                    user=form.cleaned_data["person"],
                    role=form.chosen(),
                )
            except Conflict as error:
                form.add_error("person", str(error.message))
                status = error.status
            else:
                messages.success(request, _("%(name)s is on the team.") % {"name": added.user})
                return redirect("members", slug=slug)
        return self.render_to_response(self.get_context_data(form=form), status=status)


class OneMemberView(StudyView):
    """Something done to one member; only by leads."""

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


class MemberRoleView(OneMemberView):
    def post(self, request: HttpRequest, slug: str, member: UUID) -> HttpResponse:
        target = self.target()
        form = RoleForm(request.POST)
        if not form.is_valid():
            raise Invalid(_("Choose one of the roles."))
        changed = change_role(actor=self.member, member=target, role=form.chosen())
        words = {"name": changed.user, "role": LABELS[Role(changed.role)]}
        messages.success(request, _("%(name)s is now: %(role)s.") % words)
        return redirect("members", slug=slug)


class MemberRemoveView(OneMemberView):
    def post(self, request: HttpRequest, slug: str, member: UUID) -> HttpResponse:
        target = self.target()
        left = str(target.user)
        oneself = target.user_id == self.member.user_id
        remove_member(actor=self.member, member=target)
        messages.success(request, _("%(name)s is no longer on the team.") % {"name": left})
        return redirect("home") if oneself else redirect("members", slug=slug)

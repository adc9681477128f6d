"""Versions of the guide: publish one, read it, see what changed since another."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from interviews.domain.kits import publish_kit
from interviews.domain.queries.kits import changes_between, is_published, versions_of
from interviews.forms.kits import PublishForm
from interviews.models import KitItem, KitVersion
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Invalid, Missing


class KitVersionsView(StudyView, FormView):  # type: ignore[type-arg]  # not generic at run time
    permission = Permission.STUDY_READ
    write_permission = Permission.PLAN_MANAGE
    form_class = PublishForm
    template_name = "interviews/kit_versions.html"

    def form_valid(self, form: PublishForm) -> HttpResponse:
        try:
            version = publish_kit(member=self.member, reason=form.cleaned_data["reason"])
        except Invalid as error:
            form.add_error("reason", str(error.message))
            return self.form_invalid(form)
        words = _("Version %(number)s of the guide is published.") % {"number": version.number}
        messages.success(self.request, words)
        return redirect("kit_versions", slug=self.study.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            versions=versions_of(self.member),
            may_publish=self.may(Permission.PLAN_MANAGE) and not is_published(self.member),
            has_items=KitItem.objects.filter(
                kit__study=self.study, removed_at__isnull=True
            ).exists(),
            on_versions=True,
            **kwargs,
        )


class KitVersionView(StudyView, TemplateView):
    """`since` is the number of the version to compare with; without it, the one before."""

    permission = Permission.STUDY_READ
    template_name = "interviews/kit_version.html"

    @cached_property
    def versions(self) -> list[KitVersion]:
        return list(versions_of(self.member))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = next((v for v in self.versions if v.number == self.kwargs["number"]), None)
        if shown is None:
            raise Missing
        earlier = [each for each in self.versions if each.number < shown.number]
        wanted = self.request.GET.get("since", "")
        since = next((v for v in earlier if str(v.number) == wanted), None) or next(
            iter(earlier), None
        )
        return super().get_context_data(
            version=shown,
            earlier=earlier,
            since=since,
            changes=changes_between(since, shown) if since else [],
            **kwargs,
        )

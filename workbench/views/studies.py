"""The settings of a study."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workbench.access.permissions import Permission
from workbench.domain.studies import change_study, state_of
from workbench.forms.studies import StudyForm
from workbench.views.changing import ChangingView


class StudySettingsView(ChangingView):
    permission = Permission.STUDY_MANAGE
    form_class = StudyForm
    template_name = "workbench/study_settings.html"
    saved_message = _("The study is saved.")

    def state(self) -> dict[str, Any]:
        return state_of(self.study)

    def save(self, form: StudyForm) -> str:
        change_study(member=self.member, facts=form.facts(), seen=form.mark)
        return reverse("study_settings", kwargs={"slug": self.study.slug})

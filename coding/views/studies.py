"""Starting a study: blank, or with the plan of another."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView

from coding.domain.copies import Part, start_study_like
from coding.forms.studies import StudyNewForm
from workbench.access.views import SignedInView
from workbench.enums import Language


class StudyNewView(SignedInView, FormView[StudyNewForm]):
    """Whoever is signed in may start a study, and leads it."""

    form_class = StudyNewForm
    template_name = "coding/study_new.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.user}

    def get_initial(self) -> dict[str, Any]:
        return {"language": Language.DANISH if get_language() == "da" else Language.ENGLISH}

    def form_valid(self, form: StudyNewForm) -> HttpResponse:
        data = form.cleaned_data
        study = start_study_like(
            owner=self.user,
            title=data["title"],
            description=data["description"],
            language=Language(data["language"]),
            source=data["source"],
            parts=[Part(part) for part in data["parts"]],
        )
        messages.success(self.request, _("“%(title)s” is ready.") % {"title": study.title})
        return redirect("study_overview", slug=study.slug)

"""The page itself: how far the reading is, then all files of the batch in one form."""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect, push_url

from interviews.domain.intakes import save_mappings
from interviews.domain.queries.documents import questions_of
from interviews.domain.queries.intakes import Progress, files_of, preview_of, progress_of
from interviews.domain.queries.labels import ANSWER_KINDS, MANNERS
from interviews.enums import DocumentKind, IntakeState
from interviews.forms.choices import choices_of
from interviews.forms.corrections import LookForm
from interviews.forms.intakes import Offer, SharedForm, said_of_files
from interviews.models import Intake
from interviews.views.intakes.rows import offer_for, row_of
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Conflict, Invalid

# Reading is bounded to half a minute; longer than this it waits behind others, or its worker died.
SLOW_SECONDS = 90
KINDS_WITH_MANNER = frozenset({DocumentKind.NOTES.value, DocumentKind.OBSERVATION.value})


class IntakePage(StudyView, TemplateView):
    """What the page and the acts of its buttons share."""

    permission = Permission.MATERIAL_WRITE
    template_name = "interviews/intake_batch.html"

    @cached_property
    def files(self) -> list[Intake]:
        return files_of(self.study.pk, self.kwargs["batch"])

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self.study.pk, self.kwargs["batch"])

    @cached_property
    def offer(self) -> Offer:
        return offer_for(self.member)

    @cached_property
    def look(self) -> dict[str, Any]:
        """The part of the page that is looked at; what cannot be read says nothing."""
        form = LookForm(self.request.POST if self.request.method == "POST" else self.request.GET)
        form.is_valid()
        return form.cleaned_data

    @property
    def by_script(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"

    def here(self, fragment: str = "", **query: str) -> str:
        keys = {"slug": self.study.slug, "batch": self.kwargs["batch"]}
        return reverse("intake", kwargs=keys, query=query or None, fragment=fragment or None)

    def material(self) -> str:
        return reverse("documents", kwargs={"slug": self.study.slug})

    def stay(self, fragment: str = "", **query: str) -> HttpResponse:
        """The page again, with the same turns in view unless `query` names others."""
        if "open" not in query and self.look.get("open"):
            query["open"] = str(self.look["open"])
        if self.look.get("all"):
            query.setdefault("all", "1")
        return redirect(self.here(fragment, **query))

    def leave(self, address: str) -> HttpResponse:
        """To another page, which the script must not put inside this one."""
        return HttpResponseClientRedirect(address) if self.by_script else redirect(address)

    def refused(self, error: Invalid | Conflict) -> HttpResponse:
        # Read anew: other files of the batch may have changed before this one was refused.
        del self.files
        context = self.get_context_data(refusal=str(error.message), data=self.request.POST)
        status = 409 if isinstance(error, Conflict) else 422
        return push_url(self.render_to_response(context, status=status), self.here())

    def keep_said(self) -> None:
        said = said_of_files(self.request.POST, self.files)
        save_mappings(member=self.member, mappings=said)
        for intake in self.files:
            intake.mapping = intake.mapping | said.get(intake.pk, {})

    def get_context_data(self, *, data: QueryDict | None = None, **kwargs: Any) -> dict[str, Any]:
        """`data` is what was sent, when the forms are to mark what is wrong with it."""
        kwargs["batch"] = self.kwargs["batch"]
        if self.progress.waiting:
            kwargs |= {"progress": self.progress, "slow": self.progress.seconds > SLOW_SECONDS}
            return super().get_context_data(**kwargs)
        rows = [row_of(intake, self.offer, data) for intake in self.files]
        opened = self._opened()
        return super().get_context_data(
            rows=rows,
            ready=[row for row in rows if row.file.is_ready],
            opened=opened and self._preview(opened),
            look=self.look,
            shared=SharedForm(data, prefix="same", offer=self.offer, case=""),
            kinds_with_manner=KINDS_WITH_MANNER,
            **kwargs,
        )

    def _opened(self) -> Intake | None:
        """The file whose turns are shown: the one asked for, or the first that was read."""
        ready = [intake for intake in self.files if intake.state == IntakeState.READY]
        chosen = [intake for intake in ready if intake.pk == self.look.get("open")]
        return next(iter(chosen or ready), None)

    def _preview(self, intake: Intake) -> dict[str, Any]:
        language = intake.mapping.get("language") or self.study.language
        questions = [row for row in questions_of(self.study.pk) if not row.is_section]
        return {
            "preview": preview_of(intake, language=language, whole=bool(self.look.get("all"))),
            "turn": self.look.get("turn"),
            "questions": questions,
            "answer_kinds": choices_of(ANSWER_KINDS),
            "manners": choices_of(MANNERS),
            "has_manner": intake.mapping.get("kind") in KINDS_WITH_MANNER,
        }


class IntakeView(IntakePage):
    """The page; sent without an act it keeps what was said."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.progress.total:
            return redirect(self.material())
        polls = self.by_script and "polls" in request.GET
        if polls and self.progress.waiting:
            self.template_name = "interviews/intake_progress.html"
        elif polls or (self.by_script and self.progress.waiting):
            # Progress and form are two pages: the script can put neither inside the other.
            return HttpResponseClientRedirect(self.here())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.keep_said()
        return self.stay()


class IntakeAct(IntakePage, ABC):
    """One button of the page, at an address of its own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where a refusal was shown, and the page is loaded again. Raises Missing."""
        return redirect(self.here() if self.progress.total else self.material())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.keep_said()
        try:
            return self.act()
        except (Invalid, Conflict) as error:
            return self.refused(error)

    @abstractmethod
    def act(self) -> HttpResponse:
        """What the button does. Raises Invalid or Conflict, which the page shows."""

    def told(self, form: Form) -> dict[str, Any]:
        """What the button says. Raises Invalid with the first thing wrong."""
        if not form.is_valid():
            raise Invalid(str(next(iter(form.errors.values()))[0]))
        return form.cleaned_data

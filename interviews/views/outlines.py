"""What the pages of guide, template and questions share: paste, add, move, remove, bring back."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from interviews.domain.arrangements import Move
from interviews.domain.outlines import Outline
from interviews.formats.outlines import OutlineLine, numbers
from interviews.forms.outlines import LineForm, OutlineForm
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Invalid
from workbench.views.changing import ChangingView


class PlanPart(StudyView):
    """`page` is the URL name of the outline that the view belongs to."""

    permission = Permission.PLAN_MANAGE
    page: ClassVar[str]

    def back(self, anchor: UUID | None = None) -> str:
        """The outline, open for editing, at an entry."""
        address = reverse(self.page, kwargs={"slug": self.study.slug}, query={"edit": "1"})
        return f"{address}#row-{anchor}" if anchor else address

    def find(self) -> Any:
        """What the address names: a foreign thing is missing, whatever was sent."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"back": self.back(), **kwargs})


class OutlineView(StudyView, TemplateView):
    """An outline to read; with `?edit=1`, for a project lead, with its tools."""

    permission = Permission.STUDY_READ

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = self.may(Permission.PLAN_MANAGE)
        return super().get_context_data(
            may_edit=may_edit,
            editing=may_edit and "edit" in self.request.GET,
            line_form=LineForm(),
            **kwargs,
        )


class PasteView(PlanPart, FormView[OutlineForm]):
    """Paste, look at what will be added, add it. `levels` says what each depth becomes."""

    form_class = OutlineForm
    template_name = "interviews/outline_paste.html"
    heading: ClassVar[str | Promise]
    levels: ClassVar[Sequence[str | Promise]]
    example: ClassVar[str | Promise]

    def add(self, lines: list[OutlineLine]) -> int:
        """Adds the lines; returns how many entries there are now more."""
        raise NotImplementedError

    def form_valid(self, form: OutlineForm) -> HttpResponse:
        lines = form.lines()
        if "save" not in self.request.POST:
            preview = list(zip(numbers([line.depth for line in lines]), lines, strict=True))
            return self.render_to_response(self.get_context_data(form=form, preview=preview))
        try:
            count = self.add(lines)
        except Invalid as error:
            form.add_error("outline", str(error.message))
            return self.form_invalid(form)
        messages.success(
            self.request,
            ngettext("%(count)s entry was added.", "%(count)s entries were added.", count)
            % {"count": count},
        )
        return redirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=self.heading,
            levels=self.levels,
            example=self.example,
            page_url=reverse(self.page, kwargs={"slug": self.study.slug}),
            section=self.page,
            **kwargs,
        )


class AddView(PlanPart):
    """One more entry, typed under the outline or under an entry of it."""

    def add(self, lines: list[OutlineLine]) -> UUID | None:
        """Adds the lines; returns the entry to go to."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find()
        form = LineForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors.get("outline", ()))))
            return redirect(self.back())
        return redirect(self.back(self.add(form.lines())))


class EntryPart(PlanPart):
    """One entry: `word` holds its id in the address, `verbs` are those of its kind."""

    word: ClassVar[str]
    verbs: ClassVar[Outline[Any]]

    def find(self) -> Any:
        return self.verbs.find(member=self.member, pk=self.kwargs[self.word])


class EntryView(EntryPart, ChangingView):
    """The form of one entry."""

    @cached_property
    def entry(self) -> Any:
        return self.find()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.back(self.entry.pk)
        return super().get_context_data(**{"entry": self.entry, "back": back, **kwargs})


class MoveView(EntryPart):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find()
        way = request.POST.get("way", "")
        if way not in set(Move):
            raise Invalid(_("It can be moved up, down, in or out."), code="way")
        self.verbs.move(member=self.member, pk=self.kwargs[self.word], way=Move(way))
        return redirect(self.back(self.kwargs[self.word]))


class RemoveView(EntryPart):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        removed = self.verbs.remove(member=self.member, pk=self.kwargs[self.word])
        messages.success(
            request,
            _("“%(label)s” was removed. Nothing is lost: it stands under Removed.")
            % {"label": str(removed)[:80]},
        )
        return redirect(self.back())


class RestoreView(EntryPart):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.verbs.restore(member=self.member, pk=self.kwargs[self.word])
        return redirect(self.back(self.kwargs[self.word]))

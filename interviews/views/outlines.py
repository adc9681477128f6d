"""What the pages of guide, template and questions share: paste, add, move, remove, bring back."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from interviews.domain.arrangements import Move
from interviews.domain.outlines import Outline
from interviews.formats.outlines import OutlineLine, numbers
from interviews.forms.outlines import HeadedForm, LineForm
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Invalid, Missing
from workbench.views.changing import ChangingView

# Of guide and template alike.
TITLE_LENGTH = 200


class PlanPart(StudyView):
    """`page` is the URL name of the outline that the view belongs to."""

    permission = Permission.PLAN_MANAGE
    page: ClassVar[str]

    def back(self, anchor: UUID | None = None, **query: str) -> str:
        """The outline, open for editing, at an entry."""
        query = {"edit": "1", **query}
        address = reverse(self.page, kwargs={"slug": self.study.slug}, query=query)
        return f"{address}#row-{anchor}" if anchor else address

    def find(self) -> Any:
        """What the address names: a foreign thing is missing, whatever was sent."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"back": self.back(), **kwargs})


class OutlineView(StudyView, TemplateView):
    """An outline to read; with `?edit=1`, for a project lead, with its tools."""

    permission = Permission.STUDY_READ
    parts: ClassVar[Sequence[type["EntryPart"]]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = self.may(Permission.PLAN_MANAGE)
        if may_edit:
            kwargs |= self._removed_just_now()
        return super().get_context_data(
            may_edit=may_edit,
            editing=may_edit and "edit" in self.request.GET,
            adding=self.request.GET.get("add", ""),
            **kwargs,
        )

    def _removed_just_now(self) -> dict[str, Any]:
        """What `?removed=word.uuid` names, while it is hidden, and the way back."""
        word, _dot, raw = self.request.GET.get("removed", "").partition(".")
        for part in self.parts:
            if part.word != word:
                continue
            try:
                entry = part.verbs.find(member=self.member, pk=UUID(raw), removed=True)
            except (ValueError, Missing):
                return {}
            keys = {"slug": self.study.slug, word: entry.pk}
            label = Truncator(str(entry)).chars(80)
            undo = {"removed": {"label": label}, "undo_url": reverse(part.way_back, kwargs=keys)}
            return undo if entry.removed_at else {}
        return {}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the preview: an entry as it will be made, or, without a number, what is in it."""

    text: str
    depth: int = 0
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What pasting makes: `counted` in words, `remark` on what may surprise."""

    entries: list[Entry]
    counted: str
    remark: str = ""
    title: str = ""
    left_out: Sequence[str] = ()
    headed: bool = False


class PasteView(PlanPart, FormView[HeadedForm], ABC):
    """Paste, look at what will be added, add it. `rule` says what lines become."""

    form_class = HeadedForm
    template_name = "interviews/outline_paste.html"
    page_label: ClassVar[str | Promise]
    heading: ClassVar[str | Promise]
    rule: ClassVar[str | Promise]
    example: ClassVar[str | Promise]

    @abstractmethod
    def look(self, lines: list[OutlineLine]) -> Preview:
        """What `add` makes of the lines. Raises Invalid where `add` does."""

    @abstractmethod
    def add(self, lines: list[OutlineLine], title: str) -> None:
        """Adds the lines, and the title where the outline has none."""

    def present_title(self) -> str | None:
        """The title that the outline has already; None for what has no title."""
        return None

    def title_words(self, title: str) -> str:
        """A title as `add` will read it."""
        return title

    def form_valid(self, form: HeadedForm) -> HttpResponse:
        headed = form.headed()
        title, left_out = self._title(headed.head)
        try:
            preview = replace(
                self.look(headed.lines),
                title=self.title_words(title),
                left_out=left_out,
                headed=bool(headed.head),
            )
            if "save" not in self.request.POST:
                add = _("Add %(what)s") % {"what": preview.counted}
                context = self.get_context_data(form=form, preview=preview, add=add)
                return self.render_to_response(context)
            self.add(headed.lines, title)
        except Invalid as error:
            form.add_error("outline", str(error.message))
            return self.form_invalid(form)
        messages.success(self.request, _("Added: %(what)s.") % {"what": preview.counted})
        return redirect(self.back())

    def _title(self, head: list[str]) -> tuple[str, list[str]]:
        """The title among the lines before the first number, and those that go nowhere."""
        if head and self.present_title() == "" and len(head[0]) <= TITLE_LENGTH:
            return head[0], head[1:]
        return "", head

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page_label=self.page_label,
            heading=self.heading,
            rule=self.rule,
            example=self.example,
            **kwargs,
        )


def numbered(lines: Sequence[OutlineLine], *, after: int) -> Iterator[str]:
    """The numbers of lines that come after so many entries at the outer edge."""
    return islice(numbers([0] * after + [line.depth for line in lines]), after, None)


def counted_sections(count: int) -> str:
    return ngettext("%(count)s section", "%(count)s sections", count) % {"count": count}


def counted_questions(count: int) -> str:
    return ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}


def counted_points(count: int) -> str:
    return ngettext("%(count)s point", "%(count)s points", count) % {"count": count}


def both(first: str, second: str, more: int) -> str:
    """Two counts in words, the second when there is any of it."""
    words = {"first": first, "second": second}
    return _("%(first)s and %(second)s") % words if more else first


class AddView(PlanPart, ABC):
    """One more entry, typed under the outline or under an entry of it."""

    @abstractmethod
    def add(self, lines: list[OutlineLine]) -> UUID | None:
        """Adds the lines; returns the entry to go to."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find()
        form = LineForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors.get("outline", ()))))
            return redirect(self.back())
        added = self.add(form.lines())
        # The field that it was typed in is open, and has the focus, for the next one.
        field = request.POST.get("field", "")[:40]
        return redirect(self.back(add=field) if field else self.back(added))


class EntryPart(PlanPart):
    """One entry: `word` holds its id in the address, `verbs` are those of its kind.

    `way_back` names the address that brings it back.
    """

    word: ClassVar[str]
    way_back: ClassVar[str]
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
        return redirect(self.back(removed=f"{self.word}.{removed.pk}"))


class RestoreView(EntryPart):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.verbs.restore(member=self.member, pk=self.kwargs[self.word])
        return redirect(self.back(self.kwargs[self.word]))

"""Pages of case descriptions: the list, the page where one is written, its versions, its file."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin

from coding.domain.case_drafts import open_draft, reprint_quote, write_section
from coding.domain.exports import export_case_report
from coding.domain.queries.case_drafts import (
    DraftView,
    SectionView,
    draft_list,
    draft_of_case,
)
from coding.domain.queries.evidence import evidence_of_case
from coding.domain.queries.figures import figures_of_case
from coding.domain.queries.versions import by_sitting, compare_versions, section_versions
from coding.formats.citations import cited_numbers
from coding.forms.case_drafts import PrintedForm, SectionForm
from coding.forms.reviews import CommentForm, DecisionForm
from coding.models import CaseDraft
from interviews.domain.cases import case_of
from interviews.domain.queries.cases import case_header
from interviews.models import Case
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Conflict, Gone, Invalid, Missing, TooLarge, WorkbenchError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ELSEWHERE = "elsewhere"
# In the address after submitting: something is missing, shall it go all the same?
ASKED = "submit"
LARGEST_NUMBER = 1_000_000


class DraftsView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "coding/draft_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=draft_list(self.member), **kwargs)


class InDraft(StudyView, ContextMixin):
    """Something of one case's description; what goes wrong is shown on its page."""

    permission = Permission.STUDY_READ
    template_name: ClassVar[str] = "coding/draft_page.html"

    @cached_property
    def case(self) -> Case:
        return case_of(member=self.member, key=self.kwargs["key"])

    @cached_property
    def draft(self) -> CaseDraft:
        """The description to write to; made when it is not there yet."""
        return open_draft(member=self.member, case=self.case)

    def address(self, *, edit: str = "", section: str = "") -> str:
        """The page, open at a section for reading or for writing."""
        query = {"edit": edit} if edit else {"section": section} if section else None
        fragment = "writing-text" if edit else section or None
        keys = {"slug": self.study.slug, "key": self.case.key}
        return reverse("draft", kwargs=keys, query=query, fragment=fragment)

    def page(self, *, status: int = 200, **extra: Any) -> HttpResponse:
        view = draft_of_case(self.member, self.case)
        context = self.get_context_data(
            view=view,
            case=self.case,
            header=case_header(self.case),
            section="drafts",
            **self._tray(view),
            **self._ways(view),
        )
        context.update(extra)
        alone = self.request.headers.get("HX-Target") == "tray"
        template = "coding/draft_tray.html" if alone else self.template_name
        return render(self.request, template, context, status=status)

    def unsaved(self, error: WorkbenchError, text: str) -> HttpResponse:
        """The page as it is now, with what was written and why it cannot be saved."""
        typed = [text] if text.strip() else []
        return self.page(status=error.status, unsaved=error.message, typed=typed)

    def _ways(self, view: DraftView) -> dict[str, Any]:
        """What the member may do here, and the forms for it."""
        may_write = self.may(Permission.DRAFTS_WRITE) and view.state != "approved"
        # A description is begun by a form: looking at a page changes nothing.
        editing = self.request.GET.get("edit", "") if may_write and view.draft else ""
        opened = next((s for s in view.sections if s.section.key == editing), None)
        version = {"base_version": view.version}
        may_submit = may_write and view.draft is not None and view.state != "submitted"
        may_review = self.may(Permission.DRAFTS_REVIEW)
        step = view.last_step
        own_step = step is not None and step.by == self.user
        return {
            "may_submit": may_submit,
            "asked": may_submit and ASKED in self.request.GET and view.lacking,
            "may_decide": may_review and view.state == "submitted",
            "own_step": own_step,
            "may_take_back": own_step and view.state == "returned" and not view.changed_since,
            "may_write": may_write,
            "may_comment": self.may(Permission.DRAFTS_WRITE),
            "may_review": may_review,
            "may_arrange": self.may(Permission.EVIDENCE_ARRANGE),
            "may_export": self.may(Permission.EXPORT),
            "may_map": self.may(Permission.MATERIAL_WRITE),
            "editing": opened,
            "section_form": _section_form(opened) if opened else None,
            "decision_form": DecisionForm(initial=version),
            "comment_form": CommentForm(auto_id=False),
        }

    def _tray(self, view: DraftView) -> dict[str, Any]:
        """The evidence of one section: the one asked for, written, or the first."""
        evidence = evidence_of_case(self.member, self.case)
        asked = self.request.GET.get("section") or self.request.GET.get("edit") or ""
        asked = asked or self.kwargs.get("section", "")
        section = evidence.section(asked)
        if section is None and asked != ELSEWHERE:
            section = next(iter(evidence.sections), None)
        written = evidence.section(self.request.GET.get("edit") or self.kwargs.get("section", ""))
        return {
            "evidence": evidence,
            "points": [each.point for each in written.points] if written else [],
            "tray": section,
            "figures": figures_of_case(self.member, self.case, view.figures_used),
            "elsewhere_key": ELSEWHERE,
            "noting": _noting(self.request.GET.get("note", "")),
        }


def _noting(given: str) -> tuple[UUID, UUID] | None:
    """The point and the excerpt whose note is being written."""
    point, _colon, excerpt = given.partition(":")
    try:
        return UUID(point), UUID(excerpt)
    except ValueError:
        return None


def _section_form(section: SectionView) -> SectionForm:
    return SectionForm(initial={"text": section.text, "base_version": section.version})


class DraftPageView(InDraft):
    def get(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        return self.page()


class SectionWriteView(InDraft):
    """GET: the section's head as it stands, for the page that saved it. POST: save its text, or
    with `begin` open it for writing."""

    write_permission = Permission.DRAFTS_WRITE

    def get(self, request: HttpRequest, slug: str, key: str, section: str) -> HttpResponse:
        view = draft_of_case(self.member, self.case).section(section)
        context = self.get_context_data(section=view, case=self.case, may_write=False, editing=None)
        return render(request, "coding/draft_section_state.html", context)

    def post(self, request: HttpRequest, slug: str, key: str, section: str) -> HttpResponse:
        try:
            stored = draft_of_case(self.member, self.case).section(section)
        except Missing:
            gone = Gone(_("This section is not in the template any more."))
            return self.unsaved(gone, request.POST.get("text", ""))
        if "begin" in request.POST:
            open_draft(member=self.member, case=self.case)
            return redirect(self.address(edit=section))
        form = SectionForm(request.POST)
        return self._save(form, stored) if form.is_valid() else self._again(form, stored)

    def _save(self, form: SectionForm, stored: SectionView) -> HttpResponse:
        given = form.cleaned_data
        try:
            write_section(
                member=self.member,
                draft=self.draft,
                section=stored.section,
                text=given["text"] if "text" in self.request.POST else stored.text,
                base_version=given["base_version"],
                citing=given["cite"],
            )
        except Conflict as error:
            if error.code == "version_behind":
                return self._both(form, error, stored)
            return self.unsaved(error, given["text"])
        except (Invalid, TooLarge, Gone) as error:
            form.add_error("text", str(error.message))
            return self._again(form, stored)
        if given["cite"] or "stay" in self.request.POST:
            return redirect(self.address(edit=stored.section.key))
        messages.success(self.request, _("Saved."))
        return redirect(self.address(section=stored.section.key))

    def _again(self, form: SectionForm, stored: SectionView) -> HttpResponse:
        return self.page(status=422, editing=stored, section_form=form)

    def _both(self, form: SectionForm, error: Conflict, stored: SectionView) -> HttpResponse:
        """The writer's text in the form, beside what someone else saved meanwhile."""
        again = SectionForm(
            initial={"text": form.cleaned_data["text"], "base_version": error.details["version"]}
        )
        return self.page(status=409, editing=stored, section_form=again, conflict=error.details)


class QuotePrintView(InDraft):
    """How a quote of a section is printed."""

    write_permission = Permission.DRAFTS_WRITE

    def post(
        self, request: HttpRequest, slug: str, key: str, section: str, number: int
    ) -> HttpResponse:
        if number > LARGEST_NUMBER:
            raise Missing
        stored = draft_of_case(self.member, self.case).section(section)
        form = PrintedForm(request.POST, prefix=f"c{number}")
        if not form.is_valid():
            return self._again(form, section, number)
        try:
            token = reprint_quote(
                member=self.member,
                draft=self.draft,
                section=stored.section,
                number=number,
                **form.cleaned_data,
            )
        except (Invalid, TooLarge) as error:
            form.add_error("printed", str(error.message))
            return self._again(form, section, number)
        except (Conflict, Gone) as error:
            return self.unsaved(error, form.cleaned_data["printed"])
        messages.success(request, _("Saved."))
        keys = {"slug": slug, "key": key}
        [now] = cited_numbers(token)
        return redirect(reverse("draft", kwargs=keys, fragment=f"citation-{now}"))

    def _again(self, form: PrintedForm, section: str, number: int) -> HttpResponse:
        quoted = {"quote_form": form, "quote_section": section, "quote_number": number}
        return self.page(status=422, **quoted)


class SectionVersionsView(InDraft):
    """Every version of a section, and what changed between any two."""

    template_name = "coding/draft_versions.html"

    def get(self, request: HttpRequest, slug: str, key: str, section: str) -> HttpResponse:
        view = draft_of_case(self.member, self.case)
        if view.draft is None:
            raise Missing
        shown = view.section(section)
        rows = section_versions(view.draft, shown.section)
        context = self.get_context_data(
            case=self.case, shown=shown, section="drafts", rows=rows, comparison=None
        )
        if rows:
            newer = _number(request.GET.get("to"), rows[0].number)
            before = next((r.number for r in rows if r.number < newer and r.ends_sitting), 0)
            older = _number(request.GET.get("from"), before)
            older, newer = sorted((older, newer))
            context["comparison"] = compare_versions(view.draft, shown.section, rows, older, newer)
            context |= {"older": older, "newer": newer, "sittings": by_sitting(rows)}
        return render(request, self.template_name, context)


def _number(given: str | None, otherwise: int) -> int:
    if given is None:
        return otherwise
    if not given.isdecimal() or len(given) > 9:
        raise Missing
    return int(given)


class DraftFileView(InDraft):
    """The description as a Word document. A form asks for it: every export is in history."""

    permission = Permission.EXPORT

    def post(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        try:
            content = export_case_report(member=self.member, case=self.case)
        except Missing:
            messages.error(request, _("Nothing is written yet."))
            return redirect(self.address())
        response = HttpResponse(content, content_type=DOCX)
        name = slugify(f"{self.study.slug}-{self.case.key}")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
        return response

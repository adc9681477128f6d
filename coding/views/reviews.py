"""Review on the page: hand in, decide, comment; and the queue of what waits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from coding.domain.queries.case_drafts import draft_of_case
from coding.domain.queries.reviews import review_queue
from coding.domain.reviews import (
    approve_draft,
    comment_on,
    reopen_draft,
    resolve_comment,
    return_draft,
    submit_draft,
)
from coding.enums import DraftState
from coding.forms.reviews import CommentForm, Decision, DecisionForm, SubmitForm
from coding.views.case_drafts import ASKED, InDraft
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Conflict, Invalid


class ReviewsView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "coding/review_queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            waiting=review_queue(self.member),
            returned=review_queue(self.member, DraftState.RETURNED),
            approved=review_queue(self.member, DraftState.APPROVED),
            **kwargs,
        )


class DraftSubmitView(InDraft):
    permission = Permission.DRAFTS_WRITE

    def post(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        form = SubmitForm(request.POST)
        if not form.is_valid():
            raise Invalid
        view = draft_of_case(self.member, self.case)
        if view.is_written and view.lacking and not form.cleaned_data["as_is"]:
            keys = {"slug": slug, "key": key}
            return redirect(reverse("draft", kwargs=keys, query={ASKED: 1}))
        version = form.cleaned_data["base_version"]
        try:
            submit_draft(member=self.member, draft=self.draft, base_version=version)
        except (Conflict, Invalid) as error:
            return self.page(status=error.status, review_problem=error.message)
        messages.success(request, _("Submitted for review."))
        return redirect(self.address())


class DraftDecisionView(InDraft):
    permission = Permission.DRAFTS_REVIEW

    def post(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, decision_form=form)
        try:
            self._decide(**form.cleaned_data)
        except Invalid as error:
            form.add_error("reason", str(error.message))
            return self.page(status=422, decision_form=form)
        except Conflict as error:
            return self.page(status=409, review_problem=error.message)
        return redirect(self.address())

    def _decide(self, decision: str, reason: str, base_version: int) -> None:
        given: dict[str, Any] = {
            "member": self.member, "draft": self.draft, "reason": reason,
            "base_version": base_version,
        }  # fmt: skip
        match Decision(decision):
            case Decision.RETURN:
                return_draft(**given)
                said = _("Returned to the writer.")
            case Decision.APPROVE:
                approve_draft(**given)
                said = _("Approved. Nobody can change the text until it is reopened.")
            case Decision.REOPEN:
                reopen_draft(**given)
                said = _("Reopened. It can be written in again.")
        messages.success(self.request, said)


class SectionCommentView(InDraft):
    permission = Permission.DRAFTS_WRITE

    def post(self, request: HttpRequest, slug: str, key: str, section: str) -> HttpResponse:
        view = draft_of_case(self.member, self.case).section(section)
        form = CommentForm(request.POST, auto_id=f"comment-{section}-%s")
        if not form.is_valid():
            return self.page(status=422, wrong_comment=form, wrong_section=section)
        comment_on(
            member=self.member,
            draft=self.draft,
            section=view.section,
            text=form.cleaned_data["text"],
        )
        return redirect(self.address(section=section))


class CommentResolveView(InDraft):
    permission = Permission.DRAFTS_WRITE

    def post(self, request: HttpRequest, slug: str, key: str, comment: UUID) -> HttpResponse:
        resolved = resolve_comment(member=self.member, comment_id=comment)
        return redirect(self.address(section=resolved.section_text.section.key))

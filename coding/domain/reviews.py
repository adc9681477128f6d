"""Verbs of review: submit, return, approve, reopen; comments on sections."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coding.domain.case_drafts import NOUN, fresh_draft
from coding.domain.queries.case_drafts import draft_of_case
from coding.enums import DraftState, ReviewStepKind
from coding.models import CaseDraft, Comment, ReviewStep, SectionText
from interviews.models import TemplateSection
from workbench.access.permissions import Permission
from workbench.access.views import require
from workbench.domain.changing import changing
from workbench.domain.rows import record_act
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

COMMENT_CHARACTERS = 10_000
_STATE_AFTER = {
    ReviewStepKind.SUBMIT: DraftState.SUBMITTED,
    ReviewStepKind.RETURN: DraftState.RETURNED,
    ReviewStepKind.APPROVE: DraftState.APPROVED,
    ReviewStepKind.REOPEN: DraftState.DRAFT,
}
_STATES_BEFORE = {
    ReviewStepKind.SUBMIT: {DraftState.DRAFT, DraftState.RETURNED},
    ReviewStepKind.RETURN: {DraftState.SUBMITTED},
    ReviewStepKind.APPROVE: {DraftState.SUBMITTED},
    ReviewStepKind.REOPEN: {DraftState.APPROVED},
}
_ACTIONS = {
    ReviewStepKind.SUBMIT: Action.SUBMITTED,
    ReviewStepKind.RETURN: Action.RETURNED,
    ReviewStepKind.APPROVE: Action.APPROVED,
    ReviewStepKind.REOPEN: Action.REOPENED,
}


def submit_draft(*, member: Member, draft: CaseDraft, base_version: int) -> ReviewStep:
    """Hands the description to the project leads. Raises Invalid when nothing is written."""
    require(member, Permission.DRAFTS_WRITE)
    with changing(member):
        draft = _seen(member, draft, ReviewStepKind.SUBMIT, base_version)
        if not SectionText.objects.filter(draft=draft).exclude(text="").exists():
            raise Invalid(_("Nothing is written yet."), code="empty")
        return _step(member, draft, ReviewStepKind.SUBMIT)


def return_draft(*, member: Member, draft: CaseDraft, reason: str, base_version: int) -> ReviewStep:
    """Gives the description back to its writer, with a reason."""
    require(member, Permission.DRAFTS_REVIEW)
    if not reason.strip():
        raise Invalid(_("Say what is missing, so that the writer knows."), code="reason_missing")
    with changing(member):
        draft = _seen(member, draft, ReviewStepKind.RETURN, base_version)
        return _step(member, draft, ReviewStepKind.RETURN, reason)


def approve_draft(
    *, member: Member, draft: CaseDraft, base_version: int, reason: str = ""
) -> ReviewStep:
    """Closes the description. Where something is missing, a reason is kept.

    Raises Invalid `incomplete` with the keys of the sections that are empty, do not cite a
    source they must, or cite one that needs checking.
    """
    require(member, Permission.DRAFTS_REVIEW)
    with changing(member):
        draft = _seen(member, draft, ReviewStepKind.APPROVE, base_version)
        lacking = draft_of_case(member, draft.case).lacking
        if lacking and not reason.strip():
            raise Invalid(
                _("Something is missing. Say why you approve all the same."),
                code="incomplete",
                sections=[each.section.key for each in lacking],
            )
        return _step(member, draft, ReviewStepKind.APPROVE, reason)


def reopen_draft(
    *, member: Member, draft: CaseDraft, base_version: int, reason: str = ""
) -> ReviewStep:
    """Makes an approved description a draft again."""
    require(member, Permission.DRAFTS_REVIEW)
    with changing(member):
        draft = _seen(member, draft, ReviewStepKind.REOPEN, base_version)
        return _step(member, draft, ReviewStepKind.REOPEN, reason)


def _seen(member: Member, draft: CaseDraft, kind: ReviewStepKind, base_version: int) -> CaseDraft:
    """The description as the person saw it; a Conflict when it went on since."""
    draft = fresh_draft(member, draft.pk)
    if draft.state not in _STATES_BEFORE[kind]:
        raise Conflict(
            _("The case description is not in a state for that any more."),
            code="other_state",
            state=draft.state,
        )
    if draft.version != base_version:
        raise Conflict(
            _("Someone changed the text since you opened it. Read it once more."),
            code="version_behind",
            version=draft.version,
        )
    return draft


def _step(member: Member, draft: CaseDraft, kind: ReviewStepKind, reason: str = "") -> ReviewStep:
    texts = SectionText.objects.filter(draft=draft).order_by("section__order")
    versions = dict(texts.values_list("section__key", "version"))
    step = ReviewStep.objects.create(
        draft=draft, kind=kind, by=member.user, reason=reason.strip(), versions=versions
    )
    before = draft.state
    draft.state = _STATE_AFTER[kind]
    draft.version += 1
    draft.save(update_fields=["state", "version", "updated_at"])
    record_act(
        member,
        _ACTIONS[kind],
        NOUN,
        draft,
        before={"state": before},
        after={
            "state": draft.state,
            "versions": dict(texts.values_list("section__title", "version")),
            # What it says can quote somebody: history looks it up and keeps none of it.
            "reason": str(step.pk) if step.reason else "",
        },
    )
    return step


def comment_on(*, member: Member, draft: CaseDraft, section: TemplateSection, text: str) -> Comment:
    """A remark on a section as it stands now; its words stay out of history."""
    text = text.strip()
    if not text:
        raise Invalid(_("Write something first."), code="empty")
    if len(text) > COMMENT_CHARACTERS:
        raise Invalid(_("A comment has at most 10,000 characters."), code="too_long")
    with changing(member):
        draft = fresh_draft(member, draft.pk)
        if section.template.study_id != member.study_id:
            raise Missing
        current, _created = SectionText.objects.get_or_create(draft=draft, section=section)
        comment = Comment.objects.create(
            section_text=current, author=member.user, text=text, on_version=current.version
        )
        record_act(
            member,
            Action.COMMENTED,
            NOUN,
            draft,
            after={
                "section": section.title,
                "version": current.version,
                "comment": str(comment.pk),
            },
        )
    return comment


def resolve_comment(*, member: Member, comment_id: UUID) -> Comment:
    """Takes a remark off the list; asking again is the same."""
    with changing(member):
        comment = (
            Comment.objects.select_related("section_text__draft__case", "section_text__section")
            .filter(pk=comment_id, section_text__draft__study_id=member.study_id)
            .first()
        )
        if comment is None:
            raise Missing
        if comment.resolved_at is not None:
            return comment
        comment.resolved_at, comment.resolved_by = timezone.now(), member.user
        comment.save(update_fields=["resolved_at", "resolved_by"])
        record_act(
            member,
            Action.RESOLVED,
            NOUN,
            comment.section_text.draft,
            after={"section": comment.section_text.section.title, "comment": str(comment.pk)},
        )
    return comment

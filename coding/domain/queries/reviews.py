"""What waits for a project lead: descriptions handed in, the oldest first."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from coding.enums import DraftState, ReviewStepKind
from coding.models import CaseDraft, ReviewStep
from workbench.models import Member, User


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A description on its way through review."""

    draft: CaseDraft
    step: ReviewStep
    open_comments: int

    @property
    def by(self) -> User:
        return self.step.by

    @property
    def since(self) -> dt.datetime:
        return self.step.created_at


def review_queue(member: Member, state: DraftState = DraftState.SUBMITTED) -> list[ReviewRow]:
    """The study's descriptions in a state, by how long they have been in it. Two queries."""
    kinds = {
        DraftState.SUBMITTED: ReviewStepKind.SUBMIT,
        DraftState.RETURNED: ReviewStepKind.RETURN,
        DraftState.APPROVED: ReviewStepKind.APPROVE,
    }
    newest = ReviewStep.objects.filter(draft=OuterRef("pk"), kind=kinds[state]).order_by(
        "-created_at"
    )
    drafts = list(
        CaseDraft.objects.filter(study=member.study, state=state, case__removed_at__isnull=True)
        .select_related("case")
        .annotate(
            step=Subquery(newest.values("pk")[:1]),
            open_comments=Count(
                "sections__comments", filter=Q(sections__comments__resolved_at__isnull=True)
            ),
        )
    )
    steps = ReviewStep.objects.select_related("by").in_bulk([draft.step for draft in drafts])
    rows = [ReviewRow(draft, steps[draft.step], draft.open_comments) for draft in drafts]
    return sorted(rows, key=lambda row: row.since)

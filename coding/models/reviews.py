"""Review: submitted, returned with a reason, approved; comments on sections."""

from django.conf import settings
from django.db import models

from coding.enums import ReviewStepKind
from coding.models.case_drafts import CaseDraft, SectionText
from workbench.models import Noun, one_of


class ReviewStep(Noun):
    draft = models.ForeignKey(CaseDraft, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    # {section key: version number} as they stood: exactly what was submitted or approved.
    versions = models.JSONField(default=dict)

    class Meta:
        ordering = ["created_at"]
        constraints = [one_of("kind", ReviewStepKind, "review_step_known")]

    def __str__(self) -> str:
        return self.kind


class Comment(Noun):
    section_text = models.ForeignKey(SectionText, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    # The version it was written about.
    on_version = models.PositiveIntegerField(default=0)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.pk)

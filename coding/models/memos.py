"""Memo: a note on anything; it points at (noun, uuid)."""

from django.conf import settings
from django.db import models

from coding.enums import MemoKind
from workbench.models import Noun, Study, one_of


class MemoQuerySet(models.QuerySet["Memo"]):
    def visible_to(self, user: models.Model) -> "MemoQuerySet":
        """Live memos: shared ones, and the person's own private ones."""
        return self.filter(removed_at__isnull=True).filter(
            models.Q(private=False) | models.Q(author=user)
        )


class Memo(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="memos")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memos")
    # Empty: a memo on the study as a whole.
    noun = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=15, default=MemoKind.OBSERVATION)
    private = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True)

    objects = MemoQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [one_of("kind", MemoKind, "memo_kind_known")]

    def __str__(self) -> str:
        return self.title or self.kind

"""Excerpt: the identity of a passage. Placement: where it stands in one revision."""

from django.db import models

from coding.enums import PlacementState
from interviews.models import Document, DocumentRevision
from workbench.models import Noun, Study, one_of


class Excerpt(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="excerpts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="excerpts")

    def __str__(self) -> str:
        return str(self.pk)


class Placement(models.Model):
    """[start, end) in code points; `quote == text[start:end]` always.

    While it is unplaced this is only where the words most probably stand in that revision;
    `start == end` then says that none of them are left there.
    """

    excerpt = models.ForeignKey(Excerpt, models.CASCADE, related_name="placements")
    revision = models.ForeignKey(DocumentRevision, models.PROTECT, related_name="placements")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, default=PlacementState.PLACED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["excerpt", "revision"], name="placed_once_a_revision"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end"))
                | models.Q(start=models.F("end"), state=PlacementState.UNPLACED),
                name="placement_not_empty",
            ),
            one_of("state", PlacementState, "placement_state_known"),
        ]
        indexes = [
            models.Index(fields=["revision", "start", "end"], name="placements_by_place"),
            models.Index(
                fields=["revision"],
                condition=models.Q(state=PlacementState.UNPLACED),
                name="placements_unplaced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

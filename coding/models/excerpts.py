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
    """[start, end) in code points; `quote == text[start:end]` always."""

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
                condition=models.Q(start__lt=models.F("end")), name="placement_not_empty"
            ),
            one_of("state", PlacementState, "placement_state_known"),
        ]
        indexes = [models.Index(fields=["revision", "start", "end"], name="placements_by_place")]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

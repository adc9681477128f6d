"""Coding: code x excerpt x coder."""

from django.conf import settings
from django.db import models

from coding.enums import CodingSource, Direction
from coding.models.codebook import Code
from coding.models.excerpts import Excerpt
from interviews.models import Document
from workbench.models import Member, Study, one_of
from workbench.models.noun import Noun


class CodingQuerySet(models.QuerySet["Coding"]):
    def visible_to(self, member: Member, *, removed: bool = False) -> "CodingQuerySet":
        """The only door to codings: those of the member's study that the member may see.

        Live ones; with `removed` also those taken away, for undo and for the changes feed.
        """
        visible = self.filter(study_id=member.study_id)
        return visible if removed else visible.filter(removed_at__isnull=True)

    def standing(self) -> "CodingQuerySet":
        """Those that a page can show: neither they nor their material were taken away."""
        hidden = Document.objects.filter(removed_at__isnull=False)
        return self.filter(removed_at__isnull=True).exclude(document__in=hidden)


class Coding(Noun):
    """Its id is made by the client, so that sending it twice is one coding."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="codings")
    # Same as the excerpt's; here because every question starts from study, document or code.
    document = models.ForeignKey(Document, models.PROTECT, related_name="codings")
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="codings")
    code = models.ForeignKey(Code, models.PROTECT, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="codings")
    source = models.CharField(max_length=10, default=CodingSource.MANUAL)
    direction = models.CharField(max_length=10, blank=True)
    weight = models.PositiveSmallIntegerField(null=True)
    codebook_version = models.PositiveIntegerField(default=1)
    # Counts changes of this coding; what If-Match names.
    version = models.PositiveIntegerField(default=1)
    # The study's change number of the last change: the cursor of the changes feed.
    change_number = models.PositiveBigIntegerField()
    # Digest of the request that made it: the same one again is answered, another refused.
    request_digest = models.CharField(max_length=64, blank=True)
    removed_at = models.DateTimeField(null=True)

    objects = CodingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "excerpt", "coder"],
                condition=models.Q(removed_at__isnull=True),
                name="coding_live_once",
            ),
            one_of("source", CodingSource, "coding_source_known"),
            models.CheckConstraint(
                condition=models.Q(direction__in=["", *[d.value for d in Direction]]),
                name="coding_direction_known",
            ),
            models.CheckConstraint(
                condition=models.Q(weight__isnull=True) | models.Q(weight__range=(1, 3)),
                name="coding_weight_known",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "removed_at"], name="codings_of_document"),
            models.Index(fields=["study", "change_number"], name="codings_by_change"),
            # With the document, so that counting by code reads the index alone.
            models.Index(
                fields=["study", "code", "removed_at", "document"], name="codings_of_code"
            ),
            models.Index(fields=["study", "-created_at"], name="codings_newest"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

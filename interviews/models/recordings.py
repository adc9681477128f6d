"""Sound or picture of an interview."""

from django.db import models

from interviews.enums import RecordingKind
from interviews.models.visits import Interview
from workbench.models import Noun, Study, one_of


class Recording(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="recordings")
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="recordings")
    kind = models.CharField(max_length=5)
    media_type = models.CharField(max_length=40)
    # Its path under MEDIA_ROOT. The name it came with is often a person's and is not kept.
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    duration_ms = models.PositiveBigIntegerField(null=True)
    # How loud it is along the way, 0 to 255; empty where nobody has measured it.
    peaks = models.JSONField(default=list)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("kind", RecordingKind, "recording_kind_known"),
            # Time codes of a transcript can mean one recording only.
            models.UniqueConstraint(
                fields=["interview"],
                condition=models.Q(removed_at__isnull=True),
                name="one_recording_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.media_type

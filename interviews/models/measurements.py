"""Measurement: what an instrument said of a case at some time, never without its caveat."""

from django.db import models

from interviews.models.figures import Figure, has_value
from workbench.models import Noun, Study


class Instrument(Noun):
    """What is measured with: its questions, its scale, and what it is compared with."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="instruments")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=50, blank=True)
    # What is asked, one line each.
    asked = models.TextField(blank=True)
    scale_from = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    scale_to = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    scale_from_label = models.CharField(max_length=100, blank=True)
    scale_to_label = models.CharField(max_length=100, blank=True)
    norm = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    norm_year = models.PositiveSmallIntegerField(null=True)
    # Whose mean it is, and where that stands.
    norm_source = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "name"],
                condition=models.Q(removed_at__isnull=True),
                name="instrument_name_once",
            ),
            models.CheckConstraint(
                condition=models.Q(scale_from__isnull=True, scale_to__isnull=True)
                | models.Q(scale_from__lt=models.F("scale_to")),
                name="instrument_scale_has_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Measurement(Figure):
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="measurements")
    # How many answered.
    n = models.PositiveIntegerField(null=True)
    # Somebody has looked, and there is no caveat.
    no_caveat = models.BooleanField(default=False)

    class Meta:
        ordering = ["date", "created_at"]
        constraints = [
            models.CheckConstraint(condition=has_value(), name="measurement_has_a_value"),
            models.CheckConstraint(
                condition=models.Q(no_caveat=True, caveat="")
                | models.Q(no_caveat=False) & ~models.Q(caveat=""),
                name="measurement_caveat_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.date_text or self.date}".strip()

"""Case: a workplace."""

from django.db import models

from interviews.models.registry import MappedProject
from interviews.models.selection import Candidate
from workbench.models import Noun, Study


class Case(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="cases")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    # Typed variables by name: text, number, true / false.
    attributes = models.JSONField(default=dict, blank=True)
    mapped_project = models.ForeignKey(
        MappedProject, models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    # What it was chosen from.
    candidate = models.OneToOneField(
        Candidate, models.PROTECT, null=True, blank=True, related_name="case"
    )
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["study", "key"], name="case_key_once")]

    def __str__(self) -> str:
        return self.name

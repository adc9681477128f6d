"""Interview kit: a tree of sections and questions with stable keys."""

from django.db import models

from interviews.enums import KitItemKind
from interviews.models.analysis_frames import AnalysisQuestion
from interviews.models.case_templates import TemplateSection
from workbench.models import Noun, Study, one_of


class Kit(Noun):
    study = models.OneToOneField(Study, models.CASCADE, related_name="kit")
    title = models.CharField(max_length=200, blank=True)
    # [{"key", "label", "options": [{"key", "label"}]}]: kinds of gain, kinds of challenge.
    answer_categories = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.title or str(self.study)


class KitItem(Noun):
    kit = models.ForeignKey(Kit, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=10, default=KitItemKind.QUESTION)
    key = models.CharField(max_length=80)
    # Printed number, e.g. "3.2.2"; follows from the tree and is kept with it.
    number = models.CharField(max_length=30, blank=True)
    text = models.TextField()
    # One meaning at several places: items with the same recurrence are compared across them.
    recurrence = models.CharField(max_length=60, blank=True)
    # Keys of the kit's answer categories this question offers.
    categories = models.JSONField(default=list, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    # Position in the whole outline, depth first.
    order = models.PositiveIntegerField(default=0)
    analysis_questions = models.ManyToManyField(AnalysisQuestion, related_name="kit_items")
    template_sections = models.ManyToManyField(TemplateSection, related_name="kit_items")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "key"], name="kit_key_once"),
            one_of("kind", KitItemKind, "kit_item_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()

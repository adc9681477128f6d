"""Interview kit: a tree of sections and questions with stable keys."""

from django.conf import settings
from django.db import models

from interviews.enums import KitItemKind
from interviews.models.analysis_frames import AnalysisQuestion
from interviews.models.case_templates import TemplateSection
from interviews.models.cases import Case
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


class KitAdaptation(Noun):
    """How one case asks an item of the guide, where it does not ask it as the guide does."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="kit_adaptations")
    item = models.ForeignKey(KitItem, models.CASCADE, related_name="adaptations")
    # Not asked there, with all that lies under it.
    off = models.BooleanField(default=False)
    # The wording there; empty: the guide's.
    text = models.TextField(blank=True)
    # Questions asked besides; what is said to them counts as an answer to the item.
    added = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["item__order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="kit_item_adapted_once")
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.item}"


class KitVersion(Noun):
    """The guide as it stood: frozen, never rewritten."""

    kit = models.ForeignKey(Kit, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)
    # [{"key", "number", "depth", "text"}] in the order of the guide.
    items = models.JSONField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "number"], name="kit_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}"

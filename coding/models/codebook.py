"""Codebook: the tree of codes, with versions."""

from django.conf import settings
from django.db import models

from coding.enums import CodeOrigin
from workbench.models import Noun, Study, one_of

LIVE = models.Q(removed_at__isnull=True)
COLOURS = 24


class CodebookVersion(Noun):
    """A change of structure or definition makes a new one; codings carry its number.

    `content` is the codebook as it stood: its codes in their order, each with its depth, its
    name and the five texts of its definition.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="codebook_versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    content = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="codebook_version_once")
        ]

    def __str__(self) -> str:
        return str(self.number)


class Code(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="codes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    # The name without case and look-alikes: two codes beside each other never share it.
    name_key = models.CharField(max_length=120)
    # Names from the root, joined by " / "; kept with the tree, so that lists need no recursion.
    path = models.CharField(max_length=1000)
    colour = models.PositiveSmallIntegerField(default=0)
    brief = models.CharField(max_length=300, blank=True)
    definition = models.TextField(blank=True)
    use_when = models.TextField(blank=True)
    not_when = models.TextField(blank=True)
    example = models.TextField(blank=True)
    origin = models.CharField(max_length=10, default=CodeOrigin.A_PRIORI)
    shortcut = models.CharField(max_length=1, blank=True)
    order = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)
    # Where its codings went when it was merged.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["study", "key"], name="code_key_once"),
            models.UniqueConstraint(
                fields=["study", "parent", "name_key"], condition=LIVE, name="code_name_once"
            ),
            models.UniqueConstraint(
                fields=["study", "name_key"],
                condition=LIVE & models.Q(parent__isnull=True),
                name="top_code_name_once",
            ),
            models.UniqueConstraint(
                fields=["study", "shortcut"],
                condition=LIVE & ~models.Q(shortcut=""),
                name="code_shortcut_once",
            ),
            models.CheckConstraint(
                condition=models.Q(colour__lt=COLOURS), name="code_colour_known"
            ),
            one_of("origin", CodeOrigin, "code_origin_known"),
        ]

    @property
    def is_defined(self) -> bool:
        return bool(self.brief or self.definition or self.use_when or self.not_when)

    def __str__(self) -> str:
        return self.name

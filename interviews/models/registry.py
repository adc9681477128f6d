"""The map: projects that were found, how surely each is known, what a report printed of them."""

from django.db import models

from interviews.enums import Precision, ProjectStatus, Sector, TallyAxis
from interviews.models.sources import Source
from workbench.models import Noun, Study, User, one_of


class MappedProject(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="mapped_projects")
    key = models.SlugField(max_length=60)
    # The workplace or workplaces; `title` is what the project calls itself.
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=300, blank=True)
    # 1 practice and experience described, 2 purpose and design described, 3 only known about.
    level = models.PositiveSmallIntegerField(default=3)
    # Why it stands on its level though it does not meet the level's test; empty: it does.
    level_doubt = models.CharField(max_length=300, blank=True)
    # Names of councils, as the overview has them, and as the longer description has them.
    councils = models.JSONField(default=list, blank=True)
    councils_described = models.JSONField(default=list, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    funding = models.CharField(max_length=200, blank=True)
    funding_described = models.CharField(max_length=300, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    period_printed = models.CharField(max_length=200, blank=True)
    # Follow from what is printed; an open end stays empty.
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    period_precision = models.CharField(max_length=10, blank=True)
    period_approximate = models.BooleanField(default=False)
    period_ambiguous = models.BooleanField(default=False)
    status = models.CharField(max_length=10, default=ProjectStatus.UNKNOWN)
    # What the status was read from.
    status_note = models.CharField(max_length=200, blank=True)
    consultants = models.TextField(blank=True)
    actors = models.TextField(blank=True)
    concepts = models.TextField(blank=True)
    tools = models.TextField(blank=True)
    results = models.TextField(blank=True)
    # What it is known from, as references; and who or what led to it.
    references = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, related_name="projects")
    note = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["study", "key"], name="mapped_project_key_once"),
            models.CheckConstraint(
                condition=models.Q(level__in=[1, 2, 3]), name="mapped_project_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(sector__in=["", *Sector]), name="mapped_project_sector_known"
            ),
            models.CheckConstraint(
                condition=models.Q(period_precision__in=["", *Precision]),
                name="mapped_project_precision_known",
            ),
            one_of("status", ProjectStatus, "mapped_project_status_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def councils_differ(self) -> bool:
        """Whether the longer description names other councils than the overview."""
        described = set(self.councils_described)
        return bool(described) and described != set(self.councils)


class LevelChange(Noun):
    """A project that moved from one level to another, and why."""

    project = models.ForeignKey(MappedProject, models.CASCADE, related_name="level_changes")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]


class PrintedTally(Noun):
    """A count that a report printed, kept as printed beside what the map holds."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="printed_tallies")
    axis = models.CharField(max_length=10)
    # None: over all levels.
    level = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=100, blank=True)
    # [{"key", "label", "count", "percent" or null}], in the printed order.
    rows = models.JSONField(default=list)
    total = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["axis", "level"]
        constraints = [
            models.UniqueConstraint(fields=["study", "axis", "level"], name="printed_tally_once"),
            models.UniqueConstraint(
                fields=["study", "axis"],
                condition=models.Q(level__isnull=True),
                name="printed_tally_over_all_once",
            ),
            one_of("axis", TallyAxis, "printed_tally_axis_known"),
        ]

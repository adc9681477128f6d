"""Case description: section texts with citations, in versions."""

from django.conf import settings
from django.db import models

from coding.enums import CitationMode, DraftState
from coding.models.excerpts import Excerpt, Placement
from interviews.models import Case, KeyFigure, Measurement, TemplateSection
from workbench.models import Noun, Study, one_of


class CaseDraft(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="drafts")
    case = models.OneToOneField(Case, models.PROTECT, related_name="draft")
    state = models.CharField(max_length=10, default=DraftState.DRAFT)
    # The next number of a citation token, [@n]; never reused within a draft.
    next_citation = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [one_of("state", DraftState, "draft_state_known")]

    def __str__(self) -> str:
        return str(self.case)


class SectionText(Noun):
    """The current text of one section; `version` is what If-Match names."""

    draft = models.ForeignKey(CaseDraft, models.CASCADE, related_name="sections")
    section = models.ForeignKey(TemplateSection, models.PROTECT, related_name="texts")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "section"], name="section_text_once")
        ]

    def __str__(self) -> str:
        return str(self.section)


class SectionVersion(Noun):
    """One saved state of a section; kept, so that nothing written is ever lost."""

    section_text = models.ForeignKey(SectionText, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["section_text", "number"], name="section_version_once")
        ]

    def __str__(self) -> str:
        return str(self.number)


def _only(*given: str) -> models.Q:
    every = ("excerpt", "placement", "measurement", "key_figure")
    return models.Q(**{f"{name}__isnull": name not in given for name in every})


class Citation(Noun):
    """[@number] in the draft's texts: an excerpt quoted or referred to, or a figure."""

    draft = models.ForeignKey(CaseDraft, models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField()
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, null=True, related_name="citations")
    # The words as they stood when quoted; a difference from today's turns it stale.
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, related_name="citations")
    measurement = models.ForeignKey(Measurement, models.PROTECT, null=True, related_name="+")
    key_figure = models.ForeignKey(KeyFigure, models.PROTECT, null=True, related_name="+")
    mode = models.CharField(max_length=15, default=CitationMode.QUOTE)
    # The quote as printed: marked omissions and insertions, hesitations dropped, nothing else.
    # Of a figure what was printed when it was cited: value, date, caveat.
    printed = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="citation_number_once"),
            one_of("mode", CitationMode, "citation_mode_known"),
            models.CheckConstraint(
                condition=_only("excerpt", "placement")
                | _only("measurement")
                | _only("key_figure"),
                name="citation_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"[@{self.number}]"

    @property
    def figure(self) -> Measurement | KeyFigure | None:
        return self.measurement or self.key_figure

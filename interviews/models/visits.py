"""Visit and interview: when, in what form, with whom."""

from django.conf import settings
from django.db import models
from django.utils import dateformat
from django.utils.translation import pgettext

from interviews.enums import InterviewForm
from interviews.models.cases import Case
from interviews.models.kits import KitVersion
from interviews.models.participants import Participant
from workbench.models import Noun, Study, one_of


class Visit(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="visits")
    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    title = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True, blank=True)
    # As it is known, e.g. "18 or 30 April 2013".
    date_text = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["date", "created_at"]

    def __str__(self) -> str:
        if self.title or not self.date:
            return self.title or self.date_text
        return dateformat.format(self.date, pgettext("date format", "j M Y"))


class Interview(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="interviews")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="interviews")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=20, default=InterviewForm.INDIVIDUAL)
    # Which version of the guide was brought along; None: nobody said.
    kit_version = models.ForeignKey(
        KitVersion, models.PROTECT, null=True, blank=True, related_name="interviews"
    )
    recorded = models.BooleanField(null=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    participants = models.ManyToManyField(Participant, related_name="interviews")
    interviewers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    people_planned = models.PositiveIntegerField(null=True, blank=True)
    people_actual = models.PositiveIntegerField(null=True, blank=True)
    difference = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="interview_number_once"),
            one_of("form", InterviewForm, "interview_form_known"),
        ]

    def __str__(self) -> str:
        return self.title

"""Choosing: criteria in versions, candidates, how each meets them, and contact with them."""

from django.conf import settings
from django.db import models
from django.utils import dateformat
from django.utils.translation import pgettext

from interviews.enums import (
    CandidateState,
    Certainty,
    ContactWay,
    CriterionScope,
    Reading,
    SelectionState,
)
from interviews.models.registry import MappedProject
from workbench.models import Noun, Study, one_of


class SelectionVersion(Noun):
    """One list of criteria. The last one is open while it is proposed, the others are frozen."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="selection_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=SelectionState.PROPOSED)
    # Why there is a new list.
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "number"], name="selection_version_number_once"
            ),
            one_of("state", SelectionState, "selection_version_state_known"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class SelectionCriterion(Noun):
    """A criterion as one version words it; `key` stays from version to version."""

    version = models.ForeignKey(SelectionVersion, models.PROTECT, related_name="criteria")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    # What it covers, a line each.
    aspects = models.JSONField(default=list, blank=True)
    scope = models.CharField(max_length=10, default=CriterionScope.CASE)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="criterion_key_once"),
            one_of("scope", CriterionScope, "criterion_scope_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Candidate(Noun):
    """A workplace that may become a case; once it is one, the case says what is known of it."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="candidates")
    # The project on the map that led to it.
    project = models.ForeignKey(
        MappedProject, models.SET_NULL, null=True, blank=True, related_name="candidates"
    )
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    # As of a case: typed variables by name.
    attributes = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, default=CandidateState.CONSIDERED)
    # Why it was not chosen.
    reason = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "name"]
        constraints = [one_of("state", CandidateState, "candidate_state_known")]

    def __str__(self) -> str:
        return self.name


class CriterionMark(Noun):
    """How a candidate meets a criterion; it belongs to the key, whatever version is looked at."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="criterion_marks")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="marks")
    criterion_key = models.SlugField(max_length=60)
    # The version whose wording was judged by.
    version = models.ForeignKey(SelectionVersion, models.PROTECT, related_name="marks")
    reading = models.CharField(max_length=10, default=Reading.UNKNOWN)
    certainty = models.CharField(max_length=10, default=Certainty.CERTAIN)
    evidence = models.TextField(blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    marked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["criterion_key"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "criterion_key"], name="mark_once"),
            one_of("reading", Reading, "mark_reading_known"),
            one_of("certainty", Certainty, "mark_certainty_known"),
        ]

    def __str__(self) -> str:
        return self.criterion_key


class Contact(Noun):
    """One contact with a candidate: when, how, with whom, what was agreed."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="contacts")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="contacts")
    date = models.DateField(null=True)
    # As it is known, e.g. "spring 2013".
    date_text = models.CharField(max_length=100, blank=True)
    way = models.CharField(max_length=10, default=ContactWay.PHONE)
    who = models.CharField(max_length=200, blank=True)
    agreed = models.TextField(blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [models.F("date").asc(nulls_last=True), "created_at"]
        constraints = [one_of("way", ContactWay, "contact_way_known")]

    def __str__(self) -> str:
        if self.date is None:
            return self.date_text
        return dateformat.format(self.date, pgettext("date format", "j M Y"))

"""Filters of field work's lists: each stands in the address, so that a view is a link."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from interviews.domain.queries.labels import LEVELS, PROJECT_STATUSES, SECTORS
from interviews.domain.queries.registry import (
    council_names,
    fundings,
    ids_with_council,
    live_projects,
    with_cases,
)
from interviews.forms.choices import choices_of
from interviews.models import MappedProject
from workbench.models import Member

LONGEST_TEXT = 200
DOUBT = [
    ("level", _("Does not meet its level’s test")),
    ("period", _("Period can be read in two ways")),
    ("councils", _("Councils differ in the description")),
]


def _one(label: Any, choices: Any = (), **more: Any) -> Any:
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=_("All"), **more)


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]
    """The projects on a study's map; what the address asks for and nobody knows is told."""

    q = django_filters.CharFilter(
        label=_("Words in name or title"), max_length=LONGEST_TEXT, method="with_words"
    )
    level = _one(_("Level"), choices_of(LEVELS))
    council = _one(_("Council"), method="with_council")
    sector = _one(_("Sector"), choices_of(SECTORS))
    funding = _one(_("Funding"))
    status = _one(_("Status"), choices_of(PROJECT_STATUSES))
    doubt = _one(_("In doubt"), DOUBT, method="with_doubt")

    def __init__(self, data: QueryDict, *, member: Member) -> None:
        super().__init__(data, queryset=with_cases(live_projects(member)))
        self.filters["council"].extra["choices"] = [(n, n) for n in council_names(member)]
        self.filters["funding"].extra["choices"] = [(n, n) for n in fundings(member)]

    def with_words(
        self, projects: QuerySet[MappedProject], name: str, value: str
    ) -> QuerySet[MappedProject]:
        # SQLite folds only ASCII letters, so the words are compared here.
        words = value.casefold().split()
        found = [
            pk
            for pk, *told in projects.order_by().values_list("pk", "name", "title", "key")
            if all(word in " ".join(told).casefold() for word in words)
        ]
        return projects.filter(pk__in=found)

    def with_council(
        self, projects: QuerySet[MappedProject], name: str, value: str
    ) -> QuerySet[MappedProject]:
        return projects.filter(pk__in=ids_with_council(projects, value))

    def with_doubt(
        self, projects: QuerySet[MappedProject], name: str, value: str
    ) -> QuerySet[MappedProject]:
        if value == "level":
            return projects.exclude(level_doubt="")
        if value == "period":
            return projects.filter(Q(period_ambiguous=True) | Q(period_approximate=True))
        differ = [project.pk for project in projects if project.councils_differ]
        return projects.filter(pk__in=differ)

    @property
    def chosen(self) -> list[str]:
        """The names of the filters that narrow."""
        return [name for name, value in self.form.cleaned_data.items() if value]

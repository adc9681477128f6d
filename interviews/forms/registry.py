"""Forms of the map: a project, and its move to another level."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interviews.domain.queries.labels import (
    EXTRACTIONS,
    LEVEL_TESTS,
    LEVELS,
    PROJECT_STATUSES,
    SECTORS,
    words_of,
)
from interviews.domain.registry import EXTRACTED, KEY, NewProject, ProjectFacts
from interviews.enums import ProjectStatus, Sector
from interviews.forms.choices import choices_of
from interviews.models import MappedProject, Source
from workbench.forms.seen import SeenForm
from workbench.models import Study

# Fits a spreadsheet's cell, whatever the letters.
LONG = 10_000
COUNCILS = 20


def level_choices() -> list[tuple[str, str]]:
    """Each level with its test, so that one chooses by it."""
    return [(str(level), f"{LEVELS[level]}. {LEVEL_TESTS[level]}") for level in LEVELS]


class LevelField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Level"),
            choices=level_choices,
            coerce=int,
            widget=forms.RadioSelect,
            **kwargs,
        )


class NamesField(forms.CharField):
    """Names with semicolons between them, as a list without doubles."""

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        names = [" ".join(name.split()) for name in (super().to_python(value) or "").split(";")]
        found = list(dict.fromkeys(name for name in names if name))
        if len(found) > COUNCILS:
            raise forms.ValidationError(_("That is more names than a project has."))
        return found


def _long(label: Any, **kwargs: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2, "data-autosize": True})
    return forms.CharField(label=label, required=False, max_length=LONG, widget=area, **kwargs)


def _short(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length, **kwargs)


class ProjectForm(SeenForm):
    """Shows the texts that the project's level asks for; the others keep what they hold."""

    name = forms.CharField(
        label=_("Workplace"),
        max_length=300,
        help_text=_("The workplace, or the workplaces, where the project is."),
    )
    title = _short(_("Title of the project"), 300)
    level_doubt = _short(
        _("Why it stands on its level without meeting the test"),
        300,
        help_text=_("Empty when it meets the test. Counts tell how many do not."),
    )
    councils = NamesField(
        label=_("Councils"),
        required=False,
        max_length=300,
        help_text=_("With semicolons between them. Several count as one group: across councils."),
    )
    councils_described = NamesField(
        label=_("Councils in the longer description"),
        required=False,
        max_length=300,
        help_text=_("When it names other ones; the difference is shown."),
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("Not known")), *choices_of(SECTORS)]
    )
    funding = _short(_("Funding"), 200)
    funding_described = _short(_("Funding in the longer description"), 300)
    case_number = _short(_("Case number"), 40)
    period_printed = _short(
        _("Period, as it is printed"),
        200,
        help_text=_("E.g. “autumn 2011” or “2009 –”. It is read into dates by itself."),
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=choices_of(PROJECT_STATUSES), initial=ProjectStatus.UNKNOWN
    )
    status_note = _short(_("What the status is read from"), 200)
    consultants = _long(EXTRACTIONS["consultants"])
    actors = _long(EXTRACTIONS["actors"])
    concepts = _long(EXTRACTIONS["concepts"])
    tools = _long(EXTRACTIONS["tools"])
    results = _long(EXTRACTIONS["results"])
    references = _long(_("Known from"), help_text=_("Reports, applications, talks, addresses."))
    note = _long(_("Note"))
    sources = forms.ModelMultipleChoiceField(
        label=_("Who or what led to it"),
        queryset=Source.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        study: Study,
        level: int,
        kept: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kept = {name: (kept or {}).get(name, "") for name in EXTRACTED[1]}
        for name in set(EXTRACTED[1]) - set(EXTRACTED[level]):
            del self.fields[name]
        sources: Any = self.fields["sources"]
        sources.queryset = Source.objects.filter(study=study, removed_at__isnull=True)
        if not sources.queryset.exists():
            del self.fields["sources"]

    @property
    def extracted(self) -> list[Any]:
        return [self[name] for name in EXTRACTED[1] if name in self.fields]

    def facts(self) -> ProjectFacts:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ProjectFacts(
            **{
                **self._kept,
                **data,
                "sector": Sector(data["sector"]) if data["sector"] else None,
                "status": ProjectStatus(data["status"]),
                "sources": list(data.get("sources", ())),
            }
        )


class NewProjectForm(ProjectForm):
    """What puts a project on the map; the texts follow, when its level is known."""

    level = LevelField(initial=3)
    LATER = (
        "level_doubt", "councils_described", "funding_described", "case_number", "status_note",
        "references", "note", "sources", *EXTRACTED[1],
    )  # fmt: skip

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, study=study, level=1, **kwargs)
        for name in self.LATER:
            self.fields.pop(name, None)

    def facts(self) -> ProjectFacts:
        self.chosen_level = int(self.cleaned_data.pop("level"))
        return super().facts()


class LevelForm(SeenForm):
    """`seen` is the level that the person saw."""

    level = LevelField()
    reason = forms.CharField(
        label=_("Why it moves"),
        max_length=300,
        help_text=_("What was found, or what turned out to be missing. It is kept."),
    )

    @property
    def level_seen(self) -> int | None:
        return int(self.mark) if self.mark in {"1", "2", "3"} else None


CLOSED: dict[str, Mapping[Any, Promise]] = {
    "sector": SECTORS,
    "status": PROJECT_STATUSES,
    "level": LEVELS,
}


class RowForm(ProjectForm):
    """One row of a table: words of closed sets in Danish or English, or their values."""

    key = forms.RegexField(rf"\A{KEY.pattern}", label=_("Key"), required=False, max_length=60)
    level = forms.TypedChoiceField(
        label=_("Level"), choices=[(level, str(level)) for level in LEVELS], coerce=int
    )

    def __init__(self, cells: dict[str, str], *, study: Study) -> None:
        said = {"status": ProjectStatus.UNKNOWN.value, **cells}
        for name, labels in CLOSED.items():
            if name in said:
                said[name] = words_of(labels).get(said[name].casefold(), said[name])
        super().__init__(said, study=study, level=1)
        self.fields.pop("sources", None)
        self.fields.pop("seen")

    def project(self) -> NewProject:
        """Only for a row that is valid."""
        self.chosen = {name: self.cleaned_data.pop(name) for name in ("key", "level")}
        return NewProject(self.facts(), **self.chosen)

    def faults(self) -> list[str]:
        return [
            f"{self.fields[name].label}: {error}"
            for name, errors in self.errors.items()
            for error in errors
        ]


class CaseProjectForm(forms.Form):
    project = forms.ModelChoiceField(
        label=_("Mapped project"),
        queryset=MappedProject.objects.none(),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["project"]
        choice.queryset = MappedProject.objects.filter(study=study, removed_at__isnull=True)


class TableForm(forms.Form):
    table = forms.FileField(
        label=_("Table"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("CSV or XLSX, at most 500 projects."),
    )

"""The reference study's map: projects, what led to them, and what the report printed of them."""

import datetime as dt

from coding.domain.imports.fixtures import Record, reference
from interviews.formats.periods import parse_period
from interviews.models import (
    BiasStatement,
    Case,
    MappedProject,
    PrintedTally,
    Source,
)
from workbench.enums import Language
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Study

_SAME = (
    "key", "level", "level_doubt", "name", "title", "councils", "councils_described", "sector",
    "funding", "funding_described", "case_number", "period_printed", "status", "status_note",
    "consultants", "actors", "concepts", "tools", "results", "references", "note",
)  # fmt: skip


def load_registry(study: Study, language: Language) -> None:
    """Makes the whole map; cases of the study that a project became are linked to it."""
    asked = reference("sources", language)
    sources = _sources(study, asked["sources"])
    BiasStatement.objects.bulk_create(
        BiasStatement(study=study, text=text, order=order)
        for order, text in enumerate(asked["bias"])
    )
    fixture = reference("projects", language)["projects"]
    projects = MappedProject.objects.bulk_create(
        _project(study, each, order) for order, each in enumerate(fixture)
    )
    for project, each in zip(projects, fixture, strict=True):
        project.sources.set([sources[key] for key in each["sources"]])
        if each["case"]:
            Case.objects.filter(study=study, key=each["case"]).update(mapped_project=project)
    printed = reference("tallies", language)["tallies"]
    PrintedTally.objects.bulk_create(
        PrintedTally(
            study=study,
            **{name: each[name] for name in ("axis", "level", "place", "rows", "total", "note")},
        )
        for each in printed
    )
    record(
        study=study,
        actor=None,
        action=Action.CREATED,
        noun="map",
        subject=study.pk,
        label=study.title,
        after={"projects": len(projects), "sources": len(sources)},
    )


def _sources(study: Study, fixture: list[Record]) -> dict[str, Source]:
    """By their keys; who referred stands before whom they referred to."""
    made: dict[str, Source] = {}
    for order, each in enumerate(fixture):
        made[each["key"]] = Source.objects.create(
            study=study,
            kind=each["kind"],
            name=each["name"],
            question=each["question"],
            answer=each["answer"],
            asked_on=dt.date.fromisoformat(each["asked_on"]) if "asked_on" in each else None,
            referred_by=made[each["referred_by"]] if each["referred_by"] else None,
            order=order,
        )
    return made


def _project(study: Study, each: Record, order: int) -> MappedProject:
    period = parse_period(each["period_printed"])
    return MappedProject(
        study=study,
        order=order,
        period_start=period.start,
        period_end=period.end,
        period_precision=period.precision or "",
        period_approximate=period.approximate,
        period_ambiguous=period.ambiguous,
        **{name: each[name] for name in _SAME},
    )

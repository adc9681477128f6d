"""Verbs of the map: projects that were found, and the level each is known on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from interviews.enums import ProjectStatus, Sector
from interviews.formats.periods import parse_period
from interviews.models import LevelChange, MappedProject, Source
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import (
    fresh,
    hide,
    next_order,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member

NOUN = "mapped_project"
LEVELS: Final = (1, 2, 3)
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\Z")
# What is extracted on each level: the less is described, the fewer.
EXTRACTED: Final = {
    1: ("consultants", "actors", "concepts", "tools", "results"),
    2: ("consultants", "actors", "concepts", "tools"),
    3: ("concepts", "tools"),
}
# Longer texts: history says that they changed, not how.
QUIET = frozenset({*EXTRACTED[1], "references", "note"})


@dataclass(frozen=True)
class ProjectFacts:
    """What is known of a project; lengths as in the model, `councils` names without doubles."""

    name: str
    title: str = ""
    level_doubt: str = ""
    councils: Sequence[str] = ()
    councils_described: Sequence[str] = ()
    sector: Sector | None = None
    funding: str = ""
    funding_described: str = ""
    case_number: str = ""
    period_printed: str = ""
    status: ProjectStatus = ProjectStatus.UNKNOWN
    status_note: str = ""
    consultants: str = ""
    actors: str = ""
    concepts: str = ""
    tools: str = ""
    results: str = ""
    references: str = ""
    note: str = ""
    sources: Sequence[Source] = ()


COLUMNS = tuple(name for name in ProjectFacts.__dataclass_fields__ if name != "sources")
PERIOD = (
    "period_start", "period_end", "period_precision", "period_approximate", "period_ambiguous",
)  # fmt: skip


def project_of(*, member: Member, project_id: UUID) -> MappedProject:
    """A live project on the map of the member's study. Raises Missing."""
    found = MappedProject.objects.filter(
        pk=project_id, study_id=member.study_id, removed_at__isnull=True
    ).first()
    if found is None:
        raise Missing
    return found


def state_of(project: MappedProject) -> dict[str, Any]:
    """Columns, and the ids of sources."""
    sources = project.sources.filter(removed_at__isnull=True).values_list("pk", flat=True)
    return {
        **{name: getattr(project, name) for name in COLUMNS},
        "sources": sorted(str(pk) for pk in sources),
    }


def add_project(*, member: Member, facts: ProjectFacts, level: int, key: str = "") -> MappedProject:
    """A new project at the end of the map.

    Raises Invalid (name, level, key, other_study), Conflict `key_taken`.
    """
    _refuse_unnamed(facts)
    _refuse_level(level)
    with changing(member):
        _refuse_strangers(member, facts)
        project = MappedProject(
            study_id=member.study_id,
            key=_key(member, key, facts.name),
            level=level,
            order=next_order(MappedProject.objects.filter(study_id=member.study_id)),
        )
        _write(project, facts)
        project.save(force_insert=True)
        project.sources.set(facts.sources)
        record_act(
            member, Action.CREATED, NOUN, project, after={"key": project.key, "level": level}
        )
    return project


@dataclass(frozen=True)
class NewProject:
    """A project from a table; without a key it gets one from its name."""

    facts: ProjectFacts
    level: int
    key: str = ""


def add_projects(*, member: Member, projects: Sequence[NewProject]) -> list[MappedProject]:
    """Adds those that the map does not have yet, all or none; asking again adds nothing.

    Raises like `add_project`.
    """
    with changing(member):
        known = Known.on_the_map(member)
        added = []
        for each in projects:
            if known.takes(each.key, each.facts.name, each.facts.title):
                added.append(
                    add_project(member=member, facts=each.facts, level=each.level, key=each.key)
                )
    return added


@dataclass
class Known:
    """What the map has, removed projects too: by key, or by name and title."""

    keys: set[str]
    names: set[tuple[str, str]]

    @classmethod
    def on_the_map(cls, member: Member) -> "Known":
        held = MappedProject.objects.filter(study_id=member.study_id)
        rows = list(held.values_list("key", "name", "title"))
        return cls({key for key, *_called in rows}, {_called(*called) for _key, *called in rows})

    def takes(self, key: str, name: str, title: str) -> bool:
        """Whether it is new; from then on it is known."""
        called = _called(name, title)
        if key in self.keys if key else called in self.names:
            return False
        self.keys.add(key)
        self.names.add(called)
        return True


def _called(name: str, title: str) -> tuple[str, str]:
    return " ".join(name.split()).casefold(), " ".join(title.split()).casefold()


def tell_of_export(*, member: Member, form: str, rows: int, filters: dict[str, str]) -> None:
    """History says that the map, or what the filters leave of it, was taken out."""
    with changing(member):
        record(
            study=member.study,
            actor=member.user,
            action=Action.EXPORTED,
            noun="export",
            subject=uuid4(),
            label=f"map.{form}",
            after={"format": form, "rows": rows, "filters": filters},
        )


def change_project(
    *, member: Member, project: MappedProject, facts: ProjectFacts, seen: str | None = None
) -> MappedProject:
    """Rewrites a project but for its level. Raises Conflict `version_behind`, Invalid, Missing."""
    _refuse_unnamed(facts)
    with changing(member):
        project = standing(member, project)
        _refuse_strangers(member, facts)
        before = state_of(project)
        refuse_outdated(before, seen)
        _write(project, facts)
        project.save(update_fields=[*COLUMNS, *PERIOD])
        hidden = project.sources.filter(removed_at__isnull=False)
        project.sources.set([*facts.sources, *hidden])
        record_change(
            member=member,
            row=project,
            noun=NOUN,
            before=before,
            after=state_of(project),
            quiet=QUIET | {"sources"},
        )
    return project


def change_level(
    *, member: Member, project: MappedProject, level: int, reason: str, seen: int | None = None
) -> MappedProject:
    """Moves a project to another level; texts that the new level does not ask for are kept.

    `seen` is the level that the person saw. Asking for the level it has is nothing. Raises
    Conflict `level_moved`, Invalid (level, reason), Missing.
    """
    _refuse_level(level)
    reason = " ".join(reason.split())
    if not reason or len(reason) > 300:
        raise Invalid(_("Say why, in at most 300 characters."), code="reason")
    with changing(member):
        project = standing(member, project)
        if project.level == level:
            return project
        if seen is not None and project.level != seen:
            raise Conflict(
                _("Someone else moved the project to level %(level)d meanwhile.")
                % {"level": project.level},
                code="level_moved",
            )
        before, project.level = project.level, level
        # The doubt was about the level it had.
        project.level_doubt = ""
        project.save(update_fields=["level", "level_doubt"])
        LevelChange.objects.create(
            project=project, before=before, after=level, reason=reason, by=member.user
        )
        record_act(
            member,
            Action.CHANGED,
            NOUN,
            project,
            before={"level": before},
            after={"level": level, "reason": reason},
        )
    return project


def remove_project(*, member: Member, project: MappedProject) -> None:
    with changing(member):
        hide(member=member, row=fresh(member, project), noun=NOUN)


def restore_project(*, member: Member, project: MappedProject) -> None:
    with changing(member):
        show(member=member, row=fresh(member, project), noun=NOUN)


def _write(project: MappedProject, facts: ProjectFacts) -> None:
    for name in COLUMNS:
        value = getattr(facts, name)
        setattr(project, name, value.strip() if isinstance(value, str) else value)
    project.name = " ".join(facts.name.split())
    project.councils = list(dict.fromkeys(facts.councils))
    project.councils_described = list(dict.fromkeys(facts.councils_described))
    project.sector = facts.sector or ""
    period = parse_period(facts.period_printed)
    project.period_start, project.period_end = period.start, period.end
    project.period_precision = period.precision or ""
    project.period_approximate = period.approximate
    project.period_ambiguous = period.ambiguous


def _key(member: Member, key: str, name: str) -> str:
    taken = MappedProject.objects.filter(study_id=member.study_id)
    if not key:
        keys = frozenset(taken.values_list("key", flat=True))
        return free_key(name, keys, fallback="project", length=50, joint="-")
    if not KEY.match(key):
        raise Invalid(
            _("A key has small letters a to z, figures, hyphens, and starts with one of them."),
            code="key",
        )
    if taken.filter(key=key).exists():
        raise Conflict(_("Another project on the map has this key."), code="key_taken")
    return key


def _refuse_unnamed(facts: ProjectFacts) -> None:
    name = " ".join(facts.name.split())
    if not name or len(name) > 300:
        raise Invalid(_("Give the project a name of at most 300 characters."), code="name")


def _refuse_level(level: int) -> None:
    if level not in LEVELS:
        raise Invalid(_("A level is 1, 2 or 3."), code="level")


def _refuse_strangers(member: Member, facts: ProjectFacts) -> None:
    if any(source.study_id != member.study_id for source in facts.sources):
        raise Invalid(_("A source belongs to another study."), code="other_study")

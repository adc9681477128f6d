"""The map as pages read it: projects, and counts beside those that a report printed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.domain.queries.labels import LEVELS, PROJECT_STATUSES, SECTORS
from interviews.enums import ProjectStatus, Sector, TallyAxis
from interviews.models import BiasStatement, Case, LevelChange, MappedProject, PrintedTally, Source
from workbench.models import Member

CROSS, OTHER, NONE = "cross", "other", ""
_GROUPS: Final = {
    CROSS: gettext_lazy("Across councils"),
    OTHER: gettext_lazy("Other councils"),
    NONE: gettext_lazy("Not known"),
}

_AS_THEY_ARE: Final = (
    "key", "name", "title", "level_doubt", "funding", "funding_described", "case_number",
    "period_printed", "status_note", "consultants", "actors", "concepts", "tools", "results",
    "references", "note",
)  # fmt: skip


def live_projects(member: Member) -> QuerySet[MappedProject]:
    return MappedProject.objects.filter(study_id=member.study_id, removed_at__isnull=True)


def bias_statements(member: Member) -> list[BiasStatement]:
    """What every total is printed with."""
    return list(BiasStatement.objects.filter(study_id=member.study_id, removed_at__isnull=True))


def council_names(member: Member) -> list[str]:
    """The councils that projects on the map have, by name. One query."""
    held = live_projects(member).order_by().values_list("councils", flat=True)
    return sorted({name for names in held for name in names}, key=str.casefold)


def fundings(member: Member) -> list[str]:
    held = live_projects(member).exclude(funding="").order_by().values_list("funding", flat=True)
    return sorted(set(held), key=str.casefold)


def ids_with_council(projects: QuerySet[MappedProject], council: str) -> list[UUID]:
    """Read here: SQLite cannot ask a list of names in JSON for one of them."""
    held = projects.order_by().values_list("pk", "councils")
    return [pk for pk, names in held if council in names]


@dataclass(frozen=True)
class ProjectPage:
    """What stands around a project: where it is known from, what it became, how it moved."""

    sources: list[Source]
    cases: list[Case]
    moves: list[LevelChange]


def project_page(project: MappedProject) -> ProjectPage:
    """Three queries."""
    return ProjectPage(
        sources=list(project.sources.filter(removed_at__isnull=True)),
        cases=list(project.cases.filter(removed_at__isnull=True)),
        moves=list(project.level_changes.select_related("by")),
    )


def with_cases(projects: QuerySet[MappedProject]) -> QuerySet[MappedProject]:
    """With `live_cases`: the cases that a project became."""
    cases = Case.objects.filter(removed_at__isnull=True)
    return projects.prefetch_related(Prefetch("cases", cases, to_attr="live_cases"))


def removed_projects(member: Member) -> list[MappedProject]:
    hidden = MappedProject.objects.filter(study_id=member.study_id, removed_at__isnull=False)
    return list(hidden.order_by("-removed_at"))


def cells_of(projects: QuerySet[MappedProject]) -> Iterator[dict[str, str]]:
    """Each project as the cells of a table, in the reader's words. Two queries."""
    live = Prefetch("sources", Source.objects.filter(removed_at__isnull=True))
    for project in projects.prefetch_related(live):
        yield {
            **{name: getattr(project, name) for name in _AS_THEY_ARE},
            "level": str(project.level),
            "councils": "; ".join(project.councils),
            "councils_described": "; ".join(project.councils_described),
            "sector": str(SECTORS[Sector(project.sector)]) if project.sector else "",
            "status": str(PROJECT_STATUSES[ProjectStatus(project.status)]),
            "period_start": project.period_start.isoformat() if project.period_start else "",
            "period_end": project.period_end.isoformat() if project.period_end else "",
            "period_precision": project.period_precision,
            "period_ambiguous": _("yes") if project.period_ambiguous else "",
            "sources": "; ".join(source.name for source in project.sources.all()),
        }


@dataclass(frozen=True)
class TallyRow:
    """A group as counted and as printed; None where nothing is printed."""

    label: str
    count: int
    percent: int
    printed: int | None = None
    printed_percent: int | None = None

    @property
    def difference(self) -> int | None:
        return None if self.printed is None else self.count - self.printed


@dataclass(frozen=True)
class Tally:
    """One count; `doubtful` projects do not meet the test of their level."""

    axis: TallyAxis
    level: int | None
    label: str
    rows: tuple[TallyRow, ...]
    total: TallyRow
    doubtful: int
    place: str
    note: str

    @property
    def is_printed(self) -> bool:
        return self.total.printed is not None

    @property
    def has_printed_percents(self) -> bool:
        return any(row.printed_percent is not None for row in self.rows)

    @property
    def differs(self) -> bool:
        return any(row.difference for row in (*self.rows, self.total))


def share_of(count: int, total: int) -> int:
    """Whole per cent, halves up, as people round; 0 of nothing."""
    return (200 * count + total) // (2 * total) if total else 0


def counted_as(councils: Sequence[str], named: Collection[str]) -> str:
    """The group that a project counts in: several councils are one group, and councils that
    are not `named` another."""
    if len(councils) > 1:
        return CROSS
    if not councils:
        return NONE
    return councils[0] if councils[0] in named else OTHER


def tallies(member: Member) -> list[Tally]:
    """By council, then by sector; each over all levels, then on each level. Two queries."""
    held = list(live_projects(member).values_list("level", "councils", "sector", "level_doubt"))
    printed = {
        (each.axis, each.level): each
        for each in PrintedTally.objects.filter(study_id=member.study_id)
    }
    named = _named(printed.values(), [councils for _level, councils, _sector, _doubt in held])
    found = []
    for axis in TallyAxis:
        for level in (None, 1, 2, 3):
            here = [each for each in held if level in (None, each[0])]
            groups = Counter(
                counted_as(councils, named) if axis == TallyAxis.COUNCIL else sector
                for _level, councils, sector, _doubt in here
            )
            doubtful = sum(1 for each in here if each[3])
            found.append(_tally(axis, level, groups, doubtful, printed.get((axis, level))))
    return found


def _named(printed: Iterable[PrintedTally], held: Iterable[Sequence[str]]) -> frozenset[str]:
    """The councils that have a group of their own: the printed ones, or else all."""
    keys = {row["key"] for each in printed if each.axis == TallyAxis.COUNCIL for row in each.rows}
    return frozenset((keys - {CROSS, OTHER}) or {name for names in held for name in names})


def _tally(
    axis: TallyAxis,
    level: int | None,
    groups: Counter[str],
    doubtful: int,
    printed: PrintedTally | None,
) -> Tally:
    rows = {row["key"]: row for row in (printed.rows if printed else [])}
    total = groups.total()
    keys = [*rows, *_in_order(axis, groups.keys() - rows.keys())]
    return Tally(
        axis=axis,
        level=level,
        label=str(LEVELS[level]) if level else _("All levels"),
        rows=tuple(
            TallyRow(
                label=_label(axis, key, rows.get(key, {}).get("label", "")),
                count=groups[key],
                percent=share_of(groups[key], total),
                printed=_printed(rows, key, printed),
                printed_percent=rows.get(key, {}).get("percent"),
            )
            for key in keys
        ),
        total=TallyRow(_("Total"), total, 100 if total else 0, printed.total if printed else None),
        doubtful=doubtful,
        place=printed.place if printed else "",
        note=printed.note if printed else "",
    )


def _printed(rows: dict[str, dict[str, int]], key: str, printed: PrintedTally | None) -> int | None:
    """A group that the report does not list has none there."""
    return None if printed is None else rows.get(key, {}).get("count", 0)


def _in_order(axis: TallyAxis, keys: Iterable[str]) -> list[str]:
    if axis == TallyAxis.SECTOR:
        order = [*map(str, SECTORS), NONE]
        return sorted(keys, key=order.index)
    return sorted(keys, key=lambda key: (key in _GROUPS, key == NONE, key.casefold()))


def _label(axis: TallyAxis, key: str, printed: str) -> str:
    if key in _GROUPS:
        return str(_GROUPS[key])
    if axis == TallyAxis.SECTOR:
        return next(str(label) for sector, label in SECTORS.items() if sector == key)
    return printed or key

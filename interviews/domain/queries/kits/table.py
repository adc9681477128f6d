"""Question coverage as a table: each question of the guide against interviews, or against cases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from interviews.domain.queries.cases import live_cases
from interviews.domain.queries.kits.asked import Coverage, Talk, asked_label, coverage
from interviews.domain.queries.labels import ASKED_STATES
from interviews.enums import AskedState, KitItemKind
from interviews.models import Case, KitItem
from workbench.models import Member


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """`document` and `turn` are where it opens; a case's cell opens on its answers instead."""

    state: AskedState
    label: str
    column: str
    case: str
    document: UUID | None = None
    turn: int | None = None

    @property
    def is_hole(self) -> bool:
        return self.state is AskedState.NOT_ASKED


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A section has no cells; `asked` counts the interviews in which the question was put."""

    item: KitItem
    cells: tuple[CoverageCell, ...] = ()
    asked: int = 0

    @property
    def holes(self) -> int:
        return sum(cell.is_hole for cell in self.cells)


@dataclass(frozen=True, slots=True)
class CaseTalks:
    """A case and its interviews, beside each other in the table's head."""

    case: Case
    talks: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """`of` interviews are counted, `unmarked` of them have no marks; `questions` of the whole
    guide, whatever rows are shown."""

    heads: tuple[CaseTalks, ...]
    rows: tuple[CoverageRow, ...]
    questions: int
    of: int
    unmarked: int
    never: int

    @property
    def columns(self) -> int:
        return sum(len(head.talks) for head in self.heads)


def coverage_table(
    member: Member, *, by_case: bool = False, case: str = "", holes: bool = False
) -> CoverageTable:
    """`case` is the key of the only one to show; `holes` leaves out what was asked wherever it
    could be seen. Five queries."""
    covered = coverage(member)
    cases = [each for each in live_cases(member) if not case or each.key == case]
    by_id = {each.pk: each for each in cases}
    heads = tuple(
        CaseTalks(by_id[pk], tuple(talks))
        for pk, talks in groupby(covered.talks, key=lambda talk: talk.case)
        if pk in by_id
    )
    talks = [talk for head in heads for talk in head.talks]
    rows: dict[UUID, CoverageRow] = {}
    for item in covered.items:
        cells = _of_cases(covered, item, cases) if by_case else _of_talks(covered, item, heads)
        asked = sum(
            covered.state_in([item.pk], talk) in (AskedState.ASKED, AskedState.NOTHING_SAID)
            for talk in talks
        )
        rows[item.pk] = CoverageRow(item, cells, asked)
    shown = {pk for pk, row in rows.items() if row.holes or not holes}
    return CoverageTable(
        heads=heads if not by_case else tuple(CaseTalks(each, ()) for each in cases),
        rows=tuple(_with_sections(covered, rows, shown)),
        questions=len(rows),
        of=len(talks),
        unmarked=sum(talk.id not in covered.marked for talk in talks),
        never=sum(not row.asked for row in rows.values()),
    )


def _of_talks(
    covered: Coverage, item: KitItem, heads: Sequence[CaseTalks]
) -> tuple[CoverageCell, ...]:
    found = []
    for head in heads:
        for talk in head.talks:
            state = covered.state_in([item.pk], talk)
            first = next(iter(covered.marks_at(item.pk, talk.id)), None)
            found.append(
                CoverageCell(
                    state,
                    str(ASKED_STATES[state]),
                    f"{head.case.name}: {talk.title}",
                    head.case.key,
                    first.document if first else talk.document,
                    first.turn if first else None,
                )
            )
    return tuple(found)


def _of_cases(covered: Coverage, item: KitItem, cases: Sequence[Case]) -> tuple[CoverageCell, ...]:
    told = [(case, covered.asked([item.pk], case.pk)) for case in cases]
    return tuple(
        CoverageCell(asked.state, asked_label(asked), case.name, case.key) for case, asked in told
    )


def _with_sections(
    covered: Coverage, rows: Mapping[UUID, CoverageRow], shown: Collection[UUID]
) -> list[CoverageRow]:
    """The rows in the guide's order, each section before the first of its questions."""
    found: list[CoverageRow] = []
    section: KitItem | None = None
    for item in sorted([*covered.sections, *covered.items], key=lambda item: item.order):
        if item.kind == KitItemKind.SECTION:
            section = item
        elif item.pk in shown:
            if section is not None:
                found.append(CoverageRow(section))
                section = None
            found.append(rows[item.pk])
    return found

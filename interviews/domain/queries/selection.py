"""Choosing as its pages read it: criteria x candidates, and how the chosen set is spread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from interviews.domain.queries.labels import (
    CANDIDATE_STATES,
    CONTACT_WAYS,
    CRITERION_SCOPES,
    READINGS,
)
from interviews.enums import CandidateState, Certainty, ContactWay, CriterionScope, Reading
from interviews.models import (
    Candidate,
    Case,
    Contact,
    CriterionMark,
    SelectionCriterion,
    SelectionVersion,
)
from workbench.models import Member, Study


@dataclass(frozen=True)
class Column:
    """A candidate; where it is a case, name and attributes are the case's."""

    candidate: Candidate
    case: Case | None
    state: Promise

    @property
    def name(self) -> str:
        return self.case.name if self.case else self.candidate.name

    @property
    def attributes(self) -> dict[str, Any]:
        whose = self.case or self.candidate
        attributes: dict[str, Any] = whose.attributes
        return attributes

    @property
    def is_chosen(self) -> bool:
        return self.candidate.state == CandidateState.CHOSEN

    @property
    def is_open(self) -> bool:
        return self.candidate.state == CandidateState.CONSIDERED


@dataclass(frozen=True)
class Judged:
    """A cell; `reworded`: the criterion read otherwise when it was judged."""

    column: Column
    mark: CriterionMark | None
    label: Promise
    reworded: bool

    @property
    def reading(self) -> str:
        return self.mark.reading if self.mark else Reading.UNKNOWN

    @property
    def is_uncertain(self) -> bool:
        return self.mark is not None and self.mark.certainty == Certainty.UNCERTAIN


@dataclass(frozen=True)
class Row:
    """A criterion with a cell for each column; `met` and `partly` count the chosen ones."""

    criterion: SelectionCriterion
    scope: Promise
    cells: tuple[Judged, ...]
    met: int
    partly: int


@dataclass(frozen=True)
class Spread:
    """A value of an attribute: who of the chosen has it, and how many of all candidates."""

    value: str
    chosen: tuple[str, ...]
    of_all: int


@dataclass(frozen=True)
class Spreading:
    """`span`: smallest and largest of the chosen ones' numbers, None for what is no number."""

    attribute: str
    values: tuple[Spread, ...]
    span: tuple[float, float] | None


@dataclass(frozen=True)
class Matrix:
    """`version` None: no criteria yet. `untaken` live cases are no candidates yet."""

    version: SelectionVersion | None
    versions: tuple[SelectionVersion, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    spread: tuple[Spreading, ...]
    untaken: int

    @property
    def is_last(self) -> bool:
        return self.version is None or self.version == self.versions[-1]

    @property
    def is_wide(self) -> bool:
        """Whether the columns need more room than a window has."""
        return len(self.columns) > 6

    @property
    def chosen(self) -> int:
        return sum(column.is_chosen for column in self.columns)


@dataclass(frozen=True)
class Logged:
    contact: Contact
    way: Promise


def matrix(member: Member, number: int | None = None) -> Matrix:
    """The version with that number, else the last. Five queries, whatever it holds."""
    live = SelectionCriterion.objects.filter(removed_at=None)
    versions = tuple(
        SelectionVersion.objects.filter(study_id=member.study_id)
        .order_by("number")
        .prefetch_related(Prefetch("criteria", live, to_attr="live"))
    )
    version = next((each for each in versions if each.number == number), None)
    version = version or (versions[-1] if versions else None)
    columns = _columns(member.study)
    marks = {
        (mark.candidate_id, mark.criterion_key): mark
        for mark in CriterionMark.objects.filter(study_id=member.study_id).select_related(
            "marked_by"
        )
    }
    words = {
        (each.pk, criterion.key): (criterion.text, criterion.aspects)
        for each in versions
        for criterion in each.live
    }
    criteria = version.live if version else ()
    rows = tuple(_row(criterion, columns, marks, words) for criterion in criteria)
    untaken = Case.objects.filter(
        study_id=member.study_id, removed_at__isnull=True, candidate__isnull=True
    )
    return Matrix(version, versions, columns, rows, spread(columns), untaken.count())


def _columns(study: Study) -> tuple[Column, ...]:
    """Chosen ones first, those turned down last."""
    candidates = Candidate.objects.filter(study=study, removed_at=None).select_related("case")
    place = list(CandidateState)
    place.insert(0, place.pop(place.index(CandidateState.CHOSEN)))
    return tuple(
        sorted(
            (column_of(candidate) for candidate in candidates),
            key=lambda each: place.index(CandidateState(each.candidate.state)),
        )
    )


def column_of(candidate: Candidate) -> Column:
    case = getattr(candidate, "case", None)
    live = case is not None and case.removed_at is None
    return Column(
        candidate=candidate,
        case=case if live else None,
        state=CANDIDATE_STATES[CandidateState(candidate.state)],
    )


def _row(
    criterion: SelectionCriterion,
    columns: Sequence[Column],
    marks: dict[Any, CriterionMark],
    words: dict[Any, Any],
) -> Row:
    cells = []
    for column in columns:
        mark = marks.get((column.candidate.pk, criterion.key))
        then = words.get((mark.version_id, criterion.key)) if mark else None
        now = (criterion.text, criterion.aspects)
        label = READINGS[Reading(mark.reading) if mark else Reading.UNKNOWN]
        cells.append(Judged(column, mark, label, then is not None and then != now))
    of_chosen = [cell.reading for cell in cells if cell.column.is_chosen]
    return Row(
        criterion=criterion,
        scope=CRITERION_SCOPES[CriterionScope(criterion.scope)],
        cells=tuple(cells),
        met=of_chosen.count(Reading.MET),
        partly=of_chosen.count(Reading.PARTLY),
    )


def spread(columns: Sequence[Column]) -> tuple[Spreading, ...]:
    """Every attribute that a candidate has, with each of its values, for the whole set."""
    names = dict.fromkeys(name for column in columns for name in column.attributes)
    return tuple(_spreading(name, columns) for name in names)


def _spreading(name: str, columns: Sequence[Column]) -> Spreading:
    having: dict[Any, list[Column]] = {}
    for column in columns:
        having.setdefault(_distinct(column.attributes.get(name)), []).append(column)
    values = sorted(having, key=lambda each: _place(each[1]))
    numbers = [
        column.attributes[name]
        for column in columns
        if column.is_chosen and _is_number(column.attributes.get(name))
    ]
    return Spreading(
        attribute=name.replace("_", " "),
        values=tuple(
            Spread(
                value=_told(value),
                chosen=tuple(each.name for each in having[kind, value] if each.is_chosen),
                of_all=len(having[kind, value]),
            )
            for kind, value in values
        ),
        span=(min(numbers), max(numbers)) if len(set(numbers)) > 1 else None,
    )


def _distinct(value: Any) -> tuple[str, Any]:
    """A key for the value: True and 1 are not the same answer."""
    return (type(value).__name__, value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _place(value: Any) -> tuple[int, float, str]:
    """Yes before no, numbers by size, words by the alphabet, what is not stated last."""
    if value is None or value == "":
        return (3, 0, "")
    if isinstance(value, bool):
        return (0, not value, "")
    return (1, value, "") if _is_number(value) else (2, 0, str(value).casefold())


def _told(value: Any) -> str:
    if value is None or value == "":
        return _("not stated")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def marks_of(candidate: Candidate, matrix: Matrix) -> list[tuple[Row, Judged]]:
    """The candidate's column of the matrix."""
    return [
        (row, cell)
        for row in matrix.rows
        for cell in row.cells
        if cell.column.candidate.pk == candidate.pk
    ]


def contact_log(candidate: Candidate | None) -> list[Logged]:
    """The live lines, undated ones last. One query, none without a candidate."""
    if candidate is None:
        return []
    contacts: Iterable[Contact] = Contact.objects.filter(
        candidate=candidate, removed_at=None
    ).select_related("logged_by")
    return [Logged(each, CONTACT_WAYS[ContactWay(each.way)]) for each in contacts]


def removed_criteria(version: SelectionVersion | None) -> list[SelectionCriterion]:
    """What was removed from a version and can come back."""
    if version is None:
        return []
    return list(version.criteria.filter(removed_at__isnull=False))

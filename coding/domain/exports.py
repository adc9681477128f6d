"""Exports: coded excerpts as files, read in one moment, in constant memory."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, BinaryIO, Final
from uuid import UUID, uuid4

from django.db.models import Count, F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from coding.domain.queries.case_reports import case_report
from coding.domain.queries.evidence import nearest, own_points
from coding.domain.queries.excerpts import (
    ExcerptQuery,
    Material,
    codings_in,
    material_in_order,
    narrowed,
)
from coding.domain.queries.printing import language_of
from coding.domain.queries.quarantine import unplaced_in
from coding.domain.queries.voices import Spoken, Turns
from coding.enums import PlacementState
from coding.formats.case_docx import write_case_docx
from coding.formats.excerpt_rows import ExcerptRow, Progress
from coding.formats.excerpts_csv import write_exact_csv, write_excel_csv
from coding.formats.excerpts_xlsx import SheetFullError, write_excerpts_xlsx
from coding.models import Code, Coding, EvidenceMark, EvidenceRule, Memo
from interviews.enums import AnswerKind
from interviews.formats.clock import full_time_code
from interviews.models import (
    AnswerMark,
    Case,
    Document,
    DocumentRevision,
    KitItem,
    TemplatePoint,
)
from workbench.domain.changing import changing
from workbench.domain.snapshots import read_snapshot
from workbench.enums import Language
from workbench.errors import Missing, TooLarge
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member, User

NOUN = "export"
# Material is read in portions of about so many codings: what memory holds at a time.
PORTION: Final = 1000


class ExportFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    CSV_EXCEL = "csv-excel"

    @property
    def stem(self) -> str:
        """The two tables of one ending are told apart by their names."""
        return "excerpts-excel" if self is ExportFormat.CSV_EXCEL else "excerpts"

    @property
    def extension(self) -> str:
        return "xlsx" if self is ExportFormat.XLSX else "csv"


@dataclass(frozen=True)
class Exported:
    """`rows` codings were written; `id` is the export's subject in history."""

    id: UUID
    rows: int


def export_excerpts(
    *,
    member: Member,
    query: ExcerptQuery,
    form: ExportFormat,
    stream: BinaryIO,
    progress: Progress | None = None,
) -> Exported:
    """Writes the codings that the query finds, one row each; the stream stays open.

    Everything in the file is of one moment, and nobody waits for it. Raises TooLarge when a
    sheet cannot hold the rows.
    """
    write = _writer(member, form)
    with read_snapshot():
        try:
            rows = write(excerpt_rows(member, query), stream, progress=progress)
        except SheetFullError:
            raise TooLarge(_("A sheet cannot hold so many rows. Narrow it, or take a CSV.")) from (
                None
            )
    done = Exported(uuid4(), rows)
    with changing(member):
        record(
            study=member.study,
            actor=member.user,
            action=Action.EXPORTED,
            noun=NOUN,
            subject=done.id,
            label=f"{form.stem}.{form.extension}",
            after={"format": form, "rows": rows, "filters": _in_words(query)},
        )
    return done


# What the ids of a query name, by the field that says it.
_NAMED: Final[Mapping[str, tuple[type[Model], str]]] = {
    "codes": (Code, "path"),
    "cases": (Case, "name"),
    "documents": (Document, "title"),
    "coders": (User, "username"),
    "items": (KitItem, "number"),
}


def _in_words(query: ExcerptQuery) -> dict[str, Any]:
    """What narrowed the export, readable also when its codes are gone.

    What was searched for are words of people; history says only that words were.
    """
    told = query.as_parameters()
    for name, (model, field) in _NAMED.items():
        if name in told:
            rows = model._default_manager.filter(pk__in=told[name]).order_by(field)
            told[name] = list(rows.values_list(field, flat=True))
    if told.pop("text", None):
        told["text"] = True
    return told


def export_case_report(*, member: Member, case: Case) -> bytes:
    """The case description as a Word document, read in one moment.

    Raises Missing when nobody has begun the description, and for a foreign or removed case.
    """
    if case.study_id != member.study_id or case.removed_at is not None:
        raise Missing
    with read_snapshot():
        report = case_report(case, language_of(member.study), timezone.now())
        content = write_case_docx(report)
    with changing(member):
        record(
            study=member.study,
            actor=member.user,
            action=Action.EXPORTED,
            noun=NOUN,
            subject=uuid4(),
            label=f"{case.key}.docx",
            after={"format": "docx", "case": case.name},
        )
    return content


def count_excerpts(member: Member, query: ExcerptQuery) -> int:
    """How many rows an export of the query has."""
    material = narrowed(material_in_order(member), query)
    return codings_in(member, query, material).exclude(excerpt__in=unplaced_in(material)).count()


def _writer(member: Member, form: ExportFormat) -> Callable[..., int]:
    match form:
        case ExportFormat.XLSX:
            return write_excerpts_xlsx
        case ExportFormat.CSV:
            return write_exact_csv
        case ExportFormat.CSV_EXCEL:
            # A Danish spreadsheet program splits columns at semicolons.
            mark = ";" if member.study.language == Language.DANISH else ","
            return lambda rows, stream, progress: write_excel_csv(
                rows, stream, delimiter=mark, progress=progress
            )


def first_rows(member: Member, query: ExcerptQuery, count: int) -> list[ExcerptRow]:
    """The first rows of an export, without reading more documents than they need."""
    return list(islice(excerpt_rows(member, query, portion=1), count))


def excerpt_rows(
    member: Member, query: ExcerptQuery, *, portion: int = PORTION
) -> Iterator[ExcerptRow]:
    """The rows in the order of the material and of the text."""
    material = narrowed(material_in_order(member), query)
    study = _Study(member)
    for some in _portions(member, query, material, portion):
        yield from _rows_of(member, query, some, study)


def _portions(
    member: Member, query: ExcerptQuery, material: Sequence[Material], enough: int
) -> Iterator[list[Material]]:
    found = codings_in(member, query, material).order_by()
    counts = dict(found.values_list("document_id").annotate(n=Count("*")))
    portion: list[Material] = []
    size = 0
    for each in material:
        if not counts.get(each.id):
            continue
        portion.append(each)
        size += counts[each.id]
        if size >= enough:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


class _Study:
    """What all rows share: cases' attributes, the template's sections, and the rules to them."""

    def __init__(self, member: Member) -> None:
        self.slug = member.study.slug
        study = member.study_id
        self.attributes: dict[UUID, Mapping[str, object]] = dict(
            Case.objects.filter(study_id=study).values_list("pk", "attributes")
        )
        points = TemplatePoint.objects.filter(
            section__template__study_id=study,
            removed_at__isnull=True,
            section__removed_at__isnull=True,
        ).order_by("section__order", "order")
        self.sections: dict[UUID, str] = dict(points.values_list("pk", "section__key"))
        self.section_order = {key: at for at, key in enumerate(self.sections.values())}
        parents = dict(Code.objects.filter(study_id=study).values_list("pk", "parent_id"))
        own = own_points(study)
        self.by_code = {code: nearest(code, parents, own) for code in parents}
        self.by_item: dict[UUID, list[UUID]] = defaultdict(list)
        self.by_kind: dict[str, list[UUID]] = defaultdict(list)
        rules = EvidenceRule.objects.filter(study_id=study, code__isnull=True)
        for item, kind, point in rules.values_list("item_id", "document_kind", "point_id"):
            if kind:
                self.by_kind[kind].append(point)
            else:
                self.by_item[item].append(point)


class _Portion:
    """What the rows of a few documents need besides their own columns. Four queries."""

    def __init__(self, member: Member, material: Sequence[Material]) -> None:
        documents = [each.id for each in material]
        revisions = [each.revision for each in material]
        self.material = {each.id: each for each in material}
        self.turns = Turns(revisions)
        self.numbers = dict(
            DocumentRevision.objects.filter(pk__in=revisions).values_list("pk", "number")
        )
        self.marks: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
        answers = AnswerMark.objects.filter(document__in=documents).exclude(
            kind=AnswerKind.NOTHING_SAID
        )
        for turn, item, key in answers.values_list("turn_id", "item_id", "item__key"):
            self.marks[turn].append((item, key))
        self.placed: dict[UUID, list[tuple[UUID, bool, bool]]] = defaultdict(list)
        by_hand = EvidenceMark.objects.filter(excerpt__document__in=documents)
        marks = by_hand.values_list("excerpt_id", "point_id", "pinned", "hidden")
        for excerpt, point, pinned, hidden in marks:
            self.placed[excerpt].append((point, pinned, hidden))
        self.memos: dict[UUID, list[str]] = defaultdict(list)
        codings = Coding.objects.visible_to(member).filter(document__in=documents).values("pk")
        # The file is handed on: what its maker noted for themselves stays behind.
        notes = Memo.objects.visible_to(member.user).filter(
            noun="coding", subject__in=codings, private=False
        )
        for subject, text in notes.order_by("created_at").values_list("subject", "text"):
            if subject is not None:
                self.memos[subject].append(text)


_COLUMNS: Final = (
    "pk",
    "excerpt_id",
    "document_id",
    "excerpt__placements__start",
    "excerpt__placements__end",
    "excerpt__placements__quote",
    "excerpt__placements__prefix",
    "excerpt__placements__suffix",
    "code_id",
    "code__name",
    "code__path",
    "coder__name",
    "coder__username",
    "source",
    "weight",
    "created_at",
)


def _rows_of(
    member: Member, query: ExcerptQuery, material: Sequence[Material], study: _Study
) -> Iterator[ExcerptRow]:
    portion = _Portion(member, material)
    rank = {each.id: at for at, each in enumerate(material)}
    found = (
        codings_in(member, query, material)
        .filter(
            excerpt__placements__revision=F("document__current_revision"),
            excerpt__placements__state=PlacementState.PLACED,
        )
        .values_list(*_COLUMNS)
    )
    for row in sorted(found, key=lambda row: (rank[row[2]], row[3], row[4], row[15])):
        yield _row(row, portion, study)


def _row(row: tuple[Any, ...], portion: _Portion, study: _Study) -> ExcerptRow:
    pk, excerpt, document, start, end, quote, prefix, suffix, code, name, path = row[:11]
    coder, username, source, weight, created = row[11:]
    material = portion.material[document]
    spoken = portion.turns.over(material.revision, start, end)
    people = [voice for voice in spoken.voices if voice.is_participant]
    answers = [mark for turn in spoken.turns for mark in portion.marks.get(turn.id, ())]
    points = {
        *study.by_code.get(code, ()),
        *study.by_kind.get(material.kind, ()),
        *(point for item, _key in answers for point in study.by_item.get(item, ())),
    }
    return ExcerptRow(
        study=study.slug,
        case=material.case_key,
        case_attributes=study.attributes[material.case],
        interview=material.interview_title,
        form=material.form,
        date=material.date,
        participant_pseudonym=_once(voice.pseudonym for voice in people),
        role=_once(voice.role for voice in people),
        document=material.title,
        revision=portion.numbers[material.revision],
        turn=tuple(turn.number for turn in spoken.turns),
        time_code=_time_codes(spoken),
        start=start,
        end=end,
        quote=quote,
        context_before=prefix,
        context_after=suffix,
        code=name,
        code_path=path,
        coder=coder or username,
        round="",
        source=source,
        weight=weight,
        memo="\n\n".join(portion.memos.get(pk, ())),
        template_section=_sections(points, portion.placed.get(excerpt, ()), study),
        kit_question=_once(key for _item, key in answers),
        coding_id=pk,
        created=created,
    )


def _sections(
    points: set[UUID], by_hand: Iterable[tuple[UUID, bool, bool]], study: _Study
) -> tuple[str, ...]:
    """The template's sections where the excerpt stands: by rule and by hand."""
    stands = set(points)
    for point, pinned, hidden in by_hand:
        if hidden:
            stands.discard(point)
        elif pinned:
            stands.add(point)
    keys = {study.sections[point] for point in stands if point in study.sections}
    return tuple(sorted(keys, key=study.section_order.__getitem__))


def _time_codes(spoken: Spoken) -> tuple[str, ...]:
    starts = (turn.start_ms for turn in spoken.turns)
    return tuple(full_time_code(start) for start in starts if start is not None)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))

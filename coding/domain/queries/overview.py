"""What is left to do in a study, by person, and how far each case is."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from coding.domain.queries.case_drafts import DraftRow, draft_list
from coding.domain.queries.quarantine import unplaced_codings
from coding.enums import DraftState
from coding.models import CaseDraft, Coding
from interviews.enums import DocumentKind
from interviews.models import Case, Document, Interview, Speaker, Visit
from workbench.enums import Role
from workbench.models import Member, Study, User

# Only transcripts and notes come from an interview.
FROM_INTERVIEW = (DocumentKind.TRANSCRIPT, DocumentKind.NOTES)


@dataclass
class Work:
    """What waits: for one person, or for nobody in particular when `member` is None."""

    member: Member | None = None
    to_code: list[Document] = field(default_factory=list)
    to_write: list[DraftRow] = field(default_factory=list)
    returned: list[DraftRow] = field(default_factory=list)
    to_check: list[DraftRow] = field(default_factory=list)
    to_review: list[DraftRow] = field(default_factory=list)
    unmapped: list[Document] = field(default_factory=list)
    # With how many of their codings.
    unplaced: list[tuple[Document, int]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(
            (
                self.to_code,
                self.to_write,
                self.returned,
                self.to_check,
                self.to_review,
                self.unmapped,
                self.unplaced,
            )
        )


class Stage(StrEnum):
    """How far a case is on one leg of the way."""

    NONE = "none"
    PART = "part"
    DONE = "done"


@dataclass(frozen=True)
class Reached:
    """A cell of the board: `done` of `total`, or only a stage where nothing is counted."""

    stage: Stage
    done: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class BoardRow:
    """A case and its stages, in the order the work is done."""

    case: Case
    visited: Reached
    transcribed: Reached
    coded: Reached
    drafted: Reached
    reviewed: Reached
    approved: Reached
    state: DraftState | None


@dataclass(frozen=True)
class Overview:
    """`people` holds the members whose work the reader may see; `open` is nobody's yet."""

    people: tuple[Work, ...]
    open: Work
    board: tuple[BoardRow, ...]


def overview_of(member: Member) -> Overview:
    """The study's first page, in a fixed number of queries.

    A lead sees the work of every member, a coder their own, a reader the board alone.
    """
    documents = list(_documents(member.study_id))
    drafts = draft_list(member)
    board = _board(member, documents, drafts)
    if member.study.is_published_example:
        return Overview((), Work(), board)
    works = {each.user_id: Work(each) for each in _seen_by(member)}
    unclaimed = Work(unmapped=[each for each in documents if _is_unmapped(each)])
    _share_documents(member, documents, works, unclaimed)
    _share_unplaced(member, documents, works)
    _share_drafts(drafts, works, unclaimed, ready={each.case_id for each in documents})
    if member.role == Role.READER:
        return Overview((), Work(), board)
    return Overview(tuple(works.values()), unclaimed, board)


def _seen_by(member: Member) -> Iterable[Member]:
    everyone = Member.objects.select_related("user").with_place().filter(study_id=member.study_id)
    if member.role == Role.LEAD:
        # The person who looks comes first.
        others = everyone.exclude(role=Role.READER).order_by("user__name", "user__username")
        return sorted(others, key=lambda each: each.pk != member.pk)
    return everyone.filter(pk=member.pk)


def _documents(study_id: UUID) -> QuerySet[Document]:
    strangers = Speaker.objects.filter(
        document=OuterRef("pk"), participant__isnull=True, is_interviewer=False
    )
    return (
        Document.objects.filter(
            study_id=study_id, removed_at__isnull=True, case__removed_at__isnull=True
        )
        .select_related("case")
        .annotate(has_strangers=Exists(strangers))
        .order_by("case__order", "title")
    )


def _is_unmapped(document: Document) -> bool:
    homeless = document.kind in FROM_INTERVIEW and document.interview_id is None
    return homeless or document.date is None or document.has_strangers  # type: ignore[attr-defined]


def _share_documents(
    member: Member, documents: list[Document], works: dict[UUID, Work], unclaimed: Work
) -> None:
    """Begun material is with those who code it; what nobody has begun is nobody's."""
    coders = _begun_by(Coding.objects.visible_to(member))
    for document in documents:
        if document.coded_at is not None:
            continue
        begun = coders.get(document.pk, set())
        for coder in begun & works.keys():
            works[coder].to_code.append(document)
        if not begun:
            unclaimed.to_code.append(document)


def _share_unplaced(member: Member, documents: list[Document], works: dict[UUID, Work]) -> None:
    """A coding whose words were corrected waits for its coder; for the leads, if they are gone."""
    waiting = unplaced_codings(member)
    leads = [work for work in works.values() if work.member and work.member.role == Role.LEAD]
    for document in documents if waiting else ():
        for coder, count in waiting.get(document.pk, {}).items():
            for work in [works[coder]] if coder in works else leads:
                work.unplaced.append((document, count))


def _begun_by(codings: QuerySet[Coding]) -> dict[UUID, set[UUID]]:
    """Unfinished material -> who of these codings' coders has begun it."""
    coders: dict[UUID, set[UUID]] = defaultdict(set)
    unfinished = codings.filter(document__coded_at__isnull=True).order_by()
    for document_id, coder in unfinished.values_list("document_id", "coder_id").distinct():
        coders[document_id].add(coder)
    return coders


def _share_drafts(
    drafts: list[DraftRow], works: dict[UUID, Work], unclaimed: Work, ready: set[UUID]
) -> None:
    """A description is with whoever wrote last; one that waits for review is with the leads.

    A case without material is not ready to be written, so it waits with nobody.
    """
    leads = [work for work in works.values() if work.member and work.member.role == Role.LEAD]
    for row in drafts:
        begun = row.updated_by is not None
        writer = works.get(row.updated_by.pk) if row.updated_by else unclaimed
        if row.state == DraftState.SUBMITTED:
            for lead in leads:
                lead.to_review.append(row)
        if writer is None:
            continue
        if row.state == DraftState.RETURNED:
            writer.returned.append(row)
        elif _is_to_write(row) and (begun or row.case.pk in ready):
            writer.to_write.append(row)
        if row.doubtful:
            writer.to_check.append(row)


def _is_to_write(row: DraftRow) -> bool:
    return row.state in (None, DraftState.DRAFT) and row.written < row.sections


def _board(
    member: Member, documents: list[Document], drafts: list[DraftRow]
) -> tuple[BoardRow, ...]:
    visits = _visits(member.study_id)
    talks = _talks(member.study_id)
    coded = Counter(each.case_id for each in documents if each.coded_at is not None)
    total = Counter(each.case_id for each in documents)
    return tuple(
        BoardRow(
            case=row.case,
            visited=_share(*visits[row.case.pk]),
            transcribed=_share(*talks[row.case.pk]),
            coded=_share(coded[row.case.pk], total[row.case.pk]),
            drafted=_share(row.written, row.sections),
            reviewed=_reviewed(row.state),
            approved=Reached(Stage.DONE if row.state == DraftState.APPROVED else Stage.NONE),
            state=row.state,
        )
        for row in drafts
    )


def _visits(study_id: UUID) -> dict[UUID, tuple[int, int]]:
    """case -> visits that have been, visits in all; one without a date has been."""
    been: dict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    today = timezone.localdate()
    rows = Visit.objects.filter(study_id=study_id, removed_at__isnull=True)
    for case, date in rows.values_list("case_id", "date"):
        done, total = been[case]
        been[case] = (done + _has_been(date, today), total + 1)
    return been


def _has_been(date: dt.date | None, today: dt.date) -> bool:
    return date is None or date <= today


def _talks(study_id: UUID) -> dict[UUID, tuple[int, int]]:
    """case -> interviews with material, interviews in all."""
    live = Q(documents__removed_at__isnull=True, documents__isnull=False)
    rows = (
        Interview.objects.filter(study_id=study_id, removed_at__isnull=True)
        .order_by()
        .values(case=F("visit__case"))
        .annotate(with_material=Count("pk", filter=live, distinct=True))
        .annotate(total=Count("pk", distinct=True))
    )
    found: dict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    found.update({row["case"]: (row["with_material"], row["total"]) for row in rows})
    return found


def _share(done: int, total: int) -> Reached:
    if not done:
        return Reached(Stage.NONE, done, total)
    return Reached(Stage.DONE if done >= total else Stage.PART, done, total)


def _reviewed(state: DraftState | None) -> Reached:
    if state == DraftState.APPROVED:
        return Reached(Stage.DONE)
    waiting = state in (DraftState.SUBMITTED, DraftState.RETURNED)
    return Reached(Stage.PART if waiting else Stage.NONE)


@dataclass(frozen=True)
class StudyRow:
    """A study in the list of one person, with what waits there for them."""

    study: Study
    role: Role
    cases: int
    documents: int
    to_code: int
    to_review: int
    returned: int

    @property
    def waits(self) -> bool:
        return bool(self.to_code or self.to_review or self.returned)


def studies_of(user: User) -> list[StudyRow]:
    """The studies a person is a member of. Five queries, however many they are.

    Material waits for whoever has begun to code it; what nobody has begun waits for each of them.
    """
    members = list(
        Member.objects.filter(user=user).select_related("study").order_by("study__title")
    )
    ids = [member.study_id for member in members]
    cases = Counter(
        Case.objects.filter(study_id__in=ids, removed_at__isnull=True)
        .order_by()
        .values_list("study_id", flat=True)
    )
    live = Document.objects.filter(study_id__in=ids, removed_at__isnull=True)
    begun_by = _begun_by(
        reduce(or_, (Coding.objects.visible_to(each) for each in members), Coding.objects.none())
    )
    documents, to_code = Counter[UUID](), Counter[UUID]()
    for pk, study_id, coded_at in live.order_by().values_list("pk", "study_id", "coded_at"):
        documents[study_id] += 1
        coders = begun_by.get(pk)
        to_code[study_id] += coded_at is None and (not coders or user.pk in coders)
    states = _drafts_of(user, ids)
    return [
        StudyRow(
            study=member.study,
            role=Role(member.role),
            cases=cases[member.study_id],
            documents=documents[member.study_id],
            to_code=0 if _only_reads(member) else to_code[member.study_id],
            to_review=states[member.study_id, DraftState.SUBMITTED] * (member.role == Role.LEAD),
            returned=states[member.study_id, DraftState.RETURNED],
        )
        for member in members
    ]


def _only_reads(member: Member) -> bool:
    return member.role == Role.READER or member.study.is_published_example


def _drafts_of(user: User, studies: list[UUID]) -> Counter[tuple[UUID, str]]:
    """(study, state) -> descriptions: handed in by anyone, returned ones the user wrote in."""
    mine = CaseDraft.objects.filter(pk=OuterRef("pk"), sections__updated_by=user)
    rows = CaseDraft.objects.filter(
        Q(state=DraftState.SUBMITTED) | Q(Exists(mine), state=DraftState.RETURNED),
        study_id__in=studies,
        case__removed_at__isnull=True,
    )
    return Counter(rows.values_list("study_id", "state"))

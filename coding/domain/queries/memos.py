"""Memos as people find them again: by kind, by author, by what they are on."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from coding.models import Code, Coding, Memo
from interviews.models import Case, Document
from workbench.models import Member, User


@dataclass(frozen=True, slots=True)
class Thing:
    """What a memo is on. `label` names it; `place` is what its address needs: the case's key,
    the document, the code, or for a coding its document."""

    noun: str
    id: UUID
    label: str
    place: str


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo and what it is on; `thing` is None for the study, or when it is gone."""

    memo: Memo
    thing: Thing | None


@dataclass(frozen=True, slots=True)
class MemoQuery:
    """Empty fields do not narrow; `noun` None means any, "" the study as a whole."""

    words: str = ""
    kind: str = ""
    author: UUID | None = None
    noun: str | None = None


def visible_memos(member: Member) -> QuerySet[Memo]:
    """The memos of the study that the member may read."""
    memos = Memo.objects.visible_to(member.user).filter(study_id=member.study_id)
    return memos.select_related("author")


def narrowed_memos(member: Member, query: MemoQuery) -> QuerySet[Memo]:
    """Newest change first."""
    memos = visible_memos(member)
    if query.words:
        memos = memos.filter(Q(text__icontains=query.words) | Q(title__icontains=query.words))
    if query.kind:
        memos = memos.filter(kind=query.kind)
    if query.author is not None:
        memos = memos.filter(author=query.author)
    if query.noun is not None:
        memos = memos.filter(noun=query.noun)
    return memos.order_by("-updated_at", "pk")


def memo_authors(member: Member) -> list[User]:
    """Who has written a memo that the member may read."""
    authors = visible_memos(member).order_by().values("author")
    return list(User.objects.filter(pk__in=authors).order_by("name", "username"))


def memos_on(*, member: Member, noun: str, subject: UUID) -> list[Memo]:
    """The memos on one thing, newest first."""
    return list(visible_memos(member).filter(noun=noun, subject=subject))


def memo_rows(member: Member, memos: Iterable[Memo]) -> list[MemoRow]:
    """The memos with what they are on; one query for each noun, however many memos."""
    memos = list(memos)
    wanted: dict[str, set[UUID]] = {noun: set() for noun in READERS}
    for memo in memos:
        if memo.subject is not None and memo.noun in wanted:
            wanted[memo.noun].add(memo.subject)
    found = {
        (thing.noun, thing.id): thing
        for noun, ids in wanted.items()
        for thing in READERS[noun](member, ids)
    }
    return [
        MemoRow(memo, found.get((memo.noun, memo.subject)) if memo.subject else None)
        for memo in memos
    ]


def thing_of(member: Member, noun: str, subject: UUID) -> Thing | None:
    """What a new memo is to be on, when the member may see it."""
    reader = READERS.get(noun)
    return next(iter(reader(member, {subject})), None) if reader else None


def _cases(member: Member, ids: set[UUID]) -> list[Thing]:
    rows = Case.objects.filter(study_id=member.study_id, removed_at__isnull=True, pk__in=ids)
    return [Thing("case", pk, name, key) for pk, name, key in rows.values_list("pk", "name", "key")]


def _documents(member: Member, ids: set[UUID]) -> list[Thing]:
    rows = Document.objects.filter(study_id=member.study_id, removed_at__isnull=True, pk__in=ids)
    return [Thing("document", pk, title, str(pk)) for pk, title in rows.values_list("pk", "title")]


def _codes(member: Member, ids: set[UUID]) -> list[Thing]:
    rows = Code.objects.filter(study_id=member.study_id, removed_at__isnull=True, pk__in=ids)
    return [Thing("code", pk, path, str(pk)) for pk, path in rows.values_list("pk", "path")]


def _codings(member: Member, ids: set[UUID]) -> list[Thing]:
    rows = Coding.objects.visible_to(member).filter(pk__in=ids, document__removed_at__isnull=True)
    return [
        Thing("coding", pk, f"{name} · {title}", str(document))
        for pk, name, title, document in rows.values_list(
            "pk", "code__name", "document__title", "document_id"
        )
    ]


READERS = {"case": _cases, "document": _documents, "code": _codes, "coding": _codings}

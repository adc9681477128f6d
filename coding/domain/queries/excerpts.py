"""Coded excerpts: narrowed, ordered and paged without sorting or joining all of them.

A list is counted by what it is ordered by (document or code), which an index answers;
only the groups that a page touches are then put in order and read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Final, Self
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from coding.domain.queries.labels import DIRECTIONS
from coding.domain.queries.voices import Spoken, Turns
from coding.enums import Direction, PlacementState
from coding.models import Code, Coding, Placement
from interviews.models import AnswerMark, Document, Turn
from workbench.models import Member


@dataclass(frozen=True, kw_only=True)
class ExcerptQuery:
    """What to look for; what is empty does not narrow. A code stands for those under it too.

    `since` and `until` are dates of the material, both included.
    """

    codes: tuple[UUID, ...] = ()
    cases: tuple[UUID, ...] = ()
    documents: tuple[UUID, ...] = ()
    roles: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    coders: tuple[UUID, ...] = ()
    items: tuple[UUID, ...] = ()
    text: str = ""
    since: date | None = None
    until: date | None = None

    def as_parameters(self) -> dict[str, Any]:
        """The narrowing fields as JSON; `from_parameters` reads it back."""
        return {
            name: [str(part) for part in value] if isinstance(value, tuple) else str(value)
            for name, value in asdict(self).items()
            if value
        }

    @classmethod
    def from_parameters(cls, given: Mapping[str, Any]) -> Self:
        ids = {"codes", "cases", "documents", "coders", "items"}
        days = {"since", "until"}
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name in ids:
                values[name] = tuple(UUID(part) for part in value)
            elif name in days:
                values[name] = date.fromisoformat(value)
            else:
                values[name] = value if isinstance(value, str) else tuple(value)
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Material:
    """A live document with what a table says of it; `date` is its own or its visit's."""

    id: UUID
    revision: UUID
    title: str
    kind: str
    language: str
    date: date | None
    case: UUID
    case_key: str
    case_name: str
    interview: UUID | None
    interview_number: int | None
    interview_title: str
    form: str


@dataclass(frozen=True, slots=True)
class CodedExcerpt:
    """One coding as a list shows it; `quote` is empty when its words have no place any more."""

    id: UUID
    excerpt: UUID
    material: Material
    quote: str
    spoken: Spoken
    code: UUID
    code_name: str
    code_path: str
    colour: int
    coder: str
    direction: str
    created_at: datetime

    @property
    def source(self) -> str:
        """The interview by its number, other material by its title."""
        number = self.material.interview_number
        return self.material.title if number is None else _("Interview %(n)s") % {"n": number}

    @property
    def direction_label(self) -> str:
        return str(DIRECTIONS[Direction(self.direction)]) if self.direction else ""


class Order(StrEnum):
    PLACE = "place"
    CODE = "code"
    CREATED = "created"


_MATERIAL: Final = (
    "pk",
    "current_revision_id",
    "title",
    "kind",
    "language",
    "dated",
    "case_id",
    "case__key",
    "case__name",
    "interview_id",
    "interview__number",
    "interview_name",
    "interview_form",
)


def material_in_order(member: Member) -> list[Material]:
    """The study's material, case by case, interviews by number and the rest after them."""
    rows = (
        Document.objects.filter(
            study_id=member.study_id,
            removed_at__isnull=True,
            case__removed_at__isnull=True,
            current_revision__isnull=False,
        )
        .annotate(
            dated=Coalesce("date", "interview__visit__date"),
            interview_name=Coalesce("interview__title", Value("")),
            interview_form=Coalesce("interview__form", Value("")),
        )
        .order_by(
            "case__order",
            "case__name",
            F("interview__number").asc(nulls_last=True),
            "date",
            "title",
            "pk",
        )
        .values_list(*_MATERIAL)
    )
    return [Material(*row) for row in rows]


def narrowed(material: Sequence[Material], query: ExcerptQuery) -> list[Material]:
    """The documents that the query allows, in the same order."""
    return [each for each in material if _allows(query, each)]


def _allows(query: ExcerptQuery, material: Material) -> bool:
    return (
        (not query.cases or material.case in query.cases)
        and (not query.documents or material.id in query.documents)
        and (not query.forms or material.form in query.forms)
        and (not query.kinds or material.kind in query.kinds)
        and (query.since is None or (material.date is not None and material.date >= query.since))
        and (query.until is None or (material.date is not None and material.date <= query.until))
    )


def with_codes_under(study_id: UUID, codes: Sequence[UUID]) -> set[UUID]:
    """The codes and everything under them."""
    children: dict[UUID | None, list[UUID]] = {}
    for code, parent in Code.objects.filter(study_id=study_id).values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(code)
    found: set[UUID] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting.extend(children.get(code, ()))
    return found


def codings_in(
    member: Member, query: ExcerptQuery, material: Sequence[Material]
) -> QuerySet[Coding]:
    """The codings the query asks for in the given documents; what the documents are is theirs."""
    found = Coding.objects.visible_to(member).filter(document__in=[each.id for each in material])
    if query.codes:
        found = found.filter(code__in=with_codes_under(member.study_id, query.codes))
    if query.coders:
        found = found.filter(coder__in=query.coders)
    if query.directions:
        found = found.filter(direction__in=query.directions)
    if query.text or query.roles or query.items:
        found = found.filter(excerpt__in=_placements(query, material).values("excerpt"))
    return found


def _placements(query: ExcerptQuery, material: Sequence[Material]) -> QuerySet[Placement]:
    """Placements first: their table is far smaller to read than the codings with all joins."""
    found = Placement.objects.filter(
        revision__in=[each.revision for each in material], state=PlacementState.PLACED
    )
    if query.text:
        found = found.filter(reduce(or_, (Q(quote__icontains=t) for t in _cases_of(query.text))))
    if query.roles or query.items:
        # Turns do not overlap: the one that the passage begins in bounds the search from below.
        first = Turn.objects.filter(revision=OuterRef("revision"), start__lte=OuterRef("start"))
        found = found.annotate(first=Subquery(first.order_by("-start").values("start")[:1]))
    touched = Turn.objects.filter(
        revision=OuterRef("revision"),
        start__gte=OuterRef("first"),
        start__lt=OuterRef("end"),
        end__gt=OuterRef("start"),
    )
    if query.roles:
        found = found.filter(Exists(touched.filter(speaker__participant__role__in=query.roles)))
    if query.items:
        marks = AnswerMark.objects.filter(item__in=query.items).values("turn")
        found = found.filter(Exists(touched.filter(pk__in=marks)))
    return found


def _cases_of(text: str) -> set[str]:
    """SQLite tells Æ from æ when it should not; both ways are asked for."""
    if text.isascii():
        return {text}
    return {text, text.lower(), text.upper(), text.capitalize()}


_GROUP: Final = {Order.PLACE: "document_id", Order.CODE: "code_id"}
# Counting rows, not ids, lets an index answer alone.
_ROWS: Final = Count("*")
_Key = tuple[int, int, int, str]


class ExcerptList:
    """The excerpts a query finds, as a sequence: its length, and any page of it."""

    def __init__(
        self,
        member: Member,
        query: ExcerptQuery,
        material: Sequence[Material],
        *,
        order: Order = Order.PLACE,
        descending: bool = False,
    ) -> None:
        self._member, self._query, self._material = member, query, material
        self._order, self._descending = order, descending
        self._groups = self._counted()
        self._length = sum(self._groups.values())

    def __len__(self) -> int:
        return self._length

    def page(self, start: int, stop: int) -> list[CodedExcerpt]:
        """The excerpts from `start` up to `stop`, in the list's order."""
        stop = min(stop, len(self))
        if start >= stop:
            return []
        ids = self._by_date(start, stop) if self._order is Order.CREATED else self._in(start, stop)
        return self._read(ids)

    def _counted(self) -> dict[UUID, int]:
        """group -> codings, the groups in the list's order."""
        group = _GROUP.get(self._order, "document_id")
        found = codings_in(self._member, self._query, self._material).order_by()
        counts = dict(found.values_list(group).annotate(n=_ROWS))
        ordered = [key for key in self._ranked() if key in counts]
        if self._descending:
            ordered.reverse()
        return {key: counts[key] for key in ordered}

    def _ranked(self) -> list[UUID]:
        if self._order is not Order.CODE:
            return [each.id for each in self._material]
        codes = Code.objects.filter(study_id=self._member.study_id)
        return list(codes.order_by("path", "pk").values_list("pk", flat=True))

    def _by_date(self, start: int, stop: int) -> list[UUID]:
        signs = ("-created_at", "-pk") if self._descending else ("created_at", "pk")
        found = codings_in(self._member, self._query, self._material).order_by(*signs)
        return list(found.values_list("pk", flat=True)[start:stop])

    def _in(self, start: int, stop: int) -> list[UUID]:
        """Reads the groups that the page touches, and puts only those in order."""
        touched: list[UUID] = []
        before = position = 0
        for key, count in self._groups.items():
            if position + count <= start:
                before = position + count
            elif position < stop:
                touched.append(key)
            position += count
        group = _GROUP[self._order]
        material = self._material
        if self._order is Order.PLACE:
            material = [each for each in material if each.id in set(touched)]
        place = Placement.objects.filter(
            excerpt=OuterRef("excerpt"),
            revision=OuterRef("document__current_revision"),
            state=PlacementState.PLACED,
        )
        rows = (
            codings_in(self._member, self._query, material)
            .filter(**{f"{group}__in": touched})
            .annotate(at=Subquery(place.values("start")[:1]))
            .values_list("pk", group, "document_id", "at")
        )
        groups = {key: rank for rank, key in enumerate(touched)}
        documents = {each.id: rank for rank, each in enumerate(self._material)}

        def key_of(row: tuple[UUID, UUID, UUID, int | None]) -> _Key:
            pk, key, document, at = row
            return groups[key], documents[document], at if at is not None else -1, pk.hex

        ordered = sorted(rows, key=key_of)
        return [row[0] for row in ordered[start - before : stop - before]]

    def _read(self, ids: Sequence[UUID]) -> list[CodedExcerpt]:
        rows = {
            row[0]: row
            for row in Coding.objects.visible_to(self._member)
            .filter(pk__in=ids)
            .values_list(
                "pk",
                "excerpt_id",
                "document_id",
                "code_id",
                "code__name",
                "code__path",
                "code__colour",
                "coder__name",
                "coder__username",
                "direction",
                "created_at",
            )
        }
        by_id = {each.id: each for each in self._material}
        revisions = {by_id[row[2]].revision for row in rows.values()}
        places = {
            excerpt: (start, end, quote)
            for excerpt, start, end, quote in Placement.objects.filter(
                excerpt__in=[row[1] for row in rows.values()],
                revision__in=revisions,
                state=PlacementState.PLACED,
            ).values_list("excerpt_id", "start", "end", "quote")
        }
        turns = Turns(revisions)
        found = []
        for pk in ids:
            if pk not in rows:
                continue
            _id, excerpt, document, code, name, path, colour, coder, username, way, at = rows[pk]
            start, end, quote = places.get(excerpt, (0, 0, ""))
            material = by_id[document]
            found.append(
                CodedExcerpt(
                    id=pk,
                    excerpt=excerpt,
                    material=material,
                    quote=quote,
                    spoken=turns.over(material.revision, start, end),
                    code=code,
                    code_name=name,
                    code_path=path,
                    colour=colour,
                    coder=coder or username,
                    direction=way,
                    created_at=at,
                )
            )
        return found

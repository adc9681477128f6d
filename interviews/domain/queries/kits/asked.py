"""Question coverage: what was asked in which interview, and what came of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from interviews.domain.queries.adaptations import Adaptations, adaptations
from interviews.domain.queries.labels import ASKED_STATES
from interviews.enums import AnswerKind, AskedState, DocumentKind, KitItemKind
from interviews.models import AnswerMark, Document, KitItem
from workbench.models import Member

# Material that records an interview.
_TALKS: Final = (DocumentKind.TRANSCRIPT, DocumentKind.NOTES)
# Of several marks on one question in one interview, the first of these says what happened.
_STRONGEST: Final = (AnswerKind.ANSWERED, AnswerKind.UNPROMPTED, AnswerKind.NOTHING_SAID)
_STATES: Final = {
    AnswerKind.ANSWERED: AskedState.ASKED,
    AnswerKind.UNPROMPTED: AskedState.UNPROMPTED,
    AnswerKind.NOTHING_SAID: AskedState.NOTHING_SAID,
}
# Where it says nothing more how many interviews are not marked.
_UNCOUNTED: Final = (AskedState.UNMARKED, AskedState.UNFED, AskedState.NOT_PLANNED)
# The question was put, whatever came of it.
_PUT: Final = frozenset({AnswerKind.ANSWERED, AnswerKind.NOTHING_SAID})


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview that left a transcript or notes; without an interview, that material itself.

    `document` is the first of its material.
    """

    id: UUID
    document: UUID
    case: UUID
    number: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A turn that answers a question, or was asked it and says nothing."""

    kind: AnswerKind
    document: UUID
    turn: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in a case: put in `asked` of `of` interviews; `unmarked` have no marks at all."""

    state: AskedState
    asked: int
    of: int
    unmarked: int = 0


@dataclass
class Coverage:
    """Guide items x interviews; `marks[item][talk]` are the marks in the order of the text.

    `sections` are the items that nobody asks.
    """

    items: list[KitItem]
    talks: list[Talk]
    sections: list[KitItem] = field(default_factory=list)
    adapted: Adaptations = field(default_factory=Adaptations)
    marks: dict[UUID, dict[UUID, list[Marked]]] = field(default_factory=dict)

    def kind(self, items: Iterable[UUID], talk: UUID) -> AnswerKind | None:
        """What came of the items in the interview; None: none of them came up."""
        return _strongest({mark.kind for item in items for mark in self.marks_at(item, talk)})

    def state_in(self, items: Collection[UUID], talk: Talk) -> AskedState:
        """The same as a state; an interview that nobody has marked says nothing."""
        kind = self.kind(items, talk.id)
        if kind is not None:
            return _STATES[kind]
        if self._is_off(items, talk.case):
            return AskedState.NOT_PLANNED
        return AskedState.NOT_ASKED if talk.id in self.marked else AskedState.UNMARKED

    def _is_off(self, items: Collection[UUID], case: UUID) -> bool:
        return bool(items) and all((case, item) in self.adapted.off for item in items)

    @cached_property
    def marked(self) -> set[UUID]:
        """The interviews in which somebody has marked an answer; of the others nothing is known."""
        return {talk for found in self.marks.values() for talk in found}

    def talks_of(self, case: UUID) -> list[Talk]:
        return [talk for talk in self.talks if talk.case == case]

    def asked(self, items: Iterable[UUID], case: UUID) -> Asked:
        """How a question that these items feed fared in a case.

        An answer anywhere means asked; else a word unprompted anywhere means unprompted;
        else silence means that nothing was said. What the guide of the case leaves out was not
        planned. Not asked can only be said of a question that
        the guide leads to, in a case whose interviews are all marked.
        """
        talks = self.talks_of(case)
        feeding = set(items)
        kinds = {
            talk.id: {mark.kind for item in feeding for mark in self.marks_at(item, talk.id)}
            for talk in talks
        }
        unmarked = sum(talk.id not in self.marked for talk in talks)
        put = sum(not found.isdisjoint(_PUT) for found in kinds.values())
        kind = _strongest(set[AnswerKind]().union(*kinds.values()))
        if not feeding:
            state = AskedState.UNFED
        elif kind is not None:
            state = _STATES[kind]
        elif self._is_off(feeding, case):
            state = AskedState.NOT_PLANNED
        elif unmarked or not talks:
            state = AskedState.UNMARKED
        else:
            state = AskedState.NOT_ASKED
        return Asked(state, put, len(talks), unmarked)

    def marks_at(self, item: UUID, talk: UUID) -> list[Marked]:
        return self.marks.get(item, {}).get(talk, [])


def _strongest(kinds: set[AnswerKind]) -> AnswerKind | None:
    return next((kind for kind in _STRONGEST if kind in kinds), None)


def asked_label(asked: Asked) -> str:
    """In words: asked in 2 of 3 interviews; and how many of them nobody has marked yet."""
    numbers = {"asked": asked.asked, "of": asked.of, "unmarked": asked.unmarked}
    if asked.state is AskedState.UNMARKED and not asked.of:
        return _("no interviews yet")
    if asked.state is AskedState.UNMARKED and asked.unmarked < asked.of:
        return _("answers in %(unmarked)s of %(of)s not marked yet") % numbers
    words = str(ASKED_STATES[asked.state])
    if asked.state is AskedState.ASKED:
        words = _("asked in %(asked)s of %(of)s") % numbers
    if asked.unmarked and asked.state not in _UNCOUNTED:
        words = _("%(asked)s, %(n)s not marked") % {"asked": words, "n": asked.unmarked}
    return words


def coverage(member: Member) -> Coverage:
    """The guide's questions against the study's interviews. Four queries."""
    items = list(KitItem.objects.filter(kit__study_id=member.study_id, removed_at__isnull=True))
    material = Document.objects.filter(
        study_id=member.study_id,
        kind__in=_TALKS,
        removed_at__isnull=True,
        case__removed_at__isnull=True,
    ).order_by(
        "case__order", "case__name", F("interview__number").asc(nulls_last=True), "title", "pk"
    )
    talks: dict[UUID, Talk] = {}
    talk_of: dict[UUID, UUID] = {}
    for pk, title, case, interview, number, name in material.values_list(
        "pk", "title", "case_id", "interview_id", "interview__number", "interview__title"
    ):
        talk_of[pk] = interview or pk
        talks.setdefault(interview or pk, Talk(interview or pk, pk, case, number, name or title))
    return Coverage(
        items=[item for item in items if item.kind == KitItemKind.QUESTION],
        talks=list(talks.values()),
        marks=_marks(member, talk_of),
        sections=[item for item in items if item.kind == KitItemKind.SECTION],
        adapted=adaptations(member, items),
    )


def _marks(member: Member, talk_of: Mapping[UUID, UUID]) -> dict[UUID, dict[UUID, list[Marked]]]:
    rows = AnswerMark.objects.filter(
        document__study_id=member.study_id,
        turn__revision=F("document__current_revision"),
        item__removed_at__isnull=True,
    ).order_by("turn__number")
    found: dict[UUID, dict[UUID, list[Marked]]] = defaultdict(lambda: defaultdict(list))
    for item, document, turn, kind in rows.values_list(
        "item_id", "document_id", "turn__number", "kind"
    ):
        if document in talk_of:
            found[item][talk_of[document]].append(Marked(AnswerKind(kind), document, turn))
    return found


def items_by_question(member: Member) -> dict[UUID, list[UUID]]:
    """analysis question -> the guide's live items that feed it, in the guide's order."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    links = KitItem.analysis_questions.through.objects.filter(
        kititem__kit__study_id=member.study_id, kititem__removed_at__isnull=True
    ).order_by("kititem__order")
    for question, item in links.values_list("analysisquestion_id", "kititem_id"):
        found[question].append(item)
    return found

"""One question of the guide, read across: what was answered to it in each interview."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Substr
from django.utils.functional import Promise

from interviews.domain.queries.cases import live_cases
from interviews.domain.queries.documents import said_by
from interviews.domain.queries.kits.asked import Talk, coverage
from interviews.domain.queries.labels import ANSWER_KINDS, ASKED_STATES, PARTICIPANT_ROLES
from interviews.enums import AnswerKind, AskedState, ParticipantRole
from interviews.models import AnswerMark, Case, KitItem
from workbench.models import Member


@dataclass(frozen=True, slots=True)
class AnsweringTurn:
    """Words that were marked; `kind` is told when they are no plain answer."""

    document: UUID
    number: int
    speaker: str
    role: ParticipantRole | None
    text: str
    language: str
    kind: AnswerKind

    @property
    def role_label(self) -> str | Promise:
        return PARTICIPANT_ROLES[self.role] if self.role else ""

    @property
    def kind_label(self) -> Promise:
        return ANSWER_KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class AnswersOfTalk:
    case: Case
    talk: Talk
    state: AskedState
    turns: tuple[AnsweringTurn, ...]
    # The wording at that case, where it is not the guide's.
    wording: str = ""

    @property
    def label(self) -> Promise:
        return ASKED_STATES[self.state]


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """`answered` have turns to read, `silent` have none; `before` and `after` are the questions
    beside this one in the guide."""

    item: KitItem
    section: str
    answered: tuple[AnswersOfTalk, ...]
    silent: tuple[AnswersOfTalk, ...]
    cases: tuple[Case, ...]
    before: KitItem | None
    after: KitItem | None

    @property
    def turns(self) -> int:
        return sum(len(each.turns) for each in self.answered)


def answers_page(
    member: Member, item: KitItem, *, case: str = "", role: ParticipantRole | None = None
) -> AnswersPage:
    """What the interviews answer, of one case by its key, or in one role's words. Six queries.

    Who looks at one role sees the interviews in which that role answered, and no silence: nobody
    can say of a role that it was not asked.
    """
    covered = coverage(member)
    cases = tuple(live_cases(member))
    wanted = {each.pk: each for each in cases if not case or each.key == case}
    spoken = _turns(item, role)
    rows = [
        AnswersOfTalk(
            wanted[talk.case],
            talk,
            covered.state_in([item.pk], talk),
            tuple(
                spoken[mark.document, mark.turn]
                for mark in covered.marks_at(item.pk, talk.id)
                if (mark.document, mark.turn) in spoken
            ),
            covered.adapted.wording.get((talk.case, item.pk), ""),
        )
        for talk in covered.talks
        if talk.case in wanted
    ]
    place = next((at for at, each in enumerate(covered.items) if each.pk == item.pk), None)
    beside = covered.items if place is not None else []
    at = place or 0
    sections = [each for each in covered.sections if each.order < item.order]
    return AnswersPage(
        item=item,
        section=sections[-1].text if sections else "",
        answered=tuple(each for each in rows if each.turns),
        silent=() if role else tuple(each for each in rows if not each.turns),
        cases=cases,
        before=beside[at - 1] if at else None,
        after=beside[at + 1] if at + 1 < len(beside) else None,
    )


def _turns(item: KitItem, role: ParticipantRole | None) -> Mapping[tuple[UUID, int], AnsweringTurn]:
    """The marked turns of current texts, by document and number; the database cuts the words out
    of the texts, which are whole interviews."""
    marks = AnswerMark.objects.filter(
        item=item,
        document__removed_at__isnull=True,
        turn__revision=F("document__current_revision"),
    )
    if role is not None:
        marks = marks.filter(turn__speaker__participant__role=role)
    told = (
        marks.select_related("turn__speaker__participant")
        .annotate(
            words=Substr(
                "turn__revision__text",
                F("turn__start") + 1,
                F("turn__end") - F("turn__start"),
            ),
            language=F("document__language"),
        )
        .order_by("turn__number")
    )
    found: dict[tuple[UUID, int], AnsweringTurn] = {}
    for mark in told:
        speaker = mark.turn.speaker
        person = speaker.participant if speaker else None
        found[mark.document_id, mark.turn.number] = AnsweringTurn(
            document=mark.document_id,
            number=mark.turn.number,
            speaker=said_by(speaker),
            role=ParticipantRole(person.role) if person else None,
            text=mark.words,
            language=mark.language,
            kind=AnswerKind(mark.kind),
        )
    return found

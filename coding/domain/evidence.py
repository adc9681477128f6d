"""Verbs of evidence: rules that place excerpts at points, and what a person does by hand."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from coding.domain.queries.evidence import evidence_of_case, points_of_codes
from coding.models import Code, EvidenceMark, EvidenceRule, Excerpt, QuestionRule
from interviews.enums import DocumentKind
from interviews.models import AnalysisQuestion, Case, KitItem, TemplatePoint
from workbench.domain.changing import changing
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member

NOUN = "evidence"


def stands_for(study_id: UUID, code_ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """(section title, point text) for every point where excerpts of the codes stand, once."""
    return points_of_codes(study_id, code_ids)


def set_code_rules(
    *, member: Member, code: Code, points: Iterable[UUID], questions: Iterable[UUID]
) -> None:
    """The points and analysis questions that the code feeds; none at all inherits again.

    Raises Missing when the code, a point or a question is not of the member's study.
    """
    if code.study_id != member.study_id:
        raise Missing
    wanted = _own_points(member, points)
    asked = set(questions)
    if AnalysisQuestion.objects.filter(pk__in=asked, study_id=member.study_id).count() != len(
        asked
    ):
        raise Missing
    with changing(member):
        before = _replace_points(member, wanted, code=code)
        had = set(QuestionRule.objects.filter(code=code).values_list("question_id", flat=True))
        QuestionRule.objects.filter(code=code, question_id__in=had - asked).delete()
        QuestionRule.objects.bulk_create(
            QuestionRule(study_id=member.study_id, code=code, question_id=question)
            for question in asked - had
        )
        _record_rules(
            member,
            code.pk,
            code.name,
            {"points": before, "questions": had},
            {"points": wanted, "questions": asked},
        )


def set_item_rules(*, member: Member, item: KitItem, points: Iterable[UUID]) -> None:
    """The points where coded answers to a guide question stand. Raises Missing for foreign ones."""
    if item.kit.study_id != member.study_id:
        raise Missing
    wanted = _own_points(member, points)
    with changing(member):
        before = _replace_points(member, wanted, item=item)
        _record_rules(member, item.pk, item.number, {"points": before}, {"points": wanted})


def set_kind_rules(*, member: Member, kind: DocumentKind, points: Iterable[UUID]) -> None:
    """The points where coded passages of a kind of material stand."""
    wanted = _own_points(member, points)
    with changing(member):
        before = _replace_points(member, wanted, document_kind=kind)
        _record_rules(member, member.study_id, kind, {"points": before}, {"points": wanted})


def _own_points(member: Member, points: Iterable[UUID]) -> set[UUID]:
    wanted = set(points)
    own = TemplatePoint.objects.filter(
        pk__in=wanted, section__template__study_id=member.study_id, removed_at__isnull=True
    )
    if own.count() != len(wanted):
        raise Missing
    return wanted


def _replace_points(member: Member, wanted: set[UUID], **source: Any) -> set[UUID]:
    rules = EvidenceRule.objects.filter(study_id=member.study_id, **source)
    had = set(rules.values_list("point_id", flat=True))
    rules.filter(point_id__in=had - wanted).delete()
    EvidenceRule.objects.bulk_create(
        EvidenceRule(study_id=member.study_id, point_id=point, **source) for point in wanted - had
    )
    return had


def _record_rules(
    member: Member,
    subject: UUID,
    label: str,
    before: dict[str, set[UUID]],
    after: dict[str, set[UUID]],
) -> None:
    if before == after:
        return
    record(
        study=member.study,
        actor=member.user,
        action=Action.CHANGED,
        noun=NOUN,
        subject=subject,
        label=label,
        before={name: sorted(map(str, ids)) for name, ids in before.items()},
        after={name: sorted(map(str, ids)) for name, ids in after.items()},
    )


def pin_excerpt(
    *, member: Member, case: Case, point: TemplatePoint, excerpt: Excerpt, pinned: bool = True
) -> EvidenceMark:
    """Keeps an excerpt at a point whatever the rules say, or lets the rules decide again."""
    action = Action.PINNED if pinned else Action.UNPINNED
    # Pinning something that was hidden means that it shall be seen.
    changes = {"pinned": True, "hidden": False} if pinned else {"pinned": False}
    return _mark(member, case, point, excerpt, action, **changes)


def hide_excerpt(
    *, member: Member, case: Case, point: TemplatePoint, excerpt: Excerpt, hidden: bool = True
) -> EvidenceMark:
    """Takes an excerpt out of sight at one point, or shows it again."""
    action = Action.HIDDEN if hidden else Action.SHOWN
    return _mark(member, case, point, excerpt, action, hidden=hidden)


def note_excerpt(
    *, member: Member, case: Case, point: TemplatePoint, excerpt: Excerpt, note: str
) -> EvidenceMark:
    """What to remember of an excerpt at a point; the words stay out of history."""
    return _mark(member, case, point, excerpt, Action.COMMENTED, note=note.strip())


def order_excerpt(
    *, member: Member, case: Case, point: TemplatePoint, excerpt: Excerpt, step: int
) -> None:
    """Moves an excerpt up (`step` -1) or down (+1) among those shown at the point.

    At the end of the list nothing happens. Raises Missing when it does not stand there.
    """
    if step not in {-1, 1}:
        raise Invalid(code="step")
    with changing(member):
        check_place(member, case, point, excerpt)
        found = evidence_of_case(member, case).point(point.pk)
        order = [row.passage.excerpt for row in found.shown] if found else []
        if excerpt.pk not in order:
            raise Missing
        at = order.index(excerpt.pk)
        if not 0 <= at + step < len(order):
            return
        order[at], order[at + step] = order[at + step], order[at]
        _store_order(member, case, point, order)
        record(
            study=member.study,
            actor=member.user,
            action=Action.ORDERED,
            noun=NOUN,
            subject=excerpt.pk,
            label=point.text,
            before={"place": at},
            after={"case": case.key, "point": point.key, "place": at + step},
        )


def _store_order(member: Member, case: Case, point: TemplatePoint, order: Sequence[UUID]) -> None:
    EvidenceMark.objects.bulk_create(
        [
            EvidenceMark(
                study_id=member.study_id,
                case=case,
                point=point,
                excerpt_id=excerpt,
                order=place,
                made_by=member.user,
            )
            for place, excerpt in enumerate(order)
        ],
        update_conflicts=True,
        unique_fields=["case", "point", "excerpt"],
        update_fields=["order"],
    )


def _mark(
    member: Member,
    case: Case,
    point: TemplatePoint,
    excerpt: Excerpt,
    action: Action,
    **changes: Any,
) -> EvidenceMark:
    with changing(member):
        check_place(member, case, point, excerpt)
        mark, _created = EvidenceMark.objects.update_or_create(
            case=case,
            point=point,
            excerpt=excerpt,
            defaults={"study_id": member.study_id, "made_by": member.user, **changes},
        )
        record(
            study=member.study,
            actor=member.user,
            action=action,
            noun=NOUN,
            subject=excerpt.pk,
            label=point.text,
            after={"case": case.key, "point": point.key, "section": point.section.key},
        )
    return mark


def check_place(member: Member, case: Case, point: TemplatePoint, excerpt: Excerpt) -> None:
    """Raises Missing unless case, point and excerpt are of the member's study and one case."""
    own = (
        case.study_id == member.study_id
        and point.section.template.study_id == member.study_id
        and excerpt.study_id == member.study_id
        and excerpt.document.case_id == case.pk
    )
    if not own:
        raise Missing

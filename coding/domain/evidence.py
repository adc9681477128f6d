"""Verbs of evidence: rules that place excerpts at points, and what a person does by hand."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from coding.domain.codebook import code_of
from coding.domain.queries.evidence import (
    evidence_of_case,
    note_state,
    points_of_codes,
    rules_state,
)
from coding.models import Code, EvidenceMark, EvidenceRule, Excerpt, QuestionRule
from interviews.enums import DocumentKind
from interviews.models import AnalysisQuestion, Case, KitItem, TemplatePoint
from workbench.domain.changing import changing
from workbench.domain.rows import refuse_outdated
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member

NOUN = "evidence"


def stands_for(study_id: UUID, code_ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """(section title, point text) for every point where excerpts of the codes stand, once."""
    return points_of_codes(study_id, code_ids)


def set_code_rules(
    *,
    member: Member,
    code: Code,
    points: Iterable[UUID],
    questions: Iterable[UUID],
    seen: str | None = None,
) -> None:
    """The points and analysis questions that the code feeds; none at all inherits again.

    `seen` is the mark of the rules the writer saw. Raises Conflict `version_behind`, Missing
    when the code, a point or a question is not of the member's study.
    """
    asked = set(questions)
    with changing(member):
        code = code_of(member=member, code_id=code.pk)
        wanted = _own_points(member, points)
        own = AnalysisQuestion.objects.filter(
            pk__in=asked, study_id=member.study_id, removed_at__isnull=True
        )
        if own.count() != len(asked):
            raise Missing
        rules = QuestionRule.objects.filter(code=code, question__removed_at__isnull=True)
        had = set(rules.values_list("question_id", flat=True))
        before = _points_of(member, code=code)
        refuse_outdated(rules_state(before, had), seen)
        _replace_points(member, before, wanted, code=code)
        QuestionRule.objects.filter(code=code, question_id__in=had - asked).delete()
        QuestionRule.objects.bulk_create(
            QuestionRule(study_id=member.study_id, code=code, question_id=question)
            for question in asked - had
        )
        _record_rules(
            member,
            code.pk,
            code.name,
            rules_state(before, had),
            rules_state(wanted, asked),
        )


def set_item_rules(
    *, member: Member, item: KitItem, points: Iterable[UUID], seen: str | None = None
) -> None:
    """The points where coded answers to a guide question stand.

    Raises Conflict `version_behind`, Missing for foreign ones.
    """
    if item.kit.study_id != member.study_id:
        raise Missing
    _set_rules(member, points, seen, item.pk, item.number, item=item)


def set_kind_rules(
    *, member: Member, kind: DocumentKind, points: Iterable[UUID], seen: str | None = None
) -> None:
    """The points where coded passages of a kind of material stand.

    Raises Conflict `version_behind`, Missing for foreign ones.
    """
    _set_rules(member, points, seen, member.study_id, kind, document_kind=kind)


def _set_rules(
    member: Member,
    points: Iterable[UUID],
    seen: str | None,
    subject: UUID,
    label: str,
    **source: Any,
) -> None:
    with changing(member):
        wanted = _own_points(member, points)
        before = _points_of(member, **source)
        refuse_outdated(rules_state(before), seen)
        _replace_points(member, before, wanted, **source)
        _record_rules(member, subject, label, rules_state(before), rules_state(wanted))


def _own_points(member: Member, points: Iterable[UUID]) -> set[UUID]:
    wanted = set(points)
    own = TemplatePoint.objects.filter(
        pk__in=wanted,
        section__template__study_id=member.study_id,
        section__removed_at__isnull=True,
        removed_at__isnull=True,
    )
    if own.count() != len(wanted):
        raise Missing
    return wanted


def _points_of(member: Member, **source: Any) -> set[UUID]:
    """The points that the source's own rules name, as far as the template still has them."""
    rules = EvidenceRule.objects.filter(
        study_id=member.study_id,
        point__removed_at__isnull=True,
        point__section__removed_at__isnull=True,
        **source,
    )
    return set(rules.values_list("point_id", flat=True))


def _replace_points(member: Member, had: set[UUID], wanted: set[UUID], **source: Any) -> None:
    rules = EvidenceRule.objects.filter(study_id=member.study_id, **source)
    rules.filter(point_id__in=had - wanted).delete()
    EvidenceRule.objects.bulk_create(
        EvidenceRule(study_id=member.study_id, point_id=point, **source) for point in wanted - had
    )


def _record_rules(
    member: Member,
    subject: UUID,
    label: str,
    before: dict[str, list[str]],
    after: dict[str, list[str]],
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
        before=before,
        after=after,
    )


def pin_excerpt(
    *, member: Member, case: Case, point: TemplatePoint, excerpt: Excerpt, pinned: bool = True
) -> None:
    """Keeps an excerpt at a point whatever the rules say, or lets the rules decide again."""
    action = Action.PINNED if pinned else Action.UNPINNED
    # Pinning something that was hidden means that it shall be seen.
    changes = {"pinned": True, "hidden": False} if pinned else {"pinned": False}
    _mark(member, case, point, excerpt, action, changes)


def hide_excerpt(
    *, member: Member, case: Case, point: TemplatePoint, excerpt: Excerpt, hidden: bool = True
) -> None:
    """Takes an excerpt out of sight at one point, or shows it again."""
    action = Action.HIDDEN if hidden else Action.SHOWN
    _mark(member, case, point, excerpt, action, {"hidden": hidden})


def note_excerpt(
    *,
    member: Member,
    case: Case,
    point: TemplatePoint,
    excerpt: Excerpt,
    note: str,
    seen: str | None = None,
) -> None:
    """What to remember of an excerpt at a point; the words stay out of history.

    `seen` is the mark of the note the writer saw. Raises Conflict `version_behind`.
    """
    note = note.strip()
    _mark(member, case, point, excerpt, Action.COMMENTED, {"note": note}, seen=seen)


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
            after={"case": case.name, "place": at + step},
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
    changes: dict[str, Any],
    *,
    seen: str | None = None,
) -> None:
    with changing(member):
        check_place(member, case, point, excerpt)
        at = {"case": case, "point": point, "excerpt": excerpt}
        mark = EvidenceMark.objects.filter(**at).first()
        mark = mark or EvidenceMark(study_id=member.study_id, **at)
        refuse_outdated(note_state(mark.note), seen)
        before = {name: getattr(mark, name) for name in changes}
        if before == changes:
            return
        for name, value in changes.items():
            setattr(mark, name, value)
        mark.made_by = member.user
        mark.save()
        told = [name for name in changes if name != "note"]
        record(
            study=member.study,
            actor=member.user,
            action=action,
            noun=NOUN,
            subject=excerpt.pk,
            label=point.text,
            before={name: before[name] for name in told},
            after={
                "case": case.name,
                "section": point.section.title,
                **{name: changes[name] for name in told},
            },
        )


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

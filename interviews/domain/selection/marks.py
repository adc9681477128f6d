"""Marks: how a candidate meets a criterion, who says so, and what it stands on."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from interviews.enums import Certainty, Reading
from interviews.models import Candidate, CriterionMark, SelectionCriterion
from workbench.domain.changing import changing
from workbench.domain.rows import record_act, refuse_outdated, standing
from workbench.errors import Missing
from workbench.history.actions import Action
from workbench.models import Member

NOUN = "criterion_mark"


@dataclass(frozen=True)
class Judgement:
    reading: Reading = Reading.UNKNOWN
    certainty: Certainty = Certainty.CERTAIN
    evidence: str = ""


def criterion_by(*, member: Member, key: str) -> SelectionCriterion:
    """The criterion in the words of the last version that holds it. Raises Missing."""
    found = (
        SelectionCriterion.objects.select_related("version")
        .filter(version__study_id=member.study_id, key=key, removed_at=None)
        .order_by("version__number")
        .last()
    )
    if found is None:
        raise Missing
    return found


def mark_of(*, candidate: Candidate, key: str) -> CriterionMark | None:
    marks = CriterionMark.objects.select_related("marked_by", "version")
    return marks.filter(candidate=candidate, criterion_key=key).first()


def mark_state(mark: CriterionMark | None) -> dict[str, Any]:
    if mark is None:
        return asdict(Judgement())
    return {"reading": mark.reading, "certainty": mark.certainty, "evidence": mark.evidence}


def judge(
    *,
    member: Member,
    candidate: Candidate,
    key: str,
    judgement: Judgement,
    seen: str | None = None,
) -> CriterionMark:
    """Writes a cell of the matrix. Raises Conflict `version_behind`, Missing.

    Also who finds what stands there already signs it: that is a second look.
    """
    with changing(member):
        candidate = standing(member, candidate)
        criterion = criterion_by(member=member, key=key)
        mark = mark_of(candidate=candidate, key=key)
        before = mark_state(mark)
        refuse_outdated(before, seen)
        if mark is None:
            mark = CriterionMark(
                study_id=member.study_id, candidate=candidate, criterion_key=criterion.key
            )
        mark.reading, mark.certainty = judgement.reading, judgement.certainty
        mark.evidence = judgement.evidence.strip()
        mark.version, mark.marked_by, mark.marked_at = (
            criterion.version,
            member.user,
            timezone.now(),
        )
        mark.save()
        told = {
            "subject": candidate.name,
            "reading": mark.reading,
            "certainty": mark.certainty,
        }
        was = {"reading": before["reading"], "certainty": before["certainty"]}
        record_act(member, Action.CHANGED, NOUN, mark, before=was, after=told)
    return mark
